
/*
 * ngx_tsunagari_html_facets.c: values with counts, each a link.
 */


#include "ngx_tsunagari_html.h"


#define NGX_TSUNAGARI_FACET_END      "</b></a></li>"
#define NGX_TSUNAGARI_FACET_END_LEN  (sizeof(NGX_TSUNAGARI_FACET_END) - 1)

/* A count of four digits and the end, and what is written past a link. */
#define NGX_TSUNAGARI_FACET_ROOM     (2 * NGX_TSUNAGARI_OUT_BLOCK)

/* Longer addresses are written one by one. */
#define NGX_TSUNAGARI_FACET_HREF     (4 * NGX_TSUNAGARI_OUT_BLOCK)


/* How the links of a facet begin. */
typedef struct {
    size_t                       from;      /* where in the output */
    size_t                       len;       /* 0: not written yet */
    u_char                       text[NGX_TSUNAGARI_FACET_HREF];
} ngx_tsunagari_html_begin_t;


/* One facet while it is written. */
typedef struct {
    ngx_tsunagari_page_t        *page;
    ngx_uint_t                   facet;
    const struct snap_ref       *links;     /* by value */
    ngx_tsunagari_html_begin_t  *begin;
    ngx_uint_t                   written;
    ngx_uint_t                   stop;      /* so many, then other markup */

    /* left out: counts below least, and of those like it what is behind last */

    uint32_t                     least;
    uint32_t                     last;
} ngx_tsunagari_html_facet_t;


static void ngx_tsunagari_html_facet(ngx_tsunagari_page_t *page,
    ngx_uint_t facet, ngx_tsunagari_html_begin_t *begin);
static ngx_int_t ngx_tsunagari_html_facet_next(
    ngx_tsunagari_html_facet_t *f);
static uint32_t ngx_tsunagari_html_facet_run(ngx_tsunagari_html_facet_t *f,
    uint32_t value, uint32_t end);
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
    ngx_tsunagari_html_begin_t   list, own;

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
    ngx_tsunagari_html_begin_t *begin)
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
    f.links = snap_value_links(c, page->query->lang);
    f.begin = begin;
    f.written = 0;
    f.stop = 0;
    f.least = 1;
    f.last = end;

    if (facet == SNAP_FACET_TAG) {
        ngx_tsunagari_html_tags(page, i, end, &f.least, &f.last);
    }

    for ( ;; ) {

        /* what is chosen stands there even where nothing has it */

        picked = ngx_tsunagari_html_selected(&page->result.chosen[facet], i,
                                             end);

        i = ngx_tsunagari_html_facet_run(&f, i, picked);

        if (i == end) {
            break;
        }

        if (f.written == f.stop) {

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

        f.written++;
        i++;
    }

    if (f.written == 0) {
        return;
    }

    ngx_tsunagari_out_lit(out, "</ul>");

    if (f.written > NGX_TSUNAGARI_FACET_SHOWN) {
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
        return NGX_OK;

    case NGX_TSUNAGARI_FACET_SHOWN:
        ngx_tsunagari_out_lit(out, "</ul><details class=\"more\"><summary>");
        ngx_tsunagari_html_label(page, SNAP_LABEL_MORE);
        ngx_tsunagari_out_lit(out, "</summary><ul>");

        f->stop = NGX_TSUNAGARI_FACET_MAX;
        return NGX_OK;
    }

    return NGX_DONE;
}


/*
 * Links of the counted values from `value` on; returns the first that needs
 * more than to be put behind the others, or end.  Most of a page's time would
 * be spent here: a link is three copies by whole blocks and four digits.
 */

static uint32_t
ngx_tsunagari_html_facet_run(ngx_tsunagari_html_facet_t *f, uint32_t value,
    uint32_t end)
{
    size_t                  n, len;
    u_char                 *p;
    uint32_t                four, least;
    ngx_uint_t              left;
    const u_char           *last, *begin, *bytes;
    const uint32_t         *counts;
    struct snap_ref         link;
    const struct snap      *s;
    ngx_tsunagari_out_t    *out;
    const struct snap_ref  *links;

    out = f->page->out;

    left = f->stop - f->written;
    least = f->least;
    len = f->begin->len;

    if (len > NGX_TSUNAGARI_FACET_HREF || out->len > out->size) {
        len = 0;
    }

    /* held here: for all a compiler knows, what is written may be any of it */

    s = f->page->snap;
    begin = f->begin->text;
    bytes = s->bytes;
    links = f->links;
    counts = f->page->result.counts;

    p = out->start + ngx_min(out->len, out->size);
    last = out->start + out->size;

    for ( /* void */ ; value < end; value++) {

        if (counts[value] <= least
            && (counts[value] < least || value > f->last))
        {
            continue;
        }

        link = links[value];

        if (left == 0 || len == 0 || counts[value] >= 10000
            || snap_bytes_left(s, link) < NGX_TSUNAGARI_OUT_BLOCK
            || (size_t) (last - p)
               < len + link.length + NGX_TSUNAGARI_FACET_ROOM)
        {
            break;
        }

        p = ngx_tsunagari_out_blocks(p, begin, len);
        p = ngx_tsunagari_out_blocks(p, bytes + link.offset, link.length);

        four = ngx_tsunagari_out_four(counts[value], &n);

        ngx_memcpy(p, &four, sizeof(uint32_t));
        p += n;

        ngx_memcpy(p, NGX_TSUNAGARI_FACET_END, NGX_TSUNAGARI_FACET_END_LEN);
        p += NGX_TSUNAGARI_FACET_END_LEN;

        left--;
    }

    if (out->len <= out->size) {
        out->len = p - out->start;
    }

    f->written = f->stop - left;

    return value;
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
    ngx_tsunagari_html_begin_t  *begin;

    begin = f->begin;
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

        if (begin->len <= NGX_TSUNAGARI_FACET_HREF && out->len <= out->size) {

            /* apart from the output, where blocks would overlap */

            ngx_memmove(begin->text, out->start + begin->from, begin->len);
        }
    }

    link = snap_bytes(f->page->snap, f->links[value]);

    ngx_tsunagari_out(out, link.data, link.length);
    ngx_tsunagari_out_uint(out, f->page->result.counts[value]);
    ngx_tsunagari_out_lit(out, NGX_TSUNAGARI_FACET_END);
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
    ngx_tsunagari_out_lit(out, NGX_TSUNAGARI_FACET_END);
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
