
/*
 * ngx_http_tsunagari_send.c: bodies to the output filters.
 */


#include "ngx_http_tsunagari_headers.h"
#include "ngx_http_tsunagari_send.h"


/* A part of the buffer that is worth taking the whole. */
#define NGX_HTTP_TSUNAGARI_PART  8


typedef struct {
    ngx_tsunagari_out_t  *out;          /* of the worker */
    u_char               *start;
    size_t                size;
} ngx_http_tsunagari_taken_t;


static ngx_int_t ngx_http_tsunagari_take(ngx_http_request_t *r,
    ngx_tsunagari_out_t *out, ngx_str_t *body);
static void ngx_http_tsunagari_give_back(void *data);


ngx_int_t
ngx_http_tsunagari_validate(ngx_http_request_t *r,
    ngx_http_tsunagari_loc_conf_t *conf, ngx_tsunagari_route_t *route,
    ngx_uint_t *gzip)
{
    ngx_tsunagari_generation_t  *generation;

    generation = &conf->source->generation;

    *gzip = 0;

#if (NGX_HTTP_GZIP)

    /*
     * a page for members may show what is not public beside what a stranger
     * put into the query: its length is not given away by compression
     */

    if (conf->gzip && conf->source->memo.max
        && generation->audience == SNAP_AUDIENCE_PUBLIC)
    {
        if (ngx_http_tsunagari_vary(r) != NGX_OK) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }

        *gzip = (ngx_http_gzip_ok(r) == NGX_OK);
    }

#endif

    if (ngx_http_tsunagari_etag(r, generation, route, *gzip) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_http_tsunagari_unchanged(r)) {
        return ngx_http_tsunagari_not_modified(r, generation);
    }

    return NGX_DECLINED;
}


ngx_int_t
ngx_http_tsunagari_send(ngx_http_request_t *r, ngx_tsunagari_source_t *source,
    ngx_tsunagari_page_t *page, ngx_uint_t gzip)
{
    ngx_int_t  rc;
    ngx_str_t  body;

    if (gzip) {

        /* it does not come compressed after all */

        if (ngx_http_tsunagari_etag(r, &source->generation, &page->route, 0)
            != NGX_OK)
        {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }
    }

    rc = ngx_http_tsunagari_headers(r, &page->route, page->status,
                                    &source->generation);

    if (rc != NGX_OK) {
        return rc;
    }

    if (ngx_http_tsunagari_take(r, page->out, &body) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_tsunagari_send_body(r, &body);
}


/*
 * out is another request's as soon as this one waits: the answer is copied
 * out of it, or, if it fills a good part of it, the whole buffer goes with
 * the request and comes back, or is freed, when that ends.
 */

static ngx_int_t
ngx_http_tsunagari_take(ngx_http_request_t *r, ngx_tsunagari_out_t *out,
    ngx_str_t *body)
{
    ngx_pool_cleanup_t          *cln;
    ngx_http_tsunagari_taken_t  *taken;

    body->len = out->len;

    if (out->len < out->size / NGX_HTTP_TSUNAGARI_PART) {

        body->data = ngx_pnalloc(r->pool, body->len + 1);
        if (body->data == NULL) {
            return NGX_ERROR;
        }

        ngx_memcpy(body->data, out->start, body->len);
        return NGX_OK;
    }

    cln = ngx_pool_cleanup_add(r->pool, sizeof(ngx_http_tsunagari_taken_t));
    if (cln == NULL) {
        return NGX_ERROR;
    }

    taken = cln->data;
    taken->out = out;
    taken->start = out->start;
    taken->size = out->size;

    cln->handler = ngx_http_tsunagari_give_back;

    body->data = out->start;

    out->start = NULL;
    out->size = 0;
    out->len = 0;

    return NGX_OK;
}


static void
ngx_http_tsunagari_give_back(void *data)
{
    ngx_http_tsunagari_taken_t *taken = data;

    if (taken->out->start) {
        ngx_free(taken->start);
        return;
    }

    taken->out->start = taken->start;
    taken->out->size = taken->size;
    taken->out->len = 0;
}


ngx_int_t
ngx_http_tsunagari_send_entry(ngx_http_request_t *r,
    ngx_tsunagari_source_t *source, ngx_tsunagari_route_t *route,
    ngx_tsunagari_entry_t *entry, ngx_uint_t gzip)
{
    ngx_int_t            rc;
    ngx_str_t           *body;
    ngx_pool_cleanup_t  *cln;

    cln = ngx_pool_cleanup_add(r->pool, 0);
    if (cln == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    cln->handler = ngx_tsunagari_memo_release;
    cln->data = entry;
    entry->refs++;

    body = &entry->body;

    if (gzip) {
        ngx_tsunagari_memo_gzip(&source->memo, entry, r->connection->log);

        if (entry->gzip.len) {
            body = &entry->gzip;

            if (ngx_http_tsunagari_gzipped(r) != NGX_OK) {
                return NGX_HTTP_INTERNAL_SERVER_ERROR;
            }

        } else if (ngx_http_tsunagari_etag(r, &source->generation, route, 0)
                   != NGX_OK)
        {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }
    }

    rc = ngx_http_tsunagari_headers(r, route, NGX_HTTP_OK,
                                    &source->generation);

    if (rc != NGX_OK) {
        return rc;
    }

    return ngx_http_tsunagari_send_body(r, body);
}


ngx_int_t
ngx_http_tsunagari_send_body(ngx_http_request_t *r, ngx_str_t *body)
{
    ngx_int_t     rc;
    ngx_buf_t    *b;
    ngx_chain_t   chain;

    r->headers_out.content_length_n = (off_t) body->len;

    b = ngx_calloc_buf(r->pool);
    if (b == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (body->len) {
        b->pos = body->data;
        b->last = body->data + body->len;
        b->memory = 1;

    } else {

        /* an empty buffer must be a special one */

        b->sync = 1;
    }

    b->last_buf = (r == r->main) ? 1 : 0;
    b->last_in_chain = 1;

    rc = ngx_http_send_header(r);

    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        return rc;
    }

    chain.buf = b;
    chain.next = NULL;

    return ngx_http_output_filter(r, &chain);
}
