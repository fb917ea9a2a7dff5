
/*
 * ngx_tsunagari_html_title.c: the title of a page, which is its heading, too.
 */


#include "ngx_tsunagari_html.h"


/* Values of filters in the title of a list; more are told to be there. */
#define NGX_TSUNAGARI_TITLE_VALUES  3


static void ngx_tsunagari_html_title_doc(ngx_tsunagari_page_t *page,
    ngx_uint_t collection);
static void ngx_tsunagari_html_title_list(ngx_tsunagari_page_t *page);
static void ngx_tsunagari_html_title_filters(ngx_tsunagari_page_t *page);
static ngx_int_t ngx_tsunagari_html_title_next(ngx_tsunagari_page_t *page,
    ngx_uint_t n);


static const uint32_t  ngx_tsunagari_html_collection_label[] = {
    SNAP_LABEL_RESOURCES,
    SNAP_LABEL_NEEDS,
    SNAP_LABEL_ORGANIZATIONS,
    SNAP_LABEL_CASES
};


void
ngx_tsunagari_html_title(ngx_tsunagari_page_t *page)
{
    if (page->status != NGX_TSUNAGARI_OK) {
        ngx_tsunagari_html_error_title(page);
        return;
    }

    switch (page->route.route) {

    case NGX_TSUNAGARI_ROUTE_LIST:
        ngx_tsunagari_html_title_list(page);
        break;

    case NGX_TSUNAGARI_ROUTE_DETAIL:
        ngx_tsunagari_html_title_doc(page, page->route.collection);
        break;

    case NGX_TSUNAGARI_ROUTE_SUGGESTIONS:
        ngx_tsunagari_html_label(page, SNAP_LABEL_SUGGESTIONS);

        if (page->doc != SNAP_NONE) {
            ngx_tsunagari_out_lit(page->out, ": ");
            ngx_tsunagari_html_title_doc(page, SNAP_NEEDS);
        }

        break;

    case NGX_TSUNAGARI_ROUTE_ABOUT_ORDER:
        ngx_tsunagari_html_label(page, SNAP_LABEL_ABOUT_ORDER);
        break;

    default: /* NGX_TSUNAGARI_ROUTE_SEARCH */
        ngx_tsunagari_html_label(page, SNAP_LABEL_SEARCH_TITLE);
    }
}


static void
ngx_tsunagari_html_title_doc(ngx_tsunagari_page_t *page,
    ngx_uint_t collection)
{
    struct snap_span               title;
    const struct snap_collection  *c;

    c = &page->snap->collections[collection];
    title = snap_bytes(page->snap, snap_title(&c->docs[page->doc]));

    ngx_tsunagari_out(page->out, title.data, title.length);
}


static void
ngx_tsunagari_html_title_list(ngx_tsunagari_page_t *page)
{
    if (page->result.region != SNAP_NONE) {
        ngx_tsunagari_html_label(page,
               ngx_tsunagari_page_region_label(page, page->result.region));
        ngx_tsunagari_out_lit(page->out, " ");
    }

    ngx_tsunagari_html_label(page,
               ngx_tsunagari_html_collection_label[page->route.collection]);

    ngx_tsunagari_html_title_filters(page);

    if (page->query->page > 1 && page->result.pages > 1) {
        ngx_tsunagari_out_lit(page->out, " (");
        ngx_tsunagari_html_page_of(page);
        ngx_tsunagari_out_lit(page->out, ")");
    }
}


/*
 * The text first, which tells most; then values as the snapshot names them:
 * what it does not know is not for a title that others link to.
 */

static void
ngx_tsunagari_html_title_filters(ngx_tsunagari_page_t *page)
{
    uint32_t                       value;
    ngx_uint_t                     i, k, n;
    const ngx_tsunagari_chosen_t  *chosen;

    n = 0;

    if (page->query->q.len) {
        (void) ngx_tsunagari_html_title_next(page, n++);
        ngx_tsunagari_out_html(page->out, page->query->q.data,
                               page->query->q.len);
    }

    for (i = 0; i < SNAP_FACETS; i++) {

        if (i == SNAP_FACET_REGION && page->result.region != SNAP_NONE) {
            continue;
        }

        chosen = &page->result.chosen[i];

        for (k = 0; k < chosen->n; k++) {

            value = chosen->value[k];

            if (value == SNAP_NONE) {
                continue;
            }

            if (ngx_tsunagari_html_title_next(page, n++) != NGX_OK) {
                return;
            }

            ngx_tsunagari_html_value(page, value);
        }
    }
}


/* What stands before filter n; NGX_DECLINED: it is one too many. */

static ngx_int_t
ngx_tsunagari_html_title_next(ngx_tsunagari_page_t *page, ngx_uint_t n)
{
    if (n == 0) {
        ngx_tsunagari_out_lit(page->out, ": ");
        return NGX_OK;
    }

    ngx_tsunagari_out_lit(page->out, ", ");

    if (n < NGX_TSUNAGARI_TITLE_VALUES) {
        return NGX_OK;
    }

    ngx_tsunagari_out_lit(page->out, "…");

    return NGX_DECLINED;
}
