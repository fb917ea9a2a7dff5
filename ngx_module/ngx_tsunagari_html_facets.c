
/*
 * ngx_tsunagari_html_facets.c: values with counts, each a link.
 */


#include "ngx_tsunagari_html.h"


#define NGX_TSUNAGARI_FACET_END  "</span></a></li>"


static void ngx_tsunagari_html_facet(ngx_tsunagari_page_t *page,
    ngx_uint_t facet, ngx_tsunagari_href_t *href);
static void ngx_tsunagari_html_facet_value(ngx_tsunagari_page_t *page,
    ngx_uint_t facet, uint32_t value, ngx_tsunagari_href_t *href);
static void ngx_tsunagari_html_facet_chosen(ngx_tsunagari_page_t *page,
    ngx_uint_t facet, uint32_t value);
static ngx_uint_t ngx_tsunagari_html_facet_href(ngx_tsunagari_page_t *page,
    ngx_uint_t facet, uint32_t but);


void
ngx_tsunagari_html_facets(ngx_tsunagari_page_t *page)
{
    ngx_uint_t             i;
    ngx_tsunagari_href_t   list, own;

    list.from = 0;
    list.len = 0;
    own.from = 0;

    /* links of facets nobody chose from begin alike */

    for (i = 0; i < SNAP_FACETS; i++) {
        own.len = 0;
        ngx_tsunagari_html_facet(page, i,
                                 page->query->facets[i].n ? &own : &list);
    }
}


static void
ngx_tsunagari_html_facet(ngx_tsunagari_page_t *page, ngx_uint_t facet,
    ngx_tsunagari_href_t *href)
{
    uint32_t                       i, n, first;
    const uint32_t                *counts;
    ngx_uint_t                     written, picked;
    ngx_tsunagari_out_t           *out;
    ngx_tsunagari_chosen_t        *chosen;
    const struct snap_collection  *c;

    out = page->out;
    c = &page->snap->collections[page->route.collection];
    first = ngx_tsunagari_facet(c, facet, &n);
    chosen = &page->result.chosen[facet];
    counts = page->result.counts;
    written = 0;

    for (i = first; i < first + n; i++) {

        picked = chosen->n && ngx_tsunagari_chosen(chosen, i);

        if (counts[i] == 0 && !picked) {
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

        if (picked) {
            ngx_tsunagari_html_facet_chosen(page, facet, i);

        } else {
            ngx_tsunagari_html_facet_value(page, facet, i, href);
        }

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
 * A link that adds the value to the query; another region takes the place
 * of the one there is.
 */

static void
ngx_tsunagari_html_facet_value(ngx_tsunagari_page_t *page, ngx_uint_t facet,
    uint32_t value, ngx_tsunagari_href_t *href)
{
    size_t                         again, n;
    u_char                         count[NGX_TSUNAGARI_DIGITS], *p;
    struct snap_span               link;
    ngx_tsunagari_out_t           *out;
    const struct snap_collection  *c;

    out = page->out;
    c = &page->snap->collections[page->route.collection];
    again = href->len;

    if (again == 0) {
        href->from = out->len;
        ngx_tsunagari_out_lit(out, "<li><a href=\"");

        if (ngx_tsunagari_html_facet_href(page, facet, SNAP_NONE)) {
            ngx_tsunagari_out_lit(out, "&amp;");

        } else {
            ngx_tsunagari_out_lit(out, "?");
        }

        href->len = out->len - href->from;
    }

    link = snap_bytes(page->snap,
                      snap_value_texts(c, page->query->lang)[value].link);

    /* hundreds of times on a page: all in one step */

    n = ngx_tsunagari_out_digits(count, page->result.counts[value]);

    p = ngx_tsunagari_out_take(out, again + link.length + n
                                    + sizeof(NGX_TSUNAGARI_FACET_END) - 1);

    if (p) {
        p = ngx_tsunagari_out_copy(p, out->start + href->from, again);
        p = ngx_tsunagari_out_copy(p, link.data, link.length);

        /* as many as a count has at most, the end over what is not of it */

        ngx_memcpy(p, count, NGX_INT32_LEN - 1);
        p += n;

        ngx_memcpy(p, NGX_TSUNAGARI_FACET_END,
                   sizeof(NGX_TSUNAGARI_FACET_END) - 1);
    }
}


/* A link that takes the value out of the query. */

static void
ngx_tsunagari_html_facet_chosen(ngx_tsunagari_page_t *page,
    ngx_uint_t facet, uint32_t value)
{
    ngx_tsunagari_out_t  *out;

    out = page->out;

    ngx_tsunagari_out_lit(out, "<li><a href=\"");
    (void) ngx_tsunagari_html_facet_href(page, facet, value);
    ngx_tsunagari_out_lit(out, "\" rel=\"nofollow\" aria-current=\"true\">");
    ngx_tsunagari_html_value(page, value);
    ngx_tsunagari_out_lit(out, " <span class=\"count\">");
    ngx_tsunagari_out_uint(out, page->result.counts[value]);
    ngx_tsunagari_out_lit(out, NGX_TSUNAGARI_FACET_END);
}


/*
 * The present list with the facet's values but that one; returns how many
 * arguments it has.
 */

static ngx_uint_t
ngx_tsunagari_html_facet_href(ngx_tsunagari_page_t *page, ngx_uint_t facet,
    uint32_t but)
{
    ngx_uint_t                     i, args;
    struct snap_span               code;
    ngx_tsunagari_href_t           href;
    ngx_tsunagari_chosen_t        *values;
    const struct snap_collection  *c;

    c = &page->snap->collections[page->route.collection];
    values = &page->result.chosen[facet];
    href.len = 0;

    ngx_tsunagari_html_href(page, facet, 1, &href);
    args = href.args;

    for (i = 0; i < values->n; i++) {

        if (values->value[i] == but || values->value[i] >= c->values_n
            || facet == SNAP_FACET_REGION)
        {
            continue;
        }

        code = snap_bytes(page->snap, c->values[values->value[i]].code);
        ngx_tsunagari_html_href_arg(page, &args, facet, code.data,
                                    code.length);
    }

    return args;
}
