/*
 * csv.h: a strict streaming reader of RFC 4180 with the place of every field.
 *
 * Meaning   fields between commas, quoted ones may hold commas, line breaks
 *           and doubled quotes; lines end in LF or CRLF, mixed or not;
 *           empty lines are skipped.  Encodings: text_input.h.
 * Units     lines of the file and columns in characters, both 1-based: the
 *           first character of the field, its quote if it has one.
 * Failure   csv_next() gives -1 and an error "path:line:column: reason" for
 *           what breaks the structure (a stray or unterminated quote, a bare
 *           carriage return, NUL, bytes of no character, a limit below);
 *           nothing behind such a place can be trusted, so reading ends.
 * Lifetime  fields live until the next csv_next(); NUL-terminated.
 * Why ours  libcsv knows neither line nor column of a field, so that a bad
 *           cell could not be named.
 */
#ifndef TSUNAGARI_CSV_H
#define TSUNAGARI_CSV_H

#include <stddef.h>
#include <stdint.h>

#include "err.h"

/* Limits; the file's own is TEXT_INPUT_MAX, but for csv_open_large(). */
enum {
    CSV_ROW_MAX = 1024 * 1024, /* bytes of UTF-8 in all fields of a row */
    CSV_FIELD_MAX = 64 * 1024, /* bytes of UTF-8 */
    CSV_COLUMNS_MAX = 512
};

struct csv;

/* path "-" is standard input; encoding as in text_input_open(). */
struct csv *csv_open(const char *path, const char *encoding,
    struct err *err);
/* The same for a file of up to so many bytes. */
struct csv *csv_open_large(const char *path, const char *encoding,
    int64_t most, struct err *err);
/* Bytes that outlive the reader, named in messages. */
struct csv *csv_open_memory(const char *name, const void *data, size_t len);
/* The lines of messages are records from here on, as rows of a sheet: a
 * break within a field counts for none. */
void csv_lines_are_records(struct csv *csv);
void csv_close(struct csv *csv); /* NULL is fine */

/* 1: a row, 0: the end, -1: failed. */
int csv_next(struct csv *csv, struct err *err);

size_t csv_count(const struct csv *csv);
const char *csv_text(const struct csv *csv, size_t i);
size_t csv_length(const struct csv *csv, size_t i);
long csv_line(const struct csv *csv, size_t i);
long csv_column(const struct csv *csv, size_t i);
const char *csv_path(const struct csv *csv);
const char *csv_encoding(const struct csv *csv);

#endif
