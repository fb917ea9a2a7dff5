/* test_proof.c: optimizer/check/proof.c: no plan is worth more than the bound,
 * whatever the prices. */
#include "tests/unit/unit.h"

#include "optimizer/check/proof.h"
#include "optimizer/solve/solve.h"
#include "tests/unit/best_plan.h"
#include "tests/unit/random_instance.h"

enum { PAIRS = BEST_PLAN_PAIRS };

static struct proof_prices
no_prices(const struct instance *in, struct arena *arena)
{
    return (struct proof_prices){
        .capacity =
            arena_array(arena, (size_t)in->offers_n, sizeof(int64_t)),
        .budget = arena_array(arena, (size_t)in->needs_n, sizeof(int64_t)),
        .floor = arena_array(arena, (size_t)in->floors_n, sizeof(int64_t)),
        .demand = arena_array(arena, (size_t)in->lines_n, sizeof(int64_t)),
        .partners =
            arena_array(arena, (size_t)in->needs_n, sizeof(int64_t))};
}

/* Also below 0 and absurd. */
static int64_t
draw(struct random *r)
{
    int32_t sort = random_in(r, 0, 9);
    int64_t price = random_in(r, -100, 1500) * INT64_C(333333);
    return sort == 0 ? INT64_MAX : sort == 1 ? INT64_MIN : price;
}

static void
draw_all(struct random *r, int64_t *prices, int32_t n)
{
    for (int32_t k = 0; k < n; k++) {
        prices[k] = draw(r);
    }
}

static void
proof_bound__holds_for_any_prices(void **state)
{
    (void)state;
    int plans = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(300); seed++) {
        struct arena arena = {0};
        struct instance in;
        struct random r = {seed};
        random_instance(&r, &in, seed % 8 == 0 ? PAIRS : 5, &arena);
        int64_t best = best_of_all(&in);
        plans += best != INT64_MIN;
        for (int round = 0; best != INT64_MIN && round < 8; round++) {
            struct proof_prices prices = no_prices(&in, &arena);
            if (round > 0) {
                draw_all(&r, prices.capacity, in.offers_n);
                draw_all(&r, prices.budget, in.needs_n);
                draw_all(&r, prices.floor, in.floors_n);
                prices.programme = draw(&r);
                draw_all(&r, prices.demand, in.lines_n);
                draw_all(&r, prices.partners, in.needs_n);
            }
            int64_t bound = proof_bound(&in, &prices);
            if (bound < best) {
                print_error("seed %d: bound %lld, best %lld\n", (int)seed,
                    (long long)bound, (long long)best);
            }
            assert_true(bound >= best);
        }
        arena_release(&arena);
    }
    assert_true(plans > 150 || !unit_all_rounds());
}

/* Without 0/1 rows the relaxation is near: the solver's own prices close it
 * in most cases, and never pass below the best plan. */
static void
proof_bound__is_tight_with_the_solvers_prices(void **state)
{
    (void)state;
    const struct solve_options options = {.processes = -1};
    int tight = 0, all = unit_rounds(200);
    for (uint64_t seed = 1; seed <= (uint64_t)all; seed++) {
        struct arena arena = {0};
        struct instance in;
        struct random r = {seed};
        struct solve_result result;
        struct err err = {0};
        random_instance(&r, &in, 12, &arena);
        in.pins_n = 0;
        in.floors_n = 0;
        in.programme_budget_yen = INSTANCE_NO_LIMIT;
        for (int32_t i = 0; i < in.needs_n; i++) {
            in.needs[i].max_partners = 0;
            in.needs[i].budget_yen = INSTANCE_NO_LIMIT;
        }
        for (int32_t j = 0; j < in.offers_n; j++) {
            in.offers[j].max_needs = in.offers[j].min_lot = 0;
        }
        for (int32_t l = 0; l < in.lines_n; l++) {
            in.lines[l].indivisible = 0;
        }
        for (int32_t p = 0; p < in.pairs_n; p++) {
            in.pair_use[p] = 1; /* transport: the relaxation is integral */
        }
        assert_true(solve(&in, &options, &arena, &result, &err));
        struct proof_prices prices = {.capacity = result.capacity_price,
            .budget = result.budget_price, .floor = result.floor_price,
            .programme = result.programme_price,
            .demand = result.demand_price,
            .partners = result.partners_price};
        int64_t bound = proof_bound(&in, &prices);
        assert_true(bound >= result.value_e6);
        tight += bound == result.value_e6;
        arena_release(&arena);
    }
    assert_int_equal(tight, all);
}

static void
proof_gap__is_rounded_up_and_closed_at_nought(void **state)
{
    (void)state;
    assert_int_equal(proof_gap_ppm(1000000, 1000000), 0);
    assert_int_equal(proof_gap_ppm(1000000, 999999), 0);
    assert_int_equal(proof_gap_ppm(1000000, 1000001), 1);
    assert_int_equal(proof_gap_ppm(10000000, 10000001), 1);
    assert_int_equal(proof_gap_ppm(-4, -2), 500000);
    assert_int_equal(proof_gap_ppm(0, 2), 2000000);
    assert_int_equal(proof_gap_ppm(INT64_MIN, INT64_MAX), 2000000);
    assert_int_equal(proof_gap_ppm(0, INT64_MAX), INT64_MAX);
}

/* Two organisations with 2 units each for a line of 4, one of which may
 * help: no price is needed to see that only 2 units can be had. */
static void
proof_bound__knows_the_limit_on_partners(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct instance_need need = {.budget_yen = INSTANCE_NO_LIMIT,
        .max_partners = 1};
    struct instance_line line = {.quantity = 4};
    struct instance_offer offers[] = {{.capacity = 2, .org = 0},
        {.capacity = 2, .org = 1}};
    int32_t begin[] = {0, 2}, offer[] = {0, 1}, score[] = {500, 400},
            cost[] = {0, 0}, use[] = {1, 1};
    struct instance in = {.needs_n = 1, .lines_n = 1, .offers_n = 2,
        .orgs_n = 2, .pairs_n = 2, .needs = &need, .lines = &line,
        .offers = offers, .pair_begin = begin, .pair_offer = offer,
        .pair_score = score, .pair_cost = cost, .pair_use = use,
        .programme_budget_yen = INSTANCE_NO_LIMIT};
    struct proof_prices prices = no_prices(&in, &arena);
    assert_int_equal(proof_bound(&in, &prices), 1000 * 1000000LL);
    need.max_partners = 2;
    assert_int_equal(proof_bound(&in, &prices), 1800 * 1000000LL);
    need.max_partners = 1;
    offers[1].org = 0;
    assert_int_equal(proof_bound(&in, &prices), 1800 * 1000000LL);
    arena_release(&arena);
}

/* One offer for one of two needs: no price is needed to see that either. */
static void
proof_bound__knows_the_limit_on_needs(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct instance_need needs[] = {{.budget_yen = INSTANCE_NO_LIMIT},
        {.budget_yen = INSTANCE_NO_LIMIT}};
    struct instance_line lines[] = {{.need = 0, .quantity = 2},
        {.need = 1, .quantity = 2}};
    struct instance_offer offer = {.capacity = 4, .max_needs = 1};
    int32_t begin[] = {0, 1, 2}, of[] = {0, 0}, score[] = {500, 400},
            cost[] = {0, 0}, use[] = {1, 1};
    struct instance in = {.needs_n = 2, .lines_n = 2, .offers_n = 1,
        .orgs_n = 1, .pairs_n = 2, .needs = needs, .lines = lines,
        .offers = &offer, .pair_begin = begin, .pair_offer = of,
        .pair_score = score, .pair_cost = cost, .pair_use = use,
        .programme_budget_yen = INSTANCE_NO_LIMIT};
    struct proof_prices prices = no_prices(&in, &arena);
    assert_int_equal(proof_bound(&in, &prices), 1000 * 1000000LL);
    offer.min_lot = 3; /* no line is that long */
    assert_int_equal(proof_bound(&in, &prices), 0);
    offer.min_lot = 0;
    offer.max_needs = 2;
    assert_int_equal(proof_bound(&in, &prices), 1800 * 1000000LL);
    lines[0].indivisible = lines[1].indivisible = 1;
    offer.capacity = 3;
    assert_int_equal(proof_bound(&in, &prices), 1000 * 1000000LL);
    arena_release(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proof_bound__holds_for_any_prices),
        cmocka_unit_test(proof_bound__is_tight_with_the_solvers_prices),
        cmocka_unit_test(proof_bound__knows_the_limit_on_partners),
        cmocka_unit_test(proof_bound__knows_the_limit_on_needs),
        cmocka_unit_test(proof_gap__is_rounded_up_and_closed_at_nought),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
