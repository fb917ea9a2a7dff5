/*
 * improve.h: a good plan made better, a few needs at a time.
 *
 * Meaning   with prices that bound the whole (certificate.h), the gap of a
 *           plan is a sum over lines and rows; where it is largest, the need,
 *           the needs that hold what it wants, and their nearest pairs are
 *           planned anew together (window.h), exactly, while all else stays.
 * Units     totals in 1e-12 milli-points.
 * Failure   none; the plan in the ledger never gets worse.
 */
#ifndef TSUNAGARI_IMPROVE_H
#define TSUNAGARI_IMPROVE_H

#include "certificate.h"
#include "ledger.h"
#include "solve_glpk.h"

struct improve_options {
    const struct lp_limit *limit;
    int32_t rounds;      /* passes over the needs, at most */
    int32_t lines;       /* of a window */
    int32_t line_pairs;  /* that a line may choose from */
    const uint8_t *likely; /* NULL, or per pair: chosen first (near.h) */
    int32_t node_limit;
    model_wide enough;   /* stop at a gap of so much, 1e-12 */
    /* NULL, or called after each gain. */
    void (*gained)(void *data);
    void *data;
};

void improve_plan(struct ledger *ledger, const struct prices *prices,
    model_wide bound, const struct improve_options *options);

#endif
