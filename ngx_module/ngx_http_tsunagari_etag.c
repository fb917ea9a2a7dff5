
/*
 * ngx_http_tsunagari_etag.c: the ETag, and whether the client has it.
 */


#include "ngx_http_tsunagari_headers.h"


ngx_int_t
ngx_http_tsunagari_etag(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation, ngx_tsunagari_route_t *route,
    ngx_uint_t gzip)
{
    u_char           *p, number[8];
    ngx_uint_t        i;
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

    for (i = 0; i < sizeof(number); i++) {
        number[i] = (u_char) (generation->number >> (56 - i * 8));
    }

    /* "0000000c9f3a01c2-2-hz"; every answer has one: without a format */

    *p++ = '"';
    p = ngx_hex_dump(p, number, sizeof(number));
    *p++ = '-';
    p = ngx_cpymem(p, NGX_HTTP_TSUNAGARI_OUTPUT,
                   sizeof(NGX_HTTP_TSUNAGARI_OUTPUT) - 1);
    *p++ = '-';
    *p++ = route->json ? 'j' : 'h';

    if (gzip) {
        *p++ = 'z';
    }

    *p++ = '"';

    etag->value.len = p - etag->value.data;

    r->headers_out.etag = etag;

    return NGX_OK;
}


/*
 * A list of tags, by weak comparison.  "*" is left to nginx: there may be
 * nothing under this address.  What error_page leads to is never unchanged.
 */

ngx_uint_t
ngx_http_tsunagari_unchanged(ngx_http_request_t *r)
{
    u_char           *p, *end;
    ngx_str_t        *list, *etag;
    ngx_table_elt_t  *header;

    header = r->headers_in.if_none_match;

    if (header == NULL || r != r->main || r->headers_in.if_match
        || r->err_status)
    {
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
