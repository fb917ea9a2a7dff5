
/*
 * ngx_http_tsunagari_variables.h: what a request remembers of its answer, for
 * variables.
 */


#ifndef _NGX_HTTP_TSUNAGARI_VARIABLES_H_INCLUDED_
#define _NGX_HTTP_TSUNAGARI_VARIABLES_H_INCLUDED_


#include "ngx_http_tsunagari_module.h"
#include "ngx_tsunagari_page.h"


#define NGX_HTTP_TSUNAGARI_MEMO_NONE  0     /* not asked: 304, 400, 404 */
#define NGX_HTTP_TSUNAGARI_MEMO_HIT   1
#define NGX_HTTP_TSUNAGARI_MEMO_MISS  2


typedef struct {
    uint64_t                 generation;
    uint32_t                 run;
    uint32_t                 plan_date;
    ngx_uint_t               memo;      /* NGX_HTTP_TSUNAGARI_MEMO_* */
    ngx_tsunagari_facts_t    facts;     /* with HIT and MISS */
} ngx_http_tsunagari_ctx_t;


/* NULL: no memory. */
ngx_http_tsunagari_ctx_t *ngx_http_tsunagari_ctx(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation);

/* Of the page that was made; inside the guard. */
void ngx_http_tsunagari_facts(ngx_tsunagari_facts_t *facts,
    ngx_tsunagari_page_t *page);


#endif /* _NGX_HTTP_TSUNAGARI_VARIABLES_H_INCLUDED_ */
