/* follow.c: ascents and shakes by turns (follow.h). */
#include "follow.h"

enum {
    TURNS = 4,
    ROUNDS = 100,         /* of the ascent, per turn */
    SHAKES_PER_LINE = 80, /* per turn */
    SHAKES_MOST = 400000
};

/* The prices that were found, with those of the offers, for near.h. */
static void
take_prices(struct pipeline *run, const struct tight *tight)
{
    const struct instance *in = run->in;
    struct prices *prices = &run->prices;
    tight_prices(in, &tight->now, prices);
    for (int32_t j = 0; j < in->offers_n; j++) {
        const struct knapsack_prices *offer = &tight->some.offer_prices[j];
        prices->capacity[j] = 1000 * offer->use;
    }
    run->proven = certificate_bound(in, run->ledger->least, prices);
}

static void
turn(struct pipeline *run, struct tight *tight)
{
    int32_t most = SHAKES_MOST / (run->in->lines_n + 1);
    tight_go_on(tight, run->result->total, pipeline_gap_asked(run), ROUNDS);
    pipeline_keep_exact(run, tight->bound, &tight->prices);
    if (pipeline_done(run)) {
        return;
    }
    take_prices(run, tight);
    pipeline_mark_likely(run, tight->mean);
    pipeline_shake(run, SHAKES_PER_LINE < most ? SHAKES_PER_LINE : most, 0);
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
    for (int k = 0; k < TURNS && !pipeline_done(run); k++) {
        turn(run, &tight);
    }
    tight_free(&tight);
    arena_release(&own);
}
