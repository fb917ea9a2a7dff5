/*
 * wide_choose.h: which pairs stand in a model of wide.h as columns.
 *
 * Meaning   by the prices `now`, and by y of the lines for what offers want.
 * Failure   none but memory.
 */
#ifndef TSUNAGARI_WIDE_CHOOSE_H
#define TSUNAGARI_WIDE_CHOOSE_H

#include "wide.h"

/* Chooses pinned pairs, the best few of each line (<= 8) and of each offer. */
void wide_choose(struct wide *wide, int best);

/*
 * To what is chosen, the best few of each line that y says are missing, or so
 * nearly; how many they are.  worst: what a unit of any would gain at most.
 * Both in mean gains.
 */
int32_t wide_choose_missing(struct wide *wide, int best, double nearly,
    double *worst);

#endif
