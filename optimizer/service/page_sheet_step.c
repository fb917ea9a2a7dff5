/*
 * page_sheet_step.c: /entry/sheet/TOKEN/step and /copy: what an organisation
 * does with its entry in one step, for who has no account but the link
 * (page_sheet.h).
 */
#include <string.h>

#include "optimizer/market/shown_sql.h"
#include "optimizer/staff/amend.h"
#include "page.h"
#include "page_sheet.h"
#include "route.h"

static const struct {
    enum step step;
    const char *words, *notice;
} acts[] = {
    {STEP_RENEW, "変わりありません\nかわって いません / Nothing has changed",
        "sheet-renewed"},
    {STEP_PAUSE, "休止する\nすこし やすむ / Pause it", "sheet-paused"},
    {STEP_RESUME, "再開する\nまた はじめる / Take it up again",
        "sheet-resumed"},
};
enum { ACTS = sizeof(acts) / sizeof(acts[0]) };

/* 確認日, and whether its days are over, so that to confirm it is no use. */
static bool
load_days(struct call *call, const struct sheet *sheet,
    const char **confirmed_on, bool *over, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT e.confirmed_on, NOT (" CURRENT_SQL("e", "?2") ")"
        " FROM entries AS e WHERE e.id = ?1",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, sheet->entry_id);
    store_bind_text(stmt, 2, call->today);
    bool ok = store_step(stmt, err) == 1;
    *confirmed_on = ok ? arena_string(call->arena, store_text(stmt, 0)) : "";
    *over = ok && store_int(stmt, 1) != 0;
    store_finish(stmt);
    return ok;
}

bool
page_sheet_steps(struct call *call, const struct sheet *sheet,
    struct err *err)
{
    const char *confirmed_on;
    bool over;
    if (!step_allowed(sheet->entry_state, STEP_RENEW)) {
        return true;
    }
    if (!load_days(call, sheet, &confirmed_on, &over, err)) {
        return false;
    }
    html_raw(call->body, "<h2>");
    html_words(call->body, "確認日\nたしかめた ひ / Confirmed on");
    html_format(call->body, "</h2>\n<p>%s</p>\n", confirmed_on);
    html_paragraph(call->body, "", over
        ? "日にちか期限がもう過ぎているので、載っていません。続けるときは、"
          "内容を直してください。\nもう すぎた ひです。つづける ときは、なおして "
          "ください / Its days are over, so it is not shown: correct them to go "
          "on."
        : "変わりがなければ、ときどき押してください。長いあいだ確認がないと、"
          "ページに載らなくなります。\n"
          "かわって いなければ、おして ください。おさないと ページから きえます / "
          "Press it now and then if nothing has changed: what nobody confirms "
          "for long leaves the pages.");
    form_begin(call, page_sheet_path(call, sheet, "/step"), "plain");
    html_raw(call->body, "<div class=\"buttons\">\n");
    for (int i = 0; i < ACTS; i++) {
        if (step_allowed(sheet->entry_state, acts[i].step) &&
            !(over && acts[i].step == STEP_RENEW)) {
            form_button(call, "step", step_name(acts[i].step), acts[i].words,
                "");
        }
    }
    html_raw(call->body, "</div>\n");
    form_end(call);
    return true;
}

static bool
post_step(struct call *call, struct err *err)
{
    struct sheet sheet;
    bool shown;
    int at = 0;
    if (!page_sheet_open(call, &sheet, &shown, err)) {
        return shown;
    }
    const char *name = request_form(call->request, "step");
    while (at < ACTS && strcmp(step_name(acts[at].step), name) != 0) {
        at++;
    }
    if (at == ACTS || sheet.entry_id == 0) {
        return call_not_found(call);
    }
    struct step_order order = {.entry_id = sheet.entry_id,
        .step = acts[at].step, .date = call->today};
    struct amendment amendment;
    struct err why = {0};
    if (!step_allowed(sheet.entry_state, order.step)) {
        return page_sheet_over(call, &sheet); /* a button pressed twice */
    }
    if (!amend_step(call->store, &order, call->arena, &amendment, &why)) {
        if (why.kind == ERR_INPUT) {
            return call_refuse(call, 409,
                "いまは再開できません。事務局へお知らせください。\n"
                "じむきょくに きいて ください / "
                "It cannot be taken up again now: please ask the secretariat.");
        }
        *err = why;
        return false;
    }
    return call_done(call, page_sheet_path(call, &sheet, "/status"),
        acts[at].notice);
}

/* What a sheet of another year does not have: its days.  Words, such as 毎週
 * 水曜日, it has. */
static bool
is_of_its_time(const char *name)
{
    return strncmp(name, "day", 3) == 0 || strcmp(name, "date_start") == 0 ||
           strcmp(name, "date_end") == 0 || strcmp(name, "expires_on") == 0;
}

void
page_sheet_copy(struct call *call, const struct sheet *sheet)
{
    form_begin(call, page_sheet_path(call, sheet, "/copy"), "plain");
    form_button(call, NULL, NULL,
        "この内容を写して、新しく書く\n"
        "これを つかって あたらしく かく / Write a new one that begins with this",
        "");
    form_end(call);
}

static bool
post_copy(struct call *call, struct err *err)
{
    struct sheet sheet, copy;
    bool shown;
    if (!page_sheet_take(call, &sheet, &shown, err)) {
        return shown;
    }
    if (sheet.entry_id == 0) {
        return call_not_found(call);
    }
    if (!sheet_new(call, sheet.need, &copy, err)) {
        return false;
    }
    copy.fields.at = arena_array(call->arena, sheet.fields.n + 1,
        sizeof(*copy.fields.at));
    for (size_t i = 0; i < sheet.fields.n; i++) {
        if (!is_of_its_time(sheet.fields.at[i].name)) {
            copy.fields.at[copy.fields.n++] = sheet.fields.at[i];
        }
    }
    return sheet_save(call, &copy, err) &&
           call_done(call, page_sheet_path(call, &copy, ""), "copied");
}

const struct route sheet_step_routes[] = {
    {REQUEST_POST, "/entry/sheet/:token/copy", ROLE_ANYONE, post_copy, NULL,
        0},
    {REQUEST_POST, "/entry/sheet/:token/step", ROLE_ANYONE, post_step, NULL,
        0},
    {0},
};
