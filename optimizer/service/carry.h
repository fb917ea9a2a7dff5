/*
 * carry.h: a form that could not be taken, kept to be sent again; one whose
 * session is over is carried past the login.
 *
 * Meaning   a POST that wants a login and finds none, or comes from a page of
 *           a session before, is refused (403), but not lost: the answer has
 *           its path and fields in hidden fields, of the login or of a form
 *           that sends them again.  Behind the login stands that form, too:
 *           nothing is done that nobody pressed a button for.
 *           What failed because of the machine (a full disk, a busy store) can
 *           be sent again in the same way.
 * Rights    as ever: the form is judged when it is sent again.  Only what a
 *           page of ours sent is carried (service.c), and only to a form of
 *           ours.
 * Secrets   a form with a password is not carried.
 * Failure   none.
 */
#ifndef TSUNAGARI_CARRY_H
#define TSUNAGARI_CARRY_H

#include "call.h"

/* The whole answer to such a POST. */
void carry_refuse(struct call *call);
/* A whole page, status 500 or 503, for a POST that failed: nothing of it is
 * stored. */
void carry_failed(struct call *call, int status);
/* In the login form: hidden fields, if there is something to carry. */
void carry_fields(struct call *call);
/* Did the login form carry something?  Then the page behind the login. */
bool carry_waits(struct call *call);
void carry_show(struct call *call);

#endif
