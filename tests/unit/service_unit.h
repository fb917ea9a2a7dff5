/*
 * service_unit.h: requests to the service without a web server or a socket:
 * what valgrind and the sanitizers look at.
 *
 * Meaning   ask() sends one request and keeps the answer until the next;
 *           cookies that it sets are sent with the next ones.
 * Failure   asserts.
 */
#ifndef TSUNAGARI_SERVICE_UNIT_H
#define TSUNAGARI_SERVICE_UNIT_H

#include "tests/unit/store_fixture.h"

#include "optimizer/service/service.h"

#define ORIGIN "https://www.example.jp"

static struct service_settings settings = {.origin = ORIGIN,
    .mail_from = "tsunagari@example.jp",
    .public_base = "/tsunagari",
    .members_base = "/members"};
static struct service *service;
static struct arena answer_arena;
static struct response answer;
static char cookies[1024];

struct ask {
    const char *method, *path, *query, *type, *origin;
};

static const char *
ask_param(void *data, const char *name)
{
    const struct ask *ask = data;
    const struct {
        const char *name, *value;
    } params[] = {{"REQUEST_METHOD", ask->method},
        {"SCRIPT_NAME", ask->path}, {"QUERY_STRING", ask->query},
        {"CONTENT_TYPE", ask->type}, {"HTTP_ORIGIN", ask->origin},
        {"HTTP_COOKIE", cookies}};
    for (size_t i = 0; i < sizeof(params) / sizeof(params[0]); i++) {
        if (strcmp(params[i].name, name) == 0) {
            return params[i].value;
        }
    }
    return NULL;
}

static inline void
keep_cookies(void)
{
    for (int i = 0; i < answer.headers_n; i++) {
        static const char set[] = "Set-Cookie: ";
        if (strncmp(answer.headers[i], set, strlen(set)) == 0) {
            const char *pair = answer.headers[i] + strlen(set);
            size_t len = strlen(cookies);
            snprintf(cookies + len, sizeof(cookies) - len, "; %.*s",
                (int)strcspn(pair, ";"), pair);
        }
    }
}

static inline int
send(struct ask ask, const char *body)
{
    response_release(&answer);
    arena_release(&answer_arena);
    response_init(&answer, &answer_arena);
    struct request_input input = {.param = ask_param, .data = &ask,
        .body = body, .body_len = strlen(body)};
    service_answer(service, &answer_arena, &input, &answer);
    keep_cookies();
    return answer.status;
}

static inline int
get(const char *path, const char *query)
{
    return send((struct ask){.method = "GET", .path = path, .query = query},
        "");
}

/* The CSRF value of the answer before. */
static inline const char *
csrf(void)
{
    static char value[SECRET_HASH];
    const char *mark = "name=\"csrf\" value=\"";
    const char *at = strstr(answer.body.text, mark);
    assert_non_null(at);
    snprintf(value, sizeof(value), "%.64s", at + strlen(mark));
    return value;
}

/* fields: "a=1&b=2"; the CSRF value of the answer before goes with them. */
static inline int
post(const char *path, const char *fields)
{
    static char body[1 << 16];
    snprintf(body, sizeof(body), "csrf=%s&%s", csrf(), fields);
    return send((struct ask){.method = "POST", .path = path,
                    .origin = ORIGIN,
                    .type = "application/x-www-form-urlencoded"},
        body);
}

static inline const char *
location(void)
{
    static char path[300];
    path[0] = '\0';
    for (int i = 0; i < answer.headers_n; i++) {
        if (strncmp(answer.headers[i], "Location: ", 10) == 0) {
            const char *to = answer.headers[i] + 10;
            snprintf(path, sizeof(path), "%.*s", (int)strcspn(to, "?#"), to);
        }
    }
    return path;
}

static inline int
make_service(void **state)
{
    static char spool[128];
    struct err err = {0};
    make(state);
    snprintf(spool, sizeof(spool), "%s", tmp.dir);
    settings.store_path = tmp.path;
    settings.spool = spool;
    cookies[0] = '\0';
    service = service_open(&settings, &err);
    assert_string_equal(err.text, "");
    assert_non_null(service);
    return 0;
}

static inline int
drop_service(void **state)
{
    char lock[160];
    response_release(&answer);
    arena_release(&answer_arena);
    service_close(service);
    snprintf(lock, sizeof(lock), "%s/.lock", tmp.dir);
    unlink(lock); /* its name begins with a dot */
    return drop(state);
}

#endif
