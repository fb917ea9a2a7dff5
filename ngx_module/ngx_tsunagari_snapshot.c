
/*
 * ngx_tsunagari_snapshot.c: look, warm, swap, give back.
 */


#include "ngx_tsunagari_snapshot.h"
#include "ngx_tsunagari_guard.h"

#include <time.h>


static void ngx_tsunagari_source_timer(ngx_event_t *ev);
static void ngx_tsunagari_source_again(ngx_tsunagari_source_t *source);
static void ngx_tsunagari_source_cleanup(void *data);
static void ngx_tsunagari_source_look(ngx_tsunagari_source_t *source);
static void ngx_tsunagari_source_slice(ngx_event_t *ev);
static ngx_uint_t ngx_tsunagari_source_step(ngx_tsunagari_source_t *source);
static void ngx_tsunagari_source_swap(ngx_tsunagari_source_t *source);
static void ngx_tsunagari_source_refuse(ngx_tsunagari_source_t *source,
    const char *reason, ngx_err_t err);
static void ngx_tsunagari_source_unload(ngx_tsunagari_source_t *source);
static void ngx_tsunagari_source_retire(ngx_tsunagari_source_t *source,
    ngx_tsunagari_mapping_t *mapping);
static void ngx_tsunagari_source_unmapped(ngx_tsunagari_source_t *source,
    ngx_int_t rc);
static uint64_t ngx_tsunagari_source_us(void);


ngx_int_t
ngx_tsunagari_source_start(ngx_tsunagari_source_t *source,
    ngx_cycle_t *cycle)
{
    ngx_pool_cleanup_t  *cln;

    if (ngx_tsunagari_guard_init() != NGX_OK) {
        ngx_log_error(NGX_LOG_ALERT, cycle->log, ngx_errno,
                      "sigaction(SIGBUS) failed");
        return NGX_ERROR;
    }

    cln = ngx_pool_cleanup_add(cycle->pool, 0);
    if (cln == NULL) {
        return NGX_ERROR;
    }

    cln->handler = ngx_tsunagari_source_cleanup;
    cln->data = source;

    ngx_tsunagari_figures_start(source);

    ngx_tsunagari_memo_init(&source->memo, source->memo_max, source->figures);

    source->started = 1;
    source->log = cycle->log;
    source->fake.fd = (ngx_socket_t) -1;
    source->fake.data = source;

    source->timer.handler = ngx_tsunagari_source_timer;
    source->timer.data = &source->fake;
    source->timer.log = cycle->log;

    source->slice.handler = ngx_tsunagari_source_slice;
    source->slice.data = &source->fake;
    source->slice.log = cycle->log;

    /* or else a worker that is to exit never does */

    source->timer.cancelable = 1;
    source->slice.cancelable = 1;

    ngx_tsunagari_source_look(source);

    ngx_tsunagari_source_again(source);

    return NGX_OK;
}


static void
ngx_tsunagari_source_timer(ngx_event_t *ev)
{
    ngx_connection_t        *c;
    ngx_tsunagari_source_t  *source;

    c = ev->data;
    source = c->data;

    ngx_tsunagari_source_look(source);

    ngx_tsunagari_source_again(source);
}


/* Jittered, or else all workers load at the same moment. */

static void
ngx_tsunagari_source_again(ngx_tsunagari_source_t *source)
{
    ngx_msec_t  jitter;

    jitter = (ngx_msec_t) ngx_random()
             % (source->interval / NGX_TSUNAGARI_JITTER + 1);

    ngx_add_timer(&source->timer, source->interval + jitter);
}


static void
ngx_tsunagari_source_cleanup(void *data)
{
    ngx_tsunagari_source_t  *source = data;

    if (source->timer.timer_set) {
        ngx_del_timer(&source->timer);
    }

    if (source->slice.timer_set) {
        ngx_del_timer(&source->slice);
    }

    if (source->slice.posted) {
        ngx_delete_posted_event(&source->slice);
    }

    while (source->leaving.n) {
        ngx_tsunagari_source_unmapped(source,
                          ngx_tsunagari_mapping_shrink(&source->leaving));
    }

    ngx_tsunagari_source_unmapped(source,
                      ngx_tsunagari_mapping_unmap(&source->next.mapping));

    if (source->loaded) {
        source->loaded = 0;
        ngx_tsunagari_source_unmapped(source,
                ngx_tsunagari_mapping_unmap(&source->generation.mapping));
    }

    ngx_tsunagari_memo_clear(&source->memo);
    ngx_tsunagari_figures_report(source);
}


static void
ngx_tsunagari_source_look(ngx_tsunagari_source_t *source)
{
    ngx_err_t                    err;
    struct stat                  st;
    const char                  *reason;
    ngx_tsunagari_file_t         file;
    ngx_tsunagari_generation_t   generation;

    if (stat((char *) source->path.data, &st) == -1) {

        if (!source->missing) {
            source->missing = 1;
            source->looked = 0;
            ngx_tsunagari_source_refuse(source, "it cannot be found",
                                        ngx_errno);
        }

        return;
    }

    source->missing = 0;

    ngx_tsunagari_file(&file, &st);

    if (source->looked && ngx_tsunagari_file_same(&source->file, &file)) {
        return;
    }

    if (source->next.mapping.start) {

        /* one at a time, and it was good */

        ngx_tsunagari_source_swap(source);
    }

    ngx_memzero(&generation, sizeof(ngx_tsunagari_generation_t));
    generation.file = file;

    reason = ngx_tsunagari_generation_map(&generation, &source->path,
                                     source->everybody, &err, source->log);

    source->looked = 1;
    source->file = generation.file;

    if (reason == NULL) {
        source->next = generation;
        source->deadline = ngx_current_msec
                           + ngx_min(source->interval / 2,
                                     NGX_TSUNAGARI_WARM_MS);

        if (!source->loaded) {
            ngx_tsunagari_source_swap(source);
        }

        ngx_post_event(&source->slice, &ngx_posted_next_events);
        return;
    }

    ngx_tsunagari_source_refuse(source, reason, err);

    if (source->loaded
        && source->generation.file.dev == source->file.dev
        && source->generation.file.ino == source->file.ino)
    {
        /* what is being served has been changed in place */

        ngx_tsunagari_source_unload(source);
    }
}


/*
 * Between answers: a little of what a new generation needs, or an old one
 * leaves; no more than an answer takes, at each turn of the event loop, so
 * that no client waits longer than for another one's answer.
 */

static void
ngx_tsunagari_source_slice(ngx_event_t *ev)
{
    uint64_t                 start, us;
    ngx_connection_t        *c;
    ngx_tsunagari_source_t  *source;

    c = ev->data;
    source = c->data;

    start = ngx_tsunagari_source_us();

    do {
        if (!ngx_tsunagari_source_step(source)) {
            return;
        }

        us = ngx_tsunagari_source_us() - start;

    } while (us < NGX_TSUNAGARI_SLICE_US);

    if (us < NGX_TSUNAGARI_DISK_US) {
        ngx_post_event(ev, &ngx_posted_next_events);
        return;
    }

    /* a slice that had to wait for the disk is paid for */

    ngx_add_timer(ev, (ngx_msec_t) ngx_min(us / NGX_TSUNAGARI_DISK_US,
                                           NGX_TSUNAGARI_PAUSE_MS));
}


/* Whether there may be more. */

static ngx_uint_t
ngx_tsunagari_source_step(ngx_tsunagari_source_t *source)
{
    ngx_int_t  rc;

    if (source->next.mapping.start) {

        rc = NGX_DONE;

        if ((ngx_msec_int_t) (ngx_current_msec - source->deadline) < 0) {
            rc = ngx_tsunagari_generation_warm(&source->next);
        }

        if (rc == NGX_DONE) {
            ngx_tsunagari_source_swap(source);

        } else if (rc == NGX_ERROR) {
            ngx_tsunagari_source_refuse(source, "it was cut short in place",
                                        0);
            ngx_tsunagari_source_retire(source, &source->next.mapping);
        }

        return 1;
    }

    if (source->leaving.n) {
        ngx_tsunagari_source_unmapped(source,
                          ngx_tsunagari_mapping_shrink(&source->leaving));
        return 1;
    }

    return 0;
}


static void
ngx_tsunagari_source_swap(ngx_tsunagari_source_t *source)
{
    ngx_tsunagari_generation_t  *generation;

    ngx_tsunagari_source_unload(source);

    generation = &source->generation;

    *generation = source->next;
    generation->loaded = ngx_time();
    source->loaded = 1;
    source->next.mapping.start = NULL;

    source->refused.len = 0;

    source->figures->swaps++;
    ngx_tsunagari_figures_report(source);

    ngx_log_error(NGX_LOG_NOTICE, source->log, 0,
                  "tsunagari: snapshot \"%V\" of run %uD, plan of %uD, "
                  "%uD resources, %uD needs",
                  &source->path, generation->run, generation->plan_date,
                  generation->snap.collections[SNAP_RESOURCES].docs_n,
                  generation->snap.collections[SNAP_NEEDS].docs_n);
}


static void
ngx_tsunagari_source_refuse(ngx_tsunagari_source_t *source,
    const char *reason, ngx_err_t err)
{
    source->refused.data = (u_char *) reason;
    source->refused.len = ngx_strlen(reason);
    source->refused_at = ngx_time();

    source->figures->refusals++;
    ngx_tsunagari_figures_report(source);

    ngx_log_error(NGX_LOG_ERR, source->log, err,
                  "tsunagari: snapshot \"%V\" refused: %s, %s",
                  &source->path, reason,
                  source->loaded ? "the one before it goes on serving"
                                 : "there is none to serve");
}


void
ngx_tsunagari_source_drop(ngx_tsunagari_source_t *source, const char *reason)
{
    ngx_tsunagari_source_unload(source);
    ngx_tsunagari_source_refuse(source, reason, 0);

    /* the same file again would be dropped again */

    if (source->next.mapping.start) {
        ngx_tsunagari_source_swap(source);
    }
}


static void
ngx_tsunagari_source_unload(ngx_tsunagari_source_t *source)
{
    if (!source->loaded) {
        return;
    }

    source->loaded = 0;

    ngx_tsunagari_source_retire(source, &source->generation.mapping);

    ngx_tsunagari_figures_report(source);
}


static void
ngx_tsunagari_source_retire(ngx_tsunagari_source_t *source,
    ngx_tsunagari_mapping_t *mapping)
{
    ngx_tsunagari_source_unmapped(source,
                      ngx_tsunagari_mapping_leave(&source->leaving, mapping));

    if (!source->slice.timer_set) {
        ngx_post_event(&source->slice, &ngx_posted_next_events);
    }
}


static void
ngx_tsunagari_source_unmapped(ngx_tsunagari_source_t *source, ngx_int_t rc)
{
    if (rc != NGX_OK) {
        ngx_log_error(NGX_LOG_ALERT, source->log, ngx_errno,
                      "munmap() of \"%V\" failed", &source->path);
    }
}


static uint64_t
ngx_tsunagari_source_us(void)
{
    struct timespec  ts;

    (void) clock_gettime(CLOCK_MONOTONIC, &ts);

    return (uint64_t) ts.tv_sec * 1000000 + (uint64_t) ts.tv_nsec / 1000;
}
