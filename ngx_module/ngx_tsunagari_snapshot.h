
/*
 * ngx_tsunagari_snapshot.h: the snapshot a worker serves, and its successors.
 *
 * Meaning   a source is a path; each worker looks at it every interval (by
 *           default a second) and maps the new file when it is another one
 *           (device, inode, size or time of change).  The new file is warmed,
 *           serves as soon as it is warm or the time for that is over, and
 *           the one before it is given back: in slices of some microseconds,
 *           one at each turn of the event loop.
 * Failure   a file that is refused, or gone, changes nothing but the log and
 *           the status; the generation before it goes on serving.  Only a
 *           file changed in place is not trusted any more: what was mapped
 *           from it is dropped, and there is none until a good file comes.
 * Units     NGX_TSUNAGARI_WARM_MS: at most half the interval; interval,
 *           jitter and that together stay below two seconds by default.
 * Lifetime  a generation is valid until control returns to the event loop:
 *           answers are copied out of it, nothing pins it.  So nothing
 *           outside the guard, such as a slow client's TLS, ever reads from
 *           the mapping, and it can be unmapped as soon as another serves.
 */


#ifndef _NGX_TSUNAGARI_SNAPSHOT_H_INCLUDED_
#define _NGX_TSUNAGARI_SNAPSHOT_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_event.h>

#include "ngx_tsunagari_generation.h"
#include "ngx_tsunagari_memo.h"


#define NGX_TSUNAGARI_INTERVAL_MS  1000
#define NGX_TSUNAGARI_JITTER       4      /* 1/4 of the interval at most */
#define NGX_TSUNAGARI_WARM_MS      500
#define NGX_TSUNAGARI_SLICE_US     2
#define NGX_TSUNAGARI_DISK_US      50     /* none took so long without one */
#define NGX_TSUNAGARI_PAUSE_MS     50


typedef struct {
    /* set before the start */
    ngx_str_t                    path;      /* NUL at the end */
    ngx_msec_t                   interval;
    size_t                       memo_max;  /* bytes of answers to keep */
    ngx_tsunagari_figures_t     *shared;    /* of each worker, or NULL */
    ngx_uint_t                   shared_n;
    ngx_shmtx_t                 *mutex;     /* of shared */

    ngx_event_t                  timer;     /* looks */
    ngx_event_t                  slice;     /* warms, gives back */
    ngx_connection_t             fake;      /* nginx asks timers for one */
    ngx_log_t                   *log;

    ngx_tsunagari_generation_t   generation;
    ngx_tsunagari_generation_t   next;      /* being warmed, if mapped */
    ngx_msec_t                   deadline;  /* when it serves, warm or not */
    ngx_tsunagari_leaving_t      leaving;   /* served before */
    ngx_tsunagari_memo_t         memo;
    unsigned                     loaded:1;  /* generation is there */
    unsigned                     started:1;
    unsigned                     everybody:1; /* has a public location */
    unsigned                     looked:1;  /* file was looked at */
    unsigned                     missing:1; /* ... and could not be opened */

    ngx_tsunagari_file_t         file;      /* looked at last */
    ngx_str_t                    refused;   /* why, or empty; static */
    time_t                       refused_at;

    ngx_tsunagari_figures_t     *figures;   /* one of shared, or &own */
    ngx_tsunagari_figures_t      own;
} ngx_tsunagari_source_t;


/* First look and timer; cleaned up with the cycle's pool. */
ngx_int_t ngx_tsunagari_source_start(ngx_tsunagari_source_t *source,
    ngx_cycle_t *cycle);

/* After a SIGBUS: no more of this generation. */
void ngx_tsunagari_source_drop(ngx_tsunagari_source_t *source,
    const char *reason);

/*
 * In ngx_tsunagari_figures.c.  Sets source->figures; writes their state, at
 * each change; the figures of a worker, NULL: none has such a number; one more
 * answer that was made, by its status.
 */
void ngx_tsunagari_figures_start(ngx_tsunagari_source_t *source);
void ngx_tsunagari_figures_report(ngx_tsunagari_source_t *source);
ngx_tsunagari_figures_t *ngx_tsunagari_figures_get(
    ngx_tsunagari_source_t *source, ngx_uint_t worker);
void ngx_tsunagari_figures_count(ngx_tsunagari_figures_t *figures,
    ngx_uint_t status);


#endif /* _NGX_TSUNAGARI_SNAPSHOT_H_INCLUDED_ */
