/*
 * page_sheet.c: /entry/sheet/TOKEN: write, check, send, correct.  The token
 * is the right (sheet.h); only one that came by mail makes an entry.
 */
#include "page_sheet.h"

#include <string.h>

#include "mail.h"
#include "optimizer/base/day.h"
#include "page.h"
#include "route.h"
#include "sheet_address.h"
#include "sheet_form.h"
#include "sheet_seen.h"

/* stood: what is stored (sheet_seen.h); other: another page wrote it. */
static bool
show_form(struct call *call, const struct sheet *sheet, const char *stood,
    bool other, const struct form_errors *errors, struct err *err)
{
    page_begin(call, PAGE_PUBLIC,
        sheet->need ? "エントリーシート（ニーズ：困っていること）\n"
                      "こまっている こと / Entry sheet: what you need"
                    : "エントリーシート（シーズ：できること）\n"
                      "できる こと / Entry sheet: what you can offer");
    form_errors_list(call, errors);
    if (other) {
        html_paragraph(call->body, " class=\"alert\" role=\"alert\"",
            "ほかの画面で内容が変わっていたので、まだ保存していません。下はこの"
            "画面に書いた内容です。このまま保存すると、これになります。\n"
            "ほかの がめんで かわりました。まだ のこって いません / It was "
            "changed on another page. What you wrote here is below and not "
            "saved yet: saving replaces the other.");
    }
    page_intro(call,
        "書きかけのまま保存できます。このページのアドレスが、続きを書くための"
        "鍵です。\nとちゅうで やめても のこります。この ページの アドレスを "
        "なくさないで ください / You can save it unfinished: the address of "
        "this page is the key to it.");
    form_begin(call, page_sheet_path(call, sheet, ""), "form wide sheet");
    /* Enter in a field must save, not press the first button of a row */
    html_raw(call->body, "<button class=\"quiet\" name=\"act\""
                         " value=\"save\" tabindex=\"-1\">保存</button>\n");
    sheet_seen_fields(call, stood);
    if (!sheet_form_write(call, sheet, errors, err)) {
        return false;
    }
    html_raw(call->body, "<p class=\"hint\" id=\"saved\" role=\"status\">"
                         "</p>\n<div class=\"buttons\">\n");
    form_button(call, "act", "check", "確かめる\nたしかめる / Check it", "main");
    form_button(call, "act", "save", "途中で保存する\nのこす / Save for later", "");
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
    if (!page_sheet_open(call, &sheet, &shown, err)) {
        return shown;
    }
    return show_form(call, &sheet, sheet_seen_digest(call, &sheet), false,
        NULL, err);
}

static bool
answer_script(struct call *call, const struct form_errors *errors,
    bool other)
{
    call->response->status = other ? 409 : errors->n > 0 ? 422 : 200;
    char now[21];
    store_now(now);
    call->response->type = "application/json";
    html_raw(call->body, arena_format(call->arena,
        "{\"saved\":%s,\"at\":\"%s\"}\n",
        errors->n == 0 && !other ? "true" : "false", now));
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
        return show_form(call, sheet, sheet_seen_digest(call, sheet), false,
            &errors, err);
    }
    return call_done(call, page_sheet_path(call, sheet, "/check"), NULL);
}

static bool
post_form(struct call *call, struct err *err)
{
    struct sheet sheet;
    bool shown;
    struct form_errors errors = {0};
    const char *act = request_form(call->request, "act");
    bool automatic = strcmp(act, "auto") == 0;
    if (!page_sheet_take(call, &sheet, &shown, err)) {
        return shown;
    }
    if (sheet_closed(&sheet)) { /* a script takes a redirect for saved */
        return automatic ? answer_script(call, &errors, true)
                         : page_sheet_over(call, &sheet);
    }
    const char *stood = sheet_seen_digest(call, &sheet);
    bool other = sheet_seen_other(call, &sheet);
    sheet_take(call, &sheet, &errors);
    sheet_seen_sign(call, &sheet);
    if (errors.n == 0 && !other && !sheet_save(call, &sheet, err)) {
        return false;
    }
    if (automatic) {
        return answer_script(call, &errors, other);
    }
    if (errors.n > 0 || other) {
        call->response->status = 422;
        return show_form(call, &sheet, stood, other, &errors, err);
    }
    if (strcmp(act, "more-line") == 0) {
        return call_done(call, page_sheet_path(call, &sheet, "?more=line#lines"), NULL);
    }
    if (strcmp(act, "more-day") == 0) {
        return call_done(call, page_sheet_path(call, &sheet, "?more=day#days"), NULL);
    }
    return strcmp(act, "check") == 0
               ? check_and_go(call, &sheet, err)
               : call_done(call, page_sheet_path(call, &sheet, ""), "saved");
}

/* Is what is sent not what was shown (a form that does not say so is not
 * asked)?  Then with an answer: changed elsewhere, or received already.  A
 * mail that did not come may be asked for again. */
static bool
not_as_seen(struct call *call, const struct sheet *sheet)
{
    const char *then = request_form(call->request, "stage");
    if (!form_saw(call, sheet_seen_digest(call, sheet))) {
        return call_done(call, page_sheet_path(call, sheet, "/check"),
            "changed-elsewhere");
    }
    return sheet->by_mail && then[0] != '\0' &&
           strcmp(then, sheet->state) != 0 &&
           call_done(call, page_sheet_path(call, sheet, "/status"), NULL);
}

/* A year that was mistaken, or a sheet of last year taken again. */
static void
warn_of_past(struct call *call, const struct sheet *sheet)
{
    const char *days[] = {sheet_last_day(call, sheet),
        sheet_value(sheet, "expires_on")};
    for (int i = 0; i < 2; i++) {
        if (day_valid(days[i]) && strcmp(days[i], call->today) < 0) {
            page_note(call, arena_format(call->arena,
                "おわりの日（%s）がもう過ぎています。このままでは載りません。\n"
                "もう すぎた ひです。このままでは のりません / "
                "This day is over: as it stands it will not be shown",
                days[i]));
        }
    }
}

static bool
get_check(struct call *call, struct err *err)
{
    struct sheet sheet;
    bool shown;
    if (!page_sheet_open(call, &sheet, &shown, err)) {
        return shown;
    }
    page_begin(call, PAGE_PUBLIC,
        "内容の確認\nたしかめる / Check what you wrote");
    page_intro(call,
        sheet.by_mail
            ? "この内容でよければ、いちばん下のボタンを押してください。\n"
              "これで よければ、したの ボタンを おして ください / "
              "If all is right, press the button at the end."
            : "まだ申しこみは終わっていません。いちばん下のボタンを押すと、"
              "確かめるためのメールが届きます。\n"
              "まだ おわって いません。したの ボタンを おすと メールが "
              "とどきます / Not sent yet: press the button at the end, and "
              "a mail with a link will come.");
    warn_of_past(call, &sheet);
    if (strcmp(sheet.entry_state, "approved") == 0) {
        page_note(call,
            "直すと、事務局がもう一度確かめるまで、ページから外れます。\n"
            "なおすと、じむきょくが みるまで ページから なくなります / "
            "Corrected, it leaves the pages until the secretariat has looked "
            "at it again.");
    }
    if (!sheet_form_show(call, &sheet, err)) {
        return false;
    }
    form_begin(call, page_sheet_path(call, &sheet, "/send"), "plain");
    form_hidden(call, "seen", sheet_seen_digest(call, &sheet));
    form_hidden(call, "stage", sheet.state);
    html_raw(call->body, "<div class=\"buttons\">\n");
    form_button(call, NULL, NULL,
        !sheet.by_mail        ? "確認のメールを送る\n"
                                "メールを おくる / Send me the mail"
        : sheet.entry_id == 0 ? "この内容で申しこむ\n"
                                "もうしこむ / Send the sheet"
                              : "この内容に直す\n"
                                "なおす / Correct it",
        "main");
    page_act(call, page_sheet_path(call, &sheet, ""),
        "書きなおす\nかきなおす / Change it");
    html_raw(call->body, "</div>\n");
    form_end(call);
    page_end(call);
    return true;
}

/* The mail with the link to whatever address the sheet has; what it confirms
 * is the sheet, or a correction of it with that address. */
static bool
send_link(struct call *call, struct sheet *sheet, struct err *err)
{
    char token[SECRET_TOKEN];
    bool received = sheet->entry_id > 0, left;
    if (!sheet_address_count(call, sheet, &left, err)) {
        return false;
    }
    if (!left) {
        return fail(err, ERR_INPUT,
            "このシートのメールは%d通まで、1つのアドレスへは1日%d通までです。"
            "事務局へお知らせください。\n"
            "メールは もう おくれません / No more mails can be sent for this "
            "sheet, or to this address today.",
            SHEET_MAILS_MAX, SHEET_MAILS_DAY);
    }
    if ((!received && !sheet_set_state(call, sheet, "mailed", err)) ||
        !sheet_add_link(call, sheet->id, "mail", token, err) ||
        !sheet_address_mailed(call, sheet, token, err)) {
        return false;
    }
    const char *body = arena_format(call->arena,
        "エントリーシートを書いていただき、ありがとうございます。\n"
        "まだ%sは終わっていません。次のリンクを開いて、"
        "「%s」を押してください。\n\n"
        "%s/entry/sheet/%s/%s\n\n"
        "あとで内容を直すときも、このリンクを使います。"
        "ほかの人に見せないでください。\n"
        "心あたりがないときは、このメールを捨ててください。"
        "何もおこりません。\n\n"
        "This mail confirms an entry sheet. Open the link to send it. "
        "If you did not write one, ignore this mail.\n",
        received ? "訂正" : "申しこみ",
        received ? "この内容に直す" : "この内容で申しこむ",
        call->settings->origin, token, received ? "check" : "status");
    if (!mail_queue(call->store, sheet_value(sheet, "email"),
            "エントリーシートの確認", body, err)) {
        return false;
    }
    call->mail_waits = true;
    return sheet->by_mail
               ? call_done(call, page_sheet_path(call, sheet, "/check"),
                     "address-asked")
               : call_done(call, page_sheet_path(call, sheet, "/status"),
                     NULL);
}

/* The first is due; corrections are told by the mails that are left, since
 * they go to whatever address the sheet has by then. */
static bool
send_receipt(struct call *call, struct sheet *sheet, bool first,
    struct err *err)
{
    bool left = true;
    if (!first && !sheet_address_count(call, sheet, &left, err)) {
        return false;
    }
    if (!left) {
        return true; /* the page tells, too */
    }
    const char *receipt = sheet_receipt(call, sheet, err);
    const char *body = receipt == NULL ? NULL : arena_format(call->arena,
        "%s\n\n受付番号  %s\n\n%s\n"
        "直すときや取り下げるときは、前のメールのリンクを"
        "開いてください。\n\n"
        "Your %s has been received. Number: %s\n",
        first ? "エントリーシートを受けつけました。"
              : "エントリーシートの内容を直しました。",
        receipt,
        sheet_rejected(sheet)
            ? "不承認となっているため、このままではページに載りません。"
              "もう一度見てほしいときは、事務局へお知らせください。"
            : "事務局が内容を確かめてから、ページに載ります。",
        first ? "entry sheet" : "correction", receipt);
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
    if (!page_sheet_open(call, &sheet, &shown, err)) {
        return shown;
    }
    if (not_as_seen(call, &sheet)) {
        return true;
    }
    bool first = sheet.entry_id == 0, changed = false, known = false;
    if (sheet.by_mail &&
        !sheet_address_confirmed(call, &sheet, &known, err)) {
        return false;
    }
    if (!(known ? sheet_apply(call, &sheet, &errors, &changed, err)
              : sheet_check(call, &sheet, &errors, err))) {
        return false;
    }
    if (errors.n > 0) {
        call->response->status = 422;
        return show_form(call, &sheet, sheet_seen_digest(call, &sheet), false,
            &errors, err);
    }
    if (!known) {
        return send_link(call, &sheet, err);
    }
    /* a button pressed twice, or nothing put right, is no mail */
    return (!changed || send_receipt(call, &sheet, first, err)) &&
           call_done(call, page_sheet_path(call, &sheet, "/status"),
               first ? "received" : "corrected");
}

const struct route sheet_routes[] = {
    {REQUEST_GET, "/entry/sheet/:token", ROLE_ANYONE, get_form, NULL, 0},
    {REQUEST_POST, "/entry/sheet/:token", ROLE_ANYONE, post_form, NULL, 0},
    {REQUEST_GET, "/entry/sheet/:token/check", ROLE_ANYONE, get_check, NULL,
        0},
    {REQUEST_POST, "/entry/sheet/:token/send", ROLE_ANYONE, post_send, NULL,
        0},
    {0},
};
