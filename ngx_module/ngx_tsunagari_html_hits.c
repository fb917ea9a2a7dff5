
/*
 * ngx_tsunagari_html_hits.c: the slot HITS: cards, rows, suggestions.
 */


#include "ngx_tsunagari_html.h"


void
ngx_tsunagari_html_hits(ngx_tsunagari_page_t *page)
{
    ngx_uint_t                     i;
    const struct snap             *s;
    const struct snap_doc         *doc;
    const struct snap_collection  *c;

    s = page->snap;
    c = &s->collections[page->route.collection];

    if (page->route.route == NGX_TSUNAGARI_ROUTE_SUGGESTIONS) {

        for (i = 0; i < page->suggestions_n; i++) {
            ngx_tsunagari_page_fragment(page,
                                     s->suggestions[page->suggestion + i].html,
                                     ngx_tsunagari_html_slot);
        }

        if (page->doc != SNAP_NONE && page->suggestions_n == 0) {
            ngx_tsunagari_page_fragment(page, s->pages[SNAP_PAGE_EMPTY],
                                        ngx_tsunagari_html_slot);
        }

        return;
    }

    for (i = 0; i < page->result.docs_n; i++) {

        if (i + NGX_TSUNAGARI_AHEAD < page->result.docs_n) {
            doc = &c->docs[page->result.docs[i + NGX_TSUNAGARI_AHEAD]];
            ngx_tsunagari_fragment_ahead(s, page->query->table ? doc->row
                                                               : doc->card);
        }

        doc = &c->docs[page->result.docs[i]];

        ngx_tsunagari_page_fragment(page,
                                    page->query->table ? doc->row : doc->card,
                                    ngx_tsunagari_html_slot);
    }

    if (page->result.docs_n == 0) {
        ngx_tsunagari_page_fragment(page, s->pages[SNAP_PAGE_EMPTY],
                                    ngx_tsunagari_html_slot);
    }
}
