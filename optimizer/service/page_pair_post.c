/* page_pair_post.c: what the secretariat does with a pair (page_pair.h). */
#include <string.h>

#include "optimizer/base/day.h"
#include "optimizer/staff/letter.h"
#include "optimizer/store/decision.h"
#include "mail.h"
#include "page_pair.h"
#include "route.h"

static bool
get_pair(struct call *call, struct err *err)
{
    struct pair pair;
    bool found;
    return pair_load(call, &pair, &found, err) &&
           (!found || pair_show(call, &pair, NULL, err));
}

/* The form again, with what to put right. */
static bool
show_errors(struct call *call, const struct pair *pair,
    const struct form_errors *errors, struct err *err)
{
    call->response->status = 422;
    return pair_show(call, pair, errors, err);
}

static bool
post_decide(struct call *call, struct err *err)
{
    const struct request *r = call->request;
    struct pair pair;
    struct form_errors errors = {0};
    struct err why = {0};
    bool found;
    int64_t id;
    if (!pair_load(call, &pair, &found, err) || !found) {
        return found;
    }
    const char *until = request_form(r, "until");
    struct decision d = {.need_id = pair.need.row.id,
        .offer_id = pair.offer.row.id, .kind = request_form(r, "kind"),
        .until = until[0] != '\0' ? until : NULL,
        .reason = request_form(r, "reason"),
        .units = request_int(request_form(r, "units"), 1, 1000000, 0)};
    bool pin = strcmp(d.kind, "pin") == 0;
    d.units = pin ? d.units : 0;
    if (!act_text_check("reason", d.reason, true, &why)) {
        form_error(call, &errors, "reason", "理由を書いてください。");
    }
    if ((d.until == NULL && strcmp(d.kind, "defer") == 0) ||
        (d.until != NULL && !day_valid(d.until))) {
        form_error(call, &errors, "until", "期日を選んでください。");
    } else if (!decision_holds(d.kind, d.until,
                   day_parse(call->today, 0))) {
        form_error(call, &errors, "until",
            "もう過ぎた期日です。これからの日を選んでください。");
    }
    if (pin && request_form(r, "units")[0] != '\0' && d.units == 0) {
        form_error(call, &errors, "units", "1以上の数を書いてください。");
    }
    if (errors.n > 0) {
        return show_errors(call, &pair, &errors, err);
    }
    why = (struct err){0};
    return decision_add(call->store, &d, &id, &why)
               ? call_done(call, pair.path, "decided")
               : desk_refused(call, &why, "この指示はできません。", err);
}

static const char stale[] =
    "いまの段階では、この操作はできません。もう済んでいるか、ほかの人が先に進めた"
    "かもしれません。ページを開き直して、段階を確かめてください。";

/* The decision that the page showed, if it still stands. */
static bool
post_revoke(struct call *call, struct err *err)
{
    struct pair pair;
    struct err why = {0};
    bool found;
    if (!pair_load(call, &pair, &found, err) || !found) {
        return found;
    }
    int64_t shown = request_int(request_form(call->request, "decision"), 1,
        INT64_MAX, pair.decision_id);
    if (shown != pair.decision_id) {
        return desk_refused(call, &(struct err){.kind = ERR_INPUT}, stale,
            err);
    }
    return !pair.follows &&
                   decision_revoke(call->store, pair.decision_id,
                       "事務局の画面で取り消し", &why)
               ? call_done(call, pair.path, "decided")
               : desk_refused(call,
                     why.kind != ERR_NONE ? &why
                                          : &(struct err){.kind = ERR_INPUT},
                     "取り消す指示がありません。", err);
}

static bool
post_stage(struct call *call, struct err *err)
{
    const char *name = request_form(call->request, "stage");
    struct pair pair;
    struct amendment amendment = {0};
    struct err why = {0};
    bool found, ok;
    if (!pair_load(call, &pair, &found, err) || !found) {
        return found;
    }
    struct outcome_order order = {.need_id = pair.need.row.id,
        .offer_id = pair.offer.row.id, .stage = outcome_find(name)};
    if (strncmp(name, "back-", 5) == 0) {
        ok = outcome_take_back(call->store, order.need_id, order.offer_id,
            outcome_find(name + 5), &why);
    } else if (strncmp(name, "unanswered-", 11) == 0) {
        ok = outcome_unanswered(call->store, order.need_id, order.offer_id,
            name + 11, call->arena, &amendment, &why);
    } else if (order.stage == OUTCOME_NONE ||
               order.stage == OUTCOME_INTRODUCED) {
        return call_refuse(call, 400, "どの操作か分かりません。");
    } else {
        ok = outcome_take(call->store, &order, call->arena, &amendment,
            &why);
    }
    return ok ? call_done(call, pair.path,
                    desk_amended(&amendment, "outcome-kept"))
              : desk_refused(call, &why, stale, err);
}

static bool
post_decline(struct call *call, struct err *err)
{
    const struct request *r = call->request;
    struct pair pair;
    struct amendment amendment;
    struct form_errors errors = {0};
    struct err why = {0};
    bool found;
    if (!pair_load(call, &pair, &found, err) || !found) {
        return found;
    }
    struct outcome_order order = {.need_id = pair.need.row.id,
        .offer_id = pair.offer.row.id, .stage = OUTCOME_DECLINED,
        .side = request_form(r, "side"),
        .reason_code = request_form(r, "code"),
        .note = request_form(r, "decline_note")};
    if (order.reason_code[0] == '\0') {
        form_error(call, &errors, "code", "理由を選んでください。");
    }
    if (strcmp(order.reason_code, OUTCOME_DECLINE_OTHER) == 0 &&
        !act_text_check("note", order.note, true, &why)) {
        form_error(call, &errors, "decline_note",
            "「その他」の理由を書いてください。");
    }
    if (errors.n > 0) {
        return show_errors(call, &pair, &errors, err);
    }
    why = (struct err){0};
    return outcome_take(call->store, &order, call->arena, &amendment, &why)
               ? call_done(call,
                     arena_format(call->arena, "/staff/needs/%ld",
                         (long)order.need_id),
                     desk_amended(&amendment, "outcome-kept"))
               : desk_refused(call, &why, stale, err);
}

static bool
post_introduce(struct call *call, struct err *err)
{
    struct pair pair;
    struct letter letter;
    struct err why = {0};
    bool found;
    if (!pair_load(call, &pair, &found, err) || !found) {
        return found;
    }
    if (!letter_introduce(call->store, pair.need.row.id, pair.offer.row.id,
            true, NULL, call->arena, &letter, &why)) {
        return desk_refused(call, &why, stale, err);
    }
    bool mail = mail_address_valid(letter.to_email);
    call->mail_waits = mail;
    return (!mail || mail_queue(call->store, letter.to_email, letter.subject,
                         letter.body, err)) &&
           call_done(call, pair.path, mail ? "introduced" : "outcome-kept");
}

const struct route pair_routes[] = {
    {REQUEST_GET, "/staff/pairs/:need/:offer", ROLE_VIEWER, get_pair, NULL,
        0},
    {REQUEST_POST, "/staff/pairs/:need/:offer/decide", ROLE_SCREENER,
        post_decide, NULL, 0},
    {REQUEST_POST, "/staff/pairs/:need/:offer/revoke", ROLE_SCREENER,
        post_revoke, NULL, 0},
    {REQUEST_POST, "/staff/pairs/:need/:offer/stage", ROLE_SCREENER,
        post_stage, NULL, 0},
    {REQUEST_POST, "/staff/pairs/:need/:offer/decline", ROLE_SCREENER,
        post_decline, NULL, 0},
    {REQUEST_POST, "/staff/pairs/:need/:offer/introduce", ROLE_SCREENER,
        post_introduce, NULL, 0},
    {0},
};
