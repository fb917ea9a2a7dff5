/*
 * knapsack_price.h: what an offer's capacity, and its limit on needs, are
 * worth to it.
 *
 * Meaning   with a price per unit of use, one per need that is served, and no
 *           other limit, no answer is worth more than knapsack_relaxed()
 *           says; the prices of knapsack_price() make that nearly as little
 *           as it can be.
 * Units     gains, per unit of use and per need; >= 0.
 * Failure   none.
 */
#ifndef TSUNAGARI_KNAPSACK_PRICE_H
#define TSUNAGARI_KNAPSACK_PRICE_H

#include "knapsack.h"

__extension__ typedef __int128 knapsack_wide;

struct knapsack_prices {
    int64_t use, need; /* need: 0 where a need is served already */
};

struct knapsack_prices knapsack_price(const struct knapsack *k);
knapsack_wide knapsack_relaxed(const struct knapsack *k,
    struct knapsack_prices prices);

#endif
