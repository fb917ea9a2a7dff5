/* decision.c: pin, forbid and defer in the store; `tsunagari decide` writes
 * them, market reads them. */
#include "decision.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/day.h"
#include "optimizer/base/json.h"

bool
decision_holds(const char *kind, const char *until, int32_t day)
{
    int32_t last = day_parse(until != NULL ? until : "", INT32_MAX);
    return strcmp(kind, "defer") == 0 ? day < last : day <= last;
}

static void
take_standing(struct store_stmt *stmt, int32_t day, struct arena *arena,
    struct decision_standing *rows, int32_t *n)
{
    const char *kind = store_text(stmt, 3), *until = store_text(stmt, 5);
    int64_t need = store_int(stmt, 1), offer = store_int(stmt, 2);
    if (!decision_holds(kind, until, day)) {
        return;
    }
    if (*n == 0 || rows[*n - 1].need_id != need ||
        rows[*n - 1].offer_id != offer) {
        (*n)++;
    }
    rows[*n - 1] = (struct decision_standing){.id = store_int(stmt, 0),
        .need_id = need, .offer_id = offer,
        .units = store_is_null(stmt, 4) ? 1 : store_int(stmt, 4),
        .kind = arena_string(arena, kind),
        .until = arena_string(arena, until)};
}

bool
decision_standing(struct store *store, int32_t day, struct arena *arena,
    struct decision_standing **rows, int32_t *n, struct err *err)
{
    int64_t most = 0;
    *n = 0;
    if (!store_query_int(store,
            "SELECT count(*) FROM decisions WHERE revoked_at IS NULL", &most,
            err)) {
        return false;
    }
    *rows = arena_array(arena, (size_t)most, sizeof(**rows));
    struct store_stmt *stmt = store_prepare(store,
        "SELECT id, need_id, offer_id, decision, units, until FROM decisions"
        " WHERE revoked_at IS NULL ORDER BY need_id, offer_id, id",
        err);
    if (stmt == NULL) {
        return false;
    }
    int step = 0;
    for (int64_t i = 0; i < most && (step = store_step(stmt, err)) > 0;
         i++) {
        take_standing(stmt, day, arena, *rows, n);
    }
    store_finish(stmt);
    return step >= 0;
}

bool
decision_bars(const struct decision_standing *row)
{
    return strcmp(row->kind, "pin") != 0;
}

static int
compare_standing(const void *left, const void *right)
{
    const struct decision_standing *a = left, *b = right;
    int order = (a->need_id > b->need_id) - (a->need_id < b->need_id);
    return order != 0 ? order
                      : (a->offer_id > b->offer_id) -
                            (a->offer_id < b->offer_id);
}

bool
decision_barred(const struct decision_standing *rows, int32_t n,
    int64_t need_id, int64_t offer_id)
{
    struct decision_standing key = {.need_id = need_id,
        .offer_id = offer_id};
    const struct decision_standing *found =
        n == 0 ? NULL
               : bsearch(&key, rows, (size_t)n, sizeof(key),
                     compare_standing);
    return found != NULL && decision_bars(found);
}

static bool
audit(struct store *store, const char *action, int64_t id,
    const struct decision *decision, const char *reason, struct err *err)
{
    char subject[40];
    struct json detail = {0};
    snprintf(subject, sizeof(subject), "decisions/%" PRId64, id);
    json_open(&detail, '{');
    if (decision != NULL) {
        json_put_int(&detail, "need", decision->need_id);
        json_put_int(&detail, "offer", decision->offer_id);
        json_put_text(&detail, "decision", decision->kind);
        json_put_text(&detail, "until", decision->until);
    }
    json_put_text(&detail, "reason", reason);
    json_close(&detail, '}');
    bool ok = store_audit(store, action, subject, detail.text, err);
    json_release(&detail);
    return ok;
}

static bool
check(const struct decision *d, struct err *err)
{
    bool pin = strcmp(d->kind, "pin") == 0;
    bool defer = strcmp(d->kind, "defer") == 0;
    if (!pin && !defer && strcmp(d->kind, "forbid") != 0) {
        return fail(err, ERR_INPUT,
            "decision: not pin, forbid or defer: \"%s\"", d->kind);
    }
    if (d->reason == NULL || d->reason[0] == '\0') {
        return fail(err, ERR_INPUT, "decision: a reason is missing");
    }
    if (defer && d->until == NULL) {
        return fail(err, ERR_INPUT, "decision: defer until which day?");
    }
    return pin || d->units == 0 ||
           fail(err, ERR_INPUT, "decision: units are for a pin alone");
}

/* ?1 need .. ?7 actor, ?8 outcome: the columns of a decision but its time. */
static void
bind(struct store *store, struct store_stmt *stmt, const struct decision *d)
{
    store_bind_int(stmt, 1, d->need_id);
    store_bind_int(stmt, 2, d->offer_id);
    store_bind_text(stmt, 3, d->kind);
    if (d->units > 0) {
        store_bind_int(stmt, 4, d->units);
    }
    store_bind_text(stmt, 5, d->reason);
    store_bind_text(stmt, 6, d->until);
    store_bind_text(stmt, 7, store_actor(store));
    if (d->outcome_id > 0) {
        store_bind_int(stmt, 8, d->outcome_id);
    }
}

/* *id: the decision on the pair that stands, if it says the same; else 0. */
static bool
find_same(struct store *store, const struct decision *d, int64_t *id,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT id FROM (SELECT * FROM decisions WHERE need_id = ?1"
        "   AND offer_id = ?2 AND revoked_at IS NULL"
        "   ORDER BY id DESC LIMIT 1)"
        " WHERE decision = ?3 AND units IS ?4 AND reason = ?5"
        "   AND until IS ?6 AND actor = ?7 AND outcome_id IS ?8",
        err);
    if (stmt == NULL) {
        return false;
    }
    bind(store, stmt, d);
    int step = store_step(stmt, err);
    *id = step == 1 ? store_int(stmt, 0) : 0;
    store_finish(stmt);
    return step >= 0;
}

bool
decision_add(struct store *store, const struct decision *d, int64_t *id,
    struct err *err)
{
    if (!check(d, err) || !find_same(store, d, id, err) || *id > 0) {
        return err->kind == ERR_NONE;
    }
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO decisions (need_id, offer_id, decision, units, reason,"
        " until, actor, outcome_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        err);
    if (stmt == NULL) {
        return false;
    }
    char now[21];
    store_now(now);
    bind(store, stmt, d);
    store_bind_text(stmt, 9, now);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    *id = store_last_id(store);
    return ok && audit(store, "decision.add", *id, d, d->reason, err);
}

bool
decision_revoke(struct store *store, int64_t id, const char *reason,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "UPDATE decisions SET revoked_at = ?"
        " WHERE id = ? AND revoked_at IS NULL",
        err);
    if (stmt == NULL) {
        return false;
    }
    char now[21];
    store_now(now);
    store_bind_text(stmt, 1, now);
    store_bind_int(stmt, 2, id);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    if (ok && store_changes(store) == 0) {
        return fail(err, ERR_INPUT,
            "decision: none in force has the number %" PRId64, id);
    }
    return ok && audit(store, "decision.revoke", id, NULL, reason, err);
}
