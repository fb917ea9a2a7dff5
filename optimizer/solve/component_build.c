/* component_build.c: the parts as instances of their own. */
#include "component_build.h"

#include <stdlib.h>
#include <string.h>

struct builder {
    const struct component_rows *rows;
    struct arena *arena;
    int32_t *need_at, *offer_at; /* local index in the part now built, -1 */
    int32_t *line_at;            /* local index in the line's own part */
};

/* Lines by part, in their order: a counting sort. */
static int32_t *
lines_by_part(const struct component_rows *rows, int32_t *begin)
{
    int32_t lines_n = rows->in->lines_n;
    for (int32_t l = 0; l < lines_n; l++) {
        if (rows->part[l] >= 0) {
            begin[rows->part[l] + 1]++;
        }
    }
    for (int32_t k = 0; k < rows->parts_n; k++) {
        begin[k + 1] += begin[k];
    }
    size_t parts = (size_t)rows->parts_n;
    int32_t *at = xmalloc((parts + 1) * sizeof(*at));
    memcpy(at, begin, (parts + 1) * sizeof(*at));
    int32_t *lines = xmalloc((size_t)begin[parts] * sizeof(*lines));
    for (int32_t l = 0; l < lines_n; l++) {
        if (rows->part[l] >= 0) {
            lines[at[rows->part[l]]++] = l;
        }
    }
    free(at);
    return lines;
}

/* Gives needs and offers of the part local indexes; counts pairs. */
static void
count_part(struct builder *b, struct component *part, const int32_t *lines,
    int32_t n)
{
    const struct instance *in = b->rows->in;
    part->in.lines_n = n;
    part->line_of = arena_array(b->arena, (size_t)n, sizeof(int32_t));
    for (int32_t k = 0; k < n; k++) {
        int32_t l = lines[k], i = in->lines[l].need;
        part->line_of[k] = l;
        b->line_at[l] = k;
        if (b->need_at[i] < 0) {
            b->need_at[i] = part->in.needs_n++;
        }
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int32_t j = in->pair_offer[p];
            if (!component_keeps(b->rows->usable, p)) {
                continue;
            }
            part->in.pairs_n++;
            if (b->offer_at[j] < 0) {
                b->offer_at[j] = part->in.offers_n++;
            }
        }
    }
}

static int
compare_indexes(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* Offers in their order, so that pairs of a line stay ascending. */
static void
place_offers(struct builder *b, struct component *part)
{
    const struct component_rows *rows = b->rows;
    const struct instance *in = rows->in;
    size_t n = (size_t)part->in.offers_n;
    part->offer_of = arena_array(b->arena, n, sizeof(int32_t));
    part->in.offers = arena_array(b->arena, n, sizeof(*in->offers));
    for (int32_t k = 0; k < part->in.lines_n; k++) {
        int32_t l = part->line_of[k];
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (component_keeps(rows->usable, p)) {
                int32_t j = in->pair_offer[p];
                part->offer_of[b->offer_at[j]] = j;
            }
        }
    }
    if (n > 0) {
        qsort(part->offer_of, n, sizeof(int32_t), compare_indexes);
    }
    for (size_t k = 0; k < n; k++) {
        int32_t j = part->offer_of[k];
        b->offer_at[j] = (int32_t)k;
        struct instance_offer *offer = &part->in.offers[k];
        *offer = in->offers[j];
        offer->name = NULL;
        offer->capacity =
            rows->offer_caps[j] ? offer->capacity : INSTANCE_UNITS_MAX;
        offer->max_needs = rows->offer_counts[j] ? offer->max_needs : 0;
        offer->min_lot = offer->min_lot > 1 ? offer->min_lot : 0;
    }
}

static void
place_lines(struct builder *b, struct component *part)
{
    const struct component_rows *rows = b->rows;
    const struct instance *in = rows->in;
    size_t lines_n = (size_t)part->in.lines_n;
    size_t needs_n = (size_t)part->in.needs_n;
    part->need_of = arena_array(b->arena, needs_n, sizeof(int32_t));
    part->in.needs = arena_array(b->arena, needs_n, sizeof(*in->needs));
    part->in.lines = arena_array(b->arena, lines_n, sizeof(*in->lines));
    for (size_t k = 0; k < lines_n; k++) {
        struct instance_line *line = &part->in.lines[k];
        *line = in->lines[part->line_of[k]];
        int32_t i = line->need;
        line->need = b->need_at[i];
        line->uncovered_price = 0;
        line->indivisible = line->quantity > 1 && line->indivisible;
        line->name = NULL;
        part->need_of[line->need] = i;
        part->in.needs[line->need] = (struct instance_need){
            rows->need_budgets[i] ? in->needs[i].budget_yen
                                  : INSTANCE_NO_LIMIT,
            rows->need_counts[i] ? in->needs[i].max_partners : 0, NULL};
    }
}

static void
place_pairs(struct builder *b, struct component *part)
{
    const struct component_rows *rows = b->rows;
    const struct instance *in = rows->in;
    struct instance *to = &part->in;
    size_t n = (size_t)to->pairs_n;
    to->pair_begin =
        arena_array(b->arena, (size_t)to->lines_n + 1, sizeof(int32_t));
    to->pair_offer = arena_array(b->arena, n, sizeof(int32_t));
    to->pair_score = arena_array(b->arena, n, sizeof(int32_t));
    to->pair_cost = arena_array(b->arena, n, sizeof(int32_t));
    to->pair_use = arena_array(b->arena, n, sizeof(int32_t));
    part->whole_begin = in->pair_begin;
    part->kept = rows->usable;
    int32_t at = 0;
    for (int32_t k = 0; k < to->lines_n; k++) {
        int32_t l = part->line_of[k];
        to->pair_begin[k] = at;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (!component_keeps(rows->usable, p)) {
                continue;
            }
            int32_t j = in->pair_offer[p];
            to->pair_offer[at] = b->offer_at[j];
            to->pair_score[at] = in->pair_score[p] +
                in->lines[l].uncovered_price; /* <= 2e9 */
            to->pair_cost[at] = in->pair_cost[p];
            to->pair_use[at] = rows->offer_caps[j] ? in->pair_use[p] : 1;
            part->coupled =
                part->coupled || (rows->programme && in->pair_cost[p] > 0);
            at++;
        }
    }
    to->pair_begin[to->lines_n] = at;
    to->orgs_n = in->orgs_n;
    to->programme_budget_yen =
        part->coupled ? in->programme_budget_yen : INSTANCE_NO_LIMIT;
}

/* Clears what count_part() set, for the next part. */
static void
forget_part(struct builder *b, const struct component *part)
{
    for (int32_t i = 0; i < part->in.needs_n; i++) {
        b->need_at[part->need_of[i]] = -1;
    }
    for (int32_t j = 0; j < part->in.offers_n; j++) {
        b->offer_at[part->offer_of[j]] = -1;
    }
}

/* The part of a floor is the part of its members: all are joined. */
static int32_t
floor_part(const struct component_rows *rows, int32_t g)
{
    const struct instance_floor *floor = &rows->in->floors[g];
    return rows->floor_binds[g]
        ? rows->part[rows->in->floor_lines[floor->member_begin]]
        : -1;
}

static void
place_floors(struct builder *b, struct component_list *list)
{
    const struct component_rows *rows = b->rows;
    const struct instance *in = rows->in;
    int32_t *members = xcalloc((size_t)list->n, sizeof(*members));
    for (int32_t g = 0; g < in->floors_n; g++) {
        int32_t k = floor_part(rows, g);
        if (k >= 0) {
            list->parts[k].in.floors_n++;
            members[k] +=
                in->floors[g].member_end - in->floors[g].member_begin;
        }
    }
    for (int32_t k = 0; k < list->n; k++) {
        struct component *part = &list->parts[k];
        size_t n = (size_t)part->in.floors_n;
        part->in.floors = arena_array(b->arena, n, sizeof(*in->floors));
        part->floor_of = arena_array(b->arena, n, sizeof(int32_t));
        part->in.floor_lines =
            arena_array(b->arena, (size_t)members[k], sizeof(int32_t));
        part->in.floors_n = members[k] = 0;
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        int32_t k = floor_part(rows, g);
        if (k < 0) {
            continue;
        }
        struct instance *to = &list->parts[k].in;
        list->parts[k].floor_of[to->floors_n] = g;
        struct instance_floor *floor = &to->floors[to->floors_n++];
        *floor = in->floors[g];
        floor->name = NULL;
        floor->member_begin = members[k];
        for (int32_t m = in->floors[g].member_begin;
             m < in->floors[g].member_end; m++) {
            to->floor_lines[members[k]++] = b->line_at[in->floor_lines[m]];
        }
        floor->member_end = members[k];
    }
    free(members);
}

/* The index that pair p of line l has in its part. */
static int32_t
pair_at(const struct builder *b, const struct instance *to, int32_t l,
    int32_t p)
{
    int32_t at = to->pair_begin[b->line_at[l]];
    for (int32_t q = b->rows->in->pair_begin[l]; q < p; q++) {
        at += component_keeps(b->rows->usable, q);
    }
    return at;
}

static void
place_pins(struct builder *b, struct component_list *list)
{
    const struct component_rows *rows = b->rows;
    const struct instance *in = rows->in;
    for (int pass = 0; pass < 2; pass++) {
        int32_t l = 0;
        for (int32_t k = 0; k < in->pins_n; k++) {
            while (in->pair_begin[l + 1] <= in->pins[k].pair) {
                l++;
            }
            struct instance *to = &list->parts[rows->part[l]].in;
            if (pass == 1) {
                to->pins[to->pins_n] = in->pins[k];
                to->pins[to->pins_n].pair =
                    pair_at(b, to, l, in->pins[k].pair);
            }
            to->pins_n++;
        }
        for (int32_t k = 0; k < list->n && pass == 0; k++) {
            struct instance *to = &list->parts[k].in;
            to->pins = arena_array(
                b->arena, (size_t)to->pins_n, sizeof(*to->pins));
            to->pins_n = 0;
        }
    }
}

void
component_build(const struct component_rows *rows, struct arena *arena,
    struct component_list *list)
{
    const struct instance *in = rows->in;
    size_t minus = sizeof(int32_t) * (size_t)(in->needs_n + in->offers_n);
    struct builder b = {.rows = rows, .arena = arena};
    b.need_at = xmalloc(minus);
    memset(b.need_at, 0xFF, minus);
    b.offer_at = b.need_at + in->needs_n;
    b.line_at = xcalloc((size_t)in->lines_n, sizeof(int32_t));
    int32_t *begin = xcalloc((size_t)rows->parts_n + 1, sizeof(int32_t));
    int32_t *lines = lines_by_part(rows, begin);
    list->n = rows->parts_n;
    list->parts =
        arena_array(arena, (size_t)list->n, sizeof(*list->parts));
    for (int32_t k = 0; k < list->n; k++) {
        struct component *part = &list->parts[k];
        count_part(&b, part, lines + begin[k], begin[k + 1] - begin[k]);
        place_offers(&b, part);
        place_lines(&b, part);
        place_pairs(&b, part);
        forget_part(&b, part);
    }
    place_floors(&b, list);
    place_pins(&b, list);
    for (int32_t l = 0; l < in->lines_n; l++) {
        list->base -= (model_wide)in->lines[l].uncovered_price *
            in->lines[l].quantity * MODEL_E12;
    }
    free(b.need_at);
    free(b.line_at);
    free(begin);
    free(lines);
}
