
/*
 * ngx_tsunagari_page.c: finds what a page is about, then has it written.
 */


#include "ngx_tsunagari_page.h"
#include "ngx_tsunagari_html.h"
#include "ngx_tsunagari_json.h"


static ngx_uint_t ngx_tsunagari_page_find(ngx_tsunagari_page_t *page);
static ngx_uint_t ngx_tsunagari_page_file(ngx_tsunagari_page_t *page,
    uint32_t number);
static ngx_uint_t ngx_tsunagari_page_suggestions(ngx_tsunagari_page_t *page);
static uint32_t ngx_tsunagari_page_first(const struct snap *s,
    uint64_t need);


const ngx_str_t  ngx_tsunagari_wide_name[] = {
    ngx_string(""),
    ngx_string("neighbours"),
    ngx_string("area"),
    ngx_string("prefecture"),
    ngx_string("online")
};


void
ngx_tsunagari_page(ngx_tsunagari_page_t *page)
{
    if (!page->searched) {
        page->doc = SNAP_NONE;
        page->status = ngx_tsunagari_page_find(page);
        page->searched = 1;
    }

    page->out->len = 0;
    page->depth = 0;
    page->slots = 0;
    page->read = 0;
    page->path.len = 0;
    ngx_memzero(page->filters, sizeof(page->filters));

    if (page->route.json) {
        ngx_tsunagari_json(page);

    } else {
        ngx_tsunagari_html(page);
    }

    if (page->out->len > NGX_TSUNAGARI_OUT_MAX) {
        page->status = NGX_TSUNAGARI_ERROR;
    }
}


static ngx_uint_t
ngx_tsunagari_page_find(ngx_tsunagari_page_t *page)
{
    const struct snap_collection  *c;

    if (page->route.route == NGX_TSUNAGARI_ROUTE_NONE) {
        return page->not_allowed ? NGX_TSUNAGARI_NOT_ALLOWED
                                 : NGX_TSUNAGARI_NOT_FOUND;
    }

    if (page->query->reason) {
        return NGX_TSUNAGARI_BAD_REQUEST;
    }

    switch (page->route.route) {

    case NGX_TSUNAGARI_ROUTE_LIST:

        if (ngx_tsunagari_search_resolve(page->snap, page->route.collection,
                                         page->query, &page->result)
            != NGX_OK)
        {
            return NGX_TSUNAGARI_BAD_REQUEST;
        }

        ngx_tsunagari_search(page->snap, page->route.collection, page->query,
                             page->work, &page->result);
        break;

    case NGX_TSUNAGARI_ROUTE_DETAIL:
        c = &page->snap->collections[page->route.collection];

        page->doc = snap_doc_find(c, page->route.id);

        if (page->doc == SNAP_NONE) {
            return NGX_TSUNAGARI_NOT_FOUND;
        }

        break;

    case NGX_TSUNAGARI_ROUTE_SUGGESTIONS:
        return ngx_tsunagari_page_suggestions(page);

    case NGX_TSUNAGARI_ROUTE_HSDS:
        return ngx_tsunagari_hsds_find(page);

    case NGX_TSUNAGARI_ROUTE_SITEMAP:

        /* its addresses must be whole */

        if (page->origin.len == 0) {
            return NGX_TSUNAGARI_NOT_FOUND;
        }

        return ngx_tsunagari_page_file(page, SNAP_PAGE_SITEMAP);

    case NGX_TSUNAGARI_ROUTE_EVENTS:
        return ngx_tsunagari_page_file(page, SNAP_PAGE_EVENTS_CSV);

    case NGX_TSUNAGARI_ROUTE_FACILITIES:
        return ngx_tsunagari_page_file(page, SNAP_PAGE_FACILITIES_CSV);
    }

    return NGX_TSUNAGARI_OK;
}


static ngx_uint_t
ngx_tsunagari_page_file(ngx_tsunagari_page_t *page, uint32_t number)
{
    return snap_page(page->snap, number, page->query->lang).length
           ? NGX_TSUNAGARI_OK : NGX_TSUNAGARI_NOT_FOUND;
}


static ngx_uint_t
ngx_tsunagari_page_suggestions(ngx_tsunagari_page_t *page)
{
    uint32_t            last;
    const struct snap  *s;

    s = page->snap;

    if (s->header->audience != SNAP_AUDIENCE_MEMBERS) {
        return NGX_TSUNAGARI_NOT_FOUND;
    }

    if (page->query->need == 0) {

        if (page->route.json) {
            page->query->bad = "need";
            page->query->reason = NGX_TSUNAGARI_BAD_VALUE;
            return NGX_TSUNAGARI_BAD_REQUEST;
        }

        return NGX_TSUNAGARI_OK;
    }

    page->doc = snap_doc_find(&s->collections[SNAP_NEEDS], page->query->need);

    if (page->doc == SNAP_NONE) {
        return NGX_TSUNAGARI_NOT_FOUND;
    }

    page->suggestion = ngx_tsunagari_page_first(s, page->doc);
    last = ngx_tsunagari_page_first(s, (uint64_t) page->doc + 1);

    /* a damaged file may be out of order */

    page->suggestions_n = (last > page->suggestion) ? last - page->suggestion
                                                    : 0;

    return NGX_TSUNAGARI_OK;
}


/* The first suggestion of this need or a later one. */

static uint32_t
ngx_tsunagari_page_first(const struct snap *s, uint64_t need)
{
    uint32_t  low, high, middle;

    low = 0;
    high = s->suggestions_n;

    while (low < high) {
        middle = low + (high - low) / 2;

        if (s->suggestions[middle].need < need) {
            low = middle + 1;

        } else {
            high = middle;
        }
    }

    return low;
}


void
ngx_tsunagari_page_key(ngx_tsunagari_page_t *page, ngx_tsunagari_out_t *out)
{
    u_char                mark;
    ngx_tsunagari_out_t  *kept;

    mark = (u_char) ('@' + page->route.route * 4 + page->route.json * 2
                     + page->query->fragment);

    ngx_tsunagari_out(out, &mark, 1);
    ngx_tsunagari_out_str(out, &page->origin);
    ngx_tsunagari_out_str(out, &page->base);

    kept = page->out;
    page->out = out;

    ngx_tsunagari_page_path(page);

    page->out = kept;

    if (page->route.route == NGX_TSUNAGARI_ROUTE_HSDS) {
        ngx_tsunagari_out(out, &page->route.record,
                          sizeof(page->route.record));
        ngx_tsunagari_out(out, &page->route.uuid, sizeof(page->route.uuid));
        ngx_tsunagari_out(out, &page->query->hsds,
                          sizeof(page->query->hsds));
    }

    (void) ngx_tsunagari_query_write(page->query, out,
                                     NGX_TSUNAGARI_SKIP_NONE,
                                     page->query->page, page->query->lang,
                                     NGX_TSUNAGARI_QUERY_TEXT);
}


void
ngx_tsunagari_page_fragment(ngx_tsunagari_page_t *page, struct snap_ref ref,
    ngx_tsunagari_slot_pt slot)
{
    ngx_tsunagari_fragment_t  f;

    page->read += ref.length;

    if (page->read > NGX_TSUNAGARI_PAGE_READ) {
        return;
    }

    f.snap = page->snap;
    f.lang = page->query->lang;
    f.json = page->route.json;
    f.slot = slot;
    f.data = page;
    f.out = page->out;
    f.base = page->base;

    ngx_tsunagari_fragment(&f, ref);
}


void
ngx_tsunagari_page_path(ngx_tsunagari_page_t *page)
{
    ngx_tsunagari_out_t  *out;

    out = page->out;

    switch (page->route.route) {

    case NGX_TSUNAGARI_ROUTE_LIST:
    case NGX_TSUNAGARI_ROUTE_DETAIL:
        ngx_tsunagari_out_lit(out, "/");
        ngx_tsunagari_out_str(out,
                     &ngx_tsunagari_collection_name[page->route.collection]);

        if (page->route.route == NGX_TSUNAGARI_ROUTE_DETAIL) {
            ngx_tsunagari_out_lit(out, "/");
            ngx_tsunagari_out_uint(out, page->route.id);
        }

        break;

    case NGX_TSUNAGARI_ROUTE_SUGGESTIONS:
        ngx_tsunagari_out_lit(out, "/suggestions");
        break;

    case NGX_TSUNAGARI_ROUTE_ABOUT_ORDER:
        ngx_tsunagari_out_lit(out, "/about-order");
        break;

    default: /* the search page, and where an error leads back to */
        ngx_tsunagari_out_lit(out, "/");
    }
}


uint32_t
ngx_tsunagari_page_region_label(ngx_tsunagari_page_t *page, uint32_t region)
{
    return (region < page->snap->regions_n)
           ? page->snap->regions[region].label : SNAP_NONE;
}


ngx_str_t
ngx_tsunagari_page_region_code(ngx_tsunagari_page_t *page, uint32_t region)
{
    ngx_str_t  code;

    ngx_str_null(&code);

    if (region < page->snap->regions_n) {
        code.data = (u_char *) page->snap->regions[region].code;

        while (code.len < sizeof(page->snap->regions[region].code)
               && code.data[code.len])
        {
            code.len++;
        }
    }

    return code;
}


ngx_uint_t
ngx_tsunagari_page_ancestors(ngx_tsunagari_page_t *page, uint32_t region,
    uint32_t *ancestors)
{
    ngx_uint_t  n;

    for (n = 0; n < NGX_TSUNAGARI_REGION_DEPTH; n++) {

        if (region >= page->snap->regions_n) {
            break;
        }

        region = page->snap->regions[region].parent;

        if (region >= page->snap->regions_n) {
            break;
        }

        ancestors[n] = region;
    }

    return n;
}
