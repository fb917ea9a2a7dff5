/*
 * lagrange_gain.h: which pairs gain at given prices; the first half of
 * lagrange_bound().
 *
 * Meaning   fills floor_gain, line_low, left_out, link_offers and the gains,
 *           by offer.
 * Failure   none but memory.
 */
#ifndef TSUNAGARI_LAGRANGE_GAIN_H
#define TSUNAGARI_LAGRANGE_GAIN_H

#include "lagrange.h"

void lagrange_find_gains(
    struct lagrange *lagrange, const struct lagrange_prices *prices);

#endif
