/* test_service.c: requests through parsing, rights, transactions and pages
 * (optimizer/service). */
#include "tests/unit/service_unit.h"

#include "optimizer/service/account.h"
#include "optimizer/service/mail.h"
#include "optimizer/service/route.h"

#define PASSWORD "correct horse battery"

static void
add_account(const char *login, enum role role)
{
    struct err err = {0};
    struct account account = {.login = login, .name = "名", .role = role};
    int64_t id;
    assert_true(store_begin(tmp.store, &err));
    assert_true(account_add(tmp.store, &account, PASSWORD, &id, &err));
    assert_true(store_commit(tmp.store, &err));
}

static void
login__sets_a_secure_cookie_and_opens_the_pages(void **state)
{
    (void)state;
    add_account("boss", ROLE_ADMIN);
    assert_int_equal(get("/staff/", ""), 303);
    assert_string_equal(location(), "/staff/login");
    assert_int_equal(get("/staff/login", ""), 200);
    assert_non_null(strstr(cookies, "__Host-tsunagari-visit="));
    assert_int_equal(
        post("/staff/login", "login=boss&password=correct+horse+battery"),
        303);
    assert_non_null(strstr(cookies, "__Host-tsunagari="));
    struct html head = {0};
    response_head(&answer, &head);
    assert_non_null(strstr(head.text,
        "; Path=/; HttpOnly; SameSite=Lax; Secure\r\n"));
    html_release(&head);
    assert_int_equal(get("/staff/accounts", ""), 200);
    assert_non_null(strstr(answer.body.text, "boss"));
    assert_int_equal(post("/staff/accounts/boss/lock", ""), 400);
    is("SELECT locked FROM accounts", 0);
}

static void
login__next_leads_nowhere_else(void **state)
{
    static const char *const bad[] = {"//evil.example", "https://evil",
        "/staff/\\evil"};
    (void)state;
    add_account("boss", ROLE_ADMIN);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        char fields[200];
        cookies[0] = '\0';
        assert_int_equal(get("/staff/login", ""), 200);
        snprintf(fields, sizeof(fields), "next=%s&login=boss&password="
                                         "correct+horse+battery",
            bad[i]);
        assert_int_equal(post("/staff/login", fields), 303);
        assert_string_equal(location(), "/staff/");
    }
}

static void
post__without_origin_or_token_writes_nothing(void **state)
{
    (void)state;
    assert_int_equal(get("/entry/", ""), 200);
    char body[200];
    snprintf(body, sizeof(body), "csrf=%s&side=need", csrf());
    struct ask ask = {.method = "POST", .path = "/entry/new",
        .type = "application/x-www-form-urlencoded"};
    assert_int_equal(send(ask, body), 403);
    ask.origin = "https://www.example.jp.evil.example";
    assert_int_equal(send(ask, body), 403);
    ask.origin = ORIGIN;
    assert_int_equal(send(ask, "csrf=&side=need"), 403);
    is("SELECT count(*) FROM sheets", 0);
    is("SELECT count(*) FROM audit WHERE action LIKE 'sheet.%'", 0);
    assert_int_equal(send(ask, body), 303);
    is("SELECT count(*) FROM sheets", 1);
}

static void
sheet__goes_from_an_empty_page_to_an_entry(void **state)
{
    (void)state;
    struct err err = {0};
    assert_int_equal(get("/entry/", ""), 200);
    assert_int_equal(post("/entry/new", "side=need"), 303);
    char path[100], sub[120];
    snprintf(path, sizeof(path), "%s", location());
    assert_int_equal(get(path, "more=line"), 200);
    assert_int_equal(post(path, "act=check&title=x"), 422);
    assert_non_null(strstr(answer.body.text, "id=\"summary-error\""));
    is("SELECT count(*) FROM sheet_fields WHERE name = 'title'", 1);
    assert_int_equal(post(path, "act=check&title=%E9%A1%8C&summary=x"
        "&line1_kind=venue&line1_quantity=1&line1_unit=%E5%AE%A4"
        "&reach=prefecture&org_name=o&email=a%40example.jp"), 303);
    snprintf(sub, sizeof(sub), "%s/check", path);
    assert_string_equal(location(), sub);
    is("SELECT count(*) FROM entries", 0);
    is("SELECT count(*) FROM organisations WHERE key LIKE 'form-%'", 0);
    assert_int_equal(get(sub, ""), 200);
    snprintf(sub, sizeof(sub), "%s/send", path);
    assert_int_equal(post(sub, ""), 303);
    is("SELECT count(*) FROM mails WHERE delivered_at IS NOT NULL", 1);
    is("SELECT count(*) FROM entries", 0);
    assert_int_equal(get(path, ""), 200);
    /* the mail's own link, which no answer ever shows */
    assert_true(store_begin(tmp.store, &err));
    char token[SECRET_TOKEN], hash[SECRET_HASH], sql[200];
    secret_token(token);
    secret_hash("sheet", token, hash);
    snprintf(sql, sizeof(sql), "UPDATE sheet_links SET token_hash = '%s'"
                               " WHERE kind = 'mail'",
        hash);
    tmp_store_exec(&tmp, sql);
    assert_true(store_commit(tmp.store, &err));
    snprintf(path, sizeof(path), "/entry/sheet/%s", token);
    snprintf(sub, sizeof(sub), "%s/check", path);
    assert_int_equal(get(sub, ""), 200);
    snprintf(sub, sizeof(sub), "%s/send", path);
    assert_int_equal(post(sub, ""), 303);
    is("SELECT count(*) FROM entries WHERE state = 'submitted' AND publish ="
       " 0 AND origin = 'form'",
        1);
    snprintf(sub, sizeof(sub), "%s/status", path);
    assert_int_equal(get(sub, ""), 200);
    snprintf(sub, sizeof(sub), "%s/withdraw", path);
    assert_int_equal(post(sub, ""), 303);
    is("SELECT count(*) FROM entries WHERE state = 'withdrawn'", 1);
    is("SELECT count(*) FROM mails", 2);
}

/* What anyone may ask for is a short list, here, by name. */
static void
routes__ask_for_a_role_but_for_entry_and_login(void **state)
{
    static const char *const open[] = {"/staff", "/member", "/entry",
        "/staff/login", "/staff/logout", "/staff/session"};
    (void)state;
    const struct route *row;
    int staff = 0;
    for (size_t n = 0; (row = route_at(n)) != NULL; n++) {
        bool anyone = strncmp(row->path, "/entry/", 7) == 0 ||
                      (row->flags & ROUTE_NO_STORE) != 0;
        for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++) {
            anyone = anyone || strcmp(row->path, open[i]) == 0;
        }
        if (!anyone && row->least == ROLE_ANYONE) {
            assert_string_equal(row->path, "for a role only");
        }
        if (strncmp(row->path, "/staff/", 7) == 0 && !anyone &&
            row->method == REQUEST_POST) {
            assert_true(row->least >= ROLE_SCREENER ||
                        strcmp(row->path, "/staff/password") == 0);
            staff++;
        }
        assert_false((row->flags & ROUTE_NO_STORE) != 0 &&
                     row->method == REQUEST_POST);
    }
    assert_true(staff > 3);
}

static void
mail__address_is_one_and_no_option(void **state)
{
    static const char *const good[] = {"a@example.jp", "a.b+c@x.example.jp"};
    static const char *const bad[] = {"", "a", "@", "a@b", "a@b@c.jp",
        "-a@example.jp", "a@example.jp\nBcc: x@y.jp", "a b@example.jp",
        "<a@example.jp>", "a@.jp", "a@b..jp", "a@example.jp.", "あ@example.jp"};
    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_true(mail_address_valid(good[i]));
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(mail_address_valid(bad[i]));
    }
}

static void
origin__is_https_or_this_machine(void **state)
{
    static const char *const bad[] = {"http://www.example.jp", "https://",
        "https://x/", "www.example.jp", "http://127.0.0.1.evil.example",
        "https://a b"};
    (void)state;
    struct service_settings other = settings;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct err err = {0};
        other.origin = bad[i];
        assert_null(service_open(&other, &err));
        assert_int_equal(err.kind, ERR_USAGE);
    }
}

static void
password__is_long_and_not_the_login(void **state)
{
    (void)state;
    struct err err = {0};
    assert_true(secret_password_check("あいうえおかきくけこさし", "x9", &err));
    assert_false(secret_password_check("short", "x9", &err));
    err = (struct err){0};
    assert_false(secret_password_check("my-name-is-taro", "taro", &err));
}

int
main(void)
{
#define TEST(name)                                                            \
    cmocka_unit_test_setup_teardown(name, make_service, drop_service)
    const struct CMUnitTest tests[] = {
        TEST(login__sets_a_secure_cookie_and_opens_the_pages),
        TEST(login__next_leads_nowhere_else),
        TEST(post__without_origin_or_token_writes_nothing),
        TEST(sheet__goes_from_an_empty_page_to_an_entry),
        TEST(routes__ask_for_a_role_but_for_entry_and_login),
        TEST(mail__address_is_one_and_no_option),
        TEST(origin__is_https_or_this_machine),
        TEST(password__is_long_and_not_the_login),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
