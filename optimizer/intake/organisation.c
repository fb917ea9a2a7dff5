/* organisation.c: organisations by key, name and region (organisation.h). */
#include "organisation.h"

#include <stdio.h>
#include <string.h>

#include "range_scan.h"

enum { NARROW_MAX = 1024 };

static const struct record_column columns[ORG_COLUMNS_N] = {
    [ORG_ORIGIN] = {"origin", RECORD_TEXT, 0},
    [ORG_NAME] = {"name", RECORD_TEXT, 0},
    [ORG_NAME_KANA] = {"name_kana", RECORD_TEXT, 0},
    [ORG_NAME_EN] = {"name_en", RECORD_TEXT, 0},
    [ORG_SECTOR] = {"sector_id", RECORD_TEXT_NULL, 0},
    [ORG_FORM] = {"org_form_id", RECORD_TEXT_NULL, 0},
    [ORG_CORPORATE_NUMBER] = {"corporate_number", RECORD_TEXT_NULL, 0},
    [ORG_REGION] = {"region_code", RECORD_TEXT_NULL, 0},
    [ORG_URL] = {"url", RECORD_TEXT, 0},
    [ORG_PHONE] = {"phone", RECORD_TEXT, 0},
    [ORG_EMAIL] = {"email", RECORD_TEXT, 0},
    [ORG_CONTACT_NAME] = {"contact_name", RECORD_TEXT, 0},
    [ORG_NOTE] = {"note", RECORD_TEXT, 0},
    [ORG_ACTIVITY] = {"activity", RECORD_TEXT, 0},
    [ORG_MEMBER] = {"member", RECORD_INT, 0},
    [ORG_LINKED] = {"linked", RECORD_INT, 0},
    [ORG_PUBLISH] = {"publish", RECORD_INT, 0},
    [ORG_PUBLISH_URL] = {"publish_url", RECORD_INT, 1},
    [ORG_PUBLISH_PHONE] = {"publish_phone", RECORD_INT, 1},
};
static const struct record_table table = {"organisations", columns,
    ORG_COLUMNS_N};

bool
organisation_writer_open(struct organisation_writer *writer,
    struct store *store, struct err *err)
{
    writer->store = store;
    bool ok = record_writer_open(&writer->record, store, &table, err);
    writer->alias = store_prepare(store,
        "INSERT INTO organisation_aliases (organisation_id, alias)"
        " VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        err);
    writer->by_key = store_prepare(store,
        "SELECT ifnull(merged_into, id) FROM organisations WHERE key = ?1",
        err);
    writer->by_name = store_prepare(store,
        "SELECT ifnull(merged_into, id) FROM organisations WHERE name = ?1"
        " UNION"
        " SELECT organisation_id FROM organisation_aliases WHERE alias = ?1"
        " ORDER BY 1",
        err);
    return ok && err->kind == ERR_NONE;
}

void
organisation_writer_close(struct organisation_writer *writer)
{
    record_writer_close(&writer->record);
    store_finish(writer->alias);
    store_finish(writer->by_key);
    store_finish(writer->by_name);
}

/* The id of the only row; 0: none, -1: several or failed. */
static int64_t
only_id(struct store_stmt *stmt, const char *text, struct err *err)
{
    int64_t id = 0;
    int rows = 0, step;
    store_bind_text(stmt, 1, text);
    while ((step = store_step(stmt, err)) > 0) {
        id = store_int(stmt, 0);
        rows++;
    }
    return step < 0 || rows > 1 ? -1 : id;
}

static bool
put_aliases(struct organisation_writer *writer,
    const struct organisation_draft *draft, int64_t id, bool *changed,
    struct err *err)
{
    for (int i = 0; i < draft->aliases_n; i++) {
        if (draft->aliases[i][0] == '\0') {
            continue;
        }
        store_bind_int(writer->alias, 1, id);
        store_bind_text(writer->alias, 2, draft->aliases[i]);
        if (!store_run(writer->alias, err)) {
            return false;
        }
        *changed = *changed || store_changes(writer->store) > 0;
    }
    return true;
}

bool
organisation_put(struct organisation_writer *writer,
    const struct organisation_draft *draft, int64_t *id,
    enum put_outcome *outcome, struct err *err)
{
    struct record_writer *row = &writer->record;
    if (!record_load(row, draft->key, err)) {
        return false;
    }
    *id = row->exists ? only_id(writer->by_key, draft->key, err) : 0;
    if (row->exists && *id != row->id) {
        *outcome = PUT_UNCHANGED; /* what staff merged is theirs */
        return *id > 0;
    }
    bool existed = row->exists, changed = false;
    for (int i = 0; i < ORG_COLUMNS_N; i++) {
        changed = changed || record_differs(row, &draft->record, i);
    }
    if ((changed || !existed) &&
        !record_write(row, draft->key, &draft->record, err)) {
        return false;
    }
    *id = row->id;
    if (!put_aliases(writer, draft, *id, &changed, err)) {
        return false;
    }
    *outcome = !existed  ? PUT_INSERTED
               : changed ? PUT_UPDATED
                         : PUT_UNCHANGED;
    return true;
}

static int64_t
find_exactly(struct organisation_writer *writer, const char *text,
    struct err *err)
{
    int64_t id = only_id(writer->by_key, text, err);
    return id != 0 ? id : only_id(writer->by_name, text, err);
}

int64_t
organisation_find(struct organisation_writer *writer, const char *text,
    struct err *err)
{
    char narrow[NARROW_MAX];
    int64_t id = find_exactly(writer, text, err);
    return id == 0 && range_scan_narrow(text, narrow, sizeof(narrow))
        ? find_exactly(writer, narrow, err)
        : id;
}

static int64_t
government(struct organisation_writer *writer, const char *region_code,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(writer->store,
        "SELECT id FROM organisations WHERE region_code = ?1"
        " AND merged_into IS NULL AND org_form_id = 'local_government' ORDER BY id LIMIT 1",
        err);
    if (stmt == NULL) {
        return -1;
    }
    int64_t id = only_id(stmt, region_code, err);
    store_finish(stmt);
    return id;
}

int64_t
organisation_of_government(struct organisation_writer *writer,
    const char *region_code, const char *name, bool *made, struct err *err)
{
    int64_t id = government(writer, region_code, err);
    *made = id == 0;
    if (id != 0) {
        return id;
    }
    char key[32];
    snprintf(key, sizeof(key), "government:%s", region_code);
    struct organisation_draft draft = {.key = key};
    record_text(&draft.record, ORG_ORIGIN, "open_data");
    record_text(&draft.record, ORG_NAME, name);
    record_text(&draft.record, ORG_SECTOR, "government");
    record_text(&draft.record, ORG_FORM, "local_government");
    record_text(&draft.record, ORG_REGION, region_code);
    record_int(&draft.record, ORG_PUBLISH, 1);
    enum put_outcome outcome;
    return organisation_put(writer, &draft, &id, &outcome, err) ? id : -1;
}

bool
organisation_number_valid(const char *text)
{
    int sum = 0;
    if (strlen(text) != 13) {
        return false;
    }
    for (int i = 0; i < 13; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        /* from the right: weight 1, 2, 1, 2 ... over the last twelve */
        sum += i == 0 ? 0 : (text[i] - '0') * (i % 2 == 1 ? 2 : 1);
    }
    return text[0] - '0' == 9 - sum % 9;
}

const char *
organisation_number(struct arena *arena, const char *text)
{
    char plain[RANGE_TEXT_MAX + 1];
    if (!range_scan_plain(text, plain)) {
        return text;
    }
    size_t n = 0;
    for (const char *p = plain; *p != '\0'; p++) {
        plain[n] = *p;
        n += *p != '-';
    }
    return arena_bytes(arena, plain, n);
}
