/* gram_counts.c: documents of a gram and a column, as bitsets. */
#include "gram_counts.h"

#include <stdlib.h>
#include <string.h>

static void
set_bit(uint64_t *set, uint32_t doc)
{
    set[doc / 64] |= (uint64_t)1 << doc % 64;
}

/* A bitset of documents for each column, one behind the other. */
static uint64_t *
make_columns(const struct facets *facets, size_t words_n, uint32_t *columns_n)
{
    *columns_n = 0;
    for (uint32_t v = 0; v < facets->numbers; v++) {
        *columns_n += facets_column(facets, v) != SNAP_NONE;
    }
    uint64_t *sets = xcalloc(*columns_n * words_n + 1, sizeof(*sets));
    for (uint32_t doc = 0; doc < facets->docs_n; doc++) {
        uint32_t n;
        const uint32_t *values = facets_of(facets, doc, &n);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t column = facets_column(facets, values[i]);
            if (column != SNAP_NONE) {
                set_bit(sets + column * words_n, doc);
            }
        }
    }
    return sets;
}

static uint32_t *
next_row(struct gram_counts *counts)
{
    if (counts->n == counts->cap) {
        counts->cap = 2 * counts->cap + 64;
        counts->rows = xrealloc(counts->rows,
            (size_t)counts->cap * counts->columns_n + 1,
            sizeof(*counts->rows));
    }
    return counts->rows + (size_t)counts->n++ * counts->columns_n;
}

void
gram_counts_make(struct gram_counts *counts, const struct facets *facets,
    const struct gram_table *grams, struct snap_gram *records)
{
    size_t words_n = (facets->docs_n + 63ull) / 64;
    *counts = (struct gram_counts){0};
    uint64_t *columns = make_columns(facets, words_n, &counts->columns_n);
    uint64_t *set = xcalloc(words_n + 1, sizeof(*set));
    uint32_t *docs = xcalloc(facets->docs_n + 1ull, sizeof(*docs));
    for (uint32_t i = 0; i < grams->n; i++) {
        uint32_t n = gram_table_count(grams, i);
        records[i].counts = SNAP_NONE;
        if (n < GRAM_COUNTS_LEAST || counts->columns_n == 0 ||
            posting_table_form(facets->docs_n, n) != SNAP_FORM_BITSET) {
            continue;
        }
        gram_table_docs(grams, i, docs);
        memset(set, 0, words_n * sizeof(*set));
        for (uint32_t k = 0; k < n; k++) {
            set_bit(set, docs[k]);
        }
        records[i].counts = counts->n;
        uint32_t *row = next_row(counts);
        for (uint32_t column = 0; column < counts->columns_n; column++) {
            const uint64_t *other = columns + column * words_n;
            row[column] = 0;
            for (size_t w = 0; w < words_n; w++) {
                row[column] += snap_bits(set[w] & other[w]);
            }
        }
    }
    free(columns);
    free(set);
    free(docs);
}

void
gram_counts_section(const struct gram_counts *counts,
    struct snapshot_file *file, uint32_t collection)
{
    snapshot_file_section(file, SNAP_SEC_GRAM_COUNTS, collection,
        counts->rows, (uint64_t)counts->n * counts->columns_n);
}

void
gram_counts_release(struct gram_counts *counts)
{
    free(counts->rows);
    *counts = (struct gram_counts){0};
}
