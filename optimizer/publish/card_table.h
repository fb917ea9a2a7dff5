/*
 * card_table.h: the cards of a collection on their way to the file.
 *
 * Meaning   each document's card in each language, in rank order; they are
 *           kept until all are there, since those of a language lie side by
 *           side in the file.
 * Units     bytes; some 4 kB of memory per document.
 * Failure   none but memory, which exits.
 * Lifetime  until card_table_release(); {0} is empty.
 */
#ifndef TSUNAGARI_CARD_TABLE_H
#define TSUNAGARI_CARD_TABLE_H

#include "labels.h"

struct card_table {
    struct fragment runs[SNAP_LANGS];
    struct snap_ref *rows; /* by language, then document */
    uint32_t docs_n;
};

void card_table_init(struct card_table *table, uint32_t docs_n);
/* The card of document doc, which is the next one, in that language. */
void card_table_add(struct card_table *table, uint32_t doc, uint32_t lang,
    const struct labels *labels, const struct fragment *html);
/* The texts into the file, and the section. */
void card_table_texts(struct card_table *table, struct snapshot_file *file);
void card_table_section(const struct card_table *table,
    struct snapshot_file *file, uint32_t collection);
void card_table_release(struct card_table *table);

#endif
