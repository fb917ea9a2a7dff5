/* market_entries.c: the entries and their lines, by the rules of
 * eligibility; a part of market.c. */
#include "market.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/base/day.h"

enum column {
    C_ID, C_KEY, C_SIDE, C_ORG, C_TITLE, C_DATE_START, C_DATE_END,
    C_WEEKDAYS, C_TIME_START, C_TIME_END, C_MINUTES_MIN, C_PEOPLE_MIN,
    C_PEOPLE_MAX, C_REGION, C_LAT, C_LON, C_REACH, C_REACH_HARD, C_URGENCY,
    C_BUDGET, C_MAX_PARTNERS, C_MAX_NEEDS, C_CONFIRMED, C_EXPIRES, C_MISSING
};

static const char entries_sql[] =
    "SELECT e.id, e.key, e.side, e.organisation_id, e.title, e.date_start,"
    "       e.date_end, e.weekdays, e.time_start, e.time_end, e.minutes_min,"
    "       e.people_min, e.people_max, e.region_code, e.lat_e6, e.lon_e6,"
    "       e.reach, e.reach_hard, e.urgency, e.budget_yen, e.max_partners,"
    "       e.max_needs, e.confirmed_on, e.expires_on,"
    "       (SELECT count(*) FROM requirements AS r"
    "         WHERE r.required = 1 AND NOT EXISTS"
    "               (SELECT 1 FROM screenings AS s"
    "                 WHERE s.entry_id = e.id AND s.requirement_id = r.id"
    "                   AND s.result = 'pass'))"
    "  FROM entries AS e WHERE e.state = 'approved' ORDER BY e.id";

/* NULL is -1; more than an int32 is its largest. */
static int32_t
number(struct store_stmt *stmt, int column)
{
    if (store_is_null(stmt, column)) {
        return -1;
    }
    int64_t value = store_int(stmt, column);
    return value > INT32_MAX ? INT32_MAX : (int32_t)value;
}

/* Counts why an approved entry stays out; false if it does. */
static bool
takes_part(struct store_stmt *stmt, struct market *market)
{
    market->counts.approved++;
    if (store_int(stmt, C_MISSING) > 0) {
        market->counts.unscreened++;
        return false;
    }
    if (day_parse(store_text(stmt, C_EXPIRES), INT32_MAX) < market->day ||
        day_parse(store_text(stmt, C_DATE_END), INT32_MAX) < market->day) {
        market->counts.expired++;
        return false;
    }
    int32_t confirmed = day_parse(store_text(stmt, C_CONFIRMED), INT32_MIN);
    if ((int64_t)market->day - confirmed >
        market->value[OPTION_STALE_DAYS]) {
        market->counts.stale++;
        return false;
    }
    return true;
}

static void
take_times(struct store_stmt *stmt, struct market *market,
    struct market_entry *entry)
{
    entry->day_from = day_parse(store_text(stmt, C_DATE_START), INT32_MIN);
    entry->day_to = day_parse(store_text(stmt, C_DATE_END), INT32_MAX);
    entry->weekdays = number(stmt, C_WEEKDAYS);
    entry->minute_from = minute_parse(store_text(stmt, C_TIME_START), -1);
    entry->minute_to = minute_parse(store_text(stmt, C_TIME_END), -1);
    entry->minutes_min = number(stmt, C_MINUTES_MIN);
    entry->people_min = number(stmt, C_PEOPLE_MIN);
    entry->people_max = number(stmt, C_PEOPLE_MAX);
    entry->age_days =
        market->day - day_parse(store_text(stmt, C_CONFIRMED), market->day);
    entry->age_days = entry->age_days < 0 ? 0 : entry->age_days;
}

static void
take_place(struct store_stmt *stmt, struct market *market,
    struct market_entry *entry)
{
    const char *reach = store_text(stmt, C_REACH);
    entry->region = store_is_null(stmt, C_REGION)
                        ? GEO_NONE
                        : geo_find(&market->geo, store_text(stmt, C_REGION));
    entry->reach = strcmp(reach, "online") == 0       ? REACH_ONLINE
                   : strcmp(reach, "prefecture") == 0 ? REACH_PREFECTURE
                                                      : REACH_REGIONS;
    entry->reach_hard = store_int(stmt, C_REACH_HARD) != 0;
    if (!store_is_null(stmt, C_LAT) && !store_is_null(stmt, C_LON)) {
        entry->points = market->points_n++;
        entry->points_n = 1;
        market->points[entry->points] =
            (struct market_point){(int32_t)store_int(stmt, C_LAT),
                (int32_t)store_int(stmt, C_LON)};
    }
}

static bool
take_entry(struct store_stmt *stmt, struct arena *arena,
    struct market *market, struct err *err)
{
    struct market_entry *entry = &market->entries[market->entries_n++];
    entry->id = store_int(stmt, C_ID);
    entry->key = arena_string(arena, store_text(stmt, C_KEY));
    entry->title = arena_string(arena, store_text(stmt, C_TITLE));
    entry->is_need = strcmp(store_text(stmt, C_SIDE), "need") == 0;
    entry->interest = MARKET_NONE;
    entry->org = market_org_find(market, store_int(stmt, C_ORG));
    entry->urgency = number(stmt, C_URGENCY);
    entry->budget_yen = store_is_null(stmt, C_BUDGET)
                            ? -1
                            : store_int(stmt, C_BUDGET);
    entry->max_partners =
        store_is_null(stmt, C_MAX_PARTNERS) ? 0
                                            : number(stmt, C_MAX_PARTNERS);
    entry->max_needs =
        store_is_null(stmt, C_MAX_NEEDS) ? 0 : number(stmt, C_MAX_NEEDS);
    take_times(stmt, market, entry);
    take_place(stmt, market, entry);
    market->counts.needs += entry->is_need;
    market->counts.offers += !entry->is_need;
    return entry->org != MARKET_NONE ||
           fail(err, ERR_INPUT, "entry without an organisation: \"%s\"",
               entry->key);
}

/* Room for the entries and for the public demand behind them. */
static bool
make_room(struct store *store, struct arena *arena, struct market *market,
    struct err *err)
{
    int64_t entries = 0, lines = 0, regions = 0, interests = 0;
    if (!store_query_int(store, "SELECT count(*) FROM entries", &entries,
            err) ||
        !store_query_int(store, "SELECT count(*) + 6 * ifnull(sum(per_day),"
            " 0) FROM entry_lines", &lines, err) ||
        !store_query_int(store, "SELECT count(*) FROM entry_regions",
            &regions, err) ||
        !store_query_int(store, "SELECT count(*) FROM interests", &interests,
            err)) {
        return false;
    }
    int64_t open = interests * market->geo.n;
    if (entries + lines + regions + open > INT32_MAX / 4) {
        return fail(err, ERR_INPUT, "store: too many entries");
    }
    size_t n = (size_t)(entries + open);
    market->entries = arena_array(arena, n, sizeof(*market->entries));
    market->lines = arena_array(arena, (size_t)(lines + open),
        sizeof(*market->lines));
    market->regions = arena_array(arena, n + (size_t)regions,
        sizeof(*market->regions));
    market->points = arena_array(arena, n + (size_t)regions,
        sizeof(*market->points));
    return true;
}

static struct market_line *
add_line(struct market *market, struct market_entry *entry,
    struct store_stmt *stmt, struct arena *arena)
{
    struct market_line *line = &market->lines[market->lines_n];
    entry->lines = entry->lines_n == 0 ? market->lines_n : entry->lines;
    entry->lines_n++;
    market->lines_n++;
    line->id = store_int(stmt, 1);
    line->entry = (int32_t)(entry - market->entries);
    line->line_no = number(stmt, 2);
    line->kind = taxonomy_find(&market->kinds, store_text(stmt, 3));
    line->quantity = number(stmt, 4);
    market_set_unit(line, arena_string(arena, store_text(stmt, 5)));
    line->unit_cost_yen = store_int(stmt, 6);
    line->min_lot = number(stmt, 7);
    line->indivisible = store_int(stmt, 8) != 0;
    line->for_public = store_int(stmt, 9) != 0;
    line->text = arena_string(arena, store_text(stmt, 10));
    line->weekday = -1;
    return line;
}

/* A line of each day is a line for each: its weekdays that come at all. */
static void
take_line(struct market *market, struct market_entry *entry,
    struct store_stmt *stmt, struct arena *arena)
{
    int32_t days = entry->weekdays == 0 ? 127 : entry->weekdays;
    struct market_line *line = add_line(market, entry, stmt, arena);
    if (store_int(stmt, 11) == 0 || entry->is_need || line->for_public) {
        return;
    }
    int64_t from = entry->day_from > market->day ? entry->day_from
                                                 : market->day;
    int32_t open = days & market_weekdays(from, entry->day_to);
    struct market_line whole = *line;
    for (int32_t day = 0; day < 7; day++) {
        if ((open & 1 << day) != 0) {
            line = line == NULL ? &market->lines[market->lines_n++] : line;
            *line = whole;
            line->weekday = day;
            line = NULL;
        }
    }
    int32_t slots = __builtin_popcount((unsigned)open);
    entry->lines_n += slots > 0 ? slots - 1 : 0; /* 0: a line of no day */
}

static bool
load_lines(struct store *store, struct arena *arena, struct market *market,
    struct err *err)
{
    return market_load_rows(store,
        "SELECT entry_id, id, line_no, kind_id, quantity, unit,"
        "       unit_cost_yen, min_lot, indivisible, for_public, text,"
        "       per_day"
        "  FROM entry_lines ORDER BY entry_id, line_no",
        take_line, market, arena, err);
}

bool
market_load_entries(struct store *store, struct arena *arena,
    struct market *market, struct err *err)
{
    if (!make_room(store, arena, market, err)) {
        return false;
    }
    struct store_stmt *stmt = store_prepare(store, entries_sql, err);
    if (stmt == NULL) {
        return false;
    }
    int step;
    bool ok = true;
    while (ok && (step = store_step(stmt, err)) != 0) {
        ok = step > 0 && (!takes_part(stmt, market) ||
                             take_entry(stmt, arena, market, err));
    }
    store_finish(stmt);
    return ok && load_lines(store, arena, market, err);
}
