/*
 * session.h: who is logged in.
 *
 * Meaning   a random token in a cookie, its hash in the store, new at each
 *           login (a token that was there before login is never used
 *           again, and its session ends).  A session ends SESSION_HOURS
 *           after login, at logout, and when its account changes.  Nothing
 *           is written while it is used.
 * Failure   session_find() leaves account->id 0 when there is none.
 * Lifetime  account's texts belong to the arena.
 */
#ifndef TSUNAGARI_SESSION_H
#define TSUNAGARI_SESSION_H

#include "account.h"
#include "secret.h"

enum { SESSION_HOURS = 8 };

bool session_start(struct store *store, int64_t account_id,
    char token[SECRET_TOKEN], struct err *err);
bool session_find(struct store *store, const char *token,
    struct account *account, struct arena *arena, struct err *err);
bool session_end(struct store *store, const char *token, struct err *err);
/* All of an account. */
bool session_end_all(struct store *store, int64_t account_id,
    struct err *err);

#endif
