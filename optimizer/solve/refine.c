/* refine.c: generations, then branch and bound (refine.h). */
#include "refine.h"

#include "exchange.h"
#include "improve.h"
#include "mend.h"
#include "narrow.h"
#include "shakes.h"

enum {
    MEND_PASSES = 3,
    MEND_LINES = 120,
    MEND_NODES = 100,
    MEND_PERCENT = 90, /* of the time that is left */
    WINDOW_ROUNDS = 4,
    WINDOW_LINES = 60,
    WINDOW_PAIRS = 4,
    WINDOW_NODES = 200,
    BRANCH_PAIRS = 20000, /* more of them are left to the windows */
    BRANCH_NODES = 2000,
    FIRST_BRANCH_PERCENT = 10, /* where more generations may follow */
    GAIN_PARTS = 50000 /* of the total: the least that another is worth */
};

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

/* Paths of changes at the bound's potentials. */
static void
exchange(struct pipeline *run)
{
    const struct exchange_options options = {.limit = run->options->limit,
        .concord = run->concord,
        .enough = run->result->bound - pipeline_gap_asked(run)};
    exchange_plan(run->ledger, &options);
    pipeline_keep_plan(run);
}

/* Windows where the bound with potentials says that the plan loses. */
static void
mend(struct pipeline *run)
{
    struct lp_limit share =
        lp_limit_share(run->options->limit, MEND_PERCENT);
    const struct mend_options options = {.limit = &share,
        .concord = run->concord,
        .bound = run->result->bound,
        .enough = pipeline_gap_asked(run),
        .passes = MEND_PASSES,
        .lines = MEND_LINES,
        .node_limit = MEND_NODES,
        .gained = pipeline_keep_plan,
        .data = run};
    mend_plan(run->ledger, &options);
}

/* Shakes, then windows. */
static void
breed(struct pipeline *run, int32_t generation)
{
    const struct part_options *options = run->options;
    struct part_result *result = run->result;
    if (run->likely != NULL && !pipeline_done(run)) {
        shakes_all(run, generation);
    }
    ledger_load(run->ledger, run->result->units);
    if (run->concord != NULL && !pipeline_done(run)) {
        exchange(run);
    }
    if (run->concord != NULL && !pipeline_done(run)) {
        mend(run);
        exchange(run);
    }
    const struct improve_options windows = {.limit = options->limit,
        .rounds = WINDOW_ROUNDS,
        .lines = WINDOW_LINES,
        .line_pairs = WINDOW_PAIRS,
        .likely = run->likely,
        .node_limit = WINDOW_NODES,
        .enough = pipeline_gap_asked(run),
        .gained = pipeline_keep_plan,
        .data = run};
    improve_plan(run->ledger, &run->prices, result->bound, &windows);
    pipeline_keep_plan(run);
}

void
refine_plan(struct pipeline *run)
{
    bool more = run->options->limit->deadline_ms != 0 &&
        run->options->gap_ppm == 0 && run->likely != NULL;
    breed(run, 0);
    if (more && !pipeline_done(run)) {
        branch(run, FIRST_BRANCH_PERCENT);
    }
    for (int32_t k = 1; more && !pipeline_done(run); k++) {
        model_wide before = run->result->total;
        breed(run, k);
        model_wide gain = run->result->total - before;
        more = gain * GAIN_PARTS > (before < 0 ? -before : before);
    }
    if (!pipeline_done(run)) {
        branch(run, 100);
    }
}
