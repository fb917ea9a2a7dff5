/* page_screening.c: /staff/entries/:id: an entry with its 要件, its 諸条件 and
 * the steps it may take (page_screening.h). */
#include "page_screening.h"

#include <string.h>

#include "desk.h"
#include "optimizer/intake/entry.h"
#include "optimizer/staff/duplicate.h"
#include "optimizer/staff/organisation_act.h"
#include "optimizer/staff/step.h"
#include "optimizer/store/run.h"
#include "page.h"
#include "page_link.h"
#include "paging.h"
#include "route.h"
#include "screening_mail.h"

const char *
screening_path(struct call *call, int64_t id, const char *part)
{
    return arena_format(call->arena, "/staff/entries/%ld%s", (long)id, part);
}

/* A digest of all that the page shows and a screener judges by. */
static const char *
digest(struct call *call, const struct screening *s)
{
    struct html all = {0};
    html_format(&all, "%s\n%s\n%s\n%s\n%s\n%s\n%d\n", s->row.title,
        s->row.state, s->row.organisation, s->summary, s->note,
        s->expires_on, s->publish);
    for (int32_t i = 0; i < s->facts_n; i++) {
        html_format(&all, "%s\n%s\n", s->facts[i].label,
            s->facts[i].value);
    }
    for (int32_t i = 0; i < s->requirements_n; i++) {
        const struct screening_requirement *q = &s->requirements[i];
        html_format(&all, "%s\n%s\n%s\n%d\n", q->id, q->result, q->note,
            q->required);
    }
    for (int32_t i = 0; i < s->conditions_n; i++) {
        const struct screening_condition *c = &s->conditions[i];
        html_format(&all, "%s\n%s\n%s\n%s\n", c->id, c->stated, c->note,
            c->at);
    }
    return form_digest(call, &all);
}

void
screening_form(struct call *call, const struct screening *s,
    const char *part, const char *class)
{
    form_begin(call, screening_path(call, s->row.id, part), class);
    form_hidden(call, "seen", digest(call, s));
}

bool
screening_seen(struct call *call, struct screening *s, bool *fresh,
    struct err *err)
{
    struct form_errors errors = {0};
    struct err why = {0};
    *fresh = false;
    if (!screening_load(call->store, call_param_id(call, 0), call->arena, s,
            &why)) {
        if (why.kind == ERR_INPUT) {
            return call_not_found(call);
        }
        *err = why;
        return false;
    }
    *fresh = form_saw(call, digest(call, s));
    if (*fresh) {
        return true;
    }
    call->response->status = 422;
    form_error(call, &errors, "seen", "");
    return screening_show(call, s->row.id, &errors, err);
}

/* Approved before, but not for the public: so it stays, if nobody says
 * otherwise. */
static bool
was_held_back(const struct screening *s)
{
    bool approved = false;
    for (int32_t i = 0; i < s->steps_n; i++) {
        approved =
            approved || step_find(s->steps[i].step) == STEP_APPROVE;
    }
    return approved && !s->publish;
}

/* A reason and a button for each step that the state allows. */
static void
put_steps(struct call *call, const struct screening *s,
    const struct form_errors *errors)
{
    struct form_field reason = {.name = "reason", .label = "理由",
        .hint = "差し戻し・不承認・終了・やり直しでは必ず書いてください。"
                "承認・差し戻し・不承認の理由は、団体へのメールに載ります。",
        .value = request_form(call->request, "reason"), .max = 1300};
    struct form_field hold = {.name = "hold_back",
        .label = "承認しても、公開の一覧には載せない",
        .value = request_form(call->request, "hold_back")};
    struct form_field name = {.name = "publish_organisation",
        .label = "団体も公開する（いまは非公開で、このままではページにも相手の"
                 "提案にも出ません）"};
    html_raw(call->body, "<h2 id=\"steps\">進める</h2>\n");
    screening_form(call, s, "/step", "form");
    form_textarea(call, errors, &reason, 3);
    if (step_allowed(s->row.state, STEP_APPROVE)) {
        hold.value = was_held_back(s) ? "1" : hold.value;
        form_check(call, &hold);
        if (!s->organisation_publish) {
            form_check(call, &name);
        }
    }
    html_raw(call->body, "<div class=\"buttons\">\n");
    for (int step = 0; step < STEP_COUNT; step++) {
        if (step_allowed(s->row.state, (enum step)step)) {
            form_button(call, "step", step_name((enum step)step),
                step_label_ja((enum step)step),
                step == STEP_APPROVE ? "main" : "");
        }
    }
    html_raw(call->body, "</div>\n");
    form_end(call);
}

static void
put_history(struct call *call, const struct screening *s)
{
    static const char *const heads[] = {"日時", "したこと", "状態",
        "理由", "だれ", NULL};
    if (s->steps_n == 0) {
        return;
    }
    table_begin(call, "これまで", heads);
    for (int32_t i = 0; i < s->steps_n; i++) {
        const struct screening_step *t = &s->steps[i];
        html_format(call->body,
            "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td>"
            "<td class=\"text\">%s</td><td>%s</td></tr>\n",
            page_minute(call, t->at), step_label_ja(step_find(t->step)),
            step_state_ja(t->to),
            t->reason,
            strcmp(t->actor, "visitor") == 0 ? "シートを書いた方" : t->actor);
    }
    table_end(call);
}

/* Whether the public finds it, or would, were it approved. */
static const char *
published(const struct screening *s)
{
    bool approved = strcmp(s->row.state, "approved") == 0;
    if (!approved && !step_allowed(s->row.state, STEP_APPROVE)) {
        return "いまの状態では載らない";
    }
    return approved && !s->publish ? "載せない"
           : !s->organisation_publish
               ? "団体が非公開のため、このままでは載らない"
           : approved ? "載せる"
                      : "承認すると載せる";
}

static void
put_facts(struct call *call, const struct screening *s)
{
    const struct inbox_row *row = &s->row;
    html_format(call->body,
        "<dl>\n<dt>団体</dt><dd>"
        "<a href=\"/staff/organisations/%ld\">%s</a>%s</dd>\n",
        (long)row->organisation_id, row->organisation,
        s->organisation_linked ? "（県がつながりのある団体）" : "");
    desk_fact(call, "状態", step_state_ja(row->state));
    desk_fact(call, "種類", desk_side(row->side));
    desk_fact(call, "概要", s->summary);
    for (int32_t i = 0; i < s->facts_n; i++) {
        desk_fact(call, s->facts[i].label, s->facts[i].value);
    }
    desk_fact(call, "確認日", row->confirmed_on);
    desk_fact(call, "期限", s->expires_on);
    desk_fact(call, "公開", published(s));
    desk_fact(call, "事務局への連絡・メモ（非公開）", s->note);
    html_raw(call->body, "</dl>\n");
    if (strcmp(row->side, "need") == 0) {
        html_format(call->body, "<p><a href=\"/staff/needs/%ld\">"
                                "この募集への提案を見る</a></p>\n",
            (long)row->id);
    }
}

/* Whom the newest plan gives an offer to. */
static bool
put_needs(struct call *call, const struct inbox_row *row, struct err *err)
{
    if (strcmp(row->side, "offer") != 0 ||
        strcmp(row->state, "approved") != 0) {
        return true;
    }
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT DISTINCT p.need_id, n.title, o.name FROM plan_lines AS p"
        " JOIN entries AS n ON n.id = p.need_id"
        " JOIN organisations AS o ON o.id = n.organisation_id"
        " WHERE p.offer_id = ?1 AND +p.run_id = " RUN_NEWEST_PLAN
        " ORDER BY p.need_id",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, row->id);
    html_raw(call->body, "<h2>いまの計画での相手</h2>\n<ul>\n");
    int step, n = 0;
    for (; (step = store_step(stmt, err)) > 0; n++) {
        html_format(call->body,
            "<li><a href=\"/staff/pairs/%ld/%ld\">%s</a>（%s）</li>\n",
            (long)store_int(stmt, 0), (long)row->id, store_text(stmt, 1),
            store_text(stmt, 2));
    }
    store_finish(stmt);
    html_raw(call->body, n == 0 ? "<li>ありません</li>\n</ul>\n" : "</ul>\n");
    return step == 0;
}

/* The writer's correction, or an import, came behind the last step: what was
 * marked before is about other words. */
static void
put_outdated(struct call *call, const struct screening *s)
{
    int marks = 0, confirmed = 0, last = 0;
    while (last < s->steps_n &&
           strstr(s->steps[last].reason, ENTRY_CHANGED) != NULL) {
        last++; /* it is the new words that took it */
    }
    if (last < s->steps_n &&
        strcmp(s->steps[last].at, s->row.updated_at) >= 0) {
        return;
    }
    for (int32_t i = 0; i < s->requirements_n; i++) {
        const char *at = s->requirements[i].at;
        marks += at[0] != '\0' && strcmp(at, s->row.updated_at) < 0;
    }
    for (int32_t i = 0; i < s->conditions_n; i++) {
        const char *at = s->conditions[i].at;
        confirmed += at[0] != '\0' && strcmp(at, s->row.updated_at) < 0;
    }
    if (marks + confirmed > 0) {
        page_note(call, arena_format(call->arena,
            "%s に内容が変わりました。それより前の要件 %d 件と諸条件 %d 件の記録は、"
            "前の内容についてのものです。",
            page_day(call, s->row.updated_at), marks, confirmed));
    }
}

bool
screening_show(struct call *call, int64_t id,
    const struct form_errors *errors, struct err *err)
{
    struct screening s;
    struct duplicate_list same;
    struct err why = {0};
    if (!screening_load(call->store, id, call->arena, &s, &why)) {
        if (why.kind == ERR_INPUT) {
            return call_not_found(call);
        }
        *err = why;
        return false;
    }
    if (!duplicate_load(call->store, s.row.organisation_id, 5, call->arena,
            &same, err)) {
        return false;
    }
    page_begin(call, PAGE_STAFF,
        desk_title(call, "審査", NULL, s.row.title));
    if (form_error_of(errors, "seen") != NULL) {
        page_alert(call, "このエントリーは、ページを開いたあとで内容か審査が"
                         "変わりました。何も記録していません。下はいまの"
                         "内容です。確かめてから、もう一度操作してください。");
    } else {
        form_errors_list(call, errors);
    }
    put_facts(call, &s);
    if (!put_needs(call, &s.row, err)) {
        return false;
    }
    if (same.n > 0) {
        html_format(call->body, "<p class=\"note\">"
            "<a href=\"/staff/organisations/%ld\">同じ団体かもしれない登録が"
            "あります。</a></p>\n", (long)s.row.organisation_id);
    }
    if (call->account->role >= ROLE_SCREENER) {
        put_outdated(call, &s);
        checks_show(call, &s, errors);
        put_steps(call, &s, errors);
        if (!link_button(call, &s.row, "/staff/entries", err)) {
            return false;
        }
    }
    put_history(call, &s);
    page_end(call);
    return true;
}

static bool
get_entry(struct call *call, struct err *err)
{
    int64_t id = call_param_id(call, 0);
    return id == 0 ? call_not_found(call)
                   : screening_show(call, id, NULL, err);
}

/* Why a step was refused, where the page can say it. */
static const char *
refusal(enum step step)
{
    return step == STEP_APPROVE || step == STEP_RESUME
               ? "必要な要件がすべて「適」になり、諸条件をすべて確認すると"
                 "承認できます。ほかの人が先に進めたときも、できません。"
               : "いまの状態では、この操作はできません。ほかの人が先に進めた"
                 "かもしれません。";
}

/* A first entry is often the first that is heard of its organisation. */
static bool
publish_organisation(struct call *call, int64_t id, struct err *err)
{
    struct screening s;
    return strcmp(request_form(call->request, "publish_organisation"),
               "1") != 0 ||
        (screening_load(call->store, id, call->arena, &s, err) &&
            organisation_set(call->store, s.row.organisation_id, "publish",
                true, "エントリーの承認とともに", err));
}

static bool
post_step(struct call *call, struct err *err)
{
    const struct request *r = call->request;
    struct screening s;
    bool fresh;
    if (!screening_seen(call, &s, &fresh, err) || !fresh) {
        return err->kind == ERR_NONE;
    }
    int64_t id = s.row.id;
    enum step step = step_find(request_form(r, "step"));
    struct step_order order = {.entry_id = id, .step = step,
        .reason = request_form(r, "reason"), .date = call->today,
        .hold_back = strcmp(request_form(r, "hold_back"), "1") == 0};
    struct amendment amendment = {0};
    struct form_errors errors = {0};
    struct err why = {0};
    if (step == STEP_COUNT) {
        return call_refuse(call, 400, "どの操作か分かりません。");
    }
    if (step_wants_reason(step) &&
        strspn(order.reason, " \t\n") == strlen(order.reason)) {
        form_error(call, &errors, "reason", "理由を書いてください。");
        call->response->status = 422;
        return screening_show(call, id, &errors, err);
    }
    if (!amend_step(call->store, &order, call->arena, &amendment, &why) ||
        (step == STEP_APPROVE && !publish_organisation(call, id, &why))) {
        return desk_refused(call, &why, refusal(step), err);
    }
    bool untold;
    return duplicate_refresh(call->store, err) &&
           screening_mail(call, &order, &untold, err) &&
           call_done(call, screening_path(call, id, ""),
               untold ? "step-untold"
                      : desk_amended(&amendment, "step-done"));
}

const struct route screening_routes[] = {
    {REQUEST_GET, "/staff/entries/:id", ROLE_VIEWER, get_entry, NULL, 0},
    {REQUEST_POST, "/staff/entries/:id/step", ROLE_SCREENER, post_step, NULL,
        0},
    {0},
};
