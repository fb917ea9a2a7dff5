/*
 * role.h: who may do what: a ladder, each rung includes those below.
 *
 * Meaning   anyone: no account; member: an organisation of the network sees
 *           the members' pages and its own entries; viewer: staff who look;
 *           screener: 審査, duplicates, decisions, outcomes; tuner: weights
 *           and matching; admin: accounts.
 * Failure   role_find() gives ROLE_ANYONE for a name that is none.
 */
#ifndef TSUNAGARI_ROLE_H
#define TSUNAGARI_ROLE_H

enum role {
    ROLE_ANYONE,
    ROLE_MEMBER,
    ROLE_VIEWER,
    ROLE_SCREENER,
    ROLE_TUNER,
    ROLE_ADMIN
};

enum role role_find(const char *name); /* "screener" */
const char *role_name(enum role role);
const char *role_label(enum role role); /* 審査担当 */

#endif
