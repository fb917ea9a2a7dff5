/* lagrange_gain.c: one pass over the pairs (lagrange_gain.h). */
#include "lagrange_gain.h"

#include <stdlib.h>
#include <string.h>

void
lagrange_floor_gains(const struct instance *in,
    const struct lagrange_prices *prices, int64_t *gain)
{
    memset(gain, 0, (size_t)in->lines_n * sizeof(int64_t));
    for (int32_t f = 0; f < in->floors_n; f++) {
        const struct instance_floor *floor = &in->floors[f];
        for (int32_t k = floor->member_begin; k < floor->member_end; k++) {
            gain[in->floor_lines[k]] += prices->floor[f];
        }
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        if (gain[l] == 0) {
            continue;
        }
        model_wide unit = (model_wide)gain[l] *
            model_unit_share(in->lines[l].quantity);
        gain[l] = (int64_t)((unit + MODEL_E12 - 1) / MODEL_E12);
    }
}

/* What a unit of each line gains beside its score; up to which score its
 * pairs gain nothing, whatever they cost. */
static void
find_rests(struct lagrange *g, const struct lagrange_prices *prices)
{
    const struct instance *in = g->in;
    for (int32_t l = 0; l < in->lines_n; l++) {
        int64_t rest = prices->demand[l] - g->floor_gain[l];
        int64_t low = rest / 1000000 - (rest % 1000000 < 0);
        g->line_low[l] = low > INT32_MAX ? INT32_MAX
            : low < INT32_MIN            ? INT32_MIN
                                         : (int32_t)low;
        g->line_rest[l] = (struct lagrange_rest){-rest,
            prices->budget[in->lines[l].need] + prices->programme};
    }
}

static void
make_room(struct lagrange *g, int32_t n)
{
    if (n > g->gains_room) {
        g->gains_room = n > 512 ? 2 * n : 1024;
        g->gains =
            xrealloc(g->gains, (size_t)g->gains_room, sizeof(*g->gains));
    }
}

/* Is the pair given, whatever it gains? */
static bool
is_pinned(const struct lagrange *g, int32_t k)
{
    return g->in->pins_n > 0 && g->ledger == NULL &&
        g->least[g->numbers[k]] > 0;
}

/* Given, or with a potential: looked at in any case. */
static bool
stays(const struct lagrange *g, int32_t k)
{
    return is_pinned(g, k) ||
        potentials_of(g->potentials, g->numbers[k]) != NULL;
}

/* The pairs of an offer that may gain, or stay, by number: most are not
 * among them, and which ones nobody can foretell, the processor neither. */
static int32_t
look_at(struct lagrange *g, int32_t j)
{
    int32_t begin = g->offer_begin[j], end = g->offer_begin[j + 1], n = 0;
    bool some = g->in->pins_n > 0 || g->potentials != NULL;
    for (int32_t k = begin; k < end; k++) {
        const struct lagrange_pair *pair = &g->pairs[k];
        g->seen[n] = k;
        n += (pair->score > g->line_low[pair->line]) |
            (some && stays(g, k));
    }
    return n;
}

/* A unit's gain, as lagrange_net() has it. */
static model_wide
unit_gain(const struct lagrange *g, const struct lagrange_pair *pair)
{
    const struct lagrange_rest *rest = &g->line_rest[pair->line];
    return (model_wide)pair->score * 1000000 + rest->gain -
        (model_wide)rest->money * pair->cost;
}

/* Does the pair gain less than what it takes of its offer, by enough? */
static bool
leave_out(const struct lagrange *g, int32_t j, int32_t k, model_wide net)
{
    const struct knapsack_prices *prices = &g->offer_prices[j];
    net -= (model_wide)prices->use * g->pairs[k].use;
    if (prices->need > 0 && g->alone[g->pairs[k].line]) {
        net = (net > 0 ? net * g->most[k] : net) - prices->need;
    }
    return net < -g->slack[j];
}

/* Offers of each link that gain from it. */
static void
count_link(struct lagrange *g, int32_t link, int32_t j)
{
    if (link >= 0 && g->link_last[link] != j) {
        g->link_last[link] = j;
        g->link_offers[link]++;
    }
}

/* Less than none is enough: of pairs that stay. */
static int64_t
gain_of(model_wide net)
{
    return net < -LAGRANGE_PRICE_MAX ? -LAGRANGE_PRICE_MAX : (int64_t)net;
}

/* The pairs of an offer that gain or stay, behind those found so far. */
static int32_t
find_gains(struct lagrange *g, int32_t j, int32_t n)
{
    int32_t looked = look_at(g, j);
    bool left_out = false;
    make_room(g, n + looked);
    for (int32_t a = 0; a < looked; a++) {
        int32_t k = g->seen[a];
        const struct lagrange_pair *pair = &g->pairs[k];
        model_wide net = unit_gain(g, pair);
        bool kept = stays(g, k);
        if (!kept && (net <= 0 || g->most[k] == 0)) {
            continue;
        }
        count_link(g, pair->link, j);
        bool out = !kept && leave_out(g, j, k, net);
        left_out |= out;
        g->gains[n] = (struct lagrange_gain){
            .net = gain_of(net), .pair = g->numbers[k],
            .most = g->most[k], .line = pair->line, .use = pair->use,
            .link = pair->link};
        n += !out;
    }
    g->left_out[j] = left_out;
    return n;
}

void
lagrange_find_gains(struct lagrange *g, const struct lagrange_prices *prices)
{
    size_t links = (size_t)g->own_links_n;
    int32_t n = 0;
    lagrange_floor_gains(g->in, prices, g->floor_gain);
    find_rests(g, prices);
    if (links > 0) {
        memset(g->link_offers, 0, links * sizeof(int32_t));
        memset(g->link_last, 0xFF, links * sizeof(int32_t));
    }
    for (int32_t j = 0; j < g->in->offers_n; j++) {
        g->gain_begin[j] = n;
        n = find_gains(g, j, n);
    }
    g->gain_begin[g->in->offers_n] = n;
}
