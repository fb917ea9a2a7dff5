
/*
 * ngx_http_tsunagari_send.h: answers with a body, from a page or the memo.
 *
 * gzip: the client takes it and the ETag says so; what goes out plain in
 * spite of it gets the other ETag.
 */


#ifndef _NGX_HTTP_TSUNAGARI_SEND_H_INCLUDED_
#define _NGX_HTTP_TSUNAGARI_SEND_H_INCLUDED_


#include "ngx_http_tsunagari_module.h"
#include "ngx_tsunagari_page.h"


/*
 * ETag and Vary.  NGX_DECLINED: an answer is wanted, *gzip tells how; else it
 * is given: 304, or an error.
 */
ngx_int_t ngx_http_tsunagari_validate(ngx_http_request_t *r,
    ngx_http_tsunagari_loc_conf_t *conf, ngx_tsunagari_route_t *route,
    ngx_uint_t *gzip);

/* page->out is copied. */
ngx_int_t ngx_http_tsunagari_send(ngx_http_request_t *r,
    ngx_tsunagari_source_t *source, ngx_tsunagari_page_t *page,
    ngx_uint_t gzip);

/* Header and body; the bytes are kept as long as the request. */
ngx_int_t ngx_http_tsunagari_send_body(ngx_http_request_t *r,
    ngx_str_t *body);

/* The request holds the entry until it ends. */
ngx_int_t ngx_http_tsunagari_send_entry(ngx_http_request_t *r,
    ngx_tsunagari_source_t *source, ngx_tsunagari_route_t *route,
    ngx_tsunagari_entry_t *entry, ngx_uint_t gzip);


#endif /* _NGX_HTTP_TSUNAGARI_SEND_H_INCLUDED_ */
