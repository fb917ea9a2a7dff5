/* page_weights.c: every tunable with its meaning; what goes on from here is
 * a comparison (page_whatif.c), never a change. */
#include <string.h>

#include "form.h"
#include "optimizer/store/profile.h"
#include "page.h"
#include "page_weights.h"
#include "paging.h"
#include "route.h"
#include "weight_input.h"

const char *
page_weights_field(struct call *call, int option)
{
    return arena_format(call->arena, "w.%s", option_at(option)->name);
}

static const char *
value_of(const struct request_fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->n; i++) {
        if (strcmp(fields->at[i].name, name) == 0) {
            return fields->at[i].value;
        }
    }
    return "";
}

bool
page_weights_read(struct call *call, const struct request_fields *fields,
    int64_t values[OPTION_COUNT], struct form_errors *errors)
{
    for (int id = 0; id < OPTION_COUNT; id++) {
        const char *field = page_weights_field(call, id);
        const char *text = value_of(fields, field);
        if (text[0] == '\0') {
            continue; /* stays as it is */
        }
        int64_t value;
        const char *wrong = weight_input_read(call->arena, id, text, &value);
        if (wrong != NULL) {
            form_error(call, errors, field, arena_format(call->arena,
                "「%s」: %s", option_at(id)->ja, wrong));
        } else {
            values[id] = value;
        }
    }
    return errors->n == 0;
}

static void
put_row(struct call *call, const struct form_errors *errors, int id,
    int64_t published)
{
    const struct option_row *row = option_at(id);
    const char *field = page_weights_field(call, id);
    const char *typed = value_of(&call->request->query, field);
    const char *wrong = form_error_of(errors, field);
    const char *unit = weight_input_unit(id);
    struct html *out = call->body;
    html_format(out, "<tr><th scope=\"row\"><label for=\"%s\">%s</label>",
        field, row->ja);
    if (wrong != NULL) {
        html_format(out, "<p class=\"error\" id=\"%s-error\">%s</p>", field,
            wrong);
    }
    html_format(out, "</th><td class=\"num\">%s %s</td><td>",
        weight_input_text(call->arena, id, published), unit);
    html_format(out,
        "<input class=\"figure\" id=\"%s\" name=\"%s\" value=\"%s\""
        " inputmode=\"decimal\" maxlength=\"20\"",
        field, field,
        typed[0] != '\0' ? typed
                         : weight_input_text(call->arena, id, published));
    if (wrong != NULL) {
        html_format(out, " aria-invalid=\"true\" aria-describedby=\"%s-error\"",
            field);
    }
    html_format(out, "> %s</td><td class=\"num\">%s ～ %s</td>"
        "<td class=\"num\">%s</td></tr>\n", unit,
        weight_input_text(call->arena, id, row->min),
        weight_input_text(call->arena, id, row->max),
        weight_input_text(call->arena, id, row->def));
}

/* Links that fill the form with a profile's values. */
static bool
put_profiles(struct call *call, struct err *err)
{
    struct profile *profiles;
    int32_t n;
    if (!profile_list(call->store, call->arena, &profiles, &n, err)) {
        return false;
    }
    if (n == 0) {
        return true;
    }
    html_raw(call->body, "<h2>名前をつけた重み</h2>\n<p>名前を選ぶと、その重みと"
                         "今の重みをくらべます。</p>\n<ul class=\"links\">\n");
    for (int32_t i = 0; i < n; i++) {
        html_format(call->body,
            "<li><a href=\"/staff/weights/try?version=%ld\">%s</a>"
            "（版 %ld）</li>\n",
            (long)profiles[i].version, profiles[i].name,
            (long)profiles[i].version);
    }
    html_raw(call->body, "</ul>\n");
    return true;
}

bool
page_weights_show(struct call *call, const struct form_errors *errors,
    struct err *err)
{
    static const char *const heads[] = {"意味", "今の値", "ためす値",
        "範囲", "はじめの値", NULL};
    int64_t version, published[OPTION_COUNT];
    if (!weights_published(call->store, &version, err) ||
        !weights_load(call->store, version, published, err)) {
        return false;
    }
    page_begin(call, PAGE_STAFF, "重み");
    if (errors != NULL) {
        form_errors_list(call, errors);
    }
    html_format(call->body,
        "<p>計画がどの組み合わせを良いと見るかは、ここにある数で決まります。今は版 %ld%s"
        "です。値を変えて「くらべる」を押すと、計画がどう変わるかを表と図で見られます。"
        "公開するまで、何も変わりません。</p>\n<p><a"
        " href=\"/staff/weights/history\">これまでの版と名前</a></p>\n",
        (long)version, version == WEIGHTS_DEFAULT ? "（はじめの値）" : "");
    if (!put_profiles(call, err)) {
        return false;
    }
    form_begin_filter(call, "/staff/weights/try");
    table_begin(call, "すべての重み", heads);
    for (int id = 0; id < OPTION_COUNT; id++) {
        put_row(call, errors, id, published[id]);
    }
    table_end(call);
    form_button(call, NULL, NULL, "くらべる", "main");
    form_end(call);
    page_end(call);
    return true;
}

static bool
show_weights(struct call *call, struct err *err)
{
    return page_weights_show(call, NULL, err);
}

const struct route weights_routes[] = {
    {REQUEST_GET, "/staff/weights", ROLE_VIEWER, show_weights, "重み", 0},
    {0},
};
