/* page_weights_save.c: versions of weights: keep one, publish one, name one;
 * and the list of what was. */
#include <string.h>

#include "form.h"
#include "optimizer/store/profile.h"
#include "page.h"
#include "page_weights.h"
#include "paging.h"
#include "route.h"

enum { REASON_MAX = 400 };

static bool
reason_given(struct call *call, const char **reason)
{
    *reason = request_form(call->request, "reason");
    return (*reason)[strspn(*reason, " \t\n")] != '\0' &&
        strlen(*reason) <= 3 * REASON_MAX;
}

static const char *const no_reason =
    "理由を書いてください（400字まで）。前のページに戻って、書き足せます。";

static const char *const no_name =
    "名前は1字から60字までで、数字だけ、空白だけのものは使えません。"
    "前のページに戻って、直せます。";

static bool
name_usable(const char *name)
{
    struct err why = {0};
    return profile_name_check(name, &why);
}

static bool
post_save(struct call *call, struct err *err)
{
    int64_t version, values[OPTION_COUNT];
    struct form_errors errors = {0};
    const char *reason, *name = request_form(call->request, "name");
    bool publish =
        strcmp(request_form(call->request, "act"), "publish") == 0;
    if (!reason_given(call, &reason)) {
        return call_refuse(call, 422, no_reason);
    }
    if (name[0] != '\0' && !name_usable(name)) {
        return call_refuse(call, 422, no_name);
    }
    if (!weights_published(call->store, &version, err) ||
        !weights_load(call->store, version, values, err)) {
        return false;
    }
    if (!page_weights_read(call, &call->request->form, values, &errors)) {
        return call_refuse(call, 422, errors.at[0].text);
    }
    return weights_keep(call->store, values, reason, publish, &version,
               err) &&
        (name[0] == '\0' ||
            profile_save(call->store, name, version, err)) &&
        call_done(call, "/staff/weights/history",
            publish ? "weights-published" : "weights-saved");
}

static bool
post_use(struct call *call, struct err *err)
{
    int64_t version = request_int(
        request_form(call->request, "version"), 0, INT64_MAX, -1);
    const char *reason;
    if (version < 0) {
        return call_not_found(call);
    }
    return !reason_given(call, &reason)
               ? call_refuse(call, 422, no_reason)
               : weights_use(call->store, version, reason, err) &&
                     call_done(call, "/staff/weights/history",
                         "weights-published");
}

static bool
post_name(struct call *call, struct err *err)
{
    int64_t version = request_int(
        request_form(call->request, "version"), 0, INT64_MAX, -1);
    const char *name = request_form(call->request, "name");
    if (version < 0) {
        return call_not_found(call);
    }
    return !name_usable(name)
               ? call_refuse(call, 422, no_name)
               : profile_save(call->store, name, version, err) &&
                     call_done(call, "/staff/weights/history",
                         "weights-named");
}

static bool
post_unname(struct call *call, struct err *err)
{
    return profile_drop(call->store, request_form(call->request, "name"),
               err) &&
        call_done(call, "/staff/weights/history", "weights-unnamed");
}

static void
put_versions(struct call *call, const struct weights_version *versions,
    int32_t n)
{
    static const char *const heads[] = {"版", "状態", "理由", "だれが",
        "作った日時", "公開した日時", "くらべる", NULL};
    table_begin(call, "重みの版（新しい順）", heads);
    for (int32_t i = n - 1; i >= 0; i--) {
        const struct weights_version *v = &versions[i];
        bool live = strcmp(v->state, "published") == 0;
        html_format(call->body,
            "<tr><th scope=\"row\">%ld</th><td>%s</td><td>%s</td><td>%s</td>"
            "<td>%s</td><td>%s</td><td>",
            (long)v->id,
            live                                 ? "公開中"
            : strcmp(v->state, "retired") == 0 ? "前の版"
                                                 : "下書き",
            v->reason, v->actor, page_minute(call, v->created_at),
            v->published_at != NULL ? page_minute(call, v->published_at)
                                    : "");
        html_format(call->body,
            "<a href=\"/staff/weights/try?version=%ld\">版 %ld を今とくらべる"
            "</a></td></tr>\n",
            (long)v->id, (long)v->id);
    }
    table_end(call);
}

static void
put_names(struct call *call, const struct profile *profiles, int32_t n)
{
    static const char *const heads[] = {"名前", "版", "だれが", "いつ", "外す",
        NULL};
    if (n == 0) {
        return;
    }
    table_begin(call, "名前", heads);
    for (int32_t i = 0; i < n; i++) {
        html_format(call->body,
            "<tr><th scope=\"row\">%s</th><td>%ld</td><td>%s</td><td>%s</td>"
            "<td>",
            profiles[i].name, (long)profiles[i].version, profiles[i].actor,
            page_minute(call, profiles[i].at));
        if (call->account->role >= ROLE_TUNER) {
            form_begin(call, "/staff/weights/unname", "plain");
            form_hidden(call, "name", profiles[i].name);
            html_format(call->body,
                "<button class=\"quiet-button\">「%s」を外す</button>",
                profiles[i].name);
            form_end(call);
        }
        html_raw(call->body, "</td></tr>\n");
    }
    table_end(call);
}

static const struct form_choice *
choices(struct call *call, const struct weights_version *versions, int32_t n)
{
    struct form_choice *all =
        arena_array(call->arena, (size_t)n + 2, sizeof(*all));
    for (int32_t i = 0; i < n; i++) {
        const struct weights_version *v = &versions[n - 1 - i];
        all[i] = (struct form_choice){
            .value = arena_format(call->arena, "%ld", (long)v->id),
            .label = arena_format(call->arena, "版 %ld: %s", (long)v->id,
                v->reason)};
    }
    all[n] = (struct form_choice){.value = "0", .label = "はじめの値（版 0）"};
    all[n + 1] = (struct form_choice){0};
    return all;
}

static void
put_forms(struct call *call, const struct form_choice *versions)
{
    html_raw(call->body, "<h2>前の版に戻す・公開する</h2>\n");
    form_begin(call, "/staff/weights/use", "form");
    form_select(call, NULL,
        &(struct form_field){.name = "version", .label = "公開する版"},
        versions);
    form_input(call, NULL,
        &(struct form_field){.name = "reason", .label = "理由",
            .max = REASON_MAX, .required = true});
    form_button(call, NULL, NULL, "この版を公開する（次の計画から使う）",
        "main");
    form_end(call);
    html_raw(call->body, "<h2>版に名前をつける</h2>\n");
    form_begin(call, "/staff/weights/name", "form");
    html_raw(call->body, "<div class=\"field\"><label for=\"named\">"
        "名前をつける版</label><select id=\"named\" name=\"version\">");
    for (; versions->value != NULL; versions++) {
        html_format(call->body, "<option value=\"%s\">%s</option>",
            versions->value, versions->label);
    }
    html_raw(call->body, "</select></div>\n");
    form_input(call, NULL,
        &(struct form_field){.name = "name", .label = "名前",
            .max = PROFILE_NAME_MAX, .required = true});
    form_button(call, NULL, NULL, "名前をつける", NULL);
    form_end(call);
}

static bool
show_history(struct call *call, struct err *err)
{
    struct weights_version *versions;
    struct profile *profiles;
    int32_t versions_n, profiles_n;
    if (!weights_history(call->store, call->arena, &versions, &versions_n,
            err) ||
        !profile_list(call->store, call->arena, &profiles, &profiles_n,
            err)) {
        return false;
    }
    page_begin(call, PAGE_STAFF, "重みの版");
    html_raw(call->body, "<p><a href=\"/staff/weights\">重みの一覧へ</a></p>\n");
    put_versions(call, versions, versions_n);
    put_names(call, profiles, profiles_n);
    if (call->account->role >= ROLE_TUNER) {
        put_forms(call, choices(call, versions, versions_n));
    }
    page_end(call);
    return true;
}

const struct route weights_save_routes[] = {
    {REQUEST_GET, "/staff/weights/history", ROLE_VIEWER, show_history, NULL,
        0},
    {REQUEST_POST, "/staff/weights/save", ROLE_TUNER, post_save, NULL, 0},
    {REQUEST_POST, "/staff/weights/use", ROLE_TUNER, post_use, NULL, 0},
    {REQUEST_POST, "/staff/weights/name", ROLE_TUNER, post_name, NULL, 0},
    {REQUEST_POST, "/staff/weights/unname", ROLE_TUNER, post_unname, NULL, 0},
    {0},
};
