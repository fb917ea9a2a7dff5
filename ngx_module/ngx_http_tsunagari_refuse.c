
/*
 * ngx_http_tsunagari_refuse.c: answers without a page of the snapshot.
 */


#include "ngx_http_tsunagari_headers.h"


static ngx_uint_t ngx_http_tsunagari_led_away(ngx_http_request_t *r,
    ngx_int_t status);


ngx_int_t
ngx_http_tsunagari_redirect(ngx_http_request_t *r, ngx_str_t *base)
{
    u_char           *p;
    ngx_table_elt_t  *location;

    location = ngx_http_tsunagari_header(r, "Location", "");
    if (location == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    p = ngx_pnalloc(r->pool, base->len + sizeof("/?") + r->args.len);
    if (p == NULL) {
        location->hash = 0;
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    location->value.data = p;

    p = ngx_cpymem(p, base->data, base->len);
    *p++ = '/';

    if (r->args.len) {
        *p++ = '?';
        p = ngx_cpymem(p, r->args.data, r->args.len);
    }

    location->value.len = p - location->value.data;

    r->headers_out.location = location;

    return NGX_HTTP_MOVED_PERMANENTLY;
}


ngx_int_t
ngx_http_tsunagari_not_allowed(ngx_http_request_t *r)
{
    if (ngx_http_tsunagari_header(r, "Allow", "GET, HEAD") == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return NGX_HTTP_NOT_ALLOWED;
}


ngx_int_t
ngx_http_tsunagari_unavailable(ngx_http_request_t *r)
{
    ngx_http_clear_etag(r);

    if (ngx_http_tsunagari_header(r, "Retry-After",
                                  NGX_HTTP_TSUNAGARI_RETRY_AFTER)
        == NULL)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return NGX_HTTP_SERVICE_UNAVAILABLE;
}


ngx_int_t
ngx_http_tsunagari_method(ngx_http_request_t *r,
    ngx_tsunagari_source_t *source)
{
    ngx_int_t  rc;

    rc = ngx_http_tsunagari_not_allowed(r);

    if (rc != NGX_HTTP_NOT_ALLOWED
        || !source->loaded
        || ngx_http_tsunagari_led_away(r, rc))
    {
        return rc;
    }

    /* as nginx's own refusals: the body is not asked for */

    r->expect_tested = 1;

    if (ngx_http_discard_request_body(r) != NGX_OK) {
        r->keepalive = 0;
    }

    return NGX_DECLINED;
}


/* Whether the site has a page of its own for it: "error_page". */

static ngx_uint_t
ngx_http_tsunagari_led_away(ngx_http_request_t *r, ngx_int_t status)
{
    ngx_uint_t                 i;
    ngx_http_err_page_t       *err_page;
    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_get_module_loc_conf(r, ngx_http_core_module);

    if (clcf->error_pages == NULL) {
        return 0;
    }

    err_page = clcf->error_pages->elts;

    for (i = 0; i < clcf->error_pages->nelts; i++) {
        if (err_page[i].status == status) {
            return 1;
        }
    }

    return 0;
}
