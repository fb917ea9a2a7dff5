/* starts.c: the average as a plan, then dives (pipeline.h). */
#include <stdlib.h>
#include <string.h>

#include "decimation.h"
#include "dive.h"
#include "optimizer/base/clock.h"
#include "pipeline.h"
#include "rounding.h"

enum {
    DIVE_PERCENT = 90, /* of the time that is left */
    STAGES = 60,       /* of a dive */
    DECIMATE_PERCENT = 40, /* of the time that is left */
    SHARES = 32,           /* stages of a decimation */
    FEW_SHARES = 16,   /* of one of several: rather apart than good */
    REST_STAGES = 20,  /* of the dive behind it */
    PAIR_US = 60,      /* of time for each pair: else one, a good one */
    LIKELY_E6 = 20000  /* of a unit in the offers' plans, on average */
};

static int64_t
mean_e6(const float *mean, int32_t p)
{
    return (int64_t)((double)mean[p] * 1e6);
}

void
pipeline_mark_likely(struct pipeline *run, const float *mean)
{
    for (int32_t p = 0; p < run->in->pairs_n; p++) {
        run->likely[p] = mean_e6(mean, p) >= LIKELY_E6;
    }
}

/* The average of the offers' plans as a plan. */
static void
round_mean(struct pipeline *run, const float *mean)
{
    const struct instance *in = run->in;
    struct wish *wishes = xmalloc((size_t)in->pairs_n * sizeof(*wishes) + 1);
    int32_t n = 0;
    pipeline_mark_likely(run, mean);
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (run->likely[p]) {
            wishes[n++] = (struct wish){mean_e6(mean, p), p};
        }
    }
    ledger_clear(run->ledger);
    rounding_apply(run->ledger, wishes, n);
    ledger_fill(run->ledger, NULL, 0);
    free(wishes);
}

/* From what the ledger holds; the average: of the offers' plans, or NULL. */
static void
dive(struct pipeline *run, struct tight *tight, const float *average,
    int stages, const struct lp_limit *limit)
{
    struct arena own = {0};
    struct lagrange_prices prices;
    lagrange_prices_make(&prices, run->in, &own);
    lagrange_prices_copy(&prices, &tight->now, run->in);
    dive_plan(run->ledger, &tight->some, &prices, average, stages, limit);
    pipeline_polish(run);
    arena_release(&own);
}

static void
dive_alone(struct pipeline *run, struct tight *tight)
{
    struct lp_limit share =
        lp_limit_share(run->options->limit, DIVE_PERCENT);
    ledger_clear(run->ledger);
    dive(run, tight, tight->mean, STAGES, &share);
}

static void
keep_start(struct pipeline *run)
{
    size_t pairs = (size_t)run->in->pairs_n;
    int32_t *units = arena_array(run->arena, pairs, sizeof(int32_t));
    memcpy(units, run->ledger->units, pairs * sizeof(int32_t));
    run->starts[run->starts_n++] = units;
}

/* Is there time for several plans, and to merge what comes of it? */
static bool
may_several(const struct pipeline *run)
{
    return run->concord != NULL && pipeline_timed(run) &&
        (run->options->limit->deadline_ms - clock_ms()) * 1000 >
        (int64_t)PAIR_US * run->in->pairs_n;
}

/* From the potentials of a concord, then from prices of rows: pairs that no
 * offer was near have none. */
static void
decimate(struct pipeline *run, struct tight *tight)
{
    struct lp_limit all =
        lp_limit_share(run->options->limit, DECIMATE_PERCENT);
    bool several = may_several(run);
    int n = several ? PIPELINE_STARTS : 1;
    for (int k = 0; k < n; k++) {
        struct lp_limit share = lp_limit_part(&all, 1.0 / (n - k));
        const struct decimation_options options = {
            .stages = several ? FEW_SHARES : SHARES,
            .seed = (uint64_t)k,
            .limit = &share};
        ledger_clear(run->ledger);
        decimation_plan(run->ledger, run->concord, &options);
        dive(run, tight, NULL, REST_STAGES, &all);
        if (several) {
            keep_start(run);
        }
    }
}

void
pipeline_dive(struct pipeline *run, struct tight *tight)
{
    if (pipeline_follows(run)) { /* it has a plan for when time is short */
        pipeline_mark_likely(run, tight->mean);
    } else {
        round_mean(run, tight->mean);
        pipeline_keep_plan(run);
    }
    if (run->concord != NULL) {
        decimate(run, tight);
    } else {
        dive_alone(run, tight);
    }
}
