/*
 * dual.h: prices of the coupling rows by Lagrangian ascent.
 *
 * Meaning   budgets, the programme and floors are priced into the gains, so
 *           that what is left is a pure transportation problem (netflow.h) on
 *           a selection of pairs; rows that are overused get dearer, round by
 *           round.  What comes out is a good start for the master problem:
 *           prices, the pairs that matter, and a spanning tree.
 * Units     prices in 1e-9 milli-points (certificate.h).
 * Failure   none but memory.
 * Lifetime  until dual_free().
 */
#ifndef TSUNAGARI_DUAL_H
#define TSUNAGARI_DUAL_H

#include "certificate.h"
#include "netflow.h"
#include "solve_glpk.h"

struct dual {
    const struct instance *in;
    const int32_t *least;
    struct prices prices;
    struct netflow *flow;
    uint8_t *selected; /* per pair, a bit: it has an arc */
    int32_t *arc_pair;
    int32_t arcs_n;
    model_wide *line_floor; /* prices_floor_gains() of the prices */
    model_wide bound;       /* the best that any round proved on all pairs */
    struct prices best;     /* the prices that proved it */
};

void dual_make(struct dual *dual, const struct instance *in,
    const struct counts *counts, const int32_t *least, struct arena *arena);
void dual_free(struct dual *dual);

/* From the prices of a like instance instead of 0; before the first ascent. */
void dual_start(struct dual *dual, const struct prices *prices);

/* target: the value of a plan that is known, for the length of steps. */
void dual_ascend(struct dual *dual, int rounds, model_wide target,
    const struct lp_limit *limit);

#endif
