/*
 * master_interior.h: the relaxation of a large part, by column generation
 * around an interior point method.
 *
 * Meaning   what master_solve() finds, but stopped as soon as an exact bound
 *           on all pairs and a fractional plan that keeps every row, counted
 *           in whole 1e-12 units (wishes: 1e-6), are `gap` apart; down to
 *           some 1e-10.  The plan is not a corner:
 *           more of it is fractional.
 * Units     as master.h; gap: a share of the value.
 * Failure   enum lp_state; LP_TROUBLE also where the gap stays open.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_MASTER_INTERIOR_H
#define TSUNAGARI_MASTER_INTERIOR_H

#include "master.h"

/* Is this method sooner done than a simplex method?  By so much that a corner,
 * which is rounded better, is not worth waiting for? */
bool master_is_large(const struct instance *in);
bool master_is_wide(const struct instance *in);

enum lp_state master_interior(struct master *master,
    const struct instance *in, const struct counts *counts,
    const int32_t *least, double gap, const struct lp_limit *limit, struct arena *arena);

#endif
