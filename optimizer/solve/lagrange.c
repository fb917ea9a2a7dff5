/* lagrange.c: one knapsack per offer, and what they use together. */
#include "lagrange.h"

#include <stdlib.h>
#include <string.h>

#include "lagrange_gain.h"

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
    return link >= 0 && g->link_offers[link] > 1 && !g->link_given[link];
}

/* Does one offer pay all of it? */
static bool
paid_at_once(const struct lagrange *g, int32_t link)
{
    return link >= 0 && g->link_offers[link] == 1 && !g->link_given[link];
}

static int32_t
need_of(const struct lagrange *g, const struct lagrange_gain *gain)
{
    return g->in->lines[gain->line].need;
}

static void
note_use(struct lagrange *g, const struct lagrange_gain *gain, int32_t units)
{
    int32_t i = need_of(g, gain);
    int64_t cost = (int64_t)units * g->in->pair_cost[gain->pair];
    lagrange_note_use(g, g->uses_n++, gain->pair, units);
    g->line_units[gain->line] += units;
    g->need_cost[i] += cost;
    g->programme_cost += cost;
    if (shared(g, gain->link)) {
        g->need_partners[i] += g->link_weight[gain->link] / 1e6 * units;
    }
}

static void
note_partner(struct lagrange *g, const struct lagrange_gain *gain)
{
    if (paid_at_once(g, gain->link)) {
        g->need_partners[need_of(g, gain)]++;
    }
}

/* What a first unit for the need costs, if no other offer shares it. */
static int64_t
fixed_price(const struct lagrange *g, const struct lagrange_prices *prices,
    const struct lagrange_gain *gain)
{
    return paid_at_once(g, gain->link) ? prices->partners[need_of(g, gain)]
                                       : 0;
}

/* What a unit gains net of all prices, a shared partner's included. */
static model_wide
unit_net(const struct lagrange *g, const struct lagrange_prices *prices,
    const struct lagrange_gain *gain, model_wide net)
{
    if (!shared(g, gain->link)) {
        return net;
    }
    int32_t i = need_of(g, gain); /* rounded down: net may be too much */
    return net -
        (model_wide)prices->partners[i] * g->link_weight[gain->link] /
        1000000;
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
        note_use(g, gain, g->least[p]);
        g->knapsack.capacity -= (int64_t)g->least[p] * in->pair_use[p];
        if (!open[i]) {
            open[i] = 1;
            sum -= fixed_price(g, prices, gain);
            note_partner(g, gain);
            int32_t *most = &g->knapsack.needs_most;
            *most -= in->offers[j].max_needs > 0;
            *most = *most == 0 && in->offers[j].max_needs > 0 ? -1 : *most;
        }
    }
    return sum;
}

/* Does the offer serve the need already? */
static bool
served(const struct lagrange *g, const struct lagrange_gain *gain,
    const uint8_t *open)
{
    if (g->ledger == NULL) {
        return open[need_of(g, gain)];
    }
    int32_t link = links_need(g->links, gain->pair);
    return link >= 0 && g->ledger->link_pairs[link] > 0;
}

static void
gather(struct lagrange *g, const struct lagrange_prices *prices, int32_t j,
    const uint8_t *open)
{
    const struct instance *in = g->in;
    int32_t lot = in->offers[j].min_lot > 1 ? in->offers[j].min_lot : 1;
    bool pins = in->pins_n > 0 && g->ledger == NULL;
    for (int32_t k = g->gain_begin[j]; k < g->gain_begin[j + 1]; k++) {
        const struct lagrange_gain *gain = &g->gains[k];
        const struct instance_line *line = &in->lines[gain->line];
        model_wide net = unit_net(g, prices, gain, gain->net);
        int32_t least = pins ? g->least[gain->pair] : 0;
        const int64_t *price = potentials_of(g->potentials, gain->pair);
        if ((net <= 0 && price == NULL) || gain->most <= least) {
            continue;
        }
        bool more = least > 0 ||
            (g->ledger != NULL && g->ledger->units[gain->pair] > 0);
        int32_t low = line->indivisible ? line->quantity : lot;
        struct knapsack_item item = {.gain = (int64_t)net,
            .pair = gain->pair, .need = line->need,
            .low = more ? 1 : low, .high = gain->most - least,
            .use = gain->use, .own = k, .open = served(g, gain, open),
            .price = price};
        item.fixed = item.open ? 0 : fixed_price(g, prices, gain);
        put_item(&g->knapsack, item);
    }
}

/* Who is served. */
static void
note_answer(struct lagrange *g)
{
    const struct knapsack *k = &g->knapsack;
    int32_t before = -1;
    for (int32_t i = 0; i < k->n; i++) {
        const struct knapsack_item *item = &k->items[i];
        if (item->units == 0) {
            continue;
        }
        note_use(g, &g->gains[item->own], item->units);
        if (!item->open && item->need != before) {
            note_partner(g, &g->gains[item->own]);
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
    if (g->gain_begin[j] == g->gain_begin[j + 1] && !g->left_out[j]) {
        g->offer_prices[j] = g->offer_duals[j] =
            (struct knapsack_prices){0, 0};
        g->slack[j] = 0;
        return 0;
    }
    k->n = 0;
    k->capacity = in->offers[j].capacity;
    k->needs_most = in->offers[j].max_needs;
    if (g->ledger != NULL) {
        int32_t left = g->ledger->needs_left[j];
        k->capacity = g->ledger->offer_left[j];
        k->needs_most = k->needs_most > 0 && left == 0 ? -1 : left;
    } else if (in->pins_n > 0) {
        memset(open, 0, (size_t)in->needs_n);
        pinned = take_pins(g, prices, j, open);
    }
    gather(g, prices, j, open);
    if (g->potentials != NULL && g->potentials->offers[j]) {
        int64_t counted = knapsack_count_out(k);
        note_answer(g);
        return pinned + counted;
    }
    struct knapsack_prices next =
        g->left_out[j] ? g->offer_prices[j] : knapsack_price(k);
    g->offer_duals[j] = next;
    model_wide relaxed = knapsack_relaxed(k, next);
    model_wide most = g->left_out[j] ? relaxed - g->slack[j] : 0;
    int64_t best = k->n > 0 ? knapsack_solve(k) : 0;
    note_answer(g);
    take_prices(g, j, next, relaxed, best);
    return pinned + (most > best ? most : best);
}

/* What is given is worth, net of all prices. */
static model_wide
given_worth(const struct lagrange *g, const struct lagrange_prices *prices)
{
    const struct instance *in = g->in;
    model_wide sum = g->given->score;
    for (int32_t l = 0; l < in->lines_n; l++) {
        sum += ((model_wide)g->floor_gain[l] - prices->demand[l]) *
            g->line_units[l];
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        sum -= (model_wide)prices->budget[i] * g->need_cost[i] +
            (model_wide)prices->partners[i] *
                (int64_t)g->given->need_partners[i];
    }
    return sum - (model_wide)prices->programme * g->programme_cost;
}

void
lagrange_note_use(struct lagrange *g, int32_t n, int32_t p, int32_t units)
{
    if (n == g->uses_room) {
        g->uses_room = g->uses_room > 0 ? 2 * g->uses_room : 256;
        g->uses = xrealloc(g->uses, (size_t)g->uses_room, sizeof(*g->uses));
    }
    g->uses[n] = (struct lagrange_use){p, units};
}

/* What the offers take, from what is given on. */
static void
begin_uses(struct lagrange *g)
{
    const struct instance *in = g->in;
    const struct lagrange_given *given = g->given;
    size_t lines = (size_t)in->lines_n, needs = (size_t)in->needs_n;
    if (given != NULL) {
        memcpy(g->line_units, given->line_units, lines * sizeof(int32_t));
        memcpy(g->need_cost, given->need_cost, needs * sizeof(int64_t));
        memcpy(
            g->need_partners, given->need_partners, needs * sizeof(double));
    } else {
        memset(g->line_units, 0, lines * sizeof(int32_t));
        memset(g->need_cost, 0, needs * sizeof(int64_t));
        memset(g->need_partners, 0, needs * sizeof(double));
    }
    g->programme_cost = given != NULL ? given->programme_cost : 0;
    g->uses_n = given != NULL ? given->uses_n : 0;
}

static model_wide
needs_best(struct lagrange *g)
{
    model_wide sum = 0;
    potentials_needs(g->potentials, g->need_best);
    for (int32_t i = 0; i < g->in->needs_n; i++) {
        sum += g->need_best[i];
    }
    return sum;
}

model_wide
lagrange_bound(struct lagrange *g, const struct lagrange_prices *prices)
{
    const struct instance *in = g->in;
    lagrange_find_gains(g, prices);
    begin_uses(g);
    uint8_t *open = xcalloc((size_t)in->needs_n + 1, 1);
    model_wide sum = g->ledger != NULL ? given_worth(g, prices) : 0;
    for (int32_t j = 0; j < in->offers_n; j++) {
        g->offer_best[j] = offer_best(g, prices, j, open);
        sum += g->offer_best[j];
    }
    free(open);
    sum += g->potentials != NULL ? needs_best(g) : 0;
    return rows_bound(in, prices) + sum * 1000000;
}
