/*
 * call.h: one request on its way through a handler.
 *
 * Meaning   what a handler gets, and all it needs: the request, the answer,
 *           the store in a transaction, who asks.
 *
 * Transaction  a GET runs in one read transaction, a POST in one write
 *           transaction (BEGIN IMMEDIATE) whose actor is the account's login
 *           ("visitor" for anyone): the handler neither begins nor ends it,
 *           and calls functions that work "in the running transaction". It
 *           is committed when the handler returns true with a status below
 *           400, or with call->keep set; everything else is rolled back.
 *           Keep a POST short: writers wait for each other (STORE_BUSY_MS).
 *
 * Handler   returns true with an answer in call->response; or false after
 *           fail(): ERR_INPUT becomes a page with status 400 that shows
 *           err->text, anything else is logged and becomes 500 (a busy
 *           store: 503).  What a person typed wrong is no failure: show the
 *           form again with form_error() and status 422 (form.h).
 *
 * PRG       a POST that worked ends in call_done(): 303 to a page, which
 *           shows the notice of that code (page.h).
 *
 * Lifetime  everything lives until the answer is sent; call->arena for what
 *           a handler makes.
 */
#ifndef TSUNAGARI_CALL_H
#define TSUNAGARI_CALL_H

#include "account.h"
#include "request.h"
#include "response.h"
#include "secret.h"

enum { CALL_PARAMS_MAX = 4 };

/* How the service was started; the same for all its requests. */
struct service_settings {
    const char *store_path;
    const char *origin;     /* https://www.example.jp, no slash behind */
    const char *spool;      /* directory that mails are written to */
    const char *sendmail;   /* program that sends them, too; NULL: none */
    const char *mail_from;
    const char *public_base;  /* "/tsunagari": where the module serves */
    const char *members_base; /* "/members" */
};

struct call {
    const struct service_settings *settings;
    struct arena *arena;
    const struct request *request;
    struct response *response;
    struct html *body; /* of the response */
    struct store *store; /* in a transaction; NULL: ROUTE_NO_STORE */
    const struct account *account; /* NULL: nobody is logged in */
    const struct route *route;
    struct upload *upload; /* of a route with ROUTE_FILE (upload.h) */
    const char *params[CALL_PARAMS_MAX]; /* of the pattern's ":", in order */
    char today[11]; /* YYYY-MM-DD in Japan */
    bool keep;      /* commit although the status is 400 or above */
    bool mail_waits; /* a mail was written: deliver after the commit */
    char secret[SECRET_TOKEN]; /* behind csrf: session or visit cookie */
    char csrf[SECRET_HASH]; /* "" until call_csrf() */
};

/* The param as a database key, 0 when it is none (show 404 then). */
int64_t call_param_id(const struct call *call, int n);
/* What the hidden field of a form holds; sets the cookie behind it. */
const char *call_csrf(struct call *call);
/* 303 to path (may have a query) with the notice of code; NULL: none. */
bool call_done(struct call *call, const char *path, const char *notice);
/* The address with this request's arguments behind its own; but: NULL, or one
 * that is left out, as "notice" is then. */
const char *call_with_query(struct call *call, const char *address,
    const char *but);
/* A page that says what went wrong; true, for `return`. */
bool call_refuse(struct call *call, int status, const char *why);
bool call_not_found(struct call *call);

/* Cookies: __Host- and Secure when the origin is https. */
void call_set_cookie(struct call *call, const char *name, const char *value);
const char *call_cookie(const struct call *call, const char *name);
#define CALL_SESSION "tsunagari"
#define CALL_VISIT "tsunagari-visit"

#endif
