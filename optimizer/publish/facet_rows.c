/* facet_rows.c: bits by document, sums of them by pair. */
#include "facet_rows.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/base/err.h"

static const struct facets *sorting; /* qsort has no argument of its own */

static int
compare_counts(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    uint32_t left = sorting->values[sorting->by_number[x]].count;
    uint32_t right = sorting->values[sorting->by_number[y]].count;
    return left != right ? (left < right) - (left > right) : (x > y) - (x < y);
}

void
facet_rows_choose(struct facets *facets)
{
    uint32_t *numbers = xcalloc(facets->numbers + 1ull, sizeof(*numbers));
    for (uint32_t v = 0; v < facets->numbers; v++) {
        numbers[v] = v;
    }
    sorting = facets;
    qsort(numbers, facets->numbers, sizeof(*numbers), compare_counts);
    uint32_t n = facets->numbers < SNAP_COLUMNS_MAX ? facets->numbers
                                                     : SNAP_COLUMNS_MAX;
    qsort(numbers, n, sizeof(*numbers), facets_compare);
    for (uint32_t column = 0; column < n; column++) {
        facets->values[facets->by_number[numbers[column]]].column = column;
    }
    free(numbers);
}

static uint32_t
write_columns(
    const struct facets *facets, struct snapshot_file *file, uint32_t index)
{
    uint32_t columns[SNAP_COLUMNS_MAX], n = 0;
    for (uint32_t v = 0; v < facets->numbers; v++) {
        if (facets_column(facets, v) != SNAP_NONE) {
            columns[n++] = v;
        }
    }
    snapshot_file_section(file, SNAP_SEC_COLUMNS, index, columns, n);
    return n;
}

static void
write_rows(const struct facets *facets, struct snapshot_file *file,
    uint32_t index, uint32_t columns_n)
{
    uint64_t row[SNAP_COLUMNS_MAX / 64];
    snapshot_file_begin(file, SNAP_SEC_ROWS, index);
    for (uint32_t doc = 0; doc < facets->docs_n; doc++) {
        uint32_t n;
        const uint32_t *values = facets_of(facets, doc, &n);
        memset(row, 0, sizeof(row));
        for (uint32_t i = 0; i < n; i++) {
            uint32_t column = facets_column(facets, values[i]);
            if (column != SNAP_NONE) {
                row[column / 64] |= (uint64_t)1 << column % 64;
            }
        }
        snapshot_file_append(
            file, row, snap_row_words(columns_n) * sizeof(row[0]));
    }
}

static void
write_pairs(const struct facets *facets, struct snapshot_file *file,
    uint32_t index, uint32_t columns_n)
{
    uint64_t pairs_n = (uint64_t)columns_n * facets->numbers;
    uint32_t *pairs = xcalloc(pairs_n + 1, sizeof(*pairs));
    for (uint32_t doc = 0; doc < facets->docs_n; doc++) {
        uint32_t n;
        const uint32_t *values = facets_of(facets, doc, &n);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t column = facets_column(facets, values[i]);
            for (uint32_t k = 0; column != SNAP_NONE && k < n; k++) {
                pairs[(uint64_t)column * facets->numbers + values[k]]++;
            }
        }
    }
    snapshot_file_section(file, SNAP_SEC_PAIRS, index, pairs, pairs_n);
    free(pairs);
}

static void
write_rare(const struct facets *facets, struct snapshot_file *file,
    uint32_t index, struct snap_doc *docs)
{
    uint64_t written = 0;
    snapshot_file_begin(file, SNAP_SEC_DOC_VALUES, index);
    for (uint32_t doc = 0; doc < facets->docs_n; doc++) {
        uint32_t n;
        const uint32_t *values = facets_of(facets, doc, &n);
        docs[doc].values = written;
        for (uint32_t i = 0; i < n; i++) {
            if (facets_column(facets, values[i]) == SNAP_NONE) {
                snapshot_file_append(file, &values[i], sizeof(values[i]));
                written++;
            }
        }
        docs[doc].values_n = (uint32_t)(written - docs[doc].values);
    }
}

void
facet_rows_write(const struct facets *facets, struct snapshot_file *file,
    uint32_t index, struct snap_doc *docs)
{
    uint32_t columns_n = write_columns(facets, file, index);
    write_rows(facets, file, index, columns_n);
    write_pairs(facets, file, index, columns_n);
    write_rare(facets, file, index, docs);
}
