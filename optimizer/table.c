/* table.c: a CSV's header and its cells (table.h). */
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"

struct table {
    struct csv *csv;
    struct arena arena;
    const char **names;
    int n;
};

struct table *
table_open(struct csv *csv, struct err *err)
{
    int step = csv_next(csv, err);
    if (step <= 0) {
        if (step == 0) {
            fail(err, ERR_INPUT, "%s:1:1: no header row", csv_path(csv));
        }
        csv_close(csv);
        return NULL;
    }
    struct table *table = xcalloc(1, sizeof(*table));
    table->csv = csv;
    table->n = (int)csv_count(csv);
    table->names = arena_array(&table->arena, (size_t)table->n,
        sizeof(*table->names));
    for (int i = 0; i < table->n; i++) {
        table->names[i] =
            arena_string(&table->arena, csv_text(csv, (size_t)i));
    }
    return table;
}

void
table_close(struct table *table)
{
    if (table != NULL) {
        csv_close(table->csv);
        arena_release(&table->arena);
        free(table);
    }
}

int
table_column(const struct table *table, const char *name)
{
    for (int i = 0; i < table->n; i++) {
        if (strcmp(table->names[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

int
table_columns_n(const struct table *table)
{
    return table->n;
}

const char *
table_name(const struct table *table, int column)
{
    return table->names[column];
}

int
table_next(struct table *table, struct err *err)
{
    int step = csv_next(table->csv, err);
    return step == 1 && (int)csv_count(table->csv) != table->n ? 2 : step;
}

const char *
table_cell(const struct table *table, int column)
{
    return column < 0 ? "" : csv_text(table->csv, (size_t)column);
}

const struct csv *
table_csv(const struct table *table)
{
    return table->csv;
}
