/*
 * mend.h: a good plan made better where it has regrets.
 *
 * Meaning   where those of regret.h are largest, needs that want the same are
 *           planned anew together (window.h), exactly, from the pairs that
 *           are likely at the bound's prices and those of the plan: about two
 *           of a line, so that windows are wide.
 * Units     totals in 1e-12 milli-points.
 * Failure   none but memory; the plan in the ledger never gets worse.
 */
#ifndef TSUNAGARI_MEND_H
#define TSUNAGARI_MEND_H

#include "regret.h"

struct mend_options {
    const struct lp_limit *limit;
    const struct concord *concord;
    model_wide bound, enough; /* stop at a gap of so much */
    int32_t passes;           /* over the needs, at most */
    int32_t lines;            /* of a window */
    int32_t node_limit;
    /* NULL, or called after each gain. */
    void (*gained)(void *data);
    void *data;
};

void mend_plan(struct ledger *ledger, const struct mend_options *options);

#endif
