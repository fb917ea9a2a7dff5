/* circle.c: who may be used, who is likely, who was missing (circle.h). */
#include "circle.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
static const uint8_t *
find_open(const struct instance *in, struct arena *arena)
{
    uint8_t *open = potentials_fit(in, arena);
    uint8_t *pinned = xcalloc((size_t)in->offers_n + 1, 1);
    for (int32_t k = 0; k < in->pins_n; k++) {
        pinned[in->pair_offer[in->pins[k].pair]] = 1;
    }
    for (int32_t p = 0; p < in->pairs_n; p++) {
        open[p] &= !pinned[in->pair_offer[p]];
    }
    free(pinned);
    return open;
}

void
circle_make(struct circle *c, const struct lagrange *g,
    const struct lagrange_prices *prices, int32_t potentials, double most,
    struct arena *arena)
{
    const struct instance *in = g->in;
    size_t pairs = (size_t)in->pairs_n + 1;
    *c = (struct circle){.near = arena_alloc(arena, pairs),
        .wanted = arena_alloc(arena, pairs),
        .open = find_open(in, arena),
        .left = potentials};
    double *losses = find_losses(g, prices);
    for (int32_t k = 0; k < g->uses_n; k++) {
        losses[g->uses[k].pair] = 0;
    }
    for (int32_t p = 0; p < in->pairs_n; p++) {
        c->near[p] = losses[p] <= most && c->open[p];
    }
    free(losses);
}

/* Units of pairs that one in so many would want, beside those that are. */
static int64_t
count_units(const struct soft *soft, int32_t unlikely)
{
    int64_t units = 0;
    for (int32_t k = soft->potentials->n; k < soft->pairs_n; k++) {
        units += soft->used[k] * unlikely >= 1 ? soft->high[k] : 0;
    }
    return units;
}

void
circle_want(struct circle *c, const struct soft *soft, int32_t unlikely)
{
    const struct instance *in = soft->in;
    const struct potentials *t = soft->potentials;
    int32_t *offers = xcalloc((size_t)in->offers_n + 1, sizeof(*offers));
    int32_t *needs = xcalloc((size_t)in->needs_n + 1, sizeof(*needs));
    /* who is named first must not have all of the room */
    while (unlikely > 1 && count_units(soft, unlikely) > c->left / 2) {
        unlikely = unlikely * 3 / 4;
    }
    for (int32_t k = 0; k < soft->pairs_n; k++) {
        int32_t p = soft->pairs[k], j = in->pair_offer[p];
        int32_t i = in->lines[soft->lines[k]].need;
        bool has = k < t->n;
        if (has ||
            (soft->used[k] * unlikely >= 1 && offers[j] < POTENTIAL_PAIRS &&
                needs[i] < POTENTIAL_PAIRS && soft->high[k] <= c->left)) {
            c->left -= has ? 0 : soft->high[k];
            offers[j]++;
            needs[i]++;
            c->wanted[p] = 1;
        }
    }
    free(offers);
    free(needs);
}

/* What the pair gains for each unit of its offer's capacity. */
static double
density(const struct lagrange *g, const struct lagrange_prices *prices,
    int32_t p)
{
    return (double)lagrange_net(g, prices, p) / g->in->pair_use[p];
}

/* The least density, by offer, of those in its best plan that were missing
 * where it is beyond what the offer found; INFINITY: nobody was. */
static double *
find_missing(const struct circle *c, const struct soft *soft,
    const struct lagrange *g, const struct lagrange_prices *prices)
{
    const struct instance *in = g->in;
    const double little = 0.01; /* what rounding may make of prices */
    double *least = xcalloc((size_t)in->offers_n + 1, sizeof(*least));
    for (int32_t j = 0; j < in->offers_n; j++) {
        least[j] = INFINITY;
    }
    for (int32_t k = 0; k < g->uses_n; k++) {
        int32_t p = g->uses[k].pair, j = in->pair_offer[p];
        if (c->open[p] && !c->near[p] &&
            (double)g->offer_best[j] / 1e6 > soft->worth[j] + little) {
            least[j] = fmin(least[j], density(g, prices, p));
        }
    }
    return least;
}

int32_t
circle_widen(struct circle *c, const struct soft *soft,
    const struct lagrange *g, const struct lagrange_prices *prices)
{
    const struct instance *in = g->in;
    double *least = find_missing(c, soft, g, prices);
    int32_t n = 0;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (c->open[p] && !c->near[p] &&
            density(g, prices, p) >= least[in->pair_offer[p]]) {
            c->near[p] = 1;
            n++;
        }
    }
    free(least);
    return n;
}
