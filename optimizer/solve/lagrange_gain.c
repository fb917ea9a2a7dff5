/* lagrange_gain.c: one pass over the pairs (lagrange_gain.h). */
#include "lagrange_gain.h"

#include <stdlib.h>
#include <string.h>

static void
find_floor_gains(struct lagrange *g, const struct lagrange_prices *prices)
{
    const struct instance *in = g->in;
    memset(g->floor_gain, 0, (size_t)in->lines_n * sizeof(int64_t));
    for (int32_t f = 0; f < in->floors_n; f++) {
        const struct instance_floor *floor = &in->floors[f];
        for (int32_t k = floor->member_begin; k < floor->member_end; k++) {
            g->floor_gain[in->floor_lines[k]] += prices->floor[f];
        }
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        model_wide gain = (model_wide)g->floor_gain[l] *
            model_unit_share(in->lines[l].quantity);
        g->floor_gain[l] = (int64_t)((gain + MODEL_E12 - 1) / MODEL_E12);
    }
}

/* Up to which score a line's pairs gain nothing, whatever they cost. */
static void
find_lows(struct lagrange *g, const struct lagrange_prices *prices)
{
    for (int32_t l = 0; l < g->in->lines_n; l++) {
        int64_t rest = prices->demand[l] - g->floor_gain[l];
        int64_t low = rest / 1000000 - (rest % 1000000 < 0);
        g->line_low[l] = low > INT32_MAX ? INT32_MAX
            : low < INT32_MIN            ? INT32_MIN
                                         : (int32_t)low;
    }
}

static void
add_gain(struct lagrange *g, int32_t n, struct lagrange_gain gain)
{
    if (n == g->gains_room) {
        g->gains_room = n > 0 ? 2 * n : 1024;
        size_t room = (size_t)g->gains_room;
        g->found = xrealloc(g->found, room, sizeof(*g->found));
        g->gains = xrealloc(g->gains, room, sizeof(*g->gains));
    }
    g->found[n] = gain;
}

/* Does the pair gain less than what it takes of its offer, by enough? */
static bool
leave_out(struct lagrange *g, int32_t k, model_wide net)
{
    int32_t p = g->pairs[k], j = g->in->pair_offer[p];
    const struct knapsack_prices *prices = &g->offer_prices[j];
    net -= (model_wide)prices->use * g->in->pair_use[p];
    if (prices->need > 0 && g->alone[g->pair_line[p]]) {
        net = (net > 0 ? net * g->most[k] : net) - prices->need;
    }
    bool out = net < -g->slack[j];
    g->left_out[j] |= out;
    return out;
}

/* Offers of each link that gain from it; more than one: some twice. */
static void
count_link(struct lagrange *g, int32_t link, int32_t j)
{
    if (link >= 0 && g->link_last[link] != j) {
        g->link_last[link] = j;
        g->link_offers[link]++;
    }
}

/* The pairs of a line that gain or are given, behind those found so far. */
static int32_t
find_gains(struct lagrange *g, const struct lagrange_prices *prices,
    int32_t l, int32_t n)
{
    const struct instance *in = g->in;
    bool given = in->pins_n > 0 && g->ledger == NULL;
    for (int32_t k = g->line_begin[l]; k < g->line_begin[l + 1]; k++) {
        int32_t p = g->pairs[k];
        bool pinned = given && g->least[p] > 0;
        if (in->pair_score[p] <= g->line_low[l] && !pinned) {
            continue; /* most pairs end here */
        }
        model_wide net = lagrange_net(g, prices, p);
        if (!pinned && (net <= 0 || g->most[k] == 0)) {
            continue;
        }
        int32_t link = links_org(g->links, p);
        count_link(g, link, in->pair_offer[p]);
        if (pinned || !leave_out(g, k, net)) {
            add_gain(g, n++, (struct lagrange_gain){
                .net = net > 0 ? (int64_t)net : 0, .pair = p,
                .most = g->most[k], .line = l, .use = in->pair_use[p],
                .link = link});
        }
    }
    return n;
}

/* By line: that is how pairs lie in memory. */
static int32_t
find_all(struct lagrange *g, const struct lagrange_prices *prices)
{
    size_t links = (size_t)g->links->orgs_n;
    int32_t n = 0;
    memset(g->left_out, 0, (size_t)g->in->offers_n);
    if (links > 0) {
        memset(g->link_offers, 0, links * sizeof(int32_t));
        memset(g->link_last, 0xFF, links * sizeof(int32_t));
    }
    for (int32_t l = 0; l < g->in->lines_n; l++) {
        n = find_gains(g, prices, l, n);
    }
    return n;
}

/* Begins stand two places up: they fall into place while filling. */
static void
sort_gains(struct lagrange *g, int32_t n)
{
    const struct instance *in = g->in;
    int32_t *begin = g->gain_begin;
    memset(begin, 0, ((size_t)in->offers_n + 2) * sizeof(*begin));
    for (int32_t k = 0; k < n; k++) {
        begin[in->pair_offer[g->found[k].pair] + 2]++;
    }
    for (int32_t j = 2; j < in->offers_n + 2; j++) {
        begin[j] += begin[j - 1];
    }
    for (int32_t k = 0; k < n; k++) {
        g->gains[begin[in->pair_offer[g->found[k].pair] + 1]++] =
            g->found[k];
    }
}

void
lagrange_find_gains(struct lagrange *g, const struct lagrange_prices *prices)
{
    find_floor_gains(g, prices);
    find_lows(g, prices);
    sort_gains(g, find_all(g, prices));
}
