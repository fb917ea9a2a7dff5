/* shipped_table.c: rows of embedded files (shipped_table.h). */
#include "shipped_table.h"

#include <assert.h>
#include <string.h>

#include "optimizer/base/degree.h"
#include "optimizer/base/embed.h"

bool
shipped_open(struct shipped_table *t, struct store *store, const char *path,
    const char *sql, int64_t *changed, struct err *err)
{
    memset(t, 0, sizeof(*t));
    t->store = store;
    t->err = err;
    t->changed = changed;
    const struct embed *file = embed_find(path);
    if (file == NULL) {
        return fail(err, ERR_SYSTEM, "not embedded: \"%s\"", path);
    }
    t->table = table_open(csv_open_memory(path, file->data,
                              (size_t)(file->end - file->data)),
        err);
    if (t->table != NULL && sql != NULL) {
        t->stmt = store_prepare(store, sql, err);
    }
    return err->kind == ERR_NONE;
}

bool
shipped_next(struct shipped_table *t)
{
    if (t->err->kind != ERR_NONE) {
        return false;
    }
    int step = table_next(t->table, t->err);
    if (step == 2) {
        shipped_bad(t, NULL, "not as many cells as the header");
    }
    return step == 1;
}

bool
shipped_put(struct shipped_table *t)
{
    if (t->err->kind != ERR_NONE || !store_run(t->stmt, t->err)) {
        return false;
    }
    *t->changed += store_changes(t->store);
    return true;
}

bool
shipped_close(struct shipped_table *t)
{
    store_finish(t->stmt);
    table_close(t->table);
    return t->err->kind == ERR_NONE;
}

bool
shipped_has(const struct shipped_table *t, const char *column)
{
    return table_column(t->table, column) >= 0;
}

const char *
shipped_cell(struct shipped_table *t, const char *column)
{
    int index = table_column(t->table, column);
    if (index < 0) {
        shipped_bad(t, column, "no such column");
        return "";
    }
    return table_cell(t->table, index);
}

void
shipped_bind_count(struct shipped_table *t, int index, const char *column)
{
    const char *text = shipped_cell(t, column);
    int64_t value = 0;
    size_t len = strlen(text);
    if (len == 0) {
        store_bind_null(t->stmt, index);
        return;
    }
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9' || len > 12) {
            shipped_bad(t, column, "not a whole number");
            return;
        }
        value = value * 10 + (text[i] - '0');
    }
    store_bind_int(t->stmt, index, value);
}

void
shipped_bind_degree(struct shipped_table *t, int index, const char *column,
    int limit)
{
    const char *text = shipped_cell(t, column);
    int64_t value;
    if (text[0] == '\0') {
        store_bind_null(t->stmt, index);
    } else if (degree_parse(text, limit, &value)) {
        store_bind_int(t->stmt, index, value);
    } else {
        shipped_bad(t, column, "not decimal degrees");
    }
}

void
shipped_bad(struct shipped_table *t, const char *column, const char *reason)
{
    const struct csv *csv = table_csv(t->table);
    int index = column != NULL ? table_column(t->table, column) : -1;
    size_t at = index < 0 ? 0 : (size_t)index;
    fail(t->err, ERR_INPUT, "%s:%ld:%ld: %s: %s", csv_path(csv),
        csv_line(csv, at), csv_column(csv, at),
        column != NULL ? column : "row", reason);
}
