
/*
 * ngx_tsunagari_query_write.c: the normal form of a query.
 */


#include "ngx_tsunagari_arg.h"


static void ngx_tsunagari_query_scalar(ngx_tsunagari_out_t *out,
    ngx_uint_t *n, unsigned html, ngx_uint_t arg, const ngx_str_t *value);
static size_t ngx_tsunagari_query_digits(u_char *buf, uint64_t number);
static void ngx_tsunagari_query_pair(ngx_tsunagari_out_t *out, ngx_uint_t *n,
    unsigned html, const ngx_str_t *name, const ngx_str_t *value);


ngx_uint_t
ngx_tsunagari_query_write(const ngx_tsunagari_query_t *q,
    ngx_tsunagari_out_t *out, ngx_uint_t skip, ngx_uint_t page,
    uint32_t lang, unsigned html)
{
    ngx_uint_t  n;

    n = ngx_tsunagari_query_filters(q, out, skip, html);

    return ngx_tsunagari_query_rest(q, out, n, page, lang, html);
}


ngx_uint_t
ngx_tsunagari_query_filters(const ngx_tsunagari_query_t *q,
    ngx_tsunagari_out_t *out, ngx_uint_t skip, unsigned html)
{
    ngx_uint_t                     i, k, n;
    const ngx_tsunagari_values_t  *values;

    n = 0;

    for (i = 0; i < SNAP_FACETS; i++) {

        if (i == skip) {
            continue;
        }

        values = &q->facets[i];

        for (k = 0; k < values->n; k++) {
            ngx_tsunagari_query_pair(out, &n, html,
                                     &ngx_tsunagari_facet_name[i],
                                     &values->value[k]);
        }
    }

    if (q->q.len && skip != NGX_TSUNAGARI_SKIP_Q) {
        ngx_tsunagari_query_scalar(out, &n, html, NGX_TSUNAGARI_ARG_Q, &q->q);
    }

    return n;
}


ngx_uint_t
ngx_tsunagari_query_rest(const ngx_tsunagari_query_t *q,
    ngx_tsunagari_out_t *out, ngx_uint_t n, ngx_uint_t page, uint32_t lang,
    unsigned html)
{
    u_char     buf[NGX_INT_T_LEN];
    ngx_str_t  value;

    if (q->sort) {
        ngx_tsunagari_query_scalar(out, &n, html, NGX_TSUNAGARI_ARG_SORT,
                                   &ngx_tsunagari_sort_name[q->sort]);
    }

    if (q->table) {
        ngx_str_set(&value, "table");
        ngx_tsunagari_query_scalar(out, &n, html, NGX_TSUNAGARI_ARG_VIEW,
                                   &value);
    }

    if (q->need) {
        value.data = buf;
        value.len = ngx_tsunagari_query_digits(buf, q->need);
        ngx_tsunagari_query_scalar(out, &n, html, NGX_TSUNAGARI_ARG_NEED,
                                   &value);
    }

    if (page > 1) {
        value.data = buf;
        value.len = ngx_tsunagari_query_digits(buf, page);
        ngx_tsunagari_query_scalar(out, &n, html, NGX_TSUNAGARI_ARG_PAGE,
                                   &value);
    }

    if (lang != SNAP_LANG_JA) {
        ngx_tsunagari_query_scalar(out, &n, html, NGX_TSUNAGARI_ARG_LANG,
                                   &ngx_tsunagari_lang_name[lang]);
    }

    return n;
}


static void
ngx_tsunagari_query_scalar(ngx_tsunagari_out_t *out, ngx_uint_t *n,
    unsigned html, ngx_uint_t arg, const ngx_str_t *value)
{
    ngx_tsunagari_query_pair(out, n, html, &ngx_tsunagari_args[arg].name,
                             value);
}


static size_t
ngx_tsunagari_query_digits(u_char *buf, uint64_t number)
{
    ngx_tsunagari_out_t  out;

    out.start = buf;
    out.size = NGX_INT_T_LEN;
    out.len = 0;

    ngx_tsunagari_out_uint(&out, number);

    return out.len;
}


static void
ngx_tsunagari_query_pair(ngx_tsunagari_out_t *out, ngx_uint_t *n,
    unsigned html, const ngx_str_t *name, const ngx_str_t *value)
{
    if ((*n)++ == 0) {
        ngx_tsunagari_out_lit(out, "?");

    } else if (html) {
        ngx_tsunagari_out_lit(out, "&amp;");

    } else {
        ngx_tsunagari_out_lit(out, "&");
    }

    ngx_tsunagari_out_str(out, name);
    ngx_tsunagari_out_lit(out, "=");
    ngx_tsunagari_out_uri(out, value->data, value->len);
}
