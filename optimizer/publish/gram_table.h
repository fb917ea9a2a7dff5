/*
 * gram_table.h: the runs of one, two and three characters of the documents.
 *
 * Meaning   every gram of schema/snapshot.h that stands in a document's
 *           folded text, without those that hold a space or a line end.
 * Units     document numbers ascend from call to call.
 * Failure   as posting_table; ERR_INPUT for more grams than a number names.
 * Lifetime  until _release().  Memory: 32 bytes a gram, and 1 to 2 bytes for
 *           each document after a gram's first.
 */
#ifndef TSUNAGARI_GRAM_TABLE_H
#define TSUNAGARI_GRAM_TABLE_H

#include "posting_table.h"

struct gram_table {
    struct gram *grams;
    uint32_t n, cap;
    uint32_t *slots; /* hash: number of a gram + 1; 0: free */
    uint32_t slots_n; /* a power of two */
    struct gram_chunk *chunks;
    uint32_t chunks_n, chunks_cap;
};

/* Notes that document under a key; returns the key's number, by first use. */
uint32_t gram_table_put(struct gram_table *table, uint64_t key, uint32_t doc);
uint64_t gram_table_key(const struct gram_table *table, uint32_t gram);
uint32_t gram_table_count(const struct gram_table *table, uint32_t gram);
/* Its documents, ascending; returns their count. */
uint32_t gram_table_docs(const struct gram_table *table, uint32_t gram,
    uint32_t *docs);

bool gram_table_add(struct gram_table *table, uint32_t doc, const char *text,
    size_t len, struct err *err);
/* Adds the postings, then gives the rows for SNAP_SEC_GRAMS (to free()). */
bool gram_table_post(struct gram_table *table, struct posting_table *postings,
    struct snap_gram **rows, uint32_t *n, struct err *err);
void gram_table_release(struct gram_table *table);

#endif
