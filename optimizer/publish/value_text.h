/*
 * value_text.h: facet values as they stand in a list, ready-made.
 *
 * Meaning   struct snap_value_text and the value links of schema/snapshot.h,
 *           in each language.
 * Failure   the file's.
 * Lifetime  until value_text_release().
 */
#ifndef TSUNAGARI_VALUE_TEXT_H
#define TSUNAGARI_VALUE_TEXT_H

#include "facets.h"
#include "labels.h"

/* Of each n rows; all zero: none. */
struct value_text {
    struct snap_value_text *rows;
    struct snap_ref *links;
    uint64_t n;
};

/* After facets_number(). */
void value_text_write(struct value_text *texts, const struct facets *facets,
    const struct labels *labels, struct snapshot_file *file);
void value_text_sections(const struct value_text *texts,
    struct snapshot_file *file, uint32_t collection);
void value_text_release(struct value_text *texts);

#endif
