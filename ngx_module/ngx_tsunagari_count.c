
/*
 * ngx_tsunagari_count.c: facet counts, from counts that the snapshot has and
 * the documents by which the set differs from theirs.
 */


#include "ngx_tsunagari_count.h"
#include "ngx_tsunagari_rows.h"


/* As long as one row of a document: words of a bitset, entries of a list. */
#define NGX_TSUNAGARI_COUNT_WORDS  24
#define NGX_TSUNAGARI_COUNT_LIST   6


/*
 * Counts that are known: of no document, of all, of a column's, or, for
 * values with a column, of the text's.
 */
typedef struct {
    const uint32_t  *pairs;         /* by value; NULL: not of a column */
    const uint32_t  *gram;          /* by column; NULL: not of the text */
    unsigned         all:1;
    uint32_t         differ;        /* documents that the set differs by */
    ngx_uint_t       facet;         /* whose mask pairs are of */
} ngx_tsunagari_base_t;


static void ngx_tsunagari_count_set(const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, const uint64_t *set, uint32_t hits,
    ngx_uint_t skip, uint32_t first, uint32_t n);
static uint64_t ngx_tsunagari_count_postings_cost(
    const struct snap_collection *c, const ngx_tsunagari_sets_t *sets,
    uint32_t first, uint32_t n);
static void ngx_tsunagari_count_columns(const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, const uint32_t *sums, uint32_t sign,
    uint32_t first, uint32_t n);
static void ngx_tsunagari_count_base(const struct snap_collection *c,
    const ngx_tsunagari_sets_t *sets, uint32_t hits, ngx_uint_t skip,
    ngx_tsunagari_base_t *base);
static const uint64_t *ngx_tsunagari_count_differ(
    const struct snap_collection *c, ngx_tsunagari_sets_t *sets,
    const uint64_t *set, const ngx_tsunagari_base_t *base);
static void ngx_tsunagari_count_rare(const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, const uint64_t *set, uint32_t hits,
    uint32_t sign, uint32_t first, uint32_t n);
static uint64_t ngx_tsunagari_count_rare_cost(
    const struct snap_collection *c, uint32_t first, uint32_t n);


void
ngx_tsunagari_count(const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, ngx_tsunagari_result_t *result)
{
    uint32_t    first, n, hits;
    ngx_uint_t  i;

    result->counts = sets->counts;

    /* the facets nobody chose from all count the hits */

    ngx_tsunagari_count_set(c, sets, sets->hits, result->total, SNAP_FACETS,
                            0, c->values_n);

    for (i = 0; i < SNAP_FACETS; i++) {

        if (!sets->active[i]) {
            continue;
        }

        first = ngx_tsunagari_facet(c, i, &n);

        ngx_tsunagari_sets_and(sets, i, sets->other);
        hits = ngx_tsunagari_set_count(sets->other, sets->words);

        ngx_tsunagari_count_set(c, sets, sets->other, hits, i, first, n);
    }
}


/*
 * Counts of values [first, first + n) in set, which has so many hits and which
 * skip has no part in.
 */

static void
ngx_tsunagari_count_set(const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, const uint64_t *set, uint32_t hits,
    ngx_uint_t skip, uint32_t first, uint32_t n)
{
    uint32_t               i, sign, sums[SNAP_COLUMNS_MAX];
    const uint64_t        *differ;
    ngx_tsunagari_base_t   base;

    ngx_tsunagari_count_base(c, sets, hits, skip, &base);

    if (skip != SNAP_FACETS
        && ngx_tsunagari_count_postings_cost(c, sets, first, n) < base.differ)
    {
        for (i = first; i < first + n; i++) {
            sets->counts[i] = ngx_tsunagari_set_count_posting(set, c,
                                                      c->values[i].posting);
        }

        return;
    }

    if (base.pairs) {
        ngx_memcpy(sets->counts + first, base.pairs + first,
                   n * sizeof(uint32_t));

    } else if (base.all) {

        for (i = first; i < first + n; i++) {
            sets->counts[i] = c->values[i].count;
        }

    } else {
        ngx_memzero(sets->counts + first, n * sizeof(uint32_t));
    }

    if (base.gram) {
        ngx_tsunagari_count_columns(c, sets, base.gram, 1, first, n);

        if (c->doc_values_n) {
            ngx_tsunagari_count_rare(c, sets, set, hits, 1, first, n);
        }
    }

    if (base.differ == 0) {
        return;
    }

    differ = ngx_tsunagari_count_differ(c, sets, set, &base);

    /* documents of the base that the set has not: modulo 2^32 */

    sign = (base.pairs || base.all || base.gram) ? (uint32_t) -1 : 1;

    ngx_tsunagari_rows(c, differ, sums);
    ngx_tsunagari_count_columns(c, sets, sums, sign, first, n);

    if (c->doc_values_n && base.gram == NULL) {
        ngx_tsunagari_count_rare(c, sets, differ, base.differ, sign, first,
                                 n);
    }
}


/*
 * What it takes to count values [first, first + n) in their postings, one by
 * one, in rows of documents: it pays for facets of few values.
 */

static uint64_t
ngx_tsunagari_count_postings_cost(const struct snap_collection *c,
    const ngx_tsunagari_sets_t *sets, uint32_t first, uint32_t n)
{
    uint32_t  i;
    uint64_t  cost;

    cost = 0;

    for (i = first; i < first + n; i++) {
        cost += 4 + ngx_min(sets->words / NGX_TSUNAGARI_COUNT_WORDS,
                            c->values[i].count / NGX_TSUNAGARI_COUNT_LIST);
    }

    return cost;
}


/* Sums by column to the counts of values [first, first + n). */

static void
ngx_tsunagari_count_columns(const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, const uint32_t *sums, uint32_t sign,
    uint32_t first, uint32_t n)
{
    uint32_t         i, value, middle, columns_n, *counts;
    const uint32_t  *columns;

    columns = c->columns;
    columns_n = c->columns_n;
    counts = sets->counts;

    if (columns_n == c->values_n) {

        /* each value has a column: the same number */

        for (value = first; value < first + n; value++) {
            counts[value] += sign * sums[value];
        }

        return;
    }

    /* they ascend: the first that may be one of the values */

    for (i = 0; i < columns_n; /* void */ ) {
        middle = i + (columns_n - i) / 2;

        if (columns[middle] < first) {
            i = middle + 1;

        } else {
            columns_n = middle;
        }
    }

    columns_n = c->columns_n;

    for ( /* void */ ; i < columns_n; i++) {
        value = columns[i];

        if (value - first >= n) {
            break;
        }

        counts[value] += sign * sums[i];
    }
}


static void
ngx_tsunagari_count_base(const struct snap_collection *c,
    const ngx_tsunagari_sets_t *sets, uint32_t hits, ngx_uint_t skip,
    ngx_tsunagari_base_t *base)
{
    uint32_t           column, count;
    ngx_uint_t         i;
    const uint32_t    *gram;
    struct snap_value  value;

    base->pairs = NULL;
    base->gram = NULL;
    base->all = 0;
    base->differ = hits;
    base->facet = SNAP_FACETS;

    if (c->docs_n - hits < base->differ) {
        base->all = 1;
        base->differ = c->docs_n - hits;
    }

    for (i = 0; i < SNAP_FACETS; i++) {

        if (i == skip || !sets->active[i] || sets->value[i] >= c->values_n) {
            continue;
        }

        value = c->values[sets->value[i]];
        column = value.column;

        if (column < c->columns_n && value.count >= hits
            && value.count - hits < base->differ)
        {
            base->pairs = c->pairs + (size_t) column * c->values_n;
            base->all = 0;
            base->differ = value.count - hits;
            base->facet = i;
        }
    }

    gram = snap_gram_counts(c, sets->gram);
    count = gram ? snap_posting_count(c, snap_gram_posting(c, sets->gram))
                 : 0;

    if (gram && count >= hits && count - hits < base->differ) {
        base->gram = gram;
        base->pairs = NULL;
        base->all = 0;
        base->differ = count - hits;
    }
}


static const uint64_t *
ngx_tsunagari_count_differ(const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, const uint64_t *set,
    const ngx_tsunagari_base_t *base)
{
    const uint64_t  *known;

    if (base->pairs || base->gram) {
        known = base->gram ? sets->text : sets->mask[base->facet];

        ngx_tsunagari_set_less(sets->scratch, known, set, sets->words);

        return sets->scratch;
    }

    if (base->all) {
        ngx_tsunagari_set_all(sets->scratch, c->docs_n);
        ngx_tsunagari_set_less(sets->scratch, sets->scratch, set,
                               sets->words);

        return sets->scratch;
    }

    return set;
}


/*
 * Values without a column, by their postings or by the documents, whichever
 * is cheaper: a document costs a cache miss.
 */

static void
ngx_tsunagari_count_rare(const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, const uint64_t *set, uint32_t hits,
    uint32_t sign, uint32_t first, uint32_t n)
{
    size_t           i;
    uint32_t         k, values_n;
    uint64_t         bits;
    const uint32_t  *values;

    if (ngx_tsunagari_count_rare_cost(c, first, n) < (uint64_t) hits * 24) {

        for (k = first; k < first + n; k++) {

            if (c->values[k].column == SNAP_NONE) {
                sets->counts[k] += sign
                    * ngx_tsunagari_set_count_posting(set, c,
                                                      c->values[k].posting);
            }
        }

        return;
    }

    for (i = 0; i < sets->words; i++) {

        for (bits = set[i]; bits; bits &= bits - 1) {
            values = snap_doc_values(c,
                       (uint32_t) (i * 64 + (size_t) __builtin_ctzll(bits)),
                       &values_n);

            for (k = 0; k < values_n; k++) {

                if (values[k] - first < n) {
                    sets->counts[values[k]] += sign;
                }
            }
        }
    }
}


static uint64_t
ngx_tsunagari_count_rare_cost(const struct snap_collection *c,
    uint32_t first, uint32_t n)
{
    uint32_t  i;
    uint64_t  cost;

    cost = 0;

    for (i = first; i < first + n; i++) {

        if (c->values[i].column == SNAP_NONE) {
            cost += 16 + c->values[i].count;
        }
    }

    return cost;
}
