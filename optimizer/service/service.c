/* service.c: from a request to an answer (service.h). */
#include "service.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/base/log.h"
#include "carry.h"
#include "mail.h"
#include "page.h"
#include "page_login.h"
#include "route.h"
#include "session.h"
#include "upload.h"

enum { LEAD_MAX = 2000 }; /* bytes of an address that a login leads back to */

struct service {
    const struct service_settings *settings;
    struct store *reader, *writer;
};

/* Exactly this scheme and host, with or without a port. */
static bool
is_host(const char *origin, const char *host)
{
    size_t len = strlen(host);
    return strncmp(origin, host, len) == 0 &&
           (origin[len] == '\0' || origin[len] == ':');
}

static bool
origin_valid(const char *origin)
{
    static const char http[] = "http://127.0.0.1", local[] =
        "http://localhost";
    const char *host = strstr(origin, "://");
    if (host == NULL || host[3] == '\0' || strchr(host + 3, '/') != NULL ||
        strpbrk(origin, " \t\r\n\"<>") != NULL) {
        return false;
    }
    return strncmp(origin, "https://", 8) == 0 || is_host(origin, http) ||
           is_host(origin, local);
}

static void
close_store(struct service *service)
{
    store_close(service->reader);
    store_close(service->writer);
    service->reader = service->writer = NULL;
}

static bool
open_store(struct service *service, struct err *err)
{
    const char *path = service->settings->store_path;
    service->reader = store_open(path, STORE_READ, "visitor", err);
    service->writer =
        service->reader != NULL
            ? store_open(path, STORE_WRITE, "visitor", err)
            : NULL;
    return service->writer != NULL;
}

struct service *
service_open(const struct service_settings *settings, struct err *err)
{
    if (!origin_valid(settings->origin)) {
        fail(err, ERR_USAGE,
            "origin: not https://HOST (http only for 127.0.0.1): \"%s\"",
            settings->origin);
        return NULL;
    }
    if (strchr(settings->mail_from, '@') == NULL ||
        strpbrk(settings->mail_from, " \t\r\n<>") != NULL) {
        fail(err, ERR_USAGE, "mail-from: not an e-mail address: \"%s\"",
            settings->mail_from);
        return NULL;
    }
    struct service *service = xcalloc(1, sizeof(*service));
    service->settings = settings;
    if (!secret_init(err) || !open_store(service, err)) {
        service_close(service);
        return NULL;
    }
    return service;
}

/* The file that was opened, in the version that was opened? */
static bool
is_same(struct store *store)
{
    int64_t version;
    struct err why = {0};
    return !store_moved(store) &&
           store_query_int(store, "PRAGMA user_version", &version, &why) &&
           version == store_version(store);
}

/* A backup may have been put in its place, what goes into a file that is no
 * more there is lost; or it was brought to the version of another program. */
static bool
follow_store(struct service *service, struct err *err)
{
    /* the writer was opened behind the reader: it is no older */
    if (service->writer != NULL && is_same(service->reader)) {
        return true;
    }
    close_store(service);
    if (!open_store(service, err)) {
        err->kind = ERR_SYSTEM; /* not the visitor's fault */
        return false;
    }
    log_error("serve: the store's file is another one, opened anew");
    return true;
}

/* What does not go out now waits for the next one; all: also what has waited
 * behind many others. */
static void
deliver(struct service *service, bool all)
{
    struct err err = {0};
    int64_t after = 0;
    store_set_actor(service->writer, "mail");
    if ((!all && !mail_newest(service->writer, MAIL_AT_ONCE, &after, &err)) ||
        !mail_deliver(service->writer, service->settings, after, &err)) {
        log_error("serve: %s", err.text);
    }
}

void
service_begin(struct service *service)
{
    deliver(service, true);
}

void
service_close(struct service *service)
{
    if (service != NULL) {
        close_store(service);
        free(service);
    }
}

/* Does a page of ours send this?  The browser says so, not the page. */
static bool
from_our_page(const struct call *call)
{
    const struct request *request = call->request;
    bool site = request->fetch_site[0] != '\0';
    bool origin = request->origin[0] != '\0';
    return (site || origin) &&
           (!site || strcmp(request->fetch_site, "same-origin") == 0) &&
           (!origin ||
               strcmp(request->origin, call->settings->origin) == 0);
}

static void
take_secret(struct call *call)
{
    const char *names[] = {CALL_SESSION, CALL_VISIT};
    for (int i = 0; i < 2; i++) {
        const char *value = call_cookie(call, names[i]);
        if (secret_token_valid(value)) {
            memcpy(call->secret, value, SECRET_TOKEN);
            return;
        }
    }
}

static bool
csrf_good(struct call *call)
{
    return call->secret[0] != '\0' &&
           secret_same(request_form(call->request, "csrf"),
               call_csrf(call));
}

/* A session cookie whose session is over is nobody's secret any more. */
static bool
take_account(struct call *call, struct account *account, struct err *err)
{
    const char *token = call_cookie(call, CALL_SESSION);
    if (!session_find(call->store, token, account, call->arena, err)) {
        return false;
    }
    if (account->id > 0) {
        call->account = account;
        store_set_actor(call->store, account->login);
    }
    return true;
}

/* Nobody is logged in: to the login, and from there back. */
static void
lead_to_login(struct call *call)
{
    const char *to = call_with_query(call, call->request->path, NULL);
    response_redirect(call->response,
        arena_format(call->arena, "/staff/login?next=%s",
            url_encode(call->arena,
                strlen(to) < LEAD_MAX ? to : call->request->path)));
}

static bool
is_login(const struct call *call)
{
    return strcmp(call->route->path, "/staff/login") == 0;
}

static bool
may(struct call *call)
{
    enum role least = call->route->least;
    enum role have =
        call->account != NULL ? call->account->role : ROLE_ANYONE;
    bool post = call->request->method == REQUEST_POST;
    if (have >= least && (!post || csrf_good(call))) {
        return true;
    }
    if (call->account == NULL && !post) {
        lead_to_login(call);
    } else if (call->account != NULL && have < least) {
        page_forbidden(call);
    } else if (is_login(call)) {
        login_stale(call);
    } else {
        carry_refuse(call);
    }
    return false;
}

static void
show_failure(struct call *call, const struct err *err)
{
    if (err->kind == ERR_INPUT || err->kind == ERR_USAGE ||
        err->kind == ERR_NO_PLAN) {
        page_error(call, 400, err->text);
        return;
    }
    bool busy = strstr(err->text, "locked") != NULL;
    log_error("serve: %s: %s", call->route->path, err->text);
    carry_failed(call, busy ? 503 : 500);
    if (busy) {
        response_header(call->response, "Retry-After", "5");
    }
}

static void
run(struct service *service, struct call *call)
{
    struct account account;
    struct upload upload = {0};
    struct err err = {0};
    bool writes = call->request->method == REQUEST_POST;
    if ((call->route->flags & ROUTE_FILE) != 0) {
        upload_open(call, &upload); /* may take long */
    }
    if (!follow_store(service, &err)) {
        upload_close(&upload);
        show_failure(call, &err);
        return;
    }
    call->store = writes ? service->writer : service->reader;
    store_set_actor(call->store, "visitor");
    bool ok = store_begin(call->store, &err) &&
              take_account(call, &account, &err);
    bool allowed = ok && may(call);
    if (allowed) {
        ok = call->route->handler(call, &err);
    }
    bool keep = ok && allowed && writes &&
                (call->response->status < 400 || call->keep);
    if (keep) {
        ok = store_commit(call->store, &err);
    }
    store_rollback(call->store);
    upload_close(&upload);
    if (!ok) {
        show_failure(call, &err);
    } else if (keep && call->mail_waits) {
        deliver(service, false);
    }
}

/* A refusal before any handler, in the frame of whoever is logged in. */
static void
refuse(struct service *service, struct call *call, int status)
{
    struct account account;
    struct err err = {0};
    take_secret(call);
    if (call->request->path != NULL && follow_store(service, &err)) {
        call->store = service->reader;
        if (store_begin(call->store, &err)) {
            (void)take_account(call, &account, &err);
        }
        store_rollback(call->store);
    }
    if (err.kind != ERR_NONE) {
        log_error("serve: %s", err.text);
    }
    page_error(call, status, NULL);
    call->account = NULL;
}

static void
answer(struct service *service, struct call *call)
{
    struct err err = {0};
    int status = route_find(call, &call->route);
    if (status != 0) {
        refuse(service, call, status);
        if (status == 405) {
            response_header(call->response, "Allow",
                call->request->method == REQUEST_POST ? "GET, HEAD"
                                                      : "POST");
        }
        return;
    }
    if ((call->route->flags & ROUTE_NO_STORE) != 0) {
        if (!call->route->handler(call, &err)) {
            show_failure(call, &err);
        }
        return;
    }
    take_secret(call);
    bool post = call->request->method == REQUEST_POST;
    if (post && !from_our_page(call)) {
        page_error(call, 403, NULL); /* no frame of ours, no form in it */
        return;
    }
    if (post && call->route->least == ROLE_ANYONE && !is_login(call) &&
        !csrf_good(call)) {
        refuse(service, call, 403);
        return;
    }
    run(service, call);
}

void
service_answer(struct service *service, struct arena *arena,
    const struct request_input *input, struct response *response)
{
    struct request request;
    struct call call = {.settings = service->settings, .arena = arena,
        .request = &request, .response = response, .body = &response->body};
    struct err err = {0};
    store_today(call.today);
    int status = request_parse(&request, arena, input, &err);
    if (status != 0) {
        refuse(service, &call, status);
        if (status == 405) {
            response_header(response, "Allow", "GET, HEAD, POST");
        }
        return;
    }
    answer(service, &call);
}
