/* screening_mail.c: what was decided, told (screening_mail.h). */
#include "screening_mail.h"

#include <string.h>

#include "mail.h"
#include "optimizer/market/shown_sql.h"
#include "optimizer/staff/organisation_list.h"
#include "optimizer/staff/screening.h"
#include "sheet_address.h"

/* Where it will stand from the next night on; "": nowhere. */
static bool
load_page(struct call *call, const struct inbox_row *row, const char **page,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT 1 FROM public_entries AS e WHERE e.id = ?1 AND "
        CURRENT_SQL("e", "?2"),
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, row->id);
    store_bind_text(stmt, 2, call->today);
    int step = store_step(stmt, err);
    *page = step == 1 ? arena_format(call->arena,
        "次の夜の計算のあと、このページに載ります。\n%s%s/%s/%ld\n",
        call->settings->origin, call->settings->public_base,
        strcmp(row->side, "need") == 0 ? "needs" : "resources",
        (long)row->id) : "";
    store_finish(stmt);
    return step >= 0;
}

/* For who reads no difficult Japanese. */
static const char *
in_short(enum step step, bool link)
{
    return step == STEP_APPROVE
               ? "\nこれで いいと きまりました。\n"
                 "Your entry was approved.\n"
           : step == STEP_RETURN && !link
               ? "\nなおして、じむきょくに しらせて ください。\n"
                 "Please tell the secretariat what to correct.\n"
           : step == STEP_RETURN
               ? "\nリンクを ひらいて、なおして ください。\n"
                 "Please open the link, correct your entry and send it "
                 "again.\n"
               : "\nページに のせない ことに なりました。\n"
                 "Your entry was not accepted.\n";
}

bool
screening_mail(struct call *call, const struct step_order *order, bool *untold,
    struct err *err)
{
    struct screening s;
    struct organisation_row org;
    bool again = order->step == STEP_RETURN;
    *untold = false;
    if ((!again && order->step != STEP_APPROVE &&
            order->step != STEP_REJECT)) {
        return true;
    }
    if (!screening_load(call->store, order->entry_id, call->arena, &s,
            err) ||
        !organisation_load(call->store, s.row.organisation_id, call->arena,
            &org, err)) {
        return false;
    }
    const char *to;
    if (!sheet_address_of(call, order->entry_id, &to, err)) {
        return false;
    }
    if (!mail_address_valid(to)) {
        to = mail_address_valid(org.email) ? org.email : s.contact_email;
    }
    *untold = !mail_address_valid(to);
    if (*untold) {
        return true;
    }
    const char *page = "", *url =
        again ? sheet_entry_url(call, order->entry_id, err) : NULL;
    if (err->kind != ERR_NONE ||
        (order->step == STEP_APPROVE &&
            !load_page(call, &s.row, &page, err))) {
        return false;
    }
    call->mail_waits = true;
    return mail_queue(call->store, to,
        arena_format(call->arena, "エントリー「%s」: %s", s.row.title,
            step_label_ja(order->step)),
        arena_format(call->arena,
            "%s ご担当者様\n\nエントリー「%s」を「%s」としました。\n"
            "%s%s%s%s%s%s%s%s\n"
            "かながわつながりネットワーク事務局\n",
            org.name, s.row.title, step_label_ja(order->step),
            order->reason[0] != '\0' ? "理由: " : "", order->reason,
            order->reason[0] != '\0' ? "\n" : "",
            url != NULL ? "エントリーのページから直して、もう一度お送りください。\n"
            : again     ? "直した内容を、事務局へお知らせください。\n"
                        : "",
            url != NULL ? url : "", url != NULL ? "\n" : "",
            page, in_short(order->step, url != NULL)),
        err);
}
