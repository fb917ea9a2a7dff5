/*
 * shipped_table.h: an embedded CSV, row by row into one statement; only for
 * shipped_*.c.
 *
 * Failure   every message is path:line:column: column: reason, once.
 * Lifetime  from shipped_open() to shipped_close(), which hands on whether
 *           all went well.
 */
#ifndef TSUNAGARI_SHIPPED_TABLE_H
#define TSUNAGARI_SHIPPED_TABLE_H

#include "optimizer/base/table.h"
#include "store.h"

struct shipped_table {
    struct table *table;
    struct store *store;
    struct store_stmt *stmt;
    struct err *err;
    int64_t *changed;
};

/* Opens the embedded file; sql may be NULL. */
bool shipped_open(struct shipped_table *t, struct store *store,
    const char *path, const char *sql, int64_t *changed, struct err *err);
/* True while there is a row. */
bool shipped_next(struct shipped_table *t);
/* Runs the statement bound by the caller. */
bool shipped_put(struct shipped_table *t);
bool shipped_close(struct shipped_table *t);

const char *shipped_cell(struct shipped_table *t, const char *column);
bool shipped_has(const struct shipped_table *t, const char *column);
/* A whole number >= 0; "" binds NULL where allowed. */
void shipped_bind_count(struct shipped_table *t, int index,
    const char *column);
void shipped_bind_degree(struct shipped_table *t, int index,
    const char *column, int limit);
/* The row is bad: names the cell. */
void shipped_bad(struct shipped_table *t, const char *column,
    const char *reason);

#endif
