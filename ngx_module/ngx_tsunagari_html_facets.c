
/*
 * ngx_tsunagari_html_facets.c: values with counts, each a link.
 */


#include "ngx_tsunagari_html.h"
#include "ngx_tsunagari_links.h"


/* One facet while it is written. */
typedef struct {
    ngx_tsunagari_page_t   *page;
    ngx_uint_t              facet;
    ngx_uint_t              stop;          /* so many, then other markup */
    ngx_tsunagari_links_t   links;
} ngx_tsunagari_html_facet_t;


static void ngx_tsunagari_html_facet(ngx_tsunagari_page_t *page,
    ngx_uint_t facet, ngx_tsunagari_links_begin_t *begin);
static ngx_int_t ngx_tsunagari_html_facet_next(
    ngx_tsunagari_html_facet_t *f);
static void ngx_tsunagari_html_facet_value(ngx_tsunagari_html_facet_t *f,
    uint32_t value);
static void ngx_tsunagari_html_facet_chosen(ngx_tsunagari_page_t *page,
    ngx_uint_t facet, uint32_t value);
static void ngx_tsunagari_html_facet_link(ngx_tsunagari_page_t *page);
static ngx_uint_t ngx_tsunagari_html_facet_href(ngx_tsunagari_page_t *page,
    ngx_uint_t facet, uint32_t but);


void
ngx_tsunagari_html_facets(ngx_tsunagari_page_t *page)
{
    ngx_uint_t                   i;
    ngx_tsunagari_links_begin_t  list, own;

    list.len = 0;

    /* links of facets nobody chose from begin alike */

    for (i = 0; i < SNAP_FACETS; i++) {
        own.len = 0;
        ngx_tsunagari_html_facet(page, i,
                                 page->query->facets[i].n ? &own : &list);
    }
}


static void
ngx_tsunagari_html_facet(ngx_tsunagari_page_t *page, ngx_uint_t facet,
    ngx_tsunagari_links_begin_t *begin)
{
    uint32_t                       i, n, end, picked;
    ngx_tsunagari_out_t           *out;
    const struct snap_collection  *c;
    ngx_tsunagari_html_facet_t     f;

    out = page->out;
    c = &page->snap->collections[page->route.collection];
    i = ngx_tsunagari_facet(c, facet, &n);
    end = i + n;

    f.page = page;
    f.facet = facet;
    f.stop = 0;
    f.links.snap = page->snap;
    f.links.links = snap_value_links(c, page->query->lang);
    f.links.counts = page->result.counts;
    f.links.begin = begin;
    f.links.least = 1;
    f.links.last = end;
    f.links.left = 0;

    if (facet == SNAP_FACET_TAG) {
        ngx_tsunagari_html_tags(page, i, end, &f.links.least, &f.links.last);
    }

    for ( ;; ) {

        /* what is chosen stands there even where nothing has it */

        picked = ngx_tsunagari_html_selected(&page->result.chosen[facet], i,
                                             end);

        i = ngx_tsunagari_links(&f.links, out, i, picked);

        if (i == end) {
            break;
        }

        if (f.links.left == 0) {

            if (ngx_tsunagari_html_facet_next(&f) != NGX_OK) {
                break;
            }

            if (i < picked && begin->len) {
                continue;
            }
        }

        if (i == picked) {
            ngx_tsunagari_html_facet_chosen(page, facet, i);

        } else {
            ngx_tsunagari_html_facet_value(&f, i);
        }

        f.links.left--;
        i++;
    }

    if (f.stop == 0) {
        return;
    }

    ngx_tsunagari_out_lit(out, "</ul>");

    if (f.stop == NGX_TSUNAGARI_FACET_MAX) {
        ngx_tsunagari_out_lit(out, "</details>");
    }

    ngx_tsunagari_out_lit(out, "</details>");
}


/* What stands before the next value; NGX_DONE: no more of them. */

static ngx_int_t
ngx_tsunagari_html_facet_next(ngx_tsunagari_html_facet_t *f)
{
    ngx_tsunagari_out_t   *out;
    ngx_tsunagari_page_t  *page;

    page = f->page;
    out = page->out;

    switch (f->stop) {

    case 0:
        ngx_tsunagari_out_lit(out, "<details class=\"facet facet-");
        ngx_tsunagari_out_str(out, &ngx_tsunagari_facet_name[f->facet]);

        /* what is chosen is in view; of a region, the chip says so */

        if (f->facet == SNAP_FACET_KIND
            || (page->result.chosen[f->facet].n
                && f->facet != SNAP_FACET_REGION))
        {
            ngx_tsunagari_out_lit(out, "\" open><summary>");

        } else {
            ngx_tsunagari_out_lit(out, "\"><summary>");
        }

        ngx_tsunagari_html_label(page, SNAP_LABEL_FACET + (uint32_t) f->facet);
        ngx_tsunagari_out_lit(out, "</summary><ul>");

        f->stop = NGX_TSUNAGARI_FACET_SHOWN;
        f->links.left = NGX_TSUNAGARI_FACET_SHOWN;
        return NGX_OK;

    case NGX_TSUNAGARI_FACET_SHOWN:
        ngx_tsunagari_out_lit(out, "</ul><details class=\"more\"><summary>");
        ngx_tsunagari_html_label(page, SNAP_LABEL_MORE);
        ngx_tsunagari_out_lit(out, "</summary><ul>");

        f->stop = NGX_TSUNAGARI_FACET_MAX;
        f->links.left = NGX_TSUNAGARI_FACET_MAX - NGX_TSUNAGARI_FACET_SHOWN;
        return NGX_OK;
    }

    return NGX_DONE;
}


/*
 * A link that adds the value to the query; another region takes the place
 * of the one there is.
 */

static void
ngx_tsunagari_html_facet_value(ngx_tsunagari_html_facet_t *f, uint32_t value)
{
    struct snap_span             link;
    ngx_tsunagari_out_t         *out;
    ngx_tsunagari_links_begin_t  *begin;

    begin = f->links.begin;
    out = f->page->out;

    if (begin->len) {
        (void) ngx_tsunagari_out_again(out, begin->from, begin->len);

    } else {
        begin->from = out->len;
        ngx_tsunagari_html_facet_link(f->page);

        if (ngx_tsunagari_html_facet_href(f->page, f->facet, SNAP_NONE)) {
            ngx_tsunagari_out_lit(out, "&amp;");

        } else {
            ngx_tsunagari_out_lit(out, "?");
        }

        begin->len = out->len - begin->from;

        if (begin->len <= NGX_TSUNAGARI_LINKS_BEGIN && out->len <= out->size) {

            /* apart from the output, where blocks would overlap */

            ngx_memmove(begin->text, out->start + begin->from, begin->len);
        }
    }

    link = snap_bytes(f->page->snap, f->links.links[value]);

    ngx_tsunagari_out(out, link.data, link.length);
    ngx_tsunagari_out_uint(out, f->page->result.counts[value]);
    ngx_tsunagari_out_lit(out, NGX_TSUNAGARI_LINKS_END);
}


/* A link that takes the value out of the query. */

static void
ngx_tsunagari_html_facet_chosen(ngx_tsunagari_page_t *page,
    ngx_uint_t facet, uint32_t value)
{
    ngx_tsunagari_out_t  *out;

    out = page->out;

    ngx_tsunagari_html_facet_link(page);
    ngx_tsunagari_html_href_end(page,
                                ngx_tsunagari_html_facet_href(page, facet,
                                                              value));
    ngx_tsunagari_out_lit(out, "\" aria-current=\"true\">");
    ngx_tsunagari_html_value(page, value);
    ngx_tsunagari_out_lit(out, " <b>");
    ngx_tsunagari_out_uint(out, page->result.counts[value]);
    ngx_tsunagari_out_lit(out, NGX_TSUNAGARI_LINKS_END);
}


static void
ngx_tsunagari_html_facet_link(ngx_tsunagari_page_t *page)
{
    ngx_tsunagari_out_lit(page->out, "<li><a");
    ngx_tsunagari_html_nofollow(page);
    ngx_tsunagari_out_lit(page->out, " href=\"");
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

    ngx_tsunagari_html_href_begin(page, facet, 1, &href);
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
