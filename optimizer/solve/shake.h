/*
 * shake.h: many small changes by chance, first hot, then cold.
 *
 * Meaning   ruin and recreate: a few needs that want the same are emptied
 *           and filled up in another order, or, mostly, one pair is forced
 *           in (chain.h); kept if no worse, or, while it is hot, not too much
 *           worse.  The same seed, the same plan; where the limit leaves no
 *           time for all trials, fewer of each heat are made.
 * Units     heat in thousandths of what a line of the plan is worth on
 *           average, at the start: it cools down to 0.
 * Failure   none but memory; the plan in the ledger never gets worse.
 */
#ifndef TSUNAGARI_SHAKE_H
#define TSUNAGARI_SHAKE_H

#include "ledger.h"
#include "near.h"
#include "solve_glpk.h"

struct shake {
    int64_t trials;
    int32_t heat;
    model_wide enough; /* a total to stop at, 1e-12 milli-points */
    uint64_t seed;
};
void shake_plan(struct ledger *ledger, const struct near *near,
    const struct shake *shake, const struct lp_limit *limit);

#endif
