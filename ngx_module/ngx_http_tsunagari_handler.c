
/*
 * ngx_http_tsunagari_handler.c: from a request to an answer.
 */


#include "ngx_http_tsunagari_module.h"
#include "ngx_http_tsunagari_headers.h"
#include "ngx_http_tsunagari_send.h"
#include "ngx_http_tsunagari_variables.h"
#include "ngx_tsunagari_guard.h"
#include "ngx_tsunagari_page.h"


#define NGX_HTTP_TSUNAGARI_BODY  (128 * 1024)


/*
 * What a request needs only while its handler runs: a worker has one of it,
 * for handlers run one after the other.
 */
typedef struct {
    ngx_tsunagari_query_t    query;
    ngx_tsunagari_page_t     page;
    ngx_tsunagari_facts_t    facts;
    ngx_tsunagari_out_t      out;
    u_char                   loaded_at[NGX_HTTP_TSUNAGARI_TIME_LEN];
    void                    *search;
    size_t                   search_size;
} ngx_http_tsunagari_work_t;


static ngx_int_t ngx_http_tsunagari_answer(ngx_http_request_t *r,
    ngx_http_tsunagari_loc_conf_t *conf, ngx_tsunagari_route_t *route);
static ngx_tsunagari_entry_t *ngx_http_tsunagari_entry(ngx_http_request_t *r,
    ngx_tsunagari_source_t *source, ngx_http_tsunagari_ctx_t *ctx,
    ngx_int_t *rc);
static ngx_int_t ngx_http_tsunagari_run(ngx_http_request_t *r,
    ngx_tsunagari_source_t *source);
static void ngx_http_tsunagari_page(void *data);
static ngx_int_t ngx_http_tsunagari_room(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation);


static ngx_http_tsunagari_work_t  ngx_http_tsunagari_work;


ngx_int_t
ngx_http_tsunagari_handler(ngx_http_request_t *r)
{
    ngx_int_t                       rc;
    ngx_str_t                       path;
    ngx_tsunagari_route_t           route;
    ngx_http_tsunagari_loc_conf_t  *conf;

    conf = ngx_http_get_module_loc_conf(r, ngx_http_tsunagari_module);

    if (!(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD))) {
        rc = ngx_http_tsunagari_method(r, conf->source);

        if (rc != NGX_DECLINED) {
            return rc;
        }

        /* the page that says so, whatever the path */

        ngx_memzero(&route, sizeof(ngx_tsunagari_route_t));

        return ngx_http_tsunagari_answer(r, conf, &route);
    }

    rc = ngx_http_discard_request_body(r);

    if (rc != NGX_OK) {
        return rc;
    }

    if (r->uri.len < conf->prefix) {
        return NGX_HTTP_NOT_FOUND;
    }

    path.data = r->uri.data + conf->prefix;
    path.len = r->uri.len - conf->prefix;

    if (path.len == 0) {

        /* links of the search page need the slash */

        return ngx_http_tsunagari_redirect(r, &conf->base);
    }

    ngx_tsunagari_route(&path, &route);

    if (!conf->source->started) {

        /* a reload in a single process starts no sources */

        if (ngx_tsunagari_source_start(conf->source,
                                       (ngx_cycle_t *) ngx_cycle)
            != NGX_OK)
        {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }
    }

    if (!conf->source->loaded) {
        conf->source->figures->unavailable++;
        return ngx_http_tsunagari_unavailable(r);
    }

    return ngx_http_tsunagari_answer(r, conf, &route);
}


static ngx_int_t
ngx_http_tsunagari_answer(ngx_http_request_t *r,
    ngx_http_tsunagari_loc_conf_t *conf, ngx_tsunagari_route_t *route)
{
    u_char                    *buf;
    ngx_int_t                  rc;
    ngx_uint_t                 gzip;
    ngx_tsunagari_page_t      *page;
    ngx_tsunagari_query_t     *query;
    ngx_tsunagari_entry_t     *entry;
    ngx_tsunagari_source_t    *source;
    ngx_http_tsunagari_ctx_t  *ctx;

    source = conf->source;
    query = &ngx_http_tsunagari_work.query;
    page = &ngx_http_tsunagari_work.page;

    ctx = ngx_http_tsunagari_ctx(r, &source->generation);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    buf = ngx_pnalloc(r->pool, r->args.len + 1);
    if (buf == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (route->route == NGX_TSUNAGARI_ROUTE_HSDS) {
        (void) ngx_tsunagari_query_parse_hsds(query, &r->args, buf);

    } else {
        (void) ngx_tsunagari_query_parse(query, &r->args, buf);

        /* JSON has no rows, nor have organisations and cases */

        query->table &= (!route->json && route->collection <= SNAP_NEEDS);
    }

    ngx_memzero(page, sizeof(ngx_tsunagari_page_t));

    page->snap = &source->generation.snap;
    page->route = *route;
    page->base = conf->base;
    page->origin = conf->origin;
    page->query = query;
    page->out = &ngx_http_tsunagari_work.out;
    page->not_allowed = !(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD));

    if (route->route == NGX_TSUNAGARI_ROUTE_NONE
        || route->route == NGX_TSUNAGARI_ROUTE_STATUS
        || query->reason != NGX_TSUNAGARI_BAD_NONE)
    {
        ngx_http_tsunagari_time(&page->loaded_at,
                                ngx_http_tsunagari_work.loaded_at,
                                source->generation.loaded);

        rc = ngx_http_tsunagari_run(r, source);

        if (rc != NGX_OK) {
            return rc;
        }

        return ngx_http_tsunagari_send(r, source, page, 0);
    }

    rc = ngx_http_tsunagari_validate(r, conf, route, &gzip);

    if (rc != NGX_DECLINED) {
        source->figures->unchanged++;
        return rc;
    }

    entry = ngx_http_tsunagari_entry(r, source, ctx, &rc);

    if (entry) {
        return ngx_http_tsunagari_send_entry(r, source, route, entry, gzip);
    }

    if (rc != NGX_OK) {
        return rc;
    }

    return ngx_http_tsunagari_send(r, source, page, gzip);
}


/*
 * The answer from the memo, put there now if need be.  NULL: *rc is an error,
 * or NGX_OK and the answer is in work.out.
 */

static ngx_tsunagari_entry_t *
ngx_http_tsunagari_entry(ngx_http_request_t *r,
    ngx_tsunagari_source_t *source, ngx_http_tsunagari_ctx_t *ctx,
    ngx_int_t *rc)
{
    u_char                      buf[NGX_TSUNAGARI_MEMO_KEY];
    ngx_str_t                   key, body;
    ngx_tsunagari_out_t         out;
    ngx_tsunagari_entry_t      *entry;
    ngx_http_tsunagari_work_t  *work;

    work = &ngx_http_tsunagari_work;

    ngx_str_null(&key);

    if (source->memo.max) {
        out.start = buf;
        out.size = sizeof(buf);
        out.len = 0;

        ngx_tsunagari_out(&out, &source->generation.serial,
                          sizeof(source->generation.serial));
        ngx_tsunagari_page_key(&work->page, &out);

        key.data = buf;
        key.len = out.len;
    }

    if (key.len && key.len <= sizeof(buf)) {
        entry = ngx_tsunagari_memo_get(&source->memo, &key);

        if (entry) {
            source->figures->hits++;
            ctx->memo = NGX_HTTP_TSUNAGARI_MEMO_HIT;
            ctx->facts = entry->facts;

            *rc = NGX_OK;
            return entry;
        }
    }

    *rc = ngx_http_tsunagari_run(r, source);

    if (*rc != NGX_OK || work->page.status != NGX_TSUNAGARI_OK) {
        return NULL;
    }

    ctx->memo = NGX_HTTP_TSUNAGARI_MEMO_MISS;
    ctx->facts = work->facts;

    body.data = work->out.start;
    body.len = work->out.len;

    return ngx_tsunagari_memo_put(&source->memo, &key, &body, &ctx->facts,
                                  r->connection->log);
}


/* NGX_OK: the answer is in work.out, whole. */

static ngx_int_t
ngx_http_tsunagari_run(ngx_http_request_t *r, ngx_tsunagari_source_t *source)
{
    ngx_uint_t                   i;
    ngx_tsunagari_out_t         *out;
    ngx_tsunagari_page_t        *page;
    ngx_tsunagari_generation_t  *generation;

    page = &ngx_http_tsunagari_work.page;
    out = &ngx_http_tsunagari_work.out;
    generation = &source->generation;

    /* at most twice: the first run measures the room for the second */

    for (i = 0; i < 2; i++) {

        if (ngx_http_tsunagari_room(r, generation) != NGX_OK) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }

        page->work = ngx_http_tsunagari_work.search;

        if (ngx_tsunagari_guard(generation->mapping.start,
                                generation->mapping.size,
                                ngx_http_tsunagari_page, page)
            != NGX_OK)
        {
            ngx_tsunagari_source_drop(source, "it was cut short in place");
            source->figures->unavailable++;
            return ngx_http_tsunagari_unavailable(r);
        }

        if (page->status == NGX_TSUNAGARI_ERROR) {
            ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
                          "tsunagari: the answer would be too long");
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }

        if (out->len <= out->size) {
            ngx_tsunagari_figures_count(source->figures, page->status);
            return NGX_OK;
        }
    }

    ngx_log_error(NGX_LOG_ALERT, r->connection->log, 0,
                  "tsunagari: the answer grew from one run to the next");

    return NGX_HTTP_INTERNAL_SERVER_ERROR;
}


static void
ngx_http_tsunagari_page(void *data)
{
    ngx_tsunagari_page(data);

    ngx_http_tsunagari_facts(&ngx_http_tsunagari_work.facts, data);
}


static ngx_int_t
ngx_http_tsunagari_room(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation)
{
    size_t                      size;
    ngx_http_tsunagari_work_t  *work;

    work = &ngx_http_tsunagari_work;

    if (work->search_size < generation->work) {

        if (work->search) {
            ngx_free(work->search);
        }

        work->search_size = 0;

        work->search = ngx_alloc(generation->work, r->connection->log);
        if (work->search == NULL) {
            return NGX_ERROR;
        }

        work->search_size = generation->work;
    }

    if (work->out.size && work->out.len <= work->out.size) {
        return NGX_OK;
    }

    size = ngx_max(NGX_HTTP_TSUNAGARI_BODY, work->out.len);

    if (work->out.start) {
        ngx_free(work->out.start);
    }

    work->out.size = 0;

    work->out.start = ngx_alloc(size, r->connection->log);
    if (work->out.start == NULL) {
        return NGX_ERROR;
    }

    work->out.size = size;

    return NGX_OK;
}


void
ngx_http_tsunagari_handler_exit(void)
{
    ngx_http_tsunagari_work_t  *work;

    work = &ngx_http_tsunagari_work;

    if (work->search) {
        ngx_free(work->search);
    }

    if (work->out.start) {
        ngx_free(work->out.start);
    }

    ngx_memzero(work, sizeof(ngx_http_tsunagari_work_t));
}
