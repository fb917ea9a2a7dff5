/* shipped_vocab.c: vocabularies, interests, and all at once (shipped.h). */
#include "shipped.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shipped_table.h"

/* The vocabularies that have a table; the file has the table's name. */
static const char *const vocabularies[] = {"resource_kinds", "target_groups",
    "themes", "pillars", "sectors", "org_forms", "activity_kinds",
    "requirements"};
/* The others go to `phrases`. */
static const char *const lists[] = {"approaches", "conditions",
    "entry_steps", "lecture_list_columns", "need_examples",
    "resource_examples", "decline_reasons"};
enum {
    VOCABULARIES_N = sizeof(vocabularies) / sizeof(vocabularies[0]),
    LISTS_N = sizeof(lists) / sizeof(lists[0])
};

static void
bind_labels(struct shipped_table *t, int index)
{
    bool example = shipped_has(t, "text_ja"); /* *_examples.csv */
    shipped_bind_count(t, index, "sort");
    store_bind_text(t->stmt, index + 1,
        shipped_cell(t, example ? "text_ja" : "label_ja"));
    store_bind_text(t->stmt, index + 2, shipped_cell(t, "label_en"));
    store_bind_text(t->stmt, index + 3, shipped_cell(t, "label_easy"));
}

static bool
load_vocabulary(struct store *store, const char *name, int64_t *changed,
    struct err *err)
{
    struct shipped_table t;
    char path[96], sql[768];
    snprintf(path, sizeof(path), "schema/data/vocab/%s.csv", name);
    snprintf(sql, sizeof(sql),
        "INSERT INTO %s (id, parent_id, sort, label_ja, label_en,"
        " label_easy) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        " ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id,"
        " sort = excluded.sort, label_ja = excluded.label_ja,"
        " label_en = excluded.label_en, label_easy = excluded.label_easy"
        " WHERE (parent_id, sort, label_ja, label_en, label_easy) IS NOT"
        " (excluded.parent_id, excluded.sort, excluded.label_ja,"
        " excluded.label_en, excluded.label_easy)",
        name);
    shipped_open(&t, store, path, sql, changed, err);
    while (shipped_next(&t)) {
        store_bind_text(t.stmt, 1, shipped_cell(&t, "id"));
        store_bind_text_or_null(t.stmt, 2,
            shipped_has(&t, "parent_id") ? shipped_cell(&t, "parent_id")
                                         : NULL);
        bind_labels(&t, 3);
        shipped_put(&t);
    }
    return shipped_close(&t);
}

static bool
load_list(struct store *store, const char *name, int64_t *changed,
    struct err *err)
{
    struct shipped_table t;
    char path[96];
    snprintf(path, sizeof(path), "schema/data/vocab/%s.csv", name);
    shipped_open(&t, store, path,
        "INSERT INTO phrases (list, id, sort, label_ja, label_en,"
        " label_easy) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        " ON CONFLICT (list, id) DO UPDATE SET sort = excluded.sort,"
        " label_ja = excluded.label_ja, label_en = excluded.label_en,"
        " label_easy = excluded.label_easy"
        " WHERE (sort, label_ja, label_en, label_easy) IS NOT"
        " (excluded.sort, excluded.label_ja, excluded.label_en,"
        " excluded.label_easy)",
        changed, err);
    while (shipped_next(&t)) {
        store_bind_text(t.stmt, 1, name);
        store_bind_text(t.stmt, 2, shipped_cell(&t, "id"));
        bind_labels(&t, 3);
        shipped_put(&t);
    }
    return shipped_close(&t);
}

static bool
mark_staff_only(struct shipped_table *t, const char *vocabulary,
    const char *id)
{
    char sql[128];
    snprintf(sql, sizeof(sql), "UPDATE %s SET staff_only = 1 WHERE id = ?1",
        vocabulary);
    struct store_stmt *stmt = store_prepare(t->store, sql, t->err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, id);
    bool ok = store_run(stmt, t->err);
    if (ok && store_changes(t->store) == 0) {
        shipped_bad(t, "id", "no such term");
    }
    store_finish(stmt);
    return ok;
}

static bool
load_staff_only(struct store *store, struct err *err)
{
    struct shipped_table t;
    shipped_open(&t, store, "schema/data/staff_only.csv", NULL, NULL, err);
    while (shipped_next(&t)) {
        const char *name = shipped_cell(&t, "vocabulary");
        int i = 0;
        while (i < VOCABULARIES_N && strcmp(name, vocabularies[i]) != 0) {
            i++;
        }
        if (i == VOCABULARIES_N) {
            shipped_bad(&t, "vocabulary", "no such vocabulary");
        } else {
            mark_staff_only(&t, vocabularies[i], shipped_cell(&t, "id"));
        }
    }
    return shipped_close(&t);
}

/* per_10000 is only a starting value: an update leaves it alone. */
static bool
load_interests(struct store *store, int64_t *changed, struct err *err)
{
    struct shipped_table t;
    shipped_open(&t, store, "schema/data/interests.csv",
        "INSERT INTO interests (id, kind_id, target_id, per_10000, sort,"
        " label_ja, label_en, label_easy)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        " ON CONFLICT (id) DO UPDATE SET kind_id = excluded.kind_id,"
        " target_id = excluded.target_id, sort = excluded.sort,"
        " label_ja = excluded.label_ja, label_en = excluded.label_en,"
        " label_easy = excluded.label_easy"
        " WHERE (kind_id, target_id, sort, label_ja, label_en, label_easy)"
        " IS NOT (excluded.kind_id, excluded.target_id, excluded.sort,"
        " excluded.label_ja, excluded.label_en, excluded.label_easy)",
        changed, err);
    while (shipped_next(&t)) {
        store_bind_text(t.stmt, 1, shipped_cell(&t, "id"));
        store_bind_text(t.stmt, 2, shipped_cell(&t, "kind_id"));
        store_bind_text_or_null(t.stmt, 3, shipped_cell(&t, "target_id"));
        shipped_bind_count(&t, 4, "per_10000");
        bind_labels(&t, 5);
        shipped_put(&t);
    }
    return shipped_close(&t);
}

/* Whether 要領 asks for more is for the secretariat to say: not required
 * until then. */
static bool
open_other_requirement(struct store *store, bool is_new, struct err *err)
{
    return !is_new || store_exec(store,
        "UPDATE requirements SET required = 0 WHERE id = 'req_other'", err);
}

bool
shipped_load_vocabularies(struct store *store, int64_t *changed,
    struct err *err)
{
    int64_t known = 0;
    bool ok = store_exec(store, "PRAGMA defer_foreign_keys = ON", err) &&
              store_query_int(store, "SELECT count(*) FROM requirements",
                  &known, err);
    for (int i = 0; ok && i < VOCABULARIES_N; i++) {
        ok = load_vocabulary(store, vocabularies[i], changed, err);
    }
    for (int i = 0; ok && i < LISTS_N; i++) {
        ok = load_list(store, lists[i], changed, err);
    }
    return ok && open_other_requirement(store, known == 0, err) &&
           load_staff_only(store, err) &&
           load_interests(store, changed, err);
}

bool
shipped_load(struct store *store, int64_t *changed, struct err *err)
{
    *changed = 0;
    if (!store_begin(store, err)) {
        return false;
    }
    bool ok = shipped_load_regions(store, changed, err) &&
              shipped_load_vocabularies(store, changed, err);
    if (ok && *changed > 0) {
        char detail[64];
        snprintf(detail, sizeof(detail), "{\"changed\":%" PRId64 "}",
            *changed);
        ok = store_audit(store, "init", "shipped data", detail, err);
    }
    if (!ok || !store_commit(store, err)) {
        store_rollback(store);
        return false;
    }
    return true;
}
