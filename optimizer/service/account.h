/*
 * account.h: the people who log in.
 *
 * Meaning   a login name, a name, a role, a password, and for members the
 *           organisation they speak for.  An account is never deleted
 *           (audit names it), only locked; a new password, role or lock
 *           ends its sessions.
 * Lockout   ACCOUNT_TRIES wrong passwords within ACCOUNT_LOCK_MIN minutes
 *           refuse the right one, too, until that time has passed or the
 *           password is a new one.
 * Units     login: 2 to 40 of a-z 0-9 . _ -, begins with a letter.
 * Failure   ERR_INPUT in words, ERR_SYSTEM of the store.
 * Lifetime  texts of a loaded account belong to the arena.  All writes are
 *           in the running transaction, audit included.
 */
#ifndef TSUNAGARI_ACCOUNT_H
#define TSUNAGARI_ACCOUNT_H

#include "optimizer/base/arena.h"
#include "optimizer/store/store.h"
#include "role.h"

enum { ACCOUNT_TRIES = 5, ACCOUNT_LOCK_MIN = 15 };

struct account {
    int64_t id;
    const char *login, *name;
    enum role role;
    int64_t organisation_id; /* 0: none; members have one */
    const char *organisation, *organisation_key; /* loaded; "": none */
    bool locked;
};

/* The first of "login", "name", "role", "organisation" that will not do for
 * a new account; NULL: all will. */
const char *account_fault(const struct account *account);
bool account_add(struct store *store, const struct account *account,
    const char *password, int64_t *id, struct err *err);
bool account_set_password(struct store *store, int64_t id,
    const char *password, struct err *err);
bool account_set_role(struct store *store, int64_t id, enum role role,
    int64_t organisation_id, struct err *err);
/* locked false: opens it again and forgets wrong passwords. */
bool account_set_locked(struct store *store, int64_t id, bool locked,
    struct err *err);

/* The id of an organisation's key; 0 and ERR_INPUT when there is none. */
int64_t account_organisation(struct store *store, const char *key,
    struct err *err);
/* ERR_INPUT when there is none. */
bool account_by_login(struct store *store, const char *login,
    struct account *account, struct arena *arena, struct err *err);
/* All, by login name; *list is in the arena. */
bool account_list(struct store *store, struct account **list, int *n,
    struct arena *arena, struct err *err);

/*
 * Is this the password of that login, which may be typed wide, in capitals
 * or with spaces?  Writes the try and its audit row, so
 * the transaction is to be committed also when *good is false.  *good false
 * says nothing about why: unknown, wrong, locked.
 */
bool account_check_password(struct store *store, const char *typed,
    const char *password, struct account *account, bool *good,
    struct arena *arena, struct err *err);

#endif
