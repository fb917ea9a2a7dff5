/* refine.c: plans, crossed, then branch and bound (refine.h). */
#include "refine.h"

#include <string.h>

#include "grow.h"
#include "narrow.h"
#include "optimizer/base/clock.h"

enum {
    BRANCH_PAIRS = 20000, /* more of them are left to the windows */
    BRANCH_NODES = 2000,
    FIRST_BRANCH_PERCENT = 10, /* where more plans may follow */
    STARTS = 12, /* of plans: rather several than good ones, ... */
    START_PAIR_US = 30, /* ... each with so much time at least for a pair */
    IDLE_STARTS = 5,   /* in a row that gained less: it is over */
    GAIN_PARTS = 50000 /* of the total */
};

#define START_SHARE 0.9 /* of its part of the time; the rest is to cross it */

static void
branch(struct pipeline *run, int percent)
{
    struct lp_limit share = lp_limit_share(run->options->limit, percent);
    struct arena own = {0};
    struct narrow narrow;
    struct part_result result = {0};
    struct part_options options = *run->options;
    options.limit = &share;
    options.start = NULL; /* of other pairs */
    options.prices = NULL;
    narrow_make(&narrow, run->ledger, &run->prices,
        run->proven - run->result->total, &own);
    if (narrow.in.pairs_n <= BRANCH_PAIRS) {
        options.priced_pairs = 0;
        if (narrow.in.pairs_n > BRANCH_PAIRS / 20) {
            options.node_limit = BRANCH_NODES;
        }
        result.units =
            arena_array(&own, (size_t)narrow.in.pairs_n, sizeof(int32_t));
        prices_make(&result.prices, &narrow.in, NULL, &own);
        part_solve(&narrow.in, narrow.least, &options, &result);
        if (result.total > run->result->total) {
            narrow_return(&narrow, result.units, run->ledger);
            pipeline_keep_plan(run);
        }
        /* outside of the filter no plan is better than the one at hand */
        pipeline_keep_bound(run, result.bound > run->result->total
                ? result.bound
                : run->result->total);
        run->result->trouble = run->result->trouble || result.trouble;
    }
    arena_release(&own);
}

/* How many plans there is time for. */
static int32_t
starts(const struct pipeline *run)
{
    int64_t left = run->options->limit->deadline_ms - clock_ms();
    int64_t n = left * 1000 / START_PAIR_US / (run->in->pairs_n + 1);
    return n < 1 ? 1 : n < STARTS ? (int32_t)n : STARTS;
}

/* As long as they gain. */
static void
start_others(struct pipeline *run, const int32_t *units, int32_t n)
{
    int32_t idle = 0;
    for (int32_t k = 1; idle < IDLE_STARTS && !pipeline_done(run); k++) {
        model_wide before = run->result->total;
        int32_t left = n - k > 1 ? n - k : 1;
        grow_another(run, units, k, START_SHARE / left);
        model_wide gain = run->result->total - before;
        idle = gain * GAIN_PARTS > (before < 0 ? -before : before) ? 0
                                                                   : idle + 1;
    }
}

void
refine_plan(struct pipeline *run)
{
    struct arena own = {0};
    bool more = pipeline_timed(run) && run->likely != NULL;
    size_t pairs = (size_t)run->in->pairs_n;
    int32_t *units = arena_array(&own, pairs, sizeof(int32_t));
    int32_t n = more ? starts(run) : 1;
    memcpy(units, run->result->units, pairs * sizeof(int32_t));
    grow_plan(run, 0, 1.0 / n);
    if (more && !pipeline_done(run)) {
        branch(run, FIRST_BRANCH_PERCENT);
        start_others(run, units, n);
    }
    if (!pipeline_done(run)) {
        branch(run, 100);
    }
    arena_release(&own);
}
