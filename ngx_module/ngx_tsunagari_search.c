
/*
 * ngx_tsunagari_search.c: values to masks, masks to hits.
 */


#include "ngx_tsunagari_search.h"
#include "ngx_tsunagari_count.h"
#include "ngx_tsunagari_text.h"


static void ngx_tsunagari_search_layout(const struct snap_collection *c,
    void *work, ngx_tsunagari_sets_t *sets);
static void ngx_tsunagari_search_masks(const struct snap_collection *c,
    const ngx_tsunagari_result_t *result, ngx_tsunagari_sets_t *sets);


size_t
ngx_tsunagari_search_size(const struct snap_collection *c)
{
    return NGX_TSUNAGARI_SETS * ngx_tsunagari_set_words(c->docs_n)
           * sizeof(uint64_t)
           + NGX_TSUNAGARI_HEAP * sizeof(uint64_t)
           + NGX_TSUNAGARI_RINGS * sizeof(uint32_t)
           + (size_t) c->values_n * sizeof(uint32_t)
           + (size_t) c->docs_n * sizeof(uint16_t);
}


static void
ngx_tsunagari_search_layout(const struct snap_collection *c, void *work,
    ngx_tsunagari_sets_t *sets)
{
    uint64_t    *p;
    ngx_uint_t   i;

    sets->words = ngx_tsunagari_set_words(c->docs_n);
    sets->docs = c->docs_n;

    p = work;

    sets->gram = SNAP_NONE;

    sets->text = p;
    p += sets->words;

    sets->hits = p;
    p += sets->words;

    sets->other = p;
    p += sets->words;

    sets->scratch = p;
    p += sets->words;

    for (i = 0; i < SNAP_FACETS; i++) {
        sets->mask[i] = p;
        sets->active[i] = 0;
        sets->value[i] = SNAP_NONE;
        p += sets->words;
    }

    sets->heap = p;
    p += NGX_TSUNAGARI_HEAP;

    sets->ring_docs = (uint32_t *) p;
    sets->counts = sets->ring_docs + NGX_TSUNAGARI_RINGS;
    sets->rings = (uint16_t *) (sets->counts + c->values_n);
}


uint32_t
ngx_tsunagari_facet(const struct snap_collection *c, ngx_uint_t facet,
    uint32_t *n)
{
    uint32_t           first;
    struct snap_facet  f;

    f = c->facets[facet];

    first = ngx_min(f.first, c->values_n);
    *n = ngx_min(f.count, c->values_n - first);

    return first;
}


ngx_uint_t
ngx_tsunagari_chosen(const ngx_tsunagari_chosen_t *chosen, uint32_t value)
{
    ngx_uint_t  i;

    for (i = 0; i < chosen->n; i++) {
        if (chosen->value[i] == value) {
            return 1;
        }
    }

    return 0;
}


ngx_int_t
ngx_tsunagari_search_resolve(const struct snap *s, ngx_uint_t collection,
    ngx_tsunagari_query_t *q, ngx_tsunagari_result_t *result)
{
    uint32_t                        first, n, value, region;
    ngx_uint_t                      i, k;
    ngx_tsunagari_chosen_t         *chosen;
    const ngx_tsunagari_values_t   *values;
    const struct snap_collection   *c;

    c = &s->collections[collection];

    ngx_memzero(result, sizeof(ngx_tsunagari_result_t));

    result->region = SNAP_NONE;

    for (i = 0; i < SNAP_FACETS; i++) {

        values = &q->facets[i];

        if (values->n == 0) {
            continue;
        }

        chosen = &result->chosen[i];
        first = ngx_tsunagari_facet(c, i, &n);

        for (k = 0; k < values->n; k++) {

            if (i == SNAP_FACET_REGION) {
                region = snap_region_find(s,
                                          (const char *) values->value[k].data,
                                          values->value[k].len);

                if (region == SNAP_NONE) {
                    q->bad = (const char *) ngx_tsunagari_facet_name[i].data;
                    q->reason = NGX_TSUNAGARI_BAD_REGION;
                    return NGX_DECLINED;
                }

                value = (region < n) ? first + region : SNAP_NONE;

            } else {
                value = snap_value_find(s, c, (uint32_t) i,
                                        (const char *) values->value[k].data,
                                        values->value[k].len);

                if (value != SNAP_NONE && value - first >= n) {
                    value = SNAP_NONE;
                }
            }

            chosen->given[k] = value;

            if (!ngx_tsunagari_chosen(chosen, value)) {
                chosen->value[chosen->n++] = value;
            }
        }
    }

    /* value i of the region facet is region i */

    chosen = &result->chosen[SNAP_FACET_REGION];

    if (chosen->n == 1 && chosen->value[0] != SNAP_NONE) {
        result->region = chosen->value[0]
                         - ngx_tsunagari_facet(c, SNAP_FACET_REGION, &n);
    }

    return NGX_OK;
}


void
ngx_tsunagari_search(const struct snap *s, ngx_uint_t collection,
    const ngx_tsunagari_query_t *q, void *work,
    ngx_tsunagari_result_t *result)
{
    ngx_uint_t                     i;
    ngx_tsunagari_sets_t           sets;
    const struct snap_collection  *c;

    c = &s->collections[collection];

    ngx_tsunagari_search_layout(c, work, &sets);

    sets.all = (q->terms == 0);

    if (!sets.all) {
        sets.gram = ngx_tsunagari_text(s, c, q->term, q->terms, sets.text,
                                       sets.scratch);
    }

    ngx_tsunagari_search_masks(c, result, &sets);

    ngx_tsunagari_sets_and(&sets, SNAP_FACETS, sets.hits);
    result->total = ngx_tsunagari_set_count(sets.hits, sets.words);

    if (result->total == 0 && sets.active[SNAP_FACET_REGION]) {
        ngx_tsunagari_widen(s, c, &sets, result);
    }

    result->size = q->table ? NGX_TSUNAGARI_TABLE_SIZE
                            : NGX_TSUNAGARI_PAGE_SIZE;
    result->pages = (result->total + result->size - 1) / result->size;
    result->pages = ngx_min(result->pages,
                            NGX_TSUNAGARI_DEPTH / result->size);

    /* where their cards are is fetched while the facets are counted */

    ngx_tsunagari_order(s, c, q, &sets, result);

    for (i = 0; i < result->docs_n; i++) {
        __builtin_prefetch(snap_card(c, result->docs[i], q->lang));
    }

    ngx_tsunagari_count(c, &sets, result);
}


static void
ngx_tsunagari_search_masks(const struct snap_collection *c,
    const ngx_tsunagari_result_t *result, ngx_tsunagari_sets_t *sets)
{
    uint32_t                       value, posting;
    ngx_uint_t                     i, k;
    const ngx_tsunagari_chosen_t  *chosen;

    for (i = 0; i < SNAP_FACETS; i++) {

        chosen = &result->chosen[i];

        if (chosen->n == 0) {
            continue;
        }

        sets->active[i] = 1;
        sets->value[i] = (chosen->n == 1) ? chosen->value[0] : SNAP_NONE;

        for (k = 0; k < chosen->n; k++) {
            value = chosen->value[k];
            posting = (value != SNAP_NONE) ? c->values[value].posting
                                           : SNAP_NONE;

            if (k == 0) {
                ngx_tsunagari_set_posting(sets->mask[i], c, posting);

            } else {
                ngx_tsunagari_set_or_posting(sets->mask[i], c, posting);
            }
        }
    }
}


void
ngx_tsunagari_sets_and(const ngx_tsunagari_sets_t *sets, ngx_uint_t skip,
    uint64_t *dst)
{
    ngx_uint_t       i, n;
    const uint64_t  *part[SNAP_FACETS + 1];

    n = 0;

    if (!sets->all) {
        part[n++] = sets->text;
    }

    for (i = 0; i < SNAP_FACETS; i++) {
        if (sets->active[i] && i != skip) {
            part[n++] = sets->mask[i];
        }
    }

    if (n == 0) {
        ngx_tsunagari_set_all(dst, sets->docs);
        return;
    }

    if (n == 1) {
        ngx_memcpy(dst, part[0], sets->words * sizeof(uint64_t));
        return;
    }

    ngx_tsunagari_set_both(dst, part[0], part[1], sets->words);

    for (i = 2; i < n; i++) {
        ngx_tsunagari_set_and(dst, part[i], sets->words);
    }
}
