
/*
 * ngx_tsunagari_text.h: documents that contain a text.
 *
 * Meaning   a word of one to three code points is a gram of the snapshot; a
 *           longer one is looked for in the folded text of the documents that
 *           have all its 3-grams.
 */


#ifndef _NGX_TSUNAGARI_TEXT_H_INCLUDED_
#define _NGX_TSUNAGARI_TEXT_H_INCLUDED_


#include "ngx_tsunagari_set.h"


/* set &= documents that contain term; scratch: as many words as set. */
void ngx_tsunagari_text(const struct snap *s,
    const struct snap_collection *c, const ngx_str_t *term, uint64_t *set,
    uint64_t *scratch);


#endif /* _NGX_TSUNAGARI_TEXT_H_INCLUDED_ */
