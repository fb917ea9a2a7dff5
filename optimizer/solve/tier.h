/*
 * tier.h: solve() with tiers (instance.h): first things first.
 *
 * Meaning   for each tier in order, a first solve finds the least share that
 *           any plan must miss of it, beside nothing else but the tiers
 *           before; how much that is counts to a millionth of a line (and
 *           1e-12 for each unit, which shares are rounded by), so that no
 *           plan is thrown away for a rounding.  Then the objective is solved with all of them kept.  A
 *           kept tier is a floor at a price, raised until the best plan pays
 *           none of it: that plan is then the best of all that keep it, and
 *           the bound holds for those.
 *           in->floors of tiers get given_e12, so that check_plan() refuses
 *           what does not keep them, and the price that was needed.
 *           Without tiers it is solve().
 * Units     as solve.h.
 * Failure   as solve.h.  SOLVE_OPTIMAL only if every tier was proven, too;
 *           else the message says which was not.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_TIER_H
#define TSUNAGARI_TIER_H

#include "solve.h"

bool tier_solve(struct instance *in, const struct solve_options *options,
    struct arena *arena, struct solve_result *result, struct err *err);

/* Sets the tiers to what a plan misses of them, at a price: what its run
 * came to. */
void tier_settle(struct instance *in, const int32_t *units);

#endif
