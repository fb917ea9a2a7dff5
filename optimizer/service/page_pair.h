/*
 * page_pair.h: a pair of a need and an offer as its page shows it.
 *
 * Meaning   page_pair.c loads and shows, page_pair_post.c acts.
 * Failure   as a handler (call.h).
 * Lifetime  the call's.
 */
#ifndef TSUNAGARI_PAGE_PAIR_H
#define TSUNAGARI_PAGE_PAIR_H

#include "desk.h"
#include "optimizer/staff/outcome.h"
#include "optimizer/staff/screening.h"

struct pair {
    struct screening need, offer;
    enum outcome_stage stage;
    int64_t decision_id; /* in force, 0: none */
    const char *decision, *until, *reason;
    bool follows; /* the decision follows from an outcome */
    const char *path;
};

/* Of the params NEED and OFFER; *found false: a page says there is none. */
bool pair_load(struct call *call, struct pair *pair, bool *found,
    struct err *err);
bool pair_show(struct call *call, const struct pair *pair,
    const struct form_errors *errors, struct err *err);

#endif
