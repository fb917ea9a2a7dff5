/*
 * check.h: is this plan allowed, and what is it worth?  In exact integers.
 *
 * Meaning   re-derives every row of the formulation (model.h) from the
 *           instance alone; shares no code with the solver, so that a bug
 *           there cannot hide here.
 * Units     units[p] per pair, pairs_n of them; value in 1e-6 milli-points.
 * Failure   false and the first broken row by name, with both sides.
 */
#ifndef TSUNAGARI_CHECK_H
#define TSUNAGARI_CHECK_H

#include "optimizer/instance/instance.h"

bool check_plan(const struct instance *in, const int32_t *units,
    int64_t *value_e6, struct err *err);

#endif
