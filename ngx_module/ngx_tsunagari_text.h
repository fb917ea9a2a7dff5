
/*
 * ngx_tsunagari_text.h: documents that contain all of several texts.
 *
 * Meaning   a word of one to three code points is a gram of the snapshot,
 *           and so is a longer one of which many documents have every part.
 *           Any other is looked for in the folded text of the documents that
 *           have its parts, which are few then.
 * Units     the grams of q: at most NGX_TSUNAGARI_GRAMS.
 * Failure   none.
 * Lifetime  the caller's memory.
 */


#ifndef _NGX_TSUNAGARI_TEXT_H_INCLUDED_
#define _NGX_TSUNAGARI_TEXT_H_INCLUDED_


#include "ngx_tsunagari_set.h"


/*
 * set = documents that contain each of the n terms, n > 0; scratch: as many
 * words as set.
 */
/* Returns the gram whose posting the set is; SNAP_NONE: of no single one. */
uint32_t ngx_tsunagari_text(const struct snap *s,
    const struct snap_collection *c, const ngx_str_t *terms, ngx_uint_t n,
    uint64_t *set, uint64_t *scratch);


#endif /* _NGX_TSUNAGARI_TEXT_H_INCLUDED_ */
