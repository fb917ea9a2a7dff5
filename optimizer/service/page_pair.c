/* page_pair.c: /staff/pairs/NEED/OFFER: the secretariat's word on a pair, the
 * introduction, and what becomes of it: shown (page_pair.h). */
#include <string.h>

#include "optimizer/base/day.h"
#include "optimizer/staff/answer_sql.h"
#include "optimizer/staff/letter.h"
#include "optimizer/staff/step.h"
#include "optimizer/store/decision.h"
#include "mail.h"
#include "page.h"
#include "page_pair.h"
#include "paging.h"

static bool
load_decision(struct call *call, struct pair *pair, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT id, decision, ifnull(until, ''), reason,"
        " outcome_id IS NOT NULL FROM decisions"
        " WHERE need_id = ? AND offer_id = ? AND revoked_at IS NULL"
        " ORDER BY id DESC",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, pair->need.row.id);
    store_bind_int(stmt, 2, pair->offer.row.id);
    int32_t today = day_parse(call->today, 0);
    int step;
    while ((step = store_step(stmt, err)) > 0 &&
           !decision_holds(
               store_text(stmt, 1), store_text(stmt, 2), today)) {
    }
    if (step > 0) {
        pair->decision_id = store_int(stmt, 0);
        pair->decision = arena_string(call->arena, store_text(stmt, 1));
        pair->until = arena_string(call->arena, store_text(stmt, 2));
        pair->reason = arena_string(call->arena, store_text(stmt, 3));
        pair->follows = store_int(stmt, 4) != 0;
    }
    store_finish(stmt);
    return step >= 0;
}

/* *found false: no such pair, a page says so. */
bool
pair_load(struct call *call, struct pair *pair, bool *found,
    struct err *err)
{
    int64_t need = call_param_id(call, 0), offer = call_param_id(call, 1);
    struct err why = {0};
    memset(pair, 0, sizeof(*pair));
    *found = screening_load(call->store, need, call->arena, &pair->need,
                 &why) &&
             screening_load(call->store, offer, call->arena, &pair->offer,
                 &why) &&
             strcmp(pair->need.row.side, "need") == 0 &&
             strcmp(pair->offer.row.side, "offer") == 0;
    if (!*found) {
        if (why.kind != ERR_NONE && why.kind != ERR_INPUT) {
            *err = why;
            return false;
        }
        return call_not_found(call);
    }
    pair->path = arena_format(call->arena, "/staff/pairs/%s/%s",
        call->params[0], call->params[1]);
    return load_decision(call, pair, err) &&
           outcome_stage_of(call->store, need, offer, &pair->stage, err);
}

static const char *
part(struct call *call, const struct pair *pair, const char *name)
{
    return arena_format(call->arena, "%s/%s", pair->path, name);
}

/* What the organisations said themselves, on their pages. */
static bool
put_answers(struct call *call, const struct pair *p, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT w.side, w.at, w.actor FROM answers AS w WHERE w.need_id = ?1"
        " AND w.offer_id = ?2 AND " ANSWER_STANDS("w") " ORDER BY w.id",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, p->need.row.id);
    store_bind_int(stmt, 2, p->offer.row.id);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        bool need = strcmp(store_text(stmt, 0), "need") == 0;
        html_format(call->body,
            "<dt>返事</dt><dd>%sの団体は受ける（%s、%s）</dd>\n",
            need ? "募集" : "資源", page_minute(call, store_text(stmt, 1)),
            store_text(stmt, 2));
    }
    store_finish(stmt);
    html_raw(call->body, "</dl>\n");
    return step == 0;
}

static bool
put_facts(struct call *call, const struct pair *p, struct err *err)
{
    html_format(call->body,
        "<dl>\n<dt>募集</dt><dd>"
        "<a href=\"/staff/needs/%ld\">%s</a>（%s、%s）</dd>\n"
        "<dt>資源</dt><dd><a href=\"/staff/entries/%ld\">%s</a>"
        "（%s、%s%s）</dd>\n<dt>段階</dt><dd>%s</dd>\n",
        (long)p->need.row.id, p->need.row.title, p->need.row.organisation,
        step_state_ja(p->need.row.state), (long)p->offer.row.id,
        p->offer.row.title, p->offer.row.organisation,
        step_state_ja(p->offer.row.state),
        p->offer.organisation_linked ? "、県とつながりあり" : "",
        p->stage == OUTCOME_NONE ? "まだ何も進めていません"
                                 : outcome_label_ja(p->stage));
    if (p->decision_id > 0) {
        html_format(call->body, "<dt>決めたこと</dt><dd>%s%s%s: %s</dd>\n",
            strcmp(p->decision, "pin") == 0     ? "固定"
            : strcmp(p->decision, "defer") == 0 ? "見合わせ"
                                                : "除外",
            p->until[0] != '\0' ? " 期日 " : "", p->until, p->reason);
    }
    return put_answers(call, p, err);
}

static void
put_introduction(struct call *call, const struct pair *p)
{
    struct letter letter;
    struct err why = {0};
    html_raw(call->body, "<h2 id=\"introduction\">打診</h2>\n");
    if (!letter_make(call->store, p->need.row.id, p->offer.row.id, true,
            NULL, call->arena, &letter, &why)) {
        html_format(call->body, "<p class=\"note\">%s</p>\n", why.text);
        return;
    }
    bool may = outcome_may(p->stage, OUTCOME_INTRODUCED);
    html_format(call->body,
        "<p>%s に%s（%s）。</p>\n<pre class=\"letter\""
        " tabindex=\"0\" aria-label=\"打診の文\">%s</pre>\n",
        letter.to_name,
        may ? "次の文を送ります" : "打診するときの、いまの文です",
        mail_address_valid(letter.to_email) ? letter.to_email
                                   : "メールの宛先がないため、文を写して"
                                     "お使いください",
        letter.body);
    if (may) {
        form_begin(call, part(call, p, "introduce"), "plain");
        form_button(call, NULL, NULL, "打診する", "main");
        form_end(call);
    }
}

static bool
put_decline(struct call *call, const struct pair *p,
    const struct form_errors *errors, struct err *err)
{
    static const struct form_choice by[] = {{"offer", "資源の団体", 0},
        {"need", "募集の団体", 0}, {NULL, NULL, 0}};
    const struct request *r = call->request;
    const struct form_choice *reasons = desk_decline_reasons(call, err);
    struct form_field side = {.name = "side", .label = "辞退した団体",
        .value = request_form(r, "side")};
    struct form_field code = {.name = "code", .label = "辞退の理由",
        .value = request_form(r, "code"), .required = true};
    struct form_field note = {.name = "decline_note", .label = "備考",
        .value = request_form(r, "decline_note"), .max = 1000};
    if (reasons == NULL) {
        return false;
    }
    html_raw(call->body, "<h2 id=\"decline\">辞退</h2>\n"
        "<p>辞退はこの組み合わせだけのことです。次の候補をすぐに"
        "繰り上げます。</p>\n");
    form_begin(call, part(call, p, "decline"), "form");
    form_select(call, errors, &side, by);
    form_select(call, errors, &code, reasons);
    form_input(call, errors, &note);
    form_button(call, NULL, NULL, "辞退を記録する", "main");
    form_end(call);
    return true;
}

/* One step on, or back where the last was a mistake: the button says which
 * one it takes back, so that a second click takes no more. */
static void
put_stages(struct call *call, const struct pair *p)
{
    static const enum outcome_stage plain[] = {OUTCOME_AGREED, OUTCOME_HELD};
    html_raw(call->body, "<h2 id=\"stages\">進みぐあい</h2>\n");
    form_begin(call, part(call, p, "stage"), "plain");
    html_raw(call->body, "<div class=\"buttons\">\n");
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
        if (outcome_may(p->stage, plain[i])) {
            form_button(call, "stage", outcome_name(plain[i]),
                plain[i] == OUTCOME_AGREED ? "合意した" : "実施した", "");
        }
    }
    if (p->stage == OUTCOME_INTRODUCED) {
        form_button(call, "stage", "unanswered-offer",
            "資源の団体から返事がない（休止にする）", "");
        form_button(call, "stage", "unanswered-need",
            "募集の団体から返事がない（休止にする）", "");
    }
    if (outcome_before(p->stage) != OUTCOME_NONE) {
        form_button(call, "stage",
            arena_format(call->arena, "back-%s", outcome_name(p->stage)),
            arena_format(call->arena, "%sを取り消す（%sに戻す）",
                outcome_label_ja(p->stage),
                outcome_label_ja(outcome_before(p->stage))), "");
    }
    html_raw(call->body, "</div>\n");
    form_end(call);
}

/* Who noted what, and what was taken back. */
static bool
put_history(struct call *call, const struct pair *p, struct err *err)
{
    static const char *const heads[] = {"日時", "段階", "理由・備考",
        "だれ", NULL};
    struct outcome_query query = {.stage = OUTCOME_NONE,
        .need_id = p->need.row.id, .offer_id = p->offer.row.id,
        .most = PAGING_ROWS};
    struct outcome_list list;
    if (!outcome_load(call->store, &query, call->arena, &list, err)) {
        return false;
    }
    if (list.n == 0) {
        return true;
    }
    table_begin(call, "これまで", heads);
    for (int32_t i = 0; i < list.n; i++) {
        const struct outcome_row *row = &list.rows[i];
        html_format(call->body,
            "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s %s</td>"
            "<td>%s</td></tr>\n",
            page_minute(call, row->at), outcome_label_ja(row->stage),
            row->reason, row->note, row->actor);
    }
    table_end(call);
    return true;
}

static void
put_decide(struct call *call, const struct pair *p,
    const struct form_errors *errors)
{
    static const struct form_choice kinds[] = {
        {"pin", "固定（次の計画から必ず入れる）", 0},
        {"forbid", "除外（組み合わせない）", 0},
        {"defer", "見合わせ（期日まで待つ）", 0}, {NULL, NULL, 0}};
    const struct request *r = call->request;
    struct form_field kind = {.name = "kind", .label = "決めること",
        .value = request_form(r, "kind")};
    struct form_field until = {.name = "until", .label = "期日",
        .hint = "見合わせでは必ず。固定と除外では、書けばその日まで。",
        .type = "date", .value = request_form(r, "until")};
    struct form_field units = {.name = "units", .label = "固定する量",
        .type = "number", .value = request_form(r, "units")};
    struct form_field reason = {.name = "reason", .label = "理由",
        .required = true, .value = request_form(r, "reason"), .max = 1000};
    html_raw(call->body, "<h2 id=\"decide\">次の計画への指示</h2>\n");
    if (p->decision_id > 0 && !p->follows) {
        form_begin(call, part(call, p, "revoke"), "plain");
        form_hidden(call, "decision",
            arena_format(call->arena, "%ld", (long)p->decision_id));
        form_button(call, NULL, NULL, "いまの指示を取り消す", "");
        form_end(call);
    }
    form_begin(call, part(call, p, "decide"), "form");
    form_select(call, errors, &kind, kinds);
    form_input(call, errors, &until);
    form_input(call, errors, &units);
    form_input(call, errors, &reason);
    form_button(call, NULL, NULL, "指示する", "main");
    form_end(call);
}

bool
pair_show(struct call *call, const struct pair *p,
    const struct form_errors *errors, struct err *err)
{
    page_begin(call, PAGE_STAFF, arena_format(call->arena, "%s ← %s",
        p->need.row.title, p->offer.row.title));
    form_errors_list(call, errors);
    if (!put_facts(call, p, err)) {
        return false;
    }
    if (call->account->role >= ROLE_SCREENER) {
        put_introduction(call, p);
        put_stages(call, p);
        if (outcome_may(p->stage, OUTCOME_DECLINED) &&
            !put_decline(call, p, errors, err)) {
            return false;
        }
        put_decide(call, p, errors);
    }
    if (!put_history(call, p, err)) {
        return false;
    }
    page_end(call);
    return true;
}
