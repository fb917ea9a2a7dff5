/* market_parts.c: regions, points, targets, themes, tags and wishes of the
 * entries; a part of market.c. */
#include "market.h"

#include <stdlib.h>
#include <string.h>

bool
market_load_rows(struct store *store, const char *sql, market_take *take,
    struct market *market, struct arena *arena, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    int step;
    int32_t at = 0;
    while ((step = store_step(stmt, err)) > 0) {
        int64_t id = store_int(stmt, 0);
        while (at < market->entries_n && market->entries[at].id < id) {
            at++;
        }
        if (at < market->entries_n && market->entries[at].id == id) {
            take(market, &market->entries[at], stmt, arena);
        }
    }
    store_finish(stmt);
    return step == 0;
}

static void
take_region(struct market *market, struct market_entry *entry,
    struct store_stmt *stmt, struct arena *arena)
{
    (void)arena;
    int32_t region = geo_find(&market->geo, store_text(stmt, 1));
    if (entry->reach == REACH_REGIONS && region != GEO_NONE) {
        entry->regions =
            entry->regions_n == 0 ? market->regions_n : entry->regions;
        entry->regions_n++;
        market->regions[market->regions_n++] = region;
    }
}

static void
take_target(struct market *market, struct market_entry *entry,
    struct store_stmt *stmt, struct arena *arena)
{
    (void)arena;
    int32_t term = taxonomy_find(&market->targets, store_text(stmt, 1));
    if (term != TAXONOMY_NONE) {
        taxonomy_add(&market->targets, term, &entry->targets);
    }
}

static void
take_theme(struct market *market, struct market_entry *entry,
    struct store_stmt *stmt, struct arena *arena)
{
    (void)arena;
    int32_t term = taxonomy_find(&market->themes, store_text(stmt, 1));
    if (term != TAXONOMY_NONE) {
        taxonomy_add(&market->themes, term, &entry->themes);
    }
}

static void
take_tag(struct market *market, struct market_entry *entry,
    struct store_stmt *stmt, struct arena *arena)
{
    entry->tags = entry->tags_n == 0 ? market->tags_n : entry->tags;
    entry->tags_n++;
    market->tags[market->tags_n++] = arena_string(arena, store_text(stmt, 1));
}

static void
take_wish(struct market *market, struct market_entry *entry,
    struct store_stmt *stmt, struct arena *arena)
{
    (void)arena;
    int32_t org = market_org_find(market, store_int(stmt, 1));
    if (org != MARKET_NONE) {
        entry->wishes =
            entry->wishes_n == 0 ? market->wishes_n : entry->wishes;
        entry->wishes_n++;
        market->wishes[market->wishes_n++] = org;
    }
}

/* No regions stated: where it stands; not even that: the prefecture. */
static void
complete_coverage(struct market *market, struct market_entry *entry)
{
    if (entry->reach == REACH_ONLINE || entry->regions_n > 0) {
        return;
    }
    int32_t region = entry->reach == REACH_REGIONS ? entry->region : GEO_NONE;
    region = region == GEO_NONE ? market->geo.home : region;
    if (region != GEO_NONE) {
        entry->regions = market->regions_n;
        entry->regions_n = 1;
        market->regions[market->regions_n++] = region;
    }
}

static void
add_office(struct market *market, struct market_entry *entry, int32_t region)
{
    const struct geo_region *r = &market->geo.regions[region];
    if (r->has_place && r->level != GEO_PREFECTURE) {
        entry->points =
            entry->points_n == 0 ? market->points_n : entry->points;
        entry->points_n++;
        market->points[market->points_n++] =
            (struct market_point){r->lat_e6, r->lon_e6};
    }
}

/* No place of its own: the office of its region, else of those covered. */
static void
complete_points(struct market *market, struct market_entry *entry)
{
    if (entry->points_n > 0 || entry->reach == REACH_ONLINE) {
        return;
    }
    if (entry->region != GEO_NONE) {
        add_office(market, entry, entry->region);
    }
    bool none = entry->points_n == 0;
    for (int32_t r = 0; none && r < entry->regions_n; r++) {
        add_office(market, entry, market->regions[entry->regions + r]);
    }
}

static bool
make_room(struct store *store, struct arena *arena, struct market *market,
    struct err *err)
{
    int64_t tags = 0, wishes = 0;
    if (!store_query_int(store, "SELECT count(*) FROM entry_tags", &tags,
            err) ||
        !store_query_int(store, "SELECT count(*) FROM entry_wishes", &wishes,
            err)) {
        return false;
    }
    if (tags > INT32_MAX || wishes > INT32_MAX) {
        return fail(err, ERR_INPUT, "store: too many tags or wishes");
    }
    market->tags = arena_array(arena, (size_t)tags, sizeof(*market->tags));
    market->wishes =
        arena_array(arena, (size_t)wishes, sizeof(*market->wishes));
    return true;
}

bool
market_load_parts(struct store *store, struct arena *arena,
    struct market *market, struct err *err)
{
    static const struct {
        const char *sql;
        market_take *take;
    } parts[] = {
        {"SELECT entry_id, region_code FROM entry_regions"
         " ORDER BY entry_id, region_code", take_region},
        {"SELECT entry_id, target_id FROM entry_targets"
         " ORDER BY entry_id, target_id", take_target},
        {"SELECT entry_id, theme_id FROM entry_themes"
         " ORDER BY entry_id, theme_id", take_theme},
        {"SELECT entry_id, tag FROM entry_tags ORDER BY entry_id, tag",
         take_tag},
        {"SELECT entry_id, organisation_id FROM entry_wishes"
         " WHERE organisation_id IS NOT NULL"
         " ORDER BY entry_id, organisation_id, name", take_wish},
    };
    bool ok = make_room(store, arena, market, err);
    for (size_t i = 0; ok && i < sizeof(parts) / sizeof(parts[0]); i++) {
        ok = market_load_rows(store, parts[i].sql, parts[i].take, market,
            arena, err);
    }
    for (int32_t e = 0; ok && e < market->entries_n; e++) {
        struct market_entry *entry = &market->entries[e];
        complete_coverage(market, entry);
        complete_points(market, entry);
        entry->for_all = taxonomy_empty(&entry->targets) ||
                         (market->everyone != TAXONOMY_NONE &&
                             taxonomy_has(&entry->targets, market->everyone));
    }
    return ok;
}
