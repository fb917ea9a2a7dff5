/*
 * table.h: a CSV with a header row, read by column name.
 *
 * Meaning   the header is read once; a cell is asked for by the number that
 *           table_column() gave.  Every row has as many cells as the header.
 * Failure   table_next() gives -1 when the structure breaks (csv.h) and 2
 *           for a row of another width: that row cannot be used, the next
 *           can.  table_cell() of column -1 is "".
 * Lifetime  cells live until the next table_next(); names as the table.
 */
#ifndef TSUNAGARI_TABLE_H
#define TSUNAGARI_TABLE_H

#include <stdbool.h>

#include "arena.h"
#include "csv.h"

struct table;

/* Takes csv over and reads the header; NULL (csv closed) when there is
 * none. */
struct table *table_open(struct csv *csv, struct err *err);
void table_close(struct table *table); /* NULL is fine */

/* The column with exactly this name, or -1. */
int table_column(const struct table *table, const char *name);
/*
 * The column that has one of the names, which stand with '|' between them,
 * as a person reads names: width, kana, case, the kind of dash, spaces,
 * brackets and underscores do not count.  -1: none; -2: more than one (err
 * says which).
 */
int table_match(const struct table *table, const char *names,
    struct err *err);
/* The same comparison for two texts, and its key: equal keys, equal names;
 * "" for what is no name (empty, or longer than 200 bytes). */
bool table_same_name(const char *a, const char *b);
char *table_name_key(struct arena *arena, const char *name);
int table_columns_n(const struct table *table);
const char *table_name(const struct table *table, int column);

/* 1: a row, 0: the end, -1: failed, 2: a row of another width. */
int table_next(struct table *table, struct err *err);
const char *table_cell(const struct table *table, int column);
const struct csv *table_csv(const struct table *table);

#endif
