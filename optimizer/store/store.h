/*
 * store.h: the system of record; the only door to SQLite.
 *
 * Meaning   one connection, statements, transactions, migrations, audit.
 *           SQL text stands in the file of the noun it serves; sqlite3.h
 *           is included by store.c alone.
 * Units     indexes of parameters and columns are 1-based and 0-based as in
 *           SQLite.  All text is UTF-8.
 * Failure   functions that take `struct err *` return false (NULL) after
 *           fail(); text names the SQL error.  A busy store is waited for
 *           STORE_BUSY_MS, then ERR_SYSTEM.
 * Lifetime  text columns live until the statement's next step or reset.
 */
#ifndef TSUNAGARI_STORE_H
#define TSUNAGARI_STORE_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "optimizer/base/err.h"

enum { STORE_BUSY_MS = 10000 };

struct store;
struct store_stmt;

enum store_mode {
    STORE_READ,  /* must exist, read only */
    STORE_WRITE, /* must exist, current version */
    STORE_CREATE /* made and migrated as needed */
};

/*
 * Opens path; migrates forward under STORE_CREATE, refuses a store of
 * another version (older: says to run `tsunagari init`) otherwise.  actor
 * is who the audit names; copied.
 */
struct store *store_open(const char *path, enum store_mode mode,
    const char *actor, struct err *err);
void store_close(struct store *store); /* NULL is fine */
/* Is the file at the path another one now, or none? */
bool store_moved(struct store *store);
int store_version(struct store *store);
const char *store_actor(const struct store *store);
/* Who the audit names from now on: a handle that serves several people. */
void store_set_actor(struct store *store, const char *actor);

bool store_exec(struct store *store, const char *sql, struct err *err);

/*
 * BEGIN IMMEDIATE (BEGIN on a STORE_READ handle: one consistent view),
 * COMMIT, ROLLBACK.  Not nested: asserts.
 */
bool store_begin(struct store *store, struct err *err);
bool store_commit(struct store *store, struct err *err);
void store_rollback(struct store *store);

struct store_stmt *store_prepare(struct store *store, const char *sql,
    struct err *err);
void store_finish(struct store_stmt *stmt); /* NULL is fine */

/* The highest index of a parameter that the statement has. */
int store_parameters(struct store_stmt *stmt);
/* Binding never fails but by memory or a bad index, which are our bugs. */
void store_bind_int(struct store_stmt *stmt, int index, int64_t value);
void store_bind_null(struct store_stmt *stmt, int index);
/* NULL binds NULL; the text is copied. */
void store_bind_text(struct store_stmt *stmt, int index, const char *text);
/* An empty string or NULL binds NULL. */
void store_bind_text_or_null(struct store_stmt *stmt, int index,
    const char *text);

/* 1: a row, 0: done, -1: failed (err set).  At the end the stmt is reset. */
int store_step(struct store_stmt *stmt, struct err *err);
/* For statements that return no row: steps to the end and resets. */
bool store_run(struct store_stmt *stmt, struct err *err);
void store_reset(struct store_stmt *stmt); /* clears bindings, too */

bool store_is_null(struct store_stmt *stmt, int column);
int64_t store_int(struct store_stmt *stmt, int column); /* NULL: 0 */
const char *store_text(struct store_stmt *stmt, int column); /* NULL: "" */

int64_t store_last_id(struct store *store);
int store_changes(struct store *store);

/* One integer of a query with no parameters; false if it has no row. */
bool store_query_int(struct store *store, const char *sql, int64_t *value,
    struct err *err);

/* Into the running transaction; detail is a JSON object or NULL. */
bool store_audit(struct store *store, const char *action, const char *subject,
    const char *detail, struct err *err);

/* The library's own integrity and foreign key check: rows of text. */
bool store_integrity(struct store *store,
    void (*row)(void *data, const char *text), void *data, struct err *err);

/* Now as YYYY-MM-DDTHH:MM:SSZ; today in Japan as YYYY-MM-DD. */
void store_now(char out[21]);
void store_today(char out[11]);
/* Such a moment in UTC; false, out untouched, for what is none. */
bool store_moment(const char *text, struct tm *out);
/* The day in Japan of such a moment; of a day, that day. */
void store_day(const char *moment, char out[11]);
/* The same with hour and minute: 2026-11-21 00:05. */
void store_minute(const char *moment, char out[17]);

#endif
