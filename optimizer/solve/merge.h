/*
 * merge.h: several good plans merged into one that is better than each.
 *
 * Meaning   what all plans do alike stays; where they differ, needs that want
 *           the same are planned anew together (window.h), exactly, from the
 *           pairs that any of the plans uses.  Hardly more than two of these
 *           are there per line, so that windows can be far larger than among
 *           all near pairs (improve.h).
 * Units     low, high: of a pair, the least and the most of all plans.
 * Failure   none but memory; the plan in the ledger never gets worse.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_MERGE_H
#define TSUNAGARI_MERGE_H

#include "ledger.h"
#include "solve_glpk.h"

struct merge {
    const struct instance *in;
    int32_t *low, *high;
    int32_t plans_n;
};

struct merge_options {
    const struct lp_limit *limit;
    int32_t lines;      /* of a window in the first pass; then twice as many */
    int32_t passes;
    int32_t node_limit; /* of a window; 0: none */
    /* NULL, or called after each gain. */
    void (*gained)(void *data);
    void *data;
};

void merge_open(struct merge *merge, const struct instance *in,
    struct arena *arena);
void merge_add(struct merge *merge, const int32_t *units);

/* The ledger holds one of the plans, or another: where they are alike, it
 * stays as it is. */
void merge_plan(const struct merge *merge, struct ledger *ledger,
    const struct merge_options *options);

#endif
