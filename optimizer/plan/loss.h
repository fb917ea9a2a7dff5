/*
 * loss.h: the runners-up of each suggestion and what the plan loses by them.
 *
 * Meaning   a covered need line's main partner is the pair that gives it the
 *           most.  A runner-up is another candidate of the line that gives
 *           it nothing yet.  Its loss is the value of the plan less the
 *           value of the best plan without the main pair in which the
 *           runner-up gives at least its least amount: the part of the
 *           instance that shares a row with the line is solved anew, so all
 *           other lines may move, too.  Proven optimal both times, else no
 *           loss is told.  The plan and its prices are where solving anew
 *           starts: what the change does not touch is proven by them.
 *           Tried are the best by score less the shadow prices of what they
 *           use; kept are as many, in the order of their losses.
 * Units     1e-6 milli-points, >= 0.
 * Limits    the weights `alternatives`, `loss_solves` and `loss_time_s`; what
 *           is past them, stopped or fails has no loss.  Runners-up are
 *           solved side by side in child processes (crew.h).
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_LOSS_H
#define TSUNAGARI_LOSS_H

#include "optimizer/solve/solve.h"
#include "plan_write.h"

bool loss_alternatives(const struct plan *plan,
    const struct solve_result *result, const struct solve_options *options,
    struct arena *arena, struct plan_extras *extras, struct err *err);

#endif
