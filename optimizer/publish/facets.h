/*
 * facets.h: facet values, the documents that have them, and their sections.
 *
 * Meaning   values are declared facet by facet in reading order, each behind
 *           the one above it; tags are found as documents name them and
 *           stand by count, then by text.  A document has the values it is
 *           given and all above them.  Values without a document are left
 *           out, but for regions and kinds.
 * Units     a provisional number is that of the declaration; the file's are
 *           given by facets_number().
 * Failure   ERR_INPUT past 2^32 - 2 values.
 * Lifetime  until facets_release(); codes are copied.
 */
#ifndef TSUNAGARI_FACETS_H
#define TSUNAGARI_FACETS_H

#include "optimizer/base/arena.h"
#include "posting_table.h"

struct facet_value {
    uint32_t facet;
    const char *code;
    struct snap_ref code_ref;
    uint32_t label;  /* SNAP_NONE: the code */
    uint32_t parent; /* provisional, SNAP_NONE */
    uint32_t count;
    uint32_t number;  /* in the file, SNAP_NONE: left out */
    uint32_t posting; /* of facets_post() */
    uint32_t column;  /* of facet_rows_choose(), SNAP_NONE */
};

struct facets {
    struct arena arena;
    struct facet_value *values;
    uint32_t n, cap;
    uint32_t *tag_slots, tag_slots_n, tags; /* hash: provisional + 1 */
    uint32_t docs_n, docs_cap;
    uint64_t *doc_first; /* by document, and one behind the last */
    uint32_t *doc_values;
    uint64_t doc_values_n, doc_values_cap;
    uint32_t *by_number; /* provisional by number */
    uint32_t numbers;
};

uint32_t facets_declare(struct facets *facets, uint32_t facet,
    const char *code, uint32_t label, uint32_t parent);
uint32_t facets_tag(struct facets *facets, const char *tag);
/* The next document; values may repeat. */
void facets_doc(struct facets *facets, const uint32_t *values, uint32_t n);

/* After the last document: numbers the values and writes their codes. */
bool facets_number(struct facets *facets, struct snapshot_file *file,
    struct err *err);
/* Values of a document as in the file, ascending; *n of them. */
const uint32_t *facets_of(const struct facets *facets, uint32_t doc,
    uint32_t *n);
/* Column of a value by its number in the file; SNAP_NONE. */
uint32_t facets_column(const struct facets *facets, uint32_t value);
int facets_compare(const void *a, const void *b); /* two value numbers */
bool facets_post(struct facets *facets, struct posting_table *postings,
    struct err *err);
/* FACETS, VALUES and VALUE_IDS of collection index. */
void facets_write(const struct facets *facets, struct snapshot_file *file,
    uint32_t index);
void facets_release(struct facets *facets);

#endif
