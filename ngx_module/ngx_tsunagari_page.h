
/*
 * ngx_tsunagari_page.h: one answer, from the route to its bytes.
 *
 * Meaning   ngx_tsunagari_page() resolves the arguments, searches and writes
 *           into page->out; it is pure: no allocation, no lock, no system
 *           call, so that a signal may cut it short (ngx_tsunagari_guard.h).
 * Failure   status 400, 404 or 405 with an answer that says why; 500 when the
 *           answer grew past NGX_TSUNAGARI_OUT_MAX.
 * Lifetime  nothing in page outlives the call but status and the bytes.
 */


#ifndef _NGX_TSUNAGARI_PAGE_H_INCLUDED_
#define _NGX_TSUNAGARI_PAGE_H_INCLUDED_


#include "ngx_tsunagari_fragment.h"
#include "ngx_tsunagari_route.h"
#include "ngx_tsunagari_search.h"


#define NGX_TSUNAGARI_OK           200
#define NGX_TSUNAGARI_BAD_REQUEST  400
#define NGX_TSUNAGARI_NOT_FOUND    404
#define NGX_TSUNAGARI_NOT_ALLOWED  405
#define NGX_TSUNAGARI_ERROR        500

/* Bytes of fragments of a page: no whole file's answer is made of more. */
#define NGX_TSUNAGARI_PAGE_READ    (2 * (uint64_t) NGX_TSUNAGARI_OUT_MAX)


/* What is written once and then copied from the output itself. */
typedef struct {
    size_t      from;
    size_t      len;            /* 0: not written yet */
    ngx_uint_t  args;           /* arguments of the address in it */
} ngx_tsunagari_href_t;


typedef struct {
    const struct snap       *snap;
    ngx_tsunagari_route_t    route;
    ngx_str_t                base;          /* ngx_tsunagari_html.h: BASE */
    ngx_str_t                origin;        /* https://host, or empty */
    ngx_tsunagari_query_t   *query;
    ngx_str_t                loaded_at;     /* 2026-11-21T03:04:05Z, STATUS */
    void                    *work;          /* ngx_tsunagari_search_size() */
    ngx_tsunagari_out_t     *out;
    ngx_uint_t               not_allowed;   /* of no route: 405, not 404 */

    ngx_uint_t               status;        /* NGX_TSUNAGARI_OK ... */
    uint32_t                 doc;           /* of DETAIL and SUGGESTIONS */
    ngx_tsunagari_result_t   result;        /* of LIST */
    ngx_tsunagari_hsds_result_t  hsds;      /* of HSDS */

    /* of the suggestions page: those of doc */
    uint32_t                 suggestion;
    uint32_t                 suggestions_n;

    ngx_uint_t               depth;         /* of slots within slots */
    ngx_uint_t               slots;         /* written, or left out, so far */
    uint64_t                 read;          /* bytes of fragments so far */

    /* of the list's address: as far as its arguments; by what is left out */
    ngx_tsunagari_href_t     path;
    ngx_tsunagari_href_t     filters[NGX_TSUNAGARI_QUERY_FORMS]
                                    [NGX_TSUNAGARI_SKIPS];
    unsigned                 searched:1;
} ngx_tsunagari_page_t;


/*
 * Query parsed (query->reason set when it was refused), everything above
 * status filled in, the rest zero.  May be called again with a larger out.
 */
void ngx_tsunagari_page(ngx_tsunagari_page_t *page);


/*
 * What the answer depends on, but for the snapshot, into out: the same for
 * queries that mean the same.
 */
void ngx_tsunagari_page_key(ngx_tsunagari_page_t *page,
    ngx_tsunagari_out_t *out);


/* For the writers of HTML and JSON. */

/* ngx_tsunagari_hsds.h: the status of such a route, and its answer. */
ngx_uint_t ngx_tsunagari_hsds_find(ngx_tsunagari_page_t *page);
void ngx_tsunagari_hsds(ngx_tsunagari_page_t *page);

/* Slots that mean the same in both; NGX_DECLINED: none of them. */
ngx_int_t ngx_tsunagari_page_slot(ngx_tsunagari_page_t *page,
    ngx_uint_t slot);

/* Runs a fragment with the slots of the writer. */
void ngx_tsunagari_page_fragment(ngx_tsunagari_page_t *page,
    struct snap_ref ref, ngx_tsunagari_slot_pt slot);

/* /resources/12: the page's path below the location. */
void ngx_tsunagari_page_path(ngx_tsunagari_page_t *page);

/* The label number of a region's name. */
uint32_t ngx_tsunagari_page_region_label(ngx_tsunagari_page_t *page,
    uint32_t region);

/* The code of a region, at most 8 bytes. */
ngx_str_t ngx_tsunagari_page_region_code(ngx_tsunagari_page_t *page,
    uint32_t region);

/*
 * Regions above the region, nearest first; at most
 * NGX_TSUNAGARI_REGION_DEPTH.
 */
ngx_uint_t ngx_tsunagari_page_ancestors(ngx_tsunagari_page_t *page,
    uint32_t region, uint32_t *ancestors);

/* "neighbours", "area", "prefecture", "online", by NGX_TSUNAGARI_WIDE_*. */
extern const ngx_str_t  ngx_tsunagari_wide_name[];


#endif /* _NGX_TSUNAGARI_PAGE_H_INCLUDED_ */
