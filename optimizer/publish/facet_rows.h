/*
 * facet_rows.h: the documents' values as rows of bits, and the counts that
 * are known beforehand.
 *
 * Meaning   columns, rows and pairs of schema/snapshot.h; the values of no
 *           column by document.  The values with most documents become
 *           columns, of equal ones the first.
 * Failure   the file's.
 * Lifetime  of the facets, numbered and posted.
 */
#ifndef TSUNAGARI_FACET_ROWS_H
#define TSUNAGARI_FACET_ROWS_H

#include "facets.h"

/* After facets_number(): chooses the columns. */
void facet_rows_choose(struct facets *facets);

/*
 * COLUMNS, ROWS, PAIRS and DOC_VALUES of collection index; fills in values
 * and values_n of its documents.
 */
void facet_rows_write(const struct facets *facets, struct snapshot_file *file,
    uint32_t index, struct snap_doc *docs);

#endif
