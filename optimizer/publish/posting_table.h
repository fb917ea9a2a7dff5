/*
 * posting_table.h: posting lists on their way to the file.
 *
 * Meaning   a set of documents becomes a list or a bitset; the empty set and
 *           the sets of one document are kept once.  Data is streamed to SNAP_SEC_POSTING_DATA, which must be
 *           the section begun last; the rows are written by _finish().
 * Units     document numbers, ascending.
 * Failure   ERR_INPUT for more postings than a number can name.
 * Lifetime  until _finish() or _release().
 */
#ifndef TSUNAGARI_POSTING_TABLE_H
#define TSUNAGARI_POSTING_TABLE_H

#include "snapshot_file.h"

struct posting_table {
    struct snapshot_file *file;
    uint32_t index, docs_n;
    struct snap_posting *rows;
    uint32_t n, cap;
    uint32_t empty;     /* posting of no document, SNAP_NONE */
    uint32_t *single;   /* by document, SNAP_NONE */
    uint64_t *words;    /* scratch of one bitset */
};

/* Begins the section of posting data of that collection. */
void posting_table_init(struct posting_table *table,
    struct snapshot_file *file, uint32_t index, uint32_t docs_n);
/* The form of a posting of n documents: the smaller one. */
uint32_t posting_table_form(uint32_t docs_n, uint32_t n);
/* The one that is counted faster: a bitset is, at four documents a word. */
uint32_t posting_table_fast_form(uint32_t docs_n, uint32_t n);
bool posting_table_add(struct posting_table *table, const uint32_t *docs,
    uint32_t n, uint32_t form, uint32_t *posting, struct err *err);
void posting_table_finish(struct posting_table *table); /* SEC_POSTINGS */
void posting_table_release(struct posting_table *table);

#endif
