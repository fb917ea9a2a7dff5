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

#include "optimizer/base/arena.h"
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

/* The one of a pair that counts on a day: the newest in force. */
struct decision_standing {
    int64_t id, need_id, offer_id, units; /* units: at least 1 */
    const char *kind, *until;             /* until: "": no end */
};

/* All of that day, by need and offer; the arena's. */
bool decision_standing(struct store *store, int32_t day, struct arena *arena,
    struct decision_standing **rows, int32_t *n, struct err *err);
/* Does a row keep its pair out of the plan? */
bool decision_bars(const struct decision_standing *row);
/* Does a row of these say so of the pair? */
bool decision_barred(const struct decision_standing *rows, int32_t n,
    int64_t need_id, int64_t offer_id);

/* In the running transaction, audit included. */
bool decision_add(struct store *store, const struct decision *decision,
    int64_t *id, struct err *err);
bool decision_revoke(struct store *store, int64_t id, const char *reason,
    struct err *err);

#endif
