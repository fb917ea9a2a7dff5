/* screening.c: the 要件 and 諸条件 of an entry (screening.h). */
#include "screening.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool
known(struct store *store, const char *sql, const char *text, int64_t id,
    const char *what, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    if (text != NULL) {
        store_bind_text(stmt, 1, text);
    } else {
        store_bind_int(stmt, 1, id);
    }
    int step = store_step(stmt, err);
    store_finish(stmt);
    if (step == 0 && text != NULL) {
        return fail(err, ERR_INPUT, "no %s \"%s\"", what, text);
    }
    return step > 0 || (step == 0 && fail(err, ERR_INPUT, "no %s %" PRId64,
                                         what, id));
}

static bool
entry_known(struct store *store, int64_t id, struct err *err)
{
    return known(store, "SELECT 1 FROM entries WHERE id = ?", NULL, id,
        "entry", err);
}

bool
screening_mark(struct store *store, int64_t entry_id,
    const char *requirement_id, const char *result, const char *note,
    struct err *err)
{
    char now[21];
    store_now(now);
    if (strcmp(result, "pass") != 0 && strcmp(result, "fail") != 0 &&
        strcmp(result, "unclear") != 0) {
        return fail(err, ERR_INPUT,
            "screening: not pass, fail or unclear: \"%s\"", result);
    }
    if (!act_text_check("note", note, false, err) ||
        !entry_known(store, entry_id, err) ||
        !known(store, "SELECT 1 FROM requirements WHERE id = ?",
            requirement_id, 0, "requirement", err)) {
        return false;
    }
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO screenings (entry_id, requirement_id, result, note,"
        " actor, at) VALUES (?1, ?2, ?3, ifnull(?4, ''), ?5, ?6)"
        " ON CONFLICT DO UPDATE SET result = ?3, note = ifnull(?4, ''),"
        " actor = ?5, at = ?6",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, entry_id);
    store_bind_text(stmt, 2, requirement_id);
    store_bind_text(stmt, 3, result);
    store_bind_text(stmt, 4, note);
    store_bind_text(stmt, 5, store_actor(store));
    store_bind_text(stmt, 6, now);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    struct act_detail detail = {
        .text_key = {"requirement", "result", "note"},
        .text = {requirement_id, result, note}};
    return ok && act_audit(store, "screening.mark", "entries", entry_id,
                     &detail, err);
}

bool
screening_confirm(struct store *store, int64_t entry_id,
    const char *condition_id, const char *note, struct err *err)
{
    char now[21];
    store_now(now);
    if (!act_text_check("note", note, false, err) ||
        !entry_known(store, entry_id, err) ||
        (condition_id != NULL &&
            !known(store, "SELECT 1 FROM phrases WHERE list = 'conditions'"
                " AND id = ?", condition_id, 0, "condition", err))) {
        return false;
    }
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO confirmations (entry_id, condition_id, note, actor, at)"
        " SELECT ?1, id, ifnull(?3, ''), ?4, ?5 FROM phrases AS p"
        "  WHERE list = 'conditions' AND (id = ?2 OR (?2 IS NULL AND NOT"
        "        EXISTS (SELECT 1 FROM confirmations AS c"
        "                 WHERE c.entry_id = ?1 AND c.condition_id = p.id)))"
        " ON CONFLICT DO UPDATE SET note = excluded.note,"
        " actor = excluded.actor, at = excluded.at",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, entry_id);
    store_bind_text(stmt, 2, condition_id);
    store_bind_text(stmt, 3, note);
    store_bind_text(stmt, 4, store_actor(store));
    store_bind_text(stmt, 5, now);
    bool ok = store_run(stmt, err);
    int changes = store_changes(store);
    store_finish(stmt);
    struct act_detail detail = {.text_key = {"condition", "note"},
        .text = {condition_id != NULL ? condition_id : "all", note},
        .number_key = {"confirmed"}, .number = {changes}};
    return ok && act_audit(store, "screening.confirm", "entries", entry_id,
                     &detail, err);
}

bool
screening_set_required(struct store *store, const char *requirement_id,
    bool required, const char *reason, struct err *err)
{
    if (!act_text_check("reason", reason, true, err) ||
        !known(store, "SELECT 1 FROM requirements WHERE id = ?",
            requirement_id, 0, "requirement", err)) {
        return false;
    }
    struct store_stmt *stmt = store_prepare(store,
        "UPDATE requirements SET required = ? WHERE id = ?", err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, required);
    store_bind_text(stmt, 2, requirement_id);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    char subject[96];
    snprintf(subject, sizeof(subject), "requirements/%s", requirement_id);
    struct act_detail detail = {.text_key = {"required", "reason"},
        .text = {required ? "yes" : "no", reason}};
    return ok && act_audit_on(store, "screening.required", subject, &detail,
                     err);
}

/* Labels of what is missing, at most four of them. */
static bool
missing(struct store *store, const char *sql, int64_t entry_id,
    const char *what, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    char list[512] = "";
    int n = 0, step;
    store_bind_int(stmt, 1, entry_id);
    while ((step = store_step(stmt, err)) > 0) {
        const char *label = store_text(stmt, 0);
        size_t len = strlen(list);
        int cut = (int)err_utf8_cut(label, strlen(label), 100);
        if (n++ < 4) {
            snprintf(list + len, sizeof(list) - len, "%s%.*s",
                n > 1 ? ", " : "", cut, label);
        }
    }
    store_finish(stmt);
    return step == 0 &&
           (n == 0 || fail(err, ERR_INPUT, "entry %" PRId64 ": %d %s: %s%s",
                          entry_id, n, what, list, n > 4 ? ", ..." : ""));
}

bool
screening_require(struct store *store, int64_t entry_id, bool conditions,
    struct err *err)
{
    return missing(store,
               "SELECT r.label_ja FROM requirements AS r"
               " WHERE r.required = 1 AND NOT EXISTS"
               "       (SELECT 1 FROM screenings AS s WHERE s.entry_id = ?"
               "           AND s.requirement_id = r.id"
               "           AND s.result = 'pass') ORDER BY r.sort, r.id",
               entry_id, "要件 not passed", err) &&
           (!conditions ||
               missing(store,
                   "SELECT p.label_ja FROM phrases AS p"
                   " WHERE p.list = 'conditions' AND NOT EXISTS"
                   "       (SELECT 1 FROM confirmations AS c"
                   "         WHERE c.entry_id = ? AND c.condition_id = p.id)"
                   " ORDER BY p.sort, p.id",
                   entry_id, "諸条件 not confirmed", err));
}
