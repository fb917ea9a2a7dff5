/* record.c: one row in, by key (record.h). */
#include "record.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { SQL_MAX = 4096 };

static void
append(char sql[SQL_MAX], const char *text)
{
    size_t len = strlen(sql), more = strlen(text);
    assert(len + more < SQL_MAX);
    memcpy(sql + len, text, more + 1);
}

/* "a, b, c" with each name between before and after. */
static void
append_columns(char sql[SQL_MAX], const struct record_table *table,
    const char *after)
{
    for (int i = 0; i < table->columns_n; i++) {
        append(sql, ", ");
        append(sql, table->columns[i].name);
        append(sql, after);
    }
}

static struct store_stmt *
prepare_insert(struct store *store, const struct record_table *table,
    struct err *err)
{
    char sql[SQL_MAX] = "INSERT INTO ";
    append(sql, table->name);
    append(sql, " (key, created_at, updated_at");
    append_columns(sql, table, "");
    append(sql, ") VALUES (?1, ?2, ?2");
    for (int i = 0; i < table->columns_n; i++) {
        append(sql, ", ?");
    }
    append(sql, ")");
    return store_prepare(store, sql, err);
}

static struct store_stmt *
prepare_update(struct store *store, const struct record_table *table,
    struct err *err)
{
    char sql[SQL_MAX] = "UPDATE ";
    append(sql, table->name);
    append(sql, " SET key = ?1, updated_at = ?2");
    append_columns(sql, table, " = ?");
    append(sql, " WHERE key = ?1");
    return store_prepare(store, sql, err);
}

bool
record_writer_open(struct record_writer *writer, struct store *store,
    const struct record_table *table, struct err *err)
{
    assert(table->columns_n <= RECORD_COLUMNS_MAX);
    memset(writer, 0, sizeof(*writer));
    writer->store = store;
    writer->table = table;
    char sql[SQL_MAX] = "SELECT id";
    append_columns(sql, table, "");
    append(sql, " FROM ");
    append(sql, table->name);
    append(sql, " WHERE key = ?");
    writer->select = store_prepare(store, sql, err);
    writer->insert = prepare_insert(store, table, err);
    writer->update = prepare_update(store, table, err);
    return err->kind == ERR_NONE;
}

void
record_writer_close(struct record_writer *writer)
{
    store_finish(writer->select);
    store_finish(writer->insert);
    store_finish(writer->update);
    arena_release(&writer->arena);
}

void
record_text(struct record *record, int column, const char *text)
{
    record->values[column].set = true;
    record->values[column].text = text != NULL ? text : "";
}

void
record_int(struct record *record, int column, int64_t number)
{
    record->values[column].set = true;
    record->values[column].number = number;
}

void
record_start_int(struct record *record, int column, int64_t number)
{
    record_int(record, column, number);
    record->values[column].only_new = true;
}

void
record_start_text(struct record *record, int column, const char *text)
{
    record_text(record, column, text);
    record->values[column].only_new = true;
}

/* Does the row take this value, or keep what it has? */
static bool
takes(const struct record_writer *writer, const struct record_value *value)
{
    return value->set && !(value->only_new && writer->exists);
}

static bool
is_text(const struct record_column *column)
{
    return column->type == RECORD_TEXT || column->type == RECORD_TEXT_NULL;
}

bool
record_load(struct record_writer *writer, const char *key, struct err *err)
{
    memset(&writer->old, 0, sizeof(writer->old));
    arena_release(&writer->arena);
    store_bind_text(writer->select, 1, key);
    int step = store_step(writer->select, err);
    writer->exists = step == 1;
    writer->id = writer->exists ? store_int(writer->select, 0) : 0;
    for (int i = 0; i < writer->table->columns_n; i++) {
        const struct record_column *column = &writer->table->columns[i];
        int at = 1 + i;
        if (!writer->exists) {
            writer->old.values[i].text = "";
            writer->old.values[i].number = column->number;
        } else if (is_text(column)) {
            writer->old.values[i].text =
                arena_string(&writer->arena, store_text(writer->select, at));
        } else {
            writer->old.values[i].number =
                store_is_null(writer->select, at)
                    ? RECORD_NULL
                    : store_int(writer->select, at);
        }
    }
    store_reset(writer->select);
    return step >= 0;
}

bool
record_differs(const struct record_writer *writer,
    const struct record *record, int column)
{
    const struct record_value *value = &record->values[column];
    const struct record_value *old = &writer->old.values[column];
    if (!takes(writer, value)) {
        return false;
    }
    return is_text(&writer->table->columns[column])
               ? strcmp(value->text, old->text) != 0
               : value->number != old->number;
}

static void
bind(struct record_writer *writer, struct store_stmt *stmt, int column,
    const struct record *record)
{
    const struct record_value *value = &record->values[column];
    if (!takes(writer, value)) {
        value = &writer->old.values[column];
    }
    switch (writer->table->columns[column].type) {
    case RECORD_TEXT:
        store_bind_text(stmt, 3 + column, value->text);
        return;
    case RECORD_TEXT_NULL:
        store_bind_text_or_null(stmt, 3 + column, value->text);
        return;
    default:
        if (value->number == RECORD_NULL) {
            store_bind_null(stmt, 3 + column);
        } else {
            store_bind_int(stmt, 3 + column, value->number);
        }
    }
}

bool
record_write(struct record_writer *writer, const char *key,
    const struct record *record, struct err *err)
{
    char now[21];
    store_now(now);
    struct store_stmt *stmt =
        writer->exists ? writer->update : writer->insert;
    store_bind_text(stmt, 1, key);
    store_bind_text(stmt, 2, now);
    for (int i = 0; i < writer->table->columns_n; i++) {
        bind(writer, stmt, i, record);
    }
    if (!store_run(stmt, err)) {
        return false;
    }
    if (!writer->exists) {
        writer->id = store_last_id(writer->store);
    }
    return true;
}
