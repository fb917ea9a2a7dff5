
/*
 * ngx_tsunagari_html.c: the frame and what every page has.
 */


#include "ngx_tsunagari_html.h"


static void ngx_tsunagari_html_body(ngx_tsunagari_page_t *page);
static void ngx_tsunagari_html_canonical(ngx_tsunagari_page_t *page);
static void ngx_tsunagari_html_langs(ngx_tsunagari_page_t *page);


/* By route: those that are JSON only have none. */

static const uint32_t
    ngx_tsunagari_html_pages[NGX_TSUNAGARI_ROUTES] =
{
    [NGX_TSUNAGARI_ROUTE_NONE] = SNAP_PAGE_ERROR,
    [NGX_TSUNAGARI_ROUTE_SEARCH] = SNAP_PAGE_SEARCH,
    [NGX_TSUNAGARI_ROUTE_LIST] = SNAP_PAGE_LIST,
    [NGX_TSUNAGARI_ROUTE_DETAIL] = SNAP_PAGE_DETAIL,
    [NGX_TSUNAGARI_ROUTE_SUGGESTIONS] = SNAP_PAGE_SUGGESTIONS,
    [NGX_TSUNAGARI_ROUTE_ABOUT_ORDER] = SNAP_PAGE_ABOUT_ORDER,
    [NGX_TSUNAGARI_ROUTE_REGIONS] = SNAP_PAGE_ERROR,
    [NGX_TSUNAGARI_ROUTE_STATUS] = SNAP_PAGE_ERROR,
    [NGX_TSUNAGARI_ROUTE_HSDS] = SNAP_PAGE_ERROR,
    [NGX_TSUNAGARI_ROUTE_CSS] = SNAP_PAGE_CSS,
    [NGX_TSUNAGARI_ROUTE_SITEMAP] = SNAP_PAGE_SITEMAP,
    [NGX_TSUNAGARI_ROUTE_EVENTS] = SNAP_PAGE_EVENTS_CSV,
    [NGX_TSUNAGARI_ROUTE_FACILITIES] = SNAP_PAGE_FACILITIES_CSV,
    [NGX_TSUNAGARI_ROUTE_ELEMENT] = SNAP_PAGE_ELEMENT
};


void
ngx_tsunagari_html(ngx_tsunagari_page_t *page)
{
    if (page->query->fragment
        || (ngx_tsunagari_route_file(page->route.route)
            && page->status == NGX_TSUNAGARI_OK))
    {
        ngx_tsunagari_html_body(page);
        return;
    }

    ngx_tsunagari_html_template(page, SNAP_PAGE_FRAME);
}


void
ngx_tsunagari_html_template(ngx_tsunagari_page_t *page, uint32_t number)
{
    ngx_tsunagari_page_fragment(page,
                                snap_page(page->snap, number,
                                          page->query->lang),
                                ngx_tsunagari_html_slot);
}


void
ngx_tsunagari_html_slot(void *data, ngx_uint_t slot)
{
    ngx_tsunagari_page_t *page = data;

    const struct snap_collection  *c;

    if (ngx_tsunagari_page_slot(page, slot) == NGX_OK
        || ++page->slots > NGX_TSUNAGARI_HTML_SLOTS
        || page->depth == NGX_TSUNAGARI_HTML_DEPTH)
    {
        return;
    }

    page->depth++;

    switch (slot) {

    case SNAP_SLOT_TITLE:
        ngx_tsunagari_html_title(page);
        break;

    case SNAP_SLOT_BODY:
        ngx_tsunagari_html_body(page);
        break;

    case SNAP_SLOT_LANG_LINKS:
        ngx_tsunagari_html_langs(page);
        break;

    case SNAP_SLOT_CANONICAL:
        ngx_tsunagari_html_canonical(page);
        break;

    case SNAP_SLOT_Q:
        ngx_tsunagari_out_html(page->out, page->query->q.data,
                               page->query->q.len);
        break;

    case SNAP_SLOT_REGION_OPTIONS:
        ngx_tsunagari_html_options(page, SNAP_FACET_REGION,
                                   SNAP_LABEL_ALL_REGIONS);
        break;

    case SNAP_SLOT_KIND_OPTIONS:
        ngx_tsunagari_html_options(page, SNAP_FACET_KIND,
                                   SNAP_LABEL_ALL_KINDS);
        break;

    case SNAP_SLOT_NEED_OPTIONS:
        ngx_tsunagari_html_needs(page);
        break;

    case SNAP_SLOT_HIDDEN:
        ngx_tsunagari_html_hidden(page);
        break;

    case SNAP_SLOT_FORM:
        ngx_tsunagari_html_form(page);
        break;

    case SNAP_SLOT_HITS:
        ngx_tsunagari_html_hits(page);
        break;

    case SNAP_SLOT_DETAIL:

        if (page->doc != SNAP_NONE) {
            c = &page->snap->collections[page->route.collection];
            ngx_tsunagari_page_fragment(page, c->docs[page->doc].detail,
                                        ngx_tsunagari_html_slot);
        }

        break;

    case SNAP_SLOT_ALTERNATES:
        ngx_tsunagari_html_alternates(page);
        ngx_tsunagari_html_preview(page);
        break;

    case SNAP_SLOT_NEED:
        ngx_tsunagari_html_need(page);
        break;

    case SNAP_SLOT_MESSAGE:
        ngx_tsunagari_html_message(page);
        break;
    }

    if (page->route.route == NGX_TSUNAGARI_ROUTE_LIST
        && page->status == NGX_TSUNAGARI_OK)
    {
        switch (slot) {

        case SNAP_SLOT_SUMMARY:
            ngx_tsunagari_html_summary(page);
            break;

        case SNAP_SLOT_SORTS:
            ngx_tsunagari_html_sorts(page);
            break;

        case SNAP_SLOT_VIEW:
            ngx_tsunagari_html_view(page);
            break;

        case SNAP_SLOT_WIDENED:
            ngx_tsunagari_html_widened(page);
            break;

        case SNAP_SLOT_FACETS:
            ngx_tsunagari_html_facets(page);
            break;

        case SNAP_SLOT_PAGER:
            ngx_tsunagari_html_pager(page);
            break;

        case SNAP_SLOT_NEAR:
            ngx_tsunagari_html_near(page);
            break;
        }
    }

    page->depth--;
}


static void
ngx_tsunagari_html_body(ngx_tsunagari_page_t *page)
{
    uint32_t  number;

    number = (page->status == NGX_TSUNAGARI_OK)
             ? ngx_tsunagari_html_pages[page->route.route] : SNAP_PAGE_ERROR;

    ngx_tsunagari_html_hits_ahead(page);

    if (number == SNAP_PAGE_LIST && page->query->table
        && page->result.docs_n)
    {
        number = SNAP_PAGE_TABLE;
    }

    ngx_tsunagari_html_template(page, number);
}


void
ngx_tsunagari_html_label(ngx_tsunagari_page_t *page, uint32_t label)
{
    struct snap_span  text;

    text = snap_label_html(page->snap, label, page->query->lang);

    ngx_tsunagari_out(page->out, text.data, text.length);
}


void
ngx_tsunagari_html_value(ngx_tsunagari_page_t *page, uint32_t value)
{
    struct snap_span               code;
    struct snap_value              v;
    const struct snap_collection  *c;

    c = &page->snap->collections[page->route.collection];

    if (value >= c->values_n) {
        return;
    }

    v = c->values[value];

    if (v.label != SNAP_NONE) {
        ngx_tsunagari_html_label(page, v.label);
        return;
    }

    code = snap_bytes(page->snap, v.code);

    ngx_tsunagari_out_html(page->out, code.data, code.length);
}


static void
ngx_tsunagari_html_canonical(ngx_tsunagari_page_t *page)
{
    (void) ngx_tsunagari_html_address(page, NGX_TSUNAGARI_SKIP_NONE,
                                      page->query->page, page->query->lang);
}


static void
ngx_tsunagari_html_langs(ngx_tsunagari_page_t *page)
{
    uint32_t              i;
    struct snap_span      name;
    ngx_tsunagari_out_t  *out;

    out = page->out;

    ngx_tsunagari_out_lit(out, "<ul class=\"langs\">");

    for (i = 0; i < SNAP_LANGS; i++) {
        ngx_tsunagari_out_lit(out, "<li><a href=\"");
        (void) ngx_tsunagari_html_address(page, NGX_TSUNAGARI_SKIP_NONE,
                                          page->query->page, i);

        if (i == SNAP_LANG_EN) {
            ngx_tsunagari_out_lit(out, "\" hreflang=\"en\" lang=\"en\"");

        } else {
            ngx_tsunagari_out_lit(out, "\" hreflang=\"ja\" lang=\"ja\"");
        }

        if (i == page->query->lang) {
            ngx_tsunagari_out_lit(out, " aria-current=\"true\"");
        }

        name = snap_label_html(page->snap, SNAP_LABEL_LANG_NAME, i);

        ngx_tsunagari_out_lit(out, ">");
        ngx_tsunagari_out(out, name.data, name.length);
        ngx_tsunagari_out_lit(out, "</a></li>");
    }

    ngx_tsunagari_out_lit(out, "</ul>");
}
