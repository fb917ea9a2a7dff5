
/*
 * ngx_http_tsunagari_send.c: bodies to the output filters.
 */


#include "ngx_http_tsunagari_headers.h"
#include "ngx_http_tsunagari_send.h"


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

    /* out is another request's as soon as this one waits */

    body.len = page->out->len;
    body.data = ngx_pnalloc(r->pool, body.len + 1);
    if (body.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_memcpy(body.data, page->out->start, body.len);

    return ngx_http_tsunagari_send_body(r, &body);
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
