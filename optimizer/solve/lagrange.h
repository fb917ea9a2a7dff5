/*
 * lagrange.h: a bound from prices of lines, budgets, floors and partners,
 * each offer planned exactly for itself.
 *
 * Meaning   at these prices the rest of the model falls apart into one
 *           knapsack per offer (knapsack.h), which keeps its capacity, its
 *           limit on needs, lots and whole lines as they are:
 *
 *             total(x) <= sum price r * limit r - sum price g * target g
 *                         + sum over offers of the best that each can give
 *
 *           A partner of need i costs price partners[i].  Where one offer of
 *           an organisation gains from that need at these prices it pays all
 *           of it with its first unit; where more do, each unit pays its
 *           share of what the organisation could give (counts.h).
 * Units     prices in 1e-6 milli-points per unit of the row (per whole line
 *           for floors, per partner for partners); the bound in 1e-12.
 * Failure   none but memory; any prices within 0 .. LAGRANGE_PRICE_MAX hold.
 * Lifetime  the arena's, and until lagrange_free().
 */
#ifndef TSUNAGARI_LAGRANGE_H
#define TSUNAGARI_LAGRANGE_H

#include "knapsack_price.h"
#include "ledger.h"
#include "link.h"
#include "optimizer/instance/instance.h"
#include "optimizer/instance/model.h"
#include "potential.h"
#include "solve_glpk.h"

#define LAGRANGE_PRICE_MAX 4000000000000000LL

struct lagrange_prices {
    int64_t *demand;   /* lines_n */
    int64_t *budget;   /* needs_n */
    int64_t *partners; /* needs_n */
    int64_t *floor;    /* floors_n */
    int64_t programme;
};

void lagrange_prices_make(struct lagrange_prices *prices,
    const struct instance *in, struct arena *arena);
void lagrange_prices_copy(struct lagrange_prices *to,
    const struct lagrange_prices *from, const struct instance *in);

struct lagrange {
    const struct instance *in;
    const struct links *links;
    const int32_t *least; /* units that are given in any case */
    const struct ledger *ledger; /* NULL, or the plan that offers add to */
    struct lagrange_given *given; /* ... and what it takes */
    const struct potentials *potentials; /* NULL, or added to the prices */
    /* the pairs that take part, by offer, then by line: what the pass over
     * all of them reads lies side by side (lagrange_gain.c) */
    int32_t *offer_begin;
    struct lagrange_pair {
        int32_t line, score, use, cost, link; /* -1: its partners count not */
    } *pairs;
    int32_t *numbers; /* of those, in the instance */
    int32_t *most;    /* units of those, by model_pair_most(), or of what the
                       * ledger allows beyond its own */
    int32_t *pair_line;
    /* links of needs with organisations as the pairs meet them, which lie
     * together where an offer meets them */
    int32_t own_links_n;
    int32_t *link_number; /* in `links` */
    int32_t *link_weight; /* as in counts.h */
    int32_t *link_offers; /* offers that gain from it */
    int32_t *link_last;   /* ... the last of them */
    uint8_t *link_given;  /* the ledger's plan uses it */
    /* of the last bound */
    int64_t *floor_gain;  /* per line, of a unit */
    int32_t *line_low;    /* per line: pairs of more score may gain */
    struct lagrange_rest {
        int64_t gain, money; /* of a unit beside its score, per yen */
    } *line_rest;
    int32_t *seen; /* the pairs of an offer that may gain */
    struct lagrange_gain {
        int64_t net; /* of a unit, partners not counted */
        int32_t pair, most, line, use, link;
    } *gains; /* pairs that gain, or are given, by offer */
    int32_t *gain_begin, gains_room;
    /* what is left out of the next: pairs that gain less by `slack` than
     * their offer's capacity, and its limit on needs, cost */
    struct knapsack_prices *offer_prices;
    struct knapsack_prices *offer_duals; /* of the last bound, for whoever */
                                         /* wants linear prices */
    int64_t *slack;    /* per offer */
    uint8_t *left_out; /* per offer: some were */
    uint8_t *alone;    /* per line: its need has no other */
    struct knapsack knapsack;
    model_wide *offer_best; /* of the last bound, 1e-6 */
    int64_t *need_best;     /* likewise, of potentials; without any, of none */
    /* what the offers give at the last prices */
    int32_t *line_units;  /* per line */
    int64_t *need_cost;   /* per need, yen */
    double *need_partners; /* per need */
    int64_t programme_cost;
    struct lagrange_use {
        int32_t pair, units;
    } *uses; /* what is given first */
    int32_t uses_n, uses_room;
};

/* Of the ledger's plan. */
struct lagrange_given {
    int32_t uses_n;         /* pairs that have any: the first uses */
    model_wide score;       /* of them, 1e-6 */
    int32_t *line_units;    /* what they take, as below */
    int64_t *need_cost;
    double *need_partners;
    int64_t programme_cost;
    /* to be given back */
    int32_t *offer_begin, *numbers, *most;
    struct lagrange_pair *all;
};

/*
 * wanted: NULL, or 1 per pair that offers may use: quick, but then the bound
 * is none of the whole.
 */
void lagrange_make(struct lagrange *lagrange, const struct instance *in,
    const struct links *links, const int32_t *pair_line,
    const int32_t *least, const uint8_t *wanted, struct arena *arena);
void lagrange_free(struct lagrange *lagrange);

/* Never less than the best; at like prices as before it takes less time. */
model_wide lagrange_bound(struct lagrange *lagrange,
    const struct lagrange_prices *prices);

/*
 * From now on, until close, what the ledger holds is given: its units count,
 * and of the pairs only those take part that can still get more.  It may only
 * grow in between, with an update each time.
 */
void lagrange_rest_open(struct lagrange *lagrange,
    const struct ledger *ledger, struct arena *arena);
void lagrange_rest_update(struct lagrange *lagrange);
void lagrange_rest_close(struct lagrange *lagrange);

/* Use n of the list. */
void lagrange_note_use(
    struct lagrange *lagrange, int32_t n, int32_t pair, int32_t units);

/* The next bound looks at every pair: each offer's best is exact. */
void lagrange_forget(struct lagrange *lagrange);

/* What floors add to a unit of each line: lines_n. */
void lagrange_floor_gains(const struct instance *in,
    const struct lagrange_prices *prices, int64_t *gain);

/* A unit's gain net of all prices; of the last bound's floors. */
static inline model_wide
lagrange_net(const struct lagrange *lagrange,
    const struct lagrange_prices *prices, int32_t p)
{
    const struct instance *in = lagrange->in;
    int32_t l = lagrange->pair_line[p];
    model_wide net = (model_wide)in->pair_score[p] * 1000000 +
        lagrange->floor_gain[l] - prices->demand[l];
    if (in->pair_cost[p] > 0) {
        net -= ((model_wide)prices->budget[in->lines[l].need] +
                   prices->programme) *
            in->pair_cost[p];
    }
    return net;
}

#endif
