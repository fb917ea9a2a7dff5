
/*
 * ngx_tsunagari_html_link.c: addresses of other lists.
 */


#include "ngx_tsunagari_html.h"


void
ngx_tsunagari_html_href(ngx_tsunagari_page_t *page, ngx_uint_t skip,
    ngx_uint_t number, ngx_tsunagari_href_t *href)
{
    ngx_tsunagari_out_t  *out;

    out = page->out;

    if (href->len) {

        if (out->len <= out->size && href->len <= out->size - out->len) {
            ngx_tsunagari_out(out, out->start + href->from, href->len);

        } else {
            out->len += href->len;
        }

        return;
    }

    href->from = out->len;

    ngx_tsunagari_out_str(out, &page->base);
    ngx_tsunagari_page_path(page);

    href->args = ngx_tsunagari_query_write(page->query, out, skip, number,
                                           page->query->lang, 1);
    href->len = out->len - href->from;
}


void
ngx_tsunagari_html_href_arg(ngx_tsunagari_page_t *page,
    ngx_tsunagari_href_t *href, ngx_uint_t *args, ngx_uint_t facet,
    const u_char *data, size_t len)
{
    ngx_tsunagari_out_t  *out;

    out = page->out;

    if ((*args)++ == 0) {
        ngx_tsunagari_out_lit(out, "?");

    } else {
        ngx_tsunagari_out_lit(out, "&amp;");
    }

    ngx_tsunagari_out_str(out, &ngx_tsunagari_facet_name[facet]);
    ngx_tsunagari_out_lit(out, "=");
    ngx_tsunagari_out_uri(out, data, len);
}
