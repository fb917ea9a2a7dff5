/* report.c: asks the questions of report_list.h; the report command and the
 * staff's pages read the tables. */
#include "report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/market/cause.h"
#include "optimizer/store/run.h"
#include "optimizer/store/weights.h"
#include "report_list.h"

static bool
find_run(struct store *store, struct report *report, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT id, plan_date FROM runs WHERE " RUN_HAS_PLAN
        " AND plan_date BETWEEN ?1 AND ?2"
        " ORDER BY plan_date DESC, id DESC LIMIT 1",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, report->from);
    store_bind_text(stmt, 2, report->to);
    int got = store_step(stmt, err);
    if (got == 1) {
        report->run_id = store_int(stmt, 0);
        memcpy(report->plan_date, store_text(stmt, 1), 10);
    }
    store_finish(stmt);
    return got >= 0;
}

static void
take_cell(struct store_stmt *stmt, int column, enum report_type type,
    struct arena *arena, struct report_cell *cell)
{
    cell->empty = store_is_null(stmt, column);
    if (type == REPORT_TEXT) {
        cell->text = arena_string(arena, store_text(stmt, column));
    } else if (type == REPORT_CAUSE) {
        const char *code = store_text(stmt, column);
        enum cause cause = cause_find(code);
        cell->text = cause != CAUSE_COUNT ? cause_label_ja(cause)
                                          : arena_string(arena, code);
    } else {
        cell->value = store_int(stmt, column);
    }
}

static bool
bind_stale_days(struct store *store, struct store_stmt *stmt, struct err *err)
{
    _Static_assert((int)REPORT_STALE_DAYS >= 4 + (int)COVER_BY_COUNT,
        "?9 is behind those of cover_load()");
    int64_t version, values[OPTION_COUNT];
    bool ok = weights_published(store, &version, err) &&
              weights_load(store, version, values, err);
    if (ok) {
        store_bind_int(stmt, REPORT_STALE_DAYS, values[OPTION_STALE_DAYS]);
    }
    return ok;
}

/* The parameters that a question names (report_list.h). */
static bool
bind(struct store *store, struct store_stmt *stmt, struct report *report,
    struct arena *arena, struct err *err)
{
    int known = store_parameters(stmt);
    if (known >= 2) {
        store_bind_text(stmt, 1, report->from);
        store_bind_text(stmt, 2, report->to);
    }
    if (known >= 3 && report->run_id != 0) {
        store_bind_int(stmt, 3, report->run_id);
    }
    if (known < 4) {
        return true;
    }
    if (known == REPORT_STALE_DAYS) {
        return bind_stale_days(store, stmt, err);
    }
    enum cover_by by = (enum cover_by)(known - 4);
    if (report->run_id != 0 && report->counted[by] == NULL &&
        !cover_load(store, report->run_id, arena, report->counted, err)) {
        return false;
    }
    store_bind_text(stmt, known, report->counted[by]);
    return true;
}

static bool
ask(struct store *store, struct report *report,
    const struct report_question *question, int32_t most,
    struct arena *arena, struct report_table *table, struct err *err)
{
    *table = (struct report_table){.key = question->key,
        .title = question->title, .note = question->note,
        .columns = question->columns, .chart = question->chart};
    while (table->columns_n < REPORT_COLUMNS_MAX &&
        question->columns[table->columns_n].key != NULL) {
        table->columns_n++;
    }
    const char *sql = most == 0 ? question->sql
                                : arena_format(arena, "%s LIMIT %" PRId32,
                                      question->sql, most + 1);
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    if (!bind(store, stmt, report, arena, err)) {
        store_finish(stmt);
        return false;
    }
    struct report_cell *cells = NULL;
    size_t width = (size_t)table->columns_n, n = 0, cap = 0;
    int got;
    while ((got = store_step(stmt, err)) == 1) {
        if (n == cap) {
            cap = cap == 0 ? 64 : 2 * cap;
            cells = xrealloc(cells, cap * width, sizeof(*cells));
        }
        struct report_cell *row = memset(cells + n * width, 0,
            width * sizeof(*row));
        for (int i = 0; i < table->columns_n; i++) {
            take_cell(stmt, i, table->columns[i].type, arena, &row[i]);
        }
        n++;
    }
    table->cells = arena_array(arena, n * width, sizeof(*cells));
    if (n > 0) {
        memcpy(table->cells, cells, n * width * sizeof(*cells));
    }
    table->cut = most > 0 && n > (size_t)most;
    table->rows_n = table->cut ? most : (int32_t)n;
    free(cells);
    store_finish(stmt);
    return got == 0;
}

static bool
is_wanted(const struct report_wish *wish, const char *key)
{
    if (wish->keys == NULL) {
        return true;
    }
    for (const char *const *at = wish->keys; *at != NULL; at++) {
        if (strcmp(*at, key) == 0) {
            return true;
        }
    }
    return false;
}

bool
report_make(struct store *store, const struct report_wish *wish,
    struct arena *arena, struct report *report, struct err *err)
{
    memset(report, 0, sizeof(*report));
    if (strlen(wish->from) != 10 || strlen(wish->to) != 10 ||
        strcmp(wish->from, wish->to) > 0) {
        return fail(err, ERR_INPUT,
            "a period ends on or after the day it begins: \"%.20s\" to "
            "\"%.20s\"",
            wish->from, wish->to);
    }
    memcpy(report->from, wish->from, 11);
    memcpy(report->to, wish->to, 11);
    if (!find_run(store, report, err)) {
        return false;
    }
    report->tables = arena_array(arena, (size_t)report_questions_n,
        sizeof(*report->tables));
    for (int i = 0; i < report_questions_n; i++) {
        if (is_wanted(wish, report_questions[i].key) &&
            !ask(store, report, &report_questions[i], wish->most, arena,
                &report->tables[report->tables_n++], err)) {
            return false;
        }
    }
    return true;
}

bool
report_title(int i, const char **key, const char **title)
{
    if (i >= report_questions_n) {
        return false;
    }
    *key = report_questions[i].key;
    *title = report_questions[i].title;
    return true;
}

const struct report_cell *
report_cell(const struct report_table *table, int32_t row, int column)
{
    return &table->cells[(size_t)row * (size_t)table->columns_n +
        (size_t)column];
}

const char *
report_text(const struct report_table *table, int32_t row, int column,
    char buffer[REPORT_VALUE_SIZE])
{
    const struct report_cell *cell = report_cell(table, row, column);
    if (cell->empty) {
        return "";
    }
    switch (table->columns[column].type) {
    case REPORT_TEXT:
    case REPORT_CAUSE:
        return cell->text;
    case REPORT_COUNT:
        snprintf(buffer, REPORT_VALUE_SIZE, "%" PRId64, cell->value);
        break;
    case REPORT_DAYS:
    case REPORT_SHARE:
        snprintf(buffer, REPORT_VALUE_SIZE, "%" PRId64 ".%" PRId64 "%s",
            cell->value / 10, cell->value % 10,
            table->columns[column].type == REPORT_SHARE ? "%" : "");
        break;
    }
    return buffer;
}

void
report_year_start(const char *to, char from[11])
{
    unsigned year = (unsigned)atoi(to) - (atoi(to + 5) < 4 ? 1 : 0);
    snprintf(from, 11, "%04u-04-01", year % 10000);
}
