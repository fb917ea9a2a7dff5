/*
 * certify.h: is a stored run what it says it is?
 *
 * Meaning   from the store alone: every row of its plan checked and its
 *           value computed anew (check.h), and the bound that its saved
 *           shadow prices prove (proof.h), with its potentials if it has
 *           any, against what the run says.
 *           Prices prove the bound of a relaxation; where branch and bound
 *           went below it, `bound` is above `run.bound` and both are shown.
 * Units     1e-6 milli-points, gaps in ppm.
 * Failure   the store's; a run that does not hold is a verdict.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_CERTIFY_H
#define TSUNAGARI_CERTIFY_H

#include <stdio.h>

#include "optimizer/base/json.h"
#include "replay.h"

enum certify_verdict {
    CERTIFY_HOLDS,
    CERTIFY_CHANGED, /* the entries or decisions are no longer the run's */
    CERTIFY_PLAN,    /* the plan breaks a row */
    CERTIFY_VALUE,   /* the run's value is not its plan's */
    CERTIFY_BOUND    /* the run's bound is below its plan's value */
};

struct certify {
    enum certify_verdict verdict;
    const struct run *run;
    const char *reason; /* "" where it holds */
    int64_t value_e6, bound_e6, gap_ppm; /* where it holds */
    int64_t prices_n;                    /* rows with a price */
    bool tier; /* the bound is on plans that keep the run's tier; that no */
               /* plan covers more of it is not certified here */
};

bool certify_run(struct store *store, const struct replay *replay,
    struct arena *arena, struct certify *certify, struct err *err);
void certify_print(const struct certify *certify, FILE *out);
void certify_write(const struct certify *certify, struct json *json);

#endif
