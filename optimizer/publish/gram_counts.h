/*
 * gram_counts.h: facet counts of the grams that many documents hold.
 *
 * Meaning   GRAM_COUNTS of schema/snapshot.h: for grams of one to three
 *           characters with GRAM_COUNTS_LEAST documents or more whose posting
 *           is a bitset.  Fewer documents are counted as soon as a row of
 *           counts is read.
 * Failure   none but memory, which exits.
 * Lifetime  until gram_counts_release(); {0} is empty.
 */
#ifndef TSUNAGARI_GRAM_COUNTS_H
#define TSUNAGARI_GRAM_COUNTS_H

#include "facets.h"
#include "gram_table.h"

enum { GRAM_COUNTS_LEAST = 256 };

struct gram_counts {
    uint32_t *rows; /* columns_n each */
    uint32_t n, cap, columns_n;
};

/* Fills in counts of the grams' records, which are posted; columns chosen. */
void gram_counts_make(struct gram_counts *counts, const struct facets *facets,
    const struct gram_table *grams, struct snap_gram *records);
void gram_counts_section(const struct gram_counts *counts,
    struct snapshot_file *file, uint32_t collection);
void gram_counts_release(struct gram_counts *counts);

#endif
