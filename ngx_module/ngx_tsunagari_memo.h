
/*
 * ngx_tsunagari_memo.h: answers that were given before.
 *
 * Meaning   key (mapping, location, route, normal form of the query) to body,
 *           plain and, once a client took it so, gzip; the least recently
 *           used go when max is reached.  Each worker has its own.  Those of
 *           an earlier generation are never found again and go that way, too:
 *           to free all of them at once would be felt.
 * Units     bytes; keys, bodies and nodes are counted.
 * Failure   NULL: not there, too large, or no memory; the answer is then
 *           made and sent without it.
 * Counts    entries, bytes and evictions go into figures.
 * Lifetime  an entry lives while the memo or an answer under way holds it,
 *           so that a swap or an eviction takes nothing from a slow client.
 */


#ifndef _NGX_TSUNAGARI_MEMO_H_INCLUDED_
#define _NGX_TSUNAGARI_MEMO_H_INCLUDED_


#include "ngx_tsunagari_figures.h"


#define NGX_TSUNAGARI_MEMO_KEY   1024    /* longer keys are not kept */
#define NGX_TSUNAGARI_MEMO_PART  8       /* nor bodies above 1/8 of max */


typedef struct {
    size_t                    max;     /* 0: keeps nothing */
    size_t                    size;
    ngx_rbtree_t              rbtree;
    ngx_rbtree_node_t         sentinel;
    ngx_queue_t               queue;   /* most recently used first */
    ngx_tsunagari_figures_t  *figures;
} ngx_tsunagari_memo_t;


/* What logs tell of an answer: found when it was made, kept with it. */
typedef struct {
    uint32_t             matched;     /* of a list; SNAP_NONE: no list */
    uint32_t             wide;        /* NGX_TSUNAGARI_WIDE_* */
    u_char               region[8];   /* code of the only one, zero-padded */
} ngx_tsunagari_facts_t;


typedef struct {
    ngx_str_node_t            sn;      /* the key */
    ngx_queue_t               queue;
    ngx_uint_t                refs;
    size_t                    size;
    ngx_tsunagari_facts_t     facts;
    ngx_str_t                 body;
    ngx_str_t                 gzip;    /* len 0: not made */
    unsigned                  tried:1; /* gzip was, successful or not */
} ngx_tsunagari_entry_t;


void ngx_tsunagari_memo_init(ngx_tsunagari_memo_t *memo, size_t max,
    ngx_tsunagari_figures_t *figures);

/* Forgets everything; what answers hold stays until they let go. */
void ngx_tsunagari_memo_clear(ngx_tsunagari_memo_t *memo);

ngx_tsunagari_entry_t *ngx_tsunagari_memo_get(ngx_tsunagari_memo_t *memo,
    ngx_str_t *key);

/* The key must not be there; all are copied. */
ngx_tsunagari_entry_t *ngx_tsunagari_memo_put(ngx_tsunagari_memo_t *memo,
    ngx_str_t *key, ngx_str_t *body, const ngx_tsunagari_facts_t *facts,
    ngx_log_t *log);

/* Makes entry->gzip, if that is shorter. */
void ngx_tsunagari_memo_gzip(ngx_tsunagari_memo_t *memo,
    ngx_tsunagari_entry_t *entry, ngx_log_t *log);

/* For each entry that an answer holds, refs is raised by hand. */
void ngx_tsunagari_memo_release(void *entry);

/* Frees the compressor of this process. */
void ngx_tsunagari_memo_exit(void);


#endif /* _NGX_TSUNAGARI_MEMO_H_INCLUDED_ */
