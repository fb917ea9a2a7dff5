
/*
 * ngx_http_tsunagari_figures.h: the figures of all sources and workers, as
 * text or JSON.
 */


#ifndef _NGX_HTTP_TSUNAGARI_FIGURES_H_INCLUDED_
#define _NGX_HTTP_TSUNAGARI_FIGURES_H_INCLUDED_


#include "ngx_http_tsunagari_module.h"
#include "ngx_tsunagari_out.h"


/* What two runs may differ by: other workers go on counting. */
#define NGX_HTTP_TSUNAGARI_FIGURES_SPARE  4096


typedef struct {
    ngx_tsunagari_out_t      *out;
    ngx_tsunagari_source_t   *source;
    ngx_uint_t                worker;
    ngx_tsunagari_state_t     state;    /* a copy, whole */
    ngx_tsunagari_figures_t  *figures;
} ngx_http_tsunagari_sample_t;


/*
 * The text format 0.0.4 of Prometheus; each sample is labelled with snapshot
 * (the path) and worker (from 0).
 */
void ngx_http_tsunagari_figures_text(ngx_http_tsunagari_main_conf_t *mcf,
    ngx_tsunagari_out_t *out);

/*
 * {"snapshots":[{"path","workers":[{"worker","pid","generation","run",
 * "plan_date","audience","loaded_at","refused":{"reason","at"}|null,"swaps",
 * "refusals","answers":{"memo","made","unchanged","bad_request","not_found",
 * "unavailable"},"memo":{"entries","bytes","evicted","limit"}},...]},...]};
 * generation to loaded_at are null when the worker has nothing to serve.
 */
void ngx_http_tsunagari_figures_json(ngx_http_tsunagari_main_conf_t *mcf,
    ngx_tsunagari_out_t *out);

/*
 * state and figures of source and worker.  0: there is no such worker; a pid
 * of 0: it has not started yet.
 */
ngx_uint_t ngx_http_tsunagari_figures_get(ngx_http_tsunagari_sample_t *s);

ngx_str_t ngx_http_tsunagari_audience(uint32_t audience);


#endif /* _NGX_HTTP_TSUNAGARI_FIGURES_H_INCLUDED_ */
