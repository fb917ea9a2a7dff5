
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
 *                   region, kind, q, page
 *   SUMMARY         <p class="summary" role="status"><strong>12</strong> 件
 *                   <span class="page">2/3 ページ</span></p>
 *                   <ul class="chips"><li><a href rel="nofollow">座間市
 *                   <span class="remove">はずす</span></a></li>...</ul>
 *                   (no list without an active filter)
 *   WIDENED         <p class="widened" role="status">...</p> or nothing
 *   FACETS          <details class="facet facet-kind" [open]>
 *                   <summary>種類</summary><ul><li><a href rel="nofollow"
 *                   [aria-current="true"]>会場 <span class="count">3</span>
 *                   </a></li>...</ul></details>..., values without a
 *                   document left out; the longest FACET_SHOWN of each, the
 *                   others in <details class="more"><summary>もっと見る
 *                   </summary><ul>...</ul></details> inside the facet
 *   HITS            the cards one after the other, nothing around them
 *                   (page EMPTY takes their place when there is none)
 *   PAGER           <nav class="pager" aria-label><ul><li><a href rel="prev">
 *                   ...<li><a href [aria-current="page"]>2</a></li>...</ul>
 *                   </nav>, nothing with one page
 *   NEAR            <nav class="near" aria-label><ul><li><a href>...</a></li>
 *                   ...</ul></nav>: ancestors, then neighbours; nothing
 *                   without one chosen region
 *   MESSAGE         text: what is wrong, naming the parameter
 *   TITLE           text without markup
 *
 * On the suggestions page HITS are the fragments of the need's suggestions.
 */


#ifndef _NGX_TSUNAGARI_HTML_H_INCLUDED_
#define _NGX_TSUNAGARI_HTML_H_INCLUDED_


#include "ngx_tsunagari_page.h"


#define NGX_TSUNAGARI_FACET_SHOWN  12


/* Writes the whole answer of page->route as HTML into page->out. */
void ngx_tsunagari_html(ngx_tsunagari_page_t *page);


#endif /* _NGX_TSUNAGARI_HTML_H_INCLUDED_ */
