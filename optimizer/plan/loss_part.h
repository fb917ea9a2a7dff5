/*
 * loss_part.h: the part of an instance that shares a row with a line.
 *
 * Meaning   lines joined by an offer, a need's limits, a floor or the
 *           programme's budget; an instance of its own, pairs and all, with
 *           the rows it has.  What is outside cannot gain or lose by it.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_LOSS_PART_H
#define TSUNAGARI_LOSS_PART_H

#include "optimizer/solve/solve.h"

struct loss_part {
    struct instance in;
    int32_t *pair_of, *line_of; /* in the whole */
    int32_t *offer_of, *need_of, *floor_of;
    int32_t pins_room; /* one more than it has */
};

/* root[l]: the first line of the part that l is in. */
void loss_roots(const struct instance *in, int32_t *root);
void loss_part_build(const struct instance *in, const int32_t *root,
    int32_t of, struct arena *arena, struct loss_part *part);

/* What is known of the whole: the part's share of it. */
struct solve_start loss_part_start(const struct loss_part *part,
    const struct solve_start *whole, struct arena *arena);

#endif
