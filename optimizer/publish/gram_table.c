/* gram_table.c: collects grams by hash; their documents as deltas in chunks. */
#include "gram_table.h"

#include <stdlib.h>
#include <string.h>

#include "schema/fold.h"

struct gram {
    uint64_t key;
    uint32_t count;
    uint32_t last;       /* the latest document, in no chunk while first */
    uint32_t head, tail; /* chunks + 1; 0: none */
    uint32_t used;       /* bytes of the tail */
    uint32_t first;      /* document */
};

struct gram_chunk {
    unsigned char deltas[12]; /* base 128, low digits first, 0x80 goes on */
    uint32_t next;            /* chunk + 1; 0: none */
};

static uint32_t
slot_of(uint64_t key, uint32_t slots_n)
{
    return (uint32_t)((key * 0x9e3779b97f4a7c15u) >> 32) & (slots_n - 1);
}

static void
grow_slots(struct gram_table *table)
{
    uint32_t slots_n = table->slots_n > 0 ? 2 * table->slots_n : 1u << 16;
    uint32_t *slots = xcalloc(slots_n, sizeof(*slots));
    for (uint32_t i = 0; i < table->n; i++) {
        uint32_t at = slot_of(table->grams[i].key, slots_n);
        while (slots[at] != 0) {
            at = (at + 1) & (slots_n - 1);
        }
        slots[at] = i + 1;
    }
    free(table->slots);
    table->slots = slots;
    table->slots_n = slots_n;
}

static struct gram *
gram_of(struct gram_table *table, uint64_t key)
{
    if (table->n >= table->slots_n / 2) {
        grow_slots(table);
    }
    uint32_t at = slot_of(key, table->slots_n);
    while (table->slots[at] != 0) {
        struct gram *gram = &table->grams[table->slots[at] - 1];
        if (gram->key == key) {
            return gram;
        }
        at = (at + 1) & (table->slots_n - 1);
    }
    if (table->n == table->cap) {
        table->cap = 2 * table->cap + 4096;
        table->grams =
            xrealloc(table->grams, table->cap, sizeof(*table->grams));
    }
    struct gram *gram = &table->grams[table->n++];
    *gram = (struct gram){.key = key};
    table->slots[at] = table->n;
    return gram;
}

static void
put_byte(struct gram_table *table, struct gram *gram, unsigned char byte)
{
    if (gram->tail == 0 || gram->used == sizeof(table->chunks->deltas)) {
        if (table->chunks_n == table->chunks_cap) {
            table->chunks_cap = 2 * table->chunks_cap + 4096;
            table->chunks = xrealloc(
                table->chunks, table->chunks_cap, sizeof(*table->chunks));
        }
        memset(&table->chunks[table->chunks_n], 0, sizeof(*table->chunks));
        uint32_t made = ++table->chunks_n;
        if (gram->tail == 0) {
            gram->head = made;
        } else {
            table->chunks[gram->tail - 1].next = made;
        }
        gram->tail = made;
        gram->used = 0;
    }
    table->chunks[gram->tail - 1].deltas[gram->used++] = byte;
}

uint32_t
gram_table_put(struct gram_table *table, uint64_t key, uint32_t doc)
{
    struct gram *gram = gram_of(table, key);
    if (gram->count == 0) {
        gram->first = doc;
    } else if (gram->last == doc) {
        return (uint32_t)(gram - table->grams);
    } else {
        uint32_t delta = doc - gram->last;
        for (; delta >= 128; delta >>= 7) {
            put_byte(table, gram, (unsigned char)(delta | 0x80));
        }
        put_byte(table, gram, (unsigned char)delta);
    }
    gram->last = doc;
    gram->count++;
    return (uint32_t)(gram - table->grams);
}

uint64_t
gram_table_key(const struct gram_table *table, uint32_t gram)
{
    return table->grams[gram].key;
}

uint32_t
gram_table_count(const struct gram_table *table, uint32_t gram)
{
    return table->grams[gram].count;
}

bool
gram_table_add(struct gram_table *table, uint32_t doc, const char *text,
    size_t len, struct err *err)
{
    const char *end = text + len;
    if (table->n > 0x70000000 || table->chunks_n > 0x70000000) {
        return fail(err, ERR_INPUT, "snapshot: too many grams of text");
    }
    uint64_t two = 0, one = 0; /* the characters before; 0: a border */
    while (text < end) {
        uint64_t c = fold_next(&text, end);
        if (c == ' ' || c == '\n') {
            one = two = 0;
            continue;
        }
        gram_table_put(table, c << 42, doc);
        if (one != 0) {
            gram_table_put(table, one << 42 | c << 21, doc);
        }
        if (two != 0) {
            gram_table_put(table, two << 42 | one << 21 | c, doc);
        }
        two = one;
        one = c;
    }
    return true;
}

uint32_t
gram_table_docs(
    const struct gram_table *table, uint32_t number, uint32_t *docs)
{
    const struct gram *gram = &table->grams[number];
    uint32_t n = 0, doc = gram->first, chunk = gram->head, used = 0;
    docs[n++] = doc;
    while (n < gram->count) {
        uint32_t delta = 0;
        for (int shift = 0;; shift += 7) {
            if (used == sizeof(table->chunks->deltas)) {
                chunk = table->chunks[chunk - 1].next;
                used = 0;
            }
            unsigned char byte = table->chunks[chunk - 1].deltas[used++];
            delta |= (uint32_t)(byte & 0x7F) << shift;
            if (byte < 0x80) {
                break;
            }
        }
        doc += delta;
        docs[n++] = doc;
    }
    return n;
}

static int
compare_keys(const void *a, const void *b)
{
    uint64_t x = ((const struct gram *)a)->key;
    uint64_t y = ((const struct gram *)b)->key;
    return (x > y) - (x < y);
}

bool
gram_table_post(struct gram_table *table, struct posting_table *postings,
    struct snap_gram **rows, uint32_t *n, struct err *err)
{
    if (table->n > 0) {
        qsort(table->grams, table->n, sizeof(*table->grams), compare_keys);
    }
    free(table->slots); /* its numbers are of the old order */
    table->slots = NULL;
    table->slots_n = 0;
    *rows = xcalloc(table->n, sizeof(**rows));
    *n = table->n;
    uint32_t *docs = xmalloc((postings->docs_n + 1) * sizeof(*docs));
    bool ok = true;
    for (uint32_t i = 0; ok && i < table->n; i++) {
        uint32_t docs_n = gram_table_docs(table, i, docs);
        (*rows)[i].key = table->grams[i].key;
        ok = posting_table_add(postings, docs, docs_n,
            posting_table_form(postings->docs_n, docs_n), &(*rows)[i].posting,
            err);
    }
    free(docs);
    return ok;
}

void
gram_table_release(struct gram_table *table)
{
    free(table->grams);
    free(table->slots);
    free(table->chunks);
    *table = (struct gram_table){0};
}
