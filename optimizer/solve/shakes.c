/* shakes.c: how often, how long, how hot (shakes.h). */
#include "shakes.h"

#include <string.h>

#include "merge.h"
#include "near.h"
#include "shake.h"

enum {
    SHAKES = 3,
    SHAKES_PER_LINE = 4000,
    GAP_SHAKES_PER_LINE = 250, /* to a gap: few are often enough; else four */
                               /* times as many, and again */
    FREE_SHAKES_PER_LINE = 1000, /* without a clock: the rest is proven */
    SHAKE_PERCENT = 90, /* one that cools slowly beats several unmerged */
    SHAKE_PAIRS = 20, /* the first ones are mostly taken */
    FOLLOW_SHAKE_PAIRS = 80, /* new prices want others than the old plan's */
    PLANS = 6, /* to be merged: rather several than good ones */
    PLAN_PERCENT = 9, /* of the time, each; what follows wants the rest */
    FEW_PLANS = 2, /* of a decimation's: that is better to begin with, and */
    FEW_PLAN_PERCENT = 6, /* paths and windows find more than shakes do */
    MERGE_LINES = 60,
    WARM = 6, /* large parts are not through after so short shakes */
    WARM_PERCENT = 15,
    WARM_HEAT = 2
};

static void
shake_within(struct pipeline *run, int32_t per_line, int32_t heat,
    uint64_t seed, const struct lp_limit *limit)
{
    const struct instance *in = run->in;
    struct arena own = {0};
    struct near near;
    const struct shake shake = {.heat = heat, .seed = seed,
        .trials = (int64_t)per_line * in->lines_n,
        .enough = run->result->bound - pipeline_gap_asked(run)};
    near_make(&near, in, &run->prices, run->likely,
        pipeline_follows(run) ? FOLLOW_SHAKE_PAIRS : SHAKE_PAIRS, &own);
    shake_plan(run->ledger, &near, &shake, limit);
    pipeline_keep_plan(run);
    arena_release(&own);
}

void
shakes_one(
    struct pipeline *run, int32_t per_line, int32_t heat, uint64_t seed)
{
    struct lp_limit share =
        lp_limit_share(run->options->limit, SHAKE_PERCENT);
    shake_within(run, per_line, heat, seed, &share);
}

/* Plans from the starts, each with an equal share of the time. */
static void
shake_apart(struct pipeline *run, struct merge *merge, const int32_t *start,
    uint64_t seed)
{
    bool few = run->concord != NULL;
    int32_t n = run->starts_n > 0 ? run->starts_n
        : few                     ? FEW_PLANS
                                  : PLANS;
    struct lp_limit all = lp_limit_share(
        run->options->limit, n * (few ? FEW_PLAN_PERCENT : PLAN_PERCENT));
    for (int32_t k = 0; k < n && !pipeline_done(run); k++) {
        struct lp_limit share = lp_limit_part(&all, 1.0 / (n - k));
        ledger_load(
            run->ledger, run->starts_n > 0 ? run->starts[k] : start);
        shake_within(run, SHAKES_PER_LINE, PIPELINE_HEAT,
            seed + (uint64_t)k, &share);
        merge_add(merge, run->ledger->units);
    }
}

/* The merged plan, as long as that brings anything. */
static void
shake_on(struct pipeline *run, uint64_t seed)
{
    for (int k = 0; k < WARM && !pipeline_done(run); k++) {
        struct lp_limit share =
            lp_limit_share(run->options->limit, WARM_PERCENT);
        model_wide before = run->result->total;
        shake_within(run, SHAKES_PER_LINE, WARM_HEAT, seed + (uint64_t)k,
            &share);
        if (run->result->total == before) {
            return;
        }
    }
}

/* By the clock to the best plan there is. */
static void
shake_and_merge(struct pipeline *run, int32_t number)
{
    const struct instance *in = run->in;
    struct arena own = {0};
    struct merge merge;
    size_t pairs = (size_t)in->pairs_n;
    int32_t *start = arena_array(&own, pairs, sizeof(int32_t));
    memcpy(start, run->result->units, pairs * sizeof(int32_t));
    merge_open(&merge, in, &own);
    uint64_t seed = (uint64_t)number * (PLANS + WARM);
    shake_apart(run, &merge, start, seed);
    if (!pipeline_done(run)) {
        pipeline_merge(run, &merge, MERGE_LINES);
        if (run->concord == NULL) { /* else paths and windows do more */
            shake_on(run, seed + PLANS);
        }
    }
    arena_release(&own);
}

void
shakes_all(struct pipeline *run, int32_t number)
{
    const struct part_options *options = run->options;
    if (pipeline_timed(run)) {
        shake_and_merge(run, number);
        return;
    }
    bool free = options->gap_ppm == 0;
    int32_t n = free ? FREE_SHAKES_PER_LINE : GAP_SHAKES_PER_LINE;
    for (int k = 0; k < (free ? 1 : SHAKES) && !pipeline_done(run); k++) {
        ledger_load(run->ledger, run->result->units);
        shakes_one(run, n, PIPELINE_HEAT, (uint64_t)(number * SHAKES + k));
        n = n < SHAKES_PER_LINE ? 4 * n : n;
    }
}
