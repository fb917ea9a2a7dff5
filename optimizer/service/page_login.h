/*
 * page_login.h: the login form, for the login page and for where a session is
 * found to be over (carry.h).
 */
#ifndef TSUNAGARI_PAGE_LOGIN_H
#define TSUNAGARI_PAGE_LOGIN_H

#include "call.h"

/* A whole page; next: where to go on, "" for home; alert may be NULL. */
void login_form(struct call *call, const char *login, const char *next,
    const char *alert);

/* A login from a page whose token is over (another tab has logged in): goes
 * on if it is the same account, else the form again, 403. */
void login_stale(struct call *call);

#endif
