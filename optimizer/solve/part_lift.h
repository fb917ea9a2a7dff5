/*
 * part_lift.h: rows of a component drawn tighter by what is not used.
 *
 * Meaning   where all columns of a row come to more than it allows, one that
 *           would take more than that excess leaves room when it is not
 *           used, which nobody else can use:
 *
 *             sum of x + sum over those of (most - excess) (1 - z) <= limit
 *
 *           holds for all whole plans and cuts off relaxed ones.  Lines and
 *           capacities of offers are drawn so.  It does much where a row has
 *           few columns: in a window (window.h), of several plans (merge.h).
 *           Prices of such rows are not those of part_lp_prices().
 * Source    flow covers: M. Padberg, T. van Roy, L. Wolsey, "Valid linear
 *           inequalities for fixed charge problems", with all columns of the
 *           row as the cover.
 * Failure   none but memory.
 */
#ifndef TSUNAGARI_PART_LIFT_H
#define TSUNAGARI_PART_LIFT_H

#include "part_lp.h"

/* least: as in part_lp_make(), which made the rows. */
void part_lift(struct part_lp *part, const int32_t *least);

#endif
