
/*
 * ngx_tsunagari_set_posting.c: postings of the snapshot into sets: ascending
 * lists, or bitsets whose last word is not trusted.
 */


#include "ngx_tsunagari_set.h"


void
ngx_tsunagari_set_posting(uint64_t *set, const struct snap_collection *c,
    uint32_t posting)
{
    size_t           words;
    uint32_t         n;
    const uint32_t  *list;
    const uint64_t  *bits;

    words = ngx_tsunagari_set_words(c->docs_n);

    snap_posting_get(c, posting, &list, &bits, &n);

    if (bits == NULL || n < words || words == 0) {
        ngx_memzero(set, words * sizeof(uint64_t));
        ngx_tsunagari_set_or_posting(set, c, posting);
        return;
    }

    ngx_memcpy(set, bits, words * sizeof(uint64_t));

    if (c->docs_n % 64) {
        set[words - 1] &= ((uint64_t) 1 << c->docs_n % 64) - 1;
    }
}


void
ngx_tsunagari_set_or_posting(uint64_t *set, const struct snap_collection *c,
    uint32_t posting)
{
    size_t           words;
    uint32_t         i, n, doc;
    const uint32_t  *list;
    const uint64_t  *bits;

    snap_posting_get(c, posting, &list, &bits, &n);

    if (list) {

        for (i = 0; i < n; i++) {
            doc = list[i];

            if (doc < c->docs_n) {
                set[doc / 64] |= (uint64_t) 1 << doc % 64;
            }
        }

        return;
    }

    if (bits == NULL) {
        return;
    }

    words = ngx_tsunagari_set_words(c->docs_n);
    n = ngx_min(n, words);

    for (i = 0; i < n; i++) {
        set[i] |= bits[i];
    }

    if (c->docs_n % 64) {
        set[words - 1] &= ((uint64_t) 1 << c->docs_n % 64) - 1;
    }
}


void
ngx_tsunagari_set_and_posting(uint64_t *set, const struct snap_collection *c,
    uint32_t posting, uint64_t *scratch)
{
    size_t           words;
    uint32_t         n;
    const uint32_t  *list;
    const uint64_t  *bits;

    words = ngx_tsunagari_set_words(c->docs_n);

    snap_posting_get(c, posting, &list, &bits, &n);

    if (bits && n >= words) {
        ngx_tsunagari_set_and(set, bits, words);
        return;
    }

    ngx_tsunagari_set_posting(scratch, c, posting);
    ngx_tsunagari_set_and(set, scratch, words);
}


uint32_t
ngx_tsunagari_set_count_posting(const uint64_t *set,
    const struct snap_collection *c, uint32_t posting)
{
    size_t           words;
    uint32_t         i, n, doc, sum;
    const uint32_t  *list;
    const uint64_t  *bits;

    snap_posting_get(c, posting, &list, &bits, &n);

    if (bits) {
        words = ngx_tsunagari_set_words(c->docs_n);
        return ngx_tsunagari_set_count_and(set, bits, ngx_min(n, words));
    }

    if (list == NULL) {
        return 0;
    }

    sum = 0;

    for (i = 0; i < n; i++) {
        doc = list[i];

        if (doc < c->docs_n) {
            sum += (uint32_t) ngx_tsunagari_set_has(set, doc);
        }
    }

    return sum;
}
