/* knapsack_narrow.c: bounds by a price of capacity (knapsack_narrow.h). */
#include "knapsack_narrow.h"

enum { MOST = 256 }; /* more items are not looked at */

__extension__ typedef __int128 wide;

struct group {
    int32_t begin, end;
    int64_t gain; /* at the price, fixed taken off; may be < 0 */
    bool taken;   /* among the best so many */
};

struct view {
    struct knapsack *k;
    struct group groups[MOST];
    int32_t order[MOST]; /* items, dearest per capacity first */
    int64_t density[MOST]; /* per item */
    int32_t groups_n;
    int32_t most;  /* needs that may be served, INT32_MAX: any */
    int64_t price; /* per capacity */
    wide bound;
    int64_t last;  /* what the last of `most` needs gains; 0: room is left */
};

static int64_t
net(const struct view *v, int32_t i)
{
    return v->k->items[i].gain - v->price * v->k->items[i].use;
}

static void
make_groups(struct view *v)
{
    const struct knapsack *k = v->k;
    for (int32_t i = 0; i < k->n; i++) {
        if (i == 0 || k->items[i].need != k->items[i - 1].need) {
            v->groups[v->groups_n++] = (struct group){.begin = i};
        }
        v->groups[v->groups_n - 1].end = i + 1;
    }
}

/* Insertion: there are few, and they come half sorted by need. */
static void
sort_items(struct view *v)
{
    const struct knapsack *k = v->k;
    for (int32_t i = 0; i < k->n; i++) {
        int32_t at = i;
        v->density[i] = k->items[i].gain / k->items[i].use;
        for (; at > 0 && v->density[v->order[at - 1]] < v->density[i]; at--) {
            v->order[at] = v->order[at - 1];
        }
        v->order[at] = i;
    }
}

/* The best `most` groups that count; their sum, and the last one's gain. */
static wide
choose_groups(struct view *v)
{
    int64_t best[MOST];
    int32_t n = 0, at[MOST];
    wide sum = 0;
    v->last = 0;
    for (int32_t g = 0; g < v->groups_n; g++) {
        struct group *group = &v->groups[g];
        bool open = v->k->items[group->begin].open;
        group->taken = open && group->gain > 0;
        sum += group->taken ? group->gain : 0;
        if (open || group->gain <= 0 ||
            (n == v->most && group->gain <= best[n - 1])) {
            continue;
        }
        int32_t place = n < v->most ? n++ : n - 1;
        for (; place > 0 && best[place - 1] < group->gain; place--) {
            best[place] = best[place - 1];
            at[place] = at[place - 1];
        }
        best[place] = group->gain;
        at[place] = g;
    }
    for (int32_t place = 0; place < n; place++) {
        v->groups[at[place]].taken = true;
        sum += best[place];
    }
    v->last = n == v->most ? best[n - 1] : 0;
    return sum;
}

/* The bound at a price; > 0 where capacity would be left at it. */
static int64_t
price_at(struct view *v, int64_t price)
{
    const struct knapsack *k = v->k;
    int64_t left = k->capacity;
    v->price = price;
    for (int32_t g = 0; g < v->groups_n; g++) {
        struct group *group = &v->groups[g];
        group->gain = -k->items[group->begin].fixed;
        for (int32_t i = group->begin; i < group->end; i++) {
            int64_t gain = net(v, i);
            group->gain += gain > 0 ? gain * k->items[i].high : 0;
        }
    }
    v->bound = choose_groups(v) + (wide)price * k->capacity;
    for (int32_t g = 0; g < v->groups_n; g++) {
        const struct group *group = &v->groups[g];
        for (int32_t i = group->begin; group->taken && i < group->end; i++) {
            left -= net(v, i) > 0
                ? (int64_t)k->items[i].use * k->items[i].high
                : 0;
        }
    }
    return left;
}

/* The bound is convex in the price: the least is at a density, or near. */
static void
find_price(struct view *v)
{
    int32_t dear = -1, cheap = v->k->n; /* in the order */
    int64_t best = 0;
    wide bound;
    price_at(v, 0);
    bound = v->bound;
    while (cheap - dear > 1) {
        int32_t middle = dear + (cheap - dear) / 2;
        int64_t price = v->density[v->order[middle]];
        bool left = price_at(v, price) > 0;
        best = v->bound < bound ? price : best;
        bound = v->bound < bound ? v->bound : bound;
        dear = left ? middle : dear;
        cheap = left ? cheap : middle;
    }
    price_at(v, best);
}

/* The taken needs filled up, dearest first. */
static int64_t
fill(struct view *v)
{
    struct knapsack *k = v->k;
    int64_t left = k->capacity, sum = 0;
    for (int32_t i = 0; i < k->n; i++) {
        k->items[i].units = 0;
    }
    for (int32_t g = 0; g < v->groups_n; g++) { /* group of an item */
        for (int32_t i = v->groups[g].begin; i < v->groups[g].end; i++) {
            k->items[i].units = v->groups[g].taken ? 0 : -1;
        }
    }
    for (int32_t n = 0; n < k->n; n++) {
        struct knapsack_item *item = &k->items[v->order[n]];
        if (item->units < 0) {
            item->units = 0;
            continue;
        }
        int64_t fit = left / item->use;
        fit = fit < item->high ? fit : item->high;
        item->units = fit >= item->low ? (int32_t)fit : 0;
        left -= (int64_t)item->units * item->use;
        sum += item->gain * item->units;
    }
    for (int32_t g = 0; g < v->groups_n; g++) {
        bool used = false;
        for (int32_t i = v->groups[g].begin; i < v->groups[g].end; i++) {
            used = used || k->items[i].units > 0;
        }
        sum -= used ? k->items[v->groups[g].begin].fixed : 0;
    }
    return sum;
}

/* What the bound loses, at least, where item i is used. */
static wide
loss(const struct view *v, const struct group *group, int32_t i)
{
    int64_t gain = net(v, i), with = group->gain;
    with += gain < 0 ? gain * v->k->items[i].low : 0;
    int64_t without = group->taken ? group->gain
        : v->k->items[i].open      ? 0
                                   : v->last;
    return (wide)without - with;
}

static void
drop(struct view *v, wide gap)
{
    struct knapsack *k = v->k;
    int32_t n = 0;
    for (int32_t g = 0; g < v->groups_n; g++) {
        const struct group *group = &v->groups[g];
        for (int32_t i = group->begin; i < group->end; i++) {
            if (loss(v, group, i) <= gap) {
                k->items[n++] = k->items[i];
            }
        }
    }
    k->n = n;
}

bool
knapsack_narrow(struct knapsack *k, bool counting, int64_t *value)
{
    struct view v;
    if (k->n > MOST) {
        return false;
    }
    v.k = k;
    v.groups_n = 0;
    v.most = counting ? k->needs_most : INT32_MAX;
    make_groups(&v);
    sort_items(&v);
    find_price(&v);
    *value = fill(&v);
    if (v.bound <= *value) {
        return true;
    }
    drop(&v, v.bound - *value);
    return false;
}
