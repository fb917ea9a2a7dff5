/* market.c: what takes part tonight: organisations, look-ups, distances;
 * candidate, plan and explain read it. */
#include "market.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/base/day.h"
#include "schema/distance.h"

static bool
load_orgs(struct store *store, struct arena *arena, struct market *market,
    struct err *err)
{
    int64_t n = 0;
    if (!store_query_int(store, "SELECT count(*) FROM organisations", &n,
            err)) {
        return false;
    }
    market->orgs = arena_array(arena, (size_t)n, sizeof(*market->orgs));
    struct store_stmt *stmt = store_prepare(store,
        "SELECT o.id, o.name, ifnull(o.sector_id, ''), o.member,"
        "       ifnull((SELECT min(e.created_at) FROM entries AS e"
        "                WHERE e.organisation_id = o.id), '')"
        "  FROM organisations AS o ORDER BY o.id",
        err);
    if (stmt == NULL) {
        return false;
    }
    int step = 0;
    while (market->orgs_n < n && (step = store_step(stmt, err)) > 0) {
        struct market_org *org = &market->orgs[market->orgs_n++];
        org->id = store_int(stmt, 0);
        org->name = arena_string(arena, store_text(stmt, 1));
        org->sector = taxonomy_find(&market->sectors, store_text(stmt, 2));
        int32_t first = day_parse(store_text(stmt, 4), INT32_MIN);
        org->small = store_int(stmt, 3) != 0 && first != INT32_MIN &&
                     market->day - first <= market->value[OPTION_NEW_DAYS];
    }
    store_finish(stmt);
    return step >= 0;
}

/* Few open offers make an organisation small. */
static void
mark_small_orgs(struct market *market)
{
    int32_t *open = xcalloc((size_t)market->orgs_n, sizeof(*open));
    for (int32_t e = 0; e < market->entries_n; e++) {
        const struct market_entry *entry = &market->entries[e];
        bool any = false;
        for (int32_t l = 0; l < entry->lines_n; l++) {
            any |= market->lines[entry->lines + l].for_public;
        }
        if (any && !entry->is_need) {
            open[entry->org]++;
        }
    }
    for (int32_t o = 0; o < market->orgs_n; o++) {
        market->orgs[o].small |=
            open[o] > 0 && open[o] <= market->value[OPTION_SMALL_OFFERS];
    }
    free(open);
}

static void
count_lines(struct market *market)
{
    struct market_counts *counts = &market->counts;
    for (int32_t l = 0; l < market->lines_n; l++) {
        const struct market_line *line = &market->lines[l];
        const struct market_entry *entry = &market->entries[line->entry];
        counts->public_demands += entry->interest != MARKET_NONE;
        counts->need_lines += entry->is_need &&
                              entry->interest == MARKET_NONE;
        bool again = l > entry->lines && market_same_line(market, l, l - 1);
        counts->offer_lines += !entry->is_need && !line->for_public && !again;
        counts->public_offer_lines += !entry->is_need && line->for_public;
    }
}

bool
market_load(struct store *store, const char *date,
    const int64_t value[OPTION_COUNT], struct arena *arena,
    struct market *market, struct err *err)
{
    memset(market, 0, sizeof(*market));
    memcpy(market->value, value, sizeof(market->value));
    for (int id = 0; id < OPTION_COUNT; id++) {
        if (!option_check(id, value[id], err)) {
            return false;
        }
    }
    market->day = day_parse(date, INT32_MIN);
    if (market->day == INT32_MIN) {
        return fail(err, ERR_USAGE, "not a day: \"%s\"", date);
    }
    if (!geo_load(store, arena, &market->geo, err) ||
        !taxonomy_load(store, "resource_kinds", arena, &market->kinds, err) ||
        !taxonomy_load(store, "target_groups", arena, &market->targets,
            err) ||
        !taxonomy_load(store, "themes", arena, &market->themes, err) ||
        !taxonomy_load(store, "sectors", arena, &market->sectors, err)) {
        return false;
    }
    market->everyone = taxonomy_find(&market->targets, "everyone");
    if (!load_orgs(store, arena, market, err) ||
        !market_load_entries(store, arena, market, err) ||
        !market_load_parts(store, arena, market, err) ||
        !market_load_public(store, arena, market, err) ||
        !market_load_history(store, date, arena, market, err)) {
        return false;
    }
    market_switch(market);
    mark_small_orgs(market);
    count_lines(market);
    return true;
}

static int
compare_org(const void *id, const void *org)
{
    int64_t a = *(const int64_t *)id;
    int64_t b = ((const struct market_org *)org)->id;
    return (a > b) - (a < b);
}

int32_t
market_org_find(const struct market *market, int64_t id)
{
    const struct market_org *found = market->orgs_n == 0
        ? NULL
        : bsearch(&id, market->orgs, (size_t)market->orgs_n, sizeof(*found),
              compare_org);
    return found != NULL ? (int32_t)(found - market->orgs) : MARKET_NONE;
}

static int
compare_entry(const void *id, const void *entry)
{
    int64_t a = *(const int64_t *)id;
    int64_t b = ((const struct market_entry *)entry)->id;
    return (a > b) - (a < b);
}

/* Behind the entries stand the public demands, whose id is 0. */
int32_t
market_find(const struct market *market, int64_t id)
{
    size_t n = (size_t)(market->counts.needs + market->counts.offers);
    const struct market_entry *found = id <= 0 || n == 0
        ? NULL
        : bsearch(&id, market->entries, n, sizeof(*found), compare_entry);
    return found != NULL ? (int32_t)(found - market->entries) : MARKET_NONE;
}

int32_t
market_line_find(const struct market *market, int64_t id, int32_t line_no)
{
    int32_t entry = market_find(market, id);
    for (int32_t i = 0; entry >= 0 && i < market->entries[entry].lines_n;
         i++) {
        int32_t line = market->entries[entry].lines + i;
        if (market->lines[line].line_no == line_no) {
            return line;
        }
    }
    return MARKET_NONE;
}

int32_t
market_slot_find(const struct market *market, int64_t id, int32_t line_no,
    int32_t weekday)
{
    int32_t line = market_line_find(market, id, line_no);
    int32_t end = line < 0 ? -1
                           : market->entries[market->lines[line].entry].lines +
                                 market->entries[market->lines[line].entry]
                                     .lines_n;
    for (; line >= 0 && line < end; line++) {
        if (market->lines[line].line_no == line_no &&
            market->lines[line].weekday == weekday) {
            return line;
        }
    }
    return MARKET_NONE;
}

void
market_set_unit(struct market_line *line, const char *unit)
{
    const char *one = strcmp(unit, "名") == 0 ? "人" : unit;
    line->unit = unit;
    line->unit_key = 0;
    memcpy(&line->unit_key, one, strnlen(one, sizeof(line->unit_key)));
}

bool
market_same_unit(const struct market_line *a, const struct market_line *b)
{
    const char *key = (const char *)&a->unit_key;
    bool whole = key[sizeof(a->unit_key) - 1] == '\0';
    return a->unit_key == b->unit_key &&
           (whole || strcmp(a->unit, b->unit) == 0);
}

bool
market_same_line(const struct market *market, int32_t a, int32_t b)
{
    return market->lines[a].entry == market->lines[b].entry &&
           market->lines[a].line_no == market->lines[b].line_no;
}

int32_t
market_weekdays(int64_t from, int64_t to)
{
    if (to - from >= 6) {
        return 127;
    }
    int first = (int)(((from + 3) % 7 + 7) % 7); /* day.h: 0 is Monday */
    int32_t days = 0;
    for (int i = 0; i <= to - from; i++) {
        days |= 1 << (first + i) % 7;
    }
    return days;
}

bool
market_wishes(const struct market *market, int32_t entry, int32_t org)
{
    const struct market_entry *e = &market->entries[entry];
    for (int32_t w = e->wishes; w < e->wishes + e->wishes_n; w++) {
        if (market->wishes[w] == org) {
            return true;
        }
    }
    return false;
}

int32_t
market_distance_m(const struct market *market, int32_t a, int32_t b)
{
    const struct market_entry *x = &market->entries[a];
    const struct market_entry *y = &market->entries[b];
    int32_t nearest = -1;
    if (x->reach == REACH_ONLINE || y->reach == REACH_ONLINE) {
        return nearest;
    }
    for (int32_t i = x->points; i < x->points + x->points_n; i++) {
        for (int32_t k = y->points; k < y->points + y->points_n; k++) {
            const struct market_point *p = &market->points[i];
            const struct market_point *q = &market->points[k];
            int32_t metres = distance_m(p->lat_e6, p->lon_e6, q->lat_e6,
                q->lon_e6);
            nearest = nearest < 0 || metres < nearest ? metres : nearest;
        }
    }
    return nearest;
}
