/*
 * tight.h: the bound of a whole part with every offer planned exactly.
 *
 * Meaning   ascent.h from the prices of a weaker bound.  In a large part only
 *           pairs that look good take part, then also those that the offers
 *           would have taken at the prices found; what is proven is proven
 *           on all pairs.
 * Units     as lagrange.h.
 * Failure   none but memory.
 * Lifetime  the arena's, and until tight_free().
 */
#ifndef TSUNAGARI_TIGHT_H
#define TSUNAGARI_TIGHT_H

#include "ascent.h"
#include "certificate.h"

struct tight {
    model_wide bound;
    struct lagrange_prices prices; /* that prove it */
    struct lagrange_prices now;    /* of the last ascent */
    struct lagrange some;          /* the pairs that take part */
    float *mean;                   /* per pair: the offers' plans, averaged */
    struct lagrange whole;
    uint8_t *wanted; /* per pair: does it take part? */
    const struct ledger *ledger;
    const struct lp_limit *limit;
    double length; /* of the next ascent's first steps */
    bool begun, brisk;
    struct arena *arena;
};

struct tight_options {
    const struct prices *prices; /* where to start */
    bool brisk; /* as in ascent.h */
    const struct lp_limit *limit;
};

/* The bound of the prices as they are.  The ledger has no plan but the least;
 * all must outlive the tight. */
void tight_open(struct tight *tight, const struct ledger *ledger,
    const struct tight_options *options, struct arena *arena);

/*
 * Up to so many rounds from where it is.  target: the total of a plan that is
 * known; it stops where bound - target is no more than enough, 1e-12.
 */
void tight_go_on(struct tight *tight, model_wide target, model_wide enough,
    int32_t rounds);

/* As many rounds as are worth it; brief: as one that goes on from these prices
 * (concord.h) needs. */
void tight_finish(struct tight *tight, model_wide target, model_wide enough,
    bool brief);
void tight_free(struct tight *tight);

/* Into the form of certificate.h; capacities keep theirs. */
void tight_prices(const struct instance *in,
    const struct lagrange_prices *from, struct prices *to);

#endif
