/*
 * record.h: a row of organisations or entries by its stable key: inserted,
 * updated where it differs, or left alone.
 *
 * Meaning   a record holds a value for each column that the source has;
 *           columns it does not have keep what the store has (a new row:
 *           the column's default).
 * Units     RECORD_NULL is SQL NULL of an integer column; an empty text is
 *           NULL in RECORD_TEXT_NULL columns.
 * Failure   ERR_SYSTEM of the store.
 * Lifetime  texts of a record belong to its maker; a writer lives for an
 *           import and is closed with record_writer_close().
 */
#ifndef TSUNAGARI_RECORD_H
#define TSUNAGARI_RECORD_H

#include <stdint.h>

#include "optimizer/base/arena.h"
#include "optimizer/store/store.h"

#define RECORD_NULL INT64_MIN
#define RECORD_COLUMNS_MAX 64

enum record_type {
    RECORD_TEXT,
    RECORD_TEXT_NULL,
    RECORD_INT,
    RECORD_INT_NULL
};

struct record_column {
    const char *name;
    enum record_type type;
    int64_t number; /* default of a new row; texts: "" */
};

struct record_table {
    const char *name; /* has id, key, created_at, updated_at, too */
    const struct record_column *columns;
    int columns_n;
};

struct record_value {
    bool set;
    bool only_new; /* a start value: a known row keeps its own */
    const char *text;
    int64_t number;
};

struct record {
    struct record_value values[RECORD_COLUMNS_MAX];
};

struct record_writer {
    struct store *store;
    const struct record_table *table;
    struct store_stmt *select, *insert, *update;
    /* of the row that record_load() found */
    struct record old;
    struct arena arena; /* old's texts */
    bool exists;
    int64_t id;
};

bool record_writer_open(struct record_writer *writer, struct store *store,
    const struct record_table *table, struct err *err);
void record_writer_close(struct record_writer *writer);

void record_text(struct record *record, int column, const char *text);
void record_int(struct record *record, int column, int64_t number);
void record_start_int(struct record *record, int column, int64_t number);
void record_start_text(struct record *record, int column, const char *text);

/* Finds the key: writer->exists, id and old. */
bool record_load(struct record_writer *writer, const char *key,
    struct err *err);
/* Does a set value of column differ from the row that was loaded? */
bool record_differs(const struct record_writer *writer,
    const struct record *record, int column);
/* Writes over what was loaded, or inserts; sets writer->id. */
bool record_write(struct record_writer *writer, const char *key,
    const struct record *record, struct err *err);

#endif
