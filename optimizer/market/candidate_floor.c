/* candidate_floor.c: the tier of urgent needs, the floors of
 * municipalities and sectors, all over the organisations' need lines; a part of candidate.c. */
#include "candidate.h"

#include <stdlib.h>

/* The municipality that a need counts for; the region itself when it is
 * larger; GEO_NONE when it stands nowhere or in the whole prefecture. */
static int32_t
region_group(const struct market *market, const struct market_entry *need)
{
    int32_t region = need->region;
    if (region == GEO_NONE && need->regions_n == 1) {
        region = market->regions[need->regions];
    }
    if (region == GEO_NONE ||
        market->geo.regions[region].level == GEO_PREFECTURE) {
        return GEO_NONE;
    }
    int32_t municipality =
        geo_at_level(&market->geo, region, GEO_MUNICIPALITY);
    return municipality != GEO_NONE ? municipality : region;
}

static int32_t
group_of(const struct market *market, const struct candidates *c,
    int32_t line, bool by_sector)
{
    const struct market_entry *need =
        &market->entries[market->lines[c->line_of[line]].entry];
    if (need->interest != MARKET_NONE) {
        return -1;
    }
    return by_sector ? market->orgs[need->org].sector
                     : region_group(market, need);
}

static void
add_floors(const struct market *market, struct arena *arena, bool by_sector,
    struct candidates *c, int32_t *members_n)
{
    struct instance *in = &c->instance;
    int64_t share = market->value[by_sector ? OPTION_FLOOR_SECTOR_PPM
                                            : OPTION_FLOOR_REGION_PPM];
    int64_t price = market->value[by_sector ? OPTION_FLOOR_SECTOR_PRICE
                                            : OPTION_FLOOR_REGION_PRICE];
    int32_t groups = by_sector ? market->sectors.n : market->geo.n;
    if (share == 0 || price == 0 || groups == 0) {
        return;
    }
    int32_t *next = xcalloc((size_t)groups + 1, sizeof(*next));
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t group = group_of(market, c, l, by_sector);
        next[group + 1] += group >= 0; /* counts, shifted by one */
    }
    int32_t begin = *members_n;
    for (int32_t g = 0; g < groups; g++) {
        int32_t n = next[g + 1];
        next[g] = begin;
        if (n > 0) {
            in->floors[in->floors_n++] = (struct instance_floor){
                .share_ppm = (int32_t)share, .price = (int32_t)price,
                .member_begin = begin, .member_end = begin + n,
                .name = arena_format(arena, "%s:%s",
                    by_sector ? "sector" : "region",
                    by_sector ? market->sectors.terms[g].id
                              : market->geo.regions[g].code)};
        }
        begin += n;
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t group = group_of(market, c, l, by_sector);
        if (group >= 0) {
            in->floor_lines[next[group]++] = l;
        }
    }
    *members_n = begin;
    free(next);
}

/* The needs that come first: one tier, before the floors. */
static void
add_tier(const struct market *market, struct candidates *c,
    int32_t *members_n)
{
    struct instance *in = &c->instance;
    int64_t least = market->value[OPTION_TIER_URGENCY];
    for (int32_t l = 0; l < in->lines_n && least > 0; l++) {
        const struct market_entry *need =
            &market->entries[market->lines[c->line_of[l]].entry];
        if (need->interest == MARKET_NONE && need->urgency >= least) {
            in->floor_lines[(*members_n)++] = l;
        }
    }
    if (*members_n > 0) {
        in->floors[in->floors_n++] =
            (struct instance_floor){.share_ppm = INSTANCE_PPM, .tier = true,
                .member_end = *members_n, .name = "tier:urgency"};
    }
}

void
candidate_floors(const struct market *market, struct arena *arena,
    struct candidates *c)
{
    struct instance *in = &c->instance;
    int32_t members_n = 0;
    in->floors = arena_array(arena,
        (size_t)market->geo.n + (size_t)market->sectors.n + 1,
        sizeof(*in->floors));
    in->floor_lines = arena_array(arena, 3 * (size_t)in->lines_n,
        sizeof(*in->floor_lines));
    add_tier(market, c, &members_n);
    add_floors(market, arena, false, c, &members_n);
    add_floors(market, arena, true, c, &members_n);
}
