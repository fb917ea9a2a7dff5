/* soft.c: all offers, needs and rows; soft_vector.c has the rest (soft.h). */
#include "soft.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "counts.h"
#include "soft_block.h"

#define PREMIUM 1000 /* times what a unit scores: beyond all prices */

static void
add_beside(struct soft *s, int32_t l, int32_t p)
{
    int32_t at = s->pairs_n++;
    s->pairs[at] = p;
    s->lines[at] = l;
    s->low[at] = model_pair_least(s->in, l, p);
    s->high[at] = model_pair_most(s->in, l, p);
}

static void
list_pairs(struct soft *s, const uint8_t *near, struct arena *arena)
{
    const struct instance *in = s->in;
    const struct potentials *t = s->potentials;
    size_t n = (size_t)t->n;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        n += near[p];
    }
    s->pairs = arena_array(arena, n, sizeof(int32_t));
    s->lines = arena_array(arena, n, sizeof(int32_t));
    s->low = arena_array(arena, n, sizeof(int32_t));
    s->high = arena_array(arena, n, sizeof(int32_t));
    for (int32_t k = 0; k < t->n; k++, s->pairs_n++) {
        s->pairs[k] = t->pairs[k];
        s->lines[k] = t->lines[k];
        s->low[k] = t->low[k];
        s->high[k] = t->high[k];
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (near[p] && t->of_pair[p] < 0) {
                add_beside(s, l, p);
            }
        }
    }
}

/* By need, then by offer: a need's stay together. */
static void
sort_by_offer(struct soft *s, struct arena *arena)
{
    const struct instance *in = s->in;
    struct arena own = {0};
    size_t n = (size_t)s->pairs_n, offers = (size_t)in->offers_n;
    int32_t *begin = arena_array(arena, offers + 2, sizeof(int32_t));
    int32_t *needs =
        arena_array(&own, (size_t)in->needs_n + 2, sizeof(int32_t));
    int32_t *by_need = arena_array(&own, n, sizeof(int32_t));
    s->by_offer = arena_array(arena, n, sizeof(int32_t));
    for (size_t k = 0; k < n; k++) {
        needs[in->lines[s->lines[k]].need + 2]++;
        begin[in->pair_offer[s->pairs[k]] + 2]++;
    }
    for (int32_t i = 2; i < in->needs_n + 2; i++) {
        needs[i] += needs[i - 1];
    }
    for (size_t j = 2; j < offers + 2; j++) {
        begin[j] += begin[j - 1];
    }
    for (size_t k = 0; k < n; k++) {
        by_need[needs[in->lines[s->lines[k]].need + 1]++] = (int32_t)k;
    }
    for (size_t k = 0; k < n; k++) {
        int32_t j = in->pair_offer[s->pairs[by_need[k]]];
        s->by_offer[begin[j + 1]++] = by_need[k];
    }
    s->offer_begin = begin;
    arena_release(&own);
}

/* Who shares an organisation's price of a partner pays it by the unit. */
static void
share_partners(struct soft *s, const struct links *links,
    const int32_t *partner_weight)
{
    int32_t *first = xcalloc((size_t)links->orgs_n + 1, sizeof(*first));
    uint8_t *several = xcalloc((size_t)links->orgs_n + 1, 1);
    for (int32_t k = 0; k < s->pairs_n; k++) {
        int32_t link = links_org(links, s->pairs[k]);
        int32_t offer = s->in->pair_offer[s->pairs[k]] + 1;
        if (link >= 0) {
            several[link] |= first[link] != 0 && first[link] != offer;
            first[link] = offer;
        }
    }
    for (int32_t k = 0; k < s->pairs_n; k++) {
        int32_t link = links_org(links, s->pairs[k]);
        s->share[k] = link < 0 ? 0
            : several[link]    ? partner_weight[s->pairs[k]] / 1e6
                               : -1;
    }
    free(first);
    free(several);
}

void
soft_make(struct soft *s, const struct lagrange *g,
    const struct potentials *t, const uint8_t *near, struct arena *arena)
{
    const struct instance *in = g->in;
    size_t lines = (size_t)in->lines_n, needs = (size_t)in->needs_n;
    *s = (struct soft){.in = in, .potentials = t,
        .worth = arena_array(arena, (size_t)in->offers_n, sizeof(double)),
        .line_gain = arena_array(arena, lines, sizeof(double)),
        .line_units = arena_array(arena, lines, sizeof(double)),
        .need_cost = arena_array(arena, needs, sizeof(double)),
        .need_partners = arena_array(arena, needs, sizeof(double))};
    s->demand = t->begin[t->n];
    s->budget = s->demand + in->lines_n;
    s->partners = s->budget + in->needs_n;
    s->floor = s->partners + in->needs_n;
    s->programme = s->floor + in->floors_n;
    s->n = s->programme + 1;
    list_pairs(s, near, arena);
    s->share = arena_array(arena, (size_t)s->pairs_n, sizeof(double));
    s->gain = arena_array(arena, (size_t)s->pairs_n, sizeof(double));
    s->used = arena_array(arena, (size_t)s->pairs_n, sizeof(double));
    sort_by_offer(s, arena);
    s->gaining = arena_array(arena, (size_t)s->pairs_n, sizeof(int32_t));
    const int32_t *weights = g->links->orgs_n > 0
        ? counts_partners(in, g->links, arena)
        : NULL;
    share_partners(s, g->links, weights);
}

void
soft_settle(struct soft *s, const struct ledger *ledger, struct arena *arena)
{
    double dearest = 0;
    s->settled = arena_alloc(arena, (size_t)s->pairs_n + 1);
    for (int32_t k = 0; k < s->pairs_n; k++) {
        int32_t p = s->pairs[k], most = ledger_most(ledger, p);
        double score = s->in->pair_score[p];
        dearest = score > dearest ? score : dearest;
        s->settled[k] = ledger->units[p] > 0;
        if (s->settled[k]) {
            s->low[k] = s->high[k] = ledger->units[p];
        } else if (most < s->high[k]) {
            s->high[k] = most < s->low[k] ? s->low[k] - 1 : most;
        }
    }
    s->premium = PREMIUM * (dearest + PREMIUM);
}

void
soft_free(struct soft *s)
{
    soft_chain_free(&s->chain);
}

static double
limit_of_floor(const struct instance_floor *floor)
{
    return -(double)model_floor_target(floor) / (double)MODEL_E12;
}

static void
find_gains(struct soft *s)
{
    const struct instance *in = s->in;
    const double *x = s->x;
    memset(s->line_gain, 0, (size_t)in->lines_n * sizeof(double));
    for (int32_t f = 0; f < in->floors_n; f++) {
        for (int32_t k = in->floors[f].member_begin;
             k < in->floors[f].member_end; k++) {
            int32_t l = in->floor_lines[k];
            s->line_gain[l] += x[s->floor + f] / in->lines[l].quantity;
        }
    }
    for (int32_t k = 0; k < s->pairs_n; k++) {
        int32_t p = s->pairs[k], l = s->lines[k], i = in->lines[l].need;
        s->gain[k] = in->pair_score[p] + s->line_gain[l] -
            x[s->demand + l] -
            (x[s->budget + i] + x[s->programme]) * in->pair_cost[p] -
            (s->share[k] > 0 ? s->share[k] * x[s->partners + i] : 0);
    }
}

/* A row's limit and what is expected of it, where it has one. */
static double
row(struct soft *s, int32_t at, double limit, double use)
{
    s->gradient[at] = limit - use;
    return s->x[at] * limit;
}

static double
rows(struct soft *s)
{
    const struct instance *in = s->in;
    double sum = 0, cost = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        sum += row(
            s, s->demand + l, in->lines[l].quantity, s->line_units[l]);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        const struct instance_need *need = &in->needs[i];
        cost += s->need_cost[i];
        if (need->budget_yen != INSTANCE_NO_LIMIT) {
            sum += row(s, s->budget + i, (double)need->budget_yen,
                s->need_cost[i]);
        }
        if (need->max_partners > 0) {
            sum += row(s, s->partners + i, need->max_partners,
                s->need_partners[i]);
        }
    }
    for (int32_t f = 0; f < in->floors_n; f++) {
        double use = 0;
        for (int32_t k = in->floors[f].member_begin;
             k < in->floors[f].member_end; k++) {
            int32_t l = in->floor_lines[k];
            use -= s->line_units[l] / in->lines[l].quantity;
        }
        sum += row(s, s->floor + f, limit_of_floor(&in->floors[f]), use);
    }
    if (in->programme_budget_yen != INSTANCE_NO_LIMIT) {
        sum += row(
            s, s->programme, (double)in->programme_budget_yen, cost);
    }
    return sum;
}

static double
offers(struct soft *s, const double *x, double *gradient)
{
    const struct instance *in = s->in;
    double sum = 0;
    s->x = x;
    s->gradient = gradient;
    memset(gradient, 0, (size_t)s->n * sizeof(double));
    memset(s->line_units, 0, (size_t)in->lines_n * sizeof(double));
    memset(s->need_cost, 0, (size_t)in->needs_n * sizeof(double));
    memset(s->need_partners, 0, (size_t)in->needs_n * sizeof(double));
    memset(s->used, 0, (size_t)s->pairs_n * sizeof(double));
    find_gains(s);
    for (int32_t j = 0; j < in->offers_n; j++) {
        sum += soft_offer(s, j);
    }
    return sum;
}

double
soft_value(void *data, const double *x, double *gradient)
{
    struct soft *s = data;
    double sum = offers(s, x, gradient);
    for (int32_t i = 0; i < s->in->needs_n; i++) {
        sum += soft_need(s, i);
    }
    return sum + rows(s);
}

void
soft_expect(struct soft *s, const double *x, double *gradient)
{
    offers(s, x, gradient);
}
