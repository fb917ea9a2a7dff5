/*
 * proof_needs.h: what the potentials of a proof come to for needs.
 *
 * Meaning   offers pay them, needs are paid: together nothing, in any plan.
 *           A need's come to no more than the best choice of units that its
 *           lines, whole lines, lots and its limit on partners allow:
 *           counted out, or, where that is too much work, all of the best.
 * Units     1e-12 milli-points.
 * Failure   none but memory.
 */
#ifndef TSUNAGARI_PROOF_NEEDS_H
#define TSUNAGARI_PROOF_NEEDS_H

#include "proof_price.h"

exact proof_needs(const struct instance *in,
    const struct proof_prices *prices);

/* Per pair: where its potentials begin, -1: it has none, or is pinned: then
 * they count as 0; free(). */
int32_t *proof_potentials_begin(const struct instance *in,
    const struct proof_prices *prices);

/* Of so many units of a pair whose potentials begin there, 1e-12. */
exact proof_potential_of(const struct proof_prices *prices, int32_t begin,
    int64_t units);

#endif
