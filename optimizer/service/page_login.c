/* page_login.c: /staff/login, logout, password, and the question that nginx
 * asks for locations of its own (auth_request /staff/session). */
#include <string.h>

#include "carry.h"
#include "form.h"
#include "page.h"
#include "page_login.h"
#include "route.h"
#include "session.h"

/* A path of this site to go on to, or NULL. */
static const char *
next_of(const char *next)
{
    bool ours = (strncmp(next, "/staff/", 7) == 0 ||
                    strncmp(next, "/member", 7) == 0) &&
                strpbrk(next, "\\\r\n\t ") == NULL;
    return ours ? next : NULL;
}

/* nginx puts a whole address behind next= as it is: its later arguments come
 * as ours. */
static const char *
asked_next(struct call *call)
{
    const char *next =
        url_address(call->arena, request_query(call->request, "next"));
    return strchr(next, '?') == NULL ? next
                                     : call_with_query(call, next, "next");
}

static void
go_on(struct call *call, enum role role, const char *next)
{
    next = next_of(next);
    response_redirect(call->response,
        next != NULL          ? next
        : role == ROLE_MEMBER ? "/member/"
                              : "/staff/");
}

void
login_stale(struct call *call)
{
    const char *login = request_form(call->request, "login");
    const char *next = request_form(call->request, "next");
    if (call->account == NULL || strcmp(call->account->login, login) != 0) {
        call->response->status = 403;
        login_form(call, login, next,
            "このページは古くなっていました。もう一度ログインしてください。");
    } else if (carry_waits(call)) {
        carry_show(call);
    } else {
        go_on(call, call->account->role, next);
    }
}

void
login_form(struct call *call, const char *login, const char *next,
    const char *alert)
{
    page_begin(call, PAGE_PUBLIC, "ログイン");
    if (alert != NULL) {
        page_alert(call, alert);
    }
    form_begin(call, "/staff/login", "form");
    form_hidden(call, "next", next);
    carry_fields(call);
    struct form_field name = {.name = "login", .label = "ログイン名",
        .value = login, .max = 40, .required = true,
        .autocomplete = "username"};
    struct form_field password = {.name = "password",
        .label = "パスワード", .type = "password",
        .max = SECRET_PASSWORD_MAX, .required = true,
        .autocomplete = "current-password"};
    form_input(call, NULL, &name);
    form_input(call, NULL, &password);
    form_button(call, NULL, NULL, "ログイン", "main");
    form_end(call);
    page_end(call);
}

static bool
get_login(struct call *call, struct err *err)
{
    (void)err;
    login_form(call, "", asked_next(call), NULL);
    return true;
}

static bool
post_login(struct call *call, struct err *err)
{
    const char *login = request_form(call->request, "login");
    const char *next = request_form(call->request, "next");
    struct account account;
    bool good = false;
    char token[SECRET_TOKEN];
    if (!account_check_password(call->store, login,
            request_form(call->request, "password"), &account, &good,
            call->arena, err)) {
        return false;
    }
    if (!good) {
        call->response->status = 422;
        call->keep = true; /* the wrong try counts */
        login_form(call, login, next,
            "ログイン名かパスワードが違うか、いまは使えないアカウントです。"
            "5回間違えると15分のあいだ使えません。");
        return true;
    }
    store_set_actor(call->store, account.login);
    if (!session_end(call->store, call_cookie(call, CALL_SESSION), err) ||
        !session_start(call->store, account.id, token, err)) {
        return false;
    }
    call_set_cookie(call, CALL_SESSION, token);
    call_set_cookie(call, CALL_VISIT, "");
    if (carry_waits(call)) {
        memcpy(call->secret, token, SECRET_TOKEN);
        call->csrf[0] = '\0'; /* that of the page before */
        carry_show(call);
        return true;
    }
    go_on(call, account.role, next);
    return true;
}

static bool
post_logout(struct call *call, struct err *err)
{
    if (!session_end(call->store, call_cookie(call, CALL_SESSION), err)) {
        return false;
    }
    call_done(call, "/staff/login", "logged-out");
    call_set_cookie(call, CALL_SESSION, "");
    return true;
}

static bool
show_password(struct call *call, const struct form_errors *errors)
{
    page_begin(call, page_own(call), "パスワードの変更");
    form_errors_list(call, errors);
    form_begin(call, "/staff/password", "form");
    struct form_field old = {.name = "old", .label = "いまのパスワード",
        .type = "password", .max = SECRET_PASSWORD_MAX, .required = true,
        .autocomplete = "current-password"};
    struct form_field new = {.name = "new", .label = "新しいパスワード",
        .hint = "12文字以上。ログイン名を入れないでください。",
        .type = "password", .max = SECRET_PASSWORD_MAX, .required = true,
        .autocomplete = "new-password"};
    form_input(call, errors, &old);
    form_input(call, errors, &new);
    form_button(call, NULL, NULL, "変更する", "main");
    form_end(call);
    page_end(call);
    return true;
}

static bool
get_password(struct call *call, struct err *err)
{
    (void)err;
    return show_password(call, NULL);
}

static bool
post_password(struct call *call, struct err *err)
{
    struct form_errors errors = {0};
    struct account account;
    struct err why = {0};
    const char *new = request_form(call->request, "new");
    bool good = false;
    if (!account_check_password(call->store, call->account->login,
            request_form(call->request, "old"), &account, &good, call->arena,
            err)) {
        return false;
    }
    if (!good) {
        form_error(call, &errors, "old", "いまのパスワードが違います。");
    }
    if (!secret_password_check(new, call->account->login, &why)) {
        form_error(call, &errors, "new", PAGE_PASSWORD_RULE);
    }
    if (errors.n > 0) {
        call->response->status = 422;
        call->keep = true; /* the wrong try counts */
        return show_password(call, &errors);
    }
    if (!account_set_password(call->store, account.id, new, err)) {
        return false;
    }
    return call_done(call, "/staff/login", "password-changed");
}

/*
 * For nginx: auth_request /staff/session?least=member.  204: let in; 401:
 * nobody is logged in; 403: the role does not suffice.
 */
static bool
get_session(struct call *call, struct err *err)
{
    (void)err;
    enum role least = role_find(request_query(call->request, "least"));
    if (least == ROLE_ANYONE) {
        least = ROLE_ADMIN; /* a name that is none lets nobody in */
    }
    call->response->status = call->account == NULL           ? 401
                             : call->account->role < least ? 403
                                                             : 204;
    return true;
}

const struct route login_routes[] = {
    {REQUEST_GET, "/staff/login", ROLE_ANYONE, get_login, NULL, 0},
    {REQUEST_POST, "/staff/login", ROLE_ANYONE, post_login, NULL, 0},
    {REQUEST_POST, "/staff/logout", ROLE_ANYONE, post_logout, NULL, 0},
    {REQUEST_GET, "/staff/password", ROLE_MEMBER, get_password, NULL, 0},
    {REQUEST_POST, "/staff/password", ROLE_MEMBER, post_password, NULL, 0},
    {REQUEST_GET, "/staff/session", ROLE_ANYONE, get_session, NULL, 0},
    {0},
};
