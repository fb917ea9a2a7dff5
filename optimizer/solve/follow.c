/* follow.c: ascents and shakes by turns (follow.h). */
#include "follow.h"

enum {
    TURNS = 3,
    ROUNDS = 100,     /* of the first ascent: the bound is all but there */
    MORE_ROUNDS = 40, /* of each other */
    SHAKES_PER_LINE = 80, /* at first: few are often enough; then so many */
    SHAKES_TIMES = 4      /* times as many: a slow cooling beats several */
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

static void
turn(struct pipeline *run, struct tight *tight, int32_t rounds,
    int32_t shakes)
{
    tight_go_on(tight, run->result->total, pipeline_gap_asked(run), rounds);
    pipeline_keep_exact(run, tight->bound, &tight->prices);
    if (pipeline_done(run)) {
        return;
    }
    take_prices(run, tight);
    pipeline_mark_likely(run, tight->mean);
    pipeline_shake(run, shakes, 0);
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
        turn(run, &tight, k == 0 ? ROUNDS : MORE_ROUNDS, shakes);
        shakes *= SHAKES_TIMES;
    }
    tight_free(&tight);
    arena_release(&own);
}
