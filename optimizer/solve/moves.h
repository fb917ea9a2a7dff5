/*
 * moves.h: small exact steps that make a plan better.
 *
 * Meaning   for each line and each pair that it would like: take the pair
 *           from a holder of the offer, or give up another pair of the need,
 *           then fill up those who lost; kept if the whole is worth more.
 * Units     total in 1e-12 milli-points.
 * Failure   none; the plan in the ledger never gets worse.
 */
#ifndef TSUNAGARI_MOVES_H
#define TSUNAGARI_MOVES_H

#include "ledger.h"
#include "near.h"
#include "solve_glpk.h"

/* Passes over all lines until one brings nothing, or there were so many. */
void moves_improve(struct ledger *ledger, const struct near *near, int passes,
    const struct lp_limit *limit);

#endif
