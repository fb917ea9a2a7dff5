/* weights.c: versions of the tunables in the store; `tsunagari weights`
 * writes them, match and publish read them. */
#include "weights.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "optimizer/base/json.h"

bool
weights_published(struct store *store, int64_t *version, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT id FROM weight_versions WHERE state = 'published'", err);
    if (stmt == NULL) {
        return false;
    }
    int step = store_step(stmt, err);
    *version = step > 0 ? store_int(stmt, 0) : WEIGHTS_DEFAULT;
    store_finish(stmt);
    return step >= 0;
}

static bool
version_exists(struct store *store, int64_t version, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT 1 FROM weight_versions WHERE id = ?", err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, version);
    int step = store_step(stmt, err);
    store_finish(stmt);
    if (step == 0) {
        return fail(err, ERR_INPUT,
            "weights: no version %" PRId64 ", see `tsunagari weights history`",
            version);
    }
    return step > 0;
}

static bool
take_value(int64_t version, const char *name, int64_t value,
    int64_t values[OPTION_COUNT], struct err *err)
{
    int id = option_find(name);
    if (id == OPTION_COUNT) {
        return fail(err, ERR_INPUT,
            "weights: version %" PRId64 " has an unknown name: \"%s\"",
            version, name);
    }
    values[id] = value;
    return option_check(id, value, err);
}

bool
weights_load(struct store *store, int64_t version,
    int64_t values[OPTION_COUNT], struct err *err)
{
    for (int id = 0; id < OPTION_COUNT; id++) {
        values[id] = option_at(id)->def;
    }
    if (version == WEIGHTS_DEFAULT) {
        return true;
    }
    if (!version_exists(store, version, err)) {
        return false;
    }
    struct store_stmt *stmt = store_prepare(store,
        "SELECT name, value FROM weights WHERE version_id = ? ORDER BY name",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, version);
    int step;
    bool ok = true;
    while (ok && (step = store_step(stmt, err)) != 0) {
        ok = step > 0 && take_value(version, store_text(stmt, 0),
                             store_int(stmt, 1), values, err);
    }
    store_finish(stmt);
    return ok;
}

static bool
write_values(struct store *store, int64_t version,
    const int64_t values[OPTION_COUNT], struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO weights (version_id, name, value) VALUES (?, ?, ?)",
        err);
    if (stmt == NULL) {
        return false;
    }
    bool ok = true;
    for (int id = 0; ok && id < OPTION_COUNT; id++) {
        store_bind_int(stmt, 1, version);
        store_bind_text(stmt, 2, option_at(id)->name);
        store_bind_int(stmt, 3, values[id]);
        ok = option_check(id, values[id], err) && store_run(stmt, err);
    }
    store_finish(stmt);
    return ok;
}

static void
subject_of(int64_t version, char subject[48])
{
    snprintf(subject, 48, "weight_versions/%" PRId64, version);
}

static bool
audit(struct store *store, const char *action, int64_t version,
    const char *reason, struct err *err)
{
    char subject[48];
    subject_of(version, subject);
    struct json detail = {0};
    json_open(&detail, '{');
    json_put_text(&detail, "reason", reason);
    json_close(&detail, '}');
    bool ok = store_audit(store, action, subject, detail.text, err);
    json_release(&detail);
    return ok;
}

bool
weights_draft(struct store *store, const int64_t values[OPTION_COUNT],
    const char *reason, int64_t *version, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO weight_versions (state, actor, reason, created_at)"
        " VALUES ('draft', ?, ?, ?)",
        err);
    if (stmt == NULL) {
        return false;
    }
    char now[21];
    store_now(now);
    store_bind_text(stmt, 1, store_actor(store));
    store_bind_text(stmt, 2, reason);
    store_bind_text(stmt, 3, now);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    if (!ok) {
        return false;
    }
    *version = store_last_id(store);
    return write_values(store, *version, values, err) &&
           audit(store, "weights.set", *version, reason, err);
}

/* Is it in use, and is that the word of this actor for this reason? */
static bool
is_used(struct store *store, int64_t version, const char *reason, bool *used,
    struct err *err)
{
    int64_t published;
    char subject[48];
    if (!weights_published(store, &published, err)) {
        return false;
    }
    struct store_stmt *stmt = store_prepare(store,
        "SELECT actor = ? AND json_extract(detail, '$.reason') = ? FROM audit"
        " WHERE subject = ? AND action = 'weights.use'"
        " ORDER BY id DESC LIMIT 1",
        err);
    if (stmt == NULL) {
        return false;
    }
    subject_of(version, subject);
    store_bind_text(stmt, 1, store_actor(store));
    store_bind_text(stmt, 2, reason);
    store_bind_text(stmt, 3, subject);
    int step = store_step(stmt, err);
    *used = step > 0 && published == version && store_int(stmt, 0) != 0;
    store_finish(stmt);
    return step >= 0;
}

bool
weights_use(struct store *store, int64_t version, const char *reason,
    struct err *err)
{
    int64_t values[OPTION_COUNT]; /* a version of today's names and ranges */
    bool used;
    if (!weights_load(store, version, values, err) ||
        !is_used(store, version, reason, &used, err)) {
        return false;
    }
    if (used) {
        return true;
    }
    if (!store_exec(store,
            "UPDATE weight_versions SET state = 'retired'"
            " WHERE state = 'published'",
            err)) {
        return false;
    }
    struct store_stmt *stmt = store_prepare(store,
        "UPDATE weight_versions SET state = 'published', published_at = ?"
        " WHERE id = ?",
        err);
    if (stmt == NULL) {
        return false;
    }
    char now[21];
    store_now(now);
    store_bind_text(stmt, 1, now);
    store_bind_int(stmt, 2, version);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    return ok && audit(store, "weights.use", version, reason, err);
}

/* The newest version, if it is all this; else WEIGHTS_DEFAULT. */
static bool
find_same(struct store *store, const int64_t values[OPTION_COUNT],
    const char *reason, const char *state, int64_t *version, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT id FROM weight_versions"
        " WHERE id = (SELECT max(id) FROM weight_versions)"
        "   AND state = ? AND reason = ? AND actor = ?",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, state);
    store_bind_text(stmt, 2, reason);
    store_bind_text(stmt, 3, store_actor(store));
    int step = store_step(stmt, err);
    *version = step > 0 ? store_int(stmt, 0) : WEIGHTS_DEFAULT;
    store_finish(stmt);
    int64_t kept[OPTION_COUNT];
    struct err other = {0}; /* one of another program's names */
    if (step > 0 && (!weights_load(store, *version, kept, &other) ||
                        memcmp(kept, values, sizeof(kept)) != 0)) {
        *version = WEIGHTS_DEFAULT;
    }
    return step >= 0;
}

bool
weights_keep(struct store *store, const int64_t values[OPTION_COUNT],
    const char *reason, bool publish, int64_t *version, struct err *err)
{
    if (!find_same(store, values, reason, publish ? "published" : "draft",
            version, err)) {
        return false;
    }
    return *version != WEIGHTS_DEFAULT ||
           (weights_draft(store, values, reason, version, err) &&
               (!publish || weights_use(store, *version, reason, err)));
}
