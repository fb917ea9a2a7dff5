
/*
 * ngx_http_tsunagari_status.c: tsunagari_status, and the memory in which each
 * worker leaves its figures for it.
 *
 *   GET /status              Prometheus text format 0.0.4
 *   GET /status?format=json  the same as JSON
 *
 * For operators: paths, processes and reasons stand there.
 */


#include "ngx_http_tsunagari_headers.h"
#include "ngx_http_tsunagari_figures.h"
#include "ngx_http_tsunagari_send.h"


typedef void (*ngx_http_tsunagari_figures_pt)(
    ngx_http_tsunagari_main_conf_t *mcf, ngx_tsunagari_out_t *out);


static ngx_int_t ngx_http_tsunagari_status_handler(ngx_http_request_t *r);
static ngx_int_t ngx_http_tsunagari_status_init(ngx_shm_zone_t *zone,
    void *data);


char *
ngx_http_tsunagari_status(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_core_loc_conf_t        *clcf;
    ngx_http_tsunagari_main_conf_t  *mcf;

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (clcf->handler == ngx_http_tsunagari_status_handler) {
        return "is duplicate";
    }

    clcf->handler = ngx_http_tsunagari_status_handler;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_tsunagari_module);
    mcf->status = 1;

    return NGX_CONF_OK;
}


/* Postconfiguration: all sources are known, the number of workers is not. */

ngx_int_t
ngx_http_tsunagari_status_zone(ngx_conf_t *cf)
{
    size_t                           size;
    ngx_str_t                        name;
    ngx_shm_zone_t                  *zone;
    ngx_http_tsunagari_main_conf_t  *mcf;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_tsunagari_module);

    if (!mcf->status || mcf->sources.nelts == 0) {
        return NGX_OK;
    }

    /* of it, only what the workers write to takes memory */

    size = mcf->sources.nelts * NGX_MAX_PROCESSES
           * sizeof(ngx_tsunagari_figures_t);
    size = ngx_align(size + size / 16, ngx_pagesize) + 8 * ngx_pagesize;

    ngx_str_set(&name, "tsunagari_status");

    zone = ngx_shared_memory_add(cf, &name, size, &ngx_http_tsunagari_module);
    if (zone == NULL) {
        return NGX_ERROR;
    }

    /* workers that are to exit keep writing to that of their configuration */

    zone->noreuse = 1;
    zone->init = ngx_http_tsunagari_status_init;
    zone->data = mcf;

    return NGX_OK;
}


static ngx_int_t
ngx_http_tsunagari_status_init(ngx_shm_zone_t *zone, void *data)
{
    ngx_uint_t                        i, workers;
    ngx_core_conf_t                  *ccf;
    ngx_slab_pool_t                  *pool;
    ngx_tsunagari_source_t          **sources;
    ngx_tsunagari_figures_t          *figures;
    ngx_http_tsunagari_main_conf_t   *mcf;

    mcf = zone->data;
    pool = (ngx_slab_pool_t *) zone->shm.addr;

    ccf = (ngx_core_conf_t *) ngx_get_conf(mcf->cycle->conf_ctx,
                                           ngx_core_module);
    workers = (ngx_uint_t) ccf->worker_processes;

    figures = ngx_slab_calloc(pool, mcf->sources.nelts * workers
                                    * sizeof(ngx_tsunagari_figures_t));
    if (figures == NULL) {
        return NGX_ERROR;
    }

    sources = mcf->sources.elts;

    for (i = 0; i < mcf->sources.nelts; i++) {
        sources[i]->shared = figures + i * workers;
        sources[i]->shared_n = workers;
        sources[i]->mutex = &pool->mutex;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_tsunagari_status_handler(ngx_http_request_t *r)
{
    ngx_int_t                        rc;
    ngx_str_t                        format, body;
    ngx_tsunagari_out_t              out;
    ngx_http_tsunagari_main_conf_t  *mcf;
    ngx_http_tsunagari_figures_pt    figures;

    if (!(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD))) {
        return ngx_http_tsunagari_not_allowed(r);
    }

    rc = ngx_http_discard_request_body(r);

    if (rc != NGX_OK) {
        return rc;
    }

    mcf = ngx_http_get_module_main_conf(r, ngx_http_tsunagari_module);

    if (ngx_http_arg(r, (u_char *) "format", 6, &format) == NGX_OK
        && format.len == 4
        && ngx_strncmp(format.data, "json", 4) == 0)
    {
        figures = ngx_http_tsunagari_figures_json;
        ngx_str_set(&r->headers_out.content_type, "application/json");

    } else {
        figures = ngx_http_tsunagari_figures_text;
        ngx_str_set(&r->headers_out.content_type,
                    "text/plain; version=0.0.4; charset=utf-8");
    }

    ngx_memzero(&out, sizeof(ngx_tsunagari_out_t));

    /* measured, then written; the figures may have grown in between */

    figures(mcf, &out);

    out.size = out.len + NGX_HTTP_TSUNAGARI_FIGURES_SPARE;
    out.len = 0;
    out.start = ngx_pnalloc(r->pool, out.size);
    if (out.start == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    figures(mcf, &out);

    if (out.len > out.size) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    r->headers_out.content_type_len = r->headers_out.content_type.len;
    r->headers_out.status = NGX_HTTP_OK;

    rc = ngx_http_tsunagari_no_store(r);

    if (rc != NGX_OK) {
        return rc;
    }

    body.data = out.start;
    body.len = out.len;

    return ngx_http_tsunagari_send_body(r, &body);
}
