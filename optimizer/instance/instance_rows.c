/* instance_rows.c: headers and fields of the files of an instance. */
#include "instance_rows.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
note(struct rows_errors *errors, const char *text)
{
    if (errors->count++ == 0) {
        size_t len =
            err_utf8_cut(text, strlen(text), sizeof(errors->first) - 1);
        memcpy(errors->first, text, len);
        errors->first[len] = '\0';
    }
    if (errors->report != NULL) {
        errors->report(errors->data, text);
    }
}

void
rows_error(struct rows_errors *errors, const char *format, ...)
{
    char text[2048];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    note(errors, text);
}

void
rows_bad(struct rows *rows, size_t column, const char *format, ...)
{
    char reason[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(reason, sizeof(reason), format, args);
    va_end(args);
    const struct csv *csv = rows->csv;
    size_t at = rows->at[column];
    rows_error(rows->errors, "%s:%ld:%ld: %s: %s", csv_path(csv),
        csv_line(csv, at), csv_column(csv, at), rows->columns[column],
        reason);
}

static bool
match_header(struct rows *rows)
{
    const struct csv *csv = rows->csv;
    int64_t before = rows->errors->count;
    for (size_t c = 0; c < rows->columns_n; c++) {
        rows->at[c] = SIZE_MAX;
    }
    for (size_t f = 0; f < csv_count(csv); f++) {
        size_t c = 0;
        while (c < rows->columns_n &&
            strcmp(csv_text(csv, f), rows->columns[c]) != 0) {
            c++;
        }
        if (c == rows->columns_n || rows->at[c] != SIZE_MAX) {
            rows_error(rows->errors, "%s:%ld:%ld: header: %s: \"%s\"",
                csv_path(csv), csv_line(csv, f), csv_column(csv, f),
                c == rows->columns_n ? "no such column" : "column twice",
                csv_text(csv, f));
            continue;
        }
        rows->at[c] = f;
    }
    for (size_t c = 0; c < rows->columns_n; c++) {
        if (rows->at[c] == SIZE_MAX) {
            rows_error(rows->errors, "%s:1:1: header: no column \"%s\"",
                csv_path(csv), rows->columns[c]);
        }
    }
    return rows->errors->count == before;
}

bool
rows_open(struct rows *rows, const char *path, bool optional,
    const char *const *columns, size_t columns_n,
    struct rows_errors *errors)
{
    *rows = (struct rows){
        .errors = errors, .columns = columns, .columns_n = columns_n};
    if (optional && access(path, F_OK) != 0) {
        return false;
    }
    struct err err = {0};
    rows->csv = csv_open_large(path, "utf-8", INSTANCE_FILE_MAX, &err);
    int step = rows->csv == NULL ? -1 : csv_next(rows->csv, &err);
    if (step < 0) {
        note(errors, err.text);
    } else if (step == 0) {
        rows_error(errors, "%s:1:1: header: the file is empty", path);
    }
    if (step <= 0 || !match_header(rows)) {
        rows_close(rows);
        return false;
    }
    return true;
}

void
rows_close(struct rows *rows)
{
    csv_close(rows->csv);
    rows->csv = NULL;
}

bool
rows_next(struct rows *rows)
{
    struct err err = {0};
    int step;
    while ((step = csv_next(rows->csv, &err)) > 0) {
        const struct csv *csv = rows->csv;
        if (csv_count(csv) == rows->columns_n) {
            return true;
        }
        rows_error(rows->errors, "%s:%ld:%ld: row: %zu fields, not %zu",
            csv_path(csv), csv_line(csv, 0), csv_column(csv, 0),
            csv_count(csv), rows->columns_n);
    }
    if (step < 0) {
        note(rows->errors, err.text);
    }
    return false;
}

const char *
rows_text(const struct rows *rows, size_t column)
{
    return csv_text(rows->csv, rows->at[column]);
}

int32_t
rows_line(const struct rows *rows)
{
    return (int32_t)csv_line(rows->csv, 0);
}

bool
rows_name(struct rows *rows, size_t column, const char **name)
{
    *name = rows_text(rows, column);
    if (**name == '\0') {
        rows_bad(rows, column, "is empty");
        return false;
    }
    return true;
}

int32_t
rows_known(struct rows *rows, size_t column, const struct name_table *names,
    const char *file)
{
    const char *name;
    if (!rows_name(rows, column, &name)) {
        return -1;
    }
    int32_t index = name_table_find(names, name);
    if (index < 0) {
        rows_bad(rows, column, "not in %s: \"%.200s\"", file, name);
    }
    return index;
}

/* Digits with at most one sign before them; false out of 64 bits. */
static bool
parse(const char *text, int64_t *value)
{
    bool minus = *text == '-';
    text += minus;
    int64_t number = 0;
    const char *s = text;
    for (; *s >= '0' && *s <= '9'; s++) {
        if (__builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, *s - '0', &number)) {
            return false;
        }
    }
    *value = minus ? -number : number;
    return s > text && *s == '\0';
}

bool
rows_int(struct rows *rows, size_t column, int64_t min, int64_t max,
    int64_t *value)
{
    const char *text = rows_text(rows, column);
    if (!parse(text, value) || *value < min || *value > max) {
        rows_bad(rows, column,
            "not a whole number from %" PRId64 " to %" PRId64 ": \"%.100s\"",
            min, max, text);
        return false;
    }
    return true;
}

bool
rows_int_or(struct rows *rows, size_t column, int64_t fallback,
    int64_t min, int64_t max, int64_t *value)
{
    if (rows_text(rows, column)[0] == '\0') {
        *value = fallback;
        return true;
    }
    return rows_int(rows, column, min, max, value);
}
