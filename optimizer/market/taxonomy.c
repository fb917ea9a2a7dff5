/* taxonomy.c: vocabularies as trees; the market's rules and scores read
 * them. */
#include "taxonomy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = TAXONOMY_MAX / 64 };

static int
compare_id(const void *id, const void *term)
{
    return strcmp(id, ((const struct taxonomy_term *)term)->id);
}

int32_t
taxonomy_find(const struct taxonomy *taxonomy, const char *id)
{
    const struct taxonomy_term *found = bsearch(id, taxonomy->terms,
        (size_t)taxonomy->n, sizeof(*found), compare_id);
    return found != NULL ? (int32_t)(found - taxonomy->terms)
                         : TAXONOMY_NONE;
}

static void
set_bit(uint64_t words[WORDS], int32_t term)
{
    words[term / 64] |= (uint64_t)1 << (term % 64);
}

static bool
has_bit(const uint64_t words[WORDS], int32_t term)
{
    return (words[term / 64] >> (term % 64)) & 1;
}

static bool
tie_terms(struct taxonomy *taxonomy, const char **parents, const char *table,
    struct err *err)
{
    for (int32_t i = 0; i < taxonomy->n; i++) {
        taxonomy->terms[i].parent = taxonomy_find(taxonomy, parents[i]);
    }
    for (int32_t i = 0; i < taxonomy->n; i++) {
        struct taxonomy_term *term = &taxonomy->terms[i];
        for (int32_t at = i; at != TAXONOMY_NONE;
             at = taxonomy->terms[at].parent) {
            if (has_bit(term->above, at)) {
                return fail(err, ERR_INPUT,
                    "%s: the parents run in a loop: \"%s\"", table, term->id);
            }
            set_bit(term->above, at);
            term->root = at;
        }
    }
    return true;
}

bool
taxonomy_load(struct store *store, const char *table, struct arena *arena,
    struct taxonomy *taxonomy, struct err *err)
{
    char sql[160];
    snprintf(sql, sizeof(sql),
        "SELECT id, ifnull(parent_id, ''), label_ja, sort FROM %s ORDER BY id",
        table);
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    taxonomy->n = 0;
    taxonomy->terms =
        arena_array(arena, TAXONOMY_MAX, sizeof(*taxonomy->terms));
    const char **parents =
        arena_array(arena, TAXONOMY_MAX, sizeof(*parents));
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        if (taxonomy->n == TAXONOMY_MAX) {
            step = -1;
            fail(err, ERR_INPUT, "%s: more than %d terms", table,
                TAXONOMY_MAX);
            break;
        }
        struct taxonomy_term *term = &taxonomy->terms[taxonomy->n];
        term->id = arena_string(arena, store_text(stmt, 0));
        term->label_ja = arena_string(arena, store_text(stmt, 2));
        term->sort = (int32_t)store_int(stmt, 3);
        parents[taxonomy->n++] = arena_string(arena, store_text(stmt, 1));
    }
    store_finish(stmt);
    return step == 0 && tie_terms(taxonomy, parents, table, err);
}

bool
taxonomy_below(const struct taxonomy *taxonomy, int32_t term,
    int32_t ancestor)
{
    return has_bit(taxonomy->terms[term].above, ancestor);
}

void
taxonomy_add(const struct taxonomy *taxonomy, int32_t term,
    struct taxonomy_set *set)
{
    set_bit(set->own, term);
    for (int w = 0; w < WORDS; w++) {
        set->above[w] |= taxonomy->terms[term].above[w];
    }
}

bool
taxonomy_has(const struct taxonomy_set *set, int32_t term)
{
    return has_bit(set->own, term);
}

bool
taxonomy_empty(const struct taxonomy_set *set)
{
    uint64_t any = 0;
    for (int w = 0; w < WORDS; w++) {
        any |= set->own[w];
    }
    return any == 0;
}

bool
taxonomy_overlap(const struct taxonomy_set *a, const struct taxonomy_set *b)
{
    uint64_t any = 0;
    for (int w = 0; w < WORDS; w++) {
        any |= (a->own[w] & b->above[w]) | (a->above[w] & b->own[w]);
    }
    return any != 0;
}
