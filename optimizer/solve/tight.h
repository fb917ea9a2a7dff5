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
};

struct tight_options {
    const struct prices *prices; /* where to start, ... */
    const struct prices *other;  /* ... or, if better, here; NULL: not */
    model_wide target;           /* the total of a plan that is known */
    model_wide enough; /* stop where bound - target is no more, 1e-12 */
    const struct lp_limit *limit;
};

void tight_make(struct tight *tight, const struct ledger *ledger,
    const struct tight_options *options, struct arena *arena);
void tight_free(struct tight *tight);

/* What prices as they are prove; at: those that count here, the arena's. */
model_wide tight_prove(const struct ledger *ledger,
    const struct prices *start, struct lagrange_prices *at,
    struct arena *arena);

/* Into the form of certificate.h; capacities keep theirs. */
void tight_prices(const struct instance *in,
    const struct lagrange_prices *from, struct prices *to);

#endif
