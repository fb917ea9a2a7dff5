/* page_home.c: the first page of staff and of members: what waits. */
#include "page.h"
#include "route.h"

static bool
put_count(struct call *call, const char *sql, const char *label,
    const char *href, struct err *err)
{
    int64_t n = 0;
    if (!store_query_int(call->store, sql, &n, err)) {
        return false;
    }
    html_format(call->body,
        "<li><a href=\"%s\"><strong>%ld</strong> %s</a></li>\n", href,
        (long)n, label);
    return true;
}

static bool
get_staff(struct call *call, struct err *err)
{
    page_begin(call, PAGE_STAFF, "事務局");
    html_raw(call->body, "<ul class=\"tiles\">\n");
    if (!put_count(call,
            "SELECT count(*) FROM entries WHERE state = 'submitted'",
            "審査を待つエントリー", "/staff/entries?state=submitted", err) ||
        !put_count(call,
            "SELECT count(*) FROM entries WHERE state = 'approved'",
            "承認したエントリー", "/staff/entries?state=approved", err) ||
        !put_count(call, "SELECT coalesce(max(id), 0) FROM runs",
            "番の計画（いちばん新しい）", "/staff/suggestions", err)) {
        return false;
    }
    html_raw(call->body, "</ul>\n");
    page_end(call);
    return true;
}

static bool
get_member(struct call *call, struct err *err)
{
    (void)err;
    page_begin(call, PAGE_MEMBER, "構成員のページ");
    html_format(call->body,
        "<ul class=\"links\"><li><a href=\"/member/suggestions\">"
        "自分の団体への提案</a></li><li><a href=\"/member/entries\">"
        "自分の団体の登録内容</a></li><li><a href=\"%s/suggestions\">"
        "組み合わせの提案（構成員向けの一覧）</a></li><li><a href=\"/entry/\">"
        "エントリーする</a></li></ul>\n",
        call->settings->members_base);
    page_end(call);
    return true;
}

/* /staff, as people type it. */
static bool
get_bare(struct call *call, struct err *err)
{
    (void)err;
    return call_done(call,
        arena_format(call->arena, "%s/", call->route->path), NULL);
}

const struct route home_routes[] = {
    {REQUEST_GET, "/staff", ROLE_ANYONE, get_bare, NULL, ROUTE_NO_STORE},
    {REQUEST_GET, "/member", ROLE_ANYONE, get_bare, NULL, ROUTE_NO_STORE},
    {REQUEST_GET, "/entry", ROLE_ANYONE, get_bare, NULL, ROUTE_NO_STORE},
    {REQUEST_GET, "/staff/", ROLE_VIEWER, get_staff, "事務局", 0},
    {REQUEST_GET, "/member/", ROLE_MEMBER, get_member, "構成員", 0},
    {0},
};
