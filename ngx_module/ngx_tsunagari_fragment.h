
/*
 * ngx_tsunagari_fragment.h: runs a fragment of the snapshot.
 *
 * Meaning   copies the runs, writes labels in the language asked for, and
 *           calls the slot handler for slots, but for the two that every
 *           link of a card has: BASE, and LANG_FIRST where it is empty.
 * Failure   ends at a run that is cut short.
 * Source    the grammar in snapshot.h.
 */


#ifndef _NGX_TSUNAGARI_FRAGMENT_H_INCLUDED_
#define _NGX_TSUNAGARI_FRAGMENT_H_INCLUDED_


#include "ngx_tsunagari_out.h"


typedef void (*ngx_tsunagari_slot_pt)(void *data, ngx_uint_t slot);


typedef struct {
    const struct snap       *snap;
    uint32_t                 lang;
    unsigned                 json:1;   /* labels are escaped for JSON */
    ngx_tsunagari_slot_pt    slot;
    void                    *data;     /* of the slot handler */
    ngx_tsunagari_out_t     *out;
    ngx_str_t                base;     /* of the slot BASE */
} ngx_tsunagari_fragment_t;


void ngx_tsunagari_fragment(ngx_tsunagari_fragment_t *f,
    struct snap_ref ref);


/*
 * Documents lie far apart: a fragment, or as much as most cards have, is
 * fetched into the cache so many fragments before it is run.
 */
#define NGX_TSUNAGARI_AHEAD        3
#define NGX_TSUNAGARI_AHEAD_BYTES  1024u

void ngx_tsunagari_fragment_ahead(const struct snap *s, struct snap_ref ref);


#endif /* _NGX_TSUNAGARI_FRAGMENT_H_INCLUDED_ */
