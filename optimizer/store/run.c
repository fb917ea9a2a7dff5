/* run.c: rows of runs; match writes them, runs, explain and publish read. */
#include "run.h"

#include <inttypes.h>
#include <stdio.h>

#include "optimizer/base/json.h"

static bool
audit_run(struct store *store, const struct run *run, struct err *err)
{
    char subject[32];
    struct json detail = {0};
    snprintf(subject, sizeof(subject), "runs/%" PRId64, run->id);
    json_open(&detail, '{');
    json_put_text(&detail, "plan_date", run->plan_date);
    json_put_text(&detail, "state", run->state);
    json_put_text(&detail, "input_digest", run->input_digest);
    if (run->amends > 0) {
        json_put_int(&detail, "amends", run->amends);
    }
    json_close(&detail, '}');
    bool ok = store_audit(store,
        run->amends > 0 ? "match.amend" : "match.run", subject, detail.text,
        err);
    json_release(&detail);
    return ok;
}

bool
run_insert(struct store *store, struct run *run, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO runs (plan_date, state, weight_version_id, objective,"
        " bound, gap_ppm, needs_n, lines_n, offers_n, pairs_n, input_digest,"
        " summary, message, actor, started_at, finished_at, amends)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        err);
    if (stmt == NULL) {
        return false;
    }
    char now[21];
    store_now(now);
    store_bind_text(stmt, 1, run->plan_date);
    store_bind_text(stmt, 2, run->state);
    if (run->weight_version > 0) {
        store_bind_int(stmt, 3, run->weight_version);
    }
    if (run->has_plan) {
        store_bind_int(stmt, 4, run->objective);
        store_bind_int(stmt, 5, run->bound);
        store_bind_int(stmt, 6, run->gap_ppm);
    }
    store_bind_int(stmt, 7, run->needs_n);
    store_bind_int(stmt, 8, run->lines_n);
    store_bind_int(stmt, 9, run->offers_n);
    store_bind_int(stmt, 10, run->pairs_n);
    store_bind_text(stmt, 11, run->input_digest);
    store_bind_text(stmt, 12, run->summary != NULL ? run->summary : "{}");
    store_bind_text(stmt, 13, run->message != NULL ? run->message : "");
    store_bind_text(stmt, 14, store_actor(store));
    store_bind_text(stmt, 15, run->started_at);
    store_bind_text(stmt, 16, now);
    if (run->amends > 0) {
        store_bind_int(stmt, 17, run->amends);
    }
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    run->id = ok ? store_last_id(store) : 0;
    return ok && audit_run(store, run, err);
}

bool
run_set_summary(struct store *store, const struct run *run, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "UPDATE runs SET summary = ? WHERE id = ?", err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, run->summary);
    store_bind_int(stmt, 2, run->id);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    return ok;
}

#define RUN_COLUMNS                                                           \
    "SELECT id, plan_date, state, ifnull(weight_version_id, 0), objective,"   \
    " ifnull(bound, 0), ifnull(gap_ppm, 0), needs_n, lines_n, offers_n,"      \
    " pairs_n, input_digest, summary, message, actor, started_at,"            \
    " ifnull(finished_at, ''), ifnull(amends, 0) FROM runs "

static void
take_run(struct store_stmt *stmt, struct arena *arena, struct run *run)
{
    *run = (struct run){.id = store_int(stmt, 0),
        .weight_version = store_int(stmt, 3),
        .has_plan = !store_is_null(stmt, 4),
        .objective = store_int(stmt, 4),
        .bound = store_int(stmt, 5),
        .gap_ppm = store_int(stmt, 6),
        .needs_n = store_int(stmt, 7),
        .lines_n = store_int(stmt, 8),
        .offers_n = store_int(stmt, 9),
        .pairs_n = store_int(stmt, 10),
        .amends = store_int(stmt, 17)};
    run->plan_date = arena_string(arena, store_text(stmt, 1));
    run->state = arena_string(arena, store_text(stmt, 2));
    run->input_digest = arena_string(arena, store_text(stmt, 11));
    run->summary = arena_string(arena, store_text(stmt, 12));
    run->message = arena_string(arena, store_text(stmt, 13));
    run->actor = arena_string(arena, store_text(stmt, 14));
    run->started_at = arena_string(arena, store_text(stmt, 15));
    run->finished_at = arena_string(arena, store_text(stmt, 16));
}

bool
run_load(struct store *store, int64_t id, struct arena *arena,
    struct run *run, struct err *err)
{
    struct store_stmt *stmt =
        store_prepare(store, RUN_COLUMNS "WHERE id = ?", err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, id);
    int step = store_step(stmt, err);
    if (step > 0) {
        take_run(stmt, arena, run);
    }
    store_finish(stmt);
    return step > 0 || (step == 0 && fail(err, ERR_INPUT,
                                         "no run %" PRId64
                                         ", see `tsunagari runs`",
                                         id));
}

bool
run_list(struct store *store, int64_t most, struct arena *arena,
    struct run **runs, int32_t *n, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        RUN_COLUMNS "ORDER BY id DESC LIMIT ?", err);
    if (stmt == NULL) {
        return false;
    }
    *runs = arena_array(arena, (size_t)most, sizeof(**runs));
    *n = 0;
    store_bind_int(stmt, 1, most);
    int step = 0;
    while (*n < most && (step = store_step(stmt, err)) > 0) {
        take_run(stmt, arena, &(*runs)[(*n)++]);
    }
    store_finish(stmt);
    return step >= 0;
}

bool
run_newest_plan(struct store *store, int64_t *id, struct err *err)
{
    *id = 0;
    if (!store_query_int(store,
            "SELECT ifnull(" RUN_NEWEST_PLAN ", 0)", id, err)) {
        return false;
    }
    return *id > 0 || fail(err, ERR_INPUT,
                          "no plan yet, run `tsunagari match`");
}
