/*
 * rounding.h: relaxed units to a plan.
 *
 * Meaning   each wish is rounded down and given if the ledger allows; then
 *           what was cut off is filled up, the largest fractions first.
 * Units     1e-6 units.
 * Lifetime  wishes are reordered.
 */
#ifndef TSUNAGARI_ROUNDING_H
#define TSUNAGARI_ROUNDING_H

#include "ledger.h"

struct wish {
    int64_t units_e6;
    int32_t pair;
};

/* Starts from a cleared ledger; true when all wishes were whole and given. */
bool rounding_apply(struct ledger *ledger, struct wish *wishes, int32_t n);

#endif
