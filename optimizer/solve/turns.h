/*
 * turns.h: which part of a model is solved when, and until when.
 *
 * Meaning   the largest first where several processes share the parts; one
 *           alone begins with the smallest, so that time which is left over
 *           goes to those that can use it.  Of the time there is each part
 *           that waits has its share: a quarter of it is shared out alike,
 *           the rest by pairs.  No part is left with nothing because
 *           another's proof has no end.
 * Units     turns from 0.
 * Failure   none but memory.
 * Lifetime  the arena's; the list must outlive it.
 */
#ifndef TSUNAGARI_TURNS_H
#define TSUNAGARI_TURNS_H

#include "component.h"
#include "solve_glpk.h"

struct turns {
    int32_t n, processes;
    int32_t *order; /* parts */
    int64_t *pairs; /* n: of this turn's part and of all that follow */
};

/* processes: that solve parts at the same time, at least 1. */
void turns_make(struct turns *turns, const struct component_list *list,
    int32_t processes, struct arena *arena);

/* Of a part whose turn comes now. */
struct lp_limit turns_limit(const struct turns *turns, int32_t turn,
    const struct lp_limit *limit);

#endif
