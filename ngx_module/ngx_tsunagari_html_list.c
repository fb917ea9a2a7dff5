
/*
 * ngx_tsunagari_html_list.c: what stands around the hits of a list.
 */


#include "ngx_tsunagari_html.h"


/* Pages on each side of the present one that the pager links to. */
#define NGX_TSUNAGARI_PAGER  2


static void ngx_tsunagari_html_chip(ngx_tsunagari_page_t *page,
    ngx_uint_t facet, ngx_uint_t i);
static void ngx_tsunagari_html_page(ngx_tsunagari_page_t *page,
    ngx_uint_t number, const char *rel, uint32_t label);
static void ngx_tsunagari_html_near_region(ngx_tsunagari_page_t *page,
    uint32_t region, ngx_tsunagari_href_t *href);


void
ngx_tsunagari_html_summary(ngx_tsunagari_page_t *page)
{
    ngx_uint_t              i, k, chips;
    ngx_tsunagari_out_t    *out;
    ngx_tsunagari_query_t  *q;

    q = page->query;
    out = page->out;

    ngx_tsunagari_out_lit(out, "<p class=\"summary\" role=\"status\">"
                               "<strong>");
    ngx_tsunagari_out_uint(out, page->result.total);
    ngx_tsunagari_out_lit(out, "</strong> ");
    ngx_tsunagari_html_label(page, SNAP_LABEL_HITS);

    if (page->result.pages > 1) {
        ngx_tsunagari_out_lit(out, " <span class=\"page\">");
        ngx_tsunagari_html_page_of(page);
        ngx_tsunagari_out_lit(out, "</span>");
    }

    ngx_tsunagari_out_lit(out, "</p>");

    chips = (q->q.len != 0);

    for (i = 0; i < SNAP_FACETS; i++) {
        chips += q->facets[i].n;
    }

    if (chips == 0) {
        return;
    }

    ngx_tsunagari_out_lit(out, "<ul class=\"chips\">");

    for (i = 0; i < SNAP_FACETS; i++) {
        for (k = 0; k < q->facets[i].n; k++) {
            ngx_tsunagari_html_chip(page, i, k);
        }
    }

    if (q->q.len) {
        ngx_tsunagari_out_lit(out, "<li><a");
        ngx_tsunagari_html_nofollow(page);
        ngx_tsunagari_out_lit(out, " href=\"");
        ngx_tsunagari_html_href(page, NGX_TSUNAGARI_SKIP_Q, 1);
        ngx_tsunagari_out_lit(out, "\">");
        ngx_tsunagari_out_html(out, q->q.data, q->q.len);
        ngx_tsunagari_out_lit(out, " <span class=\"remove\">");
        ngx_tsunagari_html_label(page, SNAP_LABEL_REMOVE);
        ngx_tsunagari_out_lit(out, "</span></a></li>");
    }

    ngx_tsunagari_out_lit(out, "</ul>");
}


void
ngx_tsunagari_html_page_of(ngx_tsunagari_page_t *page)
{
    ngx_tsunagari_out_uint(page->out, page->query->page);
    ngx_tsunagari_out_lit(page->out, "/");
    ngx_tsunagari_out_uint(page->out, page->result.pages);
    ngx_tsunagari_out_lit(page->out, " ");
    ngx_tsunagari_html_label(page, SNAP_LABEL_PAGE);
}


/* One argument as it was given, with a link to the list without it. */

static void
ngx_tsunagari_html_chip(ngx_tsunagari_page_t *page, ngx_uint_t facet,
    ngx_uint_t i)
{
    uint32_t                 value;
    ngx_uint_t               k, args;
    ngx_tsunagari_out_t     *out;
    ngx_tsunagari_href_t     href;
    ngx_tsunagari_values_t  *values;

    out = page->out;
    values = &page->query->facets[facet];
    href.len = 0;

    ngx_tsunagari_out_lit(out, "<li><a");
    ngx_tsunagari_html_nofollow(page);
    ngx_tsunagari_out_lit(out, " href=\"");
    ngx_tsunagari_html_href_begin(page, facet, 1, &href);
    args = href.args;

    for (k = 0; k < values->n; k++) {

        if (k != i) {
            ngx_tsunagari_html_href_arg(page, &args, facet,
                                        values->value[k].data,
                                        values->value[k].len);
        }
    }

    ngx_tsunagari_html_href_end(page, args);
    ngx_tsunagari_out_lit(out, "\">");

    value = page->result.chosen[facet].given[i];

    if (facet == SNAP_FACET_REGION) {

        /* value i is region i */

        ngx_tsunagari_html_label(page,
                                ngx_tsunagari_page_region_label(page, value));

    } else if (value != SNAP_NONE) {
        ngx_tsunagari_html_value(page, value);

    } else {
        ngx_tsunagari_out_html(out, values->value[i].data,
                               values->value[i].len);
    }

    ngx_tsunagari_out_lit(out, " <span class=\"remove\">");
    ngx_tsunagari_html_label(page, SNAP_LABEL_REMOVE);
    ngx_tsunagari_out_lit(out, "</span></a></li>");
}


/* Each is a list of its own, from its first page. */

void
ngx_tsunagari_html_sorts(ngx_tsunagari_page_t *page)
{
    ngx_uint_t              i, sort;
    ngx_tsunagari_out_t    *out;
    ngx_tsunagari_query_t  *q;

    q = page->query;
    out = page->out;
    sort = q->sort;

    /* organisations and cases have one order */

    if (page->result.total < 2 || page->route.collection > SNAP_NEEDS) {
        return;
    }

    ngx_tsunagari_out_lit(out, "<nav class=\"sorts\" aria-label=\"");
    ngx_tsunagari_html_label(page, SNAP_LABEL_SORT);
    ngx_tsunagari_out_lit(out, "\"><ul>");

    for (i = 0; i < NGX_TSUNAGARI_SORTS; i++) {

        if (i == NGX_TSUNAGARI_SORT_NEAR
            && q->facets[SNAP_FACET_REGION].n == 0)
        {
            continue;
        }

        ngx_tsunagari_out_lit(out, "<li><a");
        ngx_tsunagari_html_nofollow(page);
        ngx_tsunagari_out_lit(out, " href=\"");

        q->sort = i;
        ngx_tsunagari_html_href(page, NGX_TSUNAGARI_SKIP_NONE, 1);
        q->sort = sort;

        if (i == sort) {
            ngx_tsunagari_out_lit(out, "\" aria-current=\"true\">");

        } else {
            ngx_tsunagari_out_lit(out, "\">");
        }

        ngx_tsunagari_html_label(page, SNAP_LABEL_SORT_PLAN + (uint32_t) i);
        ngx_tsunagari_out_lit(out, "</a></li>");
    }

    ngx_tsunagari_out_lit(out, "</ul></nav>");
}


void
ngx_tsunagari_html_widened(ngx_tsunagari_page_t *page)
{
    uint32_t                 i;
    ngx_tsunagari_out_t     *out;
    ngx_tsunagari_result_t  *result;

    out = page->out;
    result = &page->result;

    if (result->wide == NGX_TSUNAGARI_WIDE_NO) {
        return;
    }

    ngx_tsunagari_out_lit(out, "<p class=\"widened\" role=\"status\">");
    ngx_tsunagari_html_label(page, SNAP_LABEL_WIDENED);
    ngx_tsunagari_out_lit(out, " <strong>");

    /* the labels of the steps stand in the order of the steps */

    ngx_tsunagari_html_label(page, SNAP_LABEL_WIDE_NEIGHBOURS
                                   + (uint32_t) result->wide
                                   - NGX_TSUNAGARI_WIDE_NEIGHBOURS);
    ngx_tsunagari_out_lit(out, "</strong>");

    for (i = 0; i < result->wide_regions_n; i++) {

        if (i == 0) {
            ngx_tsunagari_out_lit(out, " (");

        } else {
            ngx_tsunagari_out_lit(out, ", ");
        }

        ngx_tsunagari_html_label(page,
              ngx_tsunagari_page_region_label(page, result->wide_regions[i]));
    }

    if (result->wide_regions_n) {
        ngx_tsunagari_out_lit(out, ")");
    }

    ngx_tsunagari_out_lit(out, "</p>");
}


void
ngx_tsunagari_html_pager(ngx_tsunagari_page_t *page)
{
    ngx_uint_t            i, next, now, pages;
    ngx_tsunagari_out_t  *out;

    out = page->out;
    now = page->query->page;
    pages = page->result.pages;

    if (pages < 2) {
        return;
    }

    ngx_tsunagari_out_lit(out, "<nav class=\"pager\" aria-label=\"");
    ngx_tsunagari_html_label(page, SNAP_LABEL_PAGE);
    ngx_tsunagari_out_lit(out, "\"><ul>");

    if (now > 1) {
        ngx_tsunagari_html_page(page, ngx_min(now - 1, pages), "prev",
                                SNAP_LABEL_PREV);
    }

    /* the first, those about the present one, the last */

    for (i = 1; i <= pages; i = next) {
        ngx_tsunagari_html_page(page, i, NULL, SNAP_NONE);

        next = i + 1;

        if (next + NGX_TSUNAGARI_PAGER < now) {
            next = ngx_max(next, ngx_min(now - NGX_TSUNAGARI_PAGER, pages));

        } else if (next > now + NGX_TSUNAGARI_PAGER && next < pages) {
            next = pages;
        }
    }

    if (now < pages) {
        ngx_tsunagari_html_page(page, now + 1, "next", SNAP_LABEL_NEXT);
    }

    ngx_tsunagari_out_lit(out, "</ul></nav>");
}


static void
ngx_tsunagari_html_page(ngx_tsunagari_page_t *page, ngx_uint_t number,
    const char *rel, uint32_t label)
{
    ngx_tsunagari_out_t  *out;

    out = page->out;

    ngx_tsunagari_out_lit(out, "<li><a href=\"");
    ngx_tsunagari_html_href(page, NGX_TSUNAGARI_SKIP_NONE, number);

    if (rel) {
        ngx_tsunagari_out_lit(out, "\" rel=\"");
        ngx_tsunagari_out(out, rel, ngx_strlen(rel));
        ngx_tsunagari_out_lit(out, "\">");
        ngx_tsunagari_html_label(page, label);

    } else {

        if (number == page->query->page) {
            ngx_tsunagari_out_lit(out, "\" aria-current=\"page\">");

        } else {
            ngx_tsunagari_out_lit(out, "\">");
        }

        ngx_tsunagari_out_uint(out, number);
    }

    ngx_tsunagari_out_lit(out, "</a></li>");
}


void
ngx_tsunagari_html_near(ngx_tsunagari_page_t *page)
{
    uint32_t               i, n, ancestors[NGX_TSUNAGARI_REGION_DEPTH];
    const uint32_t        *near;
    ngx_tsunagari_out_t   *out;
    ngx_tsunagari_href_t   href;

    if (page->result.region == SNAP_NONE) {
        return;
    }

    out = page->out;
    href.len = 0;

    ngx_tsunagari_out_lit(out, "<nav class=\"near\" aria-label=\"");
    ngx_tsunagari_html_label(page, SNAP_LABEL_NEAR);
    ngx_tsunagari_out_lit(out, "\"><ul>");

    n = (uint32_t) ngx_tsunagari_page_ancestors(page, page->result.region,
                                                ancestors);

    for (i = n; i > 0; i--) {
        ngx_tsunagari_html_near_region(page, ancestors[i - 1], &href);
    }

    near = snap_region_neighbours(page->snap, page->result.region, &n);

    for (i = 0; i < n; i++) {

        if (out->len > NGX_TSUNAGARI_OUT_MAX) {
            break;
        }

        ngx_tsunagari_html_near_region(page, near[i], &href);
    }

    ngx_tsunagari_out_lit(out, "</ul></nav>");
}


static void
ngx_tsunagari_html_near_region(ngx_tsunagari_page_t *page, uint32_t region,
    ngx_tsunagari_href_t *href)
{
    ngx_str_t             code;
    ngx_uint_t            args;
    ngx_tsunagari_out_t  *out;

    if (region >= page->snap->regions_n) {
        return;
    }

    out = page->out;
    code = ngx_tsunagari_page_region_code(page, region);

    ngx_tsunagari_out_lit(out, "<li><a href=\"");
    ngx_tsunagari_html_href_begin(page, SNAP_FACET_REGION, 1, href);
    args = href->args;
    ngx_tsunagari_html_href_arg(page, &args, SNAP_FACET_REGION, code.data,
                                code.len);
    ngx_tsunagari_out_lit(out, "\">");
    ngx_tsunagari_html_label(page,
                             ngx_tsunagari_page_region_label(page, region));
    ngx_tsunagari_out_lit(out, "</a></li>");
}
