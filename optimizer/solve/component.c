/*
 * component.c: which rows can bind, which lines they join, and the parts.
 */
#include "component.h"
#include "component_build.h"
#include "optimizer/base/forest.h"

#include <stdlib.h>
#include <string.h>

struct splitter {
    const struct instance *in;
    bool programme;      /* it can bind */
    uint8_t *usable;     /* per pair, a bit */
    uint8_t *offer_caps; /* capacity can bind */
    uint8_t *offer_counts, *need_budgets, *need_counts, *floor_binds;
    uint8_t *line_floor; /* in a floor that binds */
    int32_t *parent;     /* union-find over lines */
    int32_t *part;       /* per line, -1: in none */
    int32_t parts_n;
};

static void
find_floors(struct splitter *s)
{
    const struct instance *in = s->in;
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        s->floor_binds[g] = floor->price > 0 && model_floor_target(floor) > 0;
        for (int32_t k = floor->member_begin;
             k < floor->member_end && s->floor_binds[g]; k++) {
            s->line_floor[in->floor_lines[k]] = 1;
        }
    }
}

static void
keep(struct splitter *s, int32_t p)
{
    s->usable[p / 8] |= (uint8_t)(1 << (p % 8));
}

/* A pair is kept if it is pinned, or can be used and can be worth it. */
static void
find_usable(struct splitter *s)
{
    const struct instance *in = s->in;
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int64_t gain = (int64_t)in->pair_score[p] +
                in->lines[l].uncovered_price;
            if ((gain > 0 || s->line_floor[l]) &&
                model_pair_most(in, l, p) > 0) {
                keep(s, p);
            }
        }
    }
    for (int32_t k = 0; k < in->pins_n; k++) {
        keep(s, in->pins[k].pair);
    }
}

/* The most that usable pairs could take of each row, saturated. */
static int64_t
add(int64_t sum, int64_t value)
{
    const int64_t full = INT64_MAX / 2;
    return value > full - sum ? full : sum + value;
}

static void
find_capacities(struct splitter *s)
{
    const struct instance *in = s->in;
    int64_t *most = xcalloc((size_t)in->offers_n, sizeof(*most));
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int32_t j = in->pair_offer[p];
            if (component_keeps(s->usable, p)) {
                most[j] = add(most[j],
                    (int64_t)in->pair_use[p] * in->lines[l].quantity);
            }
        }
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        s->offer_caps[j] = most[j] > in->offers[j].capacity;
    }
    free(most);
}

static void
find_budgets(struct splitter *s, bool relaxed)
{
    const struct instance *in = s->in;
    int64_t *most = xcalloc((size_t)in->needs_n, sizeof(*most));
    int64_t all = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t cost = 0;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (component_keeps(s->usable, p) && in->pair_cost[p] > cost) {
                cost = in->pair_cost[p];
            }
        }
        int64_t line = (int64_t)cost * in->lines[l].quantity;
        most[in->lines[l].need] = add(most[in->lines[l].need], line);
        all = add(all, line);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        int64_t budget = in->needs[i].budget_yen;
        s->need_budgets[i] = budget != INSTANCE_NO_LIMIT && most[i] > budget;
    }
    s->programme = !relaxed &&
        in->programme_budget_yen != INSTANCE_NO_LIMIT &&
        all > in->programme_budget_yen;
    free(most);
}

static int
compare_keys(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Marks the owners that meet more distinct others than their limit. */
static void
mark_counts(const struct splitter *s, bool by_need)
{
    const struct instance *in = s->in;
    size_t n = 0;
    uint64_t *keys = NULL;
    for (int pass = 0; pass < 2; pass++) {
        keys = pass == 0 ? NULL : xmalloc(n * sizeof(*keys));
        n = 0;
        for (int32_t l = 0; l < in->lines_n; l++) {
            int32_t i = in->lines[l].need;
            for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1];
                 p++) {
                int32_t j = in->pair_offer[p];
                int32_t limit = by_need ? in->needs[i].max_partners
                                        : in->offers[j].max_needs;
                if (limit == 0 || !component_keeps(s->usable, p)) {
                    continue;
                }
                if (pass == 1) {
                    keys[n] = by_need
                        ? (uint64_t)i << 32 | (uint64_t)in->offers[j].org
                        : (uint64_t)j << 32 | (uint64_t)i;
                }
                n++;
            }
        }
    }
    qsort(keys, n, sizeof(*keys), compare_keys);
    uint8_t *marks = by_need ? s->need_counts : s->offer_counts;
    int32_t count = 0;
    for (size_t k = 0; k < n; k++) {
        uint64_t owner = keys[k] >> 32;
        bool first = k == 0 || keys[k - 1] >> 32 != owner;
        count = first ? 1 : count + (keys[k] != keys[k - 1]);
        int32_t limit = by_need ? in->needs[owner].max_partners
                                : in->offers[owner].max_needs;
        marks[owner] = marks[owner] || count > limit;
    }
    free(keys);
}

static void
join_lines(struct splitter *s)
{
    const struct instance *in = s->in;
    size_t first_n = (size_t)in->needs_n + (size_t)in->offers_n + 1;
    int32_t *first = xmalloc(first_n * sizeof(*first));
    memset(first, 0xFF, first_n * sizeof(*first));
    int32_t *need = first, *offer = first + in->needs_n;
    int32_t *programme = offer + in->offers_n;
    forest_init(s->parent, in->lines_n);
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t i = in->lines[l].need;
        if (s->need_budgets[i] || s->need_counts[i]) {
            forest_join(s->parent, &need[i], l);
        }
        bool costs = false;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int32_t j = in->pair_offer[p];
            if (component_keeps(s->usable, p) && (s->offer_caps[j] || s->offer_counts[j])) {
                forest_join(s->parent, &offer[j], l);
            }
            costs = costs || (component_keeps(s->usable, p) && in->pair_cost[p] > 0);
        }
        if (costs && s->programme) {
            forest_join(s->parent, programme, l);
        }
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        int32_t member = -1;
        for (int32_t k = floor->member_begin;
             k < floor->member_end && s->floor_binds[g]; k++) {
            forest_join(s->parent, &member, in->floor_lines[k]);
        }
    }
    free(first);
}

/* Numbers the parts; a line with no usable pair is in none, unless it is
 * the root of others. */
static void
number_parts(struct splitter *s)
{
    const struct instance *in = s->in;
    for (int32_t l = 0; l < in->lines_n; l++) {
        s->part[l] = -1;
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        bool any = s->line_floor[l];
        for (int32_t p = in->pair_begin[l];
             p < in->pair_begin[l + 1] && !any; p++) {
            any = component_keeps(s->usable, p);
        }
        if (any) {
            int32_t top = forest_root(s->parent, l);
            if (s->part[top] < 0) {
                s->part[top] = s->parts_n++;
            }
            s->part[l] = s->part[top];
        }
    }
}

void
component_split(const struct instance *in, bool relaxed, struct arena *arena,
    struct component_list *list)
{
    size_t lines_n = (size_t)in->lines_n, offers_n = (size_t)in->offers_n;
    struct arena own = {0};
    struct splitter s = {.in = in,
        .usable = arena_alloc(arena, (size_t)in->pairs_n / 8 + 1),
        .offer_caps = arena_alloc(&own, offers_n),
        .offer_counts = arena_alloc(&own, offers_n),
        .need_budgets = arena_alloc(&own, (size_t)in->needs_n),
        .need_counts = arena_alloc(&own, (size_t)in->needs_n),
        .floor_binds = arena_alloc(&own, (size_t)in->floors_n),
        .line_floor = arena_alloc(&own, lines_n),
        .parent = arena_array(&own, lines_n, sizeof(int32_t)),
        .part = arena_array(&own, lines_n, sizeof(int32_t))};
    find_floors(&s);
    find_usable(&s);
    find_capacities(&s);
    find_budgets(&s, relaxed);
    mark_counts(&s, true);
    mark_counts(&s, false);
    join_lines(&s);
    number_parts(&s);
    *list = (struct component_list){0};
    struct component_rows rows = {in, s.programme, s.usable, s.offer_caps,
        s.offer_counts, s.need_budgets, s.need_counts, s.floor_binds, s.part,
        s.parts_n};
    component_build(&rows, arena, list);
    arena_release(&own);
}

void
component_gather(const struct component *part, const int32_t *whole,
    int32_t *own)
{
    for (int32_t k = 0, at = 0; k < part->in.lines_n; k++) {
        int32_t l = part->line_of[k];
        for (int32_t p = part->whole_begin[l]; p < part->whole_begin[l + 1];
             p++) {
            if (component_keeps(part->kept, p)) {
                own[at++] = whole[p];
            }
        }
    }
}

void
component_scatter(const struct component *part, const int32_t *own,
    int32_t *whole)
{
    for (int32_t k = 0, at = 0; k < part->in.lines_n; k++) {
        int32_t l = part->line_of[k];
        for (int32_t p = part->whole_begin[l]; p < part->whole_begin[l + 1];
             p++) {
            if (component_keeps(part->kept, p)) {
                whole[p] = own[at++];
            }
        }
    }
}
