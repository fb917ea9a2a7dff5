/*
 * simulate.h: what another set of weights would do to a plan.
 *
 * Meaning   two sides on the store as it is now and on the run's day: before
 *           is the run's own plan (solved anew with its own weights when the
 *           store has changed since: `before_solved`), after is the best
 *           plan with the other weights.  Nothing is written.
 *           Solving starts from the run's plan and shadow prices, and ends
 *           at the weights' whatif_gap_ppm or whatif_time_s; an instance of
 *           a few thousand pairs is solved as by a match.  A cold start
 *           differs by no more than the two gaps: options->start says so by
 *           being an empty one (NULL: warm).
 *           Changes are the suggestions of organisations' needs whose units
 *           differ; public demand is counted only.
 * Units     yen, metres, ppm; units of lines.
 * Failure   ERR_NO_PLAN when a side cannot be solved or fails its check.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_SIMULATE_H
#define TSUNAGARI_SIMULATE_H

#include <stdio.h>

#include "optimizer/base/json.h"
#include "optimizer/plan/summary.h"
#include "optimizer/solve/solve.h"
#include "replay.h"

struct simulate_side {
    const struct market *market;
    struct plan plan;
    struct summary summary;
    struct summary_run head;
    struct summary_group themes; /* a line counts in each of its themes */
    int64_t distance_m;          /* mean of suggestions with one; -1: none */
    int32_t floors, floors_short; /* fairness floors; those not reached */
    int32_t lowest_ppm; /* covered share of the municipality with least */
};

struct simulate_change {
    int64_t need_id, offer_id;
    int32_t need_line_no, offer_line_no;
    int32_t before, after; /* units */
    const char *need, *offer, *unit;
    const char *reason; /* of the side that has it, Japanese */
};

struct simulate {
    const struct replay *replay;
    bool before_solved;
    int64_t value[OPTION_COUNT]; /* the other weights */
    struct simulate_side before, after;
    struct simulate_change *changes; /* by need and offer */
    int32_t changes_n;
    int32_t public_changed; /* pairs of public demand with other units */
};

struct simulate_set { /* one tunable, and what it would be */
    enum option_id id;
    int64_t value;
};

/*
 * The whole of it, for the command and for the service: run run_id (0: the
 * newest with a plan) as it is, and with these settings over its weights.
 * store: not in a transaction; one view of it is read, nothing is written
 * (STORE_READ keeps writers undisturbed).  set: in range (option_check(), or
 * ERR_INPUT); none is fine.  NULL on failure.
 */
struct simulate *simulate_weights(struct store *store, int64_t run_id,
    const struct simulate_set *set, int32_t set_n,
    const struct solve_options *options, struct arena *arena,
    struct err *err);

/* value: the other weights, already in simulate->value. */
bool simulate_run(struct store *store, const struct replay *replay,
    const struct solve_options *options, struct arena *arena,
    struct simulate *simulate, struct err *err);
void simulate_print(const struct simulate *simulate, FILE *out);
void simulate_write(const struct simulate *simulate, struct json *json);

#endif
