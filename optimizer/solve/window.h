/*
 * window.h: a few needs of a plan, to be planned anew while all else stays.
 *
 * Meaning   all lines of the chosen needs, some of their pairs, and what the
 *           others leave of every row: an instance of its own, whose plans
 *           fit the whole.
 * Failure   none but memory.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_WINDOW_H
#define TSUNAGARI_WINDOW_H

#include "ledger.h"
#include "solve_glpk.h"

struct window {
    struct instance in;
    int32_t *pair_of;
    int32_t *least;   /* per pair of the window */
    int32_t *before;  /* units that the plan had */
};

/*
 * lines: all lines of the needs, ascending; wanted[pair]: it may be used
 * (what is in use always may).  Takes the lines' units out of the ledger.
 */
void window_open(struct window *window, struct ledger *ledger,
    const int32_t *lines, int32_t lines_n, const uint8_t *wanted,
    struct arena *arena);

/* Puts units (NULL: those from before) into the ledger. */
void window_close(const struct window *window, struct ledger *ledger,
    const int32_t *units);

/*
 * Plans the lines (which it sorts) anew, with so many nodes of branch and
 * bound at most (0: as many as it takes); what the plan gains, 0 if nothing,
 * in 1e-12 milli-points.
 */
model_wide window_replan(struct ledger *ledger, int32_t *lines,
    int32_t lines_n, const uint8_t *wanted, int32_t node_limit,
    const struct lp_limit *limit);

#endif
