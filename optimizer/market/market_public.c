/* market_public.c: what residents look for, as needs: one of one line per
 * home unit region and interest; a part of market.c. */
#include "market.h"

#include <string.h>

static bool
load_interests(struct store *store, struct arena *arena,
    struct market *market, struct err *err)
{
    int64_t n = 0;
    if (!store_query_int(store, "SELECT count(*) FROM interests", &n, err)) {
        return false;
    }
    market->interests =
        arena_array(arena, (size_t)n, sizeof(*market->interests));
    struct store_stmt *stmt = store_prepare(store,
        "SELECT id, label_ja, kind_id, ifnull(target_id, ''), per_10000"
        "  FROM interests ORDER BY sort, id",
        err);
    if (stmt == NULL) {
        return false;
    }
    int step = 0;
    while (market->interests_n < n && (step = store_step(stmt, err)) > 0) {
        struct market_interest *interest =
            &market->interests[market->interests_n++];
        interest->id = arena_string(arena, store_text(stmt, 0));
        interest->label_ja = arena_string(arena, store_text(stmt, 1));
        interest->kind = taxonomy_find(&market->kinds, store_text(stmt, 2));
        interest->target =
            taxonomy_find(&market->targets, store_text(stmt, 3));
        interest->per_10000 = store_int(stmt, 4);
    }
    store_finish(stmt);
    return step >= 0;
}

/* people[region * interests_n + interest]; -1 where staff said nothing. */
static bool
load_targets(struct store *store, struct market *market, int64_t *people,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT region_code, interest_id, people FROM interest_targets"
        " ORDER BY region_code, interest_id",
        err);
    if (stmt == NULL) {
        return false;
    }
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        int32_t region = geo_find(&market->geo, store_text(stmt, 0));
        for (int32_t i = 0; region >= 0 && i < market->interests_n; i++) {
            if (strcmp(market->interests[i].id, store_text(stmt, 1)) == 0) {
                people[(int64_t)region * market->interests_n + i] =
                    store_int(stmt, 2);
            }
        }
    }
    store_finish(stmt);
    return step == 0;
}

static void
add_demand(struct market *market, struct arena *arena, int32_t region,
    int32_t interest, int64_t people)
{
    const struct market_interest *wish = &market->interests[interest];
    const struct geo_region *r = &market->geo.regions[region];
    struct market_line *line = &market->lines[market->lines_n];
    line->weekday = -1;
    line->entry = market->entries_n;
    line->line_no = 1;
    line->kind = wish->kind;
    line->quantity = (int32_t)people;
    line->for_public = true;
    market_set_unit(line, "人");
    line->text = wish->label_ja;

    struct market_entry *entry = &market->entries[market->entries_n++];
    entry->key = arena_format(arena, "%s:%s", r->code, wish->id);
    entry->title = arena_format(arena, "%s：%s", r->name, wish->label_ja);
    entry->org = MARKET_NONE;
    entry->interest = interest;
    entry->is_need = true;
    entry->region = region;
    entry->reach = REACH_REGIONS;
    entry->regions = market->regions_n;
    entry->regions_n = 1;
    market->regions[market->regions_n++] = region;
    if (r->has_place) {
        entry->points = market->points_n++;
        entry->points_n = 1;
        market->points[entry->points] =
            (struct market_point){r->lat_e6, r->lon_e6};
    }
    entry->day_from = INT32_MIN;
    entry->day_to = INT32_MAX;
    entry->minute_from = entry->minute_to = entry->minutes_min = -1;
    entry->people_min = entry->people_max = -1;
    entry->budget_yen = -1;
    entry->for_all = wish->target == TAXONOMY_NONE ||
                     wish->target == market->everyone;
    if (wish->target != TAXONOMY_NONE) {
        taxonomy_add(&market->targets, wish->target, &entry->targets);
    }
    entry->lines = market->lines_n++;
    entry->lines_n = 1;
}

bool
market_load_public(struct store *store, struct arena *arena,
    struct market *market, struct err *err)
{
    if (!load_interests(store, arena, market, err)) {
        return false;
    }
    int32_t n = market->interests_n;
    size_t cells = (size_t)market->geo.n * (size_t)n;
    int64_t *people = arena_array(arena, cells, sizeof(*people));
    for (size_t i = 0; i < cells; i++) {
        people[i] = -1;
    }
    if (!load_targets(store, market, people, err)) {
        return false;
    }
    for (int32_t r = 0; r < market->geo.n; r++) {
        const struct geo_region *region = &market->geo.regions[r];
        for (int32_t i = 0; region->home && region->unit && i < n; i++) {
            int64_t wanted = people[(int64_t)r * n + i];
            if (wanted < 0) {
                wanted = region->population *
                         market->interests[i].per_10000 / 10000;
            }
            if (wanted > 0 && market->interests[i].kind != TAXONOMY_NONE) {
                add_demand(market, arena, r, i,
                    wanted > 10000000 ? 10000000 : wanted);
            }
        }
    }
    return true;
}

int32_t
market_public_find(const struct market *market, const char *key)
{
    const char *colon = strchr(key, ':');
    int32_t first = (int32_t)(market->counts.needs + market->counts.offers);
    size_t code = colon != NULL ? (size_t)(colon - key) : 0;
    for (int32_t e = first; code > 0 && e < market->entries_n; e++) {
        const struct market_entry *entry = &market->entries[e];
        const char *region = market->geo.regions[entry->region].code;
        if (strncmp(region, key, code) == 0 && region[code] == '\0' &&
            strcmp(market->interests[entry->interest].id, colon + 1) == 0) {
            return entry->lines;
        }
    }
    return MARKET_NONE;
}
