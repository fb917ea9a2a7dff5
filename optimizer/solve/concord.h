/*
 * concord.h: the bound with offers and needs planned exactly, both.
 *
 * Meaning   potentials (potential.h) on the pairs that are nearest to being
 *           used, found by descending a softened bound (soft.h)
 *           together with the prices of all rows; what is proven is proven
 *           on all pairs, in integers.
 * Units     as lagrange.h.
 * Failure   none but memory; the bound may be worse than at the start, and
 *           is that of the start, with no potentials, where there is too
 *           little time.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_CONCORD_H
#define TSUNAGARI_CONCORD_H

#include "lagrange.h"

struct concord {
    model_wide bound;
    struct lagrange_prices prices; /* that prove it, with ... */
    struct potentials potentials;
    float *used; /* per pair: how likely it has units at these, softly */
    uint8_t *near;    /* per pair: takes part, with potentials or without */
    uint8_t *careful; /* per need: keeps within its budget (potential.h) */
    double unit; /* what a unit of a pair scores on average, milli-points */
};

/* In that: the heat at which potentials are found. */
#define CONCORD_HEAT 0.0008

struct concord_options {
    const struct lagrange_prices *prices; /* where to start */
    int32_t potentials; /* so many at most */
    const struct lp_limit *limit;
};

/* lagrange: of all pairs. */
void concord_find(struct concord *concord, struct lagrange *lagrange,
    const struct concord_options *options, struct arena *arena);

#endif
