/*
 * lagrange_trial.h: for tests: a small random instance with its Lagrangian,
 * and prices of its rows, drawn.
 *
 * Lifetime  the arena's; lagrange_free().
 */
#ifndef TSUNAGARI_LAGRANGE_TRIAL_H
#define TSUNAGARI_LAGRANGE_TRIAL_H

#include "optimizer/solve/lagrange.h"
#include "optimizer/solve/potential.h"
#include "tests/unit/best_plan.h"
#include "tests/unit/random_instance.h"

enum { PAIRS = 6 };

/* Rows without a limit have no price (lagrange.h has the limit times it). */
static inline void
draw_prices(struct random *r, const struct instance *in,
    struct lagrange_prices *prices)
{
    for (int32_t l = 0; l < in->lines_n; l++) {
        prices->demand[l] = random_in(r, 0, 1500) * INT64_C(333333);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        bool limit = in->needs[i].budget_yen != INSTANCE_NO_LIMIT;
        prices->budget[i] =
            limit ? random_in(r, 0, 200) * INT64_C(333333) : 0;
        limit = in->needs[i].max_partners > 0;
        prices->partners[i] =
            limit ? random_in(r, 0, 3000) * INT64_C(333333) : 0;
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        prices->floor[g] = random_in(r, 0, 1000) *
            (int64_t)in->floors[g].price * 1000;
    }
    prices->programme = in->programme_budget_yen == INSTANCE_NO_LIMIT
        ? 0
        : random_in(r, 0, 100) * INT64_C(333333);
}

struct trial {
    struct instance in;
    struct links links;
    struct lagrange lagrange;
    struct lagrange_prices prices;
    struct potentials potentials; /* none, unless a test makes them */
    int32_t pair_line[16], least[16];
};

/* False: no plan at all.  The uncovered price goes into the score. */
static inline bool
make_trial(struct trial *t, uint64_t seed, struct arena *arena)
{
    struct random r = {seed};
    struct err err = {0};
    struct instance *in = &t->in;
    random_instance(&r, in, seed % 8 == 0 ? PAIRS : 5, arena);
    if (!model_least_plan(in, t->least, &err)) {
        return false;
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        in->lines[l].uncovered_price = 0;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            t->pair_line[p] = l;
        }
    }
    links_make(in, arena, &t->links);
    lagrange_make(
        &t->lagrange, in, &t->links, t->pair_line, t->least, NULL, arena);
    lagrange_prices_make(&t->prices, in, arena);
    draw_prices(&r, in, &t->prices);
    return true;
}

/* Of some of the pairs whose offers have no pins. */
static inline void
draw_potentials(struct random *r, struct trial *t, struct arena *arena)
{
    const struct instance *in = &t->in;
    uint8_t wanted[16], careful[16];
    assert_true(in->needs_n <= 16);
    for (int32_t i = 0; i < in->needs_n; i++) {
        careful[i] = random_chance(r, 60);
    }
    const uint8_t *fit = potentials_fit(in, arena);
    for (int32_t p = 0; p < in->pairs_n; p++) {
        wanted[p] = fit[p] && random_chance(r, 70);
        for (int32_t k = 0; k < in->pins_n; k++) {
            wanted[p] &= in->pair_offer[in->pins[k].pair] !=
                in->pair_offer[p];
        }
    }
    potentials_make(&t->potentials, in, wanted, careful, arena);
    for (int32_t k = 0; k < t->potentials.begin[t->potentials.n]; k++) {
        t->potentials.prices[k] =
            random_in(r, -2000, 2000) * INT64_C(1000001);
    }
}

/* Likewise, with potentials. */
static inline bool
make_agreed(struct trial *t, uint64_t seed, struct arena *arena)
{
    struct random r = {seed * 1000003};
    if (!make_trial(t, seed, arena)) {
        return false;
    }
    draw_potentials(&r, t, arena);
    return true;
}

#endif
