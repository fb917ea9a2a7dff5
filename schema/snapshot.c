/* snapshot.c: reads the mapped file within its bounds. */
#include "snapshot.h"

#include <string.h>

/* The mapping is read once per value, so that a check stays true. */
static uint32_t
once32(const uint32_t *p)
{
    return *(const volatile uint32_t *)p;
}

static uint64_t
once64(const uint64_t *p)
{
    return *(const volatile uint64_t *)p;
}

static struct snap_span
no_span(void)
{
    return (struct snap_span){NULL, 0};
}

struct snap_span
snap_label_html(const struct snap *s, uint32_t label, uint32_t lang)
{
    return label < s->labels_n && lang < SNAP_LANGS
               ? snap_bytes(s, s->labels[label].html[lang])
               : no_span();
}

struct snap_span
snap_label_json(const struct snap *s, uint32_t label, uint32_t lang)
{
    return label < s->labels_n && lang < SNAP_LANGS
               ? snap_bytes(s, s->labels[label].json[lang])
               : no_span();
}

const char *
snap_lang_first(uint32_t lang)
{
    static const char *const first[SNAP_LANGS] = {
        "", "?lang=easy", "?lang=en"};
    return first[lang];
}

static int
five_digits(const char *code, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (code[i] < '0' || code[i] > '9') {
            return 0;
        }
    }
    return len == 5;
}

uint32_t
snap_region_find(const struct snap *s, const char *code, size_t len)
{
    if (len != 6 && !five_digits(code, len)) {
        return SNAP_NONE;
    }
    char key[8] = {0};
    memcpy(key, code, len);
    uint32_t low = 0, high = s->regions_n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (memcmp(s->region_ids[middle].code, key, sizeof(key)) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == s->regions_n ||
        memcmp(s->region_ids[low].code, code, len) != 0 ||
        s->region_ids[low].code[6] != '\0') {
        return SNAP_NONE;
    }
    uint32_t region = once32(&s->region_ids[low].region);
    return region < s->regions_n ? region : SNAP_NONE;
}

const uint32_t *
snap_region_neighbours(const struct snap *s, uint32_t region, uint32_t *n)
{
    *n = 0;
    if (region >= s->regions_n) {
        return NULL;
    }
    uint32_t first = once32(&s->regions[region].neighbours);
    uint32_t count = once32(&s->regions[region].neighbours_n);
    if (count == 0 || count > s->regions_n || first > s->neighbours_n ||
        count > s->neighbours_n - first) {
        return NULL;
    }
    *n = count;
    return s->neighbours + first;
}

uint32_t
snap_doc_find(const struct snap_collection *c, uint32_t id)
{
    uint32_t low = 0, high = c->docs_n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (once32(&c->ids[middle].id) < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == c->docs_n || once32(&c->ids[low].id) != id) {
        return SNAP_NONE;
    }
    uint32_t doc = once32(&c->ids[low].doc);
    return doc < c->docs_n ? doc : SNAP_NONE;
}

static int
compare_codes(const struct snap *s, const struct snap_collection *c,
    uint32_t value, const char *code, size_t len)
{
    struct snap_span span = no_span();
    if (value < c->values_n) {
        span = snap_bytes(s, c->values[value].code);
    }
    size_t shared = span.length < len ? span.length : len;
    int order = shared > 0 ? memcmp(span.data, code, shared) : 0;
    return order != 0 ? order : (span.length > len) - (span.length < len);
}

uint32_t
snap_value_find(const struct snap *s, const struct snap_collection *c,
    uint32_t facet, const char *code, size_t len)
{
    if (facet >= SNAP_FACETS) {
        return SNAP_NONE;
    }
    uint32_t first = once32(&c->facets[facet].first);
    uint32_t count = once32(&c->facets[facet].count);
    if (first > c->values_n || count > c->values_n - first) {
        return SNAP_NONE;
    }
    uint32_t low = first, high = first + count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t value = once32(&c->value_ids[middle]);
        int order = compare_codes(s, c, value, code, len);
        if (order == 0) {
            return value < c->values_n ? value : SNAP_NONE;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return SNAP_NONE;
}

/* Index of the key among n sorted grams; SNAP_NONE. */
static uint32_t
find_key(const struct snap_gram *grams, uint32_t n, uint64_t key)
{
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (once64(&grams[middle].key) < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n && once64(&grams[low].key) == key ? low : SNAP_NONE;
}

uint32_t
snap_gram_find(const struct snap_collection *c, uint64_t key)
{
    return find_key(c->grams, c->grams_n, key);
}

uint32_t
snap_gram_longer(
    const struct snap_collection *c, uint32_t gram, uint32_t code_point)
{
    uint32_t index = find_key(c->long_grams, c->long_grams_n,
        (uint64_t)gram << 21 | code_point);
    return index == SNAP_NONE ? SNAP_NONE : c->grams_n + index;
}

uint32_t
snap_gram_posting(const struct snap_collection *c, uint32_t gram)
{
    if (gram < c->grams_n) {
        return once32(&c->grams[gram].posting);
    }
    gram -= c->grams_n;
    return gram < c->long_grams_n ? once32(&c->long_grams[gram].posting)
                                  : SNAP_NONE;
}

const uint32_t *
snap_gram_counts(const struct snap_collection *c, uint32_t gram)
{
    uint32_t row = SNAP_NONE;
    if (gram < c->grams_n) {
        row = once32(&c->grams[gram].counts);
    } else if (gram - c->grams_n < c->long_grams_n) {
        row = once32(&c->long_grams[gram - c->grams_n].counts);
    }
    return row < c->counted_n
               ? c->gram_counts + (size_t)row * c->columns_n
               : NULL;
}

uint32_t
snap_posting_count(const struct snap_collection *c, uint32_t posting)
{
    if (posting >= c->postings_n) {
        return 0;
    }
    uint32_t count = once32(&c->postings[posting].count);
    return count < c->docs_n ? count : c->docs_n;
}

void
snap_posting_get(const struct snap_collection *c, uint32_t posting,
    const uint32_t **list, const uint64_t **words, uint32_t *n)
{
    *list = NULL;
    *words = NULL;
    *n = 0;
    if (posting >= c->postings_n) {
        return;
    }
    const struct snap_posting *p = &c->postings[posting];
    uint64_t offset = once64(&p->offset);
    uint32_t count = once32(&p->count), form = once32(&p->form);
    if (offset % 8 != 0 || offset > c->posting_bytes) {
        return;
    }
    uint64_t room = c->posting_bytes - offset;
    const void *data = c->posting_data + offset;
    if (form == SNAP_FORM_LIST && count <= room / 4 && count <= c->docs_n) {
        *list = data;
        *n = count;
    } else if (form == SNAP_FORM_BITSET) {
        uint32_t words_n = (c->docs_n + 63) / 64;
        if (words_n <= room / 8) {
            *words = data;
            *n = words_n;
        }
    }
}

const uint32_t *
snap_doc_values(const struct snap_collection *c, uint32_t doc, uint32_t *n)
{
    *n = 0;
    if (doc >= c->docs_n) {
        return NULL;
    }
    uint64_t first = once64(&c->docs[doc].values);
    uint32_t count = once32(&c->docs[doc].values_n);
    if (count > c->values_n || first > c->doc_values_n ||
        count > c->doc_values_n - first) {
        return NULL;
    }
    *n = count;
    return c->doc_values + first;
}

const uint32_t *
snap_order_get(const struct snap_collection *c, uint32_t region, uint32_t *n)
{
    *n = 0;
    if (region >= c->orders_n) {
        return NULL;
    }
    uint64_t first = once64(&c->orders[region].first);
    uint32_t count = once32(&c->orders[region].count);
    if (count > c->docs_n || first > c->order_data_n ||
        count > c->order_data_n - first) {
        return NULL;
    }
    *n = count;
    return c->order_data + first;
}
