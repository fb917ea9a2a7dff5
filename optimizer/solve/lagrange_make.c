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

/* Counts stand two places up: the begins fall into place while filling. */
static void
index_pairs(struct lagrange *g, const uint8_t *wanted, struct arena *arena)
{
    const struct instance *in = g->in;
    int32_t *begin =
        arena_array(arena, (size_t)in->offers_n + 2, sizeof(int32_t));
    for (int32_t p = 0; p < in->pairs_n; p++) {
        begin[in->pair_offer[p] + 2] += wanted == NULL || wanted[p];
    }
    for (int32_t j = 2; j < in->offers_n + 2; j++) {
        begin[j] += begin[j - 1];
    }
    size_t n = (size_t)begin[in->offers_n + 1];
    int32_t most = 0; /* pairs of an offer */
    for (int32_t j = 0; j < in->offers_n; j++) {
        int32_t pairs = begin[j + 2] - begin[j + 1];
        most = pairs > most ? pairs : most;
    }
    g->seen = arena_array(arena, (size_t)most + 1, sizeof(int32_t));
    g->offer_begin = begin;
    g->pairs = arena_array(arena, n, sizeof(*g->pairs));
    g->numbers = arena_array(arena, n, sizeof(int32_t));
    g->most = arena_array(arena, n, sizeof(int32_t));
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (wanted == NULL || wanted[p]) {
            int32_t l = g->pair_line[p];
            int32_t k = begin[in->pair_offer[p] + 1]++;
            g->pairs[k] = (struct lagrange_pair){.line = l,
                .score = in->pair_score[p],
                .use = in->pair_use[p],
                .cost = in->pair_cost[p],
                .link = links_org(g->links, p)};
            g->numbers[k] = p;
            g->most[k] = model_pair_most(in, l, p);
        }
    }
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

/* By the first offer that meets them. */
static void
number_links(struct lagrange *g, struct arena *arena)
{
    size_t links = (size_t)g->links->orgs_n;
    int32_t *number = xmalloc(links * sizeof(*number));
    memset(number, 0xFF, links * sizeof(*number));
    g->link_number = arena_array(arena, links, sizeof(int32_t));
    for (int32_t k = 0; k < g->offer_begin[g->in->offers_n]; k++) {
        int32_t *link = &g->pairs[k].link;
        if (*link >= 0 && number[*link] < 0) {
            number[*link] = g->own_links_n;
            g->link_number[g->own_links_n++] = *link;
        }
        *link = *link >= 0 ? number[*link] : -1;
    }
    free(number);
}

static void
index_links(struct lagrange *g, struct arena *arena)
{
    struct arena own = {0};
    if (g->links->orgs_n == 0) {
        return;
    }
    number_links(g, arena);
    size_t links = (size_t)g->own_links_n;
    const int32_t *weight = counts_partners(g->in, g->links, &own);
    g->link_weight = arena_array(arena, links, sizeof(int32_t));
    g->link_offers = arena_array(arena, links, sizeof(int32_t));
    g->link_last = arena_array(arena, links, sizeof(int32_t));
    g->link_given = arena_alloc(arena, links);
    for (int32_t k = 0; k < g->offer_begin[g->in->offers_n]; k++) {
        if (g->pairs[k].link >= 0) {
            g->link_weight[g->pairs[k].link] = weight[g->numbers[k]];
        }
    }
    arena_release(&own);
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
        .line_rest =
            arena_array(arena, (size_t)in->lines_n, sizeof(*g->line_rest)),
        .gain_begin =
            arena_array(arena, (size_t)in->offers_n + 1, sizeof(int32_t)),
        .offer_prices = arena_array(
            arena, (size_t)in->offers_n, sizeof(struct knapsack_prices)),
        .offer_best = arena_array(
            arena, (size_t)in->offers_n, sizeof(model_wide)),
        .offer_duals = arena_array(
            arena, (size_t)in->offers_n, sizeof(struct knapsack_prices)),
        .slack = zeros(arena, in->offers_n),
        .left_out = arena_alloc(arena, (size_t)in->offers_n + 1),
        .alone = arena_alloc(arena, (size_t)in->lines_n + 1),
        .line_units =
            arena_array(arena, (size_t)in->lines_n, sizeof(int32_t)),
        .need_best = zeros(arena, in->needs_n),
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
    free(g->gains);
    g->uses = NULL;
    g->gains = NULL;
}

void
lagrange_forget(struct lagrange *g)
{
    memset(g->offer_prices, 0,
        (size_t)g->in->offers_n * sizeof(*g->offer_prices));
}
