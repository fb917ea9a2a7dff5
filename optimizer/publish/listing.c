/* listing.c: reads documents from the public views; snapshot_docs uses it. */
#include "listing.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "collection.h"
#include "optimizer/market/shown_sql.h"
#include "schema/snapshot.h"

enum { ENTRY, LINES, TAGS, TARGETS, THEMES, REGIONS, RELATED, STATEMENTS };

#define ORGANISATION                                                         \
    "o.id, o.name, o.name_kana, o.name_en, o.sector_id, o.corporate_number," \
    " o.url, o.phone, o.member"

#define ENTRY_OF(view, ongoing)                                              \
    "SELECT e.id, e.origin = 'example', " ongoing ", e.title, e.title_kana," \
    "       e.summary, e.date_text, e.date_start, e.date_end, e.weekdays,"   \
    "       e.time_text, e.time_start, e.time_end, e.duration_text,"         \
    "       e.minutes_min, e.minutes_max, e.target_text, e.people_text,"     \
    "       e.people_min, e.people_max, e.cost_text, e.cost_unit,"           \
    "       e.cost_min_yen, e.cost_max_yen, e.cost_negotiable,"              \
    "       e.own_text, e.wanted_text, e.place, e.address,"                  \
    "       e.region_code, e.lat_e6, e.lon_e6, e.reach, e.contact_name,"     \
    "       e.contact_phone, e.contact_email, e.url, e.access_text,"         \
    "       e.confirmed_on, e.expires_on, e.source, " ORGANISATION           \
    "  FROM " view " AS e"                                                   \
    "  JOIN public_organisations AS o ON o.id = e.organisation_id"           \
    " WHERE e.id = ?"

#define PARTS_OF(views)                                                      \
    [LINES] = "SELECT kind_id, text, unit, quantity, for_public, per_day"    \
              "  FROM " views "_lines WHERE entry_id = ? ORDER BY line_no",  \
    [TAGS] = "SELECT tag FROM " views "_tags WHERE entry_id = ?"             \
             " ORDER BY tag",                                                \
    [TARGETS] = "SELECT target_id FROM " views "_targets"                    \
                " WHERE entry_id = ? ORDER BY target_id",                    \
    [THEMES] = "SELECT theme_id FROM " views "_themes"                       \
               " WHERE entry_id = ? ORDER BY theme_id",                      \
    [REGIONS] = "SELECT region_code FROM " views "_regions"                  \
                " WHERE entry_id = ? ORDER BY region_code"

/*
 * An organisation's entries by the index that is meant: without statistics
 * the planner takes that of their state, and reads them all for each.
 */
#define THEIRS(organisation)                                                 \
    "(SELECT id FROM entries WHERE organisation_id = " organisation ")"

/* ?2 and ?3: the day and the weight stale_days. */
#define SHOWN_THEIRS(organisation)                                           \
    "e.id IN " THEIRS(organisation) " AND " SHOWN_SQL("e", "?2", "?3")

#define TERMS_OF(view, term)                                                 \
    "SELECT DISTINCT t." term " FROM " view " AS t"                          \
    "  JOIN public_entries AS e ON e.id = t.entry_id"                        \
    " WHERE " SHOWN_THEIRS("?1") " ORDER BY 1"

static const char *const sql[SNAP_COLLECTIONS][STATEMENTS] = {
    [SNAP_RESOURCES] = {[ENTRY] = ENTRY_OF("public_entries", "1"),
        PARTS_OF("public_entry")},
    [SNAP_NEEDS] = {[ENTRY] = ENTRY_OF("public_entries", "1"),
        PARTS_OF("public_entry")},
    [SNAP_CASES] = {[ENTRY] = ENTRY_OF("public_cases", "e.ongoing"),
        PARTS_OF("public_case"),
        [RELATED] = "SELECT 3, o.id, o.name FROM public_case_partners AS p"
                    "  JOIN public_organisations AS o"
                    "    ON o.id = p.organisation_id"
                    " WHERE p.entry_id = ?1 ORDER BY 2"},
    [SNAP_ORGANIZATIONS] = {[ENTRY] =
        "SELECT o.id, o.origin = 'example', 1, o.name, o.name_kana,"
        "       o.activity, '', NULL, NULL, 0, '', NULL, NULL, '',"
        "       NULL, NULL, '', '', NULL, NULL, '', NULL,"
        "       NULL, NULL, 0, '', '', '', '',"
        "       o.region_code, NULL, NULL, CASE WHEN r.level = 'prefecture'"
        "           THEN 'prefecture' ELSE 'regions' END, '',"
        "       o.phone, '', o.url, '',"
        "       (SELECT max(+e.confirmed_on) FROM public_entries AS e"
        "         WHERE " SHOWN_THEIRS("o.id") "), NULL, '', " ORGANISATION
        "  FROM public_organisations AS o"
        "  LEFT JOIN regions AS r ON r.code = o.region_code"
        " WHERE o.id = ?1",
        [LINES] = "SELECT DISTINCT l.kind_id, '', '', 1, 0, 0"
                  "  FROM public_entry_lines AS l"
                  "  JOIN public_entries AS e ON e.id = l.entry_id"
                  " WHERE e.organisation_id = ?1 AND e.side = 'offer'"
                  " AND " SHOWN_SQL("e", "?2", "?3")
                  " ORDER BY 1",
        [TAGS] = TERMS_OF("public_entry_tags", "tag"),
        [TARGETS] = TERMS_OF("public_entry_targets", "target_id"),
        [THEMES] = TERMS_OF("public_entry_themes", "theme_id"),
        [REGIONS] = "SELECT region_code FROM public_organisations"
                    " WHERE id = ? AND region_code IS NULL AND 0",
        /* by LISTING_ACTIVITIES ..., then as their lists stand */
        [RELATED] = "SELECT 0, id, title FROM public_cases"
                    " WHERE id IN (SELECT id FROM " THEIRS("?1")
                    "    UNION SELECT entry_id FROM entry_partners"
                    "     WHERE organisation_id = ?1)"
                    " UNION ALL SELECT CASE side WHEN 'need' THEN 1 ELSE 2"
                    "   END, id, title FROM public_entries"
                    " WHERE id IN " THEIRS("?1") " ORDER BY 1, 2"},
};

struct listing_reader {
    const struct collection_plan *plan;
    struct store_stmt *stmts[STATEMENTS];
};

struct listing_reader *
listing_open(struct store *store, uint32_t collection,
    const struct collection_plan *plan, struct err *err)
{
    struct listing_reader *reader = xcalloc(1, sizeof(*reader));
    reader->plan = plan;
    for (int i = 0; i < STATEMENTS; i++) {
        const char *text = sql[collection][i];
        reader->stmts[i] = text != NULL ? store_prepare(store, text, err)
                                        : NULL;
        if (text != NULL && reader->stmts[i] == NULL) {
            listing_close(reader);
            return NULL;
        }
    }
    return reader;
}

void
listing_close(struct listing_reader *reader)
{
    if (reader != NULL) {
        for (int i = 0; i < STATEMENTS; i++) {
            store_finish(reader->stmts[i]);
        }
        free(reader);
    }
}

/* Columns one after the other. */
struct row {
    struct store_stmt *stmt;
    struct arena *arena;
    int column;
};

static const char *
take_text(struct row *row)
{
    return arena_string(row->arena, store_text(row->stmt, row->column++));
}

static int64_t
take_int(struct row *row)
{
    int column = row->column++;
    return store_is_null(row->stmt, column) ? LISTING_NONE
                                            : store_int(row->stmt, column);
}

static void
take_place(struct row *row, struct listing *l)
{
    l->has_place = !store_is_null(row->stmt, row->column) &&
                   !store_is_null(row->stmt, row->column + 1);
    l->lat_e6 = (int32_t)store_int(row->stmt, row->column++);
    l->lon_e6 = (int32_t)store_int(row->stmt, row->column++);
}

static void
take_organisation(struct row *row, struct listing_organisation *o)
{
    o->id = take_int(row);
    o->name = take_text(row);
    o->name_kana = take_text(row);
    o->name_en = take_text(row);
    o->sector_id = take_text(row);
    o->corporate_number = take_text(row);
    o->url = take_text(row);
    o->phone = take_text(row);
    o->member = take_int(row) == 1;
}

static void
take_entry(struct row *row, struct listing *l)
{
    l->id = take_int(row);
    l->example = take_int(row) == 1;
    l->ongoing = take_int(row) == 1;
    l->title = take_text(row);
    l->title_kana = take_text(row);
    l->summary = take_text(row);
    l->date_text = take_text(row);
    l->date_start = take_text(row);
    l->date_end = take_text(row);
    l->weekdays = (unsigned)take_int(row);
    l->recurrence = recurrence_read(l->date_text, l->weekdays, l->date_start,
        l->date_end);
    l->time_text = take_text(row);
    l->time_start = take_text(row);
    l->time_end = take_text(row);
    l->duration_text = take_text(row);
    l->minutes_min = take_int(row);
    l->minutes_max = take_int(row);
    l->target_text = take_text(row);
    l->people_text = take_text(row);
    l->people_min = take_int(row);
    l->people_max = take_int(row);
    l->cost_text = take_text(row);
    l->cost_unit = take_text(row);
    l->cost_min_yen = take_int(row);
    l->cost_max_yen = take_int(row);
    l->cost_negotiable = take_int(row) == 1;
    l->own_text = take_text(row);
    l->wanted_text = take_text(row);
    l->place = take_text(row);
    l->address = take_text(row);
    l->region_code = take_text(row);
    take_place(row, l);
    l->reach = take_text(row);
    l->contact_name = take_text(row);
    l->contact_phone = take_text(row);
    l->contact_email = take_text(row);
    l->url = take_text(row);
    l->access_text = take_text(row);
    l->confirmed_on = take_text(row);
    l->expires_on = take_text(row);
    l->source = take_text(row);
    take_organisation(row, &l->organisation);
    if (l->contact_phone[0] == '\0') {
        l->organisation.phone = ""; /* there is none, or it is not to be shown */
    }
}

/* Room for one more of n records of size; what is outgrown stays behind in
 * the arena. */
static void *
grow(struct arena *arena, void *rows, int n, size_t size)
{
    if (n & (n - 1)) {
        return rows; /* no power of two: there is room */
    }
    void *more = arena_array(arena, n > 0 ? 2 * (size_t)n : 1, size);
    if (n > 0) {
        memcpy(more, rows, (size_t)n * size);
    }
    return more;
}

/* The statement, ready to be asked for that document. */
static struct store_stmt *
ask(struct listing_reader *reader, int what, int64_t id)
{
    struct store_stmt *stmt = reader->stmts[what];
    store_reset(stmt);
    store_bind_int(stmt, 1, id);
    if (store_parameters(stmt) == 3) {
        store_bind_text(stmt, 2, reader->plan->date);
        store_bind_int(stmt, 3, reader->plan->stale_days);
    }
    return stmt;
}

static bool
load_lines(struct listing_reader *reader, struct arena *arena,
    struct listing *l, struct err *err)
{
    struct store_stmt *stmt = ask(reader, LINES, l->id);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        l->lines = grow(arena, l->lines, l->lines_n, sizeof(*l->lines));
        struct row row = {stmt, arena, 0};
        struct listing_line *line = &l->lines[l->lines_n++];
        line->kind_id = take_text(&row);
        line->text = take_text(&row);
        line->unit = take_text(&row);
        line->quantity = take_int(&row);
        line->for_public = take_int(&row) == 1;
        line->per_day = take_int(&row) == 1;
    }
    return step == 0;
}

static bool
load_terms(struct listing_reader *reader, int what, int64_t id,
    struct arena *arena, struct listing_terms *terms, struct err *err)
{
    struct store_stmt *stmt = ask(reader, what, id);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        terms->ids = grow(arena, terms->ids, terms->n, sizeof(*terms->ids));
        terms->ids[terms->n++] = arena_string(arena, store_text(stmt, 0));
    }
    return step == 0;
}

static bool
load_related(struct listing_reader *reader, struct arena *arena,
    struct listing *l, struct err *err)
{
    if (reader->stmts[RELATED] == NULL) {
        return true;
    }
    struct store_stmt *stmt = ask(reader, RELATED, l->id);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        l->related =
            grow(arena, l->related, l->related_n, sizeof(*l->related));
        struct row row = {stmt, arena, 0};
        struct listing_related *related = &l->related[l->related_n++];
        related->what = (int)take_int(&row);
        related->id = take_int(&row);
        related->title = take_text(&row);
    }
    return step == 0;
}

bool
listing_load(struct listing_reader *reader, int64_t id, struct arena *arena,
    struct listing *listing, struct err *err)
{
    memset(listing, 0, sizeof(*listing));
    struct store_stmt *stmt = ask(reader, ENTRY, id);
    int step = store_step(stmt, err);
    if (step <= 0) {
        return fail(err, ERR_INPUT, "%" PRId64 ": is not published", id);
    }
    struct row row = {stmt, arena, 0};
    take_entry(&row, listing);
    store_reset(stmt);
    return load_lines(reader, arena, listing, err) &&
           load_terms(reader, TAGS, id, arena, &listing->tags, err) &&
           load_terms(reader, TARGETS, id, arena, &listing->targets, err) &&
           load_terms(reader, THEMES, id, arena, &listing->themes, err) &&
           load_terms(reader, REGIONS, id, arena, &listing->regions, err) &&
           load_related(reader, arena, listing, err);
}
