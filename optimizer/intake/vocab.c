/* vocab.c: terms in memory (vocab.h). */
#include "vocab.h"

#include <stdio.h>
#include <string.h>

#include "optimizer/base/table.h"

enum { DEPTH_MAX = 16 };

bool
vocab_load(struct vocab *vocab, struct store *store, const char *table,
    struct arena *arena, struct err *err)
{
    char sql[160];
    int64_t n = 0;
    snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", table);
    if (!store_query_int(store, sql, &n, err)) {
        return false;
    }
    struct vocab_term *terms =
        arena_array(arena, (size_t)n + 1, sizeof(*terms));
    snprintf(sql, sizeof(sql),
        "SELECT id, coalesce(parent_id, ''), label_ja, label_en FROM %s"
        " ORDER BY id",
        table);
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    vocab->terms = terms;
    vocab->n = 0;
    int step;
    while ((step = store_step(stmt, err)) > 0 && vocab->n < n) {
        struct vocab_term *term = &terms[vocab->n++];
        term->id = arena_string(arena, store_text(stmt, 0));
        term->parent_id = arena_string(arena, store_text(stmt, 1));
        term->key_ja = table_name_key(arena, store_text(stmt, 2));
        term->key_en = table_name_key(arena, store_text(stmt, 3));
    }
    store_finish(stmt);
    return step >= 0;
}

static const struct vocab_term *
by_id(const struct vocab *vocab, const char *id)
{
    for (int i = 0; i < vocab->n; i++) {
        if (strcmp(vocab->terms[i].id, id) == 0) {
            return &vocab->terms[i];
        }
    }
    return NULL;
}

const char *
vocab_find(const struct vocab *vocab, const char *text)
{
    const struct vocab_term *found = by_id(vocab, text);
    if (found != NULL) {
        return found->id;
    }
    struct arena arena = {0};
    const char *key = table_name_key(&arena, text);
    int found_n = 0;
    for (int i = 0; key[0] != '\0' && i < vocab->n; i++) {
        if (strcmp(vocab->terms[i].key_ja, key) == 0 ||
            strcmp(vocab->terms[i].key_en, key) == 0) {
            found = &vocab->terms[i];
            found_n++;
        }
    }
    arena_release(&arena);
    return found_n == 1 ? found->id : NULL;
}

bool
vocab_below(const struct vocab *vocab, const char *id, const char *root)
{
    for (int depth = 0; depth < DEPTH_MAX && id[0] != '\0'; depth++) {
        if (strcmp(id, root) == 0) {
            return true;
        }
        const struct vocab_term *term = by_id(vocab, id);
        if (term == NULL) {
            return false;
        }
        id = term->parent_id;
    }
    return false;
}
