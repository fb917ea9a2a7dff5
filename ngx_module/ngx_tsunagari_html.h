
/*
 * ngx_tsunagari_html.h: what the module writes into the slots of a page.
 *
 * Everything else of a page (frame, form, headings, cards, style sheet) is
 * a template or fragment of the snapshot; its authors may rely on this
 * markup.  Slots that stand inside an attribute or a <select> are text or
 * <option>s; all texts are escaped here.
 *
 *   BASE            /tsunagari, percent-encoded; "" when the location is /
 *   LANG_FIRST      "", ?lang=easy, ?lang=en
 *   LANG_NEXT       "", &amp;lang=easy, &amp;lang=en
 *   LANG_LINKS      <ul class="langs"><li><a href hreflang lang
 *                   [aria-current="true"]>日本語</a></li>...</ul>
 *   CANONICAL       /tsunagari/resources?region=142166&amp;kind=venue
 *   REGION_OPTIONS  <option value="">..., <option value="142166" selected>
 *   KIND_OPTIONS    likewise; NEED_OPTIONS likewise, value: id
 *   HIDDEN          <input type="hidden" name value>...: all arguments but
 *                   q and page, in a whole form region and kind
 *   FORM            page FORM; on a list with facets, which has its hits and
 *                   stands in its own frame, page FORM_WORDS
 *   SUMMARY         <p class="summary" role="status"><strong>12</strong> 件
 *                   <span class="page">2/3 ページ</span></p>
 *                   <ul class="chips"><li><a [nofollow] href>座間市
 *                   <span class="remove">はずす</span></a></li>...</ul>
 *                   (no list without an active filter)
 *   SORTS           <nav class="sorts" aria-label="並び順"><ul><li><a
 *                   [nofollow] href [aria-current="true"]>近い順</a></li>...
 *                   </ul></nav>; nothing with less than two hits; 近い順 with
 *                   a region only
 *   VIEW            <p class="view"><a class="act" [nofollow] href>表で見る
 *                   </a></p>, in a table カードで見る; nothing without hits
 *   WIDENED         <p class="widened" role="status">...</p> or nothing
 *   FACETS          <details class="facet facet-kind" [open]>
 *                   <summary>種類</summary><ul><li><a [nofollow] href
 *                   [aria-current="true"]>会場 <b>3</b>
 *                   </a></li>...</ul></details>..., values without a
 *                   document left out, of the tags all but the FACET_TAGS
 *                   that most documents have; the first FACET_SHOWN in the
 *                   <ul>, up to FACET_MAX in <details class="more"><summary>
 *                   もっと見る</summary><ul>...</ul></details> behind it
 *   HITS            the cards one after the other, nothing around them
 *                   (page EMPTY takes their place when there is none)
 *   PAGER           <nav class="pager" aria-label><ul><li><a href rel="prev">
 *                   ...<li><a href [aria-current="page"]>2</a></li>...</ul>
 *                   </nav>, nothing with one page
 *   NEAR            <nav class="near" aria-label><ul><li><a href>...</a></li>
 *                   ...</ul></nav>: ancestors, then neighbours; nothing
 *                   without one chosen region
 *   ALTERNATES      <link rel="alternate" hreflang href> for each language and
 *                   x-default, <link rel="alternate" type="application/json"
 *                   href> where there is one, <meta name="robots"
 *                   content="nofollow"> on a list of several filters, another
 *                   with "noindex" on one of a text; nothing on an error.
 *                   On the search page and a document's own: <meta
 *                   name="description"> and the same as Open Graph has it
 *   NEED            <h2 lang="ja"><a href>title</a></h2>, or nothing
 *   MESSAGE         text: what is wrong, naming the parameter
 *   TITLE           text without markup; of a list 座間市 場所・活動: 茶, 会場
 *                   (2/3 ページ): the one region, text and values of filters
 *                   (TITLE_VALUES of them), the page from the second on;
 *                   of suggestions 連携の提案: title of the need
 *
 * On the suggestions page HITS are the fragments of the need's suggestions.
 *
 * [nofollow] is rel="nofollow" in fragments and on lists that robots follow
 * links to; on all others the frame says it, once for all links.
 */


#ifndef _NGX_TSUNAGARI_HTML_H_INCLUDED_
#define _NGX_TSUNAGARI_HTML_H_INCLUDED_


#include "ngx_tsunagari_page.h"


#define NGX_TSUNAGARI_FACET_SHOWN  12
#define NGX_TSUNAGARI_FACET_MAX    200
#define NGX_TSUNAGARI_FACET_TAGS   24

/* A page holds a list, a list holds cards: no slot lies deeper. */
#define NGX_TSUNAGARI_HTML_DEPTH   4

/*
 * Nor are there more than some thirty: a damaged file may have a template
 * hold itself as often as it likes, and write nothing.
 */
#define NGX_TSUNAGARI_HTML_SLOTS   1024


/* Writes the whole answer of page->route as HTML into page->out. */
void ngx_tsunagari_html(ngx_tsunagari_page_t *page);


/* Slots of a list, in ngx_tsunagari_html_list.c. */
void ngx_tsunagari_html_summary(ngx_tsunagari_page_t *page);
void ngx_tsunagari_html_sorts(ngx_tsunagari_page_t *page);
void ngx_tsunagari_html_view(ngx_tsunagari_page_t *page);
void ngx_tsunagari_html_widened(ngx_tsunagari_page_t *page);
void ngx_tsunagari_html_facets(ngx_tsunagari_page_t *page);
void ngx_tsunagari_html_pager(ngx_tsunagari_page_t *page);
void ngx_tsunagari_html_near(ngx_tsunagari_page_t *page);

/* "2/3 ページ" */
void ngx_tsunagari_html_page_of(ngx_tsunagari_page_t *page);

/* The slot TITLE. */
void ngx_tsunagari_html_title(ngx_tsunagari_page_t *page);

/* Slots of a form, in ngx_tsunagari_html_form.c. */
void ngx_tsunagari_html_options(ngx_tsunagari_page_t *page,
    ngx_uint_t facet, uint32_t all);
void ngx_tsunagari_html_needs(ngx_tsunagari_page_t *page);
void ngx_tsunagari_html_hidden(ngx_tsunagari_page_t *page);
void ngx_tsunagari_html_form(ngx_tsunagari_page_t *page);

/*
 * Of the tags from `value` up to end the FACET_TAGS that most documents have:
 * those with a count above *least, and of those with just that up to *last.
 * Anybody may add a tag.  Neither is set when there are fewer.
 */
void ngx_tsunagari_html_tags(ngx_tsunagari_page_t *page, uint32_t value,
    uint32_t end, uint32_t *least, uint32_t *last);

/* The first value from `value` on that is chosen, or end. */
uint32_t ngx_tsunagari_html_selected(const ngx_tsunagari_chosen_t *chosen,
    uint32_t value, uint32_t end);

/* SNAP_PAGE_* in the page's language, with its slots. */
void ngx_tsunagari_html_template(ngx_tsunagari_page_t *page, uint32_t number);

/* The slot handler of pages and of what stands in them (data: the page). */
void ngx_tsunagari_html_slot(void *data, ngx_uint_t slot);

/* The slot HITS, in ngx_tsunagari_html_hits.c. */
void ngx_tsunagari_html_hits(ngx_tsunagari_page_t *page);
void ngx_tsunagari_html_hits_ahead(ngx_tsunagari_page_t *page);

/* The slot MESSAGE, and TITLE of an error. */
void ngx_tsunagari_html_message(ngx_tsunagari_page_t *page);
void ngx_tsunagari_html_error_title(ngx_tsunagari_page_t *page);

/*
 * Path and query of the page without the arguments skip, with that number and
 * language; of an error without any argument.  Returns their number.
 */
ngx_uint_t ngx_tsunagari_html_address(ngx_tsunagari_page_t *page,
    ngx_uint_t skip, ngx_uint_t number, uint32_t lang);

/*
 * The present list without the arguments skip and with that page number, as
 * a link of the page itself: of a fragment, which stands in other pages, with
 * its path and without a letter beyond ASCII, else as short as ?q=茶.
 */
void ngx_tsunagari_html_href(ngx_tsunagari_page_t *page,
    ngx_uint_t skip, ngx_uint_t number);

/*
 * The same with more arguments behind it, in three steps; href->len is 0
 * before the first link of a kind.  After none at all, the end is a path.
 */
void ngx_tsunagari_html_href_begin(ngx_tsunagari_page_t *page,
    ngx_uint_t skip, ngx_uint_t number, ngx_tsunagari_href_t *href);
void ngx_tsunagari_html_href_arg(ngx_tsunagari_page_t *page,
    ngx_uint_t *args, ngx_uint_t facet, const u_char *data, size_t len);
void ngx_tsunagari_html_href_end(ngx_tsunagari_page_t *page, ngx_uint_t args);

/* The attribute [nofollow] of a link to another list. */
void ngx_tsunagari_html_nofollow(ngx_tsunagari_page_t *page);

/* The slots ALTERNATES and NEED. */
void ngx_tsunagari_html_alternates(ngx_tsunagari_page_t *page);
void ngx_tsunagari_html_preview(ngx_tsunagari_page_t *page); /* ALTERNATES */
void ngx_tsunagari_html_need(ngx_tsunagari_page_t *page);

/* A label in the language of the page. */
void ngx_tsunagari_html_label(ngx_tsunagari_page_t *page, uint32_t label);

/* The label of a value, or its code. */
void ngx_tsunagari_html_value(ngx_tsunagari_page_t *page, uint32_t value);


#endif /* _NGX_TSUNAGARI_HTML_H_INCLUDED_ */
