/*
 * concord_trial.h: for tests: a drawn market, a plan of it, and a bound with
 * potentials, any or the pipeline's.
 *
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_CONCORD_TRIAL_H
#define TSUNAGARI_CONCORD_TRIAL_H

#include "optimizer/check/check.h"
#include "optimizer/solve/concord.h"
#include "tests/unit/drawn_market.h"
#include "tests/unit/lagrange_trial.h"

struct concord_trial {
    struct arena arena;
    struct random random;
    struct instance in;
    struct links links;
    struct ledger ledger; /* a drawn plan */
    struct concord concord;
};

static inline void
concord_trial_open(
    struct concord_trial *t, uint64_t seed, int32_t needs, bool shared)
{
    *t = (struct concord_trial){.random = {seed}};
    draw_market(&t->random, &t->in, needs, shared, &t->arena);
    for (int32_t j = 0; j < t->in.offers_n; j++) {
        t->in.offers[j].org = j; /* regrets are exact */
    }
    size_t pairs = (size_t)t->in.pairs_n;
    int32_t *units = arena_array(&t->arena, pairs, sizeof(*units));
    links_make(&t->in, &t->arena, &t->links);
    ledger_init(&t->ledger, &t->in, &t->links,
        arena_array(&t->arena, pairs, sizeof(int32_t)), &t->arena);
    draw_plan(&t->random, &t->ledger, units);
}

/* The plan's, which is checked. */
static inline model_wide
concord_trial_total(const struct concord_trial *t)
{
    struct err err = {0};
    int64_t value;
    assert_true(check_plan(&t->in, t->ledger.units, &value, &err));
    model_wide total = model_total(&t->in, t->ledger.units);
    assert_int_equal(value, model_value_e6(total));
    return total;
}

/* All pairs are likely. */
static inline void
concord_trial_like_all(struct concord_trial *t)
{
    for (int32_t p = 0; p < t->in.pairs_n; p++) {
        t->concord.used[p] = 1;
    }
}

/* Any prices bound; all pairs are likely. */
static inline void
concord_trial_draw(struct concord_trial *t)
{
    const struct instance *in = &t->in;
    struct concord *c = &t->concord;
    lagrange_prices_make(&c->prices, in, &t->arena);
    draw_prices(&t->random, in, &c->prices);
    potentials_make(&c->potentials, in, potentials_fit(in, &t->arena), NULL,
        &t->arena);
    for (int32_t k = 0; k < c->potentials.begin[c->potentials.n]; k++) {
        c->potentials.prices[k] =
            random_in(&t->random, -900, 900) * INT64_C(1000001);
    }
    c->used = arena_array(&t->arena, (size_t)in->pairs_n, sizeof(float));
    concord_trial_like_all(t);
}

/* As the pipeline finds it. */
static inline void
concord_trial_find(struct concord_trial *t)
{
    static const struct lp_limit no_limit;
    struct lagrange lagrange;
    struct lagrange_prices none;
    size_t pairs = (size_t)t->in.pairs_n;
    lagrange_make(&lagrange, &t->in, &t->links, t->ledger.pair_line,
        arena_array(&t->arena, pairs, sizeof(int32_t)), NULL, &t->arena);
    lagrange_prices_make(&none, &t->in, &t->arena);
    const struct concord_options options = {
        .prices = &none, .potentials = INT32_MAX, .limit = &no_limit};
    concord_find(&t->concord, &lagrange, &options, &t->arena);
    lagrange_free(&lagrange);
}

#endif
