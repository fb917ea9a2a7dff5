/* priced.c: the stages one after the other (priced.h). */
#include "priced.h"

#include <stdlib.h>
#include <string.h>

#include "follow.h"
#include "master_interior.h"
#include "moves.h"
#include "near.h"
#include "pipeline.h"
#include "refine.h"

enum {
    ASCENT_ROUNDS = 30,
    WARM_ROUNDS = 8,
    ASCENT_PERCENT = 40, /* of the time that is left */
    MASTER_PERCENT = 30,
    MASTER_PAIRS = 600000, /* with counts, lots, whole lines: no more */
    TIGHT_PERCENT = 40,
    WIDE_PERCENT = 50,
    MERGE_PASSES = 2,
    MERGE_NODES = 100,
    POLISH_PASSES = 10,
    POLISH_PAIRS = 10
};

/* Of the relaxation; where each offer is planned exactly, later, prices are
 * as good for a start when they are rough, in half of the time. */
#define WIDE_GAP 1e-6
#define ROUGH_GAP 1e-3

void
pipeline_keep_plan(void *data)
{
    struct pipeline *run = data;
    part_keep(run->result, run->in, run->ledger->units);
}

void
pipeline_merge(struct pipeline *run, const struct merge *merge, int32_t lines)
{
    const struct merge_options options = {.limit = run->options->limit,
        .lines = lines,
        .passes = MERGE_PASSES,
        .node_limit = MERGE_NODES,
        .gained = pipeline_keep_plan,
        .data = run};
    ledger_load(run->ledger, run->result->units);
    merge_plan(merge, run->ledger, &options);
    pipeline_keep_plan(run);
}

void
pipeline_keep_bound(struct pipeline *run, model_wide bound)
{
    model_wide grid = certificate_to_grid(run->in, bound);
    if (grid < run->result->bound) {
        run->result->bound = grid;
    }
}

void
pipeline_polish(struct pipeline *run)
{
    struct arena own = {0};
    struct near near;
    pipeline_keep_plan(run);
    if (lp_limit_reached(run->options->limit)) {
        return; /* what follows would take long after the end */
    }
    near_make(&near, run->in, &run->prices, run->likely,
        POLISH_PAIRS, &own);
    moves_improve(run->ledger, &near, POLISH_PASSES, run->options->limit);
    pipeline_keep_plan(run);
    arena_release(&own);
}

static void
take_prices(struct pipeline *run, struct prices *prices)
{
    /* fills in the demand prices that belong to the others */
    run->proven = certificate_bound(run->in, run->ledger->least, prices);
    bool best = certificate_to_grid(run->in, run->proven) <=
        run->result->bound;
    pipeline_keep_bound(run, run->proven);
    prices_copy(&run->prices, prices, run->in);
    if (best) {
        prices_copy(&run->result->prices, prices, run->in);
    }
}

model_wide
pipeline_gap_asked(const struct pipeline *run)
{
    model_wide size = run->result->total + run->options->base;
    return (size < 0 ? -size : size) / 1000000 * run->options->gap_ppm;
}

bool
pipeline_follows(const struct pipeline *run)
{
    return run->options->start != NULL && run->options->gap_ppm > 0;
}

bool
pipeline_timed(const struct pipeline *run)
{
    return run->options->limit->deadline_ms != 0 &&
        run->options->gap_ppm == 0;
}

bool
pipeline_done(const struct pipeline *run)
{
    return part_enough(run->options, run->result) ||
        lp_limit_reached(run->options->limit);
}

/* Does any row ask for more than linear programming can say? */
static bool
discrete(const struct pipeline *run)
{
    const struct instance *in = run->in;
    bool any = run->ledger->links->n > 0;
    for (int32_t l = 0; l < in->lines_n && !any; l++) {
        any = in->lines[l].indivisible;
    }
    for (int32_t j = 0; j < in->offers_n && !any; j++) {
        any = in->offers[j].min_lot > 1;
    }
    return any;
}

void
pipeline_keep_exact(struct pipeline *run, model_wide exact,
    const struct lagrange_prices *prices)
{
    model_wide bound = certificate_to_grid(run->in, exact);
    if (bound < run->result->bound) {
        run->result->bound = bound;
        tight_prices(run->in, prices, &run->result->prices);
    }
}

static void
finish(struct pipeline *run, struct tight *tight, bool brief)
{
    tight_finish(tight, run->result->total, pipeline_gap_asked(run), brief);
    pipeline_keep_exact(run, tight->bound, &tight->prices);
}

/* The bound with every offer planned exactly, and plans from it. */
static void
tighten(struct pipeline *run)
{
    struct part_result *result = run->result;
    struct arena own = {0};
    struct tight tight;
    struct lp_limit share = lp_limit_share(run->options->limit, TIGHT_PERCENT);
    const struct tight_options options = {
        .prices = &run->prices, .limit = &share};
    tight_open(&tight, run->ledger, &options, &own);
    finish(run, &tight, pipeline_agrees(run));
    if (!part_enough(run->options, result) && pipeline_agrees(run)) {
        pipeline_agree(run, &tight);
        if (run->concord == NULL) {
            finish(run, &tight, false);
        }
    }
    if (!part_enough(run->options, result)) {
        pipeline_dive(run, &tight);
    }
    tight_free(&tight);
    arena_release(&own);
}

/* The master's prices and its plan, rounded. */
static void
take_master(struct pipeline *run, struct master *master)
{
    take_prices(run, &master->prices);
    ledger_clear(run->ledger);
    rounding_apply(run->ledger, master->wishes, master->wishes_n);
    ledger_fill(run->ledger, NULL, 0);
    pipeline_polish(run);
}

/* As relax(), with no corner of the relaxation; false: it did not work. */
static bool
relax_wide(struct pipeline *run)
{
    struct arena own = {0};
    struct master master;
    struct lp_limit share = lp_limit_share(run->options->limit, WIDE_PERCENT);
    enum lp_state state = master_interior(&master, run->in, &run->counts,
        run->ledger->least, discrete(run) ? ROUGH_GAP : WIDE_GAP, &share,
        &own);
    take_prices(run, &master.prices);
    if (master.wishes != NULL) {
        take_master(run, &master);
    }
    arena_release(&own);
    return state == LP_OPTIMAL || state == LP_LIMIT;
}

/* Prices, a bound, and the relaxation as a plan. */
static void
relax(struct pipeline *run)
{
    struct arena own = {0};
    struct dual dual;
    struct master master;
    struct lp_limit share;
    /* a corner is rounded better, but hardly where lots and counts break it */
    bool large = master_is_large(run->in) && discrete(run);
    if ((large || master_is_wide(run->in)) && relax_wide(run)) {
        return;
    }
    bool skip = discrete(run) && run->in->pairs_n > MASTER_PAIRS;
    /* those at hand have none of limits on needs: worse than nothing there */
    bool warm = run->options->prices != NULL && !discrete(run);
    dual_make(&dual, run->in, &run->counts, run->ledger->least, &own);
    share = lp_limit_share(run->options->limit, ASCENT_PERCENT);
    if (warm) {
        dual_start(&dual, run->options->prices);
    }
    dual_ascend(&dual, warm ? WARM_ROUNDS : ASCENT_ROUNDS,
        run->result->total, &share);
    take_prices(run, &dual.best);
    pipeline_polish(run);
    share = lp_limit_share(run->options->limit, MASTER_PERCENT);
    enum lp_state state =
        skip ? LP_LIMIT : master_solve(&master, &dual, &share, &own);
    dual_free(&dual);
    if (state == LP_OPTIMAL) {
        take_master(run, &master);
    }
    run->result->trouble = state == LP_NONE || state == LP_TROUBLE;
    arena_release(&own);
}

void
priced_solve(struct ledger *ledger, const struct part_options *options,
    struct part_result *result)
{
    struct arena own = {0};
    struct pipeline run = {.ledger = ledger, .in = ledger->in,
        .options = options, .result = result, .arena = &own};
    result->method = PART_PRICE;
    counts_make(&run.counts, run.in, ledger->links, &own);
    prices_make(&run.prices, run.in, &run.counts, &own);
    bool more = discrete(&run);
    bool follows = more && pipeline_follows(&run) && options->prices != NULL;
    if (follows) {
        pipeline_keep_plan(&run);
        run.likely = arena_alloc(&own, (size_t)run.in->pairs_n);
        follow(&run);
    }
    /* from anew where there is nothing to follow, or it leads nowhere */
    if (!follows || !pipeline_done(&run)) {
        relax(&run);
        if (more && !pipeline_done(&run)) {
            run.likely = follows
                ? run.likely
                : arena_alloc(&own, (size_t)run.in->pairs_n);
            tighten(&run);
        }
    }
    if (!pipeline_done(&run)) {
        refine_plan(&run);
    }
    arena_release(&own);
}
