/*
 * wide_plan.h: the point of a model of wide.h as a plan that keeps every row.
 *
 * Meaning   what a row has too little of is cut from all that use it, then
 *           all is rounded down to whole 1e-12 units, which no row but a floor
 *           minds; rows and value are counted in exact integers.
 * Units     units of pairs in 1e-12; the value in 1e-12 milli-points, rounded
 *           down.
 * Failure   none but memory.
 * Lifetime  until wide_plan_free().
 */
#ifndef TSUNAGARI_WIDE_PLAN_H
#define TSUNAGARI_WIDE_PLAN_H

#include "wide.h"

struct wide_plan {
    int32_t n; /* pairs in use, ascending */
    int32_t *pair;
    model_wide *units_e12, value_e12;
    bool keeps; /* every row; if not, the value is worth nothing */
};

void wide_plan_make(struct wide_plan *plan, const struct wide *wide);
void wide_plan_free(struct wide_plan *plan);

#endif
