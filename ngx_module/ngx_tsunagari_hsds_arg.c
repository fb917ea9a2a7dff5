
/*
 * ngx_tsunagari_hsds_arg.c: the arguments of the API below /hsds/.
 */


#include "ngx_tsunagari_arg.h"


static ngx_int_t ngx_tsunagari_hsds_arg_per_page(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_hsds_arg_format(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_hsds_arg_organization(
    ngx_tsunagari_query_t *q, const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_hsds_arg_term(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_hsds_arg_taxonomy(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_hsds_arg_parent(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_hsds_arg_top(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_hsds_arg_after(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_hsds_arg_minimal(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_hsds_arg_full(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_hsds_arg_id(struct snap_uuid *uuid,
    uint32_t kind, const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_hsds_arg_flag(const ngx_str_t *value);


const ngx_tsunagari_arg_t
    ngx_tsunagari_hsds_args[NGX_TSUNAGARI_HSDS_ARGS] =
{
    { ngx_string("search"), ngx_tsunagari_query_q },
    { ngx_string("page"), ngx_tsunagari_arg_page },
    { ngx_string("per_page"), ngx_tsunagari_hsds_arg_per_page },
    { ngx_string("format"), ngx_tsunagari_hsds_arg_format },
    { ngx_string("organization_id"), ngx_tsunagari_hsds_arg_organization },
    { ngx_string("taxonomy_term_id"), ngx_tsunagari_hsds_arg_term },
    { ngx_string("taxonomy_id"), ngx_tsunagari_hsds_arg_taxonomy },
    { ngx_string("parent_id"), ngx_tsunagari_hsds_arg_parent },
    { ngx_string("top_only"), ngx_tsunagari_hsds_arg_top },
    { ngx_string("modified_after"), ngx_tsunagari_hsds_arg_after },
    { ngx_string("minimal"), ngx_tsunagari_hsds_arg_minimal },
    { ngx_string("full"), ngx_tsunagari_hsds_arg_full }
};


static ngx_int_t
ngx_tsunagari_hsds_arg_per_page(ngx_tsunagari_query_t *q,
    const ngx_str_t *value)
{
    uint32_t  n;

    if (ngx_tsunagari_arg_number(value, NGX_TSUNAGARI_HSDS_PER_PAGE_MAX, &n)
        != NGX_OK)
    {
        return NGX_TSUNAGARI_BAD_VALUE;
    }

    q->hsds.per_page = n;

    return NGX_OK;
}


static ngx_int_t
ngx_tsunagari_hsds_arg_format(ngx_tsunagari_query_t *q,
    const ngx_str_t *value)
{
    return (value->len == 4 && ngx_memcmp(value->data, "json", 4) == 0)
           ? NGX_OK : NGX_TSUNAGARI_BAD_VALUE;
}


static ngx_int_t
ngx_tsunagari_hsds_arg_organization(ngx_tsunagari_query_t *q,
    const ngx_str_t *value)
{
    return ngx_tsunagari_hsds_arg_id(
                             &q->hsds.ids[NGX_TSUNAGARI_HSDS_ORGANIZATION],
                             SNAP_RECORD_ORGANIZATION, value);
}


static ngx_int_t
ngx_tsunagari_hsds_arg_term(ngx_tsunagari_query_t *q, const ngx_str_t *value)
{
    return ngx_tsunagari_hsds_arg_id(&q->hsds.ids[NGX_TSUNAGARI_HSDS_TERM],
                                     SNAP_RECORD_TERM, value);
}


static ngx_int_t
ngx_tsunagari_hsds_arg_taxonomy(ngx_tsunagari_query_t *q,
    const ngx_str_t *value)
{
    return ngx_tsunagari_hsds_arg_id(
                             &q->hsds.ids[NGX_TSUNAGARI_HSDS_TAXONOMY],
                             SNAP_RECORD_TAXONOMY, value);
}


static ngx_int_t
ngx_tsunagari_hsds_arg_parent(ngx_tsunagari_query_t *q,
    const ngx_str_t *value)
{
    return ngx_tsunagari_hsds_arg_id(&q->hsds.ids[NGX_TSUNAGARI_HSDS_PARENT],
                                     SNAP_RECORD_TERM, value);
}


/* What is no identifier of that kind is one that nothing has. */

static ngx_int_t
ngx_tsunagari_hsds_arg_id(struct snap_uuid *uuid, uint32_t kind,
    const ngx_str_t *value)
{
    if (!snap_uuid_read(uuid, (char *) value->data, value->len)
        || uuid->kind != kind || uuid->part)
    {
        ngx_memzero(uuid, sizeof(struct snap_uuid));
        uuid->kind = SNAP_NONE;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_tsunagari_hsds_arg_top(ngx_tsunagari_query_t *q, const ngx_str_t *value)
{
    ngx_int_t  flag;

    flag = ngx_tsunagari_hsds_arg_flag(value);
    q->hsds.top = (flag == 1);

    return (flag == -1) ? NGX_TSUNAGARI_BAD_VALUE : NGX_OK;
}


static ngx_int_t
ngx_tsunagari_hsds_arg_minimal(ngx_tsunagari_query_t *q,
    const ngx_str_t *value)
{
    ngx_int_t  flag;

    flag = ngx_tsunagari_hsds_arg_flag(value);
    q->hsds.minimal = (flag == 1);

    return (flag == -1) ? NGX_TSUNAGARI_BAD_VALUE : NGX_OK;
}


static ngx_int_t
ngx_tsunagari_hsds_arg_full(ngx_tsunagari_query_t *q, const ngx_str_t *value)
{
    ngx_int_t  flag;

    flag = ngx_tsunagari_hsds_arg_flag(value);
    q->hsds.full = (flag == 1);

    return (flag == -1) ? NGX_TSUNAGARI_BAD_VALUE : NGX_OK;
}


static ngx_int_t
ngx_tsunagari_hsds_arg_flag(const ngx_str_t *value)
{
    if (value->len == 4 && ngx_memcmp(value->data, "true", 4) == 0) {
        return 1;
    }

    if (value->len == 5 && ngx_memcmp(value->data, "false", 5) == 0) {
        return 0;
    }

    return -1;
}


/* A day, or an hour of it: that day counts as after. */

static ngx_int_t
ngx_tsunagari_hsds_arg_after(ngx_tsunagari_query_t *q, const ngx_str_t *value)
{
    size_t    i;
    uint32_t  day;

    if (value->len < 10 || value->len > 40
        || (value->len > 10 && value->data[10] != 'T'))
    {
        return NGX_TSUNAGARI_BAD_VALUE;
    }

    day = 0;

    for (i = 0; i < 10; i++) {

        if (i == 4 || i == 7) {
            if (value->data[i] != '-') {
                return NGX_TSUNAGARI_BAD_VALUE;
            }

            continue;
        }

        if (value->data[i] < '0' || value->data[i] > '9') {
            return NGX_TSUNAGARI_BAD_VALUE;
        }

        day = day * 10 + (value->data[i] - '0');
    }

    q->hsds.after = day;

    return NGX_OK;
}
