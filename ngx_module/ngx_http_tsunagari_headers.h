
/*
 * ngx_http_tsunagari_headers.h: headers, and the answers that are all header.
 */


#ifndef _NGX_HTTP_TSUNAGARI_HEADERS_H_INCLUDED_
#define _NGX_HTTP_TSUNAGARI_HEADERS_H_INCLUDED_


#include "ngx_http_tsunagari_module.h"
#include "ngx_tsunagari_page.h"


#define NGX_HTTP_TSUNAGARI_RETRY_AFTER  "5"


/* 301 to the search page, arguments kept. */
ngx_int_t ngx_http_tsunagari_redirect(ngx_http_request_t *r,
    ngx_str_t *base);

/* 405 with Allow. */
ngx_int_t ngx_http_tsunagari_not_allowed(ngx_http_request_t *r);

/*
 * The same; NGX_DECLINED, Allow is there and the body dealt with: a page of
 * ours is to say so, for there is a snapshot and no "error_page" of the site.
 */
ngx_int_t ngx_http_tsunagari_method(ngx_http_request_t *r,
    ngx_tsunagari_source_t *source);

/* 503 with Retry-After: no snapshot. */
ngx_int_t ngx_http_tsunagari_unavailable(ngx_http_request_t *r);

/*
 * r->headers_out.etag: of the generation, the representation and, with gzip
 * set, the encoding; called again, it takes the place of the one before.
 */
ngx_int_t ngx_http_tsunagari_etag(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation, ngx_tsunagari_route_t *route,
    ngx_uint_t gzip);

/* For every answer that may come compressed. */
ngx_int_t ngx_http_tsunagari_vary(ngx_http_request_t *r);

/* Whether If-None-Match has that ETag: nothing need be looked up then. */
ngx_uint_t ngx_http_tsunagari_unchanged(ngx_http_request_t *r);

ngx_int_t ngx_http_tsunagari_not_modified(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation);

/* Status, type and the rest of an answer with a body. */
ngx_int_t ngx_http_tsunagari_headers(ngx_http_request_t *r,
    ngx_tsunagari_route_t *route, ngx_uint_t status,
    ngx_tsunagari_generation_t *generation);

/* Cache-Control of what is nobody's to keep. */
ngx_int_t ngx_http_tsunagari_no_store(ngx_http_request_t *r);

/* One more header; the value may be set later.  Both are kept, not copied. */
ngx_table_elt_t *ngx_http_tsunagari_header_put(ngx_http_request_t *r,
    const char *name, size_t name_len, const char *value, size_t value_len);

/* Lengths are known when it is compiled. */
static ngx_inline ngx_table_elt_t *
ngx_http_tsunagari_header(ngx_http_request_t *r, const char *name,
    const char *value)
{
    return ngx_http_tsunagari_header_put(r, name, ngx_strlen(name), value,
                                         ngx_strlen(value));
}

/* Content-Encoding. */
ngx_int_t ngx_http_tsunagari_gzipped(ngx_http_request_t *r);


#endif /* _NGX_HTTP_TSUNAGARI_HEADERS_H_INCLUDED_ */
