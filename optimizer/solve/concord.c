/* concord.c: choose pairs, descend, prove (concord.h). */
#include "concord.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "descent.h"
#include "optimizer/base/clock.h"
#include "soft.h"

/* In what a unit of a pair scores on average. */
#define NEAR 0.8       /* pairs that lose no more in all take part */
#define HEAT 0.002     /* that finds potentials */
#define FIRST_STEP 0.3 /* of the heat */

enum {
    FEW_PAIRS = 20000, /* of them more have potentials, for more rounds */
    LEAST_ROUNDS = 60, /* fewer are not worth what they take of the plan */
    LOOKS = 3, /* at what a round takes, of which the least counts: other */
               /* work makes it longer */
    STALL_PARTS = 100000 /* of the bound: the least that is worth rounds */
};

/* Those that are likely enough at this heat have potentials: they are in one
 * of so many plans of their offer. */
struct choice {
    double heat; /* in what a unit of a pair scores on average */
    int32_t unlikely, rounds;
};
static const struct choice most_of_few = {0.05, 600, 400};
static const struct choice some_of_many = {0.03, 60, 200};

static double
mean_score(const struct instance *in)
{
    double sum = 0;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        sum += in->pair_score[p] > 0 ? in->pair_score[p] : 0;
    }
    return sum > 0 ? sum / in->pairs_n : 1;
}

/* What a pair alone gains of its offer at the prices of the last bound, net
 * of the capacity that it takes. */
static double
gain_of(const struct lagrange *g, const struct lagrange_prices *prices,
    int32_t l, int32_t p)
{
    const struct instance *in = g->in;
    int32_t j = in->pair_offer[p];
    double net = (double)lagrange_net(g, prices, p) -
        (double)g->offer_duals[j].use * in->pair_use[p];
    int32_t units = net > 0 ? model_pair_most(in, l, p)
                            : model_pair_least(in, l, p);
    return net * units / 1e6;
}

/* What the need's first unit costs the offer. */
static double
first_cost(const struct lagrange *g, const struct lagrange_prices *prices,
    int32_t i, int32_t j)
{
    int64_t fixed =
        g->in->needs[i].max_partners > 0 ? prices->partners[i] : 0;
    return ((double)g->offer_duals[j].need + (double)fixed) / 1e6;
}

/*
 * What using each pair loses: the best that other lines of the need, beside
 * it, gain of the same offer helps to pay what the first unit costs.
 */
static double *
find_losses(const struct lagrange *g, const struct lagrange_prices *prices)
{
    const struct instance *in = g->in;
    double *losses = xcalloc((size_t)in->pairs_n + 1, sizeof(*losses));
    double *gains = xcalloc((size_t)in->offers_n + 1, sizeof(*gains));
    for (int32_t l = 0, end; l < in->lines_n; l = end) {
        int32_t i = in->lines[l].need;
        for (end = l; end < in->lines_n && in->lines[end].need == i; end++) {
            for (int32_t p = in->pair_begin[end];
                 p < in->pair_begin[end + 1]; p++) {
                double gain = gain_of(g, prices, end, p);
                losses[p] = gain > 0 ? 0 : -gain;
                gains[in->pair_offer[p]] += gain > 0 ? gain : 0;
            }
        }
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[end]; p++) {
            int32_t j = in->pair_offer[p];
            losses[p] += first_cost(g, prices, i, j) - gains[j];
        }
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[end]; p++) {
            gains[in->pair_offer[p]] = 0;
        }
    }
    free(gains);
    return losses;
}

/* Offers with pins are planned without. */
static uint8_t *
find_pinned(const struct lagrange *g)
{
    uint8_t *pinned = xcalloc((size_t)g->in->offers_n + 1, 1);
    for (int32_t k = 0; k < g->in->pins_n; k++) {
        pinned[g->in->pair_offer[g->in->pins[k].pair]] = 1;
    }
    return pinned;
}

/* Who takes part: used now, or hardly worse. */
static uint8_t *
find_near(const struct lagrange *g, const struct lagrange_prices *prices,
    double most, struct arena *arena)
{
    const struct instance *in = g->in;
    struct arena own = {0};
    uint8_t *near = arena_alloc(arena, (size_t)in->pairs_n + 1);
    const uint8_t *fit = potentials_fit(in, &own);
    uint8_t *pinned = find_pinned(g);
    double *losses = find_losses(g, prices);
    for (int32_t k = 0; k < g->uses_n; k++) {
        losses[g->uses[k].pair] = 0;
    }
    for (int32_t p = 0; p < in->pairs_n; p++) {
        near[p] =
            losses[p] <= most && fit[p] && !pinned[in->pair_offer[p]];
    }
    free(losses);
    free(pinned);
    arena_release(&own);
    return near;
}

/* Of those near, those that their offers may well use have potentials: the
 * others stay at what prices of rows say. */
static uint8_t *
choose_pairs(const struct lagrange *g,
    const struct concord_options *options, const uint8_t *near,
    const struct choice *choice, double unit, struct arena *arena)
{
    const struct instance *in = g->in;
    struct arena own = {0};
    struct potentials none;
    struct soft soft;
    uint8_t *wanted = arena_alloc(arena, (size_t)in->pairs_n + 1);
    int32_t left = options->potentials;
    int32_t *offers =
        arena_array(&own, (size_t)in->offers_n, sizeof(int32_t));
    int32_t *needs = arena_array(&own, (size_t)in->needs_n, sizeof(int32_t));
    potentials_make(&none, in, wanted, &own);
    soft_make(&soft, g, &none, near, &own);
    double *x = arena_array(&own, (size_t)soft.n, sizeof(double));
    double *gradient = arena_array(&own, (size_t)soft.n, sizeof(double));
    soft_read(&soft, options->prices, x);
    soft.heat = choice->heat * unit;
    soft_expect(&soft, x, gradient);
    for (int32_t k = 0; k < soft.pairs_n; k++) {
        int32_t p = soft.pairs[k], j = in->pair_offer[p];
        int32_t i = in->lines[soft.lines[k]].need;
        if (soft.used[k] * choice->unlikely >= 1 &&
            offers[j] < POTENTIAL_PAIRS &&
            needs[i] < POTENTIAL_PAIRS && soft.high[k] <= left) {
            left -= soft.high[k];
            offers[j]++;
            needs[i]++;
            wanted[p] = 1;
        }
    }
    soft_free(&soft);
    arena_release(&own);
    return wanted;
}

/* Where the descent begins, and how far it may go. */
static void
describe(struct descent *descent, const struct soft *soft,
    const struct lagrange_prices *prices, double *x, struct arena *arena)
{
    size_t n = (size_t)soft->n;
    double *low = arena_array(arena, n, sizeof(double));
    double *high = arena_array(arena, n, sizeof(double));
    double *scale = arena_array(arena, n, sizeof(double));
    soft_bounds(soft, low, high, scale);
    soft_read(soft, prices, x);
    descent->n = soft->n;
    descent->low = low;
    descent->high = high;
    descent->scale = scale;
}

/* Is there time enough?  By what a round takes. */
static bool
worth_it(const struct descent *descent, double *x, struct arena *arena)
{
    const struct lp_limit *limit = descent->limit;
    double *gradient =
        arena_array(arena, (size_t)descent->n, sizeof(double));
    if (limit->deadline_ms == 0) {
        return true;
    }
    int64_t now = clock_ms();
    for (int k = 0; k < LOOKS; k++) {
        int64_t begun = now;
        descent->value(descent->data, x, gradient);
        now = clock_ms();
        if ((now - begun) * LEAST_ROUNDS < limit->deadline_ms - now) {
            return true;
        }
    }
    return false;
}

/* The bound of what was found, with its potentials. */
static model_wide
prove(const struct concord *c, struct lagrange *g)
{
    g->potentials = &c->potentials;
    lagrange_forget(g);
    model_wide bound = lagrange_bound(g, &c->prices);
    g->potentials = NULL;
    return bound;
}

void
concord_find(struct concord *c, struct lagrange *g,
    const struct concord_options *options, struct arena *arena)
{
    const struct instance *in = g->in;
    const struct lagrange_prices *prices = options->prices;
    struct arena own = {0};
    struct soft soft;
    double unit = mean_score(in);
    lagrange_prices_make(&c->prices, in, arena);
    lagrange_prices_copy(&c->prices, prices, in);
    lagrange_forget(g);
    model_wide before = lagrange_bound(g, prices);
    const uint8_t *near = find_near(g, prices, NEAR * unit, &own);
    const struct choice *choice =
        in->pairs_n <= FEW_PAIRS ? &most_of_few : &some_of_many;
    const uint8_t *wanted =
        choose_pairs(g, options, near, choice, unit, &own);
    potentials_make(&c->potentials, in, wanted, arena);
    soft_make(&soft, g, &c->potentials, near, &own);
    soft.heat = HEAT * unit;
    double *x = arena_array(&own, (size_t)soft.n, sizeof(double));
    struct descent descent = {.value = soft_value, .data = &soft,
        .step = FIRST_STEP * soft.heat, .rounds = choice->rounds,
        .enough = fabs((double)before / (double)MODEL_E12) / STALL_PARTS,
        .limit = options->limit};
    describe(&descent, &soft, prices, x, &own);
    c->bound = before;
    if (worth_it(&descent, x, &own)) {
        descent_run(&descent, x);
        soft_write(&soft, x, &c->prices, &c->potentials);
        c->bound = prove(c, g);
    }
    soft_free(&soft);
    arena_release(&own);
}
