/* vocabulary.c: loads a vocabulary for the facets and the fragments. */
#include "vocabulary.h"

#include <stdio.h>
#include <string.h>

/*
 * Reading order is that of the paths of sort keys; parents come first
 * because a path is a prefix of those below it.
 */
static const char query[] =
    "WITH RECURSIVE tree (id, path) AS ("
    "  SELECT id, printf('%%09d', sort) || id FROM %s"
    "   WHERE parent_id IS NULL"
    "  UNION ALL"
    "  SELECT o.id, t.path || '/' || printf('%%09d', o.sort) || o.id"
    "    FROM tree AS t JOIN %s AS o ON o.parent_id = t.id)"
    "SELECT t.id, ifnull(o.parent_id, ''), o.label_ja, o.label_easy,"
    "       o.label_en, o.staff_only"
    "  FROM tree AS t JOIN %s AS o ON o.id = t.id ORDER BY t.path";

int32_t
vocabulary_up(const struct vocabulary *vocabulary, const char *id)
{
    int32_t i = vocabulary->ups_n - 1;
    while (i >= 0 && strcmp(vocabulary->ups[i].id, id) != 0) {
        i--;
    }
    return i >= 0 ? vocabulary->ups[i].term : VOCABULARY_NONE;
}

int32_t
vocabulary_find(const struct vocabulary *vocabulary, const char *id)
{
    int32_t i = vocabulary->n - 1;
    while (i >= 0 && strcmp(vocabulary->terms[i].id, id) != 0) {
        i--;
    }
    return i;
}

static bool
take_term(struct store_stmt *stmt, struct labels *labels, struct arena *arena,
    struct vocabulary *v, struct err *err)
{
    int32_t parent = vocabulary_up(v, store_text(stmt, 1));
    struct vocabulary_up *up = &v->ups[v->ups_n++];
    up->id = arena_string(arena, store_text(stmt, 0));
    up->term = parent;
    if (store_int(stmt, 5) != 0) { /* staff_only */
        return true;
    }
    struct vocabulary_term *term = &v->terms[v->n];
    up->term = v->n++;
    term->id = up->id;
    term->parent = parent;
    term->label_ja = arena_string(arena, store_text(stmt, 2));
    term->label_easy = arena_string(arena, store_text(stmt, 3));
    term->label_en = arena_string(arena, store_text(stmt, 4));
    return labels_add(labels, term->label_ja, term->label_easy, term->label_en,
        &term->label, err);
}

bool
vocabulary_load(struct store *store, const char *table, struct labels *labels,
    struct arena *arena, struct vocabulary *vocabulary, struct err *err)
{
    char sql[sizeof(query) + 128];
    int64_t n = 0;
    snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", table);
    if (!store_query_int(store, sql, &n, err)) {
        return false;
    }
    snprintf(sql, sizeof(sql), query, table, table, table);
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    *vocabulary = (struct vocabulary){0};
    vocabulary->terms =
        arena_array(arena, (size_t)n, sizeof(*vocabulary->terms));
    vocabulary->ups = arena_array(arena, (size_t)n, sizeof(*vocabulary->ups));
    int step = 0;
    bool ok = true;
    while (ok && vocabulary->ups_n < n && (step = store_step(stmt, err)) > 0) {
        ok = take_term(stmt, labels, arena, vocabulary, err);
    }
    store_finish(stmt);
    return ok && step >= 0;
}
