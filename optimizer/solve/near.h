/*
 * near.h: the pairs that prices say are worth a look, by line and by offer.
 *
 * Meaning   per line the few pairs that lose least against its price; a
 *           pair's loss is what a unit of it adds to the gap of a plan.
 * Units     1e-9 milli-points per unit, >= 0.
 * Shapes    line_pairs[line_begin[l] ..] the least loss first;
 *           offer_pairs[offer_begin[j] ..] and need_lines[need_begin[i] ..]
 *           ascending.
 * Failure   none but memory.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_NEAR_H
#define TSUNAGARI_NEAR_H

#include "certificate.h"

struct near {
    const struct instance *in;
    const struct prices *prices;
    model_wide *floor_gains;
    uint8_t *wanted; /* per pair: is it in the lists? */
    int64_t *losses; /* per pair; NULL but in a focus (focus.h) */
    int32_t *line_begin, *line_pairs;
    int32_t *offer_begin, *offer_pairs;
    int32_t *need_begin, *need_lines;
};

/* likely: NULL, or per pair: 1 comes before any 0. */
void near_make(struct near *near, const struct instance *in,
    const struct prices *prices, const uint8_t *likely, int32_t most,
    struct arena *arena);

/* No more than wanted, which is the caller's, and the lists by offer, need. */
void near_take(struct near *near, const struct instance *in, uint8_t *wanted,
    struct arena *arena);

model_wide near_loss(const struct near *near, int32_t l, int32_t p);

#endif
