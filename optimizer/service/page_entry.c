/* page_entry.c: /entry/: where an entry sheet begins. */
#include <string.h>

#include "page.h"
#include "route.h"
#include "sheet.h"

/* A field that people do not see; what fills in every field is no person. */
#define TRAP "homepage"

static void
put_trap(struct call *call, const char *id)
{
    html_format(call->body,
        "<div class=\"trap\" aria-hidden=\"true\"><label for=\"%s\">"
        "ここには何も書かないでください</label><input id=\"%s\""
        " name=\"" TRAP "\" tabindex=\"-1\" autocomplete=\"off\"></div>\n",
        id, id);
}

static void
put_begin(struct call *call, const char *side, const char *label,
    const char *easy)
{
    form_begin(call, "/entry/new", "form start");
    form_hidden(call, "side", side);
    put_trap(call, arena_format(call->arena, "trap-%s", side));
    html_format(call->body, "<p>%s</p>\n", easy);
    form_button(call, NULL, NULL, label, "main");
    form_end(call);
}

static bool
get_entry(struct call *call, struct err *err)
{
    (void)err;
    page_begin(call, PAGE_PUBLIC, "エントリーする");
    html_raw(call->body,
        "<p class=\"intro\">団体の「困っていること」「できること」を書いて"
        "ください。アカウントはいりません。メールで確かめたあと、事務局が"
        "内容を見てから、ページに載ります。"
        "<span class=\"easy\">だんたいの こまっている こと・できる ことを"
        " かいて ください。</span>"
        "<span class=\"easy\" lang=\"en\">Tell us what your organisation"
        " needs or can offer. No account is needed.</span></p>\n"
        "<div class=\"row\">\n");
    put_begin(call, "need", "ニーズを書く",
        "ほしいもの・手伝ってほしいこと / What you need");
    put_begin(call, "offer", "シーズを書く",
        "出せるもの・できること / What you can offer");
    html_raw(call->body, "</div>\n");
    page_end(call);
    return true;
}

static bool
post_new(struct call *call, struct err *err)
{
    struct sheet sheet;
    const char *side = request_form(call->request, "side");
    if (request_form(call->request, TRAP)[0] != '\0') {
        return call_refuse(call, 403, NULL);
    }
    if (strcmp(side, "need") != 0 && strcmp(side, "offer") != 0) {
        return call_refuse(call, 400, NULL);
    }
    return sheet_new(call, strcmp(side, "need") == 0, &sheet, err) &&
           call_done(call,
               arena_format(call->arena, "/entry/sheet/%s", sheet.token),
               NULL);
}

const struct route entry_routes[] = {
    {REQUEST_GET, "/entry/", ROLE_ANYONE, get_entry, NULL, 0},
    {REQUEST_POST, "/entry/new", ROLE_ANYONE, post_new, NULL, 0},
    {0},
};
