
/*
 * ngx_tsunagari_query_write.c: the normal form of a query.
 */


#include "ngx_tsunagari_arg.h"


static void ngx_tsunagari_query_value(ngx_tsunagari_out_t *out,
    const ngx_str_t *value, ngx_uint_t form);
static void ngx_tsunagari_query_plain(ngx_tsunagari_out_t *out,
    ngx_uint_t *n, ngx_uint_t form, ngx_uint_t arg, const ngx_str_t *value);
static void ngx_tsunagari_query_number(ngx_tsunagari_out_t *out,
    ngx_uint_t *n, ngx_uint_t form, ngx_uint_t arg, uint64_t number);
static void ngx_tsunagari_query_name(ngx_tsunagari_out_t *out, ngx_uint_t *n,
    ngx_uint_t form, const ngx_str_t *name);


ngx_uint_t
ngx_tsunagari_query_write(const ngx_tsunagari_query_t *q,
    ngx_tsunagari_out_t *out, ngx_uint_t skip, ngx_uint_t page,
    uint32_t lang, ngx_uint_t form)
{
    ngx_uint_t  n;

    n = ngx_tsunagari_query_filters(q, out, skip, form);

    return ngx_tsunagari_query_rest(q, out, n, page, lang, form);
}


ngx_uint_t
ngx_tsunagari_query_filters(const ngx_tsunagari_query_t *q,
    ngx_tsunagari_out_t *out, ngx_uint_t skip, ngx_uint_t form)
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
            ngx_tsunagari_query_name(out, &n, form,
                                     &ngx_tsunagari_facet_name[i]);
            ngx_tsunagari_query_value(out, &values->value[k], form);
        }
    }

    if (q->q.len && skip != NGX_TSUNAGARI_SKIP_Q) {
        ngx_tsunagari_query_name(out, &n, form,
                                 &ngx_tsunagari_args[NGX_TSUNAGARI_ARG_Q].name);
        ngx_tsunagari_query_value(out, &q->q, form);
    }

    return n;
}


ngx_uint_t
ngx_tsunagari_query_rest(const ngx_tsunagari_query_t *q,
    ngx_tsunagari_out_t *out, ngx_uint_t n, ngx_uint_t page, uint32_t lang,
    ngx_uint_t form)
{
    static const ngx_str_t  table = ngx_string("table");

    if (q->sort) {
        ngx_tsunagari_query_plain(out, &n, form, NGX_TSUNAGARI_ARG_SORT,
                                  &ngx_tsunagari_sort_name[q->sort]);
    }

    if (q->table) {
        ngx_tsunagari_query_plain(out, &n, form, NGX_TSUNAGARI_ARG_VIEW,
                                  &table);
    }

    if (q->need) {
        ngx_tsunagari_query_number(out, &n, form, NGX_TSUNAGARI_ARG_NEED,
                                   q->need);
    }

    if (page > 1) {
        ngx_tsunagari_query_number(out, &n, form, NGX_TSUNAGARI_ARG_PAGE,
                                   page);
    }

    if (lang != SNAP_LANG_JA) {
        ngx_tsunagari_query_plain(out, &n, form, NGX_TSUNAGARI_ARG_LANG,
                                  &ngx_tsunagari_lang_name[lang]);
    }

    return n;
}


static void
ngx_tsunagari_query_value(ngx_tsunagari_out_t *out, const ngx_str_t *value,
    ngx_uint_t form)
{
    if (form == NGX_TSUNAGARI_QUERY_PAGE) {
        ngx_tsunagari_out_iri(out, value->data, value->len);

    } else {
        ngx_tsunagari_out_uri(out, value->data, value->len);
    }
}


/* A value of our own, which needs no escape. */

static void
ngx_tsunagari_query_plain(ngx_tsunagari_out_t *out, ngx_uint_t *n,
    ngx_uint_t form, ngx_uint_t arg, const ngx_str_t *value)
{
    ngx_tsunagari_query_name(out, n, form, &ngx_tsunagari_args[arg].name);
    ngx_tsunagari_out_str(out, value);
}


static void
ngx_tsunagari_query_number(ngx_tsunagari_out_t *out, ngx_uint_t *n,
    ngx_uint_t form, ngx_uint_t arg, uint64_t number)
{
    ngx_tsunagari_query_name(out, n, form, &ngx_tsunagari_args[arg].name);
    ngx_tsunagari_out_uint(out, number);
}


/* The n-th argument as far as its value. */

static void
ngx_tsunagari_query_name(ngx_tsunagari_out_t *out, ngx_uint_t *n,
    ngx_uint_t form, const ngx_str_t *name)
{
    if ((*n)++ == 0) {
        ngx_tsunagari_out_lit(out, "?");

    } else if (form) {
        ngx_tsunagari_out_lit(out, "&amp;");

    } else {
        ngx_tsunagari_out_lit(out, "&");
    }

    ngx_tsunagari_out_str(out, name);
    ngx_tsunagari_out_lit(out, "=");
}
