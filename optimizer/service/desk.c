/* desk.c: what the desk's pages share (desk.h). */
#include "desk.h"

#include <string.h>

#include "optimizer/base/day.h"
#include "optimizer/store/run.h"
#include "page.h"

bool
desk_refused(struct call *call, const struct err *why, const char *words,
    struct err *err)
{
    if (why->kind != ERR_INPUT) {
        *err = *why;
        return false;
    }
    return call_refuse(call, 422, words);
}

int64_t
desk_after(const struct call *call)
{
    return request_int(request_query(call->request, "after"), 0, INT64_MAX,
        0);
}

const char *
desk_title(struct call *call, const char *list, const char *filter,
    const char *text)
{
    bool searched = text[0] != '\0';
    return arena_format(call->arena, "%s%s%s%s%s%s%s%s", list,
        filter != NULL || searched ? "：" : "", filter != NULL ? filter : "",
        filter != NULL && searched ? "・" : "", searched ? "「" : "", text,
        searched ? "」" : "", desk_after(call) > 0 ? "（つづき）" : "");
}

void
desk_more(struct call *call, bool more, int64_t after)
{
    if (!more && desk_after(call) == 0) {
        return;
    }
    html_raw(call->body,
        "<nav class=\"pager\" aria-label=\"ページ\">\n<ul>\n");
    for (int next = 0; next < 2; next++) {
        if (next ? !more : desk_after(call) == 0) {
            continue;
        }
        html_raw(call->body, "<li><a href=\"");
        html_raw(call->body, call_with_query(call,
            arena_format(call->arena, "?after=%ld", next ? (long)after : 0L),
            "after"));
        html_format(call->body, "\">%s</a></li>\n",
            next ? "つづき" : "はじめから");
    }
    html_raw(call->body, "</ul>\n</nav>\n");
}

bool
desk_run(struct call *call, int64_t *run_id, struct err *err)
{
    *run_id = 0;
    return store_query_int(call->store,
        "SELECT ifnull(" RUN_NEWEST_PLAN ", 0)", run_id, err);
}

const char *
desk_side(const char *side)
{
    return strcmp(side, "need") == 0 ? "募集" : "資源";
}

const char *
desk_weekday(struct call *call, int weekday)
{
    return weekday < 0 ? "" : arena_format(call->arena, " %s曜日",
                                  day_weekday_ja(weekday));
}

const char *
desk_cost(struct call *call, int64_t units, const char *unit,
    int64_t unit_yen)
{
    if (unit_yen == 0 || units == 1) {
        return arena_format(call->arena, "%ld円", (long)unit_yen);
    }
    if (units == 0) {
        return arena_format(call->arena, "1%sにつき%ld円", unit,
            (long)unit_yen);
    }
    return arena_format(call->arena, "%ld円 × %ld%s = %ld円", (long)unit_yen,
        (long)units, unit, (long)(units * unit_yen));
}

bool
desk_states(struct call *call, const struct inbox_query *query,
    const char *none, struct err *err)
{
    struct inbox_state states[INBOX_STATES];
    int32_t n;
    if (!inbox_states(call->store, query, call->arena, states, &n, err)) {
        return false;
    }
    html_text(call->body, n == 0 ? none : "");
    for (int32_t i = 0; i < n; i++) {
        html_format(call->body, "%s<a href=\"/staff/entries?state=%s",
            i > 0 ? "、" : "", states[i].state);
        if (query->organisation_id > 0) {
            html_format(call->body, "&organisation=%ld",
                (long)query->organisation_id);
        }
        if (query->side != NULL) {
            html_format(call->body, "&side=%s", query->side);
        }
        if (query->text != NULL && query->text[0] != '\0') {
            html_raw(call->body, "&text=");
            html_raw(call->body, url_encode(call->arena, query->text));
        }
        html_format(call->body, "\">%s %ld 件</a>",
            step_state_ja(states[i].state), (long)states[i].n);
    }
    return true;
}

void
desk_fact(struct call *call, const char *label, const char *text)
{
    if (text[0] != '\0') {
        html_format(call->body, "<dt>%s</dt><dd", label);
        html_raw(call->body, /* lines as they were written */
            strchr(text, '\n') != NULL ? " class=\"text\">" : ">");
        html_format(call->body, "%s</dd>\n", text);
    }
}

const char *
desk_amended(const struct amendment *a, const char *otherwise)
{
    return a->refused != NULL    ? "plan-later"
           : a->promoted_n > 0   ? "promoted"
           : a->run_id > 0       ? "plan-amended"
                                 : otherwise;
}

const struct form_choice *
desk_decline_reasons(struct call *call, struct err *err)
{
    enum { MOST = 50 };
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT id, label_ja FROM phrases WHERE list = 'decline_reasons'"
        " ORDER BY sort, id",
        err);
    if (stmt == NULL) {
        return NULL;
    }
    struct form_choice *choices =
        arena_array(call->arena, MOST + 2, sizeof(*choices));
    choices[0] = (struct form_choice){"", "選んでください", 0};
    int n = 1, step = 1;
    while (n <= MOST && (step = store_step(stmt, err)) > 0) {
        choices[n++] = (struct form_choice){
            arena_string(call->arena, store_text(stmt, 0)),
            arena_string(call->arena, store_text(stmt, 1)), 0};
    }
    store_finish(stmt);
    return step >= 0 ? choices : NULL;
}
