/* entry_children.c: the lists and lines below an entry (entry.h). */
#include "entry.h"

#include <string.h>

static bool
list_differs(struct store_stmt *stmt, const struct entry_list *list,
    int64_t id, bool *differ, struct err *err)
{
    int n = 0, step;
    store_bind_int(stmt, 1, id);
    while ((step = store_step(stmt, err)) > 0) {
        if (n >= list->n ||
            strcmp(store_text(stmt, 0), list->items[n]) != 0 ||
            store_int(stmt, 1) != list->ids[n]) {
            *differ = true;
        }
        n++;
    }
    *differ = *differ || n != list->n;
    return step == 0;
}

static bool
same_line(struct store_stmt *stmt, const struct entry_line *line, int no)
{
    return strcmp(store_text(stmt, 0), line->kind_id) == 0 &&
           strcmp(store_text(stmt, 1), line->text) == 0 &&
           store_int(stmt, 2) == line->quantity &&
           strcmp(store_text(stmt, 3), line->unit) == 0 &&
           store_int(stmt, 4) == line->unit_cost_yen &&
           store_int(stmt, 5) == line->min_lot &&
           store_int(stmt, 6) == line->indivisible &&
           store_int(stmt, 7) == line->for_public &&
           store_int(stmt, 9) == line->per_day &&
           store_int(stmt, 8) == no;
}

static bool
lines_differ(struct entry_writer *writer, const struct entry_draft *draft,
    int64_t id, bool *differ, struct err *err)
{
    int n = 0, step;
    store_bind_int(writer->line_select, 1, id);
    while ((step = store_step(writer->line_select, err)) > 0) {
        if (n >= draft->lines_n ||
            !same_line(writer->line_select, &draft->lines[n], n + 1)) {
            *differ = true;
        }
        n++;
    }
    *differ = *differ || n != draft->lines_n;
    return step == 0;
}

bool
entry_children_differ(struct entry_writer *writer,
    const struct entry_draft *draft, int64_t id, bool *differ,
    struct err *err)
{
    for (int kind = 0; kind < ENTRY_LISTS_N; kind++) {
        if (draft->lists[kind].set &&
            !list_differs(writer->list_select[kind], &draft->lists[kind], id,
                differ, err)) {
            return false;
        }
    }
    return !draft->lines_set || lines_differ(writer, draft, id, differ, err);
}

static bool
write_list(struct entry_writer *writer, enum entry_list_kind kind,
    const struct entry_list *list, int64_t id, struct err *err)
{
    store_bind_int(writer->list_delete[kind], 1, id);
    if (!store_run(writer->list_delete[kind], err)) {
        return false;
    }
    struct store_stmt *stmt = writer->list_insert[kind];
    for (int i = 0; i < list->n; i++) {
        store_bind_int(stmt, 1, id);
        store_bind_text(stmt, 2, list->items[i]);
        if (entry_list_names(kind) && list->ids[i] > 0) {
            store_bind_int(stmt, 3, list->ids[i]);
        } else if (entry_list_names(kind)) {
            store_bind_null(stmt, 3);
        }
        if (!store_run(stmt, err)) {
            return false;
        }
    }
    return true;
}

/* Line numbers, and with them row ids that plans name, stay. */
static bool
write_lines(struct entry_writer *writer, const struct entry_draft *draft,
    int64_t id, struct err *err)
{
    struct store_stmt *stmt = writer->line_put;
    for (int i = 0; i < draft->lines_n; i++) {
        const struct entry_line *line = &draft->lines[i];
        store_bind_int(stmt, 1, id);
        store_bind_int(stmt, 2, i + 1);
        store_bind_text(stmt, 3, line->kind_id);
        store_bind_text(stmt, 4, line->text);
        store_bind_int(stmt, 5, line->quantity);
        store_bind_text(stmt, 6, line->unit);
        store_bind_int(stmt, 7, line->unit_cost_yen);
        store_bind_int(stmt, 8, line->min_lot);
        store_bind_int(stmt, 9, line->indivisible);
        store_bind_int(stmt, 10, line->for_public);
        store_bind_int(stmt, 11, line->per_day);
        if (!store_run(stmt, err)) {
            return false;
        }
    }
    store_bind_int(writer->line_cut, 1, id);
    store_bind_int(writer->line_cut, 2, draft->lines_n);
    return store_run(writer->line_cut, err);
}

bool
entry_children_write(struct entry_writer *writer,
    const struct entry_draft *draft, int64_t id, struct err *err)
{
    for (enum entry_list_kind kind = 0; kind < ENTRY_LISTS_N; kind++) {
        if (draft->lists[kind].set &&
            !write_list(writer, kind, &draft->lists[kind], id, err)) {
            return false;
        }
    }
    return !draft->lines_set || write_lines(writer, draft, id, err);
}
