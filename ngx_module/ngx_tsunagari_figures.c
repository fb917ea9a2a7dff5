
/*
 * ngx_tsunagari_figures.c: a source's record among those of all workers.
 */


#include "ngx_tsunagari_page.h"
#include "ngx_tsunagari_snapshot.h"


void
ngx_tsunagari_figures_start(ngx_tsunagari_source_t *source)
{
    source->figures = &source->own;

    /*
     * not in a single process: a reload there frees the shared memory under
     * the sources of the configuration before
     */

    if (source->shared && ngx_process == NGX_PROCESS_WORKER
        && ngx_worker < source->shared_n)
    {
        source->figures = &source->shared[ngx_worker];
    }

    /* the record of a worker that died is taken over, from zero */

    ngx_memzero(source->figures, sizeof(ngx_tsunagari_figures_t));

    ngx_tsunagari_figures_report(source);
}


void
ngx_tsunagari_figures_report(ngx_tsunagari_source_t *source)
{
    ngx_uint_t              shared;
    ngx_tsunagari_state_t  *state;

    shared = (source->figures != &source->own);

    if (shared) {
        ngx_shmtx_lock(source->mutex);
    }

    state = &source->figures->state;

    state->pid = ngx_pid;
    state->loaded = source->loaded;

    if (source->loaded) {
        state->generation = source->generation.number;
        state->run = source->generation.run;
        state->plan_date = source->generation.plan_date;
        state->audience = source->generation.audience;
        state->loaded_at = source->generation.loaded;
    }

    state->refused_at = source->refused.len ? source->refused_at : 0;
    state->reason_len = ngx_min(source->refused.len,
                                NGX_TSUNAGARI_REASON_LEN);

    if (state->reason_len) {
        ngx_memcpy(state->reason, source->refused.data, state->reason_len);
    }

    if (shared) {
        ngx_shmtx_unlock(source->mutex);
    }
}


ngx_tsunagari_figures_t *
ngx_tsunagari_figures_get(ngx_tsunagari_source_t *source, ngx_uint_t worker)
{
    if (source->figures != &source->own) {
        return (worker < source->shared_n) ? &source->shared[worker] : NULL;
    }

    return (worker == 0) ? source->figures : NULL;
}


void
ngx_tsunagari_figures_count(ngx_tsunagari_figures_t *figures,
    ngx_uint_t status)
{
    switch (status) {

    case NGX_TSUNAGARI_BAD_REQUEST:
        figures->bad_requests++;
        return;

    case NGX_TSUNAGARI_NOT_FOUND:
        figures->not_found++;
        return;

    case NGX_TSUNAGARI_NOT_ALLOWED:
        return;

    default:
        figures->misses++;
    }
}
