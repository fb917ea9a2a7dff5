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

bool
page_sheet_over(struct call *call, const struct sheet *sheet)
{
    return call_done(call, page_sheet_path(call, sheet, "/status"), NULL);
}

bool
page_sheet_open(struct call *call, struct sheet *sheet, bool *shown,
    struct err *err)
{
    if (!page_sheet_take(call, sheet, shown, err)) {
        return false;
    }
    *shown = sheet_closed(sheet) && page_sheet_over(call, sheet);
    return !*shown;
}

/* Why it was sent back, "" when it was not. */
static bool
load_reason(struct call *call, const struct sheet *sheet,
    const char **reason, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT coalesce((SELECT reason FROM entry_steps AS s WHERE"
        " s.entry_id = e.id AND s.to_state = e.state AND e.state ="
        " 'returned' ORDER BY s.id DESC LIMIT 1), '')"
        " FROM entries AS e WHERE id = ?1",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, sheet->entry_id);
    bool ok = store_step(stmt, err) == 1;
    *reason = ok ? arena_string(call->arena, store_text(stmt, 0)) : "";
    store_finish(stmt);
    return ok;
}

#define WITHDRAW "取り下げる\nやめる / Withdraw it"

/* The state of an entry for who wrote it: behind the desk's word for it. */
static const char *
state_words(struct call *call, const char *state)
{
    static const struct {
        const char *state, *words;
    } known[] = {
        {"draft", "かきかけ / Draft"},
        {"submitted", "じむきょくが みて います / Being checked"},
        {"returned", "なおして おくって ください / Please correct it"},
        {"approved", "これで いいと きまりました / Approved"},
        {"rejected", "のりません / Not accepted"},
        {"paused", "やすんで います / Paused"},
        {"withdrawn", "やめました / Withdrawn"},
        {"archived", "おわりました / Over"},
    };
    const char *label = step_state_ja(state);
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(known[i].state, state) == 0) {
            return arena_format(call->arena, "%s\n%s", label,
                known[i].words);
        }
    }
    return label;
}

static void
put_correct(struct call *call, const struct sheet *sheet)
{
    html_raw(call->body, "<p>");
    page_act(call, page_sheet_path(call, sheet, ""),
        "内容を直す\nなおす / Correct it");
    html_raw(call->body, "</p>\n");
}

static void
put_withdraw(struct call *call, const struct sheet *sheet)
{
    html_raw(call->body, "<details><summary>");
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

static void
put_received(struct call *call, const struct sheet *sheet,
    const char *receipt, const char *reason)
{
    html_raw(call->body, "<dl><dt>");
    html_words(call->body, "受付番号 \nうけつけ ばんごう / Number");
    html_format(call->body,
        "</dt><dd><strong>%s</strong></dd><dt>", receipt);
    html_words(call->body, "題名 \nなまえ / Title");
    html_format(call->body, "</dt><dd>%s</dd><dt>",
        sheet_value(sheet, "title"));
    html_words(call->body, "いまの様子 \nいま / State");
    html_raw(call->body, "</dt><dd>");
    html_words(call->body, state_words(call, sheet->entry_state));
    html_raw(call->body, "</dd></dl>\n");
    if (reason[0] != '\0') {
        html_raw(call->body, "<div class=\"alert\">\n<h2>");
        html_words(call->body,
            "直してほしいこと\nなおして ほしい こと / Please correct this");
        html_format(call->body, "</h2>\n<p class=\"text\">%s</p>\n</div>\n",
            reason);
    }
}

/* What can be done with it as it stands. */
static void
put_acts(struct call *call, const struct sheet *sheet)
{
    if (sheet_closed(sheet)) {
        html_paragraph(call->body, "",
            "この申しこみは終わっているので、ここからは直せません。もう一度"
            "載せたいときは、新しく書くか、事務局へお知らせください。\n"
            "ここからは なおせません。また のせたい ときは、あたらしく かいて "
            "ください / It is over and cannot be corrected here. To have it on "
            "the pages again, write a new sheet or ask the secretariat.");
        html_raw(call->body, "<p>");
        page_act(call, "/entry/",
            "新しく書く\nあたらしく かく / Write a new sheet");
        html_raw(call->body, "</p>\n");
        page_sheet_copy(call, sheet);
    } else if (sheet_rejected(sheet)) {
        html_paragraph(call->body, "",
            "このままではページに載りません。直した内容でもう一度見てほしい"
            "ときは、直したあとで事務局へお知らせください。\n"
            "なおしたら、じむきょくに しらせて ください / It will not be on the "
            "pages. If you correct it, tell the secretariat to look again.");
        put_correct(call, sheet);
    } else {
        put_correct(call, sheet);
        page_sheet_copy(call, sheet);
        put_withdraw(call, sheet);
    }
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
    page_begin(call, PAGE_PUBLIC,
        "申しこみの様子\nいまの ようす / How your entry stands");
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
        const char *reason;
        if (receipt == NULL ||
            !load_reason(call, &sheet, &reason, err)) {
            return false;
        }
        put_received(call, &sheet, receipt, reason);
        if (!page_sheet_steps(call, &sheet, err)) {
            return false;
        }
        put_acts(call, &sheet);
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
    if (strcmp(sheet.entry_state, "withdrawn") != 0 &&
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
