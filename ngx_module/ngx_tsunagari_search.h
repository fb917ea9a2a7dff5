
/*
 * ngx_tsunagari_search.h: from a query to documents, totals and counts.
 *
 * Meaning   a document matches when it has, in every facet that is asked
 *           for, one of the values asked for (or one below it), and its
 *           folded text contains every word of q as it stands, within one
 *           field.  A value that no document ever had matches nothing.
 *
 *           Facet counts: the count of a value is the number of documents
 *           that match the text and all facets but the value's own, and have
 *           the value: what one gets by choosing it alone in its facet.
 *
 *           When regions are asked for and nothing matches, their place is
 *           taken by the first of these that gives a hit: their neighbours;
 *           their areas; the prefecture; what is online.  Text and the other
 *           facets stay.  Counts are then those of the wider place.
 *
 *           Order: sort=plan with one region: that region's order list
 *           (widened to one area or the prefecture: its list); else rank.
 *           sort=new, sort=cost: ties by rank.  sort=near: by the distance
 *           from the nearest of the regions asked for (their offices), also
 *           when the search was widened; what has no place comes last; ties
 *           by rank; without a region as sort=plan.
 * Units     document, value and region numbers of the snapshot.
 * Failure   none: a wrong byte of the snapshot gives a wrong answer.
 * Lifetime  counts points into work.
 */


#ifndef _NGX_TSUNAGARI_SEARCH_H_INCLUDED_
#define _NGX_TSUNAGARI_SEARCH_H_INCLUDED_


#include "ngx_tsunagari_query.h"


#define NGX_TSUNAGARI_PAGE_SIZE     20
#define NGX_TSUNAGARI_TABLE_SIZE    100     /* rows, to be printed */

/* Documents up to the end of the last page that may be asked for. */
#define NGX_TSUNAGARI_DEPTH                                                   \
    (NGX_TSUNAGARI_PAGE_MAX * NGX_TSUNAGARI_PAGE_SIZE)

/* More than any region tree is deep. */
#define NGX_TSUNAGARI_REGION_DEPTH  8

/* How far the fallback went. */
#define NGX_TSUNAGARI_WIDE_NO          0
#define NGX_TSUNAGARI_WIDE_NEIGHBOURS  1
#define NGX_TSUNAGARI_WIDE_AREA        2
#define NGX_TSUNAGARI_WIDE_PREFECTURE  3
#define NGX_TSUNAGARI_WIDE_ONLINE      4

/* Regions that a fallback names: neighbours of 16 regions are cut here. */
#define NGX_TSUNAGARI_WIDE_REGIONS  64


typedef struct {
    uint32_t     value[NGX_TSUNAGARI_VALUES];    /* SNAP_NONE: unknown */
    ngx_uint_t   n;
    uint32_t     given[NGX_TSUNAGARI_VALUES];    /* by the query's values */
} ngx_tsunagari_chosen_t;


typedef struct {
    uint32_t                 total;
    uint32_t                 docs[NGX_TSUNAGARI_TABLE_SIZE];
    ngx_uint_t               size;              /* most of them on a page */
    ngx_uint_t               docs_n;
    ngx_uint_t               pages;

    const uint32_t          *counts;            /* by value number */
    ngx_tsunagari_chosen_t   chosen[SNAP_FACETS];
    uint32_t                 region;            /* the only one, SNAP_NONE */

    ngx_uint_t               wide;              /* NGX_TSUNAGARI_WIDE_* */
    uint32_t                 wide_regions[NGX_TSUNAGARI_WIDE_REGIONS];
    ngx_uint_t               wide_regions_n;
} ngx_tsunagari_result_t;


/* Bytes of work, 8-aligned, that a search in the collection takes. */
size_t ngx_tsunagari_search_size(const struct snap_collection *c);

/*
 * Numbers of the values asked for.  NGX_DECLINED: no such region, with bad
 * and reason of the query set.
 */
ngx_int_t ngx_tsunagari_search_resolve(const struct snap *s,
    ngx_uint_t collection, ngx_tsunagari_query_t *q,
    ngx_tsunagari_result_t *result);

/* After resolve. */
void ngx_tsunagari_search(const struct snap *s, ngx_uint_t collection,
    const ngx_tsunagari_query_t *q, void *work,
    ngx_tsunagari_result_t *result);

/* Whether a value is among those asked for. */
ngx_uint_t ngx_tsunagari_chosen(const ngx_tsunagari_chosen_t *chosen,
    uint32_t value);

/* First value of the facet; the count of its values, clamped, in *n. */
uint32_t ngx_tsunagari_facet(const struct snap_collection *c,
    ngx_uint_t facet, uint32_t *n);


#endif /* _NGX_TSUNAGARI_SEARCH_H_INCLUDED_ */
