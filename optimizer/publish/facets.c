/* facets.c: numbers facet values and lists them by document. */
#include "facets.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/base/err.h"

uint32_t
facets_declare(struct facets *facets, uint32_t facet, const char *code,
    uint32_t label, uint32_t parent)
{
    if (facets->n == facets->cap) {
        facets->cap = 2 * facets->cap + 256;
        facets->values =
            xrealloc(facets->values, facets->cap, sizeof(*facets->values));
    }
    facets->values[facets->n] = (struct facet_value){.facet = facet,
        .code = arena_string(&facets->arena, code),
        .label = label,
        .parent = parent,
        .number = SNAP_NONE,
        .column = SNAP_NONE};
    return facets->n++;
}

static uint32_t
hash_text(const char *text)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    }
    return hash;
}

static void
grow_tags(struct facets *facets)
{
    uint32_t n = facets->tag_slots_n > 0 ? 2 * facets->tag_slots_n : 1024;
    uint32_t *slots = xcalloc(n, sizeof(*slots));
    for (uint32_t i = 0; i < facets->tag_slots_n; i++) {
        uint32_t value = facets->tag_slots[i];
        if (value != 0) {
            uint32_t at = hash_text(facets->values[value - 1].code) & (n - 1);
            while (slots[at] != 0) {
                at = (at + 1) & (n - 1);
            }
            slots[at] = value;
        }
    }
    free(facets->tag_slots);
    facets->tag_slots = slots;
    facets->tag_slots_n = n;
}

uint32_t
facets_tag(struct facets *facets, const char *tag)
{
    if (2 * facets->tags >= facets->tag_slots_n) {
        grow_tags(facets);
    }
    uint32_t mask = facets->tag_slots_n - 1, at = hash_text(tag) & mask;
    for (; facets->tag_slots[at] != 0; at = (at + 1) & mask) {
        uint32_t value = facets->tag_slots[at] - 1;
        if (strcmp(facets->values[value].code, tag) == 0) {
            return value;
        }
    }
    uint32_t value =
        facets_declare(facets, SNAP_FACET_TAG, tag, SNAP_NONE, SNAP_NONE);
    facets->tag_slots[at] = value + 1;
    facets->tags++;
    return value;
}

static void
put_doc_value(struct facets *facets, uint32_t value)
{
    uint64_t first = facets->doc_first[facets->docs_n];
    for (uint64_t i = first; i < facets->doc_values_n; i++) {
        if (facets->doc_values[i] == value) {
            return;
        }
    }
    if (facets->doc_values_n == facets->doc_values_cap) {
        facets->doc_values_cap = 2 * facets->doc_values_cap + 4096;
        facets->doc_values = xrealloc(facets->doc_values,
            facets->doc_values_cap, sizeof(*facets->doc_values));
    }
    facets->doc_values[facets->doc_values_n++] = value;
    facets->values[value].count++;
}

void
facets_doc(struct facets *facets, const uint32_t *values, uint32_t n)
{
    if (facets->docs_n + 1 >= facets->docs_cap) {
        facets->docs_cap = 2 * facets->docs_cap + 1024;
        facets->doc_first = xrealloc(facets->doc_first, facets->docs_cap + 1,
            sizeof(*facets->doc_first));
        facets->doc_first[0] = 0;
    }
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t value = values[i]; value != SNAP_NONE;
             value = facets->values[value].parent) {
            put_doc_value(facets, value);
        }
    }
    facets->doc_first[++facets->docs_n] = facets->doc_values_n;
}

static const struct facets *sorting; /* qsort has no argument of its own */

static int
compare_values(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    const struct facet_value *left = &sorting->values[x];
    const struct facet_value *right = &sorting->values[y];
    if (left->facet != right->facet) {
        return left->facet < right->facet ? -1 : 1;
    }
    if (left->facet != SNAP_FACET_TAG) {
        return (x > y) - (x < y);
    }
    return left->count != right->count
               ? (left->count < right->count) - (left->count > right->count)
               : strcmp(left->code, right->code);
}

uint32_t
facets_column(const struct facets *facets, uint32_t value)
{
    return facets->values[facets->by_number[value]].column;
}

int
facets_compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool
is_kept(const struct facet_value *value)
{
    return value->count > 0 || value->facet == SNAP_FACET_REGION ||
           value->facet == SNAP_FACET_KIND;
}

bool
facets_number(
    struct facets *facets, struct snapshot_file *file, struct err *err)
{
    if (facets->n >= SNAP_NONE - 1) {
        return fail(err, ERR_INPUT, "snapshot: too many facet values");
    }
    facets->by_number = xcalloc(facets->n, sizeof(*facets->by_number));
    for (uint32_t i = 0; i < facets->n; i++) {
        if (is_kept(&facets->values[i])) {
            facets->by_number[facets->numbers++] = i;
        }
    }
    sorting = facets;
    qsort(facets->by_number, facets->numbers, sizeof(*facets->by_number),
        compare_values);
    for (uint32_t i = 0; i < facets->numbers; i++) {
        struct facet_value *value = &facets->values[facets->by_number[i]];
        value->number = i;
        value->code_ref =
            snapshot_file_text(file, value->code, strlen(value->code));
    }
    for (uint64_t i = 0; i < facets->doc_values_n; i++) {
        facets->doc_values[i] = facets->values[facets->doc_values[i]].number;
    }
    for (uint32_t doc = 0; doc < facets->docs_n; doc++) {
        uint64_t first = facets->doc_first[doc];
        uint64_t n = facets->doc_first[doc + 1] - first;
        if (n > 0) {
            qsort(facets->doc_values + first, n, sizeof(uint32_t),
                facets_compare);
        }
    }
    return true;
}

const uint32_t *
facets_of(const struct facets *facets, uint32_t doc, uint32_t *n)
{
    *n = (uint32_t)(facets->doc_first[doc + 1] - facets->doc_first[doc]);
    return *n > 0 ? facets->doc_values + facets->doc_first[doc] : NULL;
}

/* All documents by value, in one array: counts are known. */
bool
facets_post(
    struct facets *facets, struct posting_table *postings, struct err *err)
{
    uint64_t *first = xcalloc(facets->numbers + 1ull, sizeof(*first));
    uint32_t *docs = xmalloc(facets->doc_values_n * sizeof(*docs));
    for (uint32_t v = 0; v < facets->numbers; v++) {
        first[v + 1] = first[v] + facets->values[facets->by_number[v]].count;
    }
    for (uint32_t doc = 0; doc < facets->docs_n; doc++) {
        uint32_t n;
        const uint32_t *values = facets_of(facets, doc, &n);
        for (uint32_t i = 0; i < n; i++) {
            docs[first[values[i]]++] = doc;
        }
    }
    bool ok = true;
    for (uint32_t v = 0; ok && v < facets->numbers; v++) {
        struct facet_value *value = &facets->values[facets->by_number[v]];
        /* few sets, counted in every answer that has not their counts */
        ok = posting_table_add(postings, docs + first[v] - value->count,
            value->count, posting_table_fast_form(facets->docs_n, value->count),
            &value->posting, err);
    }
    free(first);
    free(docs);
    return ok;
}

static int
compare_codes(const void *a, const void *b)
{
    const struct facet_value *left =
        &sorting->values[sorting->by_number[*(const uint32_t *)a]];
    const struct facet_value *right =
        &sorting->values[sorting->by_number[*(const uint32_t *)b]];
    return left->facet != right->facet
               ? (left->facet > right->facet) - (left->facet < right->facet)
               : strcmp(left->code, right->code);
}

void
facets_write(
    const struct facets *facets, struct snapshot_file *file, uint32_t index)
{
    struct snap_facet rows[SNAP_FACETS] = {0};
    struct snap_value *values = xcalloc(facets->numbers, sizeof(*values));
    uint32_t *ids = xcalloc(facets->numbers, sizeof(*ids));
    for (uint32_t v = 0; v < facets->numbers; v++) {
        const struct facet_value *from = &facets->values[facets->by_number[v]];
        values[v] = (struct snap_value){.code = from->code_ref,
            .label = from->label,
            .parent = from->parent == SNAP_NONE
                          ? SNAP_NONE
                          : facets->values[from->parent].number,
            .posting = from->posting,
            .count = from->count,
            .column = from->column};
        rows[from->facet].count++;
        ids[v] = v;
    }
    for (uint32_t f = 1; f < SNAP_FACETS; f++) {
        rows[f].first = rows[f - 1].first + rows[f - 1].count;
    }
    sorting = facets;
    qsort(ids, facets->numbers, sizeof(*ids), compare_codes);
    snapshot_file_section(file, SNAP_SEC_FACETS, index, rows, SNAP_FACETS);
    snapshot_file_section(
        file, SNAP_SEC_VALUES, index, values, facets->numbers);
    snapshot_file_section(
        file, SNAP_SEC_VALUE_IDS, index, ids, facets->numbers);
    free(values);
    free(ids);
}

void
facets_release(struct facets *facets)
{
    arena_release(&facets->arena);
    free(facets->values);
    free(facets->tag_slots);
    free(facets->doc_first);
    free(facets->doc_values);
    free(facets->by_number);
    *facets = (struct facets){0};
}
