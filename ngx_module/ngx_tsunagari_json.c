
/*
 * ngx_tsunagari_json.c: items as they stand in the snapshot, and the rest.
 */


#include "ngx_tsunagari_json.h"


static void ngx_tsunagari_json_slot(void *data, ngx_uint_t slot);
static void ngx_tsunagari_json_list(ngx_tsunagari_page_t *page);
static void ngx_tsunagari_json_facets(ngx_tsunagari_page_t *page);
static void ngx_tsunagari_json_facet(ngx_tsunagari_page_t *page,
    ngx_uint_t facet);
static void ngx_tsunagari_json_place(ngx_tsunagari_page_t *page);
static void ngx_tsunagari_json_widened(ngx_tsunagari_page_t *page);
static void ngx_tsunagari_json_regions(ngx_tsunagari_page_t *page,
    const uint32_t *regions, ngx_uint_t n);
static void ngx_tsunagari_json_region(ngx_tsunagari_page_t *page,
    uint32_t region);
static void ngx_tsunagari_json_suggestions(ngx_tsunagari_page_t *page);


void
ngx_tsunagari_json(ngx_tsunagari_page_t *page)
{
    ngx_tsunagari_out_t           *out;
    const struct snap_collection  *c;

    out = page->out;

    if (page->status != NGX_TSUNAGARI_OK) {
        ngx_tsunagari_json_error(page);
        return;
    }

    switch (page->route.route) {

    case NGX_TSUNAGARI_ROUTE_LIST:
        ngx_tsunagari_json_list(page);
        break;

    case NGX_TSUNAGARI_ROUTE_DETAIL:
        c = &page->snap->collections[page->route.collection];

        ngx_tsunagari_out_lit(out, "{\"item\":");
        ngx_tsunagari_page_fragment(page, c->docs[page->doc].item_detail,
                                    ngx_tsunagari_json_slot);
        ngx_tsunagari_out_lit(out, ",");
        ngx_tsunagari_json_run(page);
        ngx_tsunagari_out_lit(out, "}");
        break;

    case NGX_TSUNAGARI_ROUTE_SUGGESTIONS:
        ngx_tsunagari_json_suggestions(page);
        break;

    case NGX_TSUNAGARI_ROUTE_REGIONS:
        ngx_tsunagari_page_fragment(page,
                                    snap_page(page->snap,
                                              SNAP_PAGE_REGIONS_JSON,
                                              page->query->lang),
                                    ngx_tsunagari_json_slot);
        break;

    case NGX_TSUNAGARI_ROUTE_HSDS:
        ngx_tsunagari_hsds(page);
        break;

    case NGX_TSUNAGARI_ROUTE_STATUS:
        ngx_tsunagari_json_status(page);
        break;
    }
}


static void
ngx_tsunagari_json_slot(void *data, ngx_uint_t slot)
{
    /* a slot of a page has no place in JSON */

    (void) ngx_tsunagari_page_slot(data, slot);
}


static void
ngx_tsunagari_json_list(ngx_tsunagari_page_t *page)
{
    ngx_uint_t                     i;
    ngx_tsunagari_out_t           *out;
    ngx_tsunagari_result_t        *result;
    const struct snap_collection  *c;

    out = page->out;
    result = &page->result;
    c = &page->snap->collections[page->route.collection];

    ngx_tsunagari_out_lit(out, "{\"items\":[");

    for (i = 0; i < result->docs_n; i++) {

        if (i) {
            ngx_tsunagari_out_lit(out, ",");
        }

        if (i + NGX_TSUNAGARI_AHEAD < result->docs_n) {
            ngx_tsunagari_fragment_ahead(page->snap,
                      c->docs[result->docs[i + NGX_TSUNAGARI_AHEAD]].item);
        }

        ngx_tsunagari_page_fragment(page, c->docs[result->docs[i]].item,
                                    ngx_tsunagari_json_slot);
    }

    ngx_tsunagari_out_lit(out, "],\"total\":");
    ngx_tsunagari_out_uint(out, result->total);
    ngx_tsunagari_out_lit(out, ",\"page\":");
    ngx_tsunagari_out_uint(out, page->query->page);
    ngx_tsunagari_out_lit(out, ",\"pages\":");
    ngx_tsunagari_out_uint(out, result->pages);
    ngx_tsunagari_out_lit(out, ",\"facets\":{");
    ngx_tsunagari_json_facets(page);
    ngx_tsunagari_out_lit(out, "},\"region\":");
    ngx_tsunagari_json_place(page);
    ngx_tsunagari_out_lit(out, ",\"widened\":");
    ngx_tsunagari_json_widened(page);
    ngx_tsunagari_out_lit(out, ",");
    ngx_tsunagari_json_run(page);
    ngx_tsunagari_out_lit(out, "}");
}


static void
ngx_tsunagari_json_facets(ngx_tsunagari_page_t *page)
{
    ngx_uint_t  i;

    for (i = 0; i < SNAP_FACETS; i++) {

        if (i) {
            ngx_tsunagari_out_lit(page->out, ",");
        }

        ngx_tsunagari_out_lit(page->out, "\"");
        ngx_tsunagari_out_str(page->out, &ngx_tsunagari_facet_name[i]);
        ngx_tsunagari_out_lit(page->out, "\":[");
        ngx_tsunagari_json_facet(page, i);
        ngx_tsunagari_out_lit(page->out, "]");
    }
}


static void
ngx_tsunagari_json_facet(ngx_tsunagari_page_t *page, ngx_uint_t facet)
{
    uint32_t                       i, n, first, count;
    ngx_uint_t                     written, chosen;
    struct snap_span               text;
    ngx_tsunagari_out_t           *out;
    const struct snap_collection  *c;
    const struct snap_value_text  *texts;
    const ngx_tsunagari_chosen_t  *values;

    out = page->out;
    c = &page->snap->collections[page->route.collection];
    texts = snap_value_texts(c, page->query->lang);
    values = &page->result.chosen[facet];
    first = ngx_tsunagari_facet(c, facet, &n);
    written = 0;

    for (i = first; i < first + n; i++) {

        count = page->result.counts[i];
        chosen = values->n && ngx_tsunagari_chosen(values, i);

        if (count == 0 && !chosen) {
            continue;
        }

        if (written++ == NGX_TSUNAGARI_JSON_VALUES) {
            return;
        }

        if (written > 1) {
            ngx_tsunagari_out_lit(out, ",");
        }

        text = snap_bytes(page->snap, texts[i].json);

        ngx_tsunagari_out(out, text.data, text.length);
        ngx_tsunagari_out_uint(out, count);

        if (chosen) {
            ngx_tsunagari_out_lit(out, ",\"selected\":true}");

        } else {
            ngx_tsunagari_out_lit(out, ",\"selected\":false}");
        }
    }
}


static void
ngx_tsunagari_json_place(ngx_tsunagari_page_t *page)
{
    uint32_t              n, ancestors[NGX_TSUNAGARI_REGION_DEPTH];
    const uint32_t       *near;
    ngx_tsunagari_out_t  *out;

    out = page->out;

    if (page->result.region == SNAP_NONE) {
        ngx_tsunagari_out_lit(out, "null");
        return;
    }

    ngx_tsunagari_out_lit(out, "{");
    ngx_tsunagari_json_region(page, page->result.region);

    ngx_tsunagari_out_lit(out, ",\"ancestors\":");
    n = (uint32_t) ngx_tsunagari_page_ancestors(page, page->result.region,
                                                ancestors);
    ngx_tsunagari_json_regions(page, ancestors, n);

    ngx_tsunagari_out_lit(out, ",\"neighbours\":");
    near = snap_region_neighbours(page->snap, page->result.region, &n);
    ngx_tsunagari_json_regions(page, near, n);
    ngx_tsunagari_out_lit(out, "}");
}


static void
ngx_tsunagari_json_widened(ngx_tsunagari_page_t *page)
{
    ngx_tsunagari_out_t     *out;
    ngx_tsunagari_result_t  *result;

    out = page->out;
    result = &page->result;

    if (result->wide == NGX_TSUNAGARI_WIDE_NO) {
        ngx_tsunagari_out_lit(out, "null");
        return;
    }

    ngx_tsunagari_out_lit(out, "{\"to\":\"");
    ngx_tsunagari_out_str(out, &ngx_tsunagari_wide_name[result->wide]);
    ngx_tsunagari_out_lit(out, "\",\"regions\":");
    ngx_tsunagari_json_regions(page, result->wide_regions,
                               result->wide_regions_n);
    ngx_tsunagari_out_lit(out, "}");
}


static void
ngx_tsunagari_json_regions(ngx_tsunagari_page_t *page,
    const uint32_t *regions, ngx_uint_t n)
{
    ngx_uint_t  i, written;

    written = 0;

    ngx_tsunagari_out_lit(page->out, "[");

    for (i = 0; i < n; i++) {

        if (regions[i] >= page->snap->regions_n) {
            continue;
        }

        if (written++) {
            ngx_tsunagari_out_lit(page->out, ",");
        }

        ngx_tsunagari_out_lit(page->out, "{");
        ngx_tsunagari_json_region(page, regions[i]);
        ngx_tsunagari_out_lit(page->out, "}");
    }

    ngx_tsunagari_out_lit(page->out, "]");
}


static void
ngx_tsunagari_json_region(ngx_tsunagari_page_t *page, uint32_t region)
{
    ngx_str_t             code;
    struct snap_span      name;
    ngx_tsunagari_out_t  *out;

    out = page->out;
    code = ngx_tsunagari_page_region_code(page, region);
    name = snap_label_json(page->snap,
                           ngx_tsunagari_page_region_label(page, region),
                           page->query->lang);

    ngx_tsunagari_out_lit(out, "\"code\":\"");
    ngx_tsunagari_out_json(out, code.data, code.len);
    ngx_tsunagari_out_lit(out, "\",\"name\":\"");
    ngx_tsunagari_out(out, name.data, name.length);
    ngx_tsunagari_out_lit(out, "\"");
}


static void
ngx_tsunagari_json_suggestions(ngx_tsunagari_page_t *page)
{
    uint32_t              i;
    const struct snap    *s;
    ngx_tsunagari_out_t  *out;

    s = page->snap;
    out = page->out;

    ngx_tsunagari_out_lit(out, "{\"need\":");
    ngx_tsunagari_page_fragment(page,
                           s->collections[SNAP_NEEDS].docs[page->doc].item,
                           ngx_tsunagari_json_slot);
    ngx_tsunagari_out_lit(out, ",\"suggestions\":[");

    for (i = 0; i < page->suggestions_n; i++) {

        if (i) {
            ngx_tsunagari_out_lit(out, ",");
        }

        ngx_tsunagari_page_fragment(page,
                                    s->suggestions[page->suggestion + i].json,
                                    ngx_tsunagari_json_slot);
    }

    ngx_tsunagari_out_lit(out, "],");
    ngx_tsunagari_json_run(page);
    ngx_tsunagari_out_lit(out, "}");
}


void
ngx_tsunagari_json_run(ngx_tsunagari_page_t *page)
{
    ngx_tsunagari_out_t  *out;

    out = page->out;

    ngx_tsunagari_out_lit(out, "\"run\":");
    (void) ngx_tsunagari_page_slot(page, SNAP_SLOT_RUN);
    ngx_tsunagari_out_lit(out, ",\"plan_date\":\"");
    (void) ngx_tsunagari_page_slot(page, SNAP_SLOT_PLAN_DATE);
    ngx_tsunagari_out_lit(out, "\",\"generation\":\"");
    (void) ngx_tsunagari_page_slot(page, SNAP_SLOT_GENERATION);
    ngx_tsunagari_out_lit(out, "\"");
}
