/* test_mend.c: regrets are the gap of a plan; a plan that is mended is never
 * worse, mostly better, and keeps every row. */
#include "tests/unit/unit.h"

#include "optimizer/check/check.h"
#include "optimizer/solve/mend.h"
#include "tests/unit/drawn_market.h"
#include "tests/unit/lagrange_trial.h"

static const struct lp_limit no_limit;

struct mending {
    struct arena arena;
    struct random random;
    struct instance in;
    struct links links;
    struct ledger ledger; /* a drawn plan */
    struct concord concord;
};

/* Any prices bound. */
static void
draw_concord(struct mending *t)
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
}

static void
open_trial(struct mending *t, uint64_t seed, int32_t needs, bool shared)
{
    *t = (struct mending){.random = {seed}};
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

static void
regrets__are_the_gap_of_a_plan(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(200); seed++) {
        struct mending t;
        struct regrets regrets;
        model_wide sum = 0;
        open_trial(&t, seed, 8, false);
        draw_concord(&t);
        regrets_open(&regrets, &t.ledger, &t.concord, &t.arena);
        regrets_find(&regrets);
        for (int32_t j = 0; j < t.in.offers_n; j++) {
            assert_true(regrets.offers[j] >= 0);
            sum += regrets.offers[j];
        }
        for (int32_t i = 0; i < t.in.needs_n; i++) {
            assert_true(regrets.needs[i] >= 0);
            sum += regrets.needs[i];
        }
        model_wide gap =
            regrets.bound - model_total(&t.in, t.ledger.units);
        assert_true(gap == sum * 1000000);
        regrets_close(&regrets);
        arena_release(&t.arena);
    }
}

/* The bound with potentials of a market, as the pipeline finds it. */
static void
find_concord(struct mending *t)
{
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

/* What the plan gains; it is checked. */
static model_wide
mended(struct mending *t, const struct lp_limit *limit)
{
    const struct mend_options options = {.limit = limit,
        .concord = &t->concord, .bound = t->concord.bound, .passes = 3,
        .lines = 12, .node_limit = 100};
    struct err err = {0};
    int64_t value;
    model_wide before = model_total(&t->in, t->ledger.units);
    mend_plan(&t->ledger, &options);
    assert_true(check_plan(&t->in, t->ledger.units, &value, &err));
    model_wide total = model_total(&t->in, t->ledger.units);
    assert_int_equal(value, model_value_e6(total));
    assert_true(total <= t->concord.bound);
    return total - before;
}

static void
mend_plan__finds_most_of_what_is_missing(void **state)
{
    (void)state;
    int better = 0, near = 0, rounds = unit_rounds(30);
    for (uint64_t seed = 1; seed <= (uint64_t)rounds; seed++) {
        struct mending t;
        open_trial(&t, seed, 24, true);
        find_concord(&t);
        model_wide gap =
            t.concord.bound - model_total(&t.in, t.ledger.units);
        model_wide gain = mended(&t, &no_limit);
        assert_true(gain >= 0);
        better += gain > 0;
        near += gain > gap / 4 * 3;
        arena_release(&t.arena);
    }
    assert_true((better > 28 && near > 20) || !unit_all_rounds());
}

static void
mend_plan__changes_nothing_when_time_is_up(void **state)
{
    (void)state;
    const volatile sig_atomic_t stop = 1;
    const struct lp_limit over = {.stop = {&stop}};
    struct mending t;
    open_trial(&t, 1, 24, true);
    find_concord(&t);
    assert_true(mended(&t, &over) == 0);
    arena_release(&t.arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regrets__are_the_gap_of_a_plan),
        cmocka_unit_test(mend_plan__finds_most_of_what_is_missing),
        cmocka_unit_test(mend_plan__changes_nothing_when_time_is_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
