/* lagrange_make.c: rows of prices, and pairs in the order of their offers;
 * lagrange.c reads them. */
#include <stdlib.h>
#include <string.h>

#include "counts.h"
#include "lagrange.h"

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

static void
index_pairs(struct lagrange *g, const uint8_t *wanted, struct arena *arena)
{
    const struct instance *in = g->in;
    int32_t n = 0;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        n += wanted == NULL || wanted[p];
    }
    g->line_begin =
        arena_array(arena, (size_t)in->lines_n + 1, sizeof(int32_t));
    g->pairs = arena_array(arena, (size_t)n, sizeof(int32_t));
    g->most = arena_array(arena, (size_t)n, sizeof(int32_t));
    n = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        g->line_begin[l] = n;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (wanted == NULL || wanted[p]) {
                g->pairs[n] = p;
                g->most[n++] = model_pair_most(in, l, p);
            }
        }
    }
    g->line_begin[in->lines_n] = n;
}

static void
mark_alone(struct lagrange *g)
{
    const struct instance *in = g->in;
    uint8_t *lines = xcalloc((size_t)in->needs_n + 1, 1);
    for (int32_t l = 0; l < in->lines_n; l++) {
        uint8_t *n = &lines[in->lines[l].need];
        *n = *n == 0 ? 1 : 2;
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        g->alone[l] = lines[in->lines[l].need] == 1;
    }
    free(lines);
}

static void
index_links(struct lagrange *g, struct arena *arena)
{
    size_t links = (size_t)g->links->orgs_n;
    if (links > 0) {
        g->partner_weight = counts_partners(g->in, g->links, arena);
        g->link_offers = arena_array(arena, links, sizeof(int32_t));
        g->link_last = arena_array(arena, links, sizeof(int32_t));
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
        .line_low =
            arena_array(arena, (size_t)in->lines_n, sizeof(int32_t)),
        .gain_begin =
            arena_array(arena, (size_t)in->offers_n + 2, sizeof(int32_t)),
        .offer_prices = arena_array(
            arena, (size_t)in->offers_n, sizeof(struct knapsack_prices)),
        .offer_duals = arena_array(
            arena, (size_t)in->offers_n, sizeof(struct knapsack_prices)),
        .slack = zeros(arena, in->offers_n),
        .left_out = arena_alloc(arena, (size_t)in->offers_n + 1),
        .alone = arena_alloc(arena, (size_t)in->lines_n + 1),
        .line_units =
            arena_array(arena, (size_t)in->lines_n, sizeof(int32_t)),
        .need_cost = zeros(arena, in->needs_n),
        .need_partners =
            arena_array(arena, (size_t)in->needs_n, sizeof(double))};
    index_pairs(g, wanted, arena);
    index_links(g, arena);
    mark_alone(g);
}

void
lagrange_free(struct lagrange *g)
{
    knapsack_free(&g->knapsack);
    free(g->uses);
    free(g->found);
    free(g->gains);
    g->uses = NULL;
    g->found = g->gains = NULL;
}

void
lagrange_forget(struct lagrange *g)
{
    memset(g->offer_prices, 0,
        (size_t)g->in->offers_n * sizeof(*g->offer_prices));
}
