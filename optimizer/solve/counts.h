/*
 * counts.h: the limits on partners and needs as linear rows.
 *
 * Meaning   a used link (link.h) carries at most U units, so that a unit of
 *           its pairs counts at least 1/U of it:
 *             sum over pairs of the row  weight[p] x[p] <= 1e6 limit
 *           with weight = floor(1e6 / U) holds for every plan.  Weaker than
 *           the limit itself, and without a 0/1 column.
 * Units     weights in 1e-6 of a count; 0: the pair is in no such row.
 * Failure   none but memory.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_COUNTS_H
#define TSUNAGARI_COUNTS_H

#include "link.h"
#include "optimizer/instance/model.h"

struct counts {
    int32_t *partner_weight; /* per pair, in the row of its need */
    int32_t *meeting_weight; /* per pair, in the row of its offer */
};

/* partner_weight alone. */
int32_t *counts_partners(const struct instance *in,
    const struct links *links, struct arena *arena);

void counts_make(struct counts *counts, const struct instance *in,
    const struct links *links, struct arena *arena);

#endif
