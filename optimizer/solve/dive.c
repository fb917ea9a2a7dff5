/* dive.c: ascent, fix what is sure, again (dive.h). */
#include "dive.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/base/clock.h"

enum {
    ROUNDS = 20,   /* of a stage */
    FIX_TIMES = 5, /* a stage fixes so many times its share of the rest */
    MORE_E6 = 1200000, /* units are fixed at so much more than the average: */
                       /* the rest would go to one partner more */
    LEAST_E6 = 50000
};

struct candidate {
    int64_t sure; /* ppm of the units that it would be fixed at */
    int32_t pair, units;
};

static int
compare(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    int order = (x->sure < y->sure) - (x->sure > y->sure);
    order = order != 0 ? order
                       : (x->units < y->units) - (x->units > y->units);
    return order != 0 ? order : (x->pair > y->pair) - (x->pair < y->pair);
}

/* What the average is fixed at: whole lines and lots at once. */
static int32_t
whole_units(const struct ledger *ledger, int32_t p, int64_t e6)
{
    int32_t least =
        model_pair_least(ledger->in, ledger->pair_line[p], p);
    int32_t units = (int32_t)((e6 + MORE_E6) / 1000000);
    return units > least ? units : least;
}

static int32_t
collect(const struct ledger *ledger, const float *mean,
    struct candidate *candidates)
{
    int32_t n = 0;
    for (int32_t p = 0; p < ledger->in->pairs_n; p++) {
        int64_t e6 = (int64_t)((double)mean[p] * 1e6);
        if (e6 < LEAST_E6) {
            continue;
        }
        int32_t units = whole_units(ledger, p, e6);
        int32_t most = ledger_most(ledger, p);
        units = units < most ? units : most;
        if (units > ledger->units[p] && ledger_allows(ledger, p, units)) {
            candidates[n++] = (struct candidate){e6 / units, p, units};
        }
    }
    if (n > 0) {
        qsort(candidates, (size_t)n, sizeof(*candidates), compare);
    }
    return n;
}

static void
fix(struct ledger *ledger, const struct candidate *candidates, int32_t n)
{
    for (int32_t k = 0; k < n; k++) {
        int32_t p = candidates[k].pair;
        if (ledger_allows(ledger, p, candidates[k].units)) {
            ledger_set(ledger, p, candidates[k].units);
        }
    }
}

int32_t
dive_stage_size(int32_t n, int k, int stages_n, const struct lp_limit *limit,
    int64_t begun)
{
    int64_t all = limit->deadline_ms - begun, stages = k + 1;
    if (limit->deadline_ms != 0 && all > 0 && k > 0) {
        int64_t due = stages_n * (clock_ms() - begun) / all + 1;
        stages = due > stages ? due : stages;
    }
    int64_t size = n * stages * FIX_TIMES / ((int64_t)stages_n * (k + 1)) + 1;
    return size < n ? (int32_t)size : n;
}

/* Prices that follow what is fixed, and the average with them. */
static void
follow(struct lagrange *lagrange, struct lagrange_prices *prices,
    float *mean, const struct lp_limit *limit)
{
    model_wide bound = lagrange_bound(lagrange, prices);
    const struct ascent_options options = {.limit = limit,
        .rounds = ROUNDS, .length = 0.05,
        .target = bound - (bound < 0 ? -bound : bound) / 100, .mean = mean,
        .go_on = true};
    ascent_run(lagrange, prices, &options);
}

void
dive_plan(struct ledger *ledger, struct lagrange *lagrange,
    struct lagrange_prices *prices, const float *average, int stages,
    const struct lp_limit *limit)
{
    size_t pairs = (size_t)ledger->in->pairs_n;
    struct candidate *candidates =
        xmalloc(pairs * sizeof(*candidates) + 1);
    struct arena own = {0};
    float *mean = arena_array(&own, pairs, sizeof(float));
    if (average != NULL && pairs > 0) {
        memcpy(mean, average, pairs * sizeof(float));
    }
    lagrange_rest_open(lagrange, ledger, &own);
    const int64_t begun = limit->deadline_ms != 0 ? clock_ms() : 0;
    bool last = false;
    for (int k = 0; k < stages && !last; k++) {
        if (k > 0 || average == NULL) { /* else the start's is at hand */
            lagrange_rest_update(lagrange);
            follow(lagrange, prices, mean, limit);
        }
        int32_t n = collect(ledger, mean, candidates);
        last = n == 0 || lp_limit_reached(limit);
        fix(ledger, candidates,
            last ? n : dive_stage_size(n, k, stages, limit, begun));
    }
    lagrange_rest_close(lagrange);
    arena_release(&own);
    free(candidates);
}
