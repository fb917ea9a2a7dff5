/* test_lagrange.c: no plan is worth more than the bound that the offers'
 * knapsacks give, whatever the prices; nor one that adds to a plan than the
 * bound of the rest. */
#include "tests/unit/unit.h"

#include "optimizer/check/proof.h"
#include "optimizer/solve/ascent.h"
#include "optimizer/solve/certificate.h"
#include "tests/unit/lagrange_trial.h"

static void
lagrange_bound__holds_for_any_prices(void **state)
{
    (void)state;
    int plans = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(300); seed++) {
        struct arena arena = {0};
        struct trial t = {0};
        if (make_trial(&t, seed, &arena)) {
            int64_t best = best_of_all(&t.in);
            plans += best != INT64_MIN;
            for (int round = 0; round < 8; round++) {
                struct random r = {seed * 100 + (uint64_t)round};
                int64_t bound = model_value_e6(
                    lagrange_bound(&t.lagrange, &t.prices));
                if (bound < best) {
                    print_error("seed %d: bound %lld, best %lld\n",
                        (int)seed, (long long)bound, (long long)best);
                }
                assert_true(bound >= best);
                draw_prices(&r, &t.in, &t.prices);
            }
            lagrange_free(&t.lagrange);
        }
        arena_release(&arena);
    }
    assert_true(plans > 150 || !unit_all_rounds());
}

/* A little up or down. */
static void
drift(struct random *r, int64_t *price, int32_t n)
{
    for (int32_t k = 0; k < n; k++) {
        price[k] += price[k] / 100 * random_in(r, -3, 3);
    }
}

/* Pairs that are left out at like prices were in no offer's best. */
static void
lagrange_bound__at_like_prices_is_no_less_than_exact(void **state)
{
    (void)state;
    int left_out = 0, equal = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(2000); seed++) {
        struct arena arena = {0};
        struct trial t = {0};
        struct random r = {seed};
        bool any = make_trial(&t, seed, &arena);
        for (int round = 0; any && round < 6; round++) {
            struct lagrange fresh;
            lagrange_make(&fresh, &t.in, &t.links, t.pair_line, t.least,
                NULL, &arena);
            model_wide exact = lagrange_bound(&fresh, &t.prices);
            model_wide bound = lagrange_bound(&t.lagrange, &t.prices);
            int some = 0;
            for (int32_t j = 0; j < t.in.offers_n; j++) {
                some += t.lagrange.left_out[j];
            }
            assert_true(bound >= exact);
            assert_true(some > 0 || bound == exact);
            left_out += some > 0;
            equal += some > 0 && bound == exact;
            lagrange_free(&fresh);
            drift(&r, t.prices.demand, t.in.lines_n);
            drift(&r, t.prices.partners, t.in.needs_n);
        }
        if (any) {
            lagrange_free(&t.lagrange);
        }
        arena_release(&arena);
    }
    assert_true((left_out > 50 && equal > 30) || !unit_all_rounds());
}

/* Prices of all rows, in 1e-9 but whole 1e-6. */
static void
draw_rows(struct random *r, const struct trial *t, struct prices *rows)
{
    for (int32_t j = 0; j < t->in.offers_n; j++) {
        rows->capacity[j] = random_in(r, 0, 900) * INT64_C(1000000);
        rows->meetings[j] = t->in.offers[j].max_needs > 0
            ? random_in(r, 0, 900) * INT64_C(1000000)
            : 0;
    }
    for (int32_t i = 0; i < t->in.needs_n; i++) {
        rows->budget[i] = t->prices.budget[i] * 1000;
        rows->partners[i] = t->prices.partners[i] * 1000;
    }
    for (int32_t g = 0; g < t->in.floors_n; g++) {
        rows->floor[g] = t->prices.floor[g] * 1000;
    }
    rows->programme = t->prices.programme * 1000;
}

/* Offers planned as a whole never prove less than a price for each row. */
static void
lagrange_bound__is_at_least_as_good_as_prices_of_rows(void **state)
{
    (void)state;
    int better = 0, worse = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(2000); seed++) {
        struct arena arena = {0};
        struct trial t = {0};
        if (make_trial(&t, seed, &arena)) {
            struct random r = {seed * 3};
            struct counts counts;
            struct prices rows;
            counts_make(&counts, &t.in, &t.links, &arena);
            prices_make(&rows, &t.in, &counts, &arena);
            draw_rows(&r, &t, &rows);
            model_wide simple = certificate_bound(&t.in, t.least, &rows);
            for (int32_t l = 0; l < t.in.lines_n; l++) {
                t.prices.demand[l] = rows.demand[l] / 1000;
            }
            model_wide bound = lagrange_bound(&t.lagrange, &t.prices);
            worse += bound > simple + 1000000000; /* prices are rounded */
            better += bound < simple;
            lagrange_free(&t.lagrange);
        }
        arena_release(&arena);
    }
    assert_int_equal(worse, 0);
    assert_true(better > 500 || !unit_all_rounds());
}

/* ... nor what the ascent makes of them, which the checker proves again. */
static void
ascent_run__gets_better_and_holds(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(200); seed++) {
        struct arena arena = {0};
        struct trial t = {0};
        if (make_trial(&t, seed, &arena)) {
            const struct lp_limit limit = {0};
            const struct ascent_options options = {.limit = &limit,
                .rounds = 60, .length = 0.1};
            int64_t best = best_of_all(&t.in);
            model_wide first = lagrange_bound(&t.lagrange, &t.prices);
            model_wide last =
                ascent_run(&t.lagrange, &t.prices, &options);
            int64_t *none =
                arena_array(&arena, 16, sizeof(int64_t));
            const struct proof_prices prices = {.capacity = none,
                .budget = t.prices.budget, .floor = t.prices.floor,
                .programme = t.prices.programme, .demand = t.prices.demand,
                .partners = t.prices.partners};
            assert_true(last <= first);
            assert_true(model_value_e6(last) >= best);
            lagrange_forget(&t.lagrange);
            assert_true(lagrange_bound(&t.lagrange, &t.prices) <= last);
            assert_true(proof_bound(&t.in, &prices) >= best);
            if (t.in.pins_n == 0) {
                assert_true(
                    proof_bound(&t.in, &prices) <= model_value_e6(last));
            }
            lagrange_free(&t.lagrange);
        }
        arena_release(&arena);
    }
}

/* Some pairs get what fits, by chance. */
static void
give_some(struct random *r, struct ledger *ledger)
{
    for (int32_t p = 0; p < ledger->in->pairs_n; p++) {
        int32_t units = random_in(r, 0, BEST_PLAN_MOST);
        if (random_chance(r, 30) && units > ledger->units[p] &&
            ledger_allows(ledger, p, units)) {
            ledger_set(ledger, p, units);
        }
    }
}

/* The rest counts what is given, and no plan beyond it is worth more. */
static void
lagrange_rest__bounds_plans_that_add_to_the_ledgers(void **state)
{
    (void)state;
    int open = 0, closed = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(300); seed++) {
        struct arena arena = {0};
        struct trial t = {0};
        if (make_trial(&t, seed, &arena)) {
            struct random r = {seed};
            struct ledger ledger;
            ledger_init(&ledger, &t.in, &t.links, t.least, &arena);
            model_wide before = lagrange_bound(&t.lagrange, &t.prices);
            lagrange_rest_open(&t.lagrange, &ledger, &arena);
            for (int k = 0; k < 3; k++) {
                int64_t bound = model_value_e6(
                    lagrange_bound(&t.lagrange, &t.prices));
                assert_true(bound >= best_with(&t.in, ledger.units));
                for (int32_t l = 0; l < t.in.lines_n; l++) {
                    assert_true(t.lagrange.line_units[l] >=
                        t.in.lines[l].quantity - ledger.line_left[l]);
                }
                open += t.lagrange.offer_begin[t.in.offers_n] > 0;
                closed += t.lagrange.offer_begin[t.in.offers_n] == 0;
                give_some(&r, &ledger);
                lagrange_rest_update(&t.lagrange);
            }
            lagrange_rest_close(&t.lagrange);
            lagrange_forget(&t.lagrange);
            assert_true(
                lagrange_bound(&t.lagrange, &t.prices) == before);
            lagrange_free(&t.lagrange);
        }
        arena_release(&arena);
    }
    assert_true((open > 100 && closed > 10) || !unit_all_rounds());
}

/* Where nothing fits any more the bound is what the plan is worth, less what
 * its rows leave at their prices. */
static void
lagrange_rest__of_a_full_plan_is_its_worth_at_no_prices(void **state)
{
    (void)state;
    int full = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(300); seed++) {
        struct arena arena = {0};
        struct trial t = {0};
        if (make_trial(&t, seed, &arena)) {
            struct ledger ledger;
            struct lagrange_prices none;
            lagrange_prices_make(&none, &t.in, &arena);
            t.in.floors_n = 0;
            ledger_init(&ledger, &t.in, &t.links, t.least, &arena);
            ledger_fill(&ledger, NULL, 0);
            lagrange_rest_open(&t.lagrange, &ledger, &arena);
            if (t.lagrange.offer_begin[t.in.offers_n] == 0) {
                full++;
                assert_true(lagrange_bound(&t.lagrange, &none) ==
                    model_total(&t.in, ledger.units));
            }
            lagrange_rest_close(&t.lagrange);
            lagrange_free(&t.lagrange);
        }
        arena_release(&arena);
    }
    assert_true(full > 30 || !unit_all_rounds());
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lagrange_bound__holds_for_any_prices),
        cmocka_unit_test(
            lagrange_bound__is_at_least_as_good_as_prices_of_rows),
        cmocka_unit_test(
            lagrange_bound__at_like_prices_is_no_less_than_exact),
        cmocka_unit_test(ascent_run__gets_better_and_holds),
        cmocka_unit_test(lagrange_rest__bounds_plans_that_add_to_the_ledgers),
        cmocka_unit_test(
            lagrange_rest__of_a_full_plan_is_its_worth_at_no_prices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
