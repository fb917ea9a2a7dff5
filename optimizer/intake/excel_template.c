/*
 * excel_template.c: the empty sheet of an import as a workbook (excel.h).
 * Every cell is text: what a column means is said in its second row, and the
 * columns that take one of a few words offer them.
 */
#include "excel.h"

#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>

enum { ROWS_OFFERED = 500 };

static const struct {
    const char *table, *title;
} words[] = {
    {"resource_kinds", "資源の種類（明細）"},
    {"target_groups", "対象区分"},
    {"activity_kinds", "活動の種類"},
    {"themes", "テーマ"},
    {"pillars", "柱"},
    {"sectors", "分野"},
    {"org_forms", "法人格"},
};

static struct {
    const char *column;
    char *list[5]; /* the library's type; it reads */
} offers[] = {
    {"種別", {"ニーズ", "シーズ"}},
    {"範囲外不可", {"0", "1"}},
    {"連絡先の公開", {"0", "1"}},
    {"緊急度", {"0", "1", "2", "3"}},
};

struct book {
    lxw_workbook *workbook;
    lxw_format *head, *help, *text;
};

static void
put_offer(lxw_worksheet *sheet, lxw_col_t column, const char *name)
{
    for (size_t i = 0; i < sizeof(offers) / sizeof(offers[0]); i++) {
        if (strcmp(name, offers[i].column) == 0) {
            lxw_data_validation rule = {
                .validate = LXW_VALIDATION_TYPE_LIST,
                .value_list = offers[i].list};
            worksheet_data_validation_range(sheet, 3, column,
                ROWS_OFFERED, column, &rule);
        }
    }
}

static void
put_columns(const struct book *book, lxw_worksheet *sheet,
    const struct import_kind *kind)
{
    lxw_col_t at = 0;
    for (int i = 0; i < kind->columns_n; i++) {
        const struct import_column *column = &kind->columns[i];
        if (column->help == NULL) {
            continue; /* read, but not on the sheet */
        }
        char name[200], help[1024], example[1024];
        snprintf(name, sizeof(name), "%.*s",
            (int)strcspn(column->names, "|"), column->names);
        snprintf(help, sizeof(help), "%s%s%s", at == 0 ? "#" : "",
            column->required ? "必須。" : "", column->help);
        snprintf(example, sizeof(example), "%s%s", at == 0 ? "#" : "",
            column->example);
        worksheet_set_column(sheet, at, at, 22, book->text);
        worksheet_write_string(sheet, 0, at, name, book->head);
        worksheet_write_string(sheet, 1, at, help, book->help);
        worksheet_write_string(sheet, 2, at, example, book->help);
        put_offer(sheet, at, name);
        at++;
    }
    worksheet_freeze_panes(sheet, 1, 0);
}

static bool
put_words(const struct book *book, lxw_worksheet *sheet, lxw_col_t at,
    const char *table, const char *title, struct store *store,
    struct err *err)
{
    char sql[160];
    snprintf(sql, sizeof(sql),
        "SELECT label_ja FROM %s WHERE staff_only = 0 ORDER BY sort, id",
        table);
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    worksheet_set_column(sheet, at, at, 28, NULL);
    worksheet_write_string(sheet, 0, at, title, book->head);
    int step;
    for (lxw_row_t row = 1; (step = store_step(stmt, err)) > 0; row++) {
        worksheet_write_string(sheet, row, at, store_text(stmt, 0), NULL);
    }
    store_finish(stmt);
    return step == 0;
}

bool
excel_template(struct store *store, const struct import_kind *kind,
    const char *path, struct err *err)
{
    struct book book = {.workbook = workbook_new(path)};
    if (book.workbook == NULL) {
        return fail(err, ERR_SYSTEM, "excel: cannot write \"%s\"", path);
    }
    book.head = workbook_add_format(book.workbook);
    book.help = workbook_add_format(book.workbook);
    book.text = workbook_add_format(book.workbook);
    format_set_bold(book.head);
    format_set_text_wrap(book.help);
    format_set_font_color(book.help, LXW_COLOR_GRAY);
    format_set_num_format(book.text, "@"); /* 2026-12-02 stays as typed */
    lxw_worksheet *sheet =
        workbook_add_worksheet(book.workbook, "シート");
    lxw_worksheet *list = workbook_add_worksheet(book.workbook, "ことば");
    bool ok = true;
    put_columns(&book, sheet, kind);
    for (size_t i = 0; ok && i < sizeof(words) / sizeof(words[0]); i++) {
        ok = put_words(&book, list, (lxw_col_t)i, words[i].table,
            words[i].title, store, err);
    }
    lxw_error closed = workbook_close(book.workbook);
    return ok && (closed == LXW_NO_ERROR ||
                     fail(err, ERR_SYSTEM, "excel: %s: \"%s\"",
                         lxw_strerror(closed), path));
}
