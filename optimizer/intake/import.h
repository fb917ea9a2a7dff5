/*
 * import.h: one file into the store: the frame that every import shares.
 *
 * Meaning   a kind of import names its columns and turns one row into
 *           drafts; the frame reads, reports bad rows as
 *           `path:line:column: field: reason` on stderr, and keeps all in
 *           one transaction: with a bad row nothing is written, unless
 *           skip_bad.  A structural fault of the file (csv.h) ends the
 *           import in any case.
 * Cells     white space around a cell does not count; "-" and its kin
 *           alone mean blank.
 * Failure   ERR_INPUT: bad rows or a file of another kind; ERR_SYSTEM: the
 *           store.  Nothing is written then.
 * Lifetime  what import_cell() gives lives until the next row.
 */
#ifndef TSUNAGARI_IMPORT_H
#define TSUNAGARI_IMPORT_H

#include "entry.h"
#include "optimizer/base/table.h"
#include "region_find.h"
#include "vocab.h"

enum { IMPORT_COLUMNS_MAX = 64 };

struct import_options {
    const char *encoding;         /* NULL: detect */
    const char *confirmed_on;     /* 確認日, YYYY-MM-DD */
    const char *organisation_key; /* NULL: as the row says */
    const char *region_code;      /* for rows that name none, or NULL */
    const char *source;           /* attribution line, or NULL */
    const char *network;          /* whose list of members it is, or NULL */
    bool approve, skip_bad, dry_run;
    const char *origin; /* of entries that are no example; NULL: sheet */
    /* Told of a bad cell (column of the kind, -1: the row) instead of
     * stderr; NULL: stderr. */
    void (*bad)(void *data, int column, const char *reason);
    void *bad_data;
};

struct import_counts {
    int64_t rows, inserted, updated, unchanged, bad;
    int64_t organisations; /* made on the way */
};

struct import_column {
    const char *names; /* table_match(); the first is the template's */
    bool required;
    const char *help, *example; /* of the template, or NULL */
};

struct import;

struct import_kind {
    const char *name; /* "events" */
    const struct import_column *columns;
    int columns_n;
    /* One row; bad cells by import_bad(); false only for err. */
    bool (*row)(struct import *import, struct err *err);
    /* Behind the last row; may be NULL. */
    bool (*end)(struct import *import, struct err *err);
    /* Rows whose first column begins with '#' are remarks. */
    bool remarks;
};

extern const struct import_kind import_organisations, import_entries,
    import_cases, import_facilities, import_events;

/* By name; NULL: no such kind. */
const struct import_kind *import_kind_find(const char *name);

struct import {
    const struct import_kind *kind;
    const struct import_options *options;
    struct store *store;
    struct table *table;
    int columns[IMPORT_COLUMNS_MAX];
    struct arena arena, row_arena; /* of the import; of the row */
    struct region_find regions;
    struct vocab kinds, targets, themes, pillars, sectors, forms, activities;
    struct organisation_writer organisations;
    struct entry_writer entries;
    struct store_stmt *seen; /* keys of this file */
    struct import_counts counts;
    const char *file_code; /* region code in front of the file's name */
    bool row_bad;
};

bool import_run(struct store *store, const struct import_kind *kind,
    const char *path, const struct import_options *options,
    struct import_counts *counts, struct err *err);

/* The same in the running transaction, from csv, which it takes over; with a
 * failure the caller rolls back (or to a savepoint). */
bool import_csv(struct store *store, const struct import_kind *kind,
    struct csv *csv, const struct import_options *options,
    struct import_counts *counts, struct err *err);

/* For the row functions. */
const char *import_cell(struct import *import, int column);
/* The same of any text: as "Cells" above says. */
const char *import_trimmed(struct arena *arena, const char *text);
bool import_has(const struct import *import, int column);
/* The row is bad; column -1: the row as a whole. */
void import_bad(struct import *import, int column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Is it what a spreadsheet shows for a formula that failed? */
bool import_formula_error(const char *text);
/* Is a row with this first cell a remark? */
bool import_remark(const char *first);
/* Cells that are read hold no control characters (but tab and line breaks),
 * no marks that turn the direction of text and no error of a formula; others
 * are bad. */
void import_check_characters(struct import *import);
/* Fit for one line of a message: '?' for such characters, no breaks. */
void import_make_plain(char *text);
/* The key has not been used in this file, else the row is bad. */
bool import_key_new(struct import *import, const char *key, int column,
    struct err *err);
/* Counts what organisation_put() or entry_put() did. */
void import_count(struct import *import, enum put_outcome outcome);
/* entry_draft_check(), entry_put() and the count; a bad draft is a bad
 * row. */
bool import_put_entry(struct import *import, struct entry_draft *draft,
    struct err *err);
/* confirmed_on, source, approve of the options. */
void import_begin_entry(const struct import *import,
    struct entry_draft *draft);

/* import_cell.c: cells of a certain form; a wrong one is a bad cell. */
/* A key in ASCII where it is written in full width, unless known_sql (?1, the
 * key as written) has a row. */
const char *import_key(struct import *import, int column,
    const char *known_sql, struct err *err);
void import_text(struct import *import, struct record *record, int field,
    int column);
void import_url(struct import *import, struct record *record, int field,
    int column);
void import_email(struct import *import, struct record *record, int field,
    int column);
/* 451234567 is a number that a spreadsheet made of 0451234567: refused. */
void import_phone(struct import *import, struct record *record, int field,
    int column);
/* "need" or "offer" for ニーズ, 課題, 募集, シーズ, 資源; NULL: neither. */
const char *import_side_word(const char *text);
/* 1: はい or the like, 0: いいえ or the like, -1: neither. */
int import_flag_word(const char *text);
void import_flag(struct import *import, struct record *record, int field,
    int column); /* 1 0 はい いいえ 有 無 可 不可 yes no */
void import_count_cell(struct import *import, struct record *record,
    int field, int column, int64_t min, int64_t max);
void import_date(struct import *import, struct record *record, int field,
    int column);
void import_time(struct import *import, struct record *record, int field,
    int column);
void import_degrees(struct import *import, struct record *record, int lat,
    int lon, int lat_column, int lon_column);
void import_term(struct import *import, struct record *record, int field,
    int column, const struct vocab *vocab);
void import_region(struct import *import, struct record *record, int field,
    int column);
/* people, minutes and yen of a text that is kept as it is */
void import_ranges(struct record *record, const char *people,
    const char *duration, const char *cost);
/* The next of a list "a;b、c", trimmed, or NULL; *list moves on. */
const char *import_item(struct arena *arena, const char **list);
void import_list(struct import *import, struct entry_list *list, int column,
    const struct vocab *vocab);

/*
 * import_lines.c: the lines of an entry in one cell, ';' or a line break
 * between them, white space between the words of one:
 *
 *   line  = kind quantity { word } [ text ]
 *   kind  = id or Japanese label of a resource kind (会場 is not one,
 *           施設・場所 and venue are)
 *   quantity = whole number, at once followed by its unit: 3人, 1回,
 *           1,000食; neither 1.5時間 nor 10～20人
 *   word  = @YEN        unit cost, 0 if not said: @1500 or @1,500円
 *         | 最小N       minimum lot
 *         | 一括        all of it from one partner, or nothing
 *         | 曜日ごと     offers: so much on each of the entry's weekdays,
 *                       7 where it names none; not with 住民向け
 *         | 住民向け     open to residents: the quantity is 定員 per month
 *   text  = what is not one of these words, to the end of the line
 */
void import_lines(struct import *import, struct entry_draft *draft,
    int column);
/* Its parts: a number, full-width or not, which may be 0; what it counts,
 * which does not begin as a number goes on; yen, with or without 円. */
bool import_line_quantity(const char *text, int64_t *value);
bool import_line_unit(const char *text);
bool import_line_yen(const char *text, int64_t *value);
/* Adds a line; the cell is bad if there is no room. */
void import_line_add(struct import *import, struct entry_draft *draft,
    int column, const struct entry_line *line);

#endif
