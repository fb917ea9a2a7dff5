/* import_networks.c: members of other networks (import_networks.h). */
#include "import_networks.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "duplicate.h"

enum column { NAME, KANA, NETWORK_NUMBER, NUMBER, REGION, URL, PHONE,
    COLUMNS_N };

static const struct import_column columns[COLUMNS_N] = {
    [NAME] = {"団体名|企業・団体名|企業・団体等の名称|企業・団体等名|登録者名|"
              "事業者名|法人名|名称|name",
        true, NULL, NULL},
    [KANA] = {"ふりがな|フリガナ|名称_カナ|name_kana", false, NULL, NULL},
    [NETWORK_NUMBER] = {"登録番号|番号|No|No.|number", false, NULL, NULL},
    [NUMBER] = {"法人番号|corporate_number", false, NULL, NULL},
    [REGION] = {"地域|所在地|住所|市区町村|市町村|region_code|region", false,
        NULL, NULL},
    [URL] = {"URL|ホームページ|HP|WEBサイト|url", false, NULL, NULL},
    [PHONE] = {"電話番号|電話|phone", false, NULL, NULL},
};

/* The one that a merged organisation became in the end. */
static bool
follow(struct import *import, int64_t *id, struct err *err)
{
    struct store_stmt *stmt = store_prepare(import->store,
        "WITH RECURSIVE chain(id, next) AS (SELECT id, merged_into"
        " FROM organisations WHERE id = ?1 UNION SELECT o.id, o.merged_into"
        " FROM organisations AS o JOIN chain ON o.id = chain.next)"
        " SELECT id FROM chain WHERE next IS NULL",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, *id);
    int step = store_step(stmt, err);
    *id = step > 0 ? store_int(stmt, 0) : *id;
    store_finish(stmt);
    return step >= 0;
}

static bool
find_by_number(struct import *import, const char *number, int64_t *id,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(import->store,
        "SELECT id FROM organisations WHERE corporate_number = ?1", err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, number);
    int step = store_step(stmt, err);
    *id = step > 0 ? store_int(stmt, 0) : 0;
    store_finish(stmt);
    return step >= 0 && (*id == 0 || follow(import, id, err));
}

/* By name, of those whose number does not say otherwise; 0: none. */
static bool
find_by_name(struct import *import, const char *name, const char *number,
    int64_t *id, struct err *err)
{
    char key[DUPLICATE_KEY_MAX];
    duplicate_name_key(name, key);
    *id = 0;
    if (key[0] == '\0') {
        return true;
    }
    struct store_stmt *stmt = store_prepare(import->store,
        "SELECT DISTINCT coalesce(o.merged_into, o.id) FROM organisation_keys"
        " AS k JOIN organisations AS o ON o.id = k.organisation_id"
        " WHERE k.kind = 'name' AND k.key = ?1 AND (?2 = '' OR"
        " coalesce(o.corporate_number, ?2) = ?2) LIMIT 2",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, key);
    store_bind_text(stmt, 2, number);
    int step, found = 0;
    while ((step = store_step(stmt, err)) > 0) {
        *id = store_int(stmt, 0);
        found++;
    }
    store_finish(stmt);
    if (found > 1) {
        import_bad(import, NAME,
            "several organisations have this name, merge them or give the "
            "法人番号: \"%s\"",
            name);
    }
    return step == 0 && (found != 1 || follow(import, id, err));
}

/* A known one learns another spelling of its name, nothing else. */
static bool
add_alias(struct import *import, int64_t id, const char *name, bool *changed,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(import->store,
        "INSERT INTO organisation_aliases (organisation_id, alias)"
        " SELECT id, ?2 FROM organisations WHERE id = ?1 AND name <> ?2"
        " ON CONFLICT DO NOTHING",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, id);
    store_bind_text(stmt, 2, name);
    bool ok = store_run(stmt, err);
    *changed = *changed || store_changes(import->store) > 0;
    store_finish(stmt);
    return ok;
}

static bool
add_mark(struct import *import, int64_t id, bool *changed, struct err *err)
{
    struct store_stmt *stmt = store_prepare(import->store,
        "INSERT INTO organisation_networks (organisation_id, network, number,"
        " listed_on) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET"
        " number = excluded.number, listed_on = excluded.listed_on"
        " WHERE number <> excluded.number OR listed_on <> excluded.listed_on",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, id);
    store_bind_text(stmt, 2, import->options->network);
    store_bind_text(stmt, 3, import_cell(import, NETWORK_NUMBER));
    store_bind_text(stmt, 4, import->options->confirmed_on);
    bool ok = store_run(stmt, err);
    *changed = *changed || store_changes(import->store) > 0;
    store_finish(stmt);
    return ok;
}

static bool
make_organisation(struct import *import, const char *name,
    const char *number, int64_t *id, struct err *err)
{
    char key[DUPLICATE_KEY_MAX];
    duplicate_name_key(name, key);
    struct organisation_draft draft = {.key =
        arena_format(&import->row_arena, "network:%s",
            number[0] != '\0' ? number : key[0] != '\0' ? key : name)};
    struct record *record = &draft.record;
    record_text(record, ORG_ORIGIN, "network");
    record_text(record, ORG_NAME, name);
    if (number[0] != '\0') {
        record_text(record, ORG_CORPORATE_NUMBER, number);
    }
    import_text(import, record, ORG_NAME_KANA, KANA);
    import_text(import, record, ORG_PHONE, PHONE);
    import_region(import, record, ORG_REGION, REGION);
    import_url(import, record, ORG_URL, URL);
    enum put_outcome outcome;
    return import->row_bad ||
        (organisation_put(&import->organisations, &draft, id, &outcome,
             err) &&
            duplicate_refresh(import->store, err));
}

static bool
row(struct import *import, struct err *err)
{
    const char *name = import_cell(import, NAME);
    const char *number = organisation_number(&import->row_arena,
        import_cell(import, NUMBER));
    int64_t id = 0;
    import_check_characters(import);
    if (name[0] == '\0' || strlen(name) > 600) {
        import_bad(import, NAME, "is empty or longer than 200 characters");
    }
    if (number[0] != '\0' && !organisation_number_valid(number)) {
        import_bad(import, NUMBER,
            "not a 法人番号 (13 digits with a check digit): \"%s\"", number);
    }
    if (import->row_bad) {
        return true;
    }
    if (!duplicate_refresh(import->store, err) ||
        (number[0] != '\0' && !find_by_number(import, number, &id, err)) ||
        (id == 0 && !find_by_name(import, name, number, &id, err))) {
        return false;
    }
    bool made = id == 0, changed = false;
    if (import->row_bad ||
        (made && !make_organisation(import, name, number, &id, err)) ||
        import->row_bad) {
        return err->kind == ERR_NONE;
    }
    char seen[24];
    snprintf(seen, sizeof(seen), "%" PRId64, id);
    if (!import_key_new(import, seen, NAME, err)) {
        return err->kind == ERR_NONE;
    }
    if (!add_alias(import, id, name, &changed, err) ||
        !add_mark(import, id, &changed, err)) {
        return false;
    }
    import_count(import, made      ? PUT_INSERTED
                         : changed ? PUT_UPDATED
                                   : PUT_UNCHANGED);
    return true;
}

const struct import_kind import_networks = {
    .name = "networks",
    .columns = columns,
    .columns_n = COLUMNS_N,
    .row = row,
};
