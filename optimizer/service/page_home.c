/* page_home.c: the first page of staff and of members: what waits. */
#include "desk.h"
#include "optimizer/staff/outcome.h"
#include "optimizer/store/run.h"
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

/* The plan that is shown is not of last night. */
static bool
put_failed_night(struct call *call, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT id, plan_date FROM runs WHERE id ="
        " (SELECT max(id) FROM runs) AND NOT (" RUN_HAS_PLAN ")",
        err);
    if (stmt == NULL) {
        return false;
    }
    int step = store_step(stmt, err);
    if (step > 0) {
        page_alert(call, arena_format(call->arena,
            "%s の計算（%ld 番）では計画ができませんでした。前の計画のままです。"
            "システムの担当者に知らせてください。",
            store_text(stmt, 1), (long)store_int(stmt, 0)));
    }
    store_finish(stmt);
    return step >= 0;
}

/* What the mail server has refused for an hour waits for somebody to look. */
static bool
put_mails(struct call *call, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT count(*), ifnull(min(created_at), '') FROM mails"
        " WHERE delivered_at IS NULL AND created_at <"
        " strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 hours')",
        err);
    if (stmt == NULL) {
        return false;
    }
    bool ok = store_step(stmt, err) == 1;
    if (ok && store_int(stmt, 0) > 0) {
        page_alert(call, arena_format(call->arena,
            "送れていないメールが %ld 通あります（いちばん古いものは %s）。"
            "システムの担当者に知らせてください。",
            (long)store_int(stmt, 0),
            page_minute(call, store_text(stmt, 1))));
    }
    store_finish(stmt);
    return ok;
}

/* Partners wait for somebody who withdrew: nobody else tells them. */
static bool
put_left(struct call *call, struct err *err)
{
    struct outcome_query query = {.stage = OUTCOME_NONE, .left = true,
        .most = 1};
    struct outcome_list list;
    if (!outcome_load(call->store, &query, call->arena, &list, err)) {
        return false;
    }
    if (list.n > 0) {
        html_raw(call->body, "<p class=\"note\">打診か合意のあとで、登録が休止や"
            "取り下げになった組み合わせがあります。相手に知らせ、続かないときは辞退を"
            "記録してください。"
            "<a href=\"/staff/outcomes?stage=left\">その組み合わせを見る</a>"
            "</p>\n");
    }
    return true;
}

/* Which plan the suggestions are of. */
static bool
put_plan(struct call *call, struct err *err)
{
    int64_t run;
    if (!desk_run(call, &run, err)) {
        return false;
    }
    html_raw(call->body, "<li><a href=\"/staff/suggestions\">");
    if (run > 0) {
        html_format(call->body,
            "<strong>%ld</strong> 番の計画（いちばん新しい）", (long)run);
    } else {
        html_raw(call->body, "<strong>－</strong> まだ計画がありません");
    }
    html_raw(call->body, "</a></li>\n");
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
        !put_plan(call, err)) {
        return false;
    }
    html_raw(call->body, "</ul>\n");
    bool ok = put_left(call, err) && put_failed_night(call, err) &&
              put_mails(call, err);
    page_end(call);
    return ok;
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
