/*
 * page_part.h: the parts of pages that are lists (page_table.h).
 *
 * Failure   page_part_weights(): a label too many.
 * Lifetime  fragments are the caller's.
 */
#ifndef TSUNAGARI_PAGE_PART_H
#define TSUNAGARI_PAGE_PART_H

#include "page_table.h"

enum { PAGE_PART_TAGS = 40 };

void page_part_regions(const struct page_input *input, struct fragment *out);
void page_part_values(const struct page_input *input, uint32_t facet,
    const char *key, uint32_t most, struct fragment *out);
bool page_part_weights(const struct page_input *input, struct labels *labels,
    struct fragment *out, struct err *err);
void page_part_regions_json(const struct page_input *input,
    struct fragment *out);

#endif
