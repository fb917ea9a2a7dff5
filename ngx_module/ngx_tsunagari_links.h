
/*
 * ngx_tsunagari_links.h: the links of a facet's values, one behind the other.
 * Most of a page's time would be spent here: a link is three copies by whole
 * blocks and four digits.
 *
 * Meaning   a link is its beginning, what the snapshot has of the value, the
 *           count, END; a value that fewer documents have than least, or as
 *           many and it stands behind last, has none.
 * Units     counts in documents, lengths in bytes, values by number.
 * Failure   none: it ends where one more is not to be put behind the others,
 *           and the caller writes that one.
 */


#ifndef _NGX_TSUNAGARI_LINKS_H_INCLUDED_
#define _NGX_TSUNAGARI_LINKS_H_INCLUDED_


#include "ngx_tsunagari_out.h"


#define NGX_TSUNAGARI_LINKS_END    "</b></a></li>"

/* Longer beginnings are written one by one. */
#define NGX_TSUNAGARI_LINKS_BEGIN  (4 * NGX_TSUNAGARI_OUT_BLOCK)


/* How links begin that differ in what comes then. */
typedef struct {
    size_t                        from;    /* where in the output */
    size_t                        len;     /* 0: not written yet */
    u_char                        text[NGX_TSUNAGARI_LINKS_BEGIN];
} ngx_tsunagari_links_begin_t;


typedef struct {
    const struct snap            *snap;
    const struct snap_ref        *links;   /* by value */
    const uint32_t               *counts;  /* by value */
    ngx_tsunagari_links_begin_t  *begin;
    uint32_t                      least;
    uint32_t                      last;
    ngx_uint_t                    left;    /* so many more */
} ngx_tsunagari_links_t;


/*
 * Links of the values from `value` on, while there are some left; returns the
 * first that has one and needs more than to be put behind the others, or end.
 */
uint32_t ngx_tsunagari_links(ngx_tsunagari_links_t *l,
    ngx_tsunagari_out_t *out, uint32_t value, uint32_t end);


#endif /* _NGX_TSUNAGARI_LINKS_H_INCLUDED_ */
