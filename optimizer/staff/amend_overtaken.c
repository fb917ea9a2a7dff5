/* amend_overtaken.c: what was decided while the newest plan was being solved
 * (amend.h). */
#include "amend.h"

#include "optimizer/base/day.h"
#include "optimizer/store/decision.h"
#include "optimizer/store/run.h"

/* What stands on the newest plan's day. */
static bool
load_standing(struct store *store, struct arena *arena,
    struct decision_standing **rows, int32_t *n, struct err *err)
{
    char date[11] = "";
    *n = 0;
    struct store_stmt *stmt = store_prepare(store,
        "SELECT plan_date FROM runs WHERE id = " RUN_NEWEST_PLAN, err);
    if (stmt == NULL) {
        return false;
    }
    int step = store_step(stmt, err);
    if (step > 0) {
        snprintf(date, sizeof(date), "%s", store_text(stmt, 0));
    }
    store_finish(stmt);
    return step >= 0 && (step == 0 || decision_standing(store,
                                          day_parse(date, 0), arena, rows, n,
                                          err));
}

/* Does the newest plan show a pair that is forbidden, deferred, declined? */
static bool
shows_barred(struct store *store, struct arena *arena, bool *shows,
    struct err *err)
{
    struct decision_standing *rows = NULL;
    int32_t n;
    *shows = false;
    if (!load_standing(store, arena, &rows, &n, err)) {
        return false;
    }
    struct store_stmt *stmt = store_prepare(store,
        "SELECT need_id, offer_id FROM plan_lines"
        " WHERE run_id = " RUN_NEWEST_PLAN " AND units > 0"
        " UNION ALL SELECT need_id, offer_id FROM alternatives"
        " WHERE run_id = " RUN_NEWEST_PLAN,
        err);
    if (stmt == NULL) {
        return false;
    }
    int step = 0;
    while (!*shows && (step = store_step(stmt, err)) > 0) {
        *shows = decision_barred(
            rows, n, store_int(stmt, 0), store_int(stmt, 1));
    }
    store_finish(stmt);
    return step >= 0;
}

/* Units of the pair in the newest plan. */
static bool
planned_units(struct store *store, const struct decision_standing *row,
    int64_t *units, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT ifnull(sum(units), 0) FROM plan_lines"
        " WHERE run_id = " RUN_NEWEST_PLAN " AND need_id = ? AND offer_id = ?",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, row->need_id);
    store_bind_int(stmt, 2, row->offer_id);
    int step = store_step(stmt, err);
    *units = step > 0 ? store_int(stmt, 0) : 0;
    store_finish(stmt);
    return step >= 0;
}

bool
amend_overtaken(struct store *store, struct arena *arena,
    struct amendment *out, struct err *err)
{
    int64_t left = 0;
    bool barred;
    *out = (struct amendment){0};
    return store_query_int(store,
               "SELECT EXISTS (SELECT 1 FROM plan_lines AS p"
               "  JOIN entries AS o ON o.id = p.offer_id"
               "  LEFT JOIN entries AS n ON n.id = p.need_id"
               " WHERE p.run_id = " RUN_NEWEST_PLAN
               "   AND (o.state <> 'approved' OR n.state <> 'approved'))",
               &left, err) &&
           shows_barred(store, arena, &barred, err) &&
           ((left == 0 && !barred) ||
               amend_plan(store, 0, 0, arena, out, err));
}

bool
amend_waiting(struct store *store, int64_t since, struct arena *arena,
    int64_t *waiting, struct err *err)
{
    struct decision_standing *rows = NULL;
    int32_t n;
    *waiting = 0;
    if (!load_standing(store, arena, &rows, &n, err)) {
        return false;
    }
    for (int32_t i = 0; i < n; i++) {
        int64_t units = 0;
        if (rows[i].id <= since || decision_bars(&rows[i])) {
            continue;
        }
        if (!planned_units(store, &rows[i], &units, err)) {
            return false;
        }
        *waiting += units < rows[i].units;
    }
    return true;
}
