
/*
 * ngx_tsunagari_html_link.c: addresses of other lists, and of this page
 * in other languages and as JSON.
 */


#include "ngx_tsunagari_html.h"


static ngx_uint_t ngx_tsunagari_html_filters(ngx_tsunagari_page_t *page,
    ngx_uint_t skip, ngx_uint_t form);
static void ngx_tsunagari_html_path(ngx_tsunagari_page_t *page);
static ngx_uint_t ngx_tsunagari_html_followed(ngx_tsunagari_page_t *page);
static void ngx_tsunagari_html_alternate(ngx_tsunagari_page_t *page,
    const ngx_str_t *attribute, uint32_t lang, unsigned json);


/* やさしい日本語 has no tag of its own: a private one. */

static const ngx_str_t  ngx_tsunagari_html_hreflang[SNAP_LANGS] = {
    ngx_string("hreflang=\"ja\""),
    ngx_string("hreflang=\"ja-x-easy\""),
    ngx_string("hreflang=\"en\"")
};


static const ngx_str_t  ngx_tsunagari_html_default =
    ngx_string("hreflang=\"x-default\"");
static const ngx_str_t  ngx_tsunagari_html_json =
    ngx_string("type=\"application/json\"");


ngx_uint_t
ngx_tsunagari_html_address(ngx_tsunagari_page_t *page, ngx_uint_t skip,
    ngx_uint_t number, uint32_t lang)
{
    ngx_uint_t             n;
    ngx_tsunagari_query_t  none;

    ngx_tsunagari_html_path(page);

    if (page->status != NGX_TSUNAGARI_OK) {

        /* a refused argument is not repeated in an address of our own */

        ngx_memzero(&none, offsetof(ngx_tsunagari_query_t, folded));

        return ngx_tsunagari_query_rest(&none, page->out, 0, 1, lang,
                                        NGX_TSUNAGARI_QUERY_HTML);
    }

    n = ngx_tsunagari_html_filters(page, skip, NGX_TSUNAGARI_QUERY_HTML);

    return ngx_tsunagari_query_rest(page->query, page->out, n, number, lang,
                                    NGX_TSUNAGARI_QUERY_HTML);
}


/* The list's filters: many links of a page have the same ones. */

static ngx_uint_t
ngx_tsunagari_html_filters(ngx_tsunagari_page_t *page, ngx_uint_t skip,
    ngx_uint_t form)
{
    ngx_tsunagari_out_t    *out;
    ngx_tsunagari_href_t   *filters;
    ngx_tsunagari_query_t  *q;

    q = page->query;
    out = page->out;

    if ((skip < SNAP_FACETS && q->facets[skip].n == 0)
        || (skip == NGX_TSUNAGARI_SKIP_Q && q->q.len == 0))
    {
        skip = NGX_TSUNAGARI_SKIP_NONE;
    }

    filters = &page->filters[form][skip];

    if (!ngx_tsunagari_out_again(out, filters->from, filters->len)) {
        filters->from = out->len;
        filters->args = ngx_tsunagari_query_filters(q, out, skip, form);
        filters->len = out->len - filters->from;
    }

    return filters->args;
}


void
ngx_tsunagari_html_href(ngx_tsunagari_page_t *page, ngx_uint_t skip,
    ngx_uint_t number)
{
    ngx_tsunagari_href_t  href;

    href.len = 0;

    ngx_tsunagari_html_href_begin(page, skip, number, &href);
    ngx_tsunagari_html_href_end(page, href.args);
}


void
ngx_tsunagari_html_href_begin(ngx_tsunagari_page_t *page, ngx_uint_t skip,
    ngx_uint_t number, ngx_tsunagari_href_t *href)
{
    ngx_uint_t            n;
    ngx_tsunagari_out_t  *out;

    out = page->out;

    if (ngx_tsunagari_out_again(out, href->from, href->len)) {
        return;
    }

    href->from = out->len;

    /* a fragment's links lead from other pages, and those may be no UTF-8 */

    if (page->query->fragment) {
        ngx_tsunagari_html_path(page);
        n = ngx_tsunagari_html_filters(page, skip, NGX_TSUNAGARI_QUERY_HTML);

    } else {
        n = ngx_tsunagari_html_filters(page, skip, NGX_TSUNAGARI_QUERY_PAGE);
    }

    href->args = ngx_tsunagari_query_rest(page->query, out, n, number,
                                          page->query->lang,
                                          NGX_TSUNAGARI_QUERY_HTML);
    href->len = out->len - href->from;
}


void
ngx_tsunagari_html_href_end(ngx_tsunagari_page_t *page, ngx_uint_t args)
{
    /* an empty address would be the present one, arguments and all */

    if (args == 0 && !page->query->fragment) {
        ngx_tsunagari_html_path(page);
    }
}


void
ngx_tsunagari_html_nofollow(ngx_tsunagari_page_t *page)
{
    if (page->query->fragment || ngx_tsunagari_html_followed(page)) {
        ngx_tsunagari_out_lit(page->out, " rel=\"nofollow\"");
    }
}


/*
 * Whether a link that robots follow leads to the list, as from the search
 * page: it has one filter at most, and no text.
 */

static ngx_uint_t
ngx_tsunagari_html_followed(ngx_tsunagari_page_t *page)
{
    ngx_uint_t              i, n;
    ngx_tsunagari_query_t  *q;

    q = page->query;
    n = 0;

    for (i = 0; i < SNAP_FACETS; i++) {
        n += q->facets[i].n;
    }

    return n < 2 && q->q.len == 0 && q->sort == 0 && !q->table;
}


static void
ngx_tsunagari_html_path(ngx_tsunagari_page_t *page)
{
    ngx_tsunagari_out_t  *out;

    out = page->out;

    if (!ngx_tsunagari_out_again(out, page->path.from, page->path.len)) {
        page->path.from = out->len;
        ngx_tsunagari_out_str(out, &page->base);
        ngx_tsunagari_page_path(page);
        page->path.len = out->len - page->path.from;
    }
}


void
ngx_tsunagari_html_href_arg(ngx_tsunagari_page_t *page, ngx_uint_t *args,
    ngx_uint_t facet, const u_char *data, size_t len)
{
    ngx_tsunagari_out_t  *out;

    out = page->out;

    if ((*args)++ == 0) {
        ngx_tsunagari_out_lit(out, "?");

    } else {
        ngx_tsunagari_out_lit(out, "&amp;");
    }

    ngx_tsunagari_out_str(out, &ngx_tsunagari_facet_name[facet]);
    ngx_tsunagari_out_lit(out, "=");

    if (page->query->fragment) {
        ngx_tsunagari_out_uri(out, data, len);

    } else {
        ngx_tsunagari_out_iri(out, data, len);
    }
}


void
ngx_tsunagari_html_alternates(ngx_tsunagari_page_t *page)
{
    uint32_t  i;

    if (page->status != NGX_TSUNAGARI_OK) {
        return;
    }

    for (i = 0; i < SNAP_LANGS; i++) {
        ngx_tsunagari_html_alternate(page, &ngx_tsunagari_html_hreflang[i],
                                     i, 0);
    }

    ngx_tsunagari_html_alternate(page, &ngx_tsunagari_html_default,
                                 SNAP_LANG_JA, 0);

    if (page->route.route == NGX_TSUNAGARI_ROUTE_LIST
        || page->doc != SNAP_NONE)
    {
        ngx_tsunagari_html_alternate(page, &ngx_tsunagari_html_json,
                                     page->query->lang, 1);
    }

    if (page->route.route == NGX_TSUNAGARI_ROUTE_LIST
        && !ngx_tsunagari_html_followed(page))
    {
        ngx_tsunagari_out_lit(page->out, "<meta name=\"robots\" "
                                         "content=\"nofollow\">\n");
    }

    /* its title is what anybody typed, or put into a link */

    if (page->route.route == NGX_TSUNAGARI_ROUTE_LIST && page->query->q.len) {
        ngx_tsunagari_out_lit(page->out, "<meta name=\"robots\" "
                                         "content=\"noindex\">\n");
    }
}


static void
ngx_tsunagari_html_alternate(ngx_tsunagari_page_t *page,
    const ngx_str_t *attribute, uint32_t lang, unsigned json)
{
    ngx_uint_t            n;
    ngx_tsunagari_out_t  *out;

    out = page->out;

    ngx_tsunagari_out_lit(out, "<link rel=\"alternate\" ");
    ngx_tsunagari_out_str(out, attribute);
    ngx_tsunagari_out_lit(out, " href=\"");
    ngx_tsunagari_out_str(out, &page->origin);

    if (json) {
        ngx_tsunagari_html_path(page);
        ngx_tsunagari_out_lit(out, ".json");
        n = ngx_tsunagari_html_filters(page, NGX_TSUNAGARI_SKIP_NONE,
                                       NGX_TSUNAGARI_QUERY_HTML);
        (void) ngx_tsunagari_query_rest(page->query, out, n,
                                        page->query->page, lang,
                                        NGX_TSUNAGARI_QUERY_HTML);

    } else {
        (void) ngx_tsunagari_html_address(page, NGX_TSUNAGARI_SKIP_NONE,
                                          page->query->page, lang);
    }

    ngx_tsunagari_out_lit(out, "\">\n");
}


void
ngx_tsunagari_html_view(ngx_tsunagari_page_t *page)
{
    ngx_tsunagari_out_t    *out;
    ngx_tsunagari_query_t  *q;

    if (page->result.docs_n == 0 || page->route.collection > SNAP_NEEDS) {
        return;
    }

    out = page->out;
    q = page->query;

    ngx_tsunagari_out_lit(out, "<p class=\"view\"><a class=\"act\"");
    ngx_tsunagari_html_nofollow(page);
    ngx_tsunagari_out_lit(out, " href=\"");

    q->table = !q->table;
    ngx_tsunagari_html_href(page, NGX_TSUNAGARI_SKIP_NONE, 1);
    q->table = !q->table;

    ngx_tsunagari_out_lit(out, "\">");
    ngx_tsunagari_html_label(page, q->table ? SNAP_LABEL_VIEW_CARDS
                                            : SNAP_LABEL_VIEW_TABLE);
    ngx_tsunagari_out_lit(out, "</a></p>");
}


void
ngx_tsunagari_html_need(ngx_tsunagari_page_t *page)
{
    struct snap_span               title;
    ngx_tsunagari_out_t           *out;
    const struct snap_collection  *c;

    if (page->route.route != NGX_TSUNAGARI_ROUTE_SUGGESTIONS
        || page->doc == SNAP_NONE)
    {
        return;
    }

    out = page->out;
    c = &page->snap->collections[SNAP_NEEDS];
    title = snap_bytes(page->snap, snap_title(&c->docs[page->doc]));

    ngx_tsunagari_out_lit(out, "<h2 lang=\"ja\"><a href=\"");
    ngx_tsunagari_out_str(out, &page->base);
    ngx_tsunagari_out_lit(out, "/needs/");
    ngx_tsunagari_out_uint(out, c->docs[page->doc].id);
    (void) ngx_tsunagari_page_slot(page, SNAP_SLOT_LANG_FIRST);
    ngx_tsunagari_out_lit(out, "\">");
    ngx_tsunagari_out(out, title.data, title.length);
    ngx_tsunagari_out_lit(out, "</a></h2>\n");
}
