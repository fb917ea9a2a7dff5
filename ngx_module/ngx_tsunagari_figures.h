
/*
 * ngx_tsunagari_figures.h: what a worker has done with a source.
 *
 * Meaning   one record per source and worker; tsunagari_status shows them all.
 *           With that directive they stand in memory that the workers of a
 *           configuration share, else each worker has its own.
 * Units     counts since the worker started; times in seconds since 1970,
 *           0: never.
 * Failure   none.
 * Lifetime  of the configuration's cycle; a worker that takes another's place
 *           starts from zero.
 *
 * Only its worker writes a record.  Counts are single words and are written
 * without a lock; the state is written and read under the mutex.
 */


#ifndef _NGX_TSUNAGARI_FIGURES_H_INCLUDED_
#define _NGX_TSUNAGARI_FIGURES_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_TSUNAGARI_REASON_LEN  96


/* Which snapshot serves, and the last refusal since it was loaded. */
typedef struct {
    ngx_pid_t    pid;           /* 0: no worker yet */
    uint64_t     generation;
    uint32_t     run;
    uint32_t     plan_date;
    uint32_t     audience;
    unsigned     loaded:1;      /* the four above are those of a snapshot */
    time_t       loaded_at;
    time_t       refused_at;
    size_t       reason_len;    /* 0: nothing refused */
    u_char       reason[NGX_TSUNAGARI_REASON_LEN];
} ngx_tsunagari_state_t;


typedef struct {
    ngx_tsunagari_state_t  state;

    ngx_atomic_t           swaps;
    ngx_atomic_t           refusals;

    /* answers, by how they were given */
    ngx_atomic_t           hits;          /* 200 from the memo */
    ngx_atomic_t           misses;        /* 200, made */
    ngx_atomic_t           unchanged;     /* 304 */
    ngx_atomic_t           bad_requests;  /* 400 */
    ngx_atomic_t           not_found;     /* 404 */
    ngx_atomic_t           unavailable;   /* 503 */

    /* of the memo */
    ngx_atomic_t           entries;
    ngx_atomic_t           bytes;
    ngx_atomic_t           evicted;

    /* no two workers write to one line of the processor's cache */
    u_char                 pad[64];
} ngx_tsunagari_figures_t;


#endif /* _NGX_TSUNAGARI_FIGURES_H_INCLUDED_ */
