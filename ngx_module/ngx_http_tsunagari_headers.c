
/*
 * ngx_http_tsunagari_headers.c: what goes before the body.
 */


#include "ngx_http_tsunagari_headers.h"


static ngx_table_elt_t *ngx_http_tsunagari_header(ngx_http_request_t *r,
    const char *name, const char *value);
static ngx_int_t ngx_http_tsunagari_share(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation);
static ngx_int_t ngx_http_tsunagari_cache(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation, ngx_uint_t status);


/* From NGX_TSUNAGARI_ROUTE_CSS on. */

static ngx_str_t  ngx_http_tsunagari_types[] = {
    ngx_string("text/css"),
    ngx_string("application/xml"),
    ngx_string("text/csv"),
    ngx_string("text/csv"),
    ngx_string("text/javascript")
};


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
ngx_http_tsunagari_etag(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation, ngx_tsunagari_route_t *route,
    ngx_uint_t gzip)
{
    u_char           *p;
    ngx_table_elt_t  *etag;

    etag = r->headers_out.etag;

    if (etag == NULL) {
        etag = ngx_http_tsunagari_header(r, "ETag", "");
        if (etag == NULL) {
            return NGX_ERROR;
        }
    }

    p = ngx_pnalloc(r->pool, sizeof("\"--jz\"") + 16
                             + sizeof(NGX_HTTP_TSUNAGARI_OUTPUT));
    if (p == NULL) {
        etag->hash = 0;
        return NGX_ERROR;
    }

    etag->value.data = p;
    etag->value.len = ngx_sprintf(p, "\"%016xL-%s-%c%s\"",
                                  (int64_t) generation->number,
                                  NGX_HTTP_TSUNAGARI_OUTPUT,
                                  route->json ? 'j' : 'h',
                                  gzip ? "z" : "")
                      - p;

    r->headers_out.etag = etag;

    return NGX_OK;
}


ngx_int_t
ngx_http_tsunagari_vary(ngx_http_request_t *r)
{
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


/*
 * A list of tags, by weak comparison.  "*" is left to nginx: there may be
 * nothing under this address.
 */

ngx_uint_t
ngx_http_tsunagari_unchanged(ngx_http_request_t *r)
{
    u_char           *p, *end;
    ngx_str_t        *list, *etag;
    ngx_table_elt_t  *header;

    header = r->headers_in.if_none_match;

    if (header == NULL || r != r->main || r->headers_in.if_match) {
        return 0;
    }

    list = &header->value;
    etag = &r->headers_out.etag->value;

    p = list->data;
    end = list->data + list->len;

    while (p < end) {

        while (p < end && (*p == ' ' || *p == '\t' || *p == ',')) {
            p++;
        }

        if (end - p > 2 && p[0] == 'W' && p[1] == '/') {
            p += 2;
        }

        if ((size_t) (end - p) >= etag->len
            && ngx_strncmp(p, etag->data, etag->len) == 0)
        {
            p += etag->len;

            while (p < end && (*p == ' ' || *p == '\t')) {
                p++;
            }

            if (p == end || *p == ',') {
                return 1;
            }
        }

        /* behind this tag: a comma may stand inside the quotes */

        if (p < end && *p == '"') {
            p++;

            while (p < end && *p != '"') {
                p++;
            }
        }

        while (p < end && *p != ',') {
            p++;
        }
    }

    return 0;
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
    const char  *value;

    if (status != NGX_HTTP_OK) {
        return ngx_http_tsunagari_no_store(r);
    }

    if (generation->audience == SNAP_AUDIENCE_MEMBERS) {
        value = "private, max-age=0, must-revalidate";

    } else {
        value = "public, max-age=0, must-revalidate";
    }

    return (ngx_http_tsunagari_header(r, "Cache-Control", value) == NULL)
           ? NGX_HTTP_INTERNAL_SERVER_ERROR : NGX_OK;
}


ngx_int_t
ngx_http_tsunagari_no_store(ngx_http_request_t *r)
{
    return (ngx_http_tsunagari_header(r, "Cache-Control", "no-store") == NULL)
           ? NGX_HTTP_INTERNAL_SERVER_ERROR : NGX_OK;
}


static ngx_table_elt_t *
ngx_http_tsunagari_header(ngx_http_request_t *r, const char *name,
    const char *value)
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
    h->key.len = ngx_strlen(name);
    h->value.data = (u_char *) value;
    h->value.len = ngx_strlen(value);

    return h;
}
