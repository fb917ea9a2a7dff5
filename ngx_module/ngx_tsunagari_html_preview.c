
/*
 * ngx_tsunagari_html_preview.c: what a search engine, or a message with a link
 * to it, shows of a page: its description, and the same as Open Graph has it.
 */


#include "ngx_tsunagari_html.h"


static void ngx_tsunagari_html_meta(ngx_tsunagari_page_t *page,
    const ngx_str_t *attribute, struct snap_span text);


static const ngx_str_t  ngx_tsunagari_html_description =
    ngx_string("name=\"description\"");
static const ngx_str_t  ngx_tsunagari_html_og_description =
    ngx_string("property=\"og:description\"");
static const ngx_str_t  ngx_tsunagari_html_og_site =
    ngx_string("property=\"og:site_name\"");


/* Of the pages that people send each other: the search page, a document's. */

void
ngx_tsunagari_html_preview(ngx_tsunagari_page_t *page)
{
    uint32_t                       lang;
    struct snap_span               text;
    ngx_tsunagari_out_t           *out;
    const struct snap_collection  *c;

    if (page->status != NGX_TSUNAGARI_OK) {
        return;
    }

    out = page->out;
    lang = page->query->lang;

    switch (page->route.route) {

    case NGX_TSUNAGARI_ROUTE_SEARCH:
        text = snap_label_html(page->snap, SNAP_LABEL_SEARCH_LEAD, lang);
        break;

    case NGX_TSUNAGARI_ROUTE_DETAIL:
        c = &page->snap->collections[page->route.collection];
        text = snap_bytes(page->snap, snap_description(&c->docs[page->doc]));
        break;

    default:
        return;
    }

    ngx_tsunagari_html_meta(page, &ngx_tsunagari_html_description, text);

    ngx_tsunagari_out_lit(out, "<meta property=\"og:type\" "
                               "content=\"website\">\n"
                               "<meta property=\"og:title\" content=\"");
    ngx_tsunagari_html_title(page);
    ngx_tsunagari_out_lit(out, "\">\n");

    ngx_tsunagari_html_meta(page, &ngx_tsunagari_html_og_description, text);

    ngx_tsunagari_out_lit(out, "<meta property=\"og:url\" content=\"");
    ngx_tsunagari_out_str(out, &page->origin);
    (void) ngx_tsunagari_html_address(page, NGX_TSUNAGARI_SKIP_NONE,
                                      page->query->page, lang);
    ngx_tsunagari_out_lit(out, "\">\n");

    ngx_tsunagari_html_meta(page, &ngx_tsunagari_html_og_site,
                            snap_label_html(page->snap, SNAP_LABEL_SITE,
                                            lang));

    if (lang == SNAP_LANG_EN) {
        ngx_tsunagari_out_lit(out, "<meta property=\"og:locale\" "
                                   "content=\"en_US\">\n");

    } else {
        ngx_tsunagari_out_lit(out, "<meta property=\"og:locale\" "
                                   "content=\"ja_JP\">\n");
    }
}


/* Nothing for no text; it is escaped. */

static void
ngx_tsunagari_html_meta(ngx_tsunagari_page_t *page,
    const ngx_str_t *attribute, struct snap_span text)
{
    ngx_tsunagari_out_t  *out;

    if (text.length == 0) {
        return;
    }

    out = page->out;

    ngx_tsunagari_out_lit(out, "<meta ");
    ngx_tsunagari_out_str(out, attribute);
    ngx_tsunagari_out_lit(out, " content=\"");
    ngx_tsunagari_out(out, text.data, text.length);
    ngx_tsunagari_out_lit(out, "\">\n");
}
