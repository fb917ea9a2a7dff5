/*
 * taxonomy.h: one vocabulary as a tree, and sets of its terms.
 *
 * Meaning   terms by id; a set also knows the terms above its members, so
 *           that "overlap" means: some term of one set is, or is below or
 *           above, some term of the other.
 * Units     at most TAXONOMY_MAX terms.
 * Failure   taxonomy_load() refuses more terms, or a loop.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_TAXONOMY_H
#define TSUNAGARI_TAXONOMY_H

#include "optimizer/base/arena.h"
#include "optimizer/base/err.h"
#include "optimizer/store/store.h"

enum { TAXONOMY_NONE = -1, TAXONOMY_MAX = 256 };

struct taxonomy_set {
    uint64_t own[TAXONOMY_MAX / 64];   /* the terms themselves */
    uint64_t above[TAXONOMY_MAX / 64]; /* ... and all above them */
};

struct taxonomy_term {
    const char *id, *label_ja;
    int32_t parent; /* TAXONOMY_NONE at the top */
    int32_t root;
    int32_t sort;
    uint64_t above[TAXONOMY_MAX / 64]; /* itself, too */
};

struct taxonomy {
    struct taxonomy_term *terms; /* by id */
    int32_t n;
};

/* table: "resource_kinds", "target_groups", "themes", "sectors". */
bool taxonomy_load(struct store *store, const char *table,
    struct arena *arena, struct taxonomy *taxonomy, struct err *err);
int32_t taxonomy_find(const struct taxonomy *taxonomy, const char *id);
bool taxonomy_below(const struct taxonomy *taxonomy, int32_t term,
    int32_t ancestor);

void taxonomy_add(const struct taxonomy *taxonomy, int32_t term,
    struct taxonomy_set *set);
bool taxonomy_has(const struct taxonomy_set *set, int32_t term);
bool taxonomy_empty(const struct taxonomy_set *set);
bool taxonomy_overlap(const struct taxonomy_set *a,
    const struct taxonomy_set *b);

#endif
