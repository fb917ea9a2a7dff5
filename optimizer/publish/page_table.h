/*
 * page_table.h: the pages of a snapshot: templates with what the publisher
 * alone knows in them.
 *
 * Meaning   templates of ngx_module/html with the parts
 *           REGION_LINKS, KIND_LINKS, TAG_LINKS (with counts of resources),
 *           WEIGHT_ROWS (the weights of the run, by option.h), and
 *           SUGGESTIONS_LINK, ROBOTS (members only); regions.json; the
 *           style sheet and the element.
 * Failure   ERR_INPUT with path:line for a template that is wrong.
 * Lifetime  fragments are written to the file at once.
 */
#ifndef TSUNAGARI_PAGE_TABLE_H
#define TSUNAGARI_PAGE_TABLE_H

#include "collection.h"
#include "facets.h"
#include "labels.h"
#include "optimizer/base/option.h"
#include "region_table.h"

struct page_table {
    struct snap_ref pages[SNAP_LANGS][SNAP_PAGES];
};

struct page_input {
    uint32_t audience;
    const struct region_table *regions;
    const struct facets *facets; /* by collection, numbered */
    const int64_t *weights;      /* OPTION_COUNT values of the run */
};

bool page_table_make(const struct page_input *input, struct labels *labels,
    struct snapshot_file *file, struct page_table *table, struct err *err);

/* One file for all languages. */
void page_table_file(
    struct page_table *table, uint32_t page, struct snap_ref ref);

#endif
