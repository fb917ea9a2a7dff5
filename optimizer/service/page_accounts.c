/* page_accounts.c: /staff/accounts: who may log in; for the admin. */
#include <string.h>

#include "form.h"
#include "page.h"
#include "paging.h"
#include "route.h"
#include "secret.h"

/* Staff's first; what is behind them is for who speaks for others. */
enum { STAFF_ROLES = 4 };
static const struct form_choice roles[] = {
    {"viewer", "閲覧", 0},
    {"screener", "審査担当", 0},
    {"tuner", "調整担当", 0},
    {"admin", "管理者", 0},
    {"member", "構成員（団体キーも書く）", 0},
    {NULL, NULL, 0},
};

/* Staff take another desk; members stay what they are. */
static void
put_role(struct call *call, const struct account *account)
{
    form_begin(call, arena_format(call->arena, "/staff/accounts/%s/role",
        account->login), "plain");
    html_format(call->body, "<select name=\"role\" aria-label=\"%s の役割\">",
        account->login);
    for (int i = 0; i < STAFF_ROLES; i++) {
        html_format(call->body, "<option value=\"%s\"", roles[i].value);
        html_raw(call->body,
            role_find(roles[i].value) == account->role ? " selected>" : ">");
        html_format(call->body, "%s</option>", roles[i].label);
    }
    html_format(call->body, "</select>\n<button>役割を変える"
        "<span class=\"quiet\"> %s</span></button>\n", account->login);
    form_end(call);
}

static void
put_row(struct call *call, const struct account *account)
{
    const char *action = arena_format(call->arena,
        "/staff/accounts/%s/%s", account->login,
        account->locked ? "unlock" : "lock");
    html_format(call->body,
        "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td>"
        "<td>%s<span class=\"quiet\"> %s</span></td><td>%s</td><td>",
        account->login, account->name, role_label(account->role),
        account->organisation, account->organisation_key,
        account->locked ? "停止中" : "使える");
    if (account->id != call->account->id) { /* nobody stops oneself */
        form_begin(call, action, "plain");
        html_format(call->body, "<button>%s<span class=\"quiet\"> %s</span>"
                                "</button>\n",
            account->locked ? "再開する" : "停止する", account->login);
        form_end(call);
        form_begin(call, arena_format(call->arena,
            "/staff/accounts/%s/password", account->login), "plain");
        html_format(call->body, "<button>パスワードを作り直す"
            "<span class=\"quiet\"> %s</span></button>\n", account->login);
        form_end(call);
        if (account->role != ROLE_MEMBER) {
            put_role(call, account);
        }
    }
    html_raw(call->body, "</td></tr>\n");
}

static void
put_new(struct call *call, const struct form_errors *errors)
{
    const struct request *r = call->request;
    struct form_field login = {.name = "login", .label = "ログイン名",
        .hint = "a-z 0-9 . _ - で2～40字", .value = request_form(r, "login"),
        .max = 40, .required = true, .autocomplete = "off"};
    struct form_field name = {.name = "name", .label = "氏名",
        .value = request_form(r, "name"), .max = 33, .required = true,
        .autocomplete = "off"};
    struct form_field role = {.name = "role", .label = "役割",
        .value = request_form(r, "role")};
    struct form_field organisation = {.name = "organisation",
        .label = "団体キー", .hint = "構成員のときだけ。例：M01",
        .value = request_form(r, "organisation"), .max = 100,
        .autocomplete = "off"};
    struct form_field password = {.name = "password",
        .label = "はじめのパスワード", .type = "password",
        .hint = "12文字以上。本人があとで変えます。",
        .max = SECRET_PASSWORD_MAX, .required = true,
        .autocomplete = "new-password"};
    html_raw(call->body, "<h2>アカウントをつくる</h2>\n");
    form_begin(call, "/staff/accounts", "form");
    form_input(call, errors, &login);
    form_input(call, errors, &name);
    form_select(call, errors, &role, roles);
    form_input(call, errors, &organisation);
    form_input(call, errors, &password);
    form_button(call, NULL, NULL, "つくる", "main");
    form_end(call);
}

/* note: what the page says first, or NULL. */
static bool
show(struct call *call, const struct form_errors *errors, const char *note,
    struct err *err)
{
    static const char *const heads[] = {"ログイン名", "氏名", "役割", "団体",
        "状態", "操作", NULL};
    struct account *list;
    int n;
    if (!account_list(call->store, &list, &n, call->arena, err)) {
        return false;
    }
    page_begin(call, PAGE_STAFF, "アカウント");
    if (note != NULL) {
        page_alert(call, note);
    }
    form_errors_list(call, errors);
    table_begin(call, "アカウントの一覧", heads);
    for (int i = 0; i < n; i++) {
        put_row(call, &list[i]);
    }
    table_end(call);
    put_new(call, errors);
    page_end(call);
    return true;
}

static bool
get_accounts(struct call *call, struct err *err)
{
    return show(call, NULL, NULL, err);
}

/* What is wrong, at the field where it is. */
static void
find_faults(struct call *call, const struct account *account,
    bool organisation_known, struct form_errors *errors)
{
    static const struct {
        const char *field, *text;
    } texts[] = {
        {"login", "a-z で始まる、a-z 0-9 . _ - の2～40字にしてください。"},
        {"name", "氏名を書いてください（33字まで）。"},
        {"role", "役割を選んでください。"},
        {"organisation", "構成員には団体キーを書いてください。"},
    };
    const char *fault = account_fault(account);
    struct err why = {0};
    if (!organisation_known) {
        form_error(call, errors, "organisation",
            "この団体キーの団体はありません。");
    }
    for (size_t i = 0; fault != NULL && i < sizeof(texts) / sizeof(texts[0]);
         i++) {
        if (strcmp(fault, texts[i].field) == 0 &&
            form_error_of(errors, fault) == NULL) {
            form_error(call, errors, fault, texts[i].text);
        }
    }
    if ((fault == NULL || strcmp(fault, "login") != 0) &&
        !secret_password_check(request_form(call->request, "password"),
            account->login, &why)) {
        form_error(call, errors, "password", PAGE_PASSWORD_RULE);
    }
}

static bool
post_account(struct call *call, struct err *err)
{
    const struct request *r = call->request;
    struct form_errors errors = {0};
    struct account account = {.login = request_form(r, "login"),
        .name = request_form(r, "name"),
        .role = role_find(request_form(r, "role"))};
    struct err why = {0};
    int64_t id;
    const char *key = request_form(r, "organisation");
    account.organisation_id =
        key[0] != '\0' ? account_organisation(call->store, key, &why) : 0;
    bool known = why.kind == ERR_NONE;
    if (known || why.kind == ERR_INPUT) {
        find_faults(call, &account, known, &errors);
        why = (struct err){0};
        if (errors.n == 0 && account_add(call->store, &account,
                                 request_form(r, "password"), &id, &why)) {
            return call_done(call, "/staff/accounts", "account-added");
        }
    }
    if (why.kind != ERR_NONE && why.kind != ERR_INPUT) {
        *err = why;
        return false;
    }
    if (why.kind == ERR_INPUT) {
        form_error(call, &errors, "login",
            "このログイン名はもう使われています。");
    }
    call->response->status = 422;
    return show(call, &errors, NULL, err);
}

static bool
set_locked(struct call *call, bool locked, struct err *err)
{
    struct account account;
    if (!account_by_login(call->store, call->params[0], &account,
            call->arena, err)) {
        return false;
    }
    if (locked && account.id == call->account->id) {
        return fail(err, ERR_INPUT, "自分のアカウントは停止できません。");
    }
    return account_set_locked(call->store, account.id, locked, err) &&
           call_done(call, "/staff/accounts", "account-changed");
}

static bool
post_lock(struct call *call, struct err *err)
{
    return set_locked(call, true, err);
}

static bool
post_unlock(struct call *call, struct err *err)
{
    return set_locked(call, false, err);
}

static bool
post_role(struct call *call, struct err *err)
{
    struct account account;
    struct err why = {0};
    enum role role = role_find(request_form(call->request, "role"));
    if (!account_by_login(call->store, call->params[0], &account,
            call->arena, &why)) {
        return why.kind == ERR_INPUT ? call_not_found(call)
                                     : (*err = why, false);
    }
    if (account.id == call->account->id || account.role == ROLE_MEMBER ||
        role < ROLE_VIEWER) {
        return call_refuse(call, 409, "この役割には変えられません。");
    }
    return account_set_role(call->store, account.id, role, 0, err) &&
           call_done(call, "/staff/accounts", "account-changed");
}

/* Shown once, on this answer alone: whoever forgot the old one is told it. */
static bool
post_password(struct call *call, struct err *err)
{
    struct account account;
    char password[SECRET_PASSWORD_MADE];
    struct err why = {0};
    if (!account_by_login(call->store, call->params[0], &account,
            call->arena, &why)) {
        return why.kind == ERR_INPUT ? call_not_found(call)
                                     : (*err = why, false);
    }
    if (account.id == call->account->id) {
        return call_refuse(call, 409,
            "自分のパスワードは「パスワード」のページで変えてください。");
    }
    secret_password_make(password);
    return account_set_password(call->store, account.id, password, err) &&
           show(call, NULL, arena_format(call->arena,
               "%s の新しいパスワードは %s です。この画面だけに出ます。本人に"
               "伝え、ログインしたら変えてもらってください。",
               account.login, password), err);
}

const struct route account_routes[] = {
    {REQUEST_GET, "/staff/accounts", ROLE_ADMIN, get_accounts,
        "アカウント", 0},
    {REQUEST_POST, "/staff/accounts", ROLE_ADMIN, post_account, NULL, 0},
    {REQUEST_POST, "/staff/accounts/:login/lock", ROLE_ADMIN, post_lock,
        NULL, 0},
    {REQUEST_POST, "/staff/accounts/:login/unlock", ROLE_ADMIN, post_unlock,
        NULL, 0},
    {REQUEST_POST, "/staff/accounts/:login/role", ROLE_ADMIN, post_role,
        NULL, 0},
    {REQUEST_POST, "/staff/accounts/:login/password", ROLE_ADMIN,
        post_password, NULL, 0},
    {0},
};
