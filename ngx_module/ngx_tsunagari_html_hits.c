
/*
 * ngx_tsunagari_html_hits.c: the slot HITS: cards, rows, suggestions.
 */


#include "ngx_tsunagari_html.h"


static const struct snap_ref *ngx_tsunagari_html_hit(
    ngx_tsunagari_page_t *page, ngx_uint_t i);


void
ngx_tsunagari_html_hits(ngx_tsunagari_page_t *page)
{
    ngx_uint_t          i;
    const struct snap  *s;

    s = page->snap;

    if (page->route.route == NGX_TSUNAGARI_ROUTE_SUGGESTIONS) {

        for (i = 0; i < page->suggestions_n; i++) {
            ngx_tsunagari_page_fragment(page,
                                     s->suggestions[page->suggestion + i].html,
                                     ngx_tsunagari_html_slot);
        }

        if (page->doc != SNAP_NONE && page->suggestions_n == 0) {
            ngx_tsunagari_html_template(page, SNAP_PAGE_EMPTY);
        }

        return;
    }

    for (i = 0; i < page->result.docs_n; i++) {

        if (i + NGX_TSUNAGARI_AHEAD < page->result.docs_n) {
            ngx_tsunagari_fragment_ahead(s, *ngx_tsunagari_html_hit(page,
                                                    i + NGX_TSUNAGARI_AHEAD));
        }

        ngx_tsunagari_page_fragment(page, *ngx_tsunagari_html_hit(page, i),
                                    ngx_tsunagari_html_slot);
    }

    /* behind the last page there is a total, and a way back */

    if (page->result.total == 0) {
        ngx_tsunagari_html_template(page, SNAP_PAGE_EMPTY);
    }
}


/* The first ones, while what stands above them is written. */

void
ngx_tsunagari_html_hits_ahead(ngx_tsunagari_page_t *page)
{
    ngx_uint_t  i;

    for (i = 0; i < ngx_min(page->result.docs_n, NGX_TSUNAGARI_AHEAD); i++) {
        ngx_tsunagari_fragment_ahead(page->snap,
                                     *ngx_tsunagari_html_hit(page, i));
    }
}


/* A document of the page as row or card. */

static const struct snap_ref *
ngx_tsunagari_html_hit(ngx_tsunagari_page_t *page, ngx_uint_t i)
{
    uint32_t                       doc;
    const struct snap_collection  *c;

    c = &page->snap->collections[page->route.collection];
    doc = page->result.docs[i];

    return page->query->table ? &c->docs[doc].row
                              : snap_card(c, doc, page->query->lang);
}
