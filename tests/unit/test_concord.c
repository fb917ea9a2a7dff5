/* test_concord.c: no plan is worth more than the bound of any potentials, by
 * the solver or by a proof; those that are found prove what they say. */
#include "tests/unit/unit.h"

#include <math.h>

#include "optimizer/check/proof.h"
#include "optimizer/check/proof_needs.h"
#include "optimizer/solve/concord.h"
#include "optimizer/solve/descent.h"
#include "optimizer/solve/solve.h"
#include "tests/unit/instance_room.h"
#include "tests/unit/lagrange_trial.h"

static const struct lp_limit no_limit;

static int64_t
proof_of(const struct trial *t, struct arena *arena)
{
    const struct potentials *own = &t->potentials;
    struct proof_potential *all = arena_array(
        arena, (size_t)own->begin[own->n] + 1, sizeof(*all));
    int32_t n = 0;
    for (int32_t p = 0; p < t->in.pairs_n; p++) {
        const int64_t *prices = potentials_of(own, p);
        int32_t high = prices != NULL ? own->high[own->of_pair[p]] : 0;
        for (int32_t x = 1; x <= high; x++) {
            all[n++] = (struct proof_potential){p, x, prices[x - 1]};
        }
    }
    const struct proof_prices prices = {
        .capacity = arena_array(
            arena, (size_t)t->in.offers_n, sizeof(int64_t)),
        .budget = t->prices.budget, .floor = t->prices.floor,
        .programme = t->prices.programme, .demand = t->prices.demand,
        .partners = t->prices.partners, .potentials = all,
        .potentials_n = n};
    return proof_bound(&t->in, &prices);
}

static void
potentials__hold_whatever_they_are(void **state)
{
    (void)state;
    int plans = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(600); seed++) {
        struct arena arena = {0};
        struct trial t = {0};
        if (make_agreed(&t, seed, &arena)) {
            int64_t best = best_of_all(&t.in);
            plans += best != INT64_MIN && t.potentials.n > 0;
            t.lagrange.potentials = &t.potentials;
            int64_t bound =
                model_value_e6(lagrange_bound(&t.lagrange, &t.prices));
            int64_t proof = proof_of(&t, &arena);
            assert_true(bound >= best);
            assert_true(proof >= best);
            /* both count out the same; the proof rounds down to a grid */
            assert_true(t.in.pins_n > 0 || proof <= bound + 1);
            lagrange_free(&t.lagrange);
        }
        arena_release(&arena);
    }
    assert_true(plans > 300 || !unit_all_rounds());
}

/* Tampered ones: of any pair, pinned or not, of units that it cannot have. */
static void
proof__holds_for_potentials_that_nobody_found(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(600); seed++) {
        struct arena arena = {0};
        struct trial t = {0};
        struct random r = {seed + 7};
        if (make_agreed(&t, seed, &arena)) {
            struct proof_potential all[PAIRS * 6];
            int32_t n = 0;
            for (int32_t p = 0; p < t.in.pairs_n; p++) {
                for (int32_t x = 1; x <= 6; x++) {
                    if (random_chance(&r, 50)) {
                        int64_t price =
                            random_in(&r, -3000, 3000) * INT64_C(1000001);
                        price = random_chance(&r, 2) ? INT64_MAX : price;
                        all[n++] = (struct proof_potential){p, x, price};
                    }
                }
            }
            const struct proof_prices prices = {
                .capacity = arena_array(
                    &arena, (size_t)t.in.offers_n, sizeof(int64_t)),
                .budget = t.prices.budget, .floor = t.prices.floor,
                .programme = t.prices.programme, .demand = t.prices.demand,
                .partners = t.prices.partners, .potentials = all,
                .potentials_n = n};
            int64_t best = best_of_all(&t.in);
            assert_true(best == INT64_MIN ||
                proof_bound(&t.in, &prices) >= best);
            lagrange_free(&t.lagrange);
        }
        arena_release(&arena);
    }
}

/* A need of two lines, each with a pair, three units of both; every unit is
 * paid 100, and costs so much. */
static int64_t
paid_within(int64_t budget, int32_t cost, int32_t other)
{
    struct arena arena = {0};
    struct instance in = {.needs_n = 1, .lines_n = 2, .offers_n = 2,
        .orgs_n = 2, .pairs_n = 2,
        .programme_budget_yen = INSTANCE_NO_LIMIT};
    struct potentials t;
    const uint8_t yes[] = {1, 1};
    instance_room(&in, 2, &arena);
    in.needs[0].budget_yen = budget;
    for (int32_t l = 0; l < 2; l++) {
        in.lines[l] = (struct instance_line){.need = 0, .quantity = 3};
        in.offers[l] = (struct instance_offer){.capacity = 9, .org = l};
        in.pair_begin[l + 1] = l + 1;
        in.pair_offer[l] = l;
        in.pair_use[l] = 1;
        in.pair_cost[l] = l == 0 ? cost : other;
    }
    potentials_make(&t, &in, yes, yes, &arena);
    struct proof_potential all[6];
    int32_t n = 0;
    for (int32_t k = 0; k < t.n; k++) {
        for (int32_t x = 1; x <= t.high[k]; x++, n++) {
            t.prices[t.begin[k] + x - 1] = 100 * x;
            all[n] = (struct proof_potential){k, x, 100 * x};
        }
    }
    const struct proof_prices prices = {
        .potentials = all, .potentials_n = n};
    int64_t most;
    potentials_needs(&t, &most);
    assert_true(proof_needs(&in, &prices) <= (exact)1000000 * most);
    arena_release(&arena);
    return most;
}

static void
potentials_needs__keeps_within_the_budget(void **state)
{
    (void)state;
    assert_true(paid_within(INSTANCE_NO_LIMIT, 500, 500) == 600);
    assert_true(paid_within(3000, 500, 500) == 600);
    assert_true(paid_within(2999, 500, 500) == 500);
    assert_true(paid_within(1500, 500, 500) == 300);
    assert_true(paid_within(1500, 500, 0) == 600);
    assert_true(paid_within(400, 500, 0) == 300);
    assert_true(paid_within(0, 500, 1) == 0);
    assert_true(paid_within(1, 2147483647, 1) == 100);
    /* coins of 251 yen: a unit of 3,333 takes 13 of 39, with 5,667 for 22 */
    assert_true(paid_within(10000, 3333, 5667) == 300);
    assert_true(paid_within(12000, 3333, 5667) == 300);
    assert_true(paid_within(9000, 3333, 5667) == 200);
}

enum { DONORS = 6 };

/* A need of two lines of a unit, each with a pair of every offer, of an
 * organisation of its own, which are paid so much. */
static int64_t
paid_to_partners(int32_t most, int32_t donors, const int64_t pays[][2])
{
    struct arena arena = {0};
    struct instance in = {.needs_n = 1, .lines_n = 2, .offers_n = donors,
        .orgs_n = donors, .pairs_n = 2 * donors,
        .programme_budget_yen = INSTANCE_NO_LIMIT};
    struct potentials t;
    uint8_t yes[2 * DONORS];
    struct proof_potential all[2 * DONORS];
    memset(yes, 1, sizeof(yes));
    instance_room(&in, (size_t)donors * 2, &arena);
    in.needs[0] = (struct instance_need){
        .budget_yen = INSTANCE_NO_LIMIT, .max_partners = most};
    for (int32_t j = 0; j < donors; j++) {
        in.offers[j] = (struct instance_offer){.capacity = 9, .org = j};
    }
    for (int32_t l = 0; l < 2; l++) {
        in.lines[l] = (struct instance_line){.need = 0, .quantity = 1};
        in.pair_begin[l + 1] = (l + 1) * donors;
        for (int32_t j = 0; j < donors; j++) {
            in.pair_offer[l * donors + j] = j;
            in.pair_use[l * donors + j] = 1;
        }
    }
    potentials_make(&t, &in, yes, NULL, &arena);
    for (int32_t k = 0; k < t.n; k++) {
        int32_t p = t.pairs[k];
        int64_t price = pays[p % donors][p / donors];
        t.prices[t.begin[k]] = price;
        all[k] = (struct proof_potential){p, 1, price};
    }
    const struct proof_prices prices = {
        .potentials = all, .potentials_n = t.n};
    int64_t paid;
    potentials_needs(&t, &paid);
    assert_true(proof_needs(&in, &prices) <= (exact)1000000 * paid);
    arena_release(&arena);
    return paid;
}

/* An organisation that gives to both lines is one partner, no more, no
 * less. */
static void
potentials_needs__counts_partners_of_several_pairs(void **state)
{
    (void)state;
    const int64_t pays[DONORS][2] = {
        {100, 10}, {10, 90}, {80, 50}, {-5, -5}, {7, 7}, {8, 8}};
    assert_true(paid_to_partners(1, 3, pays) == 130);
    assert_true(paid_to_partners(2, 3, pays) == 190);
    assert_true(paid_to_partners(3, 3, pays) == 190);
    /* beyond POTENTIAL_SEVERAL one pair counts: never less than the most */
    assert_true(paid_to_partners(1, DONORS, pays) >= 130);
    assert_true(paid_to_partners(0, DONORS, pays) == 190);
}

static double
bowl(void *data, const double *x, double *gradient)
{
    const double *bottom = data;
    double sum = 0;
    for (int k = 0; k < 5; k++) {
        double way = x[k] - bottom[k];
        sum += (k + 1) * way * way;
        gradient[k] = 2 * (k + 1) * way;
    }
    double both = x[0] - bottom[0] + x[1] - bottom[1];
    gradient[0] += 2 * both;
    gradient[1] += 2 * both;
    return sum + both * both;
}

static void
descent_run__finds_the_bottom_within_bounds(void **state)
{
    (void)state;
    double bottom[] = {3, -2, 0.5, 7, -4};
    const double low[] = {-INFINITY, -INFINITY, 0, 0, 0};
    const double high[] = {INFINITY, INFINITY, INFINITY, 5, INFINITY};
    const double scale[] = {1, 1, 1, 1, 1};
    double x[5] = {0};
    const struct descent descent = {.n = 5, .low = low, .high = high,
        .scale = scale, .step = 0.1, .value = bowl, .data = bottom,
        .rounds = 100, .limit = &no_limit};
    double value = descent_run(&descent, x);
    const double expected[] = {3, -2, 0.5, 5, 0};
    for (int k = 0; k < 5; k++) {
        assert_true(fabs(x[k] - expected[k]) < 1e-4);
    }
    assert_true(fabs(value - (4 * 4 + 5 * 16)) < 1e-3);
}

/* What a solution says is proven by its own potentials. */
static void
solve__potentials_prove_its_bound(void **state)
{
    (void)state;
    const struct solve_options options = {
        .processes = -1, .priced_pairs = 1};
    int some = 0, better = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(400); seed++) {
        struct arena arena = {0};
        struct instance in;
        struct random r = {seed};
        struct solve_result result;
        struct err err = {0};
        random_instance(&r, &in, 12, &arena);
        in.pins_n = 0;
        assert_true(solve(&in, &options, &arena, &result, &err));
        const struct solve_agreed *a = &result.agreed;
        if (a->potentials_n > 0) {
            struct proof_potential *all = arena_array(
                &arena, (size_t)a->potentials_n, sizeof(*all));
            for (int32_t k = 0; k < a->potentials_n; k++) {
                all[k] = (struct proof_potential){a->potentials[k].pair,
                    a->potentials[k].units, a->potentials[k].price};
            }
            const struct proof_prices prices = {
                .capacity = result.capacity_price,
                .budget = a->budget_price, .floor = a->floor_price,
                .programme = a->programme_price, .demand = a->demand_price,
                .partners = a->partners_price, .potentials = all,
                .potentials_n = a->potentials_n};
            struct proof_prices plain = {.capacity = result.capacity_price,
                .budget = result.budget_price, .floor = result.floor_price,
                .programme = result.programme_price,
                .demand = result.demand_price,
                .partners = result.partners_price};
            int64_t bound = proof_bound(&in, &prices);
            assert_true(bound >= result.value_e6);
            better += bound < proof_bound(&in, &plain);
            some++;
        }
        arena_release(&arena);
    }
    assert_true(some > 10 || !unit_all_rounds());
    assert_true(better > 10 || !unit_all_rounds());
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(potentials__hold_whatever_they_are),
        cmocka_unit_test(proof__holds_for_potentials_that_nobody_found),
        cmocka_unit_test(potentials_needs__keeps_within_the_budget),
        cmocka_unit_test(potentials_needs__counts_partners_of_several_pairs),
        cmocka_unit_test(descent_run__finds_the_bottom_within_bounds),
        cmocka_unit_test(solve__potentials_prove_its_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
