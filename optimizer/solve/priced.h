/*
 * priced.h: the best plan of a part that is too large to stand in GLPK.
 *
 * Meaning   dual ascent, a master problem by column generation, offers
 *           planned exactly (lagrange.h) where rows are not linear, a dive
 *           (dive.h) and rounding,
 *           small changes (shakes.h), windows of the plan made anew, and
 *           branch and bound over the pairs that a better plan could still
 *           use: whoever loses more against the prices than the gap is out,
 *           exactly.
 * Units     as part.h.
 * Failure   none: the result has a plan and a bound at any moment.
 */
#ifndef TSUNAGARI_PRICED_H
#define TSUNAGARI_PRICED_H

#include "ledger.h"
#include "part.h"

/* The ledger holds the plan in result, filled up. */
void priced_solve(struct ledger *ledger, const struct part_options *options,
    struct part_result *result);

#endif
