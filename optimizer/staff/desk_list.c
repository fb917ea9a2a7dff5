/* desk_list.c: the staff's lists of a plan (desk_list.h). */
#include "desk_list.h"

#include <string.h>

#include "answer_sql.h"
#include "optimizer/market/reason.h"
#include "report_sql.h"

static int32_t
page_size(const struct desk_query *query)
{
    return query->most < 1           ? 1
           : query->most > DESK_MOST ? DESK_MOST
                                     : query->most;
}

#define SUGGESTION_COLUMNS                                                    \
    "SELECT p.id, p.need_id, p.need_line_no, n.title, a.name, p.offer_id,"    \
    "  p.offer_line_no, o.title, b.name, p.units, p.unit,"                    \
    "  p.cost_yen, k.label_ja, p.terms, p.distance_m, b.linked,"              \
    "  (SELECT t.stage FROM outcomes AS t WHERE t.need_id = p.need_id"        \
    "      AND t.offer_id = p.offer_id ORDER BY t.id DESC LIMIT 1),"          \
    "  n.organisation_id,"                                                    \
    ANSWER_OF("p.need_id", "p.offer_id", "need") ","                          \
    ANSWER_OF("p.need_id", "p.offer_id", "offer") ","                         \
    "  ifnull(p.weekday, -1)"
/* CROSS: the plan's rows lead, in their order, whatever SQLite guesses. */
#define SUGGESTION_TABLES                                                     \
    "  CROSS JOIN entries AS n ON n.id = p.need_id"                           \
    "  CROSS JOIN organisations AS a ON a.id = n.organisation_id"             \
    "  CROSS JOIN entries AS o ON o.id = p.offer_id"                          \
    "  CROSS JOIN organisations AS b ON b.id = o.organisation_id"             \
    "  CROSS JOIN resource_kinds AS k ON k.id = p.kind_id"

/* In the order of the index plan_lines_run: no sorting of a whole plan. */
#define AFTER_NEED                                                            \
    "ifnull((SELECT need_id FROM plan_lines WHERE id = ?2), 0)"

/* ?1 run, ?2 after, ?3 most; of one's own ?4 organisation */
static const char suggestions_sql[] = SUGGESTION_COLUMNS
    " FROM plan_lines AS p" SUGGESTION_TABLES
    " WHERE p.run_id = ?1 AND p.need_id >= " AFTER_NEED
    "   AND (p.need_id > " AFTER_NEED " OR p.id > ?2)"
    " ORDER BY p.need_id, p.id LIMIT ?3";
static const char own_sql[] =
    "WITH own(id) AS (SELECT id FROM entries WHERE organisation_id = ?4),"
    " mine(id) AS (SELECT p.id FROM own JOIN plan_lines AS p"
    "    ON p.run_id = ?1 AND p.need_id = own.id"
    " UNION SELECT p.id FROM own JOIN plan_lines AS p"
    "    ON p.offer_id = own.id AND +p.run_id = ?1) " SUGGESTION_COLUMNS
    " FROM mine JOIN plan_lines AS p ON p.id = mine.id" SUGGESTION_TABLES
    " WHERE p.id > ?2 AND p.need_id IS NOT NULL"
    "   AND EXISTS (SELECT 1 FROM public_entries AS v WHERE v.id ="
    "       iif(n.organisation_id = ?4, p.offer_id, p.need_id))"
    "   AND NOT EXISTS (SELECT 1 FROM declined_pairs AS d"
    "       WHERE d.need_id = p.need_id AND d.offer_id = p.offer_id)"
    " ORDER BY p.id LIMIT ?3";

static bool
take_suggestion(struct store_stmt *stmt, int64_t organisation_id,
    struct arena *arena, struct desk_suggestion *row, struct err *err)
{
    struct score score = {0};
    char reason[REASON_SIZE];
    if (!score_read(store_text(stmt, 13), &score)) {
        return fail(err, ERR_INPUT, "terms that cannot be read: \"%s\"",
            store_text(stmt, 13));
    }
    score.distance_m =
        store_is_null(stmt, 14) ? -1 : (int32_t)store_int(stmt, 14);
    reason_line(&score, LANG_JA, reason);
    *row = (struct desk_suggestion){.at = store_int(stmt, 0),
        .need_id = store_int(stmt, 1),
        .need_line_no = (int32_t)store_int(stmt, 2),
        .need_title = arena_string(arena, store_text(stmt, 3)),
        .need_org = arena_string(arena, store_text(stmt, 4)),
        .offer_id = store_int(stmt, 5),
        .offer_line_no = (int32_t)store_int(stmt, 6),
        .offer_title = arena_string(arena, store_text(stmt, 7)),
        .offer_org = arena_string(arena, store_text(stmt, 8)),
        .units = store_int(stmt, 9),
        .unit = arena_string(arena, store_text(stmt, 10)),
        .unit_yen = store_int(stmt, 11),
        .kind = arena_string(arena, store_text(stmt, 12)),
        .reason = arena_string(arena, reason),
        .offer_linked = store_int(stmt, 15) != 0,
        .stage = store_is_null(stmt, 16)
                     ? OUTCOME_NONE
                     : outcome_find(store_text(stmt, 16)),
        .need_is_ours = store_int(stmt, 17) == organisation_id,
        .need_accepted = store_int(stmt, 18) != 0,
        .offer_accepted = store_int(stmt, 19) != 0,
        .weekday = (int32_t)store_int(stmt, 20)};
    row->accepted = organisation_id == 0
                        ? row->need_accepted || row->offer_accepted
                    : row->need_is_ours ? row->need_accepted
                                        : row->offer_accepted;
    return true;
}

static bool
count_rows(struct store *store, const char *sql, int64_t run_id,
    int64_t *total, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, run_id);
    bool ok = store_step(stmt, err) > 0;
    *total = ok ? store_int(stmt, 0) : 0;
    store_finish(stmt);
    return ok;
}

bool
desk_suggestions(struct store *store, const struct desk_query *query,
    struct arena *arena, struct desk_suggestions *list, struct err *err)
{
    int32_t most = page_size(query);
    bool own = query->organisation_id > 0;
    memset(list, 0, sizeof(*list));
    struct store_stmt *stmt = !own && !count_rows(store,
        "SELECT count(*) FROM plan_lines WHERE run_id = ? AND need_id > 0",
        query->run_id, &list->total, err)
        ? NULL
        : store_prepare(store, own ? own_sql : suggestions_sql, err);
    if (stmt == NULL) {
        return false;
    }
    list->rows = arena_array(arena, (size_t)most, sizeof(*list->rows));
    store_bind_int(stmt, 1, query->run_id);
    store_bind_int(stmt, 2, query->after);
    store_bind_int(stmt, 3, most + 1);
    if (own) {
        store_bind_int(stmt, 4, query->organisation_id);
    }
    int step;
    bool ok = true;
    while (ok && (step = store_step(stmt, err)) != 0) {
        list->more = list->n == most;
        ok = step > 0 &&
             (list->more || take_suggestion(stmt, query->organisation_id,
                                arena, &list->rows[list->n++], err));
    }
    store_finish(stmt);
    return ok;
}

bool
desk_uncovered(struct store *store, const struct desk_query *query,
    struct arena *arena, struct desk_uncovereds *list, struct err *err)
{
    int32_t most = page_size(query);
    memset(list, 0, sizeof(*list));
    struct store_stmt *stmt = !count_rows(store,
        "SELECT count(*) FROM uncovered_lines WHERE run_id = ?",
        query->run_id, &list->total, err)
        ? NULL
        : store_prepare(store,
        "SELECT u.need_id, u.need_line_no, n.title, o.name,"
        "       ifnull(k.label_ja, ''), u.units, ifnull(l.unit, ''), u.cause"
        "  FROM uncovered_lines AS u JOIN entries AS n ON n.id = u.need_id"
        "  JOIN organisations AS o ON o.id = n.organisation_id"
        "  LEFT JOIN entry_lines AS l ON l.entry_id = u.need_id"
        "   AND l.line_no = u.need_line_no"
        "  LEFT JOIN resource_kinds AS k ON k.id = l.kind_id"
        " WHERE u.run_id = ?1 AND u.need_id > ?2"
        " ORDER BY u.need_id, u.need_line_no LIMIT ?3",
        err);
    if (stmt == NULL) {
        return false;
    }
    enum { LINES_MOST = 64 }; /* of one need: no page ends within it */
    list->rows =
        arena_array(arena, (size_t)most + LINES_MOST, sizeof(*list->rows));
    store_bind_int(stmt, 1, query->run_id);
    store_bind_int(stmt, 2, query->after);
    store_bind_int(stmt, 3, most + LINES_MOST);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        int64_t need = store_int(stmt, 0);
        if (list->n >= most && need != list->rows[list->n - 1].need_id) {
            list->more = true;
            break;
        }
        list->rows[list->n++] = (struct desk_uncovered){.at = need,
            .need_id = need,
            .line_no = (int32_t)store_int(stmt, 1),
            .title = arena_string(arena, store_text(stmt, 2)),
            .organisation = arena_string(arena, store_text(stmt, 3)),
            .kind = arena_string(arena, store_text(stmt, 4)),
            .units = store_int(stmt, 5),
            .unit = arena_string(arena, store_text(stmt, 6)),
            .cause = cause_find(store_text(stmt, 7))};
    }
    store_finish(stmt);
    return step >= 0;
}

bool
desk_unused(struct store *store, const char *day,
    const struct desk_query *query, struct arena *arena,
    struct desk_unuseds *list, struct err *err)
{
    int32_t most = page_size(query);
    struct store_stmt *stmt = store_prepare(store,
        "SELECT e.id, e.title, o.name, ifnull(r.name_full, ''),"
        "       e.confirmed_on FROM entries AS e"
        "  JOIN organisations AS o ON o.id = e.organisation_id"
        "  LEFT JOIN regions AS r ON r.code = e.region_code"
        " WHERE e.state = 'approved' AND e.side = 'offer' AND e.id > ?1"
        "   AND " CURRENT_SQL("e", "?3")
        "   AND NOT EXISTS (SELECT 1 FROM plan_lines AS p"
        "                    WHERE p.offer_id = e.id)"
        " ORDER BY e.id LIMIT ?2",
        err);
    if (stmt == NULL) {
        return false;
    }
    memset(list, 0, sizeof(*list));
    list->rows = arena_array(arena, (size_t)most, sizeof(*list->rows));
    store_bind_int(stmt, 1, query->after);
    store_bind_int(stmt, 2, most + 1);
    store_bind_text(stmt, 3, day);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        if (list->n == most) {
            list->more = true;
            break;
        }
        list->rows[list->n++] = (struct desk_unused){
            .at = store_int(stmt, 0),
            .title = arena_string(arena, store_text(stmt, 1)),
            .organisation = arena_string(arena, store_text(stmt, 2)),
            .region = arena_string(arena, store_text(stmt, 3)),
            .confirmed_on = arena_string(arena, store_text(stmt, 4))};
    }
    store_finish(stmt);
    return step >= 0;
}

bool
desk_no_venue(struct store *store, const char *date, struct arena *arena,
    struct desk_places *list, struct err *err)
{
    enum { PLACES_MOST = 2000 };
    struct store_stmt *stmt = store_prepare(store, REPORT_NO_VENUE("?1"), err);
    if (stmt == NULL) {
        return false;
    }
    memset(list, 0, sizeof(*list));
    list->rows = arena_array(arena, PLACES_MOST, sizeof(*list->rows));
    store_bind_text(stmt, 1, date);
    int step = 0;
    while (list->n < PLACES_MOST && (step = store_step(stmt, err)) > 0) {
        list->rows[list->n++] = (struct desk_place){
            .code = arena_string(arena, store_text(stmt, 0)),
            .name = arena_string(arena, store_text(stmt, 1)),
            .area = arena_string(arena, store_text(stmt, 2)),
            .population = store_int(stmt, 3)};
    }
    store_finish(stmt);
    return step >= 0;
}
