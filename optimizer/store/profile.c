/* profile.c: named weights and the history of versions (profile.h). */
#include "profile.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/json.h"
#include "optimizer/base/scan.h"
#include "schema/fold.h"

/* Is there anything to see in it? */
static bool
blank(const char *name)
{
    size_t skip;
    while ((skip = scan_space(name)) > 0) {
        name += skip;
    }
    return *name == '\0';
}

static bool
name_check(const char *name, struct err *err)
{
    size_t len = strlen(name), characters = 0;
    bool number = len > 0;
    if (fold_utf8_valid(name, len) != len) {
        return fail(err, ERR_INPUT, "profile: the name is not UTF-8");
    }
    for (const char *c = name; *c != '\0'; c++) {
        characters += ((unsigned char)*c & 0xC0) != 0x80;
        number = number && isdigit((unsigned char)*c);
        if ((unsigned char)*c < ' ' || *c == 0x7f) {
            return fail(err, ERR_INPUT,
                "profile: a control character in the name");
        }
    }
    if (characters == 0 || characters > PROFILE_NAME_MAX) {
        return fail(err, ERR_INPUT, "profile: a name has 1 to %d characters",
            PROFILE_NAME_MAX);
    }
    return !number || fail(err, ERR_INPUT,
        "profile: a number cannot be a name: \"%s\"", name);
}

/* A blank name that is there already can still be dropped. */
bool
profile_name_check(const char *name, struct err *err)
{
    return name_check(name, err) &&
           (!blank(name) ||
               fail(err, ERR_INPUT, "profile: a name of spaces alone"));
}

static bool
audit(struct store *store, const char *action, const char *name,
    int64_t version, struct err *err)
{
    struct json detail = {0};
    json_open(&detail, '{');
    json_put_text(&detail, "name", name);
    json_put_int(&detail, "version", version);
    json_close(&detail, '}');
    bool ok = store_audit(store, action, "weight_profiles", detail.text, err);
    json_release(&detail);
    return ok;
}

bool
profile_save(struct store *store, const char *name, int64_t version,
    struct err *err)
{
    int64_t values[OPTION_COUNT];
    if (!profile_name_check(name, err) ||
        !weights_load(store, version, values, err)) {
        return false;
    }
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO weight_profiles (name, version_id, actor, at)"
        " VALUES (?1, nullif(?2, 0), ?3, ?4) ON CONFLICT (name) DO UPDATE SET"
        " version_id = excluded.version_id, actor = excluded.actor,"
        " at = excluded.at WHERE version_id IS NOT excluded.version_id",
        err);
    if (stmt == NULL) {
        return false;
    }
    char now[21];
    store_now(now);
    store_bind_text(stmt, 1, name);
    store_bind_int(stmt, 2, version);
    store_bind_text(stmt, 3, store_actor(store));
    store_bind_text(stmt, 4, now);
    bool ok = store_run(stmt, err);
    bool named = ok && store_changes(store) > 0;
    store_finish(stmt);
    return ok &&
           (!named || audit(store, "profile.save", name, version, err));
}

bool
profile_drop(struct store *store, const char *name, struct err *err)
{
    int64_t version;
    struct store_stmt *stmt = NULL;
    if (!name_check(name, err) ||
        !profile_version(store, name, &version, err) ||
        (stmt = store_prepare(store,
             "DELETE FROM weight_profiles WHERE name = ?1", err)) == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, name);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    return ok && audit(store, "profile.drop", name, version, err);
}

bool
profile_version(struct store *store, const char *text, int64_t *version,
    struct err *err)
{
    if (isdigit((unsigned char)text[0]) && strlen(text) <= 18 &&
        text[strspn(text, "0123456789")] == '\0') {
        *version = strtoll(text, NULL, 10);
        return true;
    }
    struct store_stmt *stmt = store_prepare(store,
        "SELECT coalesce(version_id, 0) FROM weight_profiles WHERE name = ?1",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, text);
    int step = store_step(stmt, err);
    *version = step > 0 ? store_int(stmt, 0) : WEIGHTS_DEFAULT;
    store_finish(stmt);
    return step > 0 || (step == 0 && fail(err, ERR_INPUT,
        "weights: neither a version nor a profile's name: \"%.100s\"", text));
}

bool
profile_list(struct store *store, struct arena *arena,
    struct profile **profiles, int32_t *n, struct err *err)
{
    int64_t rows;
    struct store_stmt *stmt = store_prepare(store,
        "SELECT name, coalesce(version_id, 0), actor, at"
        " FROM weight_profiles ORDER BY name",
        err);
    if (stmt == NULL || !store_query_int(store,
            "SELECT count(*) FROM weight_profiles", &rows, err)) {
        store_finish(stmt);
        return false;
    }
    *profiles = arena_array(arena, (size_t)rows, sizeof(**profiles));
    int step;
    for (*n = 0; (step = store_step(stmt, err)) > 0 && *n < rows; (*n)++) {
        (*profiles)[*n] = (struct profile){
            .name = arena_string(arena, store_text(stmt, 0)),
            .version = store_int(stmt, 1),
            .actor = arena_string(arena, store_text(stmt, 2)),
            .at = arena_string(arena, store_text(stmt, 3))};
    }
    store_finish(stmt);
    return step >= 0;
}

bool
weights_history(struct store *store, struct arena *arena,
    struct weights_version **versions, int32_t *n, struct err *err)
{
    int64_t rows;
    struct store_stmt *stmt = store_prepare(store,
        "SELECT id, state, actor, reason, created_at, published_at"
        " FROM weight_versions ORDER BY id",
        err);
    if (stmt == NULL || !store_query_int(store,
            "SELECT count(*) FROM weight_versions", &rows, err)) {
        store_finish(stmt);
        return false;
    }
    *versions = arena_array(arena, (size_t)rows, sizeof(**versions));
    int step;
    for (*n = 0; (step = store_step(stmt, err)) > 0 && *n < rows; (*n)++) {
        (*versions)[*n] = (struct weights_version){
            .id = store_int(stmt, 0),
            .state = arena_string(arena, store_text(stmt, 1)),
            .actor = arena_string(arena, store_text(stmt, 2)),
            .reason = arena_string(arena, store_text(stmt, 3)),
            .created_at = arena_string(arena, store_text(stmt, 4)),
            .published_at = store_is_null(stmt, 5)
                ? NULL : arena_string(arena, store_text(stmt, 5))};
    }
    store_finish(stmt);
    return step >= 0;
}
