/* loss_part.c: the part of an instance that shares a row with a line;
 * loss.c solves it anew. */
#include "loss_part.h"

#include <stdlib.h>

#include "optimizer/base/forest.h"

static int32_t *
nobody(int32_t n)
{
    int32_t *first = xmalloc(((size_t)n + 1) * sizeof(*first));
    for (int32_t i = 0; i <= n; i++) {
        first[i] = -1;
    }
    return first;
}

void
loss_roots(const struct instance *in, int32_t *root)
{
    int32_t *by_offer = nobody(in->offers_n), *by_need = nobody(in->needs_n);
    int32_t programme = -1;
    forest_init(root, in->lines_n);
    for (int32_t l = 0; l < in->lines_n; l++) {
        forest_join(root, &by_need[in->lines[l].need], l);
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            forest_join(root, &by_offer[in->pair_offer[p]], l);
            if (in->pair_cost[p] > 0 &&
                in->programme_budget_yen != INSTANCE_NO_LIMIT) {
                forest_join(root, &programme, l);
            }
        }
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        int32_t first = -1;
        for (int32_t m = in->floors[g].member_begin;
             m < in->floors[g].member_end; m++) {
            forest_join(root, &first, in->floor_lines[m]);
        }
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        root[l] = forest_root(root, l);
    }
    free(by_offer);
    free(by_need);
}

struct maps {
    int32_t *need, *line, *offer, *pair; /* whole -> part, -1 */
};

static void
take_lines(const struct instance *in, const int32_t *root, int32_t of,
    struct loss_part *part, struct maps *maps)
{
    struct instance *out = &part->in;
    for (int32_t l = of; l < in->lines_n; l++) {
        if (root[l] != of) {
            continue;
        }
        int32_t need = in->lines[l].need;
        if (maps->need[need] < 0) {
            maps->need[need] = out->needs_n;
            part->need_of[out->needs_n] = need;
            out->needs[out->needs_n++] = in->needs[need];
        }
        out->lines[out->lines_n] = in->lines[l];
        out->lines[out->lines_n].need = maps->need[need];
        maps->line[l] = out->lines_n;
        part->line_of[out->lines_n++] = l;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            maps->offer[in->pair_offer[p]] = 0; /* numbered below */
        }
    }
}

/* In the whole's order, so that pairs stay in ascending offer. */
static void
take_offers(const struct instance *in, struct loss_part *part,
    struct maps *maps)
{
    struct instance *out = &part->in;
    for (int32_t j = 0; j < in->offers_n; j++) {
        if (maps->offer[j] == 0) {
            maps->offer[j] = out->offers_n;
            part->offer_of[out->offers_n] = j;
            out->offers[out->offers_n++] = in->offers[j];
        }
    }
}

static void
take_pairs(const struct instance *in, struct loss_part *part,
    struct maps *maps)
{
    struct instance *out = &part->in;
    for (int32_t k = 0; k < out->lines_n; k++) {
        int32_t l = part->line_of[k];
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int32_t to = out->pairs_n++;
            out->pair_offer[to] = maps->offer[in->pair_offer[p]];
            out->pair_score[to] = in->pair_score[p];
            out->pair_cost[to] = in->pair_cost[p];
            out->pair_use[to] = in->pair_use[p];
            part->pair_of[to] = p;
            maps->pair[p] = to;
        }
        out->pair_begin[k + 1] = out->pairs_n;
    }
}

static void
take_rows(const struct instance *in, struct loss_part *part,
    struct maps *maps)
{
    struct instance *out = &part->in;
    int32_t members = 0;
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        if (maps->line[in->floor_lines[floor->member_begin]] < 0) {
            continue;
        }
        part->floor_of[out->floors_n] = g;
        struct instance_floor *to = &out->floors[out->floors_n++];
        *to = *floor;
        to->member_begin = members;
        for (int32_t m = floor->member_begin; m < floor->member_end; m++) {
            out->floor_lines[members++] = maps->line[in->floor_lines[m]];
        }
        to->member_end = members;
    }
    for (int32_t k = 0; k < in->pins_n; k++) {
        if (maps->pair[in->pins[k].pair] >= 0) {
            out->pins[out->pins_n++] = (struct instance_pin){
                maps->pair[in->pins[k].pair], in->pins[k].units};
        }
    }
}

void
loss_part_build(const struct instance *in, const int32_t *root, int32_t of,
    struct arena *arena, struct loss_part *part)
{
    struct instance *out = &part->in;
    struct maps maps = {nobody(in->needs_n), nobody(in->lines_n),
        nobody(in->offers_n), nobody(in->pairs_n)};
    int32_t members =
        in->floors_n > 0 ? in->floors[in->floors_n - 1].member_end : 0;
    size_t lines = (size_t)in->lines_n, pairs = (size_t)in->pairs_n;
    *part = (struct loss_part){.pins_room = in->pins_n + 1};
    size_t needs = (size_t)in->needs_n, offers = (size_t)in->offers_n;
    size_t floors = (size_t)in->floors_n;
    part->line_of = arena_array(arena, lines, sizeof(int32_t));
    part->pair_of = arena_array(arena, pairs, sizeof(int32_t));
    part->need_of = arena_array(arena, needs, sizeof(int32_t));
    part->offer_of = arena_array(arena, offers, sizeof(int32_t));
    part->floor_of = arena_array(arena, floors, sizeof(int32_t));
    out->needs = arena_array(arena, needs, sizeof(*out->needs));
    out->lines = arena_array(arena, lines, sizeof(*out->lines));
    out->offers = arena_array(arena, offers, sizeof(*out->offers));
    out->pair_begin = arena_array(arena, lines + 1, sizeof(int32_t));
    out->pair_offer = arena_array(arena, pairs, sizeof(int32_t));
    out->pair_score = arena_array(arena, pairs, sizeof(int32_t));
    out->pair_cost = arena_array(arena, pairs, sizeof(int32_t));
    out->pair_use = arena_array(arena, pairs, sizeof(int32_t));
    out->pins = arena_array(arena, (size_t)part->pins_room,
        sizeof(*out->pins));
    out->floors = arena_array(arena, floors, sizeof(*out->floors));
    out->floor_lines = arena_array(arena, (size_t)members, sizeof(int32_t));
    out->orgs_n = in->orgs_n;
    out->org_names = in->org_names;
    out->programme_budget_yen = in->programme_budget_yen;
    take_lines(in, root, of, part, &maps);
    take_offers(in, part, &maps);
    take_pairs(in, part, &maps);
    take_rows(in, part, &maps);
    free(maps.need);
    free(maps.line);
    free(maps.offer);
    free(maps.pair);
}

static int64_t *
gather(const int64_t *whole, const int32_t *of, int32_t n,
    struct arena *arena)
{
    int64_t *own = NULL;
    if (whole != NULL) {
        own = arena_array(arena, (size_t)n, sizeof(*own));
        for (int32_t k = 0; k < n; k++) {
            own[k] = whole[of[k]];
        }
    }
    return own;
}

struct solve_start
loss_part_start(const struct loss_part *part,
    const struct solve_start *whole, struct arena *arena)
{
    const struct instance *in = &part->in;
    int32_t *units =
        arena_array(arena, (size_t)in->pairs_n, sizeof(*units));
    for (int32_t p = 0; p < in->pairs_n; p++) {
        units[p] = whole->units[part->pair_of[p]];
    }
    return (struct solve_start){.units = units,
        .capacity_price = gather(
            whole->capacity_price, part->offer_of, in->offers_n, arena),
        .budget_price = gather(
            whole->budget_price, part->need_of, in->needs_n, arena),
        .floor_price = gather(
            whole->floor_price, part->floor_of, in->floors_n, arena),
        .programme_price = whole->programme_price,
        .demand_price = gather(
            whole->demand_price, part->line_of, in->lines_n, arena),
        .partners_price = gather(
            whole->partners_price, part->need_of, in->needs_n, arena)};
}
