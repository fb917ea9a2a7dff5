/*
 * long_gram.h: runs of four and more characters, where shorter ones have
 * many documents.
 *
 * Meaning   a gram of n >= 4 characters (at most SNAP_GRAM_MAX) is in the
 *           file when its first n - 1 and its last n - 1 characters stand in
 *           more than LONG_GRAM_DOCS documents each.  So whoever looks for a
 *           longer text finds either its posting, or a part of it that has
 *           few documents; only these need be read.
 *           Its documents are among those of its parts: with as many, they
 *           are the same, and the posting is shared.
 * Units     document numbers.
 * Failure   the file's; as posting_table.
 * Lifetime  rows are the caller's, to free().  Memory: four bytes for each
 *           character that begins such a gram, and a gram_table of one n.
 * Source    R. Agrawal, R. Srikant, "Fast Algorithms for Mining Association
 *           Rules" (1994): the candidates of n from the frequent of n - 1.
 */
#ifndef TSUNAGARI_LONG_GRAM_H
#define TSUNAGARI_LONG_GRAM_H

#include "gram_table.h"

enum { LONG_GRAM_DOCS = 64 };

struct long_gram_input {
    struct snapshot_file *file;
    const struct snap_doc *docs; /* text */
    uint32_t docs_n;
    const struct snap_gram *grams; /* of 1 to 3, posted */
    uint32_t grams_n;
};

/* Adds the postings, then gives the rows for SNAP_SEC_LONG_GRAMS. */
bool long_gram_post(const struct long_gram_input *input,
    struct posting_table *postings, struct snap_gram **rows, uint32_t *n,
    struct err *err);

#endif
