/* exchange_graph.c: pairs at both ends (exchange_graph.h). */
#include "exchange_graph.h"

#define LIKELY 0.0001f /* to be used: less is hardly ever part of a gain */

static int64_t
within(model_wide worth)
{
    return worth > EXCHANGE_MOST ? EXCHANGE_MOST
        : worth < -EXCHANGE_MOST ? -EXCHANGE_MOST
                                 : (int64_t)worth;
}

static bool
takes_part(const struct exchange_graph *g, int32_t p)
{
    return g->concord->used[p] > LIKELY || g->ledger->units[p] > 0;
}

static void
add_pair(struct exchange_graph *g, const struct lagrange *lagrange, int32_t l,
    int32_t p)
{
    const struct instance *in = g->ledger->in;
    const struct lagrange_prices *prices = &g->concord->prices;
    int32_t j = in->pair_offer[p], i = in->lines[l].need;
    struct exchange_pair *pair = &g->pairs[g->n++];
    *pair = (struct exchange_pair){.pair = p, .line = l,
        .at = {j, i},
        .link = {links_need(g->ledger->links, p),
            links_org(g->ledger->links, p)},
        .low = model_pair_least(in, l, p),
        .high = model_pair_most(in, l, p),
        .least = g->ledger->least[p],
        .use = in->pair_use[p],
        .level = g->levels,
        .cost = in->pair_cost[p],
        .rest = within(prices->demand[l] +
            (model_wide)prices->budget[i] * in->pair_cost[p])};
    pair->net = lagrange_net(lagrange, prices, p) +
        (model_wide)prices->programme * pair->cost;
    g->levels += pair->high + 1;
}

static void
add_pairs(struct exchange_graph *g, struct arena *arena)
{
    const struct instance *in = g->ledger->in;
    size_t n = 0;
    struct lagrange lagrange = {.in = in, .pair_line = g->ledger->pair_line,
        .floor_gain = arena_array(
            arena, (size_t)in->lines_n, sizeof(int64_t))};
    lagrange_floor_gains(in, &g->concord->prices, lagrange.floor_gain);
    for (int32_t p = 0; p < in->pairs_n; p++) {
        n += takes_part(g, p);
    }
    g->pairs = arena_array(arena, n, sizeof(*g->pairs));
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (takes_part(g, p)) {
                add_pair(g, &lagrange, l, p);
            }
        }
    }
}

static void
copy_potentials(struct exchange_graph *g, struct arena *arena)
{
    g->potentials =
        arena_array(arena, (size_t)g->levels, sizeof(*g->potentials));
    for (int32_t k = 0; k < g->n; k++) {
        const struct exchange_pair *p = &g->pairs[k];
        const int64_t *prices =
            potentials_of(&g->concord->potentials, p->pair);
        for (int32_t x = p->low; prices != NULL && x <= p->high; x++) {
            g->potentials[p->level + x] = within(prices[x - 1]);
        }
    }
}

/* Begins stand two places up while the list fills. */
static void
sort_by(struct exchange_graph *g, enum exchange_end end, int32_t vertices,
    struct arena *arena)
{
    int32_t *begin =
        arena_array(arena, (size_t)vertices + 2, sizeof(int32_t));
    int32_t *list = arena_array(arena, (size_t)g->n, sizeof(int32_t));
    for (int32_t k = 0; k < g->n; k++) {
        begin[g->pairs[k].at[end] + 2]++;
    }
    for (int32_t v = 2; v < vertices + 2; v++) {
        begin[v] += begin[v - 1];
    }
    for (int32_t k = 0; k < g->n; k++) {
        list[begin[g->pairs[k].at[end] + 1]++] = k;
    }
    g->begin[end] = begin;
    g->list[end] = list;
}

void
exchange_graph_make(struct exchange_graph *g, const struct ledger *ledger,
    const struct concord *concord, struct arena *arena)
{
    *g = (struct exchange_graph){.ledger = ledger, .concord = concord};
    add_pairs(g, arena);
    copy_potentials(g, arena);
    for (int end = 0; end < EXCHANGE_ENDS; end++) {
        g->worth[end] =
            arena_array(arena, (size_t)g->levels, sizeof(int64_t));
    }
    sort_by(g, EXCHANGE_OFFER, ledger->in->offers_n, arena);
    sort_by(g, EXCHANGE_NEED, ledger->in->needs_n, arena);
}

/* Of its offer to its need for a first unit. */
static int64_t
partner_price(const struct exchange_graph *g, int32_t k)
{
    const struct exchange_pair *p = &g->pairs[k];
    int32_t link = p->link[EXCHANGE_NEED];
    bool partner = link >= 0 &&
        g->ledger->link_pairs[link] == (exchange_units(g, k) > 0);
    return partner
        ? within(g->concord->prices.partners[p->at[EXCHANGE_NEED]])
        : 0;
}

void
exchange_graph_update(struct exchange_graph *g, int64_t money)
{
    for (int32_t k = 0; k < g->n; k++) {
        const struct exchange_pair *p = &g->pairs[k];
        const int64_t *potentials = g->potentials + p->level;
        int64_t gain = within(p->net - (model_wide)money * p->cost);
        int64_t partner = partner_price(g, k);
        int32_t units = exchange_units(g, k);
        for (int32_t x = 0; x <= p->high; x++) {
            bool valid = exchange_valid(g, k, x);
            int64_t paid = potentials[x] - potentials[units] +
                partner * ((x > 0) - (units > 0));
            g->worth[EXCHANGE_OFFER][p->level + x] =
                valid ? gain * (x - units) - paid : EXCHANGE_NEVER;
            g->worth[EXCHANGE_NEED][p->level + x] =
                valid ? p->rest * (x - units) + paid : EXCHANGE_NEVER;
        }
    }
}

/* How many pairs more of those that the link counts together. */
static int32_t
more_pairs(const struct exchange_graph *g, enum exchange_end end,
    const struct exchange_change *changes, int32_t n, int32_t link)
{
    int32_t more = 0;
    for (int32_t m = 0; m < n; m++) {
        if (g->pairs[changes[m].k].link[end] == link) {
            more += (changes[m].units > 0) -
                (exchange_units(g, changes[m].k) > 0);
        }
    }
    return more;
}

/* Is a change before the m-th of the same link? */
static bool
counted_before(const struct exchange_graph *g, enum exchange_end end,
    const struct exchange_change *changes, int32_t m)
{
    int32_t link = g->pairs[changes[m].k].link[end];
    for (int32_t b = 0; b < m; b++) {
        if (g->pairs[changes[b].k].link[end] == link) {
            return true;
        }
    }
    return false;
}

/* Partners of a need, or needs of an offer, where they are limited. */
static int32_t
more_links(const struct exchange_graph *g, enum exchange_end end,
    const struct exchange_change *changes, int32_t n)
{
    int32_t more = 0;
    for (int32_t m = 0; m < n; m++) {
        int32_t link = g->pairs[changes[m].k].link[end];
        if (link >= 0 && !counted_before(g, end, changes, m)) {
            int32_t before = g->ledger->link_pairs[link];
            int32_t after =
                before + more_pairs(g, end, changes, n, link);
            more += (after > 0) - (before > 0);
        }
    }
    return more;
}

static int32_t
more_units(const struct exchange_graph *g, struct exchange_change change)
{
    return change.units - exchange_units(g, change.k);
}

static bool
fits_offer(const struct exchange_graph *g,
    const struct exchange_change *changes, int32_t n)
{
    const struct ledger *ledger = g->ledger;
    int32_t j = g->pairs[changes[0].k].at[EXCHANGE_OFFER], use = 0;
    for (int32_t m = 0; m < n; m++) {
        use += g->pairs[changes[m].k].use * more_units(g, changes[m]);
    }
    return use <= ledger->offer_left[j] &&
        (ledger->in->offers[j].max_needs == 0 ||
            more_links(g, EXCHANGE_OFFER, changes, n) <=
                ledger->needs_left[j]);
}

static bool
fits_line(const struct exchange_graph *g,
    const struct exchange_change *changes, int32_t n, int32_t line)
{
    int32_t more = 0;
    for (int32_t m = 0; m < n; m++) {
        if (g->pairs[changes[m].k].line == line) {
            more += more_units(g, changes[m]);
        }
    }
    return more <= g->ledger->line_left[line];
}

static bool
fits_need(const struct exchange_graph *g,
    const struct exchange_change *changes, int32_t n)
{
    const struct ledger *ledger = g->ledger;
    int32_t i = g->pairs[changes[0].k].at[EXCHANGE_NEED];
    int64_t cost = 0;
    for (int32_t m = 0; m < n; m++) {
        const struct exchange_pair *p = &g->pairs[changes[m].k];
        cost += p->cost * more_units(g, changes[m]);
        if (!fits_line(g, changes, n, p->line)) {
            return false;
        }
    }
    return cost <= ledger->need_left[i] &&
        (ledger->in->needs[i].max_partners == 0 ||
            more_links(g, EXCHANGE_NEED, changes, n) <=
                ledger->partners_left[i]);
}

bool
exchange_fits(const struct exchange_graph *g, enum exchange_end end,
    const struct exchange_change *changes, int32_t n)
{
    return end == EXCHANGE_OFFER ? fits_offer(g, changes, n)
                                 : fits_need(g, changes, n);
}
