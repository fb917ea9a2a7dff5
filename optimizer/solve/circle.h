/*
 * circle.h: the pairs that take part in a concord.
 *
 * Meaning   near: those that an offer may use at prices not far from the
 *           ones at hand; what a proof on all pairs shows to be missing joins
 *           them.  Of those, `wanted` are the ones that their offers may well
 *           use: they have potentials, the others stay at what prices of
 *           rows say.
 * Shapes    1 per pair of the instance that is among them.
 * Failure   none but memory.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_CIRCLE_H
#define TSUNAGARI_CIRCLE_H

#include "soft.h"

struct circle {
    uint8_t *near, *wanted;
    const uint8_t *open; /* may be among them */
    int32_t left; /* so many more units of pairs may have potentials */
};

/* Those used at the last bound, and those that lose no more than `most`, in
 * milli-points, in all; nobody is wanted yet. */
void circle_make(struct circle *circle, const struct lagrange *lagrange,
    const struct lagrange_prices *prices, int32_t potentials, double most,
    struct arena *arena);

/* Those used in one of so many plans of their offer, or more, by the last
 * call of soft_expect() or soft_value(), are wanted from now on. */
void circle_want(struct circle *circle, const struct soft *soft,
    int32_t unlikely);

/* After a bound on all pairs at the prices that soft_value() was last asked
 * at: where an offer's best is beyond what it finds among those near, who is
 * in it joins in, and who gains as much for what it takes of the offer.  How
 * many did. */
int32_t circle_widen(struct circle *circle, const struct soft *soft,
    const struct lagrange *lagrange, const struct lagrange_prices *prices);

#endif
