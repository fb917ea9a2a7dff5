/* dual.c: selection, subgradient rounds, more pairs where they pay. */
#include "dual.h"

#include <stdlib.h>
#include <string.h>

enum {
    SELECT_BEST = 16, /* pairs per line, by gain */
    SELECT_FREE = 6,  /* and without cost */
    ADD_MOST = 3      /* per line and scan */
};

static bool
is_selected(const struct dual *d, int32_t p)
{
    return d->selected[p / 8] >> (p % 8) & 1;
}

static void
select_pair(struct dual *d, int32_t l, int32_t p)
{
    if (!is_selected(d, p)) {
        d->selected[p / 8] |= (uint8_t)(1 << (p % 8));
        d->arc_pair[d->arcs_n++] = p; /* arcs are numbered alike */
        netflow_add(d->flow, l, d->in->pair_offer[p]);
    }
}

/* The n best of a line by net gain, by repeated insertion. */
struct best {
    int64_t gain[SELECT_BEST];
    int32_t pair[SELECT_BEST];
    int n, cap;
};

static void
best_add(struct best *b, int64_t gain, int32_t pair)
{
    if (b->n == b->cap && gain <= b->gain[b->n - 1]) {
        return;
    }
    int k = b->n < b->cap ? b->n++ : b->n - 1;
    for (; k > 0 && b->gain[k - 1] < gain; k--) {
        b->gain[k] = b->gain[k - 1];
        b->pair[k] = b->pair[k - 1];
    }
    b->gain[k] = gain;
    b->pair[k] = pair;
}

static void
select_start(struct dual *d)
{
    const struct instance *in = d->in;
    for (int32_t l = 0; l < in->lines_n; l++) {
        struct best all = {.cap = SELECT_BEST}, free_ = {.cap = SELECT_FREE};
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (model_pair_most(in, l, p) == 0) {
                continue;
            }
            best_add(&all, in->pair_score[p], p);
            if (in->pair_cost[p] == 0) {
                best_add(&free_, in->pair_score[p], p);
            }
        }
        for (int k = 0; k < all.n; k++) {
            select_pair(d, l, all.pair[k]);
        }
        for (int k = 0; k < free_.n; k++) {
            select_pair(d, l, free_.pair[k]);
        }
    }
}

/* The transport that is left when the least plan has its part. */
static void
make_flow(struct dual *d)
{
    const struct instance *in = d->in;
    size_t lines = (size_t)in->lines_n, offers = (size_t)in->offers_n;
    int32_t *quantity = xmalloc(lines * sizeof(int32_t));
    int32_t *capacity = xmalloc(offers * sizeof(int32_t));
    int32_t *use = xcalloc(offers, sizeof(int32_t));
    for (size_t j = 0; j < offers; j++) {
        capacity[j] = in->offers[j].capacity;
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        quantity[l] = in->lines[l].quantity;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int32_t j = in->pair_offer[p], a = in->pair_use[p];
            quantity[l] -= d->least[p];
            capacity[j] -= a * d->least[p];
            use[j] = use[j] == 0 || a < use[j] ? a : use[j];
        }
    }
    for (size_t j = 0; j < offers; j++) {
        capacity[j] /= use[j] > 0 ? use[j] : 1;
    }
    d->flow =
        netflow_new(in->lines_n, quantity, in->offers_n, capacity);
    free(quantity);
    free(capacity);
    free(use);
}

void
dual_make(struct dual *d, const struct instance *in,
    const struct counts *counts, const int32_t *least, struct arena *arena)
{
    size_t pairs = (size_t)in->pairs_n;
    *d = (struct dual){.in = in, .least = least,
        .selected = arena_alloc(arena, pairs / 8 + 1),
        .arc_pair = xcalloc(pairs, sizeof(int32_t))};
    prices_make(&d->prices, in, counts, arena);
    prices_make(&d->best, in, counts, arena);
    make_flow(d);
    select_start(d);
    d->bound = certificate_bound(in, least, &d->best);
}

void
dual_free(struct dual *d)
{
    netflow_free(d->flow);
    free(d->line_floor);
    free(d->arc_pair);
    d->flow = NULL;
    d->arc_pair = NULL;
    d->line_floor = NULL;
}

void
dual_start(struct dual *d, const struct prices *prices)
{
    prices_copy(&d->prices, prices, d->in);
    model_wide bound = certificate_bound(d->in, d->least, &d->prices);
    if (bound < d->bound) {
        d->bound = bound;
        prices_copy(&d->best, &d->prices, d->in);
    }
}

static int64_t
flow_gain(const struct dual *d, int32_t l, int32_t p)
{
    /* the transport has capacities of its own */
    model_wide net =
        prices_net(d->in, &d->prices, d->line_floor[l], l, p) +
        (model_wide)d->prices.capacity[d->in->pair_offer[p]] *
            d->in->pair_use[p];
    return (int64_t)(net / 1000000); /* 1e-3 */
}

static void
solve_flow(struct dual *d)
{
    free(d->line_floor);
    d->line_floor = prices_floor_gains(d->in, &d->prices);
    for (int32_t a = 0; a < d->arcs_n; a++) {
        int32_t p = d->arc_pair[a];
        netflow_gain(d->flow, a, flow_gain(d, netflow_line(d->flow, a), p));
    }
    netflow_solve(d->flow);
    for (int32_t j = 0; j < d->in->offers_n; j++) {
        int64_t price = netflow_offer_price(d->flow, j);
        d->prices.capacity[j] = price > 0 ? price * 1000000 : 0;
    }
}

/* How much each row is overused (> 0) by the flow, scaled; its norm. */
struct slope {
    double *budget, *floor, programme;
    double *budget_scale, programme_scale;
    double *partners, *meetings; /* in whole counts */
    double square;
};

static void
make_slope(const struct dual *d, struct slope *s)
{
    const struct instance *in = d->in;
    s->programme = -(double)in->programme_budget_yen;
    for (int32_t i = 0; i < in->needs_n; i++) {
        s->budget[i] = -(double)in->needs[i].budget_yen;
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        s->floor[g] =
            (double)model_floor_target(&in->floors[g]) / (double)MODEL_E12;
    }
    const struct counts *counts = d->prices.counts;
    for (int32_t i = 0; i < in->needs_n; i++) {
        s->partners[i] = -(double)in->needs[i].max_partners;
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        s->meetings[j] = -(double)in->offers[j].max_needs;
    } /* no limit: no weight, and the slope stays 0 */
    double *given = xcalloc((size_t)in->lines_n, sizeof(*given));
    for (int32_t a = 0; a < d->arcs_n; a++) {
        int32_t p = d->arc_pair[a], l = netflow_line(d->flow, a);
        double x = (double)netflow_units(d->flow, a) + d->least[p];
        if (x > 0) {
            s->budget[in->lines[l].need] += x * in->pair_cost[p];
            s->programme += x * in->pair_cost[p];
            given[l] += x / in->lines[l].quantity;
            s->partners[in->lines[l].need] +=
                x * counts->partner_weight[p] / 1e6;
            s->meetings[in->pair_offer[p]] +=
                x * counts->meeting_weight[p] / 1e6;
        }
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        for (int32_t k = in->floors[g].member_begin;
             k < in->floors[g].member_end; k++) {
            s->floor[g] -= given[in->floor_lines[k]];
        }
    }
    free(given);
}

static void
settle(struct slope *s, double *over, const int64_t *price, int32_t n)
{
    for (int32_t k = 0; k < n; k++) {
        if (price[k] == 0 && over[k] < 0) {
            over[k] = 0;
        }
        s->square += over[k] * over[k];
    }
}

/* Rows with no limit, and rows that stay slack at price 0, do not pull. */
static void
settle_slope(const struct dual *d, struct slope *s)
{
    const struct instance *in = d->in;
    s->square = 0;
    for (int32_t i = 0; i < in->needs_n; i++) {
        bool none = in->needs[i].budget_yen == INSTANCE_NO_LIMIT;
        if (none || (d->prices.budget[i] == 0 && s->budget[i] < 0)) {
            s->budget[i] = 0;
        }
        s->budget[i] /= s->budget_scale[i];
        s->square += s->budget[i] * s->budget[i];
    }
    if (in->programme_budget_yen == INSTANCE_NO_LIMIT ||
        (d->prices.programme == 0 && s->programme < 0)) {
        s->programme = 0;
    }
    s->programme /= s->programme_scale;
    s->square += s->programme * s->programme;
    settle(s, s->floor, d->prices.floor, in->floors_n);
    settle(s, s->partners, d->prices.partners, in->needs_n);
    settle(s, s->meetings, d->prices.meetings, in->offers_n);
}

static void
move(int64_t *price, double step, int64_t most)
{
    double to = (double)*price + step;
    *price = to <= 0 ? 0 : to >= (double)most ? most : (int64_t)to;
}

static void
take_step(struct dual *d, const struct slope *s, double length)
{
    const struct instance *in = d->in;
    const int64_t most = 1000000000000000000LL;
    for (int32_t i = 0; i < in->needs_n; i++) {
        move(&d->prices.budget[i],
            length * s->budget[i] / s->budget_scale[i], most);
    }
    move(&d->prices.programme, length * s->programme / s->programme_scale,
        most);
    for (int32_t g = 0; g < in->floors_n; g++) {
        move(&d->prices.floor[g], length * s->floor[g],
            (int64_t)in->floors[g].price * 1000000000);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        move(&d->prices.partners[i], length * s->partners[i],
            in->needs[i].max_partners > 0 ? most : 0);
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        move(&d->prices.meetings[j], length * s->meetings[j],
            in->offers[j].max_needs > 0 ? most : 0);
    }
}

/* Pairs outside of the selection that would enter at these prices. */
static int32_t
select_more(struct dual *d)
{
    const struct instance *in = d->in;
    int32_t before = d->arcs_n;
    for (int32_t l = 0; l < in->lines_n; l++) {
        struct best b = {.cap = ADD_MOST};
        int64_t line = netflow_line_price(d->flow, l);
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int32_t j = in->pair_offer[p];
            if (is_selected(d, p)) {
                continue;
            }
            int64_t net = flow_gain(d, l, p) - line -
                netflow_offer_price(d->flow, j);
            if (net > 0 && model_pair_most(in, l, p) > 0) {
                best_add(&b, net, p);
            }
        }
        for (int k = 0; k < b.n; k++) {
            select_pair(d, l, b.pair[k]);
        }
    }
    return d->arcs_n - before;
}

static void
make_scales(const struct dual *d, struct slope *s)
{
    const struct instance *in = d->in;
    double sum = 0, count = 0;
    for (int32_t i = 0; i < in->needs_n; i++) {
        s->budget_scale[i] = 1;
    }
    for (int32_t a = 0; a < d->arcs_n; a++) {
        int32_t p = d->arc_pair[a], l = netflow_line(d->flow, a);
        double cost = in->pair_cost[p];
        double *scale = &s->budget_scale[in->lines[l].need];
        *scale = cost > *scale ? cost : *scale;
        sum += cost;
        count += cost > 0;
    }
    s->programme_scale = count > 0 ? sum / count : 1;
    s->programme_scale *= 30; /* one price that all lines answer to */
}

void
dual_ascend(struct dual *d, int rounds, model_wide target,
    const struct lp_limit *limit)
{
    const struct instance *in = d->in;
    struct arena own = {0};
    struct slope s = {
        .budget = arena_array(&own, (size_t)in->needs_n, sizeof(double)),
        .budget_scale =
            arena_array(&own, (size_t)in->needs_n, sizeof(double)),
        .floor = arena_array(&own, (size_t)in->floors_n, sizeof(double)),
        .partners = arena_array(&own, (size_t)in->needs_n, sizeof(double)),
        .meetings =
            arena_array(&own, (size_t)in->offers_n, sizeof(double))};
    make_scales(d, &s);
    double theta = 1;
    int idle = 0;
    for (int k = 0; k < rounds && !lp_limit_reached(limit); k++) {
        solve_flow(d);
        if (k % 8 == 7 || k + 1 == rounds) {
            select_more(d);
        }
        model_wide bound = certificate_bound(in, d->least, &d->prices);
        idle = bound < d->bound ? 0 : idle + 1;
        if (bound < d->bound) {
            d->bound = bound;
            prices_copy(&d->best, &d->prices, in);
        }
        if (idle == 3) {
            idle = 0;
            theta /= 2;
        }
        make_slope(d, &s);
        settle_slope(d, &s);
        if (s.square == 0 || k + 1 == rounds) {
            break; /* no row is overused: the flow is a relaxed optimum */
        }
        take_step(d, &s,
            theta * (double)(bound - target) / 1000 / s.square);
    }
    prices_copy(&d->prices, &d->best, in);
    solve_flow(d);
    while (select_more(d) > in->lines_n / 100 && !lp_limit_reached(limit)) {
        solve_flow(d);
    }
    solve_flow(d);
    arena_release(&own);
}
