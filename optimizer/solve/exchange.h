/*
 * exchange.h: a good plan made better by long paths of changes.
 *
 * Meaning   a multi-exchange neighbourhood (Ahuja, Orlin, Sharma: Very
 *           large-scale neighborhood search, 2000) on the improvement graph
 *           of exchange_graph.h: all shortest paths at once, and of those that
 *           gain, as many as do not touch each other, the largest gain first;
 *           then again, as long as that brings much, and then longer
 *           ones.  What the plan leaves of the programme's budget counts at
 *           its price first, so that who saves money is ahead; then what was
 *           saved is spent.
 *             Windows (mend.h) find what many changes in one place gain, this
 *           what a few dozen on a way across the whole market do.
 * Units     totals in 1e-12 milli-points.
 * Failure   none but memory; the plan in the ledger never gets worse.
 */
#ifndef TSUNAGARI_EXCHANGE_H
#define TSUNAGARI_EXCHANGE_H

#include "concord.h"
#include "ledger.h"

struct exchange_options {
    const struct lp_limit *limit;
    const struct concord *concord;
    model_wide enough; /* a total to stop at */
};

void exchange_plan(
    struct ledger *ledger, const struct exchange_options *options);

#endif
