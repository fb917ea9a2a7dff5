/*
 * wide_choose.h: which pairs stand in a model of wide.h as columns.
 *
 * Meaning   by the prices `now`, and by y of the lines for what offers want.
 * Failure   none but memory.
 */
#ifndef TSUNAGARI_WIDE_CHOOSE_H
#define TSUNAGARI_WIDE_CHOOSE_H

#include "wide.h"

/* How many pairs of each line, of those of a line that cost nothing, and of
 * each offer; <= WIDE_BEST_MOST each. */
struct wide_few {
    int best, unpaid, offer;
};

enum { WIDE_BEST_MOST = 8 };

/* Chooses pinned pairs and the best few. */
void wide_choose(struct wide *wide, const struct wide_few *few);

/*
 * To what is chosen, the best few of each line that y says are missing, or so
 * nearly; how many they are.  worst: what a unit of any would gain at most.
 * Both in mean gains.
 */
int32_t wide_choose_missing(struct wide *wide, int best, double nearly,
    double *worst);

#endif
