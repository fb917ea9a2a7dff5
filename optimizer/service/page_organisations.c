/* page_organisations.c: /staff/organisations: the list, those that may be
 * one, and merging them. */
#include <string.h>

#include "desk.h"
#include "optimizer/staff/duplicate.h"
#include "optimizer/staff/organisation_act.h"
#include "optimizer/staff/organisation_list.h"
#include "page.h"
#include "paging.h"
#include "route.h"

static void
put_row(struct call *call, const struct organisation_row *row)
{
    html_format(call->body,
        "<tr><th scope=\"row\"><a href=\"/staff/organisations/%ld\">%s</a>"
        "</th><td>%s</td><td>%s</td><td>%s%s%s</td>"
        "<td class=\"num\">%ld</td></tr>\n",
        (long)row->id, row->name, row->sector, row->region,
        row->member ? "構成員 " : "", row->linked ? "県とつながり " : "",
        row->publish ? "公開" : "非公開", (long)row->entries);
}

static bool
get_list(struct call *call, struct err *err)
{
    static const char *const heads[] = {"団体", "分野", "地域", "区分",
        "エントリー", NULL};
    const char *text = request_query(call->request, "text");
    struct form_field field = {.name = "text", .label = "団体名・ふりがな・別名・団体キー",
        .value = text, .max = 100};
    struct organisation_list list;
    if (!organisation_list(call->store, text, desk_after(call), PAGING_ROWS,
            call->arena, &list, err)) {
        return false;
    }
    page_begin(call, PAGE_STAFF, desk_title(call, "団体", NULL, text));
    html_raw(call->body, "<p><a href=\"/staff/duplicates\">同じ団体かもしれない"
                         "登録を見る</a></p>\n");
    form_begin_filter(call, "/staff/organisations");
    form_input(call, NULL, &field);
    form_button(call, NULL, NULL, "さがす", "");
    form_end(call);
    table_begin(call, "団体の一覧", heads);
    for (int32_t i = 0; i < list.n; i++) {
        put_row(call, &list.rows[i]);
    }
    table_end(call);
    desk_more(call, list.more, list.n > 0 ? list.rows[list.n - 1].id : 0);
    page_end(call);
    return true;
}

static void
put_pair_row(struct call *call, const struct duplicate *d)
{
    html_format(call->body,
        "<tr><th scope=\"row\"><a href=\"/staff/organisations/%ld\">%s</a>"
        "（%ld件）</th><td><a href=\"/staff/organisations/%ld\">%s</a>"
        "（%ld件）</td><td>%s%s%s%s</td><td>",
        (long)d->a.id, d->a.name, (long)d->a.entries, (long)d->b.id,
        d->b.name, (long)d->b.entries, d->name ? "名称 " : "",
        d->url ? "サイト " : "", d->phone ? "電話 " : "",
        d->other_number ? "（法人番号は違います）" : "");
    if (call->account->role >= ROLE_SCREENER) {
        html_format(call->body,
            "<a href=\"/staff/organisations/%ld?with=%ld\">くらべて決める"
            "<span class=\"quiet\"> %s と %s</span></a>",
            (long)d->a.id, (long)d->b.id, d->a.name, d->b.name);
    }
    html_raw(call->body, "</td></tr>\n");
}

static void
put_pairs(struct call *call, const struct duplicate_list *list)
{
    static const char *const heads[] = {"団体", "もう一方", "同じところ",
        "操作", NULL};
    table_begin(call, "同じ団体かもしれない登録", heads);
    for (int32_t i = 0; i < list->n; i++) {
        put_pair_row(call, &list->pairs[i]);
    }
    table_end(call);
}

static bool
get_duplicates(struct call *call, struct err *err)
{
    struct duplicate_list list;
    if (!duplicate_load(call->store, 0, PAGING_ROWS, call->arena, &list,
            err)) {
        return false;
    }
    page_begin(call, PAGE_STAFF, "同じ団体かもしれない登録");
    if (list.n == 0) {
        page_note(call, "いまはありません。");
    } else {
        put_pairs(call, &list);
    }
    if (list.more) {
        html_raw(call->body, "<p>ほかにもあります。決めると次が出ます。</p>\n");
    }
    if (call->account->role >= ROLE_SCREENER) {
        form_begin(call, "/staff/duplicates", "plain");
        form_button(call, NULL, NULL, "新しい登録も調べる", "");
        form_end(call);
    }
    page_end(call);
    return true;
}

static bool
post_duplicates(struct call *call, struct err *err)
{
    return duplicate_refresh(call->store, err) &&
           call_done(call, "/staff/duplicates", NULL);
}

/* How many there are in each state, and the way to them. */
static bool
put_entries(struct call *call, int64_t id, struct err *err)
{
    struct inbox_query query = {.organisation_id = id};
    html_raw(call->body, "<dt>エントリー</dt><dd>");
    if (!desk_states(call, &query, "0 件", err)) {
        return false;
    }
    html_raw(call->body, "</dd>\n");
    return true;
}

static bool
put_facts(struct call *call, const struct organisation_row *o,
    struct err *err)
{
    html_raw(call->body, "<dl>\n");
    desk_fact(call, "名称", o->name);
    desk_fact(call, "ふりがな", o->kana);
    desk_fact(call, "別名", o->aliases);
    desk_fact(call, "法人番号", o->number);
    desk_fact(call, "法人格", o->form);
    desk_fact(call, "分野", o->sector);
    desk_fact(call, "地域", o->region);
    desk_fact(call, "サイト", o->url);
    desk_fact(call, "電話", o->phone);
    desk_fact(call, "メール", o->email);
    desk_fact(call, "担当の方（非公開）", o->person);
    desk_fact(call, "活動内容", o->activity);
    desk_fact(call, "メモ", o->note);
    desk_fact(call, "登録キー", o->key);
    bool ok = put_entries(call, o->id, err);
    html_raw(call->body, "</dl>\n");
    return ok;
}

/* Merging, or saying that the two are not one. */
static bool
put_with(struct call *call, const struct organisation_row *o,
    const struct organisation_row *with, const struct form_errors *errors,
    struct err *err)
{
    struct form_field reason = {.name = "reason", .label = "理由",
        .required = true, .max = 1000};
    html_format(call->body, "<h2>「%s」とくらべる</h2>\n", with->name);
    if (!put_facts(call, with, err)) {
        return false;
    }
    form_begin(call, arena_format(call->arena,
        "/staff/organisations/%ld/merge", (long)o->id), "form");
    form_hidden(call, "with", arena_format(call->arena, "%ld",
        (long)with->id));
    form_input(call, errors, &reason);
    html_raw(call->body, "<div class=\"buttons\">\n");
    form_button(call, "act", "into", arena_format(call->arena,
        "「%s」にまとめる", o->name), "main");
    form_button(call, "act", "from", arena_format(call->arena,
        "「%s」にまとめる", with->name), "");
    form_button(call, "act", "distinct", "別の団体として残す", "");
    html_raw(call->body, "</div>\n");
    form_end(call);
    return true;
}

/* What can be changed: of each flag the other value. */
static void
put_flags(struct call *call, const struct organisation_row *o,
    const struct form_errors *errors)
{
    const struct form_choice flags[] = {{"", "選んでください", 0},
        o->linked
            ? (struct form_choice){"linked-off", "県とのつながりを外す", 0}
            : (struct form_choice){"linked-on",
                  "県がつながりのある団体にする", 0},
        o->publish ? (struct form_choice){"publish-off", "公開しない", 0}
                   : (struct form_choice){"publish-on", "公開する", 0},
        o->member
            ? (struct form_choice){"member-off", "構成員から外す", 0}
            : (struct form_choice){"member-on", "構成員にする", 0},
        {NULL, NULL, 0}};
    struct form_field flag = {.name = "flag", .label = "変えること",
        .value = request_form(call->request, "flag"), .required = true};
    struct form_field reason = {.name = "set_reason", .label = "変える理由",
        .value = request_form(call->request, "set_reason"),
        .required = true, .max = 1000};
    html_format(call->body, "<h2>区分</h2>\n<p>%s・%s・%s</p>\n",
        o->member ? "構成員" : "構成員ではない",
        o->linked ? "県とつながりあり" : "県とつながりの登録なし",
        o->publish ? "公開" : "非公開");
    form_begin(call, arena_format(call->arena, "/staff/organisations/%ld/set",
        (long)o->id), "form");
    form_select(call, errors, &flag, flags);
    form_input(call, errors, &reason);
    form_button(call, NULL, NULL, "区分を変える", "main");
    form_end(call);
}

/* errors: NULL, or what to put right, with status 422. */
static bool
show(struct call *call, int64_t with_id, const struct form_errors *errors,
    struct err *err)
{
    int64_t id = call_param_id(call, 0);
    struct organisation_row o, with;
    struct duplicate_list same;
    struct err why = {0};
    if (!organisation_load(call->store, id, call->arena, &o, &why) ||
        (with_id > 0 && !organisation_load(call->store, with_id, call->arena,
                            &with, &why))) {
        if (why.kind == ERR_INPUT) {
            return call_not_found(call);
        }
        *err = why;
        return false;
    }
    if (!duplicate_load(call->store, id, 20, call->arena, &same, err)) {
        return false;
    }
    if (errors != NULL) {
        call->response->status = 422;
    }
    page_begin(call, PAGE_STAFF, o.name);
    form_errors_list(call, errors);
    if (!put_facts(call, &o, err)) {
        return false;
    }
    if (o.merged_into > 0) {
        html_format(call->body, "<p class=\"note\">この登録は"
            "<a href=\"/staff/organisations/%ld\">ほかの団体</a>に"
            "まとめられています。</p>\n", (long)o.merged_into);
    } else if (call->account->role >= ROLE_SCREENER) {
        if (with_id > 0 && !put_with(call, &o, &with, errors, err)) {
            return false;
        }
        put_flags(call, &o, errors);
    }
    if (same.n > 0) {
        put_pairs(call, &same);
    }
    page_end(call);
    return true;
}

static bool
get_one(struct call *call, struct err *err)
{
    return show(call,
        request_int(request_query(call->request, "with"), 1, INT64_MAX, 0),
        NULL, err);
}

static bool
post_merge(struct call *call, struct err *err)
{
    const struct request *r = call->request;
    const char *act = request_form(r, "act"), *reason =
        request_form(r, "reason");
    int64_t id = call_param_id(call, 0), moved;
    int64_t with = request_int(request_form(r, "with"), 1, INT64_MAX, 0);
    bool from = strcmp(act, "from") == 0;
    struct err why = {0};
    struct form_errors errors = {0};
    if (!act_text_check("reason", reason, true, &why)) {
        form_error(call, &errors, "reason", "理由を書いてください。");
        return show(call, with, &errors, err);
    }
    bool ok = strcmp(act, "distinct") == 0
        ? organisation_distinct(call->store, id, with, reason, &why)
        : from || strcmp(act, "into") == 0
            ? organisation_merge(call->store, from ? id : with,
                  from ? with : id, reason, &moved, &why)
            : fail(&why, ERR_INPUT, "which act?");
    if (!ok) {
        return desk_refused(call, &why,
            "まとめられません。法人番号が違う団体どうしと、"
            "すでにまとめた登録は、まとめられません。", err);
    }
    return duplicate_refresh(call->store, err) &&
           call_done(call, "/staff/duplicates", "saved");
}

static bool
post_set(struct call *call, struct err *err)
{
    const struct request *r = call->request;
    const char *flag = request_form(r, "flag");
    const char *dash = strchr(flag, '-');
    const char *reason = request_form(r, "set_reason");
    struct err why = {0};
    struct form_errors errors = {0};
    if (dash == NULL) {
        form_error(call, &errors, "flag", "変えることを選んでください。");
    }
    if (!act_text_check("reason", reason, true, &why)) {
        form_error(call, &errors, "set_reason", "理由を書いてください。");
    }
    if (errors.n > 0) {
        return show(call, 0, &errors, err);
    }
    return organisation_set(call->store, call_param_id(call, 0),
               arena_bytes(call->arena, flag, (size_t)(dash - flag)),
               strcmp(dash, "-on") == 0, reason, &why)
               ? call_done(call, arena_format(call->arena,
                     "/staff/organisations/%s", call->params[0]), "saved")
               : desk_refused(call, &why, "この変更はできません。", err);
}

const struct route organisation_routes[] = {
    {REQUEST_GET, "/staff/organisations", ROLE_VIEWER, get_list, "団体", 0},
    {REQUEST_GET, "/staff/organisations/:id", ROLE_VIEWER, get_one, NULL, 0},
    {REQUEST_POST, "/staff/organisations/:id/merge", ROLE_SCREENER,
        post_merge, NULL, 0},
    {REQUEST_POST, "/staff/organisations/:id/set", ROLE_SCREENER, post_set,
        NULL, 0},
    {REQUEST_GET, "/staff/duplicates", ROLE_VIEWER, get_duplicates, NULL, 0},
    {REQUEST_POST, "/staff/duplicates", ROLE_SCREENER, post_duplicates, NULL,
        0},
    {0},
};
