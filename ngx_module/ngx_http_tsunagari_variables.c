
/*
 * ngx_http_tsunagari_variables.c: what logs and headers may tell of an answer.
 *
 *   $tsunagari_generation  12-9f3a01c2     $tsunagari_matched  documents found
 *   $tsunagari_run         12              $tsunagari_region   142166
 *   $tsunagari_plan_date   2026-11-21      $tsunagari_widened  neighbours ...
 *   $tsunagari_memo        HIT, MISS
 *
 * Not found ("-" in a log) where they mean nothing: see the README.  None of
 * them reads the snapshot, which may be another one by the time of the log.
 */


#include "ngx_http_tsunagari_variables.h"


#define NGX_HTTP_TSUNAGARI_VARIABLE_LEN  32

#define NGX_HTTP_TSUNAGARI_GENERATION    0
#define NGX_HTTP_TSUNAGARI_RUN           1
#define NGX_HTTP_TSUNAGARI_PLAN_DATE     2
#define NGX_HTTP_TSUNAGARI_MATCHED       3
#define NGX_HTTP_TSUNAGARI_REGION        4
#define NGX_HTTP_TSUNAGARI_WIDENED       5
#define NGX_HTTP_TSUNAGARI_MEMO_STATUS   6


static ngx_int_t ngx_http_tsunagari_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static void ngx_http_tsunagari_variable_write(ngx_http_tsunagari_ctx_t *ctx,
    uintptr_t data, ngx_tsunagari_out_t *out);


/* Sub-requests share the values of variables: none is kept. */

#define ngx_http_tsunagari_var(name, data)                                    \
    { ngx_string(name), NULL, ngx_http_tsunagari_variable, data,              \
      NGX_HTTP_VAR_NOCACHEABLE, 0 }

static ngx_http_variable_t  ngx_http_tsunagari_vars[] = {
    ngx_http_tsunagari_var("tsunagari_generation",
                           NGX_HTTP_TSUNAGARI_GENERATION),
    ngx_http_tsunagari_var("tsunagari_run", NGX_HTTP_TSUNAGARI_RUN),
    ngx_http_tsunagari_var("tsunagari_plan_date",
                           NGX_HTTP_TSUNAGARI_PLAN_DATE),
    ngx_http_tsunagari_var("tsunagari_matched", NGX_HTTP_TSUNAGARI_MATCHED),
    ngx_http_tsunagari_var("tsunagari_region", NGX_HTTP_TSUNAGARI_REGION),
    ngx_http_tsunagari_var("tsunagari_widened", NGX_HTTP_TSUNAGARI_WIDENED),
    ngx_http_tsunagari_var("tsunagari_memo", NGX_HTTP_TSUNAGARI_MEMO_STATUS),
    ngx_http_null_variable
};


ngx_int_t
ngx_http_tsunagari_add_variables(ngx_conf_t *cf)
{
    ngx_http_variable_t  *var, *v;

    for (v = ngx_http_tsunagari_vars; v->name.len; v++) {
        var = ngx_http_add_variable(cf, &v->name, v->flags);
        if (var == NULL) {
            return NGX_ERROR;
        }

        var->get_handler = v->get_handler;
        var->data = v->data;
    }

    return NGX_OK;
}


ngx_http_tsunagari_ctx_t *
ngx_http_tsunagari_ctx(ngx_http_request_t *r,
    ngx_tsunagari_generation_t *generation)
{
    ngx_http_tsunagari_ctx_t  *ctx;

    ctx = ngx_pcalloc(r->pool, sizeof(ngx_http_tsunagari_ctx_t));
    if (ctx == NULL) {
        return NULL;
    }

    ctx->generation = generation->number;
    ctx->run = generation->run;
    ctx->plan_date = generation->plan_date;

    ngx_http_set_ctx(r, ctx, ngx_http_tsunagari_module);

    return ctx;
}


void
ngx_http_tsunagari_facts(ngx_tsunagari_facts_t *facts,
    ngx_tsunagari_page_t *page)
{
    u_char      ch;
    ngx_str_t   code;
    ngx_uint_t  i;

    ngx_memzero(facts, sizeof(ngx_tsunagari_facts_t));
    facts->matched = SNAP_NONE;

    if (page->route.route != NGX_TSUNAGARI_ROUTE_LIST
        || page->status != NGX_TSUNAGARI_OK)
    {
        return;
    }

    facts->matched = page->result.total;
    facts->wide = (uint32_t) page->result.wide;

    code = ngx_tsunagari_page_region_code(page, page->result.region);

    for (i = 0; i < code.len; i++) {
        ch = code.data[i];

        /* a damaged file must not write into headers */

        if (!(ch >= '0' && ch <= '9') && !(ch >= 'A' && ch <= 'Z')
            && ch != '-')
        {
            break;
        }

        facts->region[i] = ch;
    }
}


static ngx_int_t
ngx_http_tsunagari_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_tsunagari_out_t        out;
    ngx_http_tsunagari_ctx_t  *ctx;

    ctx = ngx_http_get_module_ctx(r, ngx_http_tsunagari_module);

    if (ctx == NULL) {
        v->not_found = 1;
        return NGX_OK;
    }

    out.start = ngx_pnalloc(r->pool, NGX_HTTP_TSUNAGARI_VARIABLE_LEN);
    if (out.start == NULL) {
        return NGX_ERROR;
    }

    out.size = NGX_HTTP_TSUNAGARI_VARIABLE_LEN;
    out.len = 0;

    ngx_http_tsunagari_variable_write(ctx, data, &out);

    if (out.len == 0 || out.len > out.size) {
        v->not_found = 1;
        return NGX_OK;
    }

    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;
    v->data = out.start;
    v->len = out.len;

    return NGX_OK;
}


/* Writes nothing where there is nothing to tell. */

static void
ngx_http_tsunagari_variable_write(ngx_http_tsunagari_ctx_t *ctx,
    uintptr_t data, ngx_tsunagari_out_t *out)
{
    size_t  n;

    switch (data) {

    case NGX_HTTP_TSUNAGARI_GENERATION:
        ngx_tsunagari_out_generation(out, ctx->generation);
        return;

    case NGX_HTTP_TSUNAGARI_RUN:
        ngx_tsunagari_out_uint(out, ctx->run);
        return;

    case NGX_HTTP_TSUNAGARI_PLAN_DATE:
        ngx_tsunagari_out_date(out, ctx->plan_date);
        return;
    }

    if (ctx->memo == NGX_HTTP_TSUNAGARI_MEMO_NONE) {
        return;
    }

    switch (data) {

    case NGX_HTTP_TSUNAGARI_MATCHED:

        if (ctx->facts.matched != SNAP_NONE) {
            ngx_tsunagari_out_uint(out, ctx->facts.matched);
        }

        return;

    case NGX_HTTP_TSUNAGARI_REGION:

        for (n = 0; n < sizeof(ctx->facts.region); n++) {
            if (ctx->facts.region[n] == '\0') {
                break;
            }
        }

        ngx_tsunagari_out(out, ctx->facts.region, n);
        return;

    case NGX_HTTP_TSUNAGARI_WIDENED:
        ngx_tsunagari_out_str(out, &ngx_tsunagari_wide_name[ctx->facts.wide]);
        return;

    default: /* NGX_HTTP_TSUNAGARI_MEMO_STATUS */

        if (ctx->memo == NGX_HTTP_TSUNAGARI_MEMO_HIT) {
            ngx_tsunagari_out_lit(out, "HIT");

        } else {
            ngx_tsunagari_out_lit(out, "MISS");
        }
    }
}
