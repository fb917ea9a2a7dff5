/* page_suggestions.c: the newest plan for the secretariat: suggestions, what
 * stays without a partner, what to look for, what nobody uses. */
#include <string.h>

#include "desk.h"
#include "optimizer/staff/desk_list.h"
#include "optimizer/store/run.h"
#include "page.h"
#include "paging.h"
#include "route.h"

/* False with a whole page when there is no plan yet. */
static bool
begin(struct call *call, const char *title, struct desk_query *query,
    bool *done, struct err *err)
{
    struct run run;
    *query = (struct desk_query){.after = desk_after(call),
        .most = PAGING_ROWS};
    *done = false;
    if (!desk_run(call, &query->run_id, err) ||
        (query->run_id > 0 &&
            !run_load(call->store, query->run_id, call->arena, &run, err))) {
        return false;
    }
    page_begin(call, PAGE_STAFF, desk_title(call, title, NULL, ""));
    if (query->run_id == 0) {
        page_note(call, "まだ計画がありません。今夜の計算のあとに出ます。");
        page_end(call);
        *done = true;
        return true;
    }
    html_format(call->body, "<p class=\"count\">計画 %ld（%s）",
        (long)run.id, run.plan_date);
    if (run.amends > 0) {
        html_format(call->body, "、計画 %ld を辞退や休止のあとに改めたもの",
            (long)run.amends);
    }
    html_raw(call->body, "</p>\n");
    return true;
}

static void
put_suggestion(struct call *call, const struct desk_suggestion *s)
{
    html_format(call->body,
        "<tr><th scope=\"row\"><a href=\"/staff/needs/%ld\">%s</a>"
        "<br>%s</th><td>%s %ld%s%s</td><td>%s<br>%s%s</td>"
        "<td>%s</td><td class=\"num\">%s</td><td>%s%s</td>"
        "<td><a href=\"/staff/pairs/%ld/%ld\">進める"
        "<span class=\"quiet\"> %s ← %s</span></a></td></tr>\n",
        (long)s->need_id, s->need_title, s->need_org, s->kind,
        (long)s->units, s->unit, desk_weekday(call, s->weekday),
        s->offer_title, s->offer_org,
        s->offer_linked ? "（県とつながりあり）" : "", s->reason,
        desk_cost(call, s->units, s->unit, s->unit_yen),
        s->stage == OUTCOME_NONE ? "提案" : outcome_label_ja(s->stage),
        s->need_accepted && s->offer_accepted ? "（どちらも受ける返事）"
        : s->need_accepted                    ? "（募集の団体は受ける返事）"
        : s->offer_accepted                   ? "（資源の団体は受ける返事）"
                                              : "",
        (long)s->need_id,
        (long)s->offer_id, s->need_title, s->offer_title);
}

static bool
get_suggestions(struct call *call, struct err *err)
{
    static const char *const heads[] = {"募集", "求めるもの", "相手",
        "理由", "費用", "段階", "操作", NULL};
    struct desk_query query;
    struct desk_suggestions list;
    bool done;
    if (!begin(call, "今夜の提案", &query, &done, err) || done) {
        return done;
    }
    if (!desk_suggestions(call->store, &query, call->arena, &list, err)) {
        return false;
    }
    html_format(call->body, "<p class=\"count\">提案は全部で %ld 件</p>\n",
        (long)list.total);
    table_begin(call, "提案", heads);
    for (int32_t i = 0; i < list.n; i++) {
        put_suggestion(call, &list.rows[i]);
    }
    table_end(call);
    desk_more(call, list.more, list.n > 0 ? list.rows[list.n - 1].at : 0);
    page_end(call);
    return true;
}

static bool
get_unmatched(struct call *call, struct err *err)
{
    static const char *const heads[] = {"募集", "団体", "足りないもの",
        "おもな理由", NULL};
    struct desk_query query;
    struct desk_uncovereds list;
    bool done;
    if (!begin(call, "相手のいない募集", &query, &done, err) || done) {
        return done;
    }
    if (!desk_uncovered(call->store, &query, call->arena, &list, err)) {
        return false;
    }
    html_format(call->body, "<p class=\"count\">全部で %ld 行</p>\n",
        (long)list.total);
    table_begin(call, "満たされていない行", heads);
    for (int32_t i = 0; i < list.n; i++) {
        const struct desk_uncovered *u = &list.rows[i];
        html_format(call->body,
            "<tr><th scope=\"row\"><a href=\"/staff/needs/%ld\">%s</a></th>"
            "<td>%s</td><td>%s %ld%s</td><td>%s</td></tr>\n",
            (long)u->need_id, u->title, u->organisation, u->kind,
            (long)u->units, u->unit,
            u->cause == CAUSE_NONE ? "－" : cause_label_ja(u->cause));
    }
    table_end(call);
    desk_more(call, list.more, list.n > 0 ? list.rows[list.n - 1].at : 0);
    page_end(call);
    return true;
}

/* The sentences of the newest plan that was proven (recruit.h): a plan that
 * was amended since has none of its own. */
static const char recruit_sql[] =
    "SELECT r.id, r.plan_date, j.value FROM runs AS r,"
    " json_each(r.summary, '$.recruit') AS j WHERE r.id ="
    " (SELECT max(id) FROM runs WHERE " RUN_HAS_PLAN
    "     AND amends IS NULL) ORDER BY j.key";

static bool
get_recruit(struct call *call, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store, recruit_sql, err);
    if (stmt == NULL) {
        return false;
    }
    page_begin(call, PAGE_STAFF, "あると良い資源");
    html_raw(call->body,
        "<p>計画を計算し直して確かめた、効果の大きい順です。どれも"
        "「無料で、いつでも、その地域だけ」の資源が1つ増えたときの数です。"
        "</p>\n<ol>\n");
    int step, n = 0;
    while ((step = store_step(stmt, err)) > 0) {
        html_format(call->body, "<li>%s</li>\n", store_text(stmt, 2));
        n++;
    }
    store_finish(stmt);
    html_raw(call->body, "</ol>\n");
    if (n == 0) {
        page_note(call, "いまの計画からは、見つかっていません。");
    }
    page_end(call);
    return step == 0;
}

static void
put_unused(struct call *call, const struct desk_unuseds *list)
{
    static const char *const heads[] = {"資源", "団体", "所在地", "確認日",
        NULL};
    if (list->n == 0) {
        page_note(call, "いまはありません。");
        return;
    }
    table_begin(call, "資源", heads);
    for (int32_t i = 0; i < list->n; i++) {
        const struct desk_unused *u = &list->rows[i];
        html_format(call->body,
            "<tr><th scope=\"row\"><a href=\"/staff/entries/%ld\">%s</a>"
            "</th><td>%s</td><td>%s</td><td>%s</td></tr>\n",
            (long)u->at, u->title, u->organisation, u->region,
            u->confirmed_on);
    }
    table_end(call);
}

static bool
get_unused(struct call *call, struct err *err)
{
    struct desk_query query = {.after = desk_after(call),
        .most = PAGING_ROWS};
    struct desk_unuseds list;
    if (!desk_unused(call->store, call->today, &query, call->arena, &list,
            err)) {
        return false;
    }
    page_begin(call, PAGE_STAFF,
        desk_title(call, "まだ提案されていない資源", NULL, ""));
    html_raw(call->body, "<p>承認されていて、期限も日程も過ぎておらず、これまでの"
                         "どの計画にも入らなかった資源です。</p>\n");
    put_unused(call, &list);
    desk_more(call, list.more, list.n > 0 ? list.rows[list.n - 1].at : 0);
    page_end(call);
    return true;
}

static bool
get_no_venue(struct call *call, struct err *err)
{
    static const char *const heads[] = {"市町村", "地域", "人口", NULL};
    struct desk_places list;
    if (!desk_no_venue(call->store, call->today, call->arena, &list, err)) {
        return false;
    }
    page_begin(call, PAGE_STAFF, "会場のない市町村");
    html_raw(call->body, "<p>承認されていて期限内の「施設・場所」が1つもない"
                         "市町村です。</p>\n");
    table_begin(call, "市町村", heads);
    for (int32_t i = 0; i < list.n; i++) {
        html_format(call->body,
            "<tr><th scope=\"row\">%s</th><td>%s</td>"
            "<td class=\"num\">%ld</td></tr>\n",
            list.rows[i].name, list.rows[i].area,
            (long)list.rows[i].population);
    }
    table_end(call);
    if (list.n == 0) {
        page_note(call, "すべての市町村に会場があります。");
    }
    page_end(call);
    return true;
}

const struct route suggestion_routes[] = {
    {REQUEST_GET, "/staff/suggestions", ROLE_VIEWER, get_suggestions,
        "今夜の提案", 0},
    {REQUEST_GET, "/staff/unmatched", ROLE_VIEWER, get_unmatched,
        "相手のいない募集", 0},
    {REQUEST_GET, "/staff/recruit", ROLE_VIEWER, get_recruit,
        "あると良い資源", 0},
    {REQUEST_GET, "/staff/unused", ROLE_VIEWER, get_unused,
        "未提案の資源", 0},
    {REQUEST_GET, "/staff/no-venue", ROLE_VIEWER, get_no_venue,
        "会場のない市町村", 0},
    {0},
};
