
/*
 * ngx_tsunagari_arg.c: names, and the arguments that are given once.
 */


#include "ngx_tsunagari_arg.h"


static ngx_int_t ngx_tsunagari_arg_sort(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_arg_lang(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_arg_fragment(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_arg_need(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_arg_view(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);


const ngx_str_t  ngx_tsunagari_facet_name[SNAP_FACETS] = {
    ngx_string("region"),
    ngx_string("kind"),
    ngx_string("target"),
    ngx_string("theme"),
    ngx_string("tag"),
    ngx_string("sector"),
    ngx_string("free"),
    ngx_string("reach")
};


const ngx_str_t  ngx_tsunagari_lang_name[SNAP_LANGS] = {
    ngx_string("ja"),
    ngx_string("easy"),
    ngx_string("en")
};


const ngx_str_t  ngx_tsunagari_reason[NGX_TSUNAGARI_BAD_REASONS] = {
    ngx_string(""),
    ngx_string("not valid UTF-8"),
    ngx_string("a control character"),
    ngx_string("a broken percent escape"),
    ngx_string("too long"),
    ngx_string("too many words"),
    ngx_string("given too often"),
    ngx_string("not a page from 1 to 500"),
    ngx_string("not one of the values this parameter takes"),
    ngx_string("no such region")
};


const ngx_str_t  ngx_tsunagari_sort_name[NGX_TSUNAGARI_SORTS] = {
    ngx_string("plan"),
    ngx_string("new"),
    ngx_string("cost"),
    ngx_string("near")
};


const ngx_tsunagari_arg_t  ngx_tsunagari_args[NGX_TSUNAGARI_ARGS] = {
    { ngx_string("q"), ngx_tsunagari_query_q },
    { ngx_string("page"), ngx_tsunagari_arg_page },
    { ngx_string("sort"), ngx_tsunagari_arg_sort },
    { ngx_string("lang"), ngx_tsunagari_arg_lang },
    { ngx_string("fragment"), ngx_tsunagari_arg_fragment },
    { ngx_string("need"), ngx_tsunagari_arg_need },
    { ngx_string("view"), ngx_tsunagari_arg_view }
};


ngx_int_t
ngx_tsunagari_arg_page(ngx_tsunagari_query_t *q, const ngx_str_t *value)
{
    uint32_t  page;

    if (ngx_tsunagari_arg_number(value, NGX_TSUNAGARI_PAGE_MAX, &page)
        != NGX_OK)
    {
        return NGX_TSUNAGARI_BAD_PAGE;
    }

    q->page = page;

    return NGX_OK;
}


static ngx_int_t
ngx_tsunagari_arg_sort(ngx_tsunagari_query_t *q, const ngx_str_t *value)
{
    ngx_uint_t  i;

    for (i = 0; i < NGX_TSUNAGARI_SORTS; i++) {

        if (ngx_tsunagari_arg_is(&ngx_tsunagari_sort_name[i], value)) {
            q->sort = i;
            return NGX_OK;
        }
    }

    return NGX_TSUNAGARI_BAD_VALUE;
}


static ngx_int_t
ngx_tsunagari_arg_lang(ngx_tsunagari_query_t *q, const ngx_str_t *value)
{
    uint32_t  i;

    for (i = 0; i < SNAP_LANGS; i++) {

        if (ngx_tsunagari_arg_is(&ngx_tsunagari_lang_name[i], value)) {
            q->lang = i;
            return NGX_OK;
        }
    }

    return NGX_TSUNAGARI_BAD_VALUE;
}


static ngx_int_t
ngx_tsunagari_arg_fragment(ngx_tsunagari_query_t *q,
    const ngx_str_t *value)
{
    if (value->len != 1 || (value->data[0] & 0xfe) != '0') {
        return NGX_TSUNAGARI_BAD_VALUE;
    }

    q->fragment = value->data[0] & 1;

    return NGX_OK;
}


static ngx_int_t
ngx_tsunagari_arg_need(ngx_tsunagari_query_t *q, const ngx_str_t *value)
{
    return (ngx_tsunagari_arg_number(value, 0xfffffffe, &q->need) == NGX_OK)
           ? NGX_OK : NGX_TSUNAGARI_BAD_VALUE;
}


static ngx_int_t
ngx_tsunagari_arg_view(ngx_tsunagari_query_t *q, const ngx_str_t *value)
{
    static const ngx_str_t  cards = ngx_string("cards");
    static const ngx_str_t  table = ngx_string("table");

    q->table = ngx_tsunagari_arg_is(&table, value);

    return (q->table || ngx_tsunagari_arg_is(&cards, value))
           ? NGX_OK : NGX_TSUNAGARI_BAD_VALUE;
}


/* Decimal digits, 1 .. max. */

ngx_int_t
ngx_tsunagari_arg_number(const ngx_str_t *value, uint32_t max,
    uint32_t *number)
{
    size_t    i;
    uint64_t  n;

    if (value->len > 10) {
        return NGX_DECLINED;
    }

    n = 0;

    for (i = 0; i < value->len; i++) {

        if (value->data[i] < '0' || value->data[i] > '9') {
            return NGX_DECLINED;
        }

        n = n * 10 + (value->data[i] - '0');
    }

    if (n == 0 || n > max) {
        return NGX_DECLINED;
    }

    *number = (uint32_t) n;

    return NGX_OK;
}


ngx_int_t
ngx_tsunagari_arg_compare(const ngx_str_t *one, const ngx_str_t *two)
{
    ngx_int_t  rc;

    rc = ngx_memcmp(one->data, two->data, ngx_min(one->len, two->len));

    if (rc == 0) {
        return (ngx_int_t) one->len - (ngx_int_t) two->len;
    }

    return rc;
}
