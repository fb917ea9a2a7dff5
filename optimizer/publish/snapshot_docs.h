/*
 * snapshot_docs.h: the documents of one collection on their way to the file.
 *
 * Meaning   one pass in rank order: each document is loaded, rendered, its
 *           text folded, its facet values and grams noted; then the sections
 *           of the collection.
 * Failure   the store's; text that is no UTF-8 is ERR_INPUT and names the
 *           entry.
 * Lifetime  from snapshot_docs_pass() to snapshot_docs_release().
 */
#ifndef TSUNAGARI_SNAPSHOT_DOCS_H
#define TSUNAGARI_SNAPSHOT_DOCS_H

#include "card_table.h"
#include "collection.h"
#include "facets.h"
#include "gram_table.h"
#include "hsds.h"
#include "page_feed.h"
#include "region_order.h"
#include "render.h"
#include "value_text.h"

struct snapshot_docs {
    const struct collection *collection;
    const struct render *render;
    struct facets facets;
    struct gram_table grams;
    struct card_table cards;
    struct snap_doc *rows;
    struct value_text value_texts;
    uint32_t first_kind, first_target, first_theme, first_sector;
    uint32_t free_value, prefecture_value, online_value;
};

/*
 * Writes texts and fragments; numbers the facet values and writes their
 * texts.  feed and hsds (its resources) get every document, too; NULL: none.
 */
bool snapshot_docs_pass(struct store *store, const struct render *render,
    const struct collection *collection, struct page_feed *feed,
    struct hsds *hsds, const struct labels *labels,
    struct snapshot_file *file, struct snapshot_docs *docs, struct err *err);
/* Writes the collection's sections. */
bool snapshot_docs_sections(struct snapshot_docs *docs,
    struct snapshot_file *file, struct err *err);
void snapshot_docs_release(struct snapshot_docs *docs);

#endif
