/*
 * dive.h: a plan from the offers' own plans, fixed bit by bit.
 *
 * Meaning   what the offers' plans (lagrange.h) agree upon, on average over
 *           rounds of the ascent, is given for good; prices follow what is
 *           left, until nothing more fits.
 * Failure   none; what the ledger holds is feasible at any moment.
 */
#ifndef TSUNAGARI_DIVE_H
#define TSUNAGARI_DIVE_H

#include "ascent.h"
#include "ledger.h"

/*
 * From what the ledger holds, which stays; prices: of an ascent, are changed;
 * average: of the same, or NULL: of what is left none is known yet.
 * More stages, each with an ascent, fix less at a time.
 * The lagrange is given back as it was.
 */
void dive_plan(struct ledger *ledger, struct lagrange *lagrange,
    struct lagrange_prices *prices, const float *average, int stages,
    const struct lp_limit *limit);

/* How many of n stage k fixes, of so many stages and a time that began then:
 * more where the clock is ahead of the stages. */
int32_t dive_stage_size(int32_t n, int k, int stages,
    const struct lp_limit *limit, int64_t begun);

#endif
