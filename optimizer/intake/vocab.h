/*
 * vocab.h: a vocabulary of the store, to find terms by id or label.
 *
 * Meaning   an id exactly; else a Japanese or English label as
 *           table_same_name() compares names.
 * Failure   vocab_find() gives NULL for no term, or for a label of two.
 * Lifetime  ids live as long as the arena.
 */
#ifndef TSUNAGARI_VOCAB_H
#define TSUNAGARI_VOCAB_H

#include "optimizer/base/arena.h"
#include "optimizer/store/store.h"

struct vocab_term {
    const char *id, *parent_id;
    const char *key_ja, *key_en; /* table_name_key() of the labels */
};

struct vocab {
    const struct vocab_term *terms; /* in id order */
    int n;
};

/* table: "resource_kinds", "target_groups" ... */
bool vocab_load(struct vocab *vocab, struct store *store, const char *table,
    struct arena *arena, struct err *err);
const char *vocab_find(const struct vocab *vocab, const char *text);
/* Is id the term root, or below it? */
bool vocab_below(const struct vocab *vocab, const char *id,
    const char *root);

#endif
