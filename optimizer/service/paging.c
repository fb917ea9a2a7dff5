/* paging.c: pages of a table (paging.h). */
#include "paging.h"

#include <string.h>

struct paging
paging_read(const struct call *call)
{
    struct paging paging = {.limit = PAGING_ROWS};
    paging.page =
        request_int(request_query(call->request, "page"), 1, PAGING_MAX, 1);
    paging.offset = (paging.page - 1) * paging.limit;
    return paging;
}

static void
put_link(struct call *call, int64_t page, const char *rel, const char *label)
{
    html_format(call->body, "<li><a rel=\"%s\" href=\"", rel);
    html_raw(call->body, call_with_query(call,
        arena_format(call->arena, "?page=%ld", (long)page), "page"));
    html_format(call->body, "\">%s</a></li>\n", label);
}

void
paging_write(struct call *call, const struct paging *paging)
{
    int64_t pages = (paging->total + paging->limit - 1) / paging->limit;
    html_format(call->body, "<p class=\"count\">全 %ld 件</p>\n",
        (long)paging->total);
    if (pages <= 1) {
        return;
    }
    html_raw(call->body,
        "<nav class=\"pager\" aria-label=\"ページ\">\n<ul>\n");
    if (paging->page > 1) {
        put_link(call, paging->page - 1, "prev", "前へ");
    }
    html_format(call->body, "<li><span>%ld / %ld</span></li>\n",
        (long)paging->page, (long)pages);
    if (paging->page < pages) {
        put_link(call, paging->page + 1, "next", "次へ");
    }
    html_raw(call->body, "</ul>\n</nav>\n");
}

void
table_begin(struct call *call, const char *caption, const char *const *heads)
{
    /* a wide table scrolls by itself, also by the keyboard */
    html_format(call->body,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\""
        " aria-label=\"%s\">\n<table>\n<caption>%s</caption>\n"
        "<thead><tr>",
        caption, caption);
    for (; *heads != NULL; heads++) {
        html_format(call->body, "<th scope=\"col\">%s</th>", *heads);
    }
    html_raw(call->body, "</tr></thead>\n<tbody>\n");
}

void
table_end(struct call *call)
{
    html_raw(call->body, "</tbody>\n</table>\n</div>\n");
}
