/*
 * wide_choose.h: which pairs stand in a model of wide.h as columns.
 *
 * Meaning   by the prices `now`, and by y of the lines for what offers want.
 * Failure   none but memory.
 */
#ifndef TSUNAGARI_WIDE_CHOOSE_H
#define TSUNAGARI_WIDE_CHOOSE_H

#include "wide.h"

#define WIDE_ANY (-((model_wide)1 << 100)) /* less than any pair gains */

enum { WIDE_BEST_MOST = 32 };

/*
 * The best few pairs of a line at the prices `now`, those that gain more than
 * `above`, best first; how many there are, `most` (<= WIDE_BEST_MOST) at most.
 */
int32_t wide_line_best(const struct wide *wide, int32_t line,
    model_wide floor_gain, model_wide above, int32_t most, int32_t *pair);

/*
 * Chooses what has more than in_use units of the columns that there are,
 * pinned pairs, and the best few of each line (<= 8) and of each offer.
 */
void wide_choose(struct wide *wide, int best, double in_use);

/* To what is chosen, the best few of each line that y says are missing. */
void wide_choose_missing(struct wide *wide, int best);

#endif
