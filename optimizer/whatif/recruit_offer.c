/* recruit_offer.c: one more offer in a market and an instance
 * (recruit_offer.h). */
#include "recruit_offer.h"

#include <string.h>

#include "optimizer/market/rule.h"
#include "optimizer/market/score.h"

/* A copy with room for one more. */
static void *
longer(struct arena *arena, const void *array, int32_t n, size_t size)
{
    void *copy = arena_array(arena, (size_t)n + 1, size);
    if (n > 0) {
        memcpy(copy, array, (size_t)n * size);
    }
    return copy;
}

void
recruit_offer_make(const struct market *market, struct arena *arena,
    struct recruit_offer *offer)
{
    struct market *m = &offer->market;
    *m = *market;
    m->orgs = longer(arena, m->orgs, m->orgs_n, sizeof(*m->orgs));
    m->entries =
        longer(arena, m->entries, m->entries_n, sizeof(*m->entries));
    m->lines = longer(arena, m->lines, m->lines_n, sizeof(*m->lines));
    m->regions =
        longer(arena, m->regions, m->regions_n, sizeof(*m->regions));
    m->points = longer(arena, m->points, m->points_n, sizeof(*m->points));
    offer->line = m->lines_n;
    m->orgs[m->orgs_n] =
        (struct market_org){.name = "", .sector = TAXONOMY_NONE};
    m->entries[m->entries_n] = (struct market_entry){.key = "", .title = "",
        .org = m->orgs_n, .interest = MARKET_NONE,
        .reach = REACH_REGIONS, .reach_hard = true,
        .regions = m->regions_n, .regions_n = 1, .points = m->points_n,
        .day_from = INT32_MIN, .day_to = INT32_MAX, .minute_from = -1,
        .minute_to = -1, .minutes_min = -1, .people_min = -1,
        .people_max = -1, .budget_yen = -1, .for_all = true,
        .lines = m->lines_n, .lines_n = 1};
    m->lines[m->lines_n] = (struct market_line){.entry = m->entries_n,
        .line_no = 1, .weekday = -1, .text = "", .unit = ""};
    m->orgs_n++;
    m->entries_n++;
    m->lines_n++;
    m->regions_n++;
    m->points_n++;
}

void
recruit_offer_set(struct recruit_offer *offer,
    const struct recruit_idea *idea)
{
    struct market *m = &offer->market;
    struct market_line *line = &m->lines[offer->line];
    struct market_entry *entry = &m->entries[line->entry];
    const struct geo_region *region = &m->geo.regions[idea->region];
    entry->region = idea->region;
    entry->points_n =
        region->has_place && region->level != GEO_PREFECTURE;
    m->regions[entry->regions] = idea->region;
    m->points[entry->points] =
        (struct market_point){region->lat_e6, region->lon_e6};
    line->kind = idea->kind;
    market_set_unit(line, idea->unit);
    line->quantity = idea->capacity;
}

int32_t
recruit_offer_pairs(const struct recruit_offer *offer,
    const struct candidates *c, struct recruit_pair *pairs)
{
    const struct market *market = &offer->market;
    int32_t n = 0;
    for (int32_t l = 0; l < c->instance.lines_n; l++) {
        int32_t line = c->line_of[l];
        if (rule_same_kind(market, line, offer->line) &&
            rule_allows(market, line, offer->line)) {
            struct score score;
            score_pair(market, line, offer->line, &score);
            pairs[n++] = (struct recruit_pair){l, score.per_unit,
                rule_use(market, line, offer->line)};
        }
    }
    return n;
}

static void
copy_pairs(const struct instance *in, const struct recruit_pair *pairs,
    int32_t n, struct instance *out, int32_t *old_pair)
{
    int32_t k = 0;
    out->pairs_n = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        out->pair_begin[l] = out->pairs_n;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int32_t to = out->pairs_n++;
            out->pair_offer[to] = in->pair_offer[p];
            out->pair_score[to] = in->pair_score[p];
            out->pair_cost[to] = in->pair_cost[p];
            out->pair_use[to] = in->pair_use[p];
            old_pair[to] = p;
        }
        if (k < n && pairs[k].line == l) { /* the last offer of all */
            int32_t to = out->pairs_n++;
            out->pair_offer[to] = in->offers_n;
            out->pair_score[to] = pairs[k].score;
            out->pair_use[to] = pairs[k++].use;
            old_pair[to] = -1;
        }
    }
    out->pair_begin[in->lines_n] = out->pairs_n;
}

void
recruit_offer_extend(const struct instance *in,
    const struct recruit_pair *pairs, int32_t n, int32_t capacity,
    struct arena *arena, struct instance *out, int32_t **old_pair)
{
    size_t room = (size_t)in->pairs_n + (size_t)n;
    *out = *in;
    out->offers =
        longer(arena, in->offers, in->offers_n, sizeof(*in->offers));
    out->org_names =
        longer(arena, in->org_names, in->orgs_n, sizeof(*in->org_names));
    out->offers[out->offers_n++] = (struct instance_offer){
        .capacity = capacity, .org = in->orgs_n, .name = ""};
    out->org_names[out->orgs_n++] = "";
    out->pair_begin =
        arena_array(arena, (size_t)in->lines_n + 1, sizeof(int32_t));
    out->pair_offer = arena_array(arena, room, sizeof(int32_t));
    out->pair_score = arena_array(arena, room, sizeof(int32_t));
    out->pair_cost = arena_array(arena, room, sizeof(int32_t));
    out->pair_use = arena_array(arena, room, sizeof(int32_t));
    *old_pair = arena_array(arena, room, sizeof(int32_t));
    copy_pairs(in, pairs, n, out, *old_pair);
    out->pins = arena_array(arena, (size_t)in->pins_n, sizeof(*in->pins));
    for (int32_t k = 0, to = 0; k < in->pins_n; k++) {
        while ((*old_pair)[to] != in->pins[k].pair) {
            to++;
        }
        out->pins[k] = (struct instance_pin){to, in->pins[k].units};
    }
}

struct solve_start
recruit_offer_start(const struct instance *extended, const int32_t *old_pair,
    const struct solve_start *start, struct arena *arena)
{
    struct solve_start out = *start;
    int32_t *units =
        arena_array(arena, (size_t)extended->pairs_n, sizeof(*units));
    for (int32_t p = 0; p < extended->pairs_n; p++) {
        units[p] = old_pair[p] < 0 ? 0 : start->units[old_pair[p]];
    }
    out.units = units;
    if (start->capacity_price != NULL) {
        out.capacity_price = longer(arena, start->capacity_price,
            extended->offers_n - 1, sizeof(int64_t));
    }
    return out;
}
