/*
 * value_text.h: facet values as they stand in a list, ready-made.
 *
 * Meaning   struct snap_value_text of schema/snapshot.h, in each language.
 * Failure   the file's.
 * Lifetime  the rows are the caller's, to free().
 */
#ifndef TSUNAGARI_VALUE_TEXT_H
#define TSUNAGARI_VALUE_TEXT_H

#include "facets.h"
#include "labels.h"

/* After facets_number(); facets->numbers rows. */
struct snap_value_text *value_text_write(const struct facets *facets,
    const struct labels *labels, struct snapshot_file *file);

#endif
