
/*
 * ngx_tsunagari_html_facets.c: values with counts, each a link.
 */


#include "ngx_tsunagari_html.h"


static void ngx_tsunagari_html_facet(ngx_tsunagari_page_t *page,
    ngx_uint_t facet);
static void ngx_tsunagari_html_facet_value(ngx_tsunagari_page_t *page,
    ngx_uint_t facet, uint32_t value, ngx_tsunagari_href_t *href);


void
ngx_tsunagari_html_facets(ngx_tsunagari_page_t *page)
{
    ngx_uint_t  i;

    for (i = 0; i < SNAP_FACETS; i++) {
        ngx_tsunagari_html_facet(page, i);
    }
}


static void
ngx_tsunagari_html_facet(ngx_tsunagari_page_t *page, ngx_uint_t facet)
{
    uint32_t                       i, n, first;
    ngx_uint_t                     written;
    ngx_tsunagari_out_t           *out;
    ngx_tsunagari_href_t           href;
    ngx_tsunagari_chosen_t        *chosen;
    const struct snap_collection  *c;

    out = page->out;
    c = &page->snap->collections[page->route.collection];
    first = ngx_tsunagari_facet(c, facet, &n);
    chosen = &page->result.chosen[facet];
    written = 0;
    href.len = 0;

    for (i = first; i < first + n; i++) {

        if (page->result.counts[i] == 0 && !ngx_tsunagari_chosen(chosen, i)) {
            continue;
        }

        if (written == NGX_TSUNAGARI_FACET_MAX) {
            break;
        }

        if (written == 0) {
            ngx_tsunagari_out_lit(out, "<details class=\"facet facet-");
            ngx_tsunagari_out_str(out, &ngx_tsunagari_facet_name[facet]);

            /* what is chosen is in view; of a region, the chip says so */

            if (facet == SNAP_FACET_KIND
                || (chosen->n && facet != SNAP_FACET_REGION))
            {
                ngx_tsunagari_out_lit(out, "\" open><summary>");

            } else {
                ngx_tsunagari_out_lit(out, "\"><summary>");
            }

            ngx_tsunagari_html_label(page,
                                     SNAP_LABEL_FACET + (uint32_t) facet);
            ngx_tsunagari_out_lit(out, "</summary><ul>");

        } else if (written == NGX_TSUNAGARI_FACET_SHOWN) {
            ngx_tsunagari_out_lit(out,
                            "</ul><details class=\"more\"><summary>");
            ngx_tsunagari_html_label(page, SNAP_LABEL_MORE);
            ngx_tsunagari_out_lit(out, "</summary><ul>");
        }

        ngx_tsunagari_html_facet_value(page, facet, i, &href);
        written++;
    }

    if (written == 0) {
        return;
    }

    ngx_tsunagari_out_lit(out, "</ul>");

    if (written > NGX_TSUNAGARI_FACET_SHOWN) {
        ngx_tsunagari_out_lit(out, "</details>");
    }

    ngx_tsunagari_out_lit(out, "</details>");
}


/*
 * A link that adds the value to the query, or takes it out; another region
 * takes the place of the one there is.
 */

static void
ngx_tsunagari_html_facet_value(ngx_tsunagari_page_t *page, ngx_uint_t facet,
    uint32_t value, ngx_tsunagari_href_t *href)
{
    ngx_uint_t               i, args, chosen;
    struct snap_span         code, other;
    ngx_tsunagari_out_t     *out;
    ngx_tsunagari_chosen_t  *values;
    const struct snap_collection  *c;

    out = page->out;
    c = &page->snap->collections[page->route.collection];
    values = &page->result.chosen[facet];
    chosen = 0;

    ngx_tsunagari_out_lit(out, "<li><a href=\"");
    ngx_tsunagari_html_href(page, facet, 1, href);
    args = href->args;

    for (i = 0; i < values->n; i++) {

        if (values->value[i] == value) {
            chosen = 1;
            continue;
        }

        if (values->value[i] >= c->values_n || facet == SNAP_FACET_REGION) {
            continue;
        }

        other = snap_bytes(page->snap, c->values[values->value[i]].code);
        ngx_tsunagari_html_href_arg(page, href, &args, facet, other.data,
                                    other.length);
    }

    if (!chosen) {
        code = snap_bytes(page->snap, c->values[value].code);
        ngx_tsunagari_html_href_arg(page, href, &args, facet, code.data,
                                    code.length);
        ngx_tsunagari_out_lit(out, "\" rel=\"nofollow\">");

    } else {
        ngx_tsunagari_out_lit(out,
                              "\" rel=\"nofollow\" aria-current=\"true\">");
    }

    ngx_tsunagari_html_value(page, value);
    ngx_tsunagari_out_lit(out, " <span class=\"count\">");
    ngx_tsunagari_out_uint(out, page->result.counts[value]);
    ngx_tsunagari_out_lit(out, "</span></a></li>");
}
