/*
 * step.h: the states of an entry, and who may go where.
 *
 * Meaning   an entry moves by named steps alone:
 *
 *             submit    draft, returned                  -> submitted
 *             approve   submitted                        -> approved
 *             return    submitted                        -> returned
 *             reject    submitted, returned              -> rejected
 *             reopen    returned, approved, rejected, paused, withdrawn,
 *                       archived                         -> submitted
 *             pause     approved                         -> paused
 *             resume    paused                           -> approved
 *             withdraw  draft, submitted, returned, approved, paused
 *                                                        -> withdrawn
 *             expire    submitted, returned, approved, paused -> archived
 *             renew     approved, paused: 確認日 is `date`, the state stays
 *
 *           approve wants every required 要件 passed and every 諸条件
 *           confirmed, resume the 要件; approve publishes the entry unless
 *           it is held back.  return, reject, reopen and expire want a
 *           reason.  A step is a row of entry_steps and of audit.
 * Failure   ERR_INPUT for an unknown entry, a step its state does not allow,
 *           what is missing.
 */
#ifndef TSUNAGARI_STEP_H
#define TSUNAGARI_STEP_H

#include "act.h"

enum step {
    STEP_SUBMIT,
    STEP_APPROVE,
    STEP_RETURN,
    STEP_REJECT,
    STEP_REOPEN,
    STEP_PAUSE,
    STEP_RESUME,
    STEP_WITHDRAW,
    STEP_EXPIRE,
    STEP_RENEW,
    STEP_COUNT
};

const char *step_name(enum step step);     /* "approve" */
const char *step_label_ja(enum step step); /* "承認" */
enum step step_find(const char *name);     /* STEP_COUNT: none */
bool step_state_known(const char *state);
/* "submitted" is "審査待ち"; an unknown state is itself. */
const char *step_state_ja(const char *state);
bool step_allowed(const char *state, enum step step);
bool step_wants_reason(enum step step);
/* Does it take an approved entry out of the plan (amend.h)? */
bool step_leaves_plan(enum step step);

struct step_order {
    int64_t entry_id;
    enum step step;
    const char *reason; /* NULL: none */
    const char *date;   /* YYYY-MM-DD, of renew */
    bool hold_back;     /* approve without publishing */
};

/* In the running transaction, audit included. */
bool step_take(struct store *store, const struct step_order *order,
    struct err *err);

#endif
