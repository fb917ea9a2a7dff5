
/*
 * ngx_tsunagari_best.h: the documents with the smallest keys.
 *
 * Meaning   the best so many of all that are put, kept in a heap with the
 *           largest on top.  A key is 32 bits of whatever orders, then the
 *           document's number, which parts ties.
 * Units     max counts keys, at most NGX_TSUNAGARI_HEAP.
 * Failure   none.
 * Lifetime  keys are the caller's memory.
 */


#ifndef _NGX_TSUNAGARI_BEST_H_INCLUDED_
#define _NGX_TSUNAGARI_BEST_H_INCLUDED_


#include "ngx_tsunagari_count.h"


typedef struct {
    uint64_t    *keys;
    size_t       n;
    size_t       max;
} ngx_tsunagari_best_t;


void ngx_tsunagari_best_init(ngx_tsunagari_best_t *best, uint64_t *keys,
    size_t max);
void ngx_tsunagari_best_put(ngx_tsunagari_best_t *best, uint64_t key);

/* The upper half of the worst key; SNAP_NONE while there is room for any. */
static ngx_inline uint32_t
ngx_tsunagari_best_limit(const ngx_tsunagari_best_t *best)
{
    return (best->n < best->max) ? SNAP_NONE
                                 : (uint32_t) (best->keys[0] >> 32);
}

/* Those behind the first skip, in order, become the result's documents. */
void ngx_tsunagari_best_docs(ngx_tsunagari_best_t *best, size_t skip,
    ngx_tsunagari_result_t *result);


#endif /* _NGX_TSUNAGARI_BEST_H_INCLUDED_ */
