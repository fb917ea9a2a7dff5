/* lagrange.c: one knapsack per offer, and what they use together. */
#include "lagrange.h"

#include <stdlib.h>
#include <string.h>

#include "counts.h"

static int64_t *
zeros(struct arena *arena, int32_t n)
{
    return arena_array(arena, (size_t)n, sizeof(int64_t));
}

void
lagrange_prices_make(struct lagrange_prices *prices,
    const struct instance *in, struct arena *arena)
{
    *prices = (struct lagrange_prices){.demand = zeros(arena, in->lines_n),
        .budget = zeros(arena, in->needs_n),
        .partners = zeros(arena, in->needs_n),
        .floor = zeros(arena, in->floors_n)};
}

static void
copy(int64_t *to, const int64_t *from, int32_t n)
{
    if (n > 0) {
        memcpy(to, from, (size_t)n * sizeof(*to));
    }
}

void
lagrange_prices_copy(struct lagrange_prices *to,
    const struct lagrange_prices *from, const struct instance *in)
{
    copy(to->demand, from->demand, in->lines_n);
    copy(to->budget, from->budget, in->needs_n);
    copy(to->partners, from->partners, in->needs_n);
    copy(to->floor, from->floor, in->floors_n);
    to->programme = from->programme;
}

/* Begins stand one place up: they fall into place while filling. */
static void
index_offers(struct lagrange *g, const uint8_t *wanted, struct arena *arena)
{
    const struct instance *in = g->in;
    size_t offers = (size_t)in->offers_n;
    g->offer_begin = arena_array(arena, offers + 2, sizeof(int32_t));
    for (int32_t p = 0; p < in->pairs_n; p++) {
        g->offer_begin[in->pair_offer[p] + 2] +=
            wanted == NULL || wanted[p];
    }
    for (size_t j = 2; j < offers + 2; j++) {
        g->offer_begin[j] += g->offer_begin[j - 1];
    }
    size_t pairs = (size_t)g->offer_begin[offers + 1];
    g->offer_pairs = arena_array(arena, pairs, sizeof(int32_t));
    g->offer_most = arena_array(arena, pairs, sizeof(int32_t));
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (wanted != NULL && !wanted[p]) {
            continue;
        }
        int32_t at = g->offer_begin[in->pair_offer[p] + 1]++;
        g->offer_pairs[at] = p;
        g->offer_most[at] = model_pair_most(in, g->pair_line[p], p);
    }
}

/* Pairs whose need counts its partners, by offer. */
static void
index_linked(struct lagrange *g, struct arena *arena)
{
    int32_t n = g->offer_begin[g->in->offers_n];
    size_t links = (size_t)g->links->orgs_n;
    if (links == 0) {
        return;
    }
    g->partner_weight = counts_partners(g->in, g->links, arena);
    g->link_offers = arena_array(arena, links, sizeof(int32_t));
    g->link_last = arena_array(arena, links, sizeof(int32_t));
    g->linked = arena_array(arena, (size_t)n, sizeof(int32_t));
    for (int32_t k = 0; k < n; k++) {
        if (links_org(g->links, g->offer_pairs[k]) >= 0 &&
            g->offer_most[k] > 0) {
            g->linked[g->linked_n++] = g->offer_pairs[k];
        }
    }
}

/* Distinct offers of each link that would like to use it. */
static void
count_link_offers(struct lagrange *g, const struct lagrange_prices *prices)
{
    size_t links = (size_t)g->links->orgs_n;
    if (links == 0) {
        return;
    }
    memset(g->link_offers, 0, links * sizeof(int32_t));
    memset(g->link_last, 0xFF, links * sizeof(int32_t));
    for (int32_t k = 0; k < g->linked_n; k++) {
        int32_t p = g->linked[k], link = links_org(g->links, p);
        int32_t j = g->in->pair_offer[p];
        if (g->link_last[link] != j &&
            (g->least[p] > 0 || lagrange_net(g, prices, p) > 0)) {
            g->link_last[link] = j;
            g->link_offers[link]++;
        }
    }
}

void
lagrange_make(struct lagrange *g, const struct instance *in,
    const struct links *links, const int32_t *pair_line,
    const int32_t *least, const uint8_t *wanted, struct arena *arena)
{
    *g = (struct lagrange){.in = in, .links = links, .least = least,
        .pair_line = (int32_t *)pair_line,
        .floor_gain = zeros(arena, in->lines_n),
        .line_units =
            arena_array(arena, (size_t)in->lines_n, sizeof(int32_t)),
        .need_cost = zeros(arena, in->needs_n),
        .need_partners =
            arena_array(arena, (size_t)in->needs_n, sizeof(double))};
    index_offers(g, wanted, arena);
    index_linked(g, arena);
}

void
lagrange_free(struct lagrange *g)
{
    knapsack_free(&g->knapsack);
    free(g->uses);
    g->uses = NULL;
}

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
shared_link(const struct lagrange *g, int32_t p)
{
    int32_t link = links_org(g->links, p);
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
    if (shared_link(g, p)) {
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
    int32_t p)
{
    int32_t link = links_org(g->links, p);
    return link < 0 || g->link_offers[link] != 1
        ? 0
        : prices->partners[g->links->owner[link]];
}

/* What a unit gains net of all prices, a shared partner's included. */
static model_wide
unit_net(const struct lagrange *g, const struct lagrange_prices *prices,
    int32_t p)
{
    model_wide net = lagrange_net(g, prices, p);
    if (shared_link(g, p)) { /* rounded down: net may be too much */
        int32_t i = g->in->lines[g->pair_line[p]].need;
        net -= (model_wide)prices->partners[i] * g->partner_weight[p] /
            1000000;
    }
    return net;
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
    for (int32_t k = g->offer_begin[j]; k < g->offer_begin[j + 1]; k++) {
        int32_t p = g->offer_pairs[k], i = in->lines[g->pair_line[p]].need;
        if (g->least[p] == 0) {
            continue;
        }
        sum += unit_net(g, prices, p) * g->least[p];
        note_use(g, p, g->least[p]);
        g->knapsack.capacity -= (int64_t)g->least[p] * in->pair_use[p];
        if (!open[i]) {
            open[i] = 1;
            sum -= fixed_price(g, prices, p);
            note_partner(g, p);
            int32_t *most = &g->knapsack.needs_most;
            *most -= in->offers[j].max_needs > 0;
            *most = *most == 0 && in->offers[j].max_needs > 0 ? -1 : *most;
        }
    }
    return sum;
}

static int32_t
most_units(const struct lagrange *g, int32_t k)
{
    int32_t p = g->offer_pairs[k];
    if (g->ledger == NULL || g->offer_most[k] == 0) {
        return g->offer_most[k];
    }
    int32_t most = ledger_most(g->ledger, p);
    return ledger_allows(g->ledger, p, most) ? most : 0;
}

static void
gather(struct lagrange *g, const struct lagrange_prices *prices, int32_t j,
    const uint8_t *open)
{
    const struct instance *in = g->in;
    int32_t lot = in->offers[j].min_lot > 1 ? in->offers[j].min_lot : 1;
    for (int32_t k = g->offer_begin[j]; k < g->offer_begin[j + 1]; k++) {
        int32_t p = g->offer_pairs[k], l = g->pair_line[p];
        if ((int64_t)in->pair_score[p] * 1000000 + g->floor_gain[l] <=
            prices->demand[l]) {
            continue; /* most pairs end here */
        }
        model_wide net = unit_net(g, prices, p);
        int32_t most = net > 0 ? most_units(g, k) : 0;
        if (most <= g->least[p]) {
            continue;
        }
        bool pinned = g->least[p] > 0;
        int32_t low = in->lines[l].indivisible ? in->lines[l].quantity : lot;
        struct knapsack_item item = {.gain = (int64_t)net, .pair = p,
            .need = in->lines[l].need, .low = pinned ? 1 : low,
            .high = most - g->least[p], .use = in->pair_use[p]};
        item.open = open[item.need];
        item.fixed = item.open ? 0 : fixed_price(g, prices, p);
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

static model_wide
offer_best(struct lagrange *g, const struct lagrange_prices *prices,
    int32_t j, uint8_t *open)
{
    const struct instance *in = g->in;
    model_wide pinned = 0;
    g->knapsack.n = 0;
    g->knapsack.capacity = in->offers[j].capacity;
    g->knapsack.needs_most = in->offers[j].max_needs;
    if (in->pins_n > 0 || g->ledger != NULL) {
        memset(open, 0, (size_t)in->needs_n);
        pinned = take_pins(g, prices, j, open);
    }
    gather(g, prices, j, open);
    int64_t best = g->knapsack.n > 0 ? knapsack_solve(&g->knapsack) : 0;
    note_answer(g, open);
    return pinned + best;
}

model_wide
lagrange_bound(struct lagrange *g, const struct lagrange_prices *prices)
{
    const struct instance *in = g->in;
    find_floor_gains(g, prices);
    count_link_offers(g, prices);
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
