/* page_checks.c: the 要件 and 諸条件 of /staff/entries/:id: shown, marked,
 * confirmed (page_screening.h). */
#include "page_screening.h"

#include <string.h>

#include "desk.h"
#include "page.h"
#include "paging.h"
#include "route.h"

static const struct {
    const char *value, *label;
} results[] = {{"", "まだ"}, {"pass", "適"}, {"fail", "否"},
    {"unclear", "要確認"}};

static const char *
result_label(const char *value)
{
    size_t i = 3;
    while (i > 0 && strcmp(results[i].value, value) != 0) {
        i--;
    }
    return results[i].label;
}

/* What was typed about it, or what stands. */
static const char *
typed(const struct call *call, const char *name, const char *stands)
{
    return request_has(call->request, name)
               ? request_form(call->request, name)
               : stands;
}

static void
put_results(struct call *call, const char *name, const char *label,
    const char *chosen, bool wrong)
{
    html_format(call->body, "<select id=\"%s\" name=\"%s\""
                            " aria-label=\"結果: %s\"", name, name, label);
    html_raw(call->body, wrong ? " aria-invalid=\"true\">" : ">");
    for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++) {
        const char *value = results[i].value;
        html_format(call->body, "<option value=\"%s\"%s", value, "");
        html_raw(call->body, strcmp(value, chosen) == 0 ? " selected" : "");
        html_format(call->body, ">%s</option>", results[i].label);
    }
    html_raw(call->body, "</select>");
}

static void
put_requirement(struct call *call, const struct screening_requirement *q,
    const struct form_errors *errors)
{
    const char *result = arena_format(call->arena, "result-%s", q->id);
    const char *note = arena_format(call->arena, "note-%s", q->id);
    const char *chosen = typed(call, result, q->result);
    const char *words = typed(call, note, q->note);
    html_format(call->body, "<tr><th scope=\"row\">%s%s</th><td>", q->label,
        q->required ? "" : "（任意）");
    put_results(call, result, q->label, chosen,
        form_error_of(errors, result) != NULL);
    html_format(call->body,
        "</td><td><input name=\"%s\" value=\"%s\""
        " maxlength=\"1000\" aria-label=\"メモ: %s\"></td><td>",
        note, words, q->label);
    if (q->at[0] != '\0' &&
        (strcmp(chosen, q->result) != 0 || strcmp(words, q->note) != 0)) {
        html_format(call->body, "いまは「%s」 %s ", result_label(q->result),
            q->note);
    }
    html_format(call->body, "%s %s</td></tr>\n", q->actor,
        page_day(call, q->at));
}

static void
put_requirements(struct call *call, const struct screening *s,
    const struct form_errors *errors)
{
    static const char *const heads[] = {"要件", "結果", "メモ", "記入", NULL};
    html_raw(call->body, "<h2 id=\"requirements\">要件</h2>\n");
    screening_form(call, s, "/mark", "form wide");
    table_begin(call, "要件の確認", heads);
    for (int32_t i = 0; i < s->requirements_n; i++) {
        put_requirement(call, &s->requirements[i], errors);
    }
    table_end(call);
    form_button(call, NULL, NULL, "要件を保存", "main");
    form_end(call);
}

static void
put_condition(struct call *call, const struct screening_condition *c)
{
    html_format(call->body,
        "<tr><th scope=\"row\">%s</th><td>%s</td><td>", c->label,
        c->stated[0] != '\0' ? c->stated : "（記載なし）");
    if (c->at[0] != '\0') {
        html_format(call->body, "%s %s %s", c->actor,
            page_day(call, c->at), c->note);
    } else {
        html_format(call->body,
            "<label class=\"tick\"><input type=\"checkbox\""
            " name=\"condition\" value=\"%s\"> 確認した"
            "<span class=\"quiet\"> %s</span></label>",
            c->id, c->label);
    }
    html_raw(call->body, "</td></tr>\n");
}

static void
put_conditions(struct call *call, const struct screening *s)
{
    static const char *const heads[] = {"諸条件", "記載", "確認", NULL};
    struct form_field note = {.name = "note", .label = "確認のメモ",
        .value = request_form(call->request, "note"), .max = 1000};
    html_raw(call->body, "<h2 id=\"conditions\">諸条件</h2>\n");
    screening_form(call, s, "/confirm", "form wide");
    table_begin(call, "諸条件の確認", heads);
    for (int32_t i = 0; i < s->conditions_n; i++) {
        put_condition(call, &s->conditions[i]);
    }
    table_end(call);
    if (s->row.confirmed < s->row.conditions) {
        form_input(call, NULL, &note);
        html_raw(call->body, "<div class=\"buttons\">\n");
        form_button(call, NULL, NULL, "選んだ諸条件を確認済みにする",
            "main");
        form_button(call, "all", "1", "すべて確認済みにする", "");
        html_raw(call->body, "</div>\n");
    }
    form_end(call);
}

void
checks_show(struct call *call, const struct screening *s,
    const struct form_errors *errors)
{
    put_requirements(call, s, errors);
    put_conditions(call, s);
}

/* What differs from the stored result is marked.  A note without a result
 * would be lost, and a result is changed, not taken away. */
static bool
mark(struct call *call, int64_t id, const struct screening_requirement *q,
    struct form_errors *errors, struct err *why)
{
    const struct request *r = call->request;
    const char *name = arena_format(call->arena, "result-%s", q->id);
    const char *note = request_form(r,
        arena_format(call->arena, "note-%s", q->id));
    const char *result = request_form(r, name);
    if (result[0] == '\0') {
        if (note[0] != '\0' ||
            (q->result[0] != '\0' && request_has(r, name))) {
            form_error(call, errors, name, arena_format(call->arena,
                "「%s」の結果を選んでください。", q->label));
        }
        return true;
    }
    return (strcmp(result, q->result) == 0 && strcmp(note, q->note) == 0) ||
           screening_mark(call->store, id, q->id, result, note, why);
}

static bool
post_mark(struct call *call, struct err *err)
{
    struct screening s;
    struct form_errors errors = {0};
    struct err why = {0};
    bool fresh, ok = true;
    if (!screening_seen(call, &s, &fresh, err) || !fresh) {
        return err->kind == ERR_NONE;
    }
    for (int32_t i = 0; ok && i < s.requirements_n; i++) {
        ok = mark(call, s.row.id, &s.requirements[i], &errors, &why);
    }
    if (ok && errors.n > 0) {
        call->response->status = 422; /* none is marked */
        return screening_show(call, s.row.id, &errors, err);
    }
    return ok ? call_done(call, screening_path(call, s.row.id,
                                    "#requirements"), "saved")
              : desk_refused(call, &why, "要件の結果を保存できませんでした。",
                    err);
}

static bool
post_confirm(struct call *call, struct err *err)
{
    const struct request *r = call->request;
    const char *note = request_form(r, "note"), *condition;
    struct screening s;
    struct err why = {0};
    bool all = request_has(r, "all"), ok = true, fresh;
    if (!screening_seen(call, &s, &fresh, err) || !fresh) {
        return err->kind == ERR_NONE;
    }
    if (all) {
        ok = screening_confirm(call->store, s.row.id, NULL, note, &why);
    }
    for (size_t i = 0; ok && !all && (condition = request_form_nth(r,
             "condition", i)) != NULL; i++) {
        ok = screening_confirm(call->store, s.row.id, condition, note, &why);
    }
    return ok ? call_done(call,
                    screening_path(call, s.row.id, "#conditions"), "saved")
              : desk_refused(call, &why, "確認を保存できませんでした。", err);
}

const struct route checks_routes[] = {
    {REQUEST_POST, "/staff/entries/:id/mark", ROLE_SCREENER, post_mark, NULL,
        0},
    {REQUEST_POST, "/staff/entries/:id/confirm", ROLE_SCREENER, post_confirm,
        NULL, 0},
    {0},
};
