/* posting_table.c: chooses the form of each posting and streams its data. */
#include "posting_table.h"

#include <stdlib.h>
#include <string.h>

void
posting_table_init(struct posting_table *table, struct snapshot_file *file,
    uint32_t index, uint32_t docs_n)
{
    *table = (struct posting_table){
        .file = file, .index = index, .docs_n = docs_n, .empty = SNAP_NONE};
    table->single = xmalloc((docs_n + 1) * sizeof(*table->single));
    memset(table->single, 0xFF, (docs_n + 1) * sizeof(*table->single));
    table->words = xcalloc((docs_n + 63) / 64, sizeof(*table->words));
    snapshot_file_begin(file, SNAP_SEC_POSTING_DATA, index);
}

uint32_t
posting_table_form(uint32_t docs_n, uint32_t n)
{
    uint64_t list_n = 4ull * n, words_n = (docs_n + 63ull) / 64 * 8;
    return list_n <= words_n ? SNAP_FORM_LIST : SNAP_FORM_BITSET;
}

uint32_t
posting_table_fast_form(uint32_t docs_n, uint32_t n)
{
    return 4ull * n <= (docs_n + 63ull) / 64 ? SNAP_FORM_LIST
                                             : SNAP_FORM_BITSET;
}

static uint64_t
put_data(struct posting_table *table, const uint32_t *docs, uint32_t n,
    uint32_t form)
{
    uint32_t words_n = (table->docs_n + 63) / 64;
    if (form == SNAP_FORM_BITSET) {
        memset(table->words, 0, words_n * sizeof(*table->words));
        for (uint32_t i = 0; i < n; i++) {
            table->words[docs[i] / 64] |= (uint64_t)1 << docs[i] % 64;
        }
        return snapshot_file_append(
            table->file, table->words, words_n * sizeof(*table->words));
    }
    uint64_t offset =
        snapshot_file_append(table->file, docs, n * sizeof(*docs));
    if (n % 2 != 0) {
        static const uint32_t zero;
        snapshot_file_append(table->file, &zero, sizeof(zero));
    }
    return offset;
}

bool
posting_table_add(struct posting_table *table, const uint32_t *docs, uint32_t n,
    uint32_t form, uint32_t *posting, struct err *err)
{
    uint32_t *known = n == 0   ? &table->empty
                      : n == 1 ? &table->single[docs[0]]
                               : posting;
    if (n <= 1 && *known != SNAP_NONE) {
        *posting = *known;
        return true;
    }
    if (table->n == SNAP_NONE - 1) {
        return fail(err, ERR_INPUT, "snapshot: too many posting lists");
    }
    if (table->n == table->cap) {
        table->cap = 2 * table->cap + 1024;
        table->rows = xrealloc(table->rows, table->cap, sizeof(*table->rows));
    }
    uint64_t offset = put_data(table, docs, n, form);
    table->rows[table->n] =
        (struct snap_posting){.offset = offset, .count = n, .form = form};
    *posting = table->n++;
    *known = *posting;
    return true;
}

void
posting_table_finish(struct posting_table *table)
{
    snapshot_file_section(
        table->file, SNAP_SEC_POSTINGS, table->index, table->rows, table->n);
    posting_table_release(table);
}

void
posting_table_release(struct posting_table *table)
{
    free(table->rows);
    free(table->single);
    free(table->words);
    table->rows = NULL;
    table->single = NULL;
    table->words = NULL;
}
