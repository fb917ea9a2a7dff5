/*
 * instance_rows.h: one CSV file of an instance, by column name.
 *
 * Meaning   the header is matched with the wanted columns; fields are then
 *           taken by the index of the wanted column.
 * Units     files of at most INSTANCE_FILE_MAX bytes, read as a stream.
 * Failure   bad fields go to the reporter and are counted; reading goes on.
 *           A broken header or file ends this file.
 * Lifetime  text until the next row.
 */
#ifndef TSUNAGARI_INSTANCE_ROWS_H
#define TSUNAGARI_INSTANCE_ROWS_H

#include <stdint.h>

#include "instance_file.h"
#include "name_table.h"
#include "optimizer/base/csv.h"

enum { ROWS_COLUMNS_MAX = 8 };

struct rows_errors {
    instance_report *report; /* NULL: only counted */
    void *data;
    int64_t count;
    char first[sizeof(((struct err *)0)->text)];
};

struct rows {
    struct csv *csv;
    struct rows_errors *errors;
    const char *const *columns;
    size_t columns_n;
    size_t at[ROWS_COLUMNS_MAX]; /* field of the wanted column */
};

/* False when the file is absent (and optional) or its header is broken. */
bool rows_open(struct rows *rows, const char *path, bool optional,
    const char *const *columns, size_t columns_n,
    struct rows_errors *errors);
void rows_close(struct rows *rows);

/* False at the end; rows with a wrong number of fields are skipped. */
bool rows_next(struct rows *rows);

const char *rows_text(const struct rows *rows, size_t column);
void rows_bad(struct rows *rows, size_t column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Reports an empty field. */
bool rows_name(struct rows *rows, size_t column, const char **name);
/* The index of a name that another file must have; -1 after a report. */
int32_t rows_known(struct rows *rows, size_t column,
    const struct name_table *names, const char *file);
bool rows_int(struct rows *rows, size_t column, int64_t min, int64_t max,
    int64_t *value);
/* Empty gives the default, which may lie outside the range. */
bool rows_int_or(struct rows *rows, size_t column, int64_t fallback,
    int64_t min, int64_t max, int64_t *value);
int32_t rows_line(const struct rows *rows);

/* For what is no field of the current row. */
void rows_error(struct rows_errors *errors, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
