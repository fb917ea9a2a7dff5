/* page_link.c: /staff/entries/ID/link, /member/entries/ID/link
 * (page_link.h). */
#include "page_link.h"

#include <string.h>

#include "desk.h"
#include "mail.h"
#include "optimizer/staff/member.h"
#include "optimizer/staff/step.h"
#include "page_screening.h"
#include "route.h"
#include "sheet_address.h"

/* *address "": there is no link to be sent. */
static bool
load_address(struct call *call, const struct inbox_row *row,
    const char **address, struct err *err)
{
    if (!sheet_address_of(call, row->id, address, err)) {
        return false;
    }
    bool open = step_allowed(row->state, STEP_WITHDRAW) ||
                strcmp(row->state, "rejected") == 0;
    *address = open && mail_address_valid(*address) ? *address : "";
    return true;
}

bool
link_button(struct call *call, const struct inbox_row *row,
    const char *base, struct err *err)
{
    const char *address;
    if (!load_address(call, row, &address, err)) {
        return false;
    }
    if (address[0] != '\0') {
        form_begin(call, arena_format(call->arena, "%s/%ld/link", base,
            (long)row->id), "plain");
        html_format(call->body, "<button>直すためのリンクをメールで送る"
            "<span class=\"quiet\"> %s</span></button>\n", row->title);
        form_end(call);
    }
    return true;
}

static bool
send_link(struct call *call, const struct inbox_row *row, const char *back,
    struct err *err)
{
    const char *address, *url = NULL;
    if (!load_address(call, row, &address, err)) {
        return false;
    }
    if (address[0] != '\0') {
        url = sheet_entry_url(call, row->id, err);
    }
    if (err->kind != ERR_NONE) {
        return false;
    }
    if (url == NULL) {
        return call_refuse(call, 422,
            "このエントリーには、送れるリンクがありません。");
    }
    call->mail_waits = true;
    return mail_queue(call->store, address,
               arena_format(call->arena, "エントリー「%s」を直すためのリンク",
                   row->title),
               arena_format(call->arena,
                   "%s ご担当者様\n\nエントリー「%s」の内容を直すときや"
                   "取り下げるときは、次のリンクを開いてください。\n\n%s\n\n"
                   "ほかの人に見せないでください。心あたりがないときは、"
                   "このメールを捨ててください。\n\n"
                   "かながわつながりネットワーク事務局\n\n"
                   "To correct or withdraw your entry, open the link above.\n",
                   row->organisation, row->title, url),
               err) &&
           call_done(call, back, "link-sent");
}

static bool
post_staff(struct call *call, struct err *err)
{
    int64_t id = call_param_id(call, 0);
    struct screening s;
    struct err why = {0};
    if (!screening_load(call->store, id, call->arena, &s, &why)) {
        if (why.kind == ERR_INPUT) {
            return call_not_found(call);
        }
        *err = why;
        return false;
    }
    return send_link(call, &s.row, screening_path(call, id, ""), err);
}

static bool
post_member(struct call *call, struct err *err)
{
    int64_t id = call_param_id(call, 0);
    struct screening s;
    struct err why = {0};
    if (!member_owns(call->store, call->account->organisation_id, id, &why) ||
        !screening_load(call->store, id, call->arena, &s, &why)) {
        return desk_refused(call, &why, "この操作はできません。", err);
    }
    return send_link(call, &s.row, "/member/entries", err);
}

const struct route link_routes[] = {
    {REQUEST_POST, "/staff/entries/:id/link", ROLE_SCREENER, post_staff, NULL,
        0},
    {REQUEST_POST, "/member/entries/:id/link", ROLE_MEMBER, post_member, NULL,
        0},
    {0},
};
