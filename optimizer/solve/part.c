/* part.c: relaxation, certificate, branch and bound (part.h). */
#include "part.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "part_lift.h"
#include "priced.h"
#include "rounding.h"

enum {
    FIRST_WORK = 500000, /* nodes times pairs: what GLPK does in seconds */
    FIRST_PERCENT = 20,  /* of the time that is left */
    NEAR_PERCENT = 70,   /* likewise, near a known plan */
    PLAIN_NODES = 60
};

struct worker {
    const struct instance *in;
    const struct part_options *options;
    struct links links;
    struct ledger ledger;
    struct part_lp lp;
    struct part_result *result;
    bool told; /* the search knows the best plan that was there before it */
};

static void
lower_bound_to(struct part_result *result, model_wide bound)
{
    if (bound < result->bound) {
        result->bound = bound;
    }
}

void
part_keep(struct part_result *result, const struct instance *in,
    const int32_t *units)
{
    model_wide total = model_total(in, units);
    if (total > result->total) {
        result->stable = false;
        atomic_signal_fence(memory_order_seq_cst);
        result->total = total;
        memcpy(result->units, units, (size_t)in->pairs_n * sizeof(int32_t));
        atomic_signal_fence(memory_order_seq_cst);
        result->stable = true;
    }
}

static void
keep_plan(struct worker *w)
{
    part_keep(w->result, w->in, w->ledger.units);
}

/* The relaxation's plan; true if nothing was lost by rounding. */
static bool
round_plan(struct worker *w, const struct lp *lp)
{
    const struct instance *in = w->in;
    struct wish *wishes = xmalloc((size_t)in->pairs_n * sizeof(*wishes));
    int32_t n = 0;
    ledger_clear(&w->ledger);
    for (int32_t p = 0; p < in->pairs_n; p++) {
        int64_t e6 = w->lp.pair_col[p] < 0
            ? 0
            : lp_col_e6(lp, w->lp.pair_col[p]);
        if (e6 > 0) {
            wishes[n++] =
                (struct wish){e6 * w->lp.pair_scale[p], p};
        }
    }
    bool whole = rounding_apply(&w->ledger, wishes, n);
    free(wishes);
    return whole;
}

/* A better plan than all before; at first, the best there is. */
static bool
round_node(void *data, const struct lp *lp, double *values)
{
    struct worker *w = data;
    round_plan(w, lp);
    ledger_fill(&w->ledger, NULL, 0);
    model_wide before = w->result->total;
    keep_plan(w);
    bool better = w->result->total > before || !w->told;
    if (better) {
        part_lp_values(&w->lp, w->result->units, values);
    }
    w->told = true;
    return better;
}

/* The plan of branch and bound; what does not fit is left out. */
static void
take_branch(struct worker *w)
{
    const struct instance *in = w->in;
    ledger_clear(&w->ledger);
    for (int32_t p = 0; p < in->pairs_n; p++) {
        int64_t units;
        if (w->lp.pair_col[p] < 0) {
            continue;
        }
        lp_int_units(w->lp.lp, w->lp.pair_col[p], &units);
        int32_t want = (int32_t)units * w->lp.pair_scale[p];
        if (want > w->ledger.units[p] &&
            ledger_allows(&w->ledger, p, want)) {
            ledger_set(&w->ledger, p, want);
        }
    }
    keep_plan(w);
}

static bool
proven(const struct part_result *result)
{
    return model_value_e6(result->bound) <= model_value_e6(result->total);
}

bool
part_enough(const struct part_options *options,
    const struct part_result *result)
{
    model_wide value = result->total + options->base;
    value = value < 0 ? -value : value;
    return proven(result) ||
        result->bound - result->total <=
        value / 1000000 * options->gap_ppm;
}

bool
part_closed(const struct part_result *result)
{
    model_wide gap = result->bound - result->total;
    model_wide size = result->total < 0 ? -result->total : result->total;
    return gap <= size / 500000000 + 2000000;
}

/* A plan of like kind, as far as it fits, and filled up. */
static void
take_start(struct worker *w)
{
    const int32_t *start = w->options->start;
    ledger_clear(&w->ledger);
    for (int32_t p = 0; p < w->in->pairs_n; p++) {
        int32_t want = start[p] > w->ledger.units[p] ? start[p] : 0;
        int32_t most = want > 0 ? ledger_most(&w->ledger, p) : 0;
        want = want < most ? want : most;
        if (want > w->ledger.units[p] && ledger_allows(&w->ledger, p, want)) {
            ledger_set(&w->ledger, p, want);
        }
    }
    keep_plan(w);
    ledger_fill(&w->ledger, NULL, 0);
    keep_plan(w);
}

/* What the prices of a like instance prove here. */
static void
try_prices(struct worker *w, const int32_t *least, struct arena *arena)
{
    struct prices prices;
    prices_make(&prices, w->in, NULL, arena);
    prices_copy(&prices, w->options->prices, w->in);
    model_wide bound = certificate_to_grid(w->in,
        certificate_bound(w->in, least, &prices));
    if (bound < w->result->bound) {
        w->result->bound = bound;
        prices_copy(&w->result->prices, &prices, w->in);
    }
}

static void
search(struct worker *w, int32_t node_limit, bool cuts,
    const struct lp_limit *limit)
{
    struct lp_branch run = {.limit = limit,
        .gap_ppm = w->options->gap_ppm, .node_limit = node_limit,
        .cuts = cuts, .round = round_node, .data = w};
    w->told = false;
    enum lp_state state = lp_branch(w->lp.lp, &run);
    w->result->method = PART_MIP;
    if (state == LP_NONE || state == LP_TROUBLE) {
        w->result->trouble = true; /* there is always a plan */
        return;
    }
    if (run.found) {
        take_branch(w);
    }
    lower_bound_to(w->result,
        certificate_to_grid(w->in, (model_wide)run.bound_e6 * 1000000));
}

/* Is there more to be had, and time for it? */
static bool
open_still(const struct worker *w)
{
    return !part_enough(w->options, w->result) &&
        !part_closed(w->result) && !lp_limit_reached(w->options->limit);
}

/* Near a plan that is known the tree is mostly small: cuts, which take longer
 * than some nodes, only come where the first nodes did not settle it. */
static void
branch(struct worker *w, int32_t node_limit, const struct lp_limit *limit)
{
    bool near = w->options->start != NULL;
    if (near && (node_limit == 0 || node_limit > PLAIN_NODES)) {
        search(w, PLAIN_NODES, false, limit);
        if (w->result->trouble || !open_still(w)) {
            return;
        }
    }
    search(w, node_limit, true, limit);
}

/* True when the relaxation settled it. */
static bool
relax(struct worker *w, const int32_t *least)
{
    struct part_result *result = w->result;
    /* fewer pivots, to another of like corners: a plan of its own keeps its */
    bool near = w->options->start != NULL;
    enum lp_state state = lp_simplex(w->lp.lp, near, w->options->limit);
    result->method = PART_LP;
    if (state != LP_OPTIMAL) {
        result->trouble = state != LP_LIMIT;
        return true;
    }
    part_lp_prices(&w->lp, &result->prices);
    lower_bound_to(result,
        certificate_to_grid(w->in,
            certificate_bound(w->in, least, &result->prices)));
    round_plan(w, w->lp.lp);
    keep_plan(w);
    ledger_fill(&w->ledger, NULL, 0);
    keep_plan(w);
    return part_enough(w->options, result);
}

/*
 * As a whole in GLPK.  Where some nodes of branch and bound do not settle
 * it, most of the gap is closed sooner by prices; then all the nodes.
 */
static void
solve_whole(struct worker *w, const int32_t *least, struct arena *arena)
{
    const struct part_options *options = w->options;
    bool priced = options->priced_pairs > 0;
    part_lp_make(&w->lp, w->in, &w->links, least, arena);
    if (options->lifted) {
        part_lift(&w->lp, least);
    }
    if (!relax(w, least)) {
        int percent = options->start != NULL ? NEAR_PERCENT : FIRST_PERCENT;
        struct lp_limit share = lp_limit_share(options->limit,
            priced ? percent : 100);
        branch(w,
            priced ? FIRST_WORK / (w->in->pairs_n + 1) + 1
                   : options->node_limit,
            &share);
    }
    lp_free(w->lp.lp);
    if (!priced || w->result->method != PART_MIP || !open_still(w)) {
        return;
    }
    ledger_load(&w->ledger, w->result->units);
    priced_solve(&w->ledger, options, w->result);
    if (open_still(w)) {
        part_lp_make(&w->lp, w->in, &w->links, least, arena);
        if (lp_simplex(w->lp.lp, false, options->limit) == LP_OPTIMAL) {
            branch(w, options->node_limit, options->limit);
        }
        lp_free(w->lp.lp);
    }
}

void
part_solve(const struct instance *in, const int32_t *least,
    const struct part_options *options, struct part_result *result)
{
    size_t bytes = (size_t)in->pairs_n * sizeof(int32_t);
    struct arena own = {0};
    struct worker w = {.in = in, .options = options, .result = result};
    result->method = PART_FILL;
    result->trouble = false;
    result->stable = false;
    if (bytes > 0) {
        memcpy(result->units, least, bytes);
    }
    result->total = model_total(in, least);
    result->bound = certificate_to_grid(
        in, certificate_bound(in, least, &result->prices));
    links_make(in, &own, &w.links);
    ledger_init(&w.ledger, in, &w.links, least, &own);
    ledger_fill(&w.ledger, NULL, 0);
    keep_plan(&w);
    result->stable = true;
    if (options->start != NULL) {
        take_start(&w);
    }
    if (options->prices != NULL) {
        try_prices(&w, least, &own);
    }
    if (part_enough(options, result) || options->fill_only) {
        /* nothing to gain, or not to be tried */
    } else if (options->priced_pairs > 0 &&
        in->pairs_n >= options->priced_pairs) {
        priced_solve(&w.ledger, options, result);
    } else {
        solve_whole(&w, least, &own);
    }
    if (result->bound < result->total) {
        result->bound = result->total; /* the tolerance of floating point */
    }
    arena_release(&own);
}
