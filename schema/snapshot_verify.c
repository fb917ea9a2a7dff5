/*
 * snapshot_verify.c: reads the whole file and checks what snap_open() leaves
 * to the publisher: CRC, references, orders, and that every list agrees
 * with the others.
 */
#include "snapshot.h"

#include <string.h>

#include "fold.h"

static int
text_ok(const struct snap *s, struct snap_ref ref)
{
    struct snap_span span = snap_bytes(s, ref);
    if (span.data == NULL || ref.reserved != 0) {
        return 0;
    }
    return fold_utf8_valid((const char *)span.data, span.length) == span.length;
}

/* Escapes whole, their numbers known; the text around them is UTF-8. */
static int
fragment_ok(const struct snap *s, struct snap_ref ref)
{
    struct snap_span span = snap_bytes(s, ref);
    if (span.data == NULL || ref.reserved != 0) {
        return 0;
    }
    const unsigned char *p = span.data, *end = p + span.length;
    while (p < end) {
        const unsigned char *text = p;
        while (p < end && *p != SNAP_ESC_LABEL && *p != SNAP_ESC_SLOT) {
            p++;
        }
        size_t len = (size_t)(p - text);
        if (fold_utf8_valid((const char *)text, len) != len) {
            return 0;
        }
        if (p == end) {
            break;
        }
        if (*p == SNAP_ESC_LABEL) {
            if (end - p < 3 || p[1] + 256u * p[2] >= s->labels_n) {
                return 0;
            }
            p += 3;
        } else {
            if (end - p < 2 || p[1] == 0 || p[1] >= SNAP_SLOTS) {
                return 0;
            }
            p += 2;
        }
    }
    return 1;
}

static const char *
verify_crc(const struct snap *s, uint64_t size)
{
    const unsigned char *base = (const unsigned char *)s->header;
    struct snap_header h;
    memcpy(&h, base, sizeof(h));
    uint32_t stated = h.crc32;
    h.crc32 = 0;
    if (h.file_size != size || h.reserved[0] != 0) {
        return "header is wrong";
    }
    uint64_t rest = size - sizeof(h);
    uint32_t crc = snap_crc32(0, &h, sizeof(h));
    crc = snap_crc32(crc, base + sizeof(h), rest);
    if (crc != stated) {
        return "checksum is wrong";
    }
    crc = snap_crc32(0, base + sizeof(h), rest);
    return (uint32_t)h.generation != crc ? "generation is wrong" : NULL;
}

static const char *
verify_regions(const struct snap *s)
{
    for (uint32_t i = 0; i < s->regions_n; i++) {
        const struct snap_region *r = &s->regions[i];
        if (r->level > SNAP_LEVEL_WARD || r->label >= s->labels_n ||
            (r->parent != SNAP_NONE && r->parent >= i)) {
            return "region has a wrong level, label or parent";
        }
        if (r->neighbours > s->neighbours_n ||
            r->neighbours_n > s->neighbours_n - r->neighbours) {
            return "region has wrong neighbours";
        }
        const struct snap_region_id *id = &s->region_ids[i];
        if (id->region >= s->regions_n || id->code[7] != '\0' ||
            memcmp(id->code, s->regions[id->region].code, 8) != 0) {
            return "region code leads elsewhere";
        }
        if (i > 0 && memcmp(id[-1].code, id->code, 8) >= 0) {
            return "region codes are out of order";
        }
    }
    for (uint32_t i = 0; i < s->neighbours_n; i++) {
        if (s->neighbours[i] >= s->regions_n) {
            return "neighbour is no region";
        }
    }
    return NULL;
}

static const char *
verify_texts(const struct snap *s)
{
    for (uint32_t i = 0; i < s->labels_n; i++) {
        for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
            if (!text_ok(s, s->labels[i].html[lang]) ||
                !text_ok(s, s->labels[i].json[lang])) {
                return "label has a wrong text";
            }
        }
    }
    for (uint32_t i = 0; i < SNAP_PAGES; i++) {
        if (!fragment_ok(s, s->pages[i])) {
            return "page has a wrong fragment";
        }
    }
    return NULL;
}

static const char *
verify_docs(const struct snap *s, const struct snap_collection *c)
{
    uint64_t values = 0;
    for (uint32_t i = 0; i < c->docs_n; i++) {
        const struct snap_doc *d = &c->docs[i];
        if (!text_ok(s, d->text) || !text_ok(s, d->title) ||
            !fragment_ok(s, d->card) || !fragment_ok(s, d->detail) ||
            !fragment_ok(s, d->item) || !fragment_ok(s, d->item_detail)) {
            return "document has a wrong text";
        }
        if (d->values != values) {
            return "document's values are out of place";
        }
        values += d->values_n;
        uint32_t n;
        const uint32_t *list = snap_doc_values(c, i, &n);
        if (list == NULL || n != d->values_n) {
            return "document's values are out of bounds";
        }
        for (uint32_t k = 0; k < n; k++) {
            if (list[k] >= c->values_n || (k > 0 && list[k - 1] >= list[k])) {
                return "document's values are out of order";
            }
        }
        const struct snap_doc_id *id = &c->ids[i];
        if (id->doc >= c->docs_n || c->docs[id->doc].id != id->id ||
            (i > 0 && id[-1].id >= id->id)) {
            return "document ids are out of order";
        }
    }
    return values == c->doc_values_n ? NULL : "spare document values";
}

static int
posting_has(
    const uint32_t *list, const uint64_t *words, uint32_t n, uint32_t doc)
{
    if (words != NULL) {
        return (int)(words[doc / 64] >> (doc % 64) & 1);
    }
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (list[middle] < doc) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n && list[low] == doc;
}

static const char *
verify_postings(const struct snap_collection *c)
{
    for (uint32_t i = 0; i < c->postings_n; i++) {
        const uint32_t *list;
        const uint64_t *words;
        uint32_t n;
        uint64_t count = 0;
        snap_posting_get(c, i, &list, &words, &n);
        if (list == NULL && words == NULL) {
            return "posting is out of bounds";
        }
        for (uint32_t k = 0; k < n; k++) {
            if (words != NULL) {
                count += (uint64_t)__builtin_popcountll(words[k]);
            } else if (list[k] >= c->docs_n ||
                       (k > 0 && list[k - 1] >= list[k])) {
                return "posting is out of order";
            }
        }
        if (words != NULL && c->docs_n % 64 != 0 && n > 0 &&
            words[n - 1] >> (c->docs_n % 64) != 0) {
            return "posting has documents that are none";
        }
        if (words != NULL && count != c->postings[i].count) {
            return "posting has a wrong count";
        }
    }
    return NULL;
}

static const char *
verify_values(const struct snap *s, const struct snap_collection *c)
{
    uint32_t next = 0;
    uint64_t total = 0;
    for (uint32_t f = 0; f < SNAP_FACETS; f++) {
        uint32_t first = c->facets[f].first;
        if (first != next) {
            return "facets are out of place";
        }
        next += c->facets[f].count;
        for (uint32_t v = first; v < next; v++) {
            const struct snap_value *value = &c->values[v];
            total += value->count;
            if (!text_ok(s, value->code) ||
                (value->label >= s->labels_n && value->label != SNAP_NONE)) {
                return "value has a wrong text";
            }
            if (value->parent != SNAP_NONE &&
                (value->parent < first || value->parent >= v)) {
                return "value has a wrong parent";
            }
            if (value->posting >= c->postings_n ||
                c->postings[value->posting].count != value->count) {
                return "value has a wrong count";
            }
            struct snap_span code = snap_bytes(s, value->code);
            if (snap_value_find(
                    s, c, f, (const char *)code.data, code.length) != v) {
                return "value cannot be found by its code";
            }
        }
    }
    if (next != c->values_n || total != c->doc_values_n) {
        return "values and documents disagree in number";
    }
    for (uint32_t d = 0; d < c->docs_n; d++) {
        uint32_t n;
        const uint32_t *list = snap_doc_values(c, d, &n);
        for (uint32_t k = 0; k < n; k++) {
            const uint32_t *docs;
            const uint64_t *words;
            uint32_t docs_n;
            snap_posting_get(
                c, c->values[list[k]].posting, &docs, &words, &docs_n);
            if (!posting_has(docs, words, docs_n, d)) {
                return "values and documents disagree";
            }
        }
    }
    return NULL;
}

static int
gram_key_ok(uint64_t key)
{
    uint64_t mask = (1u << 21) - 1;
    uint64_t a = key >> 42, b = key >> 21 & mask, d = key & mask;
    return a != 0 && a < 0x110000 && b < 0x110000 && d < 0x110000 &&
           (b != 0 || d == 0);
}

static const char *
verify_grams(const struct snap_collection *c)
{
    for (uint32_t i = 0; i < c->grams_n; i++) {
        if (!gram_key_ok(c->grams[i].key) ||
            c->grams[i].posting >= c->postings_n ||
            (i > 0 && c->grams[i - 1].key >= c->grams[i].key)) {
            return "grams are out of order";
        }
    }
    return NULL;
}

/* Equal for equal sets, whatever their order (splitmix64, summed). */
static uint64_t
mix(uint32_t doc)
{
    uint64_t z = (doc + 1) * 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static const char *
verify_orders(const struct snap_collection *c)
{
    uint64_t first = 0;
    for (uint32_t r = 0; r < c->orders_n; r++) {
        uint32_t n, docs_n;
        const uint32_t *docs;
        const uint64_t *words;
        const uint32_t *order = snap_order_get(c, r, &n);
        snap_posting_get(c, c->values[r].posting, &docs, &words, &docs_n);
        if (order == NULL || n != c->values[r].count ||
            c->orders[r].first != first) {
            return "order of a region is out of place";
        }
        first += n;
        uint64_t sum = 0, wanted = 0;
        for (uint32_t k = 0; k < n; k++) {
            if (order[k] >= c->docs_n ||
                !posting_has(docs, words, docs_n, order[k])) {
                return "order of a region has a foreign document";
            }
            sum += mix(order[k]);
        }
        for (uint32_t k = 0; k < docs_n; k++) {
            for (uint64_t w = words != NULL ? words[k] : 0; w != 0;
                 w &= w - 1) {
                wanted += mix(64 * k + (uint32_t)__builtin_ctzll(w));
            }
            wanted += words == NULL ? mix(docs[k]) : 0;
        }
        if (sum != wanted) {
            return "order of a region has a document twice";
        }
    }
    return first == c->order_data_n ? NULL : "spare order data";
}

static const char *
verify_suggestions(const struct snap *s)
{
    if (s->header->audience == SNAP_AUDIENCE_PUBLIC && s->suggestions_n > 0) {
        return "public snapshot has suggestions";
    }
    for (uint32_t i = 0; i < s->suggestions_n; i++) {
        const struct snap_suggestion *g = &s->suggestions[i];
        if (g->need >= s->collections[SNAP_NEEDS].docs_n ||
            g->resource >= s->collections[SNAP_RESOURCES].docs_n ||
            (i > 0 && g[-1].need > g->need) || !fragment_ok(s, g->html) ||
            !fragment_ok(s, g->json)) {
            return "suggestion is wrong";
        }
    }
    return NULL;
}

const char *
snap_verify(const struct snap *s, uint64_t size)
{
    const char *reason = verify_crc(s, size);
    reason = reason != NULL ? reason : verify_regions(s);
    reason = reason != NULL ? reason : verify_texts(s);
    for (uint32_t i = 0; i < SNAP_COLLECTIONS; i++) {
        const struct snap_collection *c = &s->collections[i];
        reason = reason != NULL ? reason : verify_docs(s, c);
        reason = reason != NULL ? reason : verify_postings(c);
        reason = reason != NULL ? reason : verify_values(s, c);
        reason = reason != NULL ? reason : verify_grams(c);
        reason = reason != NULL ? reason : verify_orders(c);
    }
    return reason != NULL ? reason : verify_suggestions(s);
}
