/*
 * vocabulary.h: the public terms of one vocabulary, with their labels.
 *
 * Meaning   terms in reading order (each before those below it, siblings by
 *           `sort`).  staff_only terms are left out: what hangs below one
 *           hangs below the nearest public term above it, and a document
 *           with one counts for that.
 * Failure   the store's; a label too many.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_VOCABULARY_H
#define TSUNAGARI_VOCABULARY_H

#include "labels.h"
#include "optimizer/base/arena.h"
#include "optimizer/store/store.h"

enum { VOCABULARY_NONE = -1 };

struct vocabulary_term {
    const char *id;
    int32_t parent; /* VOCABULARY_NONE at the top */
    uint32_t label;
    const char *label_ja, *label_easy, *label_en;
};

struct vocabulary_up { /* any term of the store */
    const char *id;
    int32_t term; /* itself or the nearest public one above, or none */
};

struct vocabulary {
    struct vocabulary_term *terms;
    int32_t n;
    struct vocabulary_up *ups;
    int32_t ups_n;
};

/* table: "resource_kinds", "target_groups", "themes", "sectors" ... */
bool vocabulary_load(struct store *store, const char *table,
    struct labels *labels, struct arena *arena, struct vocabulary *vocabulary,
    struct err *err);
/* A public term; VOCABULARY_NONE. */
int32_t vocabulary_find(const struct vocabulary *vocabulary, const char *id);
/* The same, or the nearest public one above a staff_only one. */
int32_t vocabulary_up(const struct vocabulary *vocabulary, const char *id);

#endif
