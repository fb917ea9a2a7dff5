
/*
 * ngx_http_tsunagari_headers.c: what goes before the body.
 */


#include "ngx_http_tsunagari_headers.h"


static ngx_int_t ngx_http_tsunagari_share(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation);
static ngx_int_t ngx_http_tsunagari_cache(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation, ngx_uint_t status);
static ngx_table_elt_t *ngx_http_tsunagari_cache_control(
    ngx_http_request_t *r);


/* From NGX_TSUNAGARI_ROUTE_CSS on. */

static ngx_str_t  ngx_http_tsunagari_types[] = {
    ngx_string("text/css"),
    ngx_string("application/xml"),
    ngx_string("text/csv"),
    ngx_string("text/csv"),
    ngx_string("text/javascript")
};


ngx_int_t
ngx_http_tsunagari_vary(ngx_http_request_t *r)
{
#if (NGX_HTTP_GZIP)

    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_get_module_loc_conf(r, ngx_http_core_module);

    if (clcf->gzip_vary) {

        /* nginx writes it, once */

        r->gzip_vary = 1;
        return NGX_OK;
    }

#endif

    return (ngx_http_tsunagari_header(r, "Vary", "Accept-Encoding") == NULL)
           ? NGX_ERROR : NGX_OK;
}


ngx_int_t
ngx_http_tsunagari_gzipped(ngx_http_request_t *r)
{
    ngx_table_elt_t  *h;

    h = ngx_http_tsunagari_header(r, "Content-Encoding", "gzip");
    if (h == NULL) {
        return NGX_ERROR;
    }

    r->headers_out.content_encoding = h;

    return NGX_OK;
}


ngx_int_t
ngx_http_tsunagari_not_modified(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation)
{
    if (ngx_http_tsunagari_share(r, generation) != NGX_OK
        || ngx_http_tsunagari_cache(r, generation, NGX_HTTP_OK) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    r->headers_out.status = NGX_HTTP_NOT_MODIFIED;

    return ngx_http_send_header(r);
}


ngx_int_t
ngx_http_tsunagari_headers(ngx_http_request_t *r,
    ngx_tsunagari_route_t *route, ngx_uint_t status,
    ngx_tsunagari_generation_t *generation)
{
    r->headers_out.status = status;

    if (route->json) {
        ngx_str_set(&r->headers_out.content_type, "application/json");

    } else if (ngx_tsunagari_route_file(route->route)
               && status == NGX_TSUNAGARI_OK)
    {
        r->headers_out.content_type =
                ngx_http_tsunagari_types[route->route
                                         - NGX_TSUNAGARI_ROUTE_CSS];
        ngx_str_set(&r->headers_out.charset, "utf-8");

    } else {
        ngx_str_set(&r->headers_out.content_type, "text/html");
        ngx_str_set(&r->headers_out.charset, "utf-8");

        if (ngx_http_tsunagari_header(r, "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self'; "
                "script-src 'self'; connect-src 'self'; form-action 'self'; "
                "base-uri 'none'; frame-ancestors 'self'")
            == NULL)
        {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }
    }

    r->headers_out.content_type_len = r->headers_out.content_type.len;

    if (r->err_status) {

        /* what error_page leads to goes out with the status of the error */

        status = r->err_status;
    }

    if (status != NGX_TSUNAGARI_OK) {
        ngx_http_clear_etag(r);
    }

    if (ngx_http_tsunagari_header(r, "X-Content-Type-Options", "nosniff")
        == NULL)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (generation->audience == SNAP_AUDIENCE_MEMBERS
        && ngx_http_tsunagari_header(r, "X-Robots-Tag", "noindex") == NULL)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_http_tsunagari_share(r, generation) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (route->route == NGX_TSUNAGARI_ROUTE_STATUS) {
        return ngx_http_tsunagari_cache(r, generation, NGX_HTTP_NOT_FOUND);
    }

    return ngx_http_tsunagari_cache(r, generation, status);
}


/*
 * What is public any page may load, so that the element works on any site:
 * there is no cookie here that would tell one visitor from another.  What is
 * for members is for their own site.
 */

static ngx_int_t
ngx_http_tsunagari_share(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation)
{
    const char  *policy;

    policy = "same-origin";

    if (generation->audience == SNAP_AUDIENCE_PUBLIC) {

        if (ngx_http_tsunagari_header(r, "Access-Control-Allow-Origin", "*")
            == NULL)
        {
            return NGX_ERROR;
        }

        policy = "cross-origin";
    }

    return (ngx_http_tsunagari_header(r, "Cross-Origin-Resource-Policy",
                                      policy)
            == NULL)
           ? NGX_ERROR : NGX_OK;
}


/* An error, and the status, is nobody's to keep. */

static ngx_int_t
ngx_http_tsunagari_cache(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation, ngx_uint_t status)
{
    ngx_table_elt_t  *h;

    if (status != NGX_HTTP_OK) {
        return ngx_http_tsunagari_no_store(r);
    }

    h = ngx_http_tsunagari_cache_control(r);
    if (h == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (h->value.len == 0) {

        if (generation->audience == SNAP_AUDIENCE_MEMBERS) {
            ngx_str_set(&h->value, "private, max-age=0, must-revalidate");

        } else {
            ngx_str_set(&h->value, "public, max-age=0, must-revalidate");
        }
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_tsunagari_no_store(ngx_http_request_t *r)
{
    ngx_table_elt_t  *h;

    h = ngx_http_tsunagari_cache_control(r);
    if (h == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_str_set(&h->value, "no-store");

    return NGX_OK;
}


/*
 * The header where "expires" looks for it.  It has a value already when a
 * backend led here by X-Accel-Redirect: what that says of caching stays.
 */

static ngx_table_elt_t *
ngx_http_tsunagari_cache_control(ngx_http_request_t *r)
{
    ngx_table_elt_t  *h;

#if (nginx_version >= 1023000)

    if (r->headers_out.cache_control) {
        return r->headers_out.cache_control;
    }

    h = ngx_http_tsunagari_header(r, "Cache-Control", "");

    r->headers_out.cache_control = h;

#else

    ngx_array_t       *list;
    ngx_table_elt_t  **ccp;

    list = &r->headers_out.cache_control;

    if (list->elts == NULL
        && ngx_array_init(list, r->pool, 1, sizeof(ngx_table_elt_t *))
           != NGX_OK)
    {
        return NULL;
    }

    if (list->nelts) {
        ccp = list->elts;
        return ccp[0];
    }

    ccp = ngx_array_push(list);
    if (ccp == NULL) {
        return NULL;
    }

    h = ngx_http_tsunagari_header(r, "Cache-Control", "");

    if (h == NULL) {
        list->nelts = 0;
    }

    *ccp = h;

#endif

    return h;
}


ngx_table_elt_t *
ngx_http_tsunagari_header_put(ngx_http_request_t *r, const char *name,
    size_t name_len, const char *value, size_t value_len)
{
    ngx_table_elt_t  *h;

    h = ngx_list_push(&r->headers_out.headers);
    if (h == NULL) {
        return NULL;
    }

    h->hash = 1;
#if (nginx_version >= 1023000)
    h->next = NULL;
#endif
    h->key.data = (u_char *) name;
    h->key.len = name_len;
    h->value.data = (u_char *) value;
    h->value.len = value_len;

    return h;
}
