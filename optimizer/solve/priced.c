/* priced.c: the stages one after the other (priced.h). */
#include "priced.h"

#include <stdlib.h>
#include <string.h>

#include "improve.h"
#include "master.h"
#include "moves.h"
#include "near.h"

enum {
    ASCENT_ROUNDS = 30,
    WARM_ROUNDS = 8,
    ASCENT_PERCENT = 40, /* of the time that is left */
    MASTER_PERCENT = 50,
    POLISH_PASSES = 10,
    WINDOW_ROUNDS = 4,
    WINDOW_LINES = 40,
    WINDOW_PAIRS = 10,
    WINDOW_NODES = 200,
    BRANCH_PAIRS = 20000, /* more of them are left to the windows */
    BRANCH_NODES = 2000
};

struct pipeline {
    struct ledger *ledger;
    const struct instance *in;
    const struct part_options *options;
    struct part_result *result;
    struct counts counts;
    struct prices prices; /* that prove the bound */
};

static void
keep_plan(void *data)
{
    struct pipeline *run = data;
    part_keep(run->result, run->in, run->ledger->units);
}

static void
keep_bound(struct pipeline *run, model_wide bound)
{
    model_wide grid = certificate_to_grid(run->in, bound);
    if (grid < run->result->bound) {
        run->result->bound = grid;
    }
}

/* A stage gets a share of the time that is left: the next need some, too. */
static struct lp_limit
share_of(const struct lp_limit *limit, int percent)
{
    struct lp_limit share = *limit;
    if (limit->deadline_ms != 0) {
        int64_t left = limit->deadline_ms - lp_now_ms();
        share.deadline_ms -= left * (100 - percent) / 100;
    }
    return share;
}

/* Small moves on what the ledger holds; the result keeps the best. */
static void
polish(struct pipeline *run)
{
    struct arena own = {0};
    struct near near;
    keep_plan(run);
    near_make(&near, run->in, &run->prices, WINDOW_PAIRS, &own);
    moves_improve(run->ledger, &near, POLISH_PASSES, run->options->limit);
    keep_plan(run);
    arena_release(&own);
}

static void
take_prices(struct pipeline *run, struct prices *prices)
{
    /* fills in the demand prices that belong to the others */
    keep_bound(run,
        certificate_bound(run->in, run->ledger->least, prices));
    prices_copy(&run->prices, prices, run->in);
    prices_copy(&run->result->prices, prices, run->in);
}

/* Prices, a bound, and the relaxation as a plan. */
static void
relax(struct pipeline *run)
{
    struct arena own = {0};
    struct dual dual;
    struct master master;
    struct lp_limit share;
    dual_make(&dual, run->in, &run->counts, run->ledger->least, &own);
    share = share_of(run->options->limit, ASCENT_PERCENT);
    if (run->options->prices != NULL) {
        dual_start(&dual, run->options->prices);
    }
    dual_ascend(&dual,
        run->options->prices != NULL ? WARM_ROUNDS : ASCENT_ROUNDS, run->result->total, &share);
    take_prices(run, &dual.best);
    polish(run);
    share = share_of(run->options->limit, MASTER_PERCENT);
    enum lp_state state = master_solve(&master, &dual, &share, &own);
    dual_free(&dual);
    if (state == LP_OPTIMAL) {
        take_prices(run, &master.prices);
        ledger_clear(run->ledger);
        rounding_apply(run->ledger, master.wishes, master.wishes_n);
        ledger_fill(run->ledger, NULL, 0);
        polish(run);
    }
    run->result->trouble = state == LP_NONE || state == LP_TROUBLE;
    arena_release(&own);
}

/* Brings the best plan that is known back into the ledger. */
static void
recall_plan(struct pipeline *run)
{
    const struct instance *in = run->in;
    ledger_clear(run->ledger);
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (run->result->units[p] > run->ledger->units[p]) {
            ledger_set(run->ledger, p, run->result->units[p]);
        }
    }
}

/* The least units that a pair can be used with. */
static int32_t
least_use(const struct instance *in, int32_t l, int32_t p)
{
    int32_t lot = in->offers[in->pair_offer[p]].min_lot;
    int32_t least = lot > 1 ? lot : 1;
    return in->lines[l].indivisible ? in->lines[l].quantity : least;
}

/*
 * An instance with only the pairs that can be in a better plan: one that
 * uses another loses more than the gap against the prices.
 */
static void
filter(struct pipeline *run, struct instance *to, int32_t *pair_of,
    int32_t *least, struct arena *arena)
{
    const struct instance *in = run->in;
    const struct prices *prices = &run->prices;
    size_t n = (size_t)in->pairs_n;
    model_wide gap = run->result->bound - run->result->total;
    model_wide *gains = prices_floor_gains(in, prices);
    *to = *in;
    to->pairs_n = 0;
    to->pair_begin =
        arena_array(arena, (size_t)in->lines_n + 1, sizeof(int32_t));
    to->pair_offer = arena_array(arena, n, sizeof(int32_t));
    to->pair_score = arena_array(arena, n, sizeof(int32_t));
    to->pair_cost = arena_array(arena, n, sizeof(int32_t));
    to->pair_use = arena_array(arena, n, sizeof(int32_t));
    to->pins = arena_array(arena, (size_t)in->pins_n, sizeof(*to->pins));
    int32_t pin = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        to->pair_begin[l] = to->pairs_n;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            model_wide net = prices_net(in, prices, gains[l], l, p);
            model_wide loss = (prices->demand[l] - net) * 1000 *
                least_use(in, l, p);
            bool pinned =
                pin < in->pins_n && in->pins[pin].pair == p;
            if (!pinned && loss > gap) {
                continue;
            }
            int32_t q = to->pairs_n++;
            if (pinned) {
                to->pins[pin] =
                    (struct instance_pin){q, in->pins[pin].units};
                pin++;
            }
            pair_of[q] = p;
            least[q] = run->ledger->least[p];
            to->pair_offer[q] = in->pair_offer[p];
            to->pair_score[q] = in->pair_score[p];
            to->pair_cost[q] = in->pair_cost[p];
            to->pair_use[q] = in->pair_use[p];
        }
    }
    to->pair_begin[in->lines_n] = to->pairs_n;
    free(gains);
}

static void
branch(struct pipeline *run)
{
    const struct instance *in = run->in;
    struct arena own = {0};
    struct instance small;
    struct part_result result = {0};
    struct part_options options = *run->options;
    options.start = NULL; /* of other pairs */
    options.prices = NULL;
    int32_t *pair_of =
        arena_array(&own, (size_t)in->pairs_n, sizeof(int32_t));
    int32_t *least =
        arena_array(&own, (size_t)in->pairs_n, sizeof(int32_t));
    filter(run, &small, pair_of, least, &own);
    if (small.pairs_n <= BRANCH_PAIRS) {
        options.priced_pairs = 0;
        if (small.pairs_n > BRANCH_PAIRS / 20) {
            options.node_limit = BRANCH_NODES;
        }
        result.units =
            arena_array(&own, (size_t)small.pairs_n, sizeof(int32_t));
        prices_make(&result.prices, &small, NULL, &own);
        part_solve(&small, least, &options, &result);
        if (result.total > run->result->total) {
            ledger_clear(run->ledger);
            for (int32_t q = 0; q < small.pairs_n; q++) {
                if (result.units[q] > run->ledger->units[pair_of[q]]) {
                    ledger_set(run->ledger, pair_of[q], result.units[q]);
                }
            }
            keep_plan(run);
        }
        /* outside of the filter no plan is better than the one at hand */
        keep_bound(run, result.bound > run->result->total
                ? result.bound
                : run->result->total);
        run->result->trouble = run->result->trouble || result.trouble;
    }
    arena_release(&own);
}

/* Windows, then branch and bound over what could still be better. */
static void
refine(struct pipeline *run)
{
    const struct part_options *options = run->options;
    struct part_result *result = run->result;
    recall_plan(run);
    model_wide size = result->total + options->base;
    size = size < 0 ? -size : size;
    const struct improve_options windows = {.limit = options->limit,
        .rounds = WINDOW_ROUNDS,
        .lines = WINDOW_LINES,
        .line_pairs = WINDOW_PAIRS,
        .node_limit = WINDOW_NODES,
        .enough = size / 1000000 * options->gap_ppm,
        .gained = keep_plan,
        .data = run};
    improve_plan(run->ledger, &run->prices, result->bound, &windows);
    keep_plan(run);
    if (!part_enough(options, result) && !lp_limit_reached(options->limit)) {
        branch(run);
    }
}

void
priced_solve(struct ledger *ledger, const struct part_options *options,
    struct part_result *result)
{
    struct arena own = {0};
    struct pipeline run = {.ledger = ledger, .in = ledger->in,
        .options = options, .result = result};
    result->method = PART_PRICE;
    counts_make(&run.counts, run.in, ledger->links, &own);
    prices_make(&run.prices, run.in, &run.counts, &own);
    relax(&run);
    if (!part_enough(options, result) && !lp_limit_reached(options->limit)) {
        refine(&run);
    }
    arena_release(&own);
}
