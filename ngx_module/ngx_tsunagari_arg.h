
/*
 * ngx_tsunagari_arg.h: the arguments that are given once, by name.  Inside
 * the query only.
 */


#ifndef _NGX_TSUNAGARI_ARG_H_INCLUDED_
#define _NGX_TSUNAGARI_ARG_H_INCLUDED_


#include "ngx_tsunagari_query.h"


#define NGX_TSUNAGARI_ARG_Q         0
#define NGX_TSUNAGARI_ARG_PAGE      1
#define NGX_TSUNAGARI_ARG_SORT      2
#define NGX_TSUNAGARI_ARG_LANG      3
#define NGX_TSUNAGARI_ARG_FRAGMENT  4
#define NGX_TSUNAGARI_ARG_NEED      5
#define NGX_TSUNAGARI_ARG_VIEW      6
#define NGX_TSUNAGARI_ARGS          7


/* NGX_OK, or an NGX_TSUNAGARI_BAD_*; the value is decoded and not empty. */
typedef ngx_int_t (*ngx_tsunagari_arg_pt)(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);


typedef struct {
    ngx_str_t             name;
    ngx_tsunagari_arg_pt  handler;
} ngx_tsunagari_arg_t;


extern const ngx_tsunagari_arg_t  ngx_tsunagari_args[NGX_TSUNAGARI_ARGS];

#define NGX_TSUNAGARI_HSDS_ARGS     12

extern const ngx_tsunagari_arg_t
    ngx_tsunagari_hsds_args[NGX_TSUNAGARI_HSDS_ARGS];

ngx_int_t ngx_tsunagari_arg_page(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);
ngx_int_t ngx_tsunagari_arg_number(const ngx_str_t *value, uint32_t max,
    uint32_t *number);


ngx_int_t ngx_tsunagari_query_q(ngx_tsunagari_query_t *q,
    const ngx_str_t *value);

/* Whether it is that name: most are of another length. */
static ngx_inline ngx_uint_t
ngx_tsunagari_arg_is(const ngx_str_t *name, const ngx_str_t *text)
{
    return name->len == text->len
           && ngx_memcmp(name->data, text->data, name->len) == 0;
}

/* As memcmp(), the shorter one first. */
ngx_int_t ngx_tsunagari_arg_compare(const ngx_str_t *one,
    const ngx_str_t *two);


#endif /* _NGX_TSUNAGARI_ARG_H_INCLUDED_ */
