
/*
 * ngx_tsunagari_count.h: the sets of one search; what is counted in them and
 * in which order their documents stand.  Inside the search only.
 */


#ifndef _NGX_TSUNAGARI_COUNT_H_INCLUDED_
#define _NGX_TSUNAGARI_COUNT_H_INCLUDED_


#include "ngx_tsunagari_search.h"
#include "ngx_tsunagari_set.h"


/* Sets below: text, hits, other, scratch and the masks. */
#define NGX_TSUNAGARI_SETS  (4 + SNAP_FACETS)

/* The best documents of the last page that may be asked for. */
#define NGX_TSUNAGARI_HEAP  NGX_TSUNAGARI_DEPTH

/* Rings of 100 m around what is near: 3,300 km. */
#define NGX_TSUNAGARI_RINGS  32768


typedef struct {
    size_t       words;
    uint32_t     docs;               /* of the collection */
    uint64_t    *text;               /* what contains the words of q */
    unsigned     all:1;              /* without words: text is not filled */
    uint32_t     gram;               /* whose posting that is, SNAP_NONE */
    uint64_t    *hits;
    uint64_t    *other;
    uint64_t    *scratch;
    uint64_t    *mask[SNAP_FACETS];  /* of an active facet */
    uint32_t     value[SNAP_FACETS]; /* whose posting that is, SNAP_NONE */
    uint64_t    *heap;
    uint32_t    *ring_docs;          /* of sort=near: documents by ring */
    uint32_t    *counts;
    uint16_t    *rings;              /* and the ring of each hit */
    u_char       active[SNAP_FACETS];
} ngx_tsunagari_sets_t;


/* dst = text and all masks but skip's; skip may be SNAP_FACETS. */
void ngx_tsunagari_sets_and(const ngx_tsunagari_sets_t *sets,
    ngx_uint_t skip, uint64_t *dst);

/*
 * After a search of regions without a hit: hits, total and the region's mask
 * become those of the first wider place that has one, if any.
 */
void ngx_tsunagari_widen(const struct snap *s,
    const struct snap_collection *c, ngx_tsunagari_sets_t *sets,
    ngx_tsunagari_result_t *result);

/* result->counts, for every value of every facet. */
void ngx_tsunagari_count(const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, ngx_tsunagari_result_t *result);

/*
 * result->docs by distance from the regions asked for.  NGX_DECLINED: none of
 * them has a known place, nothing is written.
 */
ngx_int_t ngx_tsunagari_near(const struct snap *s,
    const struct snap_collection *c, ngx_tsunagari_sets_t *sets,
    uint32_t skip, ngx_tsunagari_result_t *result);

/* result->docs, from hits. */
void ngx_tsunagari_order(const struct snap *s,
    const struct snap_collection *c, const ngx_tsunagari_query_t *q,
    ngx_tsunagari_sets_t *sets, ngx_tsunagari_result_t *result);


#endif /* _NGX_TSUNAGARI_COUNT_H_INCLUDED_ */
