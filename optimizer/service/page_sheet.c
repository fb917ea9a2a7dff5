/*
 * page_sheet.c: /entry/sheet/TOKEN: write, check, send, confirm, correct,
 * withdraw.  The token is the right (sheet.h); only one that came by mail
 * makes an entry.
 */
#include <string.h>

#include "mail.h"
#include "optimizer/staff/step.h"
#include "page.h"
#include "route.h"
#include "sheet_form.h"

static const char *
path(struct call *call, const struct sheet *sheet, const char *rest)
{
    return arena_format(call->arena, "/entry/sheet/%s%s", sheet->token,
        rest);
}

static bool
is_state(const struct sheet *sheet, const char *state)
{
    return strcmp(sheet->state, state) == 0;
}

/* The sheet of the address; false with an answer given (*shown) or err.
 * What was received can be touched only by who reads the mails. */
static bool
take_sheet(struct call *call, struct sheet *sheet, bool *shown,
    struct err *err)
{
    *shown = false;
    if (!sheet_open(call, call->params[0], sheet, err)) {
        return false;
    }
    bool closed = sheet->id > 0 && sheet->entry_id > 0 && !sheet->by_mail;
    if (sheet->id == 0 || closed) {
        *shown = true;
        call_refuse(call, 404,
            closed ? "この申しこみは受けつけました。直すときは、メールの"
                     "リンクを開いてください。"
                   : "リンクが古いか、書きかけのまま30日がすぎました。");
        return false;
    }
    return true;
}

static bool
show_form(struct call *call, const struct sheet *sheet,
    const struct form_errors *errors, struct err *err)
{
    page_begin(call, PAGE_PUBLIC,
        sheet->need ? "エントリーシート（ニーズ：困っていること）"
                    : "エントリーシート（シーズ：できること）");
    form_errors_list(call, errors);
    html_raw(call->body,
        "<p class=\"intro\">書きかけのまま保存できます。このページの"
        "アドレスが、続きを書くための鍵です。</p>\n");
    form_begin(call, path(call, sheet, ""), "form wide sheet");
    /* Enter in a field must save, not press the first button of a row */
    html_raw(call->body, "<button class=\"quiet\" name=\"act\""
                         " value=\"save\" tabindex=\"-1\">保存</button>\n");
    if (!sheet_form_write(call, sheet, errors, err)) {
        return false;
    }
    html_raw(call->body, "<p class=\"hint\" id=\"saved\" role=\"status\">"
                         "</p>\n<div class=\"buttons\">\n");
    form_button(call, "act", "check", "確かめる", "main");
    form_button(call, "act", "save", "途中で保存する", "");
    html_raw(call->body, "</div>\n");
    form_end(call);
    page_script(call, "/entry/entry.js");
    page_end(call);
    return true;
}

static bool
get_form(struct call *call, struct err *err)
{
    struct sheet sheet;
    bool shown;
    if (!take_sheet(call, &sheet, &shown, err)) {
        return shown;
    }
    return show_form(call, &sheet, NULL, err);
}

static bool
answer_script(struct call *call, const struct form_errors *errors)
{
    char now[21];
    store_now(now);
    call->response->type = "application/json";
    html_raw(call->body, arena_format(call->arena,
        "{\"saved\":%s,\"at\":\"%s\"}\n", errors->n == 0 ? "true" : "false",
        now));
    return true;
}

static bool
check_and_go(struct call *call, const struct sheet *sheet, struct err *err)
{
    struct form_errors errors = {0};
    if (!sheet_check(call, sheet, &errors, err)) {
        return false;
    }
    if (errors.n > 0) {
        call->response->status = 422;
        call->keep = true; /* what was typed is saved */
        return show_form(call, sheet, &errors, err);
    }
    return call_done(call, path(call, sheet, "/check"), NULL);
}

static bool
post_form(struct call *call, struct err *err)
{
    struct sheet sheet;
    bool shown;
    struct form_errors errors = {0};
    const char *act = request_form(call->request, "act");
    if (!take_sheet(call, &sheet, &shown, err)) {
        return shown;
    }
    if (is_state(&sheet, "withdrawn")) {
        return call_done(call, path(call, &sheet, "/status"), NULL);
    }
    sheet_take(call, &sheet, &errors);
    if (errors.n == 0 && !sheet_save(call, &sheet, err)) {
        return false;
    }
    if (strcmp(act, "auto") == 0) {
        call->response->status = errors.n > 0 ? 422 : 200;
        return answer_script(call, &errors);
    }
    if (errors.n > 0) {
        call->response->status = 422;
        return show_form(call, &sheet, &errors, err);
    }
    if (strcmp(act, "more-line") == 0) {
        return call_done(call, path(call, &sheet, "?more=line#lines"), NULL);
    }
    if (strcmp(act, "more-day") == 0) {
        return call_done(call, path(call, &sheet, "?more=day#days"), NULL);
    }
    return strcmp(act, "check") == 0
               ? check_and_go(call, &sheet, err)
               : call_done(call, path(call, &sheet, ""), "saved");
}

static bool
get_check(struct call *call, struct err *err)
{
    struct sheet sheet;
    bool shown;
    if (!take_sheet(call, &sheet, &shown, err)) {
        return shown;
    }
    page_begin(call, PAGE_PUBLIC, "内容の確認");
    html_raw(call->body,
        sheet.by_mail
            ? "<p class=\"intro\">この内容でよければ、いちばん下の"
              "ボタンを押してください。</p>\n"
            : "<p class=\"intro\">まだ申しこみは終わっていません。"
              "いちばん下のボタンを押すと、確かめるためのメールが"
              "届きます。</p>\n");
    if (!sheet_form_show(call, &sheet, err)) {
        return false;
    }
    form_begin(call, path(call, &sheet, "/send"), "plain");
    html_raw(call->body, "<div class=\"buttons\">\n");
    form_button(call, NULL, NULL,
        !sheet.by_mail        ? "確認のメールを送る"
        : sheet.entry_id == 0 ? "この内容で申しこむ"
                              : "この内容に直す",
        "main");
    html_format(call->body, "<a class=\"act\" href=\"%s\">書きなおす</a>\n"
                            "</div>\n",
        path(call, &sheet, ""));
    form_end(call);
    page_end(call);
    return true;
}

static bool
send_link(struct call *call, struct sheet *sheet, struct err *err)
{
    char token[SECRET_TOKEN];
    if (!sheet_set_state(call, sheet, "mailed", err) ||
        !sheet_add_link(call, sheet->id, "mail", token, err)) {
        return false;
    }
    const char *body = arena_format(call->arena,
        "エントリーシートを書いていただき、ありがとうございます。\n"
        "まだ申しこみは終わっていません。次のリンクを開いて、"
        "「この内容で申しこむ」を押してください。\n\n"
        "%s/entry/sheet/%s/status\n\n"
        "あとで内容を直すときも、このリンクを使います。"
        "ほかの人に見せないでください。\n"
        "心あたりがないときは、このメールを捨ててください。"
        "何もおこりません。\n\n"
        "This mail confirms an entry sheet. Open the link to send it. "
        "If you did not write one, ignore this mail.\n",
        call->settings->origin, token);
    if (!mail_queue(call->store, sheet_value(sheet, "email"),
            "エントリーシートの確認", body, err)) {
        return false;
    }
    call->mail_waits = true;
    return call_done(call, path(call, sheet, "/status"), NULL);
}

static bool
send_receipt(struct call *call, const struct sheet *sheet, bool first,
    struct err *err)
{
    const char *receipt = sheet_receipt(call, sheet, err);
    const char *body = receipt == NULL ? NULL : arena_format(call->arena,
        "%s\n\n受付番号  %s\n\n"
        "事務局が内容を確かめてから、ページに載ります。\n"
        "直すときや取り下げるときは、前のメールのリンクを"
        "開いてください。\n\n"
        "Your entry sheet has been received. Number: %s\n",
        first ? "エントリーシートを受けつけました。"
              : "エントリーシートの内容を直しました。",
        receipt, receipt);
    call->mail_waits = true;
    return body != NULL &&
           mail_queue(call->store, sheet_value(sheet, "email"),
               first ? "エントリーシートを受けつけました"
                     : "エントリーシートを直しました",
               body, err);
}

static bool
post_send(struct call *call, struct err *err)
{
    struct sheet sheet;
    struct form_errors errors = {0};
    bool shown;
    if (!take_sheet(call, &sheet, &shown, err)) {
        return shown;
    }
    if (is_state(&sheet, "withdrawn")) {
        return call_done(call, path(call, &sheet, "/status"), NULL);
    }
    bool first = sheet.entry_id == 0;
    if (!(sheet.by_mail ? sheet_apply(call, &sheet, &errors, err)
                        : sheet_check(call, &sheet, &errors, err))) {
        return false;
    }
    if (errors.n > 0) {
        call->response->status = 422;
        return show_form(call, &sheet, &errors, err);
    }
    if (!sheet.by_mail) {
        return send_link(call, &sheet, err);
    }
    return send_receipt(call, &sheet, first, err) &&
           call_done(call, path(call, &sheet, "/status"),
               first ? "received" : "corrected");
}

/* The entry's state in words and, when it was sent back, why. */
static bool
load_state(struct call *call, const struct sheet *sheet, const char **label,
    const char **reason, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT state, coalesce((SELECT reason FROM entry_steps AS s WHERE"
        " s.entry_id = e.id AND s.to_state = e.state AND e.state ="
        " 'returned' ORDER BY s.id DESC LIMIT 1), '')"
        " FROM entries AS e WHERE id = ?1",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, sheet->entry_id);
    bool ok = store_step(stmt, err) == 1;
    *label = ok ? arena_string(call->arena,
                      step_state_ja(store_text(stmt, 0)))
                : "";
    *reason = ok ? arena_string(call->arena, store_text(stmt, 1)) : "";
    store_finish(stmt);
    return ok;
}

static void
put_received(struct call *call, const struct sheet *sheet,
    const char *receipt, const char *state, const char *reason)
{
    if (reason[0] != '\0') {
        page_alert(call, reason);
    }
    html_format(call->body,
        "<dl class=\"facts\"><div><dt>受付番号</dt><dd><strong>%s</strong>"
        "</dd></div><div><dt>いまの様子</dt><dd>%s</dd></div></dl>\n",
        receipt, state);
    if (is_state(sheet, "withdrawn")) {
        return;
    }
    html_format(call->body,
        "<p><a class=\"act\" href=\"%s\">内容を直す</a></p>\n",
        path(call, sheet, ""));
    html_raw(call->body,
        "<details><summary>取り下げる</summary>\n"
        "<p>取り下げると、ページに載らなくなります。</p>\n");
    form_begin(call, path(call, sheet, "/withdraw"), "plain");
    form_button(call, NULL, NULL, "取り下げる", "");
    form_end(call);
    html_raw(call->body, "</details>\n");
}

static bool
get_status(struct call *call, struct err *err)
{
    struct sheet sheet;
    bool shown;
    if (!take_sheet(call, &sheet, &shown, err)) {
        return shown;
    }
    if (sheet.entry_id == 0 && sheet.by_mail) {
        return call_done(call, path(call, &sheet, "/check"), NULL);
    }
    if (is_state(&sheet, "draft")) {
        return call_done(call, path(call, &sheet, ""), NULL);
    }
    page_begin(call, PAGE_PUBLIC, "申しこみの様子");
    if (sheet.entry_id == 0) {
        html_format(call->body,
            "<p class=\"intro\">%s あてに、確かめるためのメールを送りました。"
            "メールのリンクを開くと、申しこみが終わります。</p>\n"
            "<p><a class=\"act\" href=\"%s\">書きなおす・送りなおす</a></p>\n",
            sheet_value(&sheet, "email"), path(call, &sheet, ""));
    } else {
        const char *receipt = sheet_receipt(call, &sheet, err);
        const char *state, *reason;
        if (receipt == NULL ||
            !load_state(call, &sheet, &state, &reason, err)) {
            return false;
        }
        put_received(call, &sheet, receipt, state, reason);
    }
    page_end(call);
    return true;
}

static bool
post_withdraw(struct call *call, struct err *err)
{
    struct sheet sheet;
    bool shown;
    if (!take_sheet(call, &sheet, &shown, err)) {
        return shown;
    }
    if (sheet.entry_id == 0) {
        return call_not_found(call);
    }
    struct err why = {0};
    if (!is_state(&sheet, "withdrawn") &&
        !sheet_withdraw(call, &sheet, &why)) {
        if (why.kind == ERR_INPUT) { /* rejected, or over already */
            return call_refuse(call, 409,
                "いまの状態では、取り下げることはできません。");
        }
        *err = why;
        return false;
    }
    return call_done(call, path(call, &sheet, "/status"), "withdrawn");
}

const struct route sheet_routes[] = {
    {REQUEST_GET, "/entry/sheet/:token", ROLE_ANYONE, get_form, NULL, 0},
    {REQUEST_POST, "/entry/sheet/:token", ROLE_ANYONE, post_form, NULL, 0},
    {REQUEST_GET, "/entry/sheet/:token/check", ROLE_ANYONE, get_check, NULL,
        0},
    {REQUEST_POST, "/entry/sheet/:token/send", ROLE_ANYONE, post_send, NULL,
        0},
    {REQUEST_GET, "/entry/sheet/:token/status", ROLE_ANYONE, get_status,
        NULL, 0},
    {REQUEST_POST, "/entry/sheet/:token/withdraw", ROLE_ANYONE,
        post_withdraw, NULL, 0},
    {0},
};
