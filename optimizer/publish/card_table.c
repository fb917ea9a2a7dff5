/* card_table.c: cards by language. */
#include "card_table.h"

#include <stdlib.h>

#include "fragment_write.h"

void
card_table_init(struct card_table *table, uint32_t docs_n)
{
    *table = (struct card_table){.docs_n = docs_n,
        .rows = xcalloc((size_t)docs_n * SNAP_LANGS, sizeof(*table->rows))};
}

void
card_table_add(struct card_table *table, uint32_t doc, uint32_t lang,
    const struct labels *labels, const struct fragment *html)
{
    struct fragment text = {0}, *runs = &table->runs[lang];
    size_t from = runs->len;
    labels_resolve(labels, lang, html, &text);
    fragment_runs(&text, runs);
    table->rows[(size_t)lang * table->docs_n + doc] = (struct snap_ref){
        .offset = from, .length = (uint32_t)(runs->len - from)};
    fragment_release(&text);
}

void
card_table_texts(struct card_table *table, struct snapshot_file *file)
{
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        struct fragment *runs = &table->runs[lang];
        uint64_t at = snapshot_file_append(file, runs->data, runs->len);
        for (uint32_t doc = 0; doc < table->docs_n; doc++) {
            table->rows[(size_t)lang * table->docs_n + doc].offset += at;
        }
        fragment_release(runs);
    }
}

void
card_table_section(const struct card_table *table,
    struct snapshot_file *file, uint32_t collection)
{
    snapshot_file_section(file, SNAP_SEC_CARDS, collection, table->rows,
        (uint64_t)table->docs_n * SNAP_LANGS);
}

void
card_table_release(struct card_table *table)
{
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        fragment_release(&table->runs[lang]);
    }
    free(table->rows);
    *table = (struct card_table){0};
}
