/* page_report.c: the figures of a period, with charts, a map and files. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"
#include "form.h"
#include "optimizer/base/day.h"
#include "optimizer/staff/report.h"
#include "optimizer/staff/report_region.h"
#include "page.h"
#include "paging.h"
#include "route.h"
#include "tile_map.h"

enum { REPORT_ROWS = 300 }; /* of a table on a page */

/* A day that was asked for, or what stands for it. */
static const char *
asked_day(struct call *call, const char *name, const char *otherwise,
    struct form_errors *errors)
{
    const char *day = request_query(call->request, name);
    if (day_valid(day)) {
        return day;
    }
    if (day[0] != '\0') {
        form_error(call, errors, name, arena_format(call->arena,
            "日付として読めません。%sとして数えています。", otherwise));
    }
    return otherwise;
}

/* The period asked for; what is none is told, and the fiscal year up to its
 * last day taken. */
static bool
make_report(struct call *call, const char *const *keys, int32_t most,
    struct report *report, struct form_errors *errors, struct err *err)
{
    char year[11];
    const char *to = asked_day(call, "to", call->today, errors);
    report_year_start(to, year);
    const char *from = asked_day(call, "from",
        arena_string(call->arena, year), errors);
    if (strcmp(from, to) > 0) {
        form_error(call, errors, "from", arena_format(call->arena,
            "はじめの日がおわりの日より後です。%sから数えています。", year));
        from = arena_string(call->arena, year);
    }
    return report_make(call->store,
        &(struct report_wish){.from = from, .to = to, .keys = keys,
            .most = most}, call->arena, report, err);
}

static void
put_day(struct call *call, const struct form_errors *errors,
    const char *name, const char *label, const char *day)
{
    form_input(call, errors,
        &(struct form_field){.name = name, .label = label, .type = "date",
            .value = form_error_of(errors, name) == NULL
                         ? day
                         : request_query(call->request, name)});
}

static void
put_filter(struct call *call, const struct report *report,
    const struct form_errors *errors)
{
    form_errors_list(call, errors);
    form_begin_filter(call, "/staff/report");
    put_day(call, errors, "from", "はじめの日", report->from);
    put_day(call, errors, "to", "おわりの日", report->to);
    form_button(call, NULL, NULL, "この期間で見る", NULL);
    form_end(call);
    html_format(call->body,
        "<p><a href=\"/staff/report.xlsx?from=%s&amp;to=%s\">"
        "Excelで保存する（すべての表とグラフ）</a></p>\n",
        report->from, report->to);
}

static void
put_contents(struct call *call, const struct report *report)
{
    const char *key, *title;
    html_raw(call->body, "<nav class=\"no-print\" aria-label=\"表の目次\">"
                         "<ul class=\"links\">\n");
    for (int i = 0; report_title(i, &key, &title); i++) {
        html_format(call->body,
            "<li><a href=\"/staff/report/%s?from=%s&amp;to=%s\">%s</a></li>\n",
            key, report->from, report->to, title);
    }
    html_format(call->body,
        "<li><a href=\"/staff/report/all?from=%s&amp;to=%s\">"
        "すべての表（印刷用）</a></li>\n</ul></nav>\n",
        report->from, report->to);
}

/* Bars of the counts, but not of amounts in the lines' own units. */
static void
put_chart_columns(struct call *call, const struct report_table *table)
{
    int n = 0;
    for (int i = 1; i < table->columns_n && n < 4; i++) {
        const struct report_column *column = &table->columns[i];
        if (column->type == REPORT_COUNT &&
            strncmp(column->key, "units", 5) != 0 &&
            strcmp(column->key, "lines") != 0 &&
            strcmp(column->key, "needs") != 0) {
            html_format(call->body, n > 0 ? " %d" : "%d", i);
            n++;
        }
    }
}

static void
put_rows(struct call *call, const struct report_table *table)
{
    const char *heads[REPORT_COLUMNS_MAX + 1] = {NULL};
    char buffer[REPORT_VALUE_SIZE];
    for (int i = 0; i < table->columns_n; i++) {
        heads[i] = table->columns[i].title;
    }
    table_begin(call, table->title, heads);
    for (int32_t r = 0; r < table->rows_n; r++) {
        html_raw(call->body, "<tr>");
        for (int i = 0; i < table->columns_n; i++) {
            bool text = report_cell(table, r, i)->text != NULL;
            const char *value = report_text(table, r, i, buffer);
            if (i == 0 && text) {
                html_format(call->body, "<th scope=\"row\">%s</th>", value);
            } else if (text) {
                html_format(call->body, "<td>%s</td>", value);
            } else {
                html_format(call->body, "<td class=\"num\">%s</td>", value);
            }
        }
        html_raw(call->body, "</tr>\n");
    }
    table_end(call);
}

static void
put_table(struct call *call, const struct report *report,
    const struct report_table *table)
{
    struct html *out = call->body;
    html_format(out, "<section id=\"%s\">\n<h2>%s</h2>\n", table->key,
        table->title);
    if (table->note[0] != '\0') {
        html_format(out, "<p>%s</p>\n", table->note);
    }
    if (table->rows_n == 0) {
        html_raw(out, "<p>この期間にはありません。</p>\n</section>\n");
        return;
    }
    if (table->chart) {
        html_raw(out, "<div class=\"chart\" data-columns=\"");
        put_chart_columns(call, table);
        html_raw(out, "\">\n");
    }
    put_rows(call, table);
    if (table->chart) {
        html_raw(out, "</div>\n");
    }
    if (table->cut) {
        html_format(out,
            "<p>はじめの %d 行です。すべての行はCSVかExcelにあります。</p>\n",
            table->rows_n);
    }
    html_format(out,
        "<p class=\"no-print\"><a href=\"/staff/report/%s.csv?from=%s&amp;"
        "to=%s\">この表をCSVで保存する</a></p>\n</section>\n",
        table->key, report->from, report->to);
}

/* Shares of covered lines, by where the need stands. */
static bool
put_map(struct call *call, const struct report *report, struct err *err)
{
    struct tile_map map;
    struct report_region *regions;
    int32_t n;
    if (!tile_map_load(call->store, call->arena, &map, err) ||
        !report_regions(call->store, report->counted[COVER_BY_PLACE],
            call->arena, &regions, &n, err)) {
        return false;
    }
    for (int32_t i = 0; i < n; i++) {
        struct tile *tile = tile_map_find(&map, regions[i].code);
        if (tile != NULL) {
            tile->known = true;
            tile->value = regions[i].covered * 1000 / regions[i].lines;
            tile->text = arena_format(call->arena, "%d/%d",
                (int)regions[i].covered, (int)regions[i].lines);
        }
    }
    html_raw(call->body, "<h2>地図で見る充足</h2>\n<p>募集の行のうち充足したもの"
                         "（充足した行／行）。濃いほど割合が高く、募集のない所は白。"
                         "市の数には区の数を含みます。</p>\n");
    tile_map_write(&map, TILE_SEQUENCE,
        "市区町村ごとの充足の割合。数は下の「市町村ごとの充足」の表にあります。",
        call->body);
    return true;
}

/* keys NULL: all tables; map: coverage by region comes first. */
static bool
show(struct call *call, const char *const *keys, bool map, struct err *err)
{
    struct report report;
    struct form_errors errors = {0};
    if (!make_report(call, keys, REPORT_ROWS, &report, &errors, err)) {
        return false;
    }
    if (report.tables_n == 0) {
        return call_not_found(call);
    }
    page_begin(call, PAGE_STAFF,
        desk_title(call, "報告",
            keys == NULL ? "すべての表" : map ? NULL : report.tables[0].title,
            ""));
    put_filter(call, &report, &errors);
    if (report.run_id != 0) {
        html_format(call->body,
            "<p>%s から %s まで。充足は %s の計画 %ld によります。</p>\n",
            report.from, report.to, report.plan_date, (long)report.run_id);
    } else {
        html_format(call->body,
            "<p>%s から %s まで。この期間に計画はありません。</p>\n",
            report.from, report.to);
    }
    put_contents(call, &report);
    if (map && report.run_id != 0 && !put_map(call, &report, err)) {
        return false;
    }
    for (int32_t i = 0; i < report.tables_n; i++) {
        put_table(call, &report, &report.tables[i]);
    }
    page_script(call, "/staff/charts.js");
    page_end(call);
    return true;
}

static bool
show_overview(struct call *call, struct err *err)
{
    static const char *const keys[] = {"figures", "coverage",
        "coverage_area", "coverage_municipality", NULL};
    return show(call, keys, true, err);
}

static const char *
file_name(struct call *call, const struct report *report, const char *kind)
{
    return arena_format(call->arena, "tsunagari-%s-%s.%s", report->from,
        report->to, kind);
}

static bool
show_csv(struct call *call, const char *key, struct err *err)
{
    struct report report;
    const char *const keys[] = {key, NULL};
    struct form_errors errors = {0};
    if (!make_report(call, keys, 0, &report, &errors, err)) {
        return false;
    }
    if (report.tables_n == 0) {
        return call_not_found(call);
    }
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL) {
        return fail(err, ERR_SYSTEM, "report: no memory");
    }
    report_write_csv_table(&report.tables[0], out);
    fclose(out);
    response_download(call->response, "text/csv; charset=utf-8",
        file_name(call, &report, arena_format(call->arena, "%s.csv", key)));
    html_bytes(call->body, text, size);
    free(text);
    return true;
}

/* /staff/report/KEY, /staff/report/all, /staff/report/KEY.csv */
static bool
show_one(struct call *call, struct err *err)
{
    const char *name = call->params[0], *end = strrchr(name, '.');
    const char *const keys[] = {name, NULL};
    if (end != NULL && strcmp(end, ".csv") == 0) {
        return show_csv(call,
            arena_bytes(call->arena, name, (size_t)(end - name)), err);
    }
    bool all = strcmp(name, "all") == 0;
    return show(call, all ? NULL : keys, all, err);
}

static bool
write_xlsx(void *report, const char *path, struct err *err)
{
    return report_write_xlsx(report, path, err);
}

static bool
show_xlsx(struct call *call, struct err *err)
{
    struct report report;
    struct form_errors errors = {0};
    return make_report(call, NULL, 0, &report, &errors, err) &&
        response_workbook(call->response, file_name(call, &report, "xlsx"),
            write_xlsx, &report, err);
}

const struct route report_routes[] = {
    {REQUEST_GET, "/staff/report", ROLE_VIEWER, show_overview, "報告", 0},
    {REQUEST_GET, "/staff/report.xlsx", ROLE_VIEWER, show_xlsx, NULL, 0},
    {REQUEST_GET, "/staff/report/:table", ROLE_VIEWER, show_one, NULL, 0},
    {0},
};
