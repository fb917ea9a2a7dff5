/* csv.c: one state machine over bytes of UTF-8 (csv.h). */
#include "csv.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "text_input.h"

enum state {
    FIELD_START, /* nothing of the field seen */
    PLAIN,
    QUOTED,
    QUOTE_SEEN, /* in a quoted field: its end, or half of "" */
    CR_SEEN     /* LF must follow */
};

struct field {
    size_t begin;
    long line, column;
};

struct csv {
    struct text_input *input;
    char *path;
    const char *block;
    size_t block_len;
    long line, column; /* of the next character */
    enum state state;
    bool started;      /* the row has a character or a comma */
    bool records;      /* a break within a field is no line */
    char *bytes;
    size_t bytes_len, bytes_cap;
    size_t fields_n;
    struct field fields[CSV_COLUMNS_MAX + 1];
};

static int
broken(struct csv *csv, const char *reason, struct err *err)
{
    fail(err, ERR_INPUT, "%s:%ld:%ld: %s", csv->path, csv->line,
        csv->column, reason);
    return -1;
}

static struct csv *
csv_make(struct text_input *input, const char *path)
{
    struct csv *csv = xcalloc(1, sizeof(*csv));
    csv->input = input;
    csv->path = xmalloc(strlen(path) + 1);
    strcpy(csv->path, path);
    csv->line = csv->column = 1;
    return csv;
}

struct csv *
csv_open_large(const char *path, const char *encoding, int64_t most,
    struct err *err)
{
    struct text_input *input = text_input_open(path, encoding, most, err);
    return input != NULL ? csv_make(input, path) : NULL;
}

struct csv *
csv_open(const char *path, const char *encoding, struct err *err)
{
    return csv_open_large(path, encoding, TEXT_INPUT_MAX, err);
}

struct csv *
csv_open_memory(const char *name, const void *data, size_t len)
{
    return csv_make(text_input_open_memory(data, len), name);
}

void
csv_lines_are_records(struct csv *csv)
{
    csv->records = true;
}

void
csv_close(struct csv *csv)
{
    if (csv == NULL) {
        return;
    }
    text_input_close(csv->input);
    free(csv->path);
    free(csv->bytes);
    free(csv);
}

/* 1: *c is the next byte, still to be taken; 0: the end; -1: failed. */
static int
peek(struct csv *csv, char *c, struct err *err)
{
    if (csv->block_len == 0) {
        const char *reason = NULL;
        int step = text_input_read(csv->input, &csv->block, &csv->block_len,
            &reason);
        if (step <= 0) {
            csv->block_len = 0;
            return step < 0 ? broken(csv, reason, err) : 0;
        }
    }
    *c = csv->block[0];
    return 1;
}

static void
take(struct csv *csv, char c)
{
    csv->block++;
    csv->block_len--;
    if (c == '\n' && !(csv->records && csv->state == QUOTED)) {
        csv->line++;
        csv->column = 1;
    } else if (((unsigned char)c & 0xC0) != 0x80) {
        csv->column++;
    }
}

static void
push(struct csv *csv, char c)
{
    if (csv->bytes_len == csv->bytes_cap) {
        csv->bytes_cap = csv->bytes_cap > 0 ? 2 * csv->bytes_cap : 4096;
        csv->bytes = xrealloc(csv->bytes, csv->bytes_cap, 1);
    }
    csv->bytes[csv->bytes_len++] = c;
}

static void
field_begin(struct csv *csv)
{
    struct field *field = &csv->fields[csv->fields_n];
    field->begin = csv->bytes_len;
    field->line = csv->line;
    field->column = csv->column;
    csv->state = FIELD_START;
}

static void
field_end(struct csv *csv)
{
    push(csv, '\0');
    csv->fields_n++;
}

static const char *
add(struct csv *csv, char c)
{
    if (csv->bytes_len - csv->fields[csv->fields_n].begin >= CSV_FIELD_MAX) {
        return "field longer than 65536 bytes";
    }
    if (csv->bytes_len - csv->fields_n >= CSV_ROW_MAX) {
        return "row longer than 1048576 bytes";
    }
    push(csv, c);
    return NULL;
}

static const char *
step_quoted(struct csv *csv, char c)
{
    if (csv->state == QUOTED) {
        if (c != '"') {
            return add(csv, c);
        }
        csv->state = QUOTE_SEEN;
        return NULL;
    }
    if (c != '"') {
        return "text behind the closing quote";
    }
    csv->state = QUOTED;
    return add(csv, c);
}

/* One byte inside a row; sets *end at its line break.  NULL or a reason. */
static const char *
step(struct csv *csv, char c, bool *end)
{
    if (c == '\0') {
        return "NUL byte";
    }
    if (csv->state == CR_SEEN) {
        *end = c == '\n';
        return *end ? NULL : "carriage return without line feed";
    }
    if (csv->state == QUOTED ||
        (csv->state == QUOTE_SEEN && c != ',' && c != '\r' && c != '\n')) {
        csv->started = true;
        return step_quoted(csv, c);
    }
    switch (c) {
    case ',':
        if (csv->fields_n + 1 >= CSV_COLUMNS_MAX) {
            return "more than 512 columns";
        }
        csv->started = true;
        field_end(csv);
        return NULL; /* the caller begins the next behind the comma */
    case '\n':
        *end = true;
        return NULL;
    case '\r':
        csv->state = CR_SEEN;
        return NULL;
    case '"':
        csv->started = true;
        if (csv->state != FIELD_START) {
            return "quote inside an unquoted field";
        }
        csv->state = QUOTED;
        return NULL;
    default:
        csv->started = true;
        csv->state = PLAIN;
        return add(csv, c);
    }
}

static void
row_begin(struct csv *csv)
{
    csv->bytes_len = 0;
    csv->fields_n = 0;
    csv->started = false;
    field_begin(csv);
}

static int
at_end(struct csv *csv, struct err *err)
{
    if (csv->state == QUOTED) {
        const struct field *field = &csv->fields[csv->fields_n];
        fail(err, ERR_INPUT, "%s:%ld:%ld: quote is never closed", csv->path,
            field->line, field->column);
        return -1;
    }
    if (csv->state == CR_SEEN) {
        return broken(csv, "carriage return without line feed", err);
    }
    if (!csv->started) {
        return 0;
    }
    field_end(csv);
    return 1;
}

int
csv_next(struct csv *csv, struct err *err)
{
    row_begin(csv);
    for (;;) {
        char c = 0;
        int got = peek(csv, &c, err);
        if (got <= 0) {
            return got < 0 ? -1 : at_end(csv, err);
        }
        bool end = false;
        size_t fields = csv->fields_n;
        const char *reason = step(csv, c, &end);
        if (reason != NULL) {
            return broken(csv, reason, err);
        }
        take(csv, c);
        if (csv->fields_n > fields) {
            field_begin(csv);
        }
        if (end && csv->started) {
            field_end(csv);
            return 1;
        }
        if (end) {
            row_begin(csv); /* an empty line */
        }
    }
}

size_t
csv_count(const struct csv *csv)
{
    return csv->fields_n;
}

const char *
csv_text(const struct csv *csv, size_t i)
{
    return csv->bytes + csv->fields[i].begin;
}

size_t
csv_length(const struct csv *csv, size_t i)
{
    size_t end = i + 1 < csv->fields_n ? csv->fields[i + 1].begin
                                       : csv->bytes_len;
    return end - csv->fields[i].begin - 1;
}

long
csv_line(const struct csv *csv, size_t i)
{
    return csv->fields[i].line;
}

long
csv_column(const struct csv *csv, size_t i)
{
    return csv->fields[i].column;
}

const char *
csv_path(const struct csv *csv)
{
    return csv->path;
}

const char *
csv_encoding(const struct csv *csv)
{
    return text_input_encoding(csv->input);
}
