/*
 * wide_choose.h: which pairs stand in a model of wide.h as columns.
 *
 * Meaning   by the prices `now`, and by y of the lines for what offers want.
 * Failure   none but memory.
 */
#ifndef TSUNAGARI_WIDE_CHOOSE_H
#define TSUNAGARI_WIDE_CHOOSE_H

#include "wide.h"

/*
 * Chooses what has more than in_use units of the columns that there are,
 * pinned pairs, and the best few of each line (<= 8) and of each offer.
 */
void wide_choose(struct wide *wide, int best, double in_use);

/* To what is chosen, the best few of each line that y says are missing. */
void wide_choose_missing(struct wide *wide, int best);

#endif
