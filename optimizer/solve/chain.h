/*
 * chain.h: one pair forced into a plan, and what gives way finds new places.
 *
 * Meaning   a line that lacks units, or gives some up, takes a pair that it
 *           would like, whatever stands against it: others of the offer, a
 *           partner, a need that is served, money of the need give way.
 *           Their lines take what is free or, some steps long, push others
 *           out in turn; room that is left goes to who still lacks it.  A
 *           path over many needs is one change, where emptying so many needs
 *           would hardly ever fill them up in that very order.
 * Failure   none but memory; the plan may get worse: the journal of the
 *           mover, which starts empty, is there to go back.
 */
#ifndef TSUNAGARI_CHAIN_H
#define TSUNAGARI_CHAIN_H

#include "mover.h"

/*
 * m: of a focus; seed: of draw.h; the instance has a line.  False: most
 * likely it would end worse by more than `patience` (1e-12 milli-points): the
 * pairs forced in so far lose more than those that gave way and the room that
 * there was.
 */
bool chain_run(struct mover *m, uint64_t *seed, model_wide patience);

#endif
