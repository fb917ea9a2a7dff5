/*
 * ascent.h: better prices for lagrange.h, by the volume algorithm.
 *
 * Meaning   from given prices, round by round: rows that the offers' own
 *           plans overuse get dearer, the direction is an average over
 *           rounds, steps start from the best prices so far.  Every round's
 *           bound is exact.
 * Failure   none but memory.
 * Source    Barahona, Anbil, The volume algorithm, Math. Programming 87.
 */
#ifndef TSUNAGARI_ASCENT_H
#define TSUNAGARI_ASCENT_H

#include "lagrange.h"

struct ascent_options {
    const struct lp_limit *limit;
    int32_t rounds; /* at most; fewer where they no longer pay */
    double length;  /* of the first steps; 0.01 from afar */
    bool brisk; /* less of the rounds before in each direction, and larger */
                /* steps of the programme's price: sooner near, less exact */
    bool afar;  /* a brisk one begins with still less of the rounds before */
    model_wide target; /* the total of a plan that is known */
    model_wide enough; /* stop where bound - target is no more, 1e-12 */
    float *mean; /* NULL, or per pair: the average of the offers' plans */
    bool go_on;  /* the average has begun before */
};

/* prices: where to start, then the best; its bound. */
model_wide ascent_run(struct lagrange *lagrange,
    struct lagrange_prices *prices, const struct ascent_options *options);

#endif
