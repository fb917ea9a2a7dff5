
/*
 * ngx_tsunagari_html_form.c: options and inputs of a form.
 */


#include "ngx_tsunagari_html.h"


static ngx_uint_t ngx_tsunagari_html_whole_form(ngx_tsunagari_page_t *page);
static void ngx_tsunagari_html_bytes(ngx_tsunagari_page_t *page,
    uint64_t from, uint64_t to);
static void ngx_tsunagari_html_hidden_input(ngx_tsunagari_page_t *page,
    const ngx_str_t *name, const ngx_str_t *value);


void
ngx_tsunagari_html_form(ngx_tsunagari_page_t *page)
{
    ngx_tsunagari_html_template(page, ngx_tsunagari_html_whole_form(page)
                                      ? SNAP_PAGE_FORM
                                      : SNAP_PAGE_FORM_WORDS);
}


/*
 * Facets lead to every region and kind that has a document.  Without hits
 * there are none of them, a table goes without, and so may a fragment.
 */

static ngx_uint_t
ngx_tsunagari_html_whole_form(ngx_tsunagari_page_t *page)
{
    return page->route.route != NGX_TSUNAGARI_ROUTE_LIST
           || page->result.docs_n == 0
           || page->query->table
           || page->query->fragment;
}


/*
 * The options of a facet lie one behind the other in the snapshot: they are
 * written in one piece, cut where one is selected.
 */

void
ngx_tsunagari_html_options(ngx_tsunagari_page_t *page, ngx_uint_t facet,
    uint32_t all)
{
    uint32_t                       n, value, end;
    uint64_t                       at, cut;
    ngx_tsunagari_out_t           *out;
    const struct snap_value_text  *texts;
    const struct snap_collection  *c;

    out = page->out;
    c = &page->snap->collections[page->route.collection];
    texts = snap_value_texts(c, page->query->lang);
    value = ngx_tsunagari_facet(c, facet, &n);
    end = value + n;

    ngx_tsunagari_out_lit(out, "<option value=\"\">");
    ngx_tsunagari_html_label(page, all);
    ngx_tsunagari_out_lit(out, "</option>");

    if (n == 0) {
        return;
    }

    at = texts[value].option.offset;

    for ( ;; ) {
        value = ngx_tsunagari_html_selected(&page->result.chosen[facet],
                                            value, end);
        if (value == end) {
            break;
        }

        cut = texts[value].option.offset
              + texts[value].option_cut;

        ngx_tsunagari_html_bytes(page, at, cut);
        ngx_tsunagari_out_lit(out, " selected");

        at = cut;
        value++;
    }

    cut = texts[end - 1].option.offset
          + texts[end - 1].option.length;

    ngx_tsunagari_html_bytes(page, at, cut);
}


uint32_t
ngx_tsunagari_html_selected(const ngx_tsunagari_chosen_t *chosen,
    uint32_t value, uint32_t end)
{
    ngx_uint_t  i;

    for (i = 0; i < chosen->n; i++) {

        if (chosen->value[i] >= value && chosen->value[i] < end) {
            end = chosen->value[i];
        }
    }

    return end;
}


static void
ngx_tsunagari_html_bytes(ngx_tsunagari_page_t *page, uint64_t from,
    uint64_t to)
{
    struct snap_ref   ref;
    struct snap_span  text;

    if (to < from || to - from > NGX_TSUNAGARI_OUT_MAX) {
        return;
    }

    ref.offset = from;
    ref.length = (uint32_t) (to - from);
    ref.reserved = 0;

    text = snap_bytes(page->snap, ref);

    ngx_tsunagari_out(page->out, text.data, text.length);
}


/* Suggestions are sorted by need: one option for each run of a need. */

void
ngx_tsunagari_html_needs(ngx_tsunagari_page_t *page)
{
    uint32_t                       i, need, last;
    struct snap_span               title;
    ngx_tsunagari_out_t           *out;
    const struct snap             *s;
    const struct snap_collection  *c;

    s = page->snap;
    out = page->out;
    c = &s->collections[SNAP_NEEDS];
    last = SNAP_NONE;

    for (i = 0; i < s->suggestions_n; i++) {

        need = s->suggestions[i].need;

        if (need == last || need >= c->docs_n
            || out->len > NGX_TSUNAGARI_OUT_MAX)
        {
            continue;
        }

        last = need;
        title = snap_bytes(s, snap_title(&c->docs[need]));

        ngx_tsunagari_out_lit(out, "<option value=\"");
        ngx_tsunagari_out_uint(out, c->docs[need].id);

        if (need == page->doc) {
            ngx_tsunagari_out_lit(out, "\" selected>");

        } else {
            ngx_tsunagari_out_lit(out, "\">");
        }

        ngx_tsunagari_out(out, title.data, title.length);
        ngx_tsunagari_out_lit(out, "</option>");
    }
}


void
ngx_tsunagari_html_hidden(ngx_tsunagari_page_t *page)
{
    static const ngx_str_t  sort = ngx_string("sort");
    static const ngx_str_t  lang = ngx_string("lang");
    static const ngx_str_t  view = ngx_string("view");
    static const ngx_str_t  table = ngx_string("table");

    ngx_uint_t              i, k, whole;
    ngx_tsunagari_query_t  *q;

    q = page->query;
    whole = ngx_tsunagari_html_whole_form(page);

    for (i = 0; i < SNAP_FACETS; i++) {

        if (whole && (i == SNAP_FACET_REGION || i == SNAP_FACET_KIND)) {
            continue;
        }

        for (k = 0; k < q->facets[i].n; k++) {
            ngx_tsunagari_html_hidden_input(page, &ngx_tsunagari_facet_name[i],
                                            &q->facets[i].value[k]);
        }
    }

    if (q->sort) {
        ngx_tsunagari_html_hidden_input(page, &sort,
                                        &ngx_tsunagari_sort_name[q->sort]);
    }

    if (q->table) {
        ngx_tsunagari_html_hidden_input(page, &view, &table);
    }

    if (q->lang != SNAP_LANG_JA) {
        ngx_tsunagari_html_hidden_input(page, &lang,
                                        &ngx_tsunagari_lang_name[q->lang]);
    }
}


static void
ngx_tsunagari_html_hidden_input(ngx_tsunagari_page_t *page,
    const ngx_str_t *name, const ngx_str_t *value)
{
    ngx_tsunagari_out_t  *out;

    out = page->out;

    ngx_tsunagari_out_lit(out, "<input type=\"hidden\" name=\"");
    ngx_tsunagari_out_str(out, name);
    ngx_tsunagari_out_lit(out, "\" value=\"");
    ngx_tsunagari_out_html(out, value->data, value->len);
    ngx_tsunagari_out_lit(out, "\">");
}
