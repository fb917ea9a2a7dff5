/* grow.c: shakes, paths and windows; crossing (grow.h). */
#include "grow.h"

#include <string.h>

#include "exchange.h"
#include "improve.h"
#include "mend.h"
#include "merge.h"
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
    CROSS_LINES = 120
};

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
grow(struct pipeline *run, int32_t number)
{
    const struct part_options *options = run->options;
    struct part_result *result = run->result;
    if (run->likely != NULL && !pipeline_done(run)) {
        shakes_all(run, number);
    }
    ledger_load(run->ledger, result->units);
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

/* In its share of the time. */
static void
grow_within(struct pipeline *run, struct part_result *result, int32_t number,
    double share)
{
    struct lp_limit limit = lp_limit_part(run->options->limit, share);
    struct part_options options = *run->options;
    struct pipeline one = *run;
    options.limit = &limit;
    one.options = &options;
    one.result = result;
    grow(&one, number);
}

void
grow_plan(struct pipeline *run, int32_t number, double share)
{
    grow_within(run, run->result, number, share);
}

void
grow_another(struct pipeline *run, const int32_t *start, int32_t number,
    double share)
{
    struct arena own = {0};
    struct merge merge;
    size_t pairs = (size_t)run->in->pairs_n;
    struct part_result other = *run->result; /* the best stays beside it */
    merge_open(&merge, run->in, &own);
    merge_add(&merge, run->result->units);
    other.units = arena_array(&own, pairs, sizeof(int32_t));
    memcpy(other.units, start, pairs * sizeof(int32_t));
    other.total = model_total(run->in, other.units);
    grow_within(run, &other, number, share);
    part_keep(run->result, run->in, other.units);
    merge_add(&merge, other.units);
    if (!pipeline_done(run)) {
        pipeline_merge(run, &merge, CROSS_LINES);
    }
    if (run->concord != NULL && !pipeline_done(run)) {
        exchange(run);
    }
    arena_release(&own);
}
