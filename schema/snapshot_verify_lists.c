/* snapshot_verify_lists.c: the lists of a collection against each other. */
#include "snapshot_verify.h"

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

static int
value_has(const struct snap_collection *c, uint32_t value, uint32_t doc)
{
    const uint32_t *docs;
    const uint64_t *words;
    uint32_t n;
    snap_posting_get(c, c->values[value].posting, &docs, &words, &n);
    return posting_has(docs, words, n, doc);
}

const char *
snap_verify_postings(const struct snap_collection *c)
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
verify_columns(const struct snap_collection *c)
{
    uint32_t columns = 0;
    for (uint32_t v = 0; v < c->values_n; v++) {
        uint32_t column = c->values[v].column;
        if (column == SNAP_NONE) {
            continue;
        }
        if (column != columns || column >= c->columns_n ||
            c->columns[column] != v) {
            return "columns are out of order";
        }
        columns++;
    }
    return columns == c->columns_n ? NULL : "column of no value";
}

/*
 * Every bit and every listed value stands in its posting, and there are as
 * many as the postings have: so they are the same.
 */
static const char *
verify_rows(const struct snap_collection *c)
{
    uint64_t stated = 0, found = 0;
    for (uint32_t v = 0; v < c->values_n; v++) {
        stated += c->values[v].count;
    }
    for (uint32_t d = 0; d < c->docs_n; d++) {
        const uint64_t *row = c->rows + (uint64_t)d * c->row_words;
        for (uint32_t w = 0; w < c->row_words; w++) {
            for (uint64_t bits = row[w]; bits != 0; bits &= bits - 1) {
                uint32_t k = 64 * w + (uint32_t)__builtin_ctzll(bits);
                if (k >= c->columns_n || !value_has(c, c->columns[k], d)) {
                    return "values and documents disagree";
                }
                found++;
            }
        }
        uint32_t n;
        const uint32_t *list = snap_doc_values(c, d, &n);
        for (uint32_t k = 0; k < n; k++) {
            if (!value_has(c, list[k], d)) {
                return "values and documents disagree";
            }
        }
        found += n;
    }
    return found == stated ? NULL : "values and documents disagree in number";
}

static void
add_row(const struct snap_collection *c, uint32_t doc, uint32_t *sums)
{
    const uint64_t *row = c->rows + (uint64_t)doc * c->row_words;
    for (uint32_t w = 0; w < c->row_words; w++) {
        for (uint64_t bits = row[w]; bits != 0; bits &= bits - 1) {
            sums[64 * w + (uint32_t)__builtin_ctzll(bits)]++;
        }
    }
}

static const char *
verify_pairs(const struct snap_collection *c)
{
    for (uint32_t v = 0; v < c->values_n; v++) {
        uint32_t sums[SNAP_COLUMNS_MAX] = {0}, n;
        const uint32_t *docs;
        const uint64_t *words;
        snap_posting_get(c, c->values[v].posting, &docs, &words, &n);
        for (uint32_t i = 0; i < n; i++) {
            if (words == NULL) {
                add_row(c, docs[i], sums);
                continue;
            }
            for (uint64_t w = words[i]; w != 0; w &= w - 1) {
                add_row(c, 64 * i + (uint32_t)__builtin_ctzll(w), sums);
            }
        }
        for (uint32_t k = 0; k < c->columns_n; k++) {
            if (c->pairs[(uint64_t)k * c->values_n + v] != sums[k]) {
                return "pair has a wrong count";
            }
        }
    }
    return NULL;
}

static uint64_t
sort_key(const struct snap_doc *d, uint32_t sort)
{
    return sort == SNAP_SORT_NEW ? ~d->confirmed_on : d->cost_max_yen;
}

/* Ascending keys, ties by rank: no document can stand twice. */
static const char *
verify_sorts(const struct snap_collection *c)
{
    for (uint32_t sort = 0; sort < SNAP_SORTS; sort++) {
        const uint32_t *list = c->sorts + (uint64_t)sort * c->docs_n;
        uint64_t before = 0;
        for (uint32_t i = 0; i < c->docs_n; i++) {
            if (list[i] >= c->docs_n) {
                return "sort has a document that is none";
            }
            uint64_t key =
                sort_key(&c->docs[list[i]], sort) << 32 | list[i];
            if (i > 0 && key <= before) {
                return "sort is out of order";
            }
            before = key;
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

/* Goes on from a gram of three, or from a longer one before it. */
static int
long_key_ok(const struct snap_collection *c, uint32_t at)
{
    uint64_t key = c->long_grams[at].key, mask = (1u << 21) - 1;
    uint64_t from = key >> 21, code_point = key & mask;
    if (code_point == 0 || code_point >= 0x110000) {
        return 0;
    }
    return from < c->grams_n ? (c->grams[from].key & mask) != 0
                             : from < (uint64_t)c->grams_n + at;
}

static uint64_t
count_both(const struct snap_collection *c, uint32_t a, uint32_t b)
{
    const uint32_t *list, *other;
    const uint64_t *words, *bits;
    uint32_t n, other_n;
    uint64_t count = 0;
    snap_posting_get(c, a, &list, &words, &n);
    snap_posting_get(c, b, &other, &bits, &other_n);
    if (words != NULL && bits == NULL) {
        return count_both(c, b, a);
    }
    for (uint32_t i = 0; i < n; i++) {
        count += words != NULL ? snap_bits(words[i] & bits[i])
                               : (uint32_t)posting_has(
                                     other, bits, other_n, list[i]);
    }
    return count;
}

/* Rows in the order of their grams, each with what its documents have. */
static const char *
verify_gram_counts(const struct snap_collection *c)
{
    uint32_t row = 0;
    for (uint32_t i = 0; i < c->grams_n + c->long_grams_n; i++) {
        const struct snap_gram *gram =
            i < c->grams_n ? &c->grams[i] : &c->long_grams[i - c->grams_n];
        if (gram->counts == SNAP_NONE) {
            continue;
        }
        const uint32_t *counts = snap_gram_counts(c, i);
        if (gram->counts != row++ || counts == NULL) {
            return "counts of grams are out of order";
        }
        for (uint32_t k = 0; k < c->columns_n; k++) {
            if (counts[k] != count_both(c, gram->posting,
                                 c->values[c->columns[k]].posting)) {
                return "gram has a wrong count";
            }
        }
    }
    return row == c->counted_n ? NULL : "spare counts of grams";
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
    for (uint32_t i = 0; i < c->long_grams_n; i++) {
        if (!long_key_ok(c, i) ||
            c->long_grams[i].posting >= c->postings_n ||
            (i > 0 && c->long_grams[i - 1].key >= c->long_grams[i].key)) {
            return "long grams are out of order";
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

const char *
snap_verify_lists(const struct snap_collection *c)
{
    const char *reason = verify_columns(c);
    reason = reason != NULL ? reason : verify_rows(c);
    reason = reason != NULL ? reason : verify_pairs(c);
    reason = reason != NULL ? reason : verify_sorts(c);
    reason = reason != NULL ? reason : verify_grams(c);
    reason = reason != NULL ? reason : verify_gram_counts(c);
    return reason != NULL ? reason : verify_orders(c);
}
