/*
 * report_xlsx.c: a report as one Excel workbook, by libxlsxwriter.
 *
 * A sheet per table: title, how it is counted, then the table with a filter;
 * a bar chart beside it where the table asks for one.  Text is written as
 * text, so that no cell can become a formula.
 */
#include "report.h"

#include <errno.h>
#include <string.h>
#include <xlsxwriter.h>

enum { HEAD_ROW = 3, CHART_SERIES_MAX = 4, CHART_ROWS_MAX = 40 };

struct book {
    lxw_workbook *workbook;
    lxw_format *title, *note, *head, *wrap, *count, *tenth, *share;
};

static lxw_error
write_value(const struct book *book, lxw_worksheet *sheet, lxw_row_t row,
    const struct report_table *table, int32_t r, int i)
{
    const struct report_cell *cell = report_cell(table, r, i);
    lxw_col_t column = (lxw_col_t)i;
    if (cell->empty) {
        return LXW_NO_ERROR;
    }
    switch (table->columns[i].type) {
    case REPORT_TEXT:
    case REPORT_CAUSE:
        return worksheet_write_string(sheet, row, column, cell->text,
            book->wrap);
    case REPORT_COUNT:
        return worksheet_write_number(sheet, row, column,
            (double)cell->value, book->count);
    case REPORT_DAYS:
        return worksheet_write_number(sheet, row, column,
            (double)cell->value / 10, book->tenth);
    case REPORT_SHARE:
        return worksheet_write_number(sheet, row, column,
            (double)cell->value / 1000, book->share);
    }
    return LXW_NO_ERROR;
}

/* The counts of the rows as bars, the first column as their names. */
static void
add_chart(const struct book *book, lxw_worksheet *sheet,
    const struct report_table *table)
{
    if (!table->chart || table->rows_n == 0 ||
        table->rows_n > CHART_ROWS_MAX) {
        return;
    }
    lxw_chart *chart = workbook_add_chart(book->workbook, LXW_CHART_BAR);
    lxw_row_t first = HEAD_ROW + 1;
    lxw_row_t last = HEAD_ROW + (lxw_row_t)table->rows_n;
    for (int i = 1, n = 0; i < table->columns_n && n < CHART_SERIES_MAX;
        i++) {
        if (table->columns[i].type != REPORT_COUNT ||
            strncmp(table->columns[i].key, "units", 5) == 0) {
            continue; /* another measure than the bars beside it */
        }
        lxw_col_t column = (lxw_col_t)i;
        lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
        chart_series_set_categories(series, table->title, first, 0, last, 0);
        chart_series_set_values(series, table->title, first, column, last,
            column);
        chart_series_set_name(series, table->columns[i].title);
        n++;
    }
    chart_title_set_name(chart, table->title);
    chart_axis_set_reverse(chart->y_axis);
    worksheet_insert_chart(sheet, HEAD_ROW, (lxw_col_t)table->columns_n + 1,
        chart);
}

static lxw_error
add_sheet(const struct book *book, const struct report *report,
    const struct report_table *table)
{
    lxw_worksheet *sheet =
        workbook_add_worksheet(book->workbook, table->title);
    if (sheet == NULL) {
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    char period[128];
    snprintf(period, sizeof(period), "期間 %s 〜 %s", report->from,
        report->to);
    lxw_error bad = worksheet_write_string(sheet, 0, 0, table->title,
        book->title);
    if (bad == LXW_NO_ERROR) {
        bad = worksheet_write_string(sheet, 1, 0, period, book->note);
    }
    if (bad == LXW_NO_ERROR && table->note[0] != '\0') {
        bad = worksheet_write_string(sheet, 2, 0, table->note, book->note);
    }
    for (int i = 0; i < table->columns_n && bad == LXW_NO_ERROR; i++) {
        bool text = table->columns[i].type == REPORT_TEXT;
        worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i,
            text ? 28 : 14, NULL);
        bad = worksheet_write_string(sheet, HEAD_ROW, (lxw_col_t)i,
            table->columns[i].title, book->head);
    }
    for (int32_t r = 0; r < table->rows_n; r++) {
        for (int i = 0; i < table->columns_n && bad == LXW_NO_ERROR; i++) {
            bad = write_value(book, sheet, HEAD_ROW + 1 + (lxw_row_t)r,
                table, r, i);
        }
    }
    if (table->rows_n > 0) {
        worksheet_autofilter(sheet, HEAD_ROW, 0,
            HEAD_ROW + (lxw_row_t)table->rows_n,
            (lxw_col_t)table->columns_n - 1);
    }
    worksheet_freeze_panes(sheet, HEAD_ROW + 1, 1);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_repeat_rows(sheet, HEAD_ROW, HEAD_ROW);
    add_chart(book, sheet, table);
    return bad;
}

static void
add_formats(struct book *book)
{
    book->title = workbook_add_format(book->workbook);
    format_set_bold(book->title);
    format_set_font_size(book->title, 14);
    book->note = workbook_add_format(book->workbook);
    format_set_font_color(book->note, 0x555555);
    book->head = workbook_add_format(book->workbook);
    format_set_bold(book->head);
    format_set_text_wrap(book->head);
    format_set_bottom(book->head, LXW_BORDER_THIN);
    book->wrap = workbook_add_format(book->workbook);
    format_set_text_wrap(book->wrap);
    format_set_align(book->wrap, LXW_ALIGN_VERTICAL_TOP);
    book->count = workbook_add_format(book->workbook);
    format_set_num_format(book->count, "#,##0");
    book->tenth = workbook_add_format(book->workbook);
    format_set_num_format(book->tenth, "0.0");
    book->share = workbook_add_format(book->workbook);
    format_set_num_format(book->share, "0.0%");
}

bool
report_write_xlsx(const struct report *report, const char *path,
    struct err *err)
{
    FILE *probe = fopen(path, "wb"); /* the library only prints why not */
    if (probe == NULL) {
        return fail(err, ERR_SYSTEM, "cannot create \"%s\": %s", path,
            strerror(errno));
    }
    fclose(probe);
    struct book book = {.workbook = workbook_new(path)};
    if (book.workbook == NULL) {
        return fail(err, ERR_SYSTEM, "no memory for \"%s\"", path);
    }
    add_formats(&book);
    lxw_error bad = LXW_NO_ERROR;
    for (int32_t i = 0; i < report->tables_n && bad == LXW_NO_ERROR; i++) {
        bad = add_sheet(&book, report, &report->tables[i]);
    }
    lxw_error closed = workbook_close(book.workbook);
    bad = bad != LXW_NO_ERROR ? bad : closed;
    return bad == LXW_NO_ERROR ||
        fail(err, ERR_SYSTEM, "cannot write \"%s\": %s", path,
            lxw_strerror(bad));
}
