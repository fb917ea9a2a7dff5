/*
 * decision.h: what the staff decide about a pair of entries.
 *
 * Meaning   pin: the plan gives at least `units` of it; forbid: never; defer:
 *           not before `until`.  A later decision on the same pair replaces
 *           an earlier one while it is in force; revoking ends one.
 *           A pin or a ban holds through its last day; a deferred pair is
 *           back on its day.  The same word by the same person as the one
 *           that stands is that one: a double click decides once.
 * Failure   ERR_INPUT for what the store would refuse, in words.
 */
#ifndef TSUNAGARI_DECISION_H
#define TSUNAGARI_DECISION_H

#include "optimizer/base/err.h"
#include "store.h"

struct decision {
    int64_t need_id, offer_id;
    const char *kind;   /* "pin", "forbid", "defer" */
    int64_t units;      /* pin; 0: 1 */
    const char *until;  /* NULL: no end */
    const char *reason;
    int64_t outcome_id; /* that it follows from; 0: staff's own word */
};

/* Is it still in force on that day?  until NULL or "": without end. */
bool decision_holds(const char *kind, const char *until, int32_t day);

/* In the running transaction, audit included. */
bool decision_add(struct store *store, const struct decision *decision,
    int64_t *id, struct err *err);
bool decision_revoke(struct store *store, int64_t id, const char *reason,
    struct err *err);

#endif
