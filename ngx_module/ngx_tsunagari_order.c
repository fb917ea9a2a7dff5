
/*
 * ngx_tsunagari_order.c: which documents stand on the page asked for.
 */


#include "ngx_tsunagari_best.h"


static ngx_uint_t ngx_tsunagari_order_sort(ngx_uint_t sort);
static void ngx_tsunagari_order_list(const struct snap_collection *c,
    const uint64_t *hits, const uint32_t *list, uint32_t n, uint32_t skip,
    ngx_tsunagari_result_t *result);
static void ngx_tsunagari_order_rank(const ngx_tsunagari_sets_t *sets,
    uint32_t skip, ngx_tsunagari_result_t *result);
static void ngx_tsunagari_order_key(const struct snap_collection *c,
    ngx_uint_t sort, ngx_tsunagari_sets_t *sets, uint32_t skip,
    ngx_tsunagari_result_t *result);


void
ngx_tsunagari_order(const struct snap *s, const struct snap_collection *c,
    const ngx_tsunagari_query_t *q, ngx_tsunagari_sets_t *sets,
    ngx_tsunagari_result_t *result)
{
    uint32_t         n, skip, region;
    const uint32_t  *list;

    result->docs_n = 0;

    skip = (uint32_t) ((q->page - 1) * result->size);

    if (skip >= result->total || skip >= NGX_TSUNAGARI_DEPTH) {
        return;
    }

    if (q->sort == NGX_TSUNAGARI_SORT_NEAR
        && ngx_tsunagari_near(s, c, sets, skip, result) == NGX_OK)
    {
        return;
    }

    if (q->sort == NGX_TSUNAGARI_SORT_NEW
        || q->sort == NGX_TSUNAGARI_SORT_COST)
    {

        /*
         * the hits are found along the order of all, one in so many, or
         * their keys are compared, each of them a cache miss
         */

        if ((uint64_t) (skip + result->size) * c->docs_n
            < (uint64_t) result->total * result->total * 16)
        {
            ngx_tsunagari_order_list(c, sets->hits,
                        c->sorts + (size_t) ngx_tsunagari_order_sort(q->sort)
                                   * c->docs_n,
                        c->docs_n, skip, result);

        } else {
            ngx_tsunagari_order_key(c, q->sort, sets, skip, result);
        }

        return;
    }

    region = result->region;

    if (result->wide) {
        region = SNAP_NONE;

        if ((result->wide == NGX_TSUNAGARI_WIDE_AREA
             || result->wide == NGX_TSUNAGARI_WIDE_PREFECTURE)
            && result->wide_regions_n == 1)
        {
            region = result->wide_regions[0];
        }
    }

    if (region != SNAP_NONE) {
        list = snap_order_get(c, region, &n);

        if (list) {
            ngx_tsunagari_order_list(c, sets->hits, list, n, skip, result);
            return;
        }
    }

    ngx_tsunagari_order_rank(sets, skip, result);
}


static ngx_uint_t
ngx_tsunagari_order_sort(ngx_uint_t sort)
{
    return (sort == NGX_TSUNAGARI_SORT_NEW) ? SNAP_SORT_NEW : SNAP_SORT_COST;
}


static void
ngx_tsunagari_order_list(const struct snap_collection *c,
    const uint64_t *hits, const uint32_t *list, uint32_t n, uint32_t skip,
    ngx_tsunagari_result_t *result)
{
    uint32_t  i, doc, kept, size, docs_n;

    /* held here: for all a compiler knows, what is written may be any of it */

    size = (uint32_t) result->size;
    docs_n = c->docs_n;

    /* a branch by hit or not would be foretold wrongly as often as it hits */

    for (i = 0; i < n && skip; i++) {

        if (list[i] < docs_n) {
            skip -= (uint32_t) ngx_tsunagari_set_has(hits, list[i]);
        }
    }

    kept = 0;

    for ( /* void */ ; i < n && kept < size; i++) {
        doc = list[i];

        if (doc < docs_n) {
            result->docs[kept] = doc;
            kept += (uint32_t) ngx_tsunagari_set_has(hits, doc);
        }
    }

    result->docs_n = kept;
}


static void
ngx_tsunagari_order_rank(const ngx_tsunagari_sets_t *sets, uint32_t skip,
    ngx_tsunagari_result_t *result)
{
    size_t    i;
    uint32_t  n;
    uint64_t  bits;

    for (i = 0; i < sets->words; i++) {

        bits = sets->hits[i];
        n = (uint32_t) __builtin_popcountll(bits);

        if (n <= skip) {
            skip -= n;
            continue;
        }

        for ( /* void */ ; bits; bits &= bits - 1) {

            if (skip) {
                skip--;
                continue;
            }

            result->docs[result->docs_n++] =
                        (uint32_t) (i * 64 + (size_t) __builtin_ctzll(bits));

            if (result->docs_n == result->size) {
                return;
            }
        }
    }
}


/* By a field of the documents; ties by number. */

static void
ngx_tsunagari_order_key(const struct snap_collection *c, ngx_uint_t sort,
    ngx_tsunagari_sets_t *sets, uint32_t skip,
    ngx_tsunagari_result_t *result)
{
    size_t                  i;
    uint32_t                doc, key;
    uint64_t                bits;
    ngx_tsunagari_best_t    best;

    ngx_tsunagari_best_init(&best, sets->heap,
                            skip + result->size);

    for (i = 0; i < sets->words; i++) {

        for (bits = sets->hits[i]; bits; bits &= bits - 1) {
            doc = (uint32_t) (i * 64 + (size_t) __builtin_ctzll(bits));

            key = (sort == NGX_TSUNAGARI_SORT_NEW)
                  ? ~c->docs[doc].confirmed_on : c->docs[doc].cost_max_yen;

            ngx_tsunagari_best_put(&best, (uint64_t) key << 32 | doc);
        }
    }

    ngx_tsunagari_best_docs(&best, skip, result);
}
