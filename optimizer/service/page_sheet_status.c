/*
 * page_sheet_status.c: how a sheet that was sent stands, withdrawing it, and
 * what the pages of a sheet share (page_sheet.h).
 */
#include <string.h>

#include "optimizer/staff/step.h"
#include "page.h"
#include "page_sheet.h"
#include "route.h"

const char *
page_sheet_path(struct call *call, const struct sheet *sheet,
    const char *rest)
{
    return arena_format(call->arena, "/entry/sheet/%s%s", sheet->token,
        rest);
}

bool
page_sheet_is(const struct sheet *sheet, const char *state)
{
    return strcmp(sheet->state, state) == 0;
}

bool
page_sheet_take(struct call *call, struct sheet *sheet, bool *shown,
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
                     "リンクを開いてください。\n"
                     "なおす ときは メールの リンクを ひらいて ください / "
                     "To correct it, open the link in your mail."
                   : "リンクが古いか、書きかけのまま30日がすぎました。\n"
                     "この リンクは ふるいです / "
                     "The link is old, or a draft of more than 30 days.");
        return false;
    }
    return true;
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

#define WITHDRAW "取り下げる\nやめる / Withdraw it"

static void
put_received(struct call *call, const struct sheet *sheet,
    const char *receipt, const char *state, const char *reason)
{
    if (reason[0] != '\0') {
        page_alert(call, reason);
    }
    html_raw(call->body, "<dl><dt>");
    html_words(call->body, "受付番号 \nうけつけ ばんごう / Number");
    html_format(call->body,
        "</dt><dd><strong>%s</strong></dd><dt>", receipt);
    html_words(call->body, "いまの様子 \nいま / State");
    html_format(call->body, "</dt><dd>%s</dd></dl>\n", state);
    if (page_sheet_is(sheet, "withdrawn")) {
        return;
    }
    html_raw(call->body, "<p>");
    page_act(call, page_sheet_path(call, sheet, ""), "内容を直す\nなおす / Correct it");
    html_raw(call->body, "</p>\n<details><summary>");
    html_words(call->body, WITHDRAW);
    html_raw(call->body, "</summary>\n");
    html_paragraph(call->body, "",
        "取り下げると、ページに載らなくなります。\n"
        "やめると、ページから なくなります / "
        "It will no longer be on the pages.");
    form_begin(call, page_sheet_path(call, sheet, "/withdraw"), "plain");
    form_button(call, NULL, NULL, WITHDRAW, "");
    form_end(call);
    html_raw(call->body, "</details>\n");
}

static bool
get_status(struct call *call, struct err *err)
{
    struct sheet sheet;
    bool shown;
    if (!page_sheet_take(call, &sheet, &shown, err)) {
        return shown;
    }
    if (sheet.entry_id == 0 && sheet.by_mail) {
        return call_done(call, page_sheet_path(call, &sheet, "/check"), NULL);
    }
    if (page_sheet_is(&sheet, "draft")) {
        return call_done(call, page_sheet_path(call, &sheet, ""), NULL);
    }
    page_begin(call, PAGE_PUBLIC, "申しこみの様子");
    if (sheet.entry_id == 0) {
        page_intro(call, arena_format(call->arena,
            "%s あてに、確かめるためのメールを送りました。メールのリンクを"
            "開くと、申しこみが終わります。\nメールを おくりました。リンクを "
            "ひらいて ください / We have sent you a mail: open its link to "
            "finish.",
            sheet_value(&sheet, "email")));
        html_raw(call->body, "<p>");
        page_act(call, page_sheet_path(call, &sheet, ""),
            "書きなおす・送りなおす\nかきなおす / Change it, or send again");
        html_raw(call->body, "</p>\n");
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
    if (!page_sheet_take(call, &sheet, &shown, err)) {
        return shown;
    }
    if (sheet.entry_id == 0) {
        return call_not_found(call);
    }
    struct err why = {0};
    if (!page_sheet_is(&sheet, "withdrawn") &&
        !sheet_withdraw(call, &sheet, &why)) {
        if (why.kind == ERR_INPUT) { /* rejected, or over already */
            return call_refuse(call, 409,
                "いまの状態では、取り下げることはできません。\n"
                "いまは できません / It cannot be withdrawn now.");
        }
        *err = why;
        return false;
    }
    return call_done(call, page_sheet_path(call, &sheet, "/status"), "withdrawn");
}

const struct route sheet_status_routes[] = {
    {REQUEST_GET, "/entry/sheet/:token/status", ROLE_ANYONE, get_status,
        NULL, 0},
    {REQUEST_POST, "/entry/sheet/:token/withdraw", ROLE_ANYONE,
        post_withdraw, NULL, 0},
    {0},
};
