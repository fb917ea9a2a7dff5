/* table.c: a CSV's header and its cells (table.h). */
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "fold.h"

enum { NAME_MAX_BYTES = 200, FOLDED_MAX = FOLD_GROWTH * NAME_MAX_BYTES +
                                         FOLD_SLACK };

struct table {
    struct csv *csv;
    struct arena arena;
    const char **names;
    const char **folded;
    int n;
};

/* The text as it is compared; "" for what is too long to be a name. */
static void
fold_name(const char *text, size_t len, char out[FOLDED_MAX])
{
    int32_t work[FOLDED_MAX];
    size_t n = 0, kept = 0, bad;
    if (len > NAME_MAX_BYTES || fold_text(text, len, out, FOLDED_MAX - 1, &n,
                                    work, FOLDED_MAX, &bad) != 0) {
        n = 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (strchr(" _()\n", out[i]) == NULL) {
            out[kept++] = out[i];
        }
    }
    out[kept] = '\0';
}

bool
table_same_name(const char *a, const char *b)
{
    char fold_a[FOLDED_MAX], fold_b[FOLDED_MAX];
    fold_name(a, strlen(a), fold_a);
    fold_name(b, strlen(b), fold_b);
    return fold_a[0] != '\0' && strcmp(fold_a, fold_b) == 0;
}

char *
table_name_key(struct arena *arena, const char *name)
{
    char folded[FOLDED_MAX];
    fold_name(name, strlen(name), folded);
    return arena_string(arena, folded);
}

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
    table->folded = arena_array(&table->arena, (size_t)table->n,
        sizeof(*table->folded));
    for (int i = 0; i < table->n; i++) {
        table->names[i] =
            arena_string(&table->arena, csv_text(csv, (size_t)i));
        table->folded[i] = table_name_key(&table->arena, table->names[i]);
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
table_match(const struct table *table, const char *names, struct err *err)
{
    int found = -1;
    while (*names != '\0') {
        size_t len = strcspn(names, "|");
        char folded[FOLDED_MAX];
        fold_name(names, len, folded);
        for (int i = 0; i < table->n; i++) {
            if (strcmp(table->folded[i], folded) != 0 || i == found) {
                continue;
            }
            if (found >= 0) {
                fail(err, ERR_INPUT,
                    "%s:1: two columns for one field: \"%s\" and \"%s\"",
                    csv_path(table->csv), table->names[found],
                    table->names[i]);
                return -2;
            }
            found = i;
        }
        names += len + (names[len] == '|');
    }
    return found;
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
