/* follow.c: ascents and shakes by turns (follow.h). */
#include "follow.h"

#include "shakes.h"

enum {
    TURNS = 3,
    ROUNDS = 100,          /* of the first ascent: the bound is all but there */
    MORE_ROUNDS = 20,      /* of each other */
    FAR_PERCENT = 150,     /* of the gap asked for: another start is nearer */
    SHAKES_PER_LINE = 120, /* at first: few are often enough; then so many */
    SHAKES_TIMES = 4,      /* times as many: a slow cooling beats several */
    DIVED_SHAKES_PER_LINE = 80, /* of a plan at the new prices: it wants */
    DIVED_HEAT = 3,             /* small changes, not another order */
    NEARLY_PERCENT = 105,  /* of the gap asked for: what is missing comes */
    COLD_HEAT = 1,         /* without losing more at first */
    COLD_SHAKES_PER_LINE = 40
};

/* The prices that were found, with those of the offers, for near.h. */
static void
take_prices(struct pipeline *run, const struct tight *tight)
{
    const struct instance *in = run->in;
    struct prices *prices = &run->prices;
    tight_prices(in, &tight->now, prices);
    for (int32_t j = 0; j < in->offers_n; j++) {
        const struct knapsack_prices *offer = &tight->some.offer_duals[j];
        prices->capacity[j] = 1000 * offer->use;
        if (prices->counts != NULL) {
            prices->meetings[j] = 1000 * offer->need;
        }
    }
    run->proven = certificate_bound(in, run->ledger->least, prices);
}

/* Is the plan further off than so many percent of the gap asked for? */
static bool
beyond(const struct pipeline *run, int percent)
{
    model_wide gap = run->result->bound - run->result->total;
    return gap * 100 > pipeline_gap_asked(run) * percent;
}

static void
turn(struct pipeline *run, struct tight *tight, bool first, int32_t shakes)
{
    tight_go_on(tight, run->result->total, pipeline_gap_asked(run),
        first ? ROUNDS : MORE_ROUNDS);
    pipeline_keep_exact(run, tight->bound, &tight->prices);
    if (pipeline_done(run)) {
        return;
    }
    take_prices(run, tight);
    bool far = first && beyond(run, FAR_PERCENT);
    if (far) {
        /* its plan is shaken even where it is worse */
        pipeline_dive(run, tight);
    } else {
        ledger_load(run->ledger, run->result->units);
    }
    pipeline_mark_likely(run, tight->mean);
    if (!beyond(run, NEARLY_PERCENT)) {
        shakes_one(run, COLD_SHAKES_PER_LINE, COLD_HEAT, 0);
        ledger_load(run->ledger, run->result->units);
    }
    if (!pipeline_done(run)) {
        shakes_one(run, far ? DIVED_SHAKES_PER_LINE : shakes,
            far ? DIVED_HEAT : PIPELINE_HEAT, 0);
    }
}

void
follow(struct pipeline *run)
{
    struct arena own = {0};
    struct tight tight;
    const struct tight_options options = {
        .prices = run->options->prices,
        .brisk = true,
        .limit = run->options->limit};
    tight_open(&tight, run->ledger, &options, &own);
    pipeline_keep_exact(run, tight.bound, &tight.prices);
    int32_t shakes = SHAKES_PER_LINE;
    for (int k = 0; k < TURNS && !pipeline_done(run); k++) {
        turn(run, &tight, k == 0, shakes);
        shakes *= SHAKES_TIMES;
    }
    tight_free(&tight);
    arena_release(&own);
}
