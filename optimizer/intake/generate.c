/* generate.c: made-up entries by seed, through the writers of an import. */
#include "generate.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "entry.h"
#include "generate_words.h"
#include "optimizer/base/day.h"
#include "optimizer/base/log.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

enum { ENTRIES_PER_ORGANISATION = 12 };

struct home {
    const char *code, *name;
    int64_t lat_e6, lon_e6;
    int64_t upto; /* residents of this region and all before it */
};

struct maker {
    struct store *store;
    const struct generate_order *order;
    int32_t today;
    struct arena arena, row_arena;
    struct home *homes;
    size_t homes_n;
    uint64_t state; /* of the random numbers, set anew for each entry */
    struct organisation_writer organisations;
    struct entry_writer entries;
};

/* splitmix64: the same on every machine. */
static uint64_t
next(struct maker *m)
{
    uint64_t z = m->state += 0x9E3779B97F4A7C15ULL;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ z >> 27) * 0x94D049BB133111EBULL;
    return z ^ z >> 31;
}

static size_t
below(struct maker *m, size_t n)
{
    return (size_t)(next(m) % n);
}

static bool
chance(struct maker *m, size_t percent)
{
    return below(m, 100) < percent;
}

/* An entry depends on the seed and its number, not on those before it. */
static void
seed(struct maker *m, uint64_t kind, uint64_t number)
{
    m->state = m->order->seed;
    m->state = next(m) ^ kind << 56;
    m->state = next(m) ^ number;
}

static bool
load_homes(struct maker *m, struct err *err)
{
    static const char from[] =
        " FROM regions AS r WHERE r.home = 1 AND r.population > 0"
        " AND r.lat_e6 IS NOT NULL AND r.level IN ('municipality', 'ward')"
        " AND NOT EXISTS (SELECT 1 FROM regions AS w"
        " WHERE w.parent_code = r.code)";
    int64_t n = 0, upto = 0;
    char *sql = arena_format(&m->arena, "SELECT count(*)%s", from);
    if (!store_query_int(m->store, sql, &n, err)) {
        return false;
    }
    if (n == 0) {
        return fail(err, ERR_INPUT,
            "generate: the store has no regions, run `tsunagari init`");
    }
    m->homes = arena_array(&m->arena, (size_t)n, sizeof(*m->homes));
    sql = arena_format(&m->arena,
        "SELECT code, name, lat_e6, lon_e6, population%s ORDER BY code",
        from);
    struct store_stmt *stmt = store_prepare(m->store, sql, err);
    int step = stmt != NULL ? 1 : -1;
    while (step > 0 && (step = store_step(stmt, err)) > 0) {
        struct home *home = &m->homes[m->homes_n++];
        home->code = arena_string(&m->arena, store_text(stmt, 0));
        home->name = arena_string(&m->arena, store_text(stmt, 1));
        home->lat_e6 = store_int(stmt, 2);
        home->lon_e6 = store_int(stmt, 3);
        home->upto = upto += store_int(stmt, 4);
    }
    store_finish(stmt);
    return step == 0;
}

static const struct home *
pick_home(struct maker *m)
{
    int64_t at = (int64_t)below(m, (size_t)m->homes[m->homes_n - 1].upto);
    const struct home *home = m->homes;
    while (home->upto <= at) {
        home++;
    }
    return home;
}

static const char *
day_text(struct maker *m, int32_t day)
{
    char text[11] = "";
    day_write(day, text);
    return arena_string(&m->row_arena, text);
}

static bool
put_organisation(struct maker *m, int64_t number, int64_t *id,
    struct generate_counts *counts, struct err *err)
{
    seed(m, 'o', (uint64_t)number);
    struct arena *arena = &m->row_arena;
    size_t form = below(m, COUNT(generate_forms));
    const char *first = generate_names[below(m, COUNT(generate_names))];
    const char *group = generate_groups[below(m, COUNT(generate_groups))];
    struct organisation_draft draft = {
        .key = arena_format(arena, "example:%" PRIu64 ":%" PRId64,
            m->order->seed, number)};
    record_text(&draft.record, ORG_ORIGIN, "example");
    record_text(&draft.record, ORG_NAME,
        arena_format(arena, "【例】%s%s%s第%" PRId64, generate_forms[form],
            first, group, number + 1));
    record_text(&draft.record, ORG_SECTOR, generate_sectors[form]);
    record_text(&draft.record, ORG_FORM, generate_form_ids[form]);
    record_text(&draft.record, ORG_REGION, pick_home(m)->code);
    record_int(&draft.record, ORG_MEMBER, chance(m, 20));
    record_int(&draft.record, ORG_PUBLISH, 1);
    enum put_outcome outcome = PUT_UNCHANGED;
    bool ok = organisation_put(&m->organisations, &draft, id, &outcome, err);
    counts->organisations += outcome == PUT_INSERTED;
    return ok;
}

/* The items of a list with '|' between them, each with that chance. */
static void
add_some(struct maker *m, struct entry_list *list, const char *items,
    size_t percent)
{
    list->set = true;
    while (*items != '\0') {
        size_t len = strcspn(items, "|");
        if (list->n == 0 || chance(m, percent)) {
            entry_list_add(list, arena_bytes(&m->row_arena, items, len), 0);
        }
        items += len + (items[len] == '|');
    }
}

static const char *
make_summary(struct maker *m, const struct generate_activity *activity,
    const char *place)
{
    const char *text = arena_format(&m->row_arena, "%s会場は%sです。",
        activity->sentence, place);
    size_t n = 1 + below(m, 4), at = below(m, COUNT(generate_sentences));
    for (size_t i = 0; i < n; i++) {
        text = arena_format(&m->row_arena, "%s%s", text,
            generate_sentences[at]);
        at = (at + 1 + below(m, 5)) % COUNT(generate_sentences);
    }
    return text;
}

static void
put_place(struct maker *m, struct record *row, const struct home *home,
    const char *place)
{
    struct arena *arena = &m->row_arena;
    int64_t spread = 20000; /* some 2 km each way */
    int64_t north = (int64_t)below(m, (size_t)(2 * spread)) - spread;
    int64_t east = (int64_t)below(m, (size_t)(2 * spread)) - spread;
    record_text(row, ENTRY_PLACE, arena_format(arena, "【例】%s", place));
    record_text(row, ENTRY_REGION, home->code);
    record_int(row, ENTRY_LAT, home->lat_e6 + north);
    record_int(row, ENTRY_LON, home->lon_e6 + east);
}

static void
put_reach(struct maker *m, struct entry_draft *draft,
    const struct home *home, bool online)
{
    size_t roll = below(m, 100);
    const char *reach = online || roll < 5 ? "online"
                        : roll < 15        ? "prefecture"
                                           : "regions";
    record_text(&draft->record, ENTRY_REACH, reach);
    struct entry_list *list = &draft->lists[ENTRY_REGIONS];
    list->set = true;
    if (strcmp(reach, "regions") == 0) {
        entry_list_add(list, home->code, 0);
        for (size_t more = chance(m, 30) ? below(m, 4) : 0; more > 0; more--) {
            entry_list_add(list, pick_home(m)->code, 0);
        }
    }
}

static void
put_times(struct maker *m, struct record *row)
{
    record_text(row, ENTRY_CONFIRMED_ON,
        day_text(m, m->today - (int32_t)below(m, 300)));
    if (chance(m, 30)) {
        int32_t start = m->today + 1 + (int32_t)below(m, 120);
        record_text(row, ENTRY_DATE_START, day_text(m, start));
        record_text(row, ENTRY_DATE_END, day_text(m, start));
    } else {
        record_int(row, ENTRY_WEEKDAYS, (int64_t)(1 + below(m, 127)));
    }
    size_t hour = 9 + below(m, 10);
    record_text(row, ENTRY_TIME_START,
        arena_format(&m->row_arena, "%02zu:%s", hour,
            chance(m, 50) ? "00" : "30"));
    record_text(row, ENTRY_TIME_END,
        arena_format(&m->row_arena, "%02zu:00", hour + 2));
}

static void
put_cost(struct maker *m, struct record *row)
{
    int64_t yen = chance(m, 60) ? 0 : (int64_t)(100 * (1 + below(m, 20)));
    record_text(row, ENTRY_COST_TEXT, yen == 0 ? "無料"
        : arena_format(&m->row_arena, "%" PRId64 "円", yen));
    record_int(row, ENTRY_COST_MIN, yen);
    record_int(row, ENTRY_COST_MAX, yen);
    record_text(row, ENTRY_COST_UNIT, "per_person");
}

static void
put_line(struct maker *m, struct entry_draft *draft,
    const struct generate_activity *activity, const char *want_kind)
{
    size_t usual = (size_t)activity->people;
    draft->lines_set = true;
    draft->lines_n = 1;
    draft->lines[0] = (struct entry_line){
        .kind_id = want_kind != NULL ? want_kind : activity->kind,
        .text = activity->name,
        .unit = want_kind != NULL ? "回" : activity->unit,
        .quantity = want_kind != NULL
            ? (int64_t)(1 + below(m, 6))
            : (int64_t)(1 + usual / 2 + below(m, usual)),
        .for_public = want_kind == NULL && activity->for_public,
    };
}

/* Of a market to measure with: what a line costs and how it may be cut. */
static void
put_limits(struct maker *m, struct entry_draft *draft, bool need)
{
    struct record *row = &draft->record;
    struct entry_line *line = &draft->lines[0];
    if (need) {
        static const int urgencies[] = {0, 1, 1, 1, 2, 2, 3};
        record_int(row, ENTRY_URGENCY, urgencies[below(m, 7)]);
        if (chance(m, 30)) {
            record_int(row, ENTRY_BUDGET, (int64_t)(1000 * (1 + below(m, 9))));
        }
        if (chance(m, 30)) {
            record_int(row, ENTRY_MAX_PARTNERS, (int64_t)(1 + below(m, 2)));
        }
        line->indivisible = chance(m, 10);
        return;
    }
    line->unit_cost_yen = chance(m, 40) ? (int64_t)(100 * below(m, 20)) : 0;
    line->per_day = chance(m, 20);
    line->min_lot = chance(m, 20) ? line->quantity / 2 : 0;
    record_int(row, ENTRY_MAX_NEEDS, (int64_t)(1 + below(m, 12)));
}

static void
make_draft(struct maker *m, struct entry_draft *draft, int64_t number,
    int64_t organisation)
{
    struct arena *arena = &m->row_arena;
    struct record *row = &draft->record;
    const struct generate_activity *activity =
        &generate_activities[below(m, COUNT(generate_activities))];
    const char *adjective =
        generate_adjectives[below(m, COUNT(generate_adjectives))];
    const char *place = generate_places[below(m, COUNT(generate_places))];
    const struct home *home = pick_home(m);
    int32_t percent = m->order->needs_percent;
    bool need = chance(m, percent > 0 ? (size_t)percent : 10);
    size_t want = below(m, COUNT(generate_wants));
    draft->key = arena_format(arena,
        "example:%" PRIu64 ":%" PRId64, m->order->seed, number);
    draft->approve = true;
    record_text(row, ENTRY_SIDE, need ? "need" : "offer");
    record_text(row, ENTRY_ORIGIN, "example");
    record_int(row, ENTRY_ORGANISATION, organisation);
    record_text(row, ENTRY_TITLE, arena_format(arena, "%s%s%s%s",
        chance(m, 50) ? home->name : "", adjective, activity->name,
        need ? generate_wants[want] : ""));
    record_text(row, ENTRY_SUMMARY, make_summary(m, activity, place));
    record_text(row, ENTRY_ACTIVITY_KIND, activity->activity);
    record_text(row, ENTRY_SOURCE, "例として作ったものです");
    put_times(m, row);
    put_cost(m, row);
    put_place(m, row, home, place);
    put_reach(m, draft, home,
        strcmp(activity->kind, "digital_service") == 0);
    put_line(m, draft, activity,
        need || percent > 0 ? generate_want_kinds[want] : NULL);
    add_some(m, &draft->lists[ENTRY_TAGS], activity->tags, 70);
    add_some(m, &draft->lists[ENTRY_TARGETS], activity->targets, 60);
    add_some(m, &draft->lists[ENTRY_THEMES], activity->theme, 100);
    if (percent > 0) {
        put_limits(m, draft, need);
    }
}

static bool
put_entry(struct maker *m, int64_t number, int64_t organisation,
    struct generate_counts *counts, struct err *err)
{
    struct entry_draft draft = {0};
    seed(m, 'e', (uint64_t)number);
    make_draft(m, &draft, number, organisation);
    struct entry_writer *to = &m->entries;
    if (!entry_load(to, draft.key, err)) {
        return false;
    }
    const char *reason, *field = entry_draft_check(to, &draft, &reason);
    if (field != NULL) {
        return fail(err, ERR_SYSTEM, "generate: %s: %s", field, reason);
    }
    int64_t id;
    enum put_outcome outcome;
    if (!entry_put(to, &draft, &id, &outcome, err)) {
        return false;
    }
    counts->inserted += outcome == PUT_INSERTED;
    counts->updated += outcome == PUT_UPDATED;
    counts->unchanged += outcome == PUT_UNCHANGED;
    return true;
}

static bool
put_all(struct maker *m, struct generate_counts *counts, struct err *err)
{
    int64_t organisation = 0;
    for (int64_t i = 0; i < m->order->entries; i++) {
        arena_release(&m->row_arena);
        if (i % ENTRIES_PER_ORGANISATION == 0 &&
            !put_organisation(m, i / ENTRIES_PER_ORGANISATION, &organisation,
                counts, err)) {
            return false;
        }
        if (!put_entry(m, i, organisation, counts, err)) {
            return false;
        }
        log_progress("generate: %" PRId64 " entries", i + 1);
    }
    log_progress_end();
    char *detail = arena_format(&m->arena,
        "{\"entries\":%" PRId64 ",\"seed\":%" PRIu64 "}", m->order->entries,
        m->order->seed);
    return store_audit(m->store, "generate", "entries", detail, err);
}

bool
generate(struct store *store, const struct generate_order *order,
    struct generate_counts *counts, struct err *err)
{
    struct maker *m = xcalloc(1, sizeof(*m));
    m->store = store;
    m->order = order;
    m->today = day_parse(order->date, 0);
    *counts = (struct generate_counts){0};
    bool ok = store_begin(store, err) && load_homes(m, err) &&
              organisation_writer_open(&m->organisations, store, err) &&
              entry_writer_open(&m->entries, store, err) &&
              put_all(m, counts, err);
    organisation_writer_close(&m->organisations);
    entry_writer_close(&m->entries);
    arena_release(&m->arena);
    arena_release(&m->row_arena);
    free(m);
    ok = ok && (order->dry_run || store_commit(store, err));
    store_rollback(store); /* does nothing after a commit */
    return ok;
}
