
/*
 * ngx_tsunagari_snapshot.c: look, map, check, swap.
 */


#include "ngx_tsunagari_snapshot.h"
#include "ngx_tsunagari_guard.h"
#include "ngx_tsunagari_search.h"

#include <sys/mman.h>


typedef struct {
    ngx_tsunagari_generation_t  *generation;
    const char                  *reason;
} ngx_tsunagari_open_t;


static void ngx_tsunagari_source_timer(ngx_event_t *ev);
static void ngx_tsunagari_source_again(ngx_tsunagari_source_t *source);
static void ngx_tsunagari_source_cleanup(void *data);
static void ngx_tsunagari_source_look(ngx_tsunagari_source_t *source);
static const char *ngx_tsunagari_source_map(ngx_tsunagari_source_t *source,
    ngx_tsunagari_generation_t *generation);
static void ngx_tsunagari_source_open(void *data);
static void ngx_tsunagari_source_swap(ngx_tsunagari_source_t *source,
    const ngx_tsunagari_generation_t *generation);
static void ngx_tsunagari_source_refuse(ngx_tsunagari_source_t *source,
    const char *reason, ngx_err_t err);
static void ngx_tsunagari_source_unmap(ngx_tsunagari_source_t *source);
static void ngx_tsunagari_file(ngx_tsunagari_file_t *file,
    const struct stat *st);
static ngx_uint_t ngx_tsunagari_file_same(const ngx_tsunagari_file_t *one,
    const ngx_tsunagari_file_t *two);


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

    source->timer.handler = ngx_tsunagari_source_timer;
    source->timer.data = &source->fake;
    source->timer.log = cycle->log;

    /* or else a worker that is to exit never does */

    source->timer.cancelable = 1;
    source->fake.data = source;

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

    ngx_tsunagari_source_unmap(source);
}


static void
ngx_tsunagari_source_look(ngx_tsunagari_source_t *source)
{
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

    source->looked = 1;
    source->file = file;

    ngx_memzero(&generation, sizeof(ngx_tsunagari_generation_t));

    reason = ngx_tsunagari_source_map(source, &generation);

    if (reason == NULL) {
        ngx_tsunagari_source_swap(source, &generation);
        return;
    }

    if (generation.map) {
        (void) munmap(generation.map, generation.size);
    }

    if (source->loaded
        && source->generation.file.dev == source->file.dev
        && source->generation.file.ino == source->file.ino)
    {
        /* what is being served has been changed in place */

        ngx_tsunagari_source_unmap(source);
    }
}


/* NULL, or why not, which is in the log then. */

static const char *
ngx_tsunagari_source_map(ngx_tsunagari_source_t *source,
    ngx_tsunagari_generation_t *generation)
{
    ngx_fd_t               fd;
    ngx_err_t              err;
    struct stat            st;
    ngx_tsunagari_open_t   opening;

    opening.generation = generation;
    opening.reason = NULL;
    err = 0;

    fd = ngx_open_file(source->path.data, NGX_FILE_RDONLY|NGX_FILE_NONBLOCK,
                       NGX_FILE_OPEN, 0);

    if (fd == NGX_INVALID_FILE) {
        opening.reason = "it cannot be opened";
        ngx_tsunagari_source_refuse(source, opening.reason, ngx_errno);
        return opening.reason;
    }

    if (fstat(fd, &st) == -1) {
        err = ngx_errno;
        opening.reason = "fstat() failed";
        goto done;
    }

    ngx_tsunagari_file(&generation->file, &st);
    source->file = generation->file;

    if (!S_ISREG(st.st_mode)) {
        opening.reason = "it is not a regular file";
        goto done;
    }

    if (st.st_size < (off_t) sizeof(struct snap_header)) {
        opening.reason = "it is shorter than a header";
        goto done;
    }

    generation->size = (size_t) st.st_size;
    generation->map = mmap(NULL, generation->size, PROT_READ, MAP_SHARED,
                           fd, 0);

    if (generation->map == MAP_FAILED) {
        err = ngx_errno;
        generation->map = NULL;
        opening.reason = "mmap() failed";
        goto done;
    }

    if (ngx_tsunagari_guard(generation->map, generation->size,
                            ngx_tsunagari_source_open, &opening)
        != NGX_OK)
    {
        opening.reason = "it was cut short while it was opened";
    }

done:

    if (ngx_close_file(fd) == NGX_FILE_ERROR) {
        ngx_log_error(NGX_LOG_ALERT, source->log, ngx_errno,
                      ngx_close_file_n " \"%V\" failed", &source->path);
    }

    if (opening.reason) {
        ngx_tsunagari_source_refuse(source, opening.reason, err);
    }

    return opening.reason;
}


static void
ngx_tsunagari_source_open(void *data)
{
    ngx_tsunagari_open_t *opening = data;

    size_t                       size;
    ngx_uint_t                   i;
    ngx_tsunagari_generation_t  *generation;

    generation = opening->generation;

    opening->reason = snap_open(&generation->snap, generation->map,
                             generation->size);

    if (opening->reason) {
        return;
    }

    generation->run = generation->snap.header->run_id;
    generation->plan_date = generation->snap.header->plan_date;
    generation->audience = generation->snap.header->audience;
    generation->number = generation->snap.header->generation;

    for (i = 0; i < SNAP_COLLECTIONS; i++) {
        size = ngx_tsunagari_search_size(&generation->snap.collections[i]);
        generation->work = ngx_max(generation->work, size);
    }

    if (generation->work > NGX_TSUNAGARI_WORK_MAX) {
        opening->reason = "a search in it would take too much memory";
    }
}


static void
ngx_tsunagari_source_swap(ngx_tsunagari_source_t *source,
    const ngx_tsunagari_generation_t *generation)
{
    ngx_tsunagari_source_unmap(source);

    source->generation = *generation;
    source->generation.loaded = ngx_time();
    source->loaded = 1;

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
    ngx_tsunagari_source_unmap(source);
    ngx_tsunagari_source_refuse(source, reason, 0);

    /* the same file again would be dropped again */
}


static void
ngx_tsunagari_source_unmap(ngx_tsunagari_source_t *source)
{
    if (!source->loaded) {
        return;
    }

    source->loaded = 0;

    ngx_tsunagari_memo_clear(&source->memo);

    if (munmap(source->generation.map, source->generation.size) == -1) {
        ngx_log_error(NGX_LOG_ALERT, source->log, ngx_errno,
                      "munmap() of \"%V\" failed", &source->path);
    }

    ngx_tsunagari_figures_report(source);
}


static void
ngx_tsunagari_file(ngx_tsunagari_file_t *file, const struct stat *st)
{
    ngx_memzero(file, sizeof(ngx_tsunagari_file_t));

    file->dev = st->st_dev;
    file->ino = st->st_ino;
    file->size = st->st_size;
    file->mtime = st->st_mtim;
}


static ngx_uint_t
ngx_tsunagari_file_same(const ngx_tsunagari_file_t *one,
    const ngx_tsunagari_file_t *two)
{
    return one->dev == two->dev
           && one->ino == two->ino
           && one->size == two->size
           && one->mtime.tv_sec == two->mtime.tv_sec
           && one->mtime.tv_nsec == two->mtime.tv_nsec;
}
