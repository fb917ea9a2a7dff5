/* store.c: SQLite behind store.h; the only file that includes sqlite3.h. */
#include "store.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "migration.h"
#include "store_file.h"

struct store {
    sqlite3 *db;
    char *actor;
    enum store_mode mode;
    bool in_transaction;
    int version;
};

struct store_stmt {
    sqlite3_stmt *stmt;
    struct store *store;
};

static bool
fail_sql(struct store *store, const char *what, struct err *err)
{
    return fail(err, ERR_SYSTEM, "%s: %s", what, sqlite3_errmsg(store->db));
}

bool
store_exec(struct store *store, const char *sql, struct err *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
        fail_sql(store, "store", err);
}

int
store_version(struct store *store)
{
    return store->version;
}

static bool
migrate_one(struct store *store, int from, struct err *err)
{
    const struct embed *file = migration_find(from);
    assert(file != NULL);
    size_t len = (size_t)(file->end - file->data);
    char *sql = xmalloc(len + 64);
    memcpy(sql, file->data, len);
    snprintf(sql + len, 64, "\nPRAGMA user_version = %d;", from + 1);
    bool ok = store_begin(store, err) && store_exec(store, sql, err) &&
              store_commit(store, err);
    if (!ok) {
        store_rollback(store);
    }
    free(sql);
    return ok;
}

static bool
bring_to_version(struct store *store, const char *path, int64_t found,
    struct err *err)
{
    const int newest = migration_count();
    if (found > newest) {
        return fail(err, ERR_INPUT,
            "store version %d is newer than this program's %d, in \"%s\"",
            (int)found, newest, path);
    }
    int version = (int)found;
    store->version = newest;
    if (version < newest && store->mode != STORE_CREATE) {
        return fail(err, ERR_INPUT,
            "store version %d is older than %d, run `tsunagari init`, in "
            "\"%s\"",
            version, newest, path);
    }
    for (; version < newest; version++) {
        if (!migrate_one(store, version, err)) {
            return false;
        }
    }
    return true;
}

struct store *
store_open(const char *path, enum store_mode mode, const char *actor,
    struct err *err)
{
    struct store *store = xcalloc(1, sizeof(*store));
    store->mode = mode;
    store->actor = xmalloc(strlen(actor) + 1);
    strcpy(store->actor, actor);
    int flags = mode == STORE_READ ? SQLITE_OPEN_READONLY
                                   : SQLITE_OPEN_READWRITE;
    if (mode == STORE_CREATE) {
        flags |= SQLITE_OPEN_CREATE;
        store_file_make(path);
    }
    if (mode != STORE_CREATE && access(path, R_OK) != 0) {
        fail(err, ERR_SYSTEM, "store: %s: \"%s\" (run `tsunagari init`)",
            strerror(errno), path);
        store_close(store);
        return NULL;
    }
    if (sqlite3_open_v2(path, &store->db, flags, NULL) != SQLITE_OK) {
        fail(err, ERR_SYSTEM, "store: %s: \"%s\"",
            store->db ? sqlite3_errmsg(store->db) : "no memory", path);
        store_close(store);
        return NULL;
    }
    sqlite3_busy_timeout(store->db, STORE_BUSY_MS);
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    int64_t found = 0;
    bool ok = migration_version(store, path, &found, err) &&
              store_exec(store, "PRAGMA foreign_keys = ON", err);
    if (ok && mode == STORE_CREATE) {
        ok = store_exec(store, "PRAGMA journal_mode = WAL", err);
    }
    if (!ok || !bring_to_version(store, path, found, err)) {
        store_close(store);
        return NULL;
    }
    return store;
}

void
store_close(struct store *store)
{
    if (store == NULL) {
        return;
    }
    store_rollback(store);
    sqlite3_close(store->db);
    free(store->actor);
    free(store);
}

bool
store_moved(struct store *store)
{
    int moved = 0;
    sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved != 0;
}

const char *
store_actor(const struct store *store)
{
    return store->actor;
}

void
store_set_actor(struct store *store, const char *actor)
{
    free(store->actor);
    store->actor = xmalloc(strlen(actor) + 1);
    strcpy(store->actor, actor);
}

bool
store_begin(struct store *store, struct err *err)
{
    assert(!store->in_transaction);
    const char *sql =
        store->mode == STORE_READ ? "BEGIN" : "BEGIN IMMEDIATE";
    store->in_transaction = store_exec(store, sql, err);
    return store->in_transaction;
}

bool
store_commit(struct store *store, struct err *err)
{
    assert(store->in_transaction);
    if (!store_exec(store, "COMMIT", err)) {
        return false;
    }
    store->in_transaction = false;
    return true;
}

void
store_rollback(struct store *store)
{
    if (store->in_transaction) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
        store->in_transaction = false;
    }
}

struct store_stmt *
store_prepare(struct store *store, const char *sql, struct err *err)
{
    sqlite3_stmt *prepared;
    if (sqlite3_prepare_v2(store->db, sql, -1, &prepared, NULL) !=
        SQLITE_OK) {
        fail_sql(store, "store", err);
        return NULL;
    }
    struct store_stmt *stmt = xcalloc(1, sizeof(*stmt));
    stmt->stmt = prepared;
    stmt->store = store;
    return stmt;
}

void
store_finish(struct store_stmt *stmt)
{
    if (stmt != NULL) {
        sqlite3_finalize(stmt->stmt);
        free(stmt);
    }
}

int
store_parameters(struct store_stmt *stmt)
{
    return sqlite3_bind_parameter_count(stmt->stmt);
}

void
store_bind_int(struct store_stmt *stmt, int index, int64_t value)
{
    int rc = sqlite3_bind_int64(stmt->stmt, index, value);
    assert(rc == SQLITE_OK);
}

void
store_bind_null(struct store_stmt *stmt, int index)
{
    int rc = sqlite3_bind_null(stmt->stmt, index);
    assert(rc == SQLITE_OK);
}

void
store_bind_text(struct store_stmt *stmt, int index, const char *text)
{
    int rc = text == NULL ? sqlite3_bind_null(stmt->stmt, index)
                          : sqlite3_bind_text(stmt->stmt, index, text, -1,
                                SQLITE_TRANSIENT);
    assert(rc == SQLITE_OK);
}

void
store_bind_text_or_null(struct store_stmt *stmt, int index, const char *text)
{
    store_bind_text(stmt, index,
        text != NULL && text[0] != '\0' ? text : NULL);
}

int
store_step(struct store_stmt *stmt, struct err *err)
{
    int rc = sqlite3_step(stmt->stmt);
    if (rc == SQLITE_ROW) {
        return 1;
    }
    if (rc != SQLITE_DONE) {
        fail_sql(stmt->store, "store", err);
        sqlite3_reset(stmt->stmt);
        return -1;
    }
    sqlite3_reset(stmt->stmt);
    return 0;
}

bool
store_run(struct store_stmt *stmt, struct err *err)
{
    int step;
    do {
        step = store_step(stmt, err);
    } while (step > 0);
    return step == 0;
}

void
store_reset(struct store_stmt *stmt)
{
    sqlite3_reset(stmt->stmt);
    sqlite3_clear_bindings(stmt->stmt);
}

bool
store_is_null(struct store_stmt *stmt, int column)
{
    return sqlite3_column_type(stmt->stmt, column) == SQLITE_NULL;
}

int64_t
store_int(struct store_stmt *stmt, int column)
{
    return sqlite3_column_int64(stmt->stmt, column);
}

const char *
store_text(struct store_stmt *stmt, int column)
{
    const unsigned char *text = sqlite3_column_text(stmt->stmt, column);
    return text != NULL ? (const char *)text : "";
}

int64_t
store_last_id(struct store *store)
{
    return sqlite3_last_insert_rowid(store->db);
}

int
store_changes(struct store *store)
{
    return sqlite3_changes(store->db);
}

bool
store_query_int(struct store *store, const char *sql, int64_t *value,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    bool found = store_step(stmt, err) == 1;
    if (found) {
        *value = store_int(stmt, 0);
    }
    store_finish(stmt);
    return found;
}

bool
store_audit(struct store *store, const char *action, const char *subject,
    const char *detail, struct err *err)
{
    assert(store->in_transaction);
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO audit (at, actor, action, subject, detail)"
        " VALUES (?, ?, ?, ?, ?)",
        err);
    if (stmt == NULL) {
        return false;
    }
    char now[21];
    store_now(now);
    store_bind_text(stmt, 1, now);
    store_bind_text(stmt, 2, store->actor);
    store_bind_text(stmt, 3, action);
    store_bind_text(stmt, 4, subject);
    store_bind_text(stmt, 5, detail != NULL ? detail : "{}");
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    return ok;
}

bool
store_integrity(struct store *store,
    void (*row)(void *data, const char *text), void *data, struct err *err)
{
    struct store_stmt *stmt =
        store_prepare(store, "PRAGMA integrity_check", err);
    if (stmt == NULL) {
        return false;
    }
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        if (strcmp(store_text(stmt, 0), "ok") != 0) {
            row(data, store_text(stmt, 0));
        }
    }
    store_finish(stmt);
    if (step < 0) {
        return false;
    }
    stmt = store_prepare(store, "PRAGMA foreign_key_check", err);
    if (stmt == NULL) {
        return false;
    }
    while ((step = store_step(stmt, err)) > 0) {
        char text[256];
        snprintf(text, sizeof(text),
            "%s row %" PRId64 ": no such row in %s", store_text(stmt, 0),
            store_int(stmt, 1), store_text(stmt, 2));
        row(data, text);
    }
    store_finish(stmt);
    return step == 0;
}
