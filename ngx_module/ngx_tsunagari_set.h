
/*
 * ngx_tsunagari_set.h: sets of documents as bitsets.
 *
 * Meaning   document d is bit d % 64 of word d / 64; bits past the last
 *           document are always zero here, whatever the snapshot says.
 * Units     n is a number of words.
 * Failure   none.
 * Lifetime  the caller's memory.
 */


#ifndef _NGX_TSUNAGARI_SET_H_INCLUDED_
#define _NGX_TSUNAGARI_SET_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>

#include "snapshot.h"


#define ngx_tsunagari_set_words(docs)  (((size_t) (docs) + 63) / 64)

#define ngx_tsunagari_set_has(set, doc)                                       \
    ((set)[(doc) / 64] >> ((doc) % 64) & 1)


/* Documents of a, and of the intersection of a and b. */
extern uint32_t (*ngx_tsunagari_set_count)(const uint64_t *a, size_t n);
extern uint32_t (*ngx_tsunagari_set_count_and)(const uint64_t *a,
    const uint64_t *b, size_t n);

/* Forms of the two above, by width. */
#define NGX_TSUNAGARI_SET_PLAIN   0
#define NGX_TSUNAGARI_SET_POPCNT  1
#define NGX_TSUNAGARI_SET_AVX2    2
#define NGX_TSUNAGARI_SET_AVX512  3
#define NGX_TSUNAGARI_SET_FORMS   4

/* Uses that form; NGX_DECLINED when this processor does not have it. */
ngx_int_t ngx_tsunagari_set_use(ngx_uint_t form);

/* Uses the widest form there is; before, the plain one is used. */
void ngx_tsunagari_set_init(void);

/* All documents. */
void ngx_tsunagari_set_all(uint64_t *set, uint32_t docs);

/* set &= other; set = a & b; set = a & ~b. */
void ngx_tsunagari_set_and(uint64_t *set, const uint64_t *other, size_t n);
void ngx_tsunagari_set_both(uint64_t *set, const uint64_t *a,
    const uint64_t *b, size_t n);
void ngx_tsunagari_set_less(uint64_t *set, const uint64_t *a,
    const uint64_t *b, size_t n);

/* set = the posting. */
void ngx_tsunagari_set_posting(uint64_t *set,
    const struct snap_collection *c, uint32_t posting);

/* set |= the posting; SNAP_NONE is the empty one. */
void ngx_tsunagari_set_or_posting(uint64_t *set,
    const struct snap_collection *c, uint32_t posting);

/* set &= the posting; scratch: as many words again. */
void ngx_tsunagari_set_and_posting(uint64_t *set,
    const struct snap_collection *c, uint32_t posting, uint64_t *scratch);

/* Documents of set in the posting. */
uint32_t ngx_tsunagari_set_count_posting(const uint64_t *set,
    const struct snap_collection *c, uint32_t posting);


#endif /* _NGX_TSUNAGARI_SET_H_INCLUDED_ */
