/* knapsack.c: dynamic programming over capacity and needs (knapsack.h). */
#include "knapsack.h"

#include "knapsack_narrow.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/base/err.h" /* xmalloc */

enum {
    WORK_MOST = 4000000, /* steps of one answer; else it is relaxed */
    WORK_SMALL = 400,    /* less than to look for what can be left out */
    ROOM_LEAST = 64
};
#define NEVER (INT64_MIN / 2)

__extension__ typedef __int128 wide;

struct knapsack_item *
knapsack_add(struct knapsack *k)
{
    if (k->n == k->room) {
        k->room = k->room > 0 ? 2 * k->room : ROOM_LEAST;
        k->items = xrealloc(k->items, (size_t)k->room, sizeof(*k->items));
    }
    k->items[k->n] = (struct knapsack_item){0};
    return &k->items[k->n++];
}

void
knapsack_free(struct knapsack *k)
{
    free(k->items);
    free(k->closed);
    free(k->opened);
    free(k->base);
    free(k->next);
    free(k->worth);
    free(k->take);
    free(k->merged);
    *k = (struct knapsack){0};
}

static int32_t
group_end(const struct knapsack *k, int32_t begin)
{
    int32_t end = begin + 1;
    while (end < k->n && k->items[end].need == k->items[begin].need) {
        end++;
    }
    return end;
}

/* The most that an item can gain; not below 0. */
static int64_t
item_most(const struct knapsack_item *item)
{
    if (item->price == NULL) {
        return item->gain * item->high;
    }
    int64_t most = 0;
    for (int32_t x = item->low; x <= item->high; x++) {
        int64_t worth = item->gain * x - item->price[x - 1];
        most = worth > most ? worth : most;
    }
    return most;
}

/* What the items of a need gain with the best that each could take. */
static int64_t
group_most(const struct knapsack *k, int32_t begin, int32_t end)
{
    int64_t sum = -k->items[begin].fixed;
    for (int32_t n = begin; n < end; n++) {
        sum += item_most(&k->items[n]);
    }
    return sum;
}

/*
 * Drops needs that cannot earn their fixed part and items that do not fit;
 * how many needs are left to be counted, and what all would use.
 */
static int32_t
tidy(struct knapsack *k, int64_t *use)
{
    int32_t n = 0, needs = 0;
    *use = 0;
    for (int32_t begin = 0, end; begin < k->n; begin = end) {
        end = group_end(k, begin);
        bool open = k->items[begin].open;
        if (group_most(k, begin, end) <= 0 ||
            (k->needs_most < 0 && !open)) {
            continue;
        }
        int32_t before = n;
        for (int32_t i = begin; i < end; i++) {
            struct knapsack_item item = k->items[i];
            int64_t fit = k->capacity / item.use;
            item.high = fit < item.high ? (int32_t)fit : item.high;
            if (item.high >= item.low) {
                *use += (int64_t)item.use * item.high;
                k->items[n++] = item;
            }
        }
        needs += n > before && !open;
    }
    k->n = n;
    return needs;
}

static int64_t
take_all(struct knapsack *k)
{
    int64_t sum = 0;
    for (int32_t begin = 0, end; begin < k->n; begin = end) {
        end = group_end(k, begin);
        int64_t most = group_most(k, begin, end);
        for (int32_t i = begin; i < end; i++) {
            k->items[i].units = most > 0 ? k->items[i].high : 0;
        }
        sum += most > 0 ? most : 0;
    }
    return sum;
}

static void
make_room(struct knapsack *k, int64_t states)
{
    if (states > k->states_room) {
        k->states_room = states;
        k->closed =
            xrealloc(k->closed, (size_t)states, sizeof(*k->closed));
        k->opened =
            xrealloc(k->opened, (size_t)states, sizeof(*k->opened));
        k->base = xrealloc(k->base, (size_t)states, sizeof(*k->base));
        k->next = xrealloc(k->next, (size_t)states, sizeof(*k->next));
    }
    if (states * k->n > k->takes_room) {
        k->takes_room = states * k->n;
        k->take =
            xrealloc(k->take, (size_t)k->takes_room, sizeof(*k->take));
        k->merged = xrealloc(k->merged, (size_t)k->takes_room, 1);
    }
}

/* The group before is over: whether it was used no longer matters. */
static void
merge(struct knapsack *k, int32_t i, int64_t states)
{
    uint8_t *merged = k->merged + i * states;
    for (int64_t s = 0; s < states; s++) {
        merged[s] = k->opened[s] > k->closed[s];
        k->closed[s] = merged[s] ? k->opened[s] : k->closed[s];
        k->opened[s] = NEVER;
    }
}

/* What x units of the item gain: worth[x]. */
static void
find_worth(struct knapsack *k, const struct knapsack_item *item)
{
    if (item->high >= k->worth_room) {
        k->worth_room = item->high + ROOM_LEAST;
        k->worth =
            xrealloc(k->worth, (size_t)k->worth_room, sizeof(*k->worth));
    }
    for (int32_t x = item->low; x <= item->high; x++) {
        k->worth[x] = item->gain * x -
            (item->price != NULL ? item->price[x - 1] : 0);
    }
}

/*
 * State s = needs * (capacity + 1) + used; `step` states further back is one
 * need less (0: this item's need is not counted).  base: the best to put
 * units of this item upon, its need served already or by it.
 */
static void
add_item(struct knapsack *k, int32_t i, int64_t states, int64_t step)
{
    const struct knapsack_item *item = &k->items[i];
    int64_t width = k->capacity + 1, use = item->use;
    int32_t *take = k->take + i * states;
    find_worth(k, item);
    for (int64_t s = 0; s < states; s++) {
        int64_t first =
            s < step ? NEVER : k->closed[s - step] - item->fixed;
        k->base[s] = first > k->opened[s] ? first : k->opened[s];
    }
    for (int64_t s = 0, used = 0; s < states;
         s++, used = used + 1 == width ? 0 : used + 1) {
        int64_t best = k->opened[s];
        int32_t units = 0;
        int64_t from = s - item->low * use, left = used - item->low * use;
        for (int32_t x = item->low; x <= item->high && left >= 0; x++) {
            int64_t sum = k->base[from] + k->worth[x];
            units = sum > best ? x : units;
            best = sum > best ? sum : best;
            from -= use;
            left -= use;
        }
        from = s - units * use; /* < 0 in take: the need's first units */
        take[s] = units > 0 && k->base[from] > k->opened[from] ? -units
                                                               : units;
        k->next[s] = best;
    }
    int64_t *swap = k->opened;
    k->opened = k->next;
    k->next = swap;
}

static void
walk_back(struct knapsack *k, int64_t states, int64_t width, bool counting,
    int64_t s, bool opened)
{
    for (int32_t i = k->n - 1; i >= 0; i--) {
        struct knapsack_item *item = &k->items[i];
        int32_t take = opened ? k->take[i * states + s] : 0;
        item->units = take < 0 ? -take : take;
        s -= (int64_t)item->units * item->use;
        if (take < 0) {
            s -= counting && !item->open ? width : 0;
            opened = false;
        }
        if (i == 0 || k->items[i - 1].need != item->need) {
            opened = k->merged[i * states + s];
        }
    }
}

static int64_t
programme(struct knapsack *k, int64_t states, bool counting)
{
    int64_t width = k->capacity + 1;
    make_room(k, states);
    for (int64_t s = 0; s < states; s++) {
        k->closed[s] = k->opened[s] = NEVER;
    }
    k->closed[0] = 0;
    for (int32_t i = 0; i < k->n; i++) {
        if (i == 0 || k->items[i - 1].need != k->items[i].need) {
            merge(k, i, states);
        }
        add_item(k, i, states,
            counting && !k->items[i].open ? width : 0);
    }
    int64_t best = 0, at = 0;
    bool opened = false;
    for (int64_t s = 0; s < states; s++) {
        if (k->closed[s] > best) {
            best = k->closed[s];
            at = s;
            opened = false;
        }
        if (k->opened[s] > best) {
            best = k->opened[s];
            at = s;
            opened = true;
        }
    }
    walk_back(k, states, width, counting, at, opened);
    return best;
}

static int
compare_density(const void *a, const void *b)
{
    const struct knapsack_item *x = a, *y = b;
    wide left = (wide)x->gain * y->use, right = (wide)y->gain * x->use;
    int order = (left < right) - (left > right);
    return order != 0 ? order : (x->pair > y->pair) - (x->pair < y->pair);
}

/*
 * The fixed part spread over all units that the need could have, lots, whole
 * units and the limit on needs left out: dearest per capacity first.
 */
static int64_t
relaxed(struct knapsack *k)
{
    for (int32_t begin = 0, end; begin < k->n; begin = end) {
        end = group_end(k, begin);
        int64_t units = 0;
        for (int32_t i = begin; i < end; i++) {
            units += k->items[i].high;
        }
        for (int32_t i = begin; i < end; i++) {
            k->items[i].gain -= k->items[i].fixed / units;
        }
    }
    qsort(k->items, (size_t)k->n, sizeof(*k->items), compare_density);
    int64_t left = k->capacity;
    wide sum = 0;
    for (int32_t i = 0; i < k->n; i++) {
        struct knapsack_item *item = &k->items[i];
        item->units = 0;
        if (item->gain <= 0 || left == 0) {
            continue;
        }
        int64_t use = (int64_t)item->high * item->use;
        use = use < left ? use : left;
        item->units = (int32_t)(use / item->use);
        sum += ((wide)item->gain * use + item->use - 1) / item->use;
        left -= use;
    }
    return (int64_t)sum;
}

/* The work of counting it all out; more than WORK_MOST: too much. */
static int64_t
work(const struct knapsack *k, int64_t states)
{
    int64_t sum = states > WORK_MOST ? states : 0;
    for (int32_t i = 0; i < k->n && sum <= WORK_MOST; i++) {
        sum += states * ((int64_t)k->items[i].high - k->items[i].low + 1);
    }
    return sum;
}

static int32_t
count_needs(const struct knapsack *k, bool used)
{
    int32_t needs = 0;
    for (int32_t begin = 0, end; begin < k->n; begin = end) {
        bool any = !used;
        end = group_end(k, begin);
        for (int32_t i = begin; i < end; i++) {
            any = any || k->items[i].units > 0;
        }
        needs += any && !k->items[begin].open;
    }
    return needs;
}

/* Without the limit on needs, which mostly are few enough. */
static bool
solve_uncounted(struct knapsack *k, bool counting, int64_t *value)
{
    *value = programme(k, k->capacity + 1, false);
    return !counting || count_needs(k, true) <= k->needs_most;
}

int64_t
knapsack_solve(struct knapsack *k)
{
    int64_t use, value;
    int32_t needs = tidy(k, &use);
    bool counting = k->needs_most > 0 && needs > k->needs_most;
    if (!counting && use <= k->capacity) {
        return take_all(k);
    }
    k->capacity = use < k->capacity ? use : k->capacity;
    int64_t states = k->capacity + 1;
    bool small = work(k, states) <= WORK_SMALL;
    if ((small && solve_uncounted(k, counting, &value)) ||
        knapsack_narrow(k, counting, &value)) {
        return value;
    }
    counting = counting && count_needs(k, false) > k->needs_most;
    if (work(k, states) > WORK_MOST) {
        return relaxed(k);
    }
    if (!(small && counting) && solve_uncounted(k, counting, &value)) {
        return value;
    }
    states *= (int64_t)k->needs_most + 1;
    return work(k, states) > WORK_MOST ? relaxed(k)
                                       : programme(k, states, true);
}

int64_t
knapsack_count_out(struct knapsack *k)
{
    int64_t use;
    int32_t needs = tidy(k, &use);
    bool counting = k->needs_most > 0 && needs > k->needs_most;
    k->capacity = use < k->capacity ? use : k->capacity;
    int64_t states = k->capacity + 1;
    return programme(
        k, counting ? states * (k->needs_most + 1) : states, counting);
}
