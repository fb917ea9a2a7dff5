/* report_write.c: a report as text, JSON and CSV. */
#include "report.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "optimizer/base/csv_write.h"

static void
print_table(const struct report_table *table, FILE *out)
{
    char buffer[REPORT_VALUE_SIZE];
    fprintf(out, "\n== %s\n", table->title);
    if (table->note[0] != '\0') {
        fprintf(out, "%s\n", table->note);
    }
    for (int i = 0; i < table->columns_n; i++) {
        fprintf(out, "%s%s", i > 0 ? "\t" : "", table->columns[i].title);
    }
    putc('\n', out);
    for (int32_t r = 0; r < table->rows_n; r++) {
        for (int i = 0; i < table->columns_n; i++) {
            fprintf(out, "%s%s", i > 0 ? "\t" : "",
                report_text(table, r, i, buffer));
        }
        putc('\n', out);
    }
    if (table->rows_n == 0) {
        fputs("（なし）\n", out);
    }
}

void
report_print(const struct report *report, FILE *out)
{
    fprintf(out, "期間 %s 〜 %s", report->from, report->to);
    if (report->run_id != 0) {
        fprintf(out, "  計画 %lld（%s）\n", (long long)report->run_id,
            report->plan_date);
    } else {
        fputs("  期間に計画はない\n", out);
    }
    for (int32_t i = 0; i < report->tables_n; i++) {
        print_table(&report->tables[i], out);
    }
}

static void
write_row(const struct report_table *table, int32_t row, struct json *json)
{
    json_open(json, '{');
    for (int i = 0; i < table->columns_n; i++) {
        const struct report_cell *cell = report_cell(table, row, i);
        json_key(json, table->columns[i].key);
        if (cell->empty) {
            json_null(json);
        } else if (cell->text != NULL) {
            json_text(json, cell->text);
        } else {
            json_int(json, cell->value);
        }
    }
    json_close(json, '}');
}

void
report_write_json(const struct report *report, struct json *json)
{
    json_open(json, '{');
    json_put_text(json, "from", report->from);
    json_put_text(json, "to", report->to);
    json_key(json, "run");
    if (report->run_id != 0) {
        json_int(json, report->run_id);
    } else {
        json_null(json);
    }
    json_key(json, "tables");
    json_open(json, '{');
    for (int32_t i = 0; i < report->tables_n; i++) {
        json_key(json, report->tables[i].key);
        json_open(json, '[');
        for (int32_t r = 0; r < report->tables[i].rows_n; r++) {
            write_row(&report->tables[i], r, json);
        }
        json_close(json, ']');
    }
    json_close(json, '}');
    json_close(json, '}');
}

void
report_write_csv_table(const struct report_table *table, FILE *out)
{
    char buffer[REPORT_VALUE_SIZE];
    fputs("\xEF\xBB\xBF", out); /* Excel takes it for UTF-8 then */
    for (int i = 0; i < table->columns_n; i++) {
        fprintf(out, "%s%s", i > 0 ? "," : "", table->columns[i].title);
    }
    fputs("\r\n", out);
    for (int32_t r = 0; r < table->rows_n; r++) {
        for (int i = 0; i < table->columns_n; i++) {
            if (i > 0) {
                putc(',', out);
            }
            csv_write_safe(out, report_text(table, r, i, buffer));
        }
        fputs("\r\n", out);
    }
}

bool
report_write_csv(const struct report *report, const char *dir,
    struct err *err)
{
    if (mkdir(dir, 0777) != 0 && errno != EEXIST) {
        return fail(err, ERR_SYSTEM, "cannot make \"%s\": %s", dir,
            strerror(errno));
    }
    for (int32_t i = 0; i < report->tables_n; i++) {
        char path[4096];
        if (snprintf(path, sizeof(path), "%s/%s.csv", dir,
                report->tables[i].key) >= (int)sizeof(path)) {
            return fail(err, ERR_USAGE, "path is too long: \"%.100s\"", dir);
        }
        FILE *out = fopen(path, "w");
        if (out == NULL) {
            return fail(err, ERR_SYSTEM, "cannot create \"%s\": %s", path,
                strerror(errno));
        }
        report_write_csv_table(&report->tables[i], out);
        bool broken = ferror(out) != 0;
        if (fclose(out) != 0 || broken) {
            return fail(err, ERR_SYSTEM, "cannot write \"%s\": %s", path,
                strerror(errno));
        }
    }
    return true;
}
