/* page_member.c: /member/entries and /member/suggestions: an organisation's
 * own listing and suggestions, each act in one step. */
#include <string.h>

#include "desk.h"
#include "optimizer/market/shown_sql.h"
#include "optimizer/staff/desk_list.h"
#include "optimizer/staff/member.h"
#include "optimizer/staff/remind.h"
#include "optimizer/staff/screening.h"
#include "page.h"
#include "page_link.h"
#include "paging.h"
#include "route.h"

enum { LEAD_DAYS = 30 };

/* Staff who look in have no organisation: an empty list. */
static int64_t
own(const struct call *call)
{
    return call->account->organisation_id;
}

static void
put_act(struct call *call, int64_t id, const char *act, const char *label,
    const char *title)
{
    form_begin(call, arena_format(call->arena, "/member/entries/%ld/%s",
        (long)id, act), "plain");
    html_format(call->body,
        "<button>%s<span class=\"quiet\"> %s</span></button>\n", label,
        title);
    form_end(call);
}

/* What the public sees of it, where it is shown (why_hidden: ""), or why it
 * is not, as far as the entry says (NULL: it is not to be shown). */
static void
put_public(struct call *call, const struct inbox_row *row,
    const char *why_hidden)
{
    const char *list =
        strcmp(row->side, "need") == 0 ? "needs" : "resources";
    if (why_hidden != NULL && why_hidden[0] == '\0') {
        html_format(call->body, "<a href=\"%s/%s/%ld\">公開のページ"
            "<span class=\"quiet\"> %s</span></a>",
            call->settings->public_base, list, (long)row->id, row->title);
    } else {
        html_format(call->body, "載っていません%s",
            why_hidden != NULL ? why_hidden : "");
    }
}

struct own_rows {
    struct store_stmt *shown, *over, *returned;
    const struct remind_list *reminders;
};

static const char *
stage_text(const struct own_rows *rows, int64_t id)
{
    for (int32_t i = 0; i < rows->reminders->n; i++) {
        if (rows->reminders->rows[i].entry_id == id) {
            return remind_label_ja(rows->reminders->rows[i].stage);
        }
    }
    return "";
}

static bool
put_entry(struct call *call, const struct inbox_row *row,
    struct own_rows *rows, struct err *err)
{
    store_bind_int(rows->shown, 1, row->id);
    store_bind_text(rows->shown, 2, call->today);
    store_bind_int(rows->shown, 3, rows->reminders->stale_days);
    store_bind_int(rows->over, 1, row->id);
    store_bind_text(rows->over, 2, call->today);
    store_bind_int(rows->returned, 1, row->id);
    int shown = store_step(rows->shown, err);
    bool known = store_step(rows->over, err) > 0;
    int returned = store_step(rows->returned, err);
    if (shown < 0 || !known || returned < 0) {
        return false;
    }
    bool over = store_int(rows->over, 0) != 0;
    store_reset(rows->over);
    html_format(call->body,
        "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s%s%s</td>"
        "<td>%s<br>%s</td><td>",
        row->title, desk_side(row->side),
        step_state_ja(row->state),
        returned > 0 && strcmp(row->state, "returned") == 0 ? ": " : "",
        returned > 0 && strcmp(row->state, "returned") == 0
            ? store_text(rows->returned, 0) : "",
        row->confirmed_on, stage_text(rows, row->id));
    store_reset(rows->returned);
    put_public(call, row, shown > 0 ? store_text(rows->shown, 0) : NULL);
    store_reset(rows->shown);
    html_raw(call->body, "</td><td>");
    if (step_allowed(row->state, STEP_RENEW) && over) {
        html_format(call->body, "<p>続けるときは、<a href=\"/entry/\">新しい"
            "期間でエントリー<span class=\"quiet\"> %s</span></a>するか、"
            "事務局へお知らせください。</p>\n", row->title);
    } else if (step_allowed(row->state, STEP_RENEW)) {
        put_act(call, row->id, "renew", "変わりありません", row->title);
    }
    if (step_allowed(row->state, STEP_PAUSE)) {
        put_act(call, row->id, "pause", "休止する", row->title);
    }
    if (step_allowed(row->state, STEP_RESUME)) {
        put_act(call, row->id, "resume", "再開する", row->title);
    }
    bool ok = link_button(call, row, "/member/entries", err);
    html_raw(call->body, "</td></tr>\n");
    return ok;
}

static bool
put_state(struct call *call, const char *state, struct own_rows *rows,
    bool *any, struct err *err)
{
    static const char *const heads[] = {"題名", "種類", "状態", "確認日",
        "公開", "操作", NULL};
    struct inbox_query query = {.state = state, .organisation_id = own(call),
        .after = desk_after(call), .most = INBOX_MOST};
    struct inbox inbox;
    if (!inbox_load(call->store, &query, call->arena, &inbox, err)) {
        return false;
    }
    if (inbox.n == 0) {
        return true;
    }
    *any = true;
    table_begin(call, step_state_ja(state), heads);
    bool ok = true;
    for (int32_t i = 0; ok && i < inbox.n; i++) {
        ok = put_entry(call, &inbox.rows[i], rows, err);
    }
    table_end(call);
    if (inbox.more) {
        desk_more(call, true, inbox.rows[inbox.n - 1].id);
    }
    return ok;
}

static bool
put_entries(struct call *call, struct own_rows *rows, struct err *err)
{
    static const char *const states[] = {"approved", "paused", "submitted",
        "returned", "draft", "rejected", "withdrawn", "archived"};
    bool any = false, ok = true;
    page_begin(call, PAGE_MEMBER, desk_title(call, "登録内容", NULL, ""));
    if (rows->reminders->n > 0) {
        html_format(call->body, "<p class=\"note\">確認が必要な登録が %d 件"
            "あります。変わりがなければ「変わりありません」を押してください。"
            "確認から %ld 日をすぎると掲載が止まります。</p>\n",
            (int)rows->reminders->n, (long)rows->reminders->stale_days);
    }
    for (size_t i = 0; ok && i < sizeof(states) / sizeof(states[0]); i++) {
        ok = put_state(call, states[i], rows, &any, err);
    }
    if (!any) {
        page_note(call, "まだ登録がありません。");
    }
    page_end(call);
    return ok;
}

static bool
get_entries(struct call *call, struct err *err)
{
    struct remind_list reminders;
    struct own_rows rows = {.reminders = &reminders};
    if (own(call) == 0) {
        return call_refuse(call, 404, "団体のアカウントで開くページです。");
    }
    if (!remind_load(call->store, call->today, LEAD_DAYS, own(call), true,
            call->arena, &reminders, err)) {
        return false;
    }
    rows.shown = store_prepare(call->store,
        "SELECT CASE WHEN " SHOWN_SQL("e", "?2", "?3") " THEN ''"
        " WHEN e.expires_on < ?2 THEN '（有効期限を過ぎました）'"
        " WHEN e.date_end < ?2 THEN '（終了日を過ぎました）'"
        " ELSE '（確認から日がたちました）' END"
        " FROM public_entries AS e WHERE e.id = ?1",
        err);
    /* To say that nothing changed would not bring it back. */
    rows.over = store_prepare(call->store,
        "SELECT NOT (" CURRENT_SQL("e", "?2") ") FROM entries AS e"
        " WHERE e.id = ?1",
        err);
    rows.returned = store_prepare(call->store,
        "SELECT reason FROM entry_steps WHERE entry_id = ?"
        " ORDER BY id DESC LIMIT 1",
        err);
    bool ok = rows.shown != NULL && rows.over != NULL &&
              rows.returned != NULL && put_entries(call, &rows, err);
    store_finish(rows.shown);
    store_finish(rows.over);
    store_finish(rows.returned);
    return ok;
}

static void
put_answers(struct call *call, const struct desk_suggestion *s,
    const struct form_choice *reasons, const struct form_errors *errors)
{
    const char *path = arena_format(call->arena, "/member/pairs/%ld/%ld",
        (long)s->need_id, (long)s->offer_id);
    const char *name = arena_format(call->arena, "code-%ld", (long)s->at);
    const char *more = arena_format(call->arena, "note-%ld", (long)s->at);
    struct form_field code = {.name = name, .label = "受けられない理由",
        .value = request_form(call->request, name)};
    struct form_field note = {.name = more, .label = "備考",
        .value = request_form(call->request, more), .max = 1000};
    if (s->stage == OUTCOME_AGREED || s->stage == OUTCOME_HELD) {
        return;
    }
    if (!s->accepted) {
        form_begin(call, arena_format(call->arena, "%s/accept", path),
            "plain");
        form_button(call, NULL, NULL, "受ける", "main");
        form_end(call);
    }
    form_begin(call, arena_format(call->arena, "%s/decline", path), "form");
    form_hidden(call, "row", arena_format(call->arena, "%ld", (long)s->at));
    form_select(call, errors, &code, reasons);
    form_input(call, errors, &note);
    form_button(call, NULL, NULL, "辞退する", "");
    form_end(call);
    int64_t mine = s->need_is_ours ? s->need_id : s->offer_id;
    put_act(call, mine, "pause", "自分の登録を休止する（ほかの提案も止まります）",
        s->need_is_ours ? s->need_title : s->offer_title);
}

static void
put_suggestion(struct call *call, const struct desk_suggestion *s,
    const struct form_choice *reasons, const struct form_errors *errors)
{
    html_format(call->body,
        "<section>\n<h2>「%s」と「%s」（%s）</h2>\n<dl>\n",
        s->need_is_ours ? s->need_title : s->offer_title,
        s->need_is_ours ? s->offer_title : s->need_title,
        s->need_is_ours ? s->offer_org : s->need_org);
    html_format(call->body, "<dt>相手</dt><dd><a href=\"%s/%s/%ld\">日時・場所・"
        "連絡先など<span class=\"quiet\"> %s</span></a></dd>\n",
        call->settings->public_base, s->need_is_ours ? "resources" : "needs",
        (long)(s->need_is_ours ? s->offer_id : s->need_id),
        s->need_is_ours ? s->offer_title : s->need_title);
    desk_fact(call, "内容", arena_format(call->arena, "%s %ld%s%s", s->kind,
        (long)s->units, s->unit, desk_weekday(call, s->weekday)));
    desk_fact(call, "理由", s->reason);
    desk_fact(call, "費用",
        desk_cost(call, s->units, s->unit, s->unit_yen));
    desk_fact(call, "段階", s->stage == OUTCOME_NONE
                                ? "提案"
                                : outcome_label_ja(s->stage));
    desk_fact(call, "お返事", s->accepted ? "受けると返事をしました" : "");
    html_raw(call->body, "</dl>\n");
    put_answers(call, s, reasons, errors);
    html_raw(call->body, "</section>\n");
}

static bool
show_suggestions(struct call *call, int64_t after,
    const struct form_errors *errors, struct err *err)
{
    struct desk_query query = {.organisation_id = own(call), .most = 20,
        .after = after};
    struct desk_suggestions list = {0};
    const struct form_choice *reasons = desk_decline_reasons(call, err);
    if (own(call) == 0) {
        return call_refuse(call, 404, "団体のアカウントで開くページです。");
    }
    if (reasons == NULL || !desk_run(call, &query.run_id, err) ||
        !desk_suggestions(call->store, &query, call->arena, &list, err)) {
        return false;
    }
    page_begin(call, PAGE_MEMBER,
        desk_title(call, "組み合わせの提案", NULL, ""));
    form_errors_list(call, errors);
    html_raw(call->body, "<p>辞退しても、ほかの提案や次の計画で不利になることは"
                         "ありません。</p>\n");
    if (list.n == 0) {
        page_note(call, "いまは提案がありません。");
    }
    for (int32_t i = 0; i < list.n; i++) {
        put_suggestion(call, &list.rows[i], reasons, errors);
    }
    desk_more(call, list.more, list.n > 0 ? list.rows[list.n - 1].at : 0);
    page_end(call);
    return true;
}

static bool
get_suggestions(struct call *call, struct err *err)
{
    return show_suggestions(call, desk_after(call), NULL, err);
}

static const char refused[] =
    "この操作はできません。ほかの人が先に進めたか、計画が変わったかもしれません。";

static bool
post_entry(struct call *call, enum step step, struct err *err)
{
    struct amendment amendment;
    struct err why = {0};
    return member_step(call->store, own(call), call_param_id(call, 0), step,
               call->today, call->arena, &amendment, &why)
               ? call_done(call, "/member/entries",
                     step == STEP_RENEW ? "renewed" : "step-done")
               : desk_refused(call, &why, refused, err);
}

static bool
post_renew(struct call *call, struct err *err)
{
    return post_entry(call, STEP_RENEW, err);
}

static bool
post_pause(struct call *call, struct err *err)
{
    return post_entry(call, STEP_PAUSE, err);
}

static bool
post_resume(struct call *call, struct err *err)
{
    return post_entry(call, STEP_RESUME, err);
}

static bool
post_accept(struct call *call, struct err *err)
{
    bool agreed;
    struct err why = {0};
    return member_accept(call->store, own(call), call_param_id(call, 0),
               call_param_id(call, 1), call->arena, &agreed, &why)
               ? call_done(call, "/member/suggestions",
                     agreed ? "agreed" : "accepted")
               : desk_refused(call, &why, refused, err);
}

static bool
post_decline(struct call *call, struct err *err)
{
    const struct request *r = call->request;
    const char *row = request_form(r, "row");
    const char *name = arena_format(call->arena, "code-%s", row);
    const char *more = arena_format(call->arena, "note-%s", row);
    const char *code = request_form(r, name), *note = request_form(r, more);
    struct amendment amendment;
    struct form_errors errors = {0};
    struct err why = {0};
    if (code[0] == '\0') {
        form_error(call, &errors, name, "受けられない理由を選んでください。");
    } else if (strcmp(code, OUTCOME_DECLINE_OTHER) == 0 &&
               !act_text_check("note", note, true, &why)) {
        form_error(call, &errors, more, "「その他」の理由を書いてください。");
    }
    if (errors.n > 0) { /* that suggestion first, as it was filled in */
        call->response->status = 422;
        return show_suggestions(call,
            request_int(row, 1, INT64_MAX, 1) - 1, &errors, err);
    }
    return member_decline(call->store, own(call), call_param_id(call, 0),
               call_param_id(call, 1), code, note, call->arena, &amendment,
               &why)
               ? call_done(call, "/member/suggestions", "declined")
               : desk_refused(call, &why, refused, err);
}

const struct route member_routes[] = {
    {REQUEST_GET, "/member/entries", ROLE_MEMBER, get_entries, "登録内容", 0},
    {REQUEST_GET, "/member/suggestions", ROLE_MEMBER, get_suggestions,
        "提案", 0},
    {REQUEST_POST, "/member/entries/:id/renew", ROLE_MEMBER, post_renew,
        NULL, 0},
    {REQUEST_POST, "/member/entries/:id/pause", ROLE_MEMBER, post_pause,
        NULL, 0},
    {REQUEST_POST, "/member/entries/:id/resume", ROLE_MEMBER, post_resume,
        NULL, 0},
    {REQUEST_POST, "/member/pairs/:need/:offer/accept", ROLE_MEMBER,
        post_accept, NULL, 0},
    {REQUEST_POST, "/member/pairs/:need/:offer/decline", ROLE_MEMBER,
        post_decline, NULL, 0},
    {0},
};
