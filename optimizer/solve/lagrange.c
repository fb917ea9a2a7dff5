/* lagrange.c: one knapsack per offer, and what they use together. */
#include "lagrange.h"

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
    bool given = in->pins_n > 0 || g->ledger != NULL;
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

/* What the limits of all rows but the offers' cost. */
static model_wide
rows_bound(const struct instance *in, const struct lagrange_prices *prices)
{
    model_wide sum = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        sum += (model_wide)prices->demand[l] * in->lines[l].quantity;
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        sum += (model_wide)prices->budget[i] * in->needs[i].budget_yen +
            (model_wide)prices->partners[i] * in->needs[i].max_partners;
    }
    sum += (model_wide)prices->programme * in->programme_budget_yen;
    sum *= 1000000;
    for (int32_t f = 0; f < in->floors_n; f++) {
        model_wide paid =
            prices->floor[f] * model_floor_target(&in->floors[f]);
        sum -= paid / 1000000 - (paid % 1000000 < 0);
    }
    return sum;
}

/* Do several offers share the organisation's price of a partner? */
static bool
shared(const struct lagrange *g, int32_t link)
{
    return link >= 0 && g->link_offers[link] > 1;
}

static void
note_use(struct lagrange *g, int32_t p, int32_t units)
{
    const struct instance *in = g->in;
    if (g->uses_n == g->uses_room) {
        g->uses_room = g->uses_room > 0 ? 2 * g->uses_room : 256;
        g->uses = xrealloc(g->uses, (size_t)g->uses_room, sizeof(*g->uses));
    }
    g->uses[g->uses_n++] = (struct lagrange_use){p, units};
    int32_t l = g->pair_line[p];
    int64_t cost = (int64_t)units * in->pair_cost[p];
    g->line_units[l] += units;
    g->need_cost[in->lines[l].need] += cost;
    g->programme_cost += cost;
    if (shared(g, links_org(g->links, p))) {
        g->need_partners[in->lines[l].need] +=
            g->partner_weight[p] / 1e6 * units;
    }
}

static void
note_partner(struct lagrange *g, int32_t p)
{
    int32_t link = links_org(g->links, p);
    if (link >= 0 && g->link_offers[link] == 1) {
        g->need_partners[g->links->owner[link]]++;
    }
}

/* What a first unit for the need costs, if no other offer shares it. */
static int64_t
fixed_price(const struct lagrange *g, const struct lagrange_prices *prices,
    const struct lagrange_gain *gain)
{
    return gain->link < 0 || g->link_offers[gain->link] != 1
        ? 0
        : prices->partners[g->links->owner[gain->link]];
}

/* What a unit gains net of all prices, a shared partner's included. */
static model_wide
unit_net(const struct lagrange *g, const struct lagrange_prices *prices,
    const struct lagrange_gain *gain, model_wide net)
{
    if (!shared(g, gain->link)) {
        return net;
    }
    int32_t i = g->links->owner[gain->link]; /* rounded down: net may be */
    return net - (model_wide)prices->partners[i] * /* too much */
            g->partner_weight[gain->pair] / 1000000;
}

/* Keeps items of a need together: lines of a need may be apart. */
static void
put_item(struct knapsack *k, struct knapsack_item item)
{
    knapsack_add(k);
    int32_t at = k->n - 1, need = item.need;
    while (at > 0 && k->items[at - 1].need > need) {
        k->items[at] = k->items[at - 1];
        at--;
    }
    k->items[at] = item;
}

/* The pins of an offer come first: their room, their needs; what they gain. */
static model_wide
take_pins(struct lagrange *g, const struct lagrange_prices *prices,
    int32_t j, uint8_t *open)
{
    const struct instance *in = g->in;
    model_wide sum = 0;
    for (int32_t k = g->gain_begin[j]; k < g->gain_begin[j + 1]; k++) {
        const struct lagrange_gain *gain = &g->gains[k];
        int32_t p = gain->pair, i = in->lines[gain->line].need;
        if (g->least[p] == 0) {
            continue;
        }
        sum += unit_net(g, prices, gain, lagrange_net(g, prices, p)) *
            g->least[p];
        note_use(g, p, g->least[p]);
        g->knapsack.capacity -= (int64_t)g->least[p] * in->pair_use[p];
        if (!open[i]) {
            open[i] = 1;
            sum -= fixed_price(g, prices, gain);
            note_partner(g, p);
            int32_t *most = &g->knapsack.needs_most;
            *most -= in->offers[j].max_needs > 0;
            *most = *most == 0 && in->offers[j].max_needs > 0 ? -1 : *most;
        }
    }
    return sum;
}

static int32_t
most_units(const struct lagrange *g, const struct lagrange_gain *gain)
{
    if (g->ledger == NULL) {
        return gain->most;
    }
    int32_t most = ledger_most(g->ledger, gain->pair);
    return ledger_allows(g->ledger, gain->pair, most) ? most : 0;
}

static void
gather(struct lagrange *g, const struct lagrange_prices *prices, int32_t j,
    const uint8_t *open)
{
    const struct instance *in = g->in;
    int32_t lot = in->offers[j].min_lot > 1 ? in->offers[j].min_lot : 1;
    bool given = in->pins_n > 0 || g->ledger != NULL;
    for (int32_t k = g->gain_begin[j]; k < g->gain_begin[j + 1]; k++) {
        const struct lagrange_gain *gain = &g->gains[k];
        const struct instance_line *line = &in->lines[gain->line];
        model_wide net = unit_net(g, prices, gain, gain->net);
        int32_t least = given ? g->least[gain->pair] : 0;
        int32_t most = net > 0 ? most_units(g, gain) : 0;
        if (most <= least) {
            continue;
        }
        int32_t low = line->indivisible ? line->quantity : lot;
        struct knapsack_item item = {.gain = (int64_t)net,
            .pair = gain->pair, .need = line->need,
            .low = least > 0 ? 1 : low, .high = most - least,
            .use = gain->use};
        item.open = open[item.need];
        item.fixed = item.open ? 0 : fixed_price(g, prices, gain);
        put_item(&g->knapsack, item);
    }
}

/* Who is served. */
static void
note_answer(struct lagrange *g, const uint8_t *open)
{
    const struct knapsack *k = &g->knapsack;
    int32_t before = -1;
    for (int32_t i = 0; i < k->n; i++) {
        const struct knapsack_item *item = &k->items[i];
        if (item->units == 0) {
            continue;
        }
        note_use(g, item->pair, item->units);
        if (!open[item->need] && item->need != before) {
            note_partner(g, item->pair);
        }
        before = item->need;
    }
}

/*
 * What the next bound may leave out.  Where some were left out this time,
 * prices stay unless they have no lower ones behind them; where they do not
 * fit any more, the next looks at all.
 */
static void
take_prices(struct lagrange *g, int32_t j, struct knapsack_prices next,
    model_wide relaxed, int64_t best)
{
    model_wide slack = 2 * (relaxed - best) + (next.use + next.need) / 8;
    if (relaxed - best > (next.use + next.need) / 4) {
        next = (struct knapsack_prices){0, 0};
    }
    g->offer_prices[j] = next;
    g->slack[j] = slack > INT64_MAX ? INT64_MAX : (int64_t)slack;
}

static model_wide
offer_best(struct lagrange *g, const struct lagrange_prices *prices,
    int32_t j, uint8_t *open)
{
    const struct instance *in = g->in;
    struct knapsack *k = &g->knapsack;
    model_wide pinned = 0;
    k->n = 0;
    k->capacity = in->offers[j].capacity;
    k->needs_most = in->offers[j].max_needs;
    if (in->pins_n > 0 || g->ledger != NULL) {
        memset(open, 0, (size_t)in->needs_n);
        pinned = take_pins(g, prices, j, open);
    }
    gather(g, prices, j, open);
    struct knapsack_prices next =
        g->left_out[j] ? g->offer_prices[j] : knapsack_price(k);
    g->offer_duals[j] = next;
    model_wide relaxed = knapsack_relaxed(k, next);
    model_wide most = g->left_out[j] ? relaxed - g->slack[j] : 0;
    int64_t best = k->n > 0 ? knapsack_solve(k) : 0;
    note_answer(g, open);
    take_prices(g, j, next, relaxed, best);
    return pinned + (most > best ? most : best);
}

model_wide
lagrange_bound(struct lagrange *g, const struct lagrange_prices *prices)
{
    const struct instance *in = g->in;
    find_floor_gains(g, prices);
    find_lows(g, prices);
    sort_gains(g, find_all(g, prices));
    memset(g->line_units, 0, (size_t)in->lines_n * sizeof(int32_t));
    memset(g->need_cost, 0, (size_t)in->needs_n * sizeof(int64_t));
    memset(g->need_partners, 0, (size_t)in->needs_n * sizeof(double));
    g->programme_cost = 0;
    g->uses_n = 0;
    uint8_t *open = xcalloc((size_t)in->needs_n + 1, 1);
    model_wide sum = 0;
    for (int32_t j = 0; j < in->offers_n; j++) {
        sum += offer_best(g, prices, j, open);
    }
    free(open);
    return rows_bound(in, prices) + sum * 1000000;
}
