
/*
 * ngx_tsunagari_count.c: facet counts, by posting or by document, whichever
 * is cheaper.
 */


#include "ngx_tsunagari_count.h"


static void ngx_tsunagari_count_facet(const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, const uint64_t *set, ngx_uint_t facet);
static void ngx_tsunagari_count_docs(const struct snap_collection *c,
    const ngx_tsunagari_sets_t *sets, const uint64_t *set, uint32_t first,
    uint32_t n);
static uint64_t ngx_tsunagari_count_cost(const struct snap_collection *c,
    const ngx_tsunagari_sets_t *sets, ngx_uint_t facet);
static uint64_t ngx_tsunagari_count_cost_docs(
    const struct snap_collection *c, uint32_t hits);


void
ngx_tsunagari_sets_and(const ngx_tsunagari_sets_t *sets, ngx_uint_t skip,
    uint64_t *dst)
{
    ngx_uint_t  i;

    ngx_memcpy(dst, sets->text, sets->words * sizeof(uint64_t));

    for (i = 0; i < SNAP_FACETS; i++) {
        if (sets->active[i] && i != skip) {
            ngx_tsunagari_set_and(dst, sets->mask[i], sets->words);
        }
    }
}


void
ngx_tsunagari_count(const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, ngx_tsunagari_result_t *result)
{
    uint32_t     first, n, k, hits;
    uint64_t     cost;
    ngx_uint_t   i, active;

    ngx_memzero(sets->counts, (size_t) c->values_n * sizeof(uint32_t));

    result->counts = sets->counts;

    active = 0;
    cost = 0;

    for (i = 0; i < SNAP_FACETS; i++) {
        if (sets->active[i]) {
            active++;

        } else {
            cost += ngx_tsunagari_count_cost(c, sets, i);
        }
    }

    /* the facets nobody chose from all count the hits: one pass may do */

    if (ngx_tsunagari_count_cost_docs(c, result->total) < cost) {
        ngx_tsunagari_count_docs(c, sets, sets->hits, 0, c->values_n);
        cost = 0;
    }

    for (i = 0; i < SNAP_FACETS; i++) {

        first = ngx_tsunagari_facet(c, i, &n);

        if (sets->all && active == sets->active[i]) {

            /* no other facet and no text: the snapshot has counted */

            for (k = 0; k < n; k++) {
                sets->counts[first + k] = ngx_min(c->values[first + k].count,
                                                  c->docs_n);
            }

            continue;
        }

        if (!sets->active[i]) {

            if (cost) {
                ngx_tsunagari_count_facet(c, sets, sets->hits, i);
            }

            continue;
        }

        ngx_tsunagari_sets_and(sets, i, sets->other);
        hits = ngx_tsunagari_set_count(sets->other, sets->words);

        if (ngx_tsunagari_count_cost_docs(c, hits)
            < ngx_tsunagari_count_cost(c, sets, i))
        {
            ngx_memzero(sets->counts + first, n * sizeof(uint32_t));
            ngx_tsunagari_count_docs(c, sets, sets->other, first, n);

        } else {
            ngx_tsunagari_count_facet(c, sets, sets->other, i);
        }
    }
}


static void
ngx_tsunagari_count_facet(const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, const uint64_t *set, ngx_uint_t facet)
{
    uint32_t  i, n, first;

    first = ngx_tsunagari_facet(c, facet, &n);

    for (i = first; i < first + n; i++) {
        sets->counts[i] = ngx_tsunagari_set_count_posting(set, c,
                                                      c->values[i].posting);
    }
}


/* Adds up the values of the documents of set, those in [first, first + n). */

static void
ngx_tsunagari_count_docs(const struct snap_collection *c,
    const ngx_tsunagari_sets_t *sets, const uint64_t *set, uint32_t first,
    uint32_t n)
{
    size_t           i;
    uint32_t         k, doc, value, values_n;
    uint64_t         bits;
    const uint32_t  *values;

    for (i = 0; i < sets->words; i++) {

        for (bits = set[i]; bits; bits &= bits - 1) {
            doc = (uint32_t) (i * 64 + (size_t) __builtin_ctzll(bits));

            values = snap_doc_values(c, doc, &values_n);

            for (k = 0; k < values_n; k++) {
                value = values[k];

                if (value - first < n) {
                    sets->counts[value]++;
                }
            }
        }
    }
}


/*
 * Both costs in about the same unit (a quarter of a nanosecond, where it was
 * measured): a list costs its length, a bitset a step per four words, and
 * each posting some overhead; a document a cache miss and its values.
 */

static uint64_t
ngx_tsunagari_count_cost(const struct snap_collection *c,
    const ngx_tsunagari_sets_t *sets, ngx_uint_t facet)
{
    uint32_t  i, n, first, count;
    uint64_t  cost;

    cost = 0;
    first = ngx_tsunagari_facet(c, facet, &n);

    for (i = first; i < first + n; i++) {
        count = c->values[i].count;
        cost += 16 + (count / 2 < sets->words ? count : sets->words / 4);
    }

    return cost;
}


static uint64_t
ngx_tsunagari_count_cost_docs(const struct snap_collection *c, uint32_t hits)
{
    if (c->docs_n == 0) {
        return 0;
    }

    return (uint64_t) hits * (24 + c->doc_values_n / c->docs_n);
}
