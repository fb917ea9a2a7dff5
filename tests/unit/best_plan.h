/*
 * best_plan.h: for tests: the value of the best plan, by trying all.
 *
 * Shapes    at most BEST_PLAN_PAIRS pairs, of at most BEST_PLAN_MOST units
 *           each (random_instance.h makes such).
 */
#ifndef TSUNAGARI_BEST_PLAN_H
#define TSUNAGARI_BEST_PLAN_H

#include "optimizer/check/check.h"

enum { BEST_PLAN_PAIRS = 7, BEST_PLAN_MOST = 4 };

/* Of the plans with no fewer units than these of any pair; NULL: of all.
 * INT64_MIN: none. */
static inline int64_t
best_with(const struct instance *in, const int32_t *least)
{
    int32_t units[BEST_PLAN_PAIRS] = {0}, at = 0;
    int64_t best = INT64_MIN, value;
    do {
        struct err err = {0};
        bool more = true;
        for (int32_t p = 0; least != NULL && p < in->pairs_n; p++) {
            more = more && units[p] >= least[p];
        }
        if (more && check_plan(in, units, &value, &err) && value > best) {
            best = value;
        }
        for (at = 0; at < in->pairs_n && units[at] == BEST_PLAN_MOST; at++) {
            units[at] = 0;
        }
        if (at < in->pairs_n) {
            units[at]++;
        }
    } while (at < in->pairs_n);
    return best;
}

static inline int64_t
best_of_all(const struct instance *in)
{
    return best_with(in, NULL);
}

#endif
