/*
 * report.h: the figures of the network for a period, as tables.
 *
 * Meaning   the KPI sheet: members, entries, how far needs are covered (by
 *           area, municipality, sector, theme, kind), the way from a
 *           suggestion to what was held, causes, resources that no plan ever
 *           named, municipalities without a venue, and the figures that
 *           the 事業実施報告書 asks for.  One table per question, each from one
 *           statement (report_list.c); text, CSV, Excel, JSON and pages show
 *           the same cells.
 * Units     counts; days in tenths (medians); dates are days in Japan, both
 *           ends of the period count.
 * Reads     one view of the store, the caller's transaction.
 * Failure   the store's.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_REPORT_H
#define TSUNAGARI_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "optimizer/base/arena.h"
#include "optimizer/base/err.h"
#include "optimizer/base/json.h"
#include "optimizer/plan/cover.h"
#include "optimizer/store/store.h"

enum { REPORT_COLUMNS_MAX = 10 };

/* How the cells of a column read. */
enum report_type {
    REPORT_TEXT,
    REPORT_CAUSE, /* a code of cause.h, shown in words */
    REPORT_COUNT,
    REPORT_DAYS, /* tenths of a day */
    REPORT_SHARE /* tenths of a percent */
};

struct report_column {
    const char *key, *title; /* "covered", "充足" */
    enum report_type type;
};

struct report_cell {
    bool empty; /* nothing known */
    int64_t value;
    const char *text; /* of a text or cause column, else NULL */
};

struct report_table {
    const char *key, *title; /* "coverage_area", "地域圏ごとの充足" */
    const char *note;        /* how it is counted; "" */
    const struct report_column *columns;
    int columns_n;
    struct report_cell *cells; /* row by row */
    int32_t rows_n;
    bool cut;   /* there are more rows than wanted */
    bool chart; /* its counts beside its first column make a bar chart */
};

struct report {
    char from[11], to[11];
    int64_t run_id; /* the last plan of the period; 0: none */
    char plan_date[11];
    const char *counted[COVER_BY_COUNT]; /* cover_load(), if asked for */
    struct report_table *tables;
    int32_t tables_n;
};

struct report_wish {
    const char *from, *to;   /* YYYY-MM-DD, from <= to */
    const char *const *keys; /* the tables wanted, ends with NULL; NULL: all */
    int32_t most;            /* rows of each table; 0: all */
};

/* A key that is none is left out. */
bool report_make(struct store *store, const struct report_wish *wish,
    struct arena *arena, struct report *report, struct err *err);
/* Of the i-th table, without asking anything; false behind the last. */
bool report_title(int i, const char **key, const char **title);

const struct report_cell *report_cell(const struct report_table *table,
    int32_t row, int column);
/* The cell as people read it: "12", "3.5", "41.2%", "". */
enum { REPORT_VALUE_SIZE = 32 };
const char *report_text(const struct report_table *table, int32_t row,
    int column, char buffer[REPORT_VALUE_SIZE]);

/* The period's begin if only its end is known: the fiscal year's 1 April. */
void report_year_start(const char *to, char from[11]);

void report_print(const struct report *report, FILE *out);
void report_write_json(const struct report *report, struct json *json);
/* UTF-8 with BOM, CRLF. */
void report_write_csv_table(const struct report_table *table, FILE *out);
/* One file KEY.csv per table in dir, which is made. */
bool report_write_csv(const struct report *report, const char *dir,
    struct err *err);
/* One workbook: a sheet per table, charts beside those that have one. */
bool report_write_xlsx(const struct report *report, const char *path,
    struct err *err);

#endif
