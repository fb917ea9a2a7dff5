/*
 * smooth.h: prices for a model of wide.h, roughly, from the pairs alone.
 *
 * Meaning   each line spreads its units over its best pairs, the more the
 *           more they gain, by exp(gain / heat); rows that are asked for too
 *           much get dearer, by heat times the logarithm of how much too
 *           much, the others cheaper; and it cools down, round by round.
 *           Prices that are some percent off choose far better columns than
 *           none, and cost less than one factor of the model's matrix.
 * Failure   none but memory.
 * Source    Kosowsky and Yuille, The invisible hand algorithm (1994);
 *           Cominetti and San Martin, exponential penalties (1994).
 */
#ifndef TSUNAGARI_SMOOTH_H
#define TSUNAGARI_SMOOTH_H

#include "wide.h"

/* From nothing to y and `now`. */
void smooth_prices(struct wide *wide);

#endif
