/* test_part_lift.c: rows drawn tighter allow every plan, and less else. */
#include "tests/unit/unit.h"

#include "optimizer/check/check.h"
#include "optimizer/solve/part.h"
#include "optimizer/solve/part_lift.h"
#include "tests/unit/best_plan.h"
#include "tests/unit/drawn_market.h"

static int32_t *
least_of(const struct instance *in, struct arena *arena)
{
    int32_t *least =
        arena_array(arena, (size_t)in->pairs_n + 1, sizeof(*least));
    for (int32_t k = 0; k < in->pins_n; k++) {
        least[in->pins[k].pair] = in->pins[k].units;
    }
    return least;
}

/* What the relaxation is worth, 1e-6. */
static int64_t
relaxed(const struct instance *in, bool lifted, struct arena *arena)
{
    static const struct lp_limit limit;
    struct links links;
    struct part_lp part;
    int32_t *least = least_of(in, arena);
    links_make(in, arena, &links);
    part_lp_make(&part, in, &links, least, arena);
    if (lifted) {
        part_lift(&part, least);
    }
    assert_int_equal(lp_simplex(part.lp, false, &limit), LP_OPTIMAL);
    int64_t value = lp_value_e6(part.lp);
    lp_free(part.lp);
    return value;
}

/* Branch and bound to the end; the plan into units. */
static model_wide
searched(const struct instance *in, bool lifted, int32_t *units,
    struct arena *arena)
{
    static const struct lp_limit limit;
    const struct part_options options = {.limit = &limit, .lifted = lifted};
    struct part_result result = {.units = units};
    struct err err = {0};
    int64_t value;
    prices_make(&result.prices, in, NULL, arena);
    part_solve(in, least_of(in, arena), &options, &result);
    assert_false(result.trouble);
    assert_true(check_plan(in, result.units, &value, &err));
    return result.total;
}

/* Ten units wanted: nine at once or none of one offer, up to five of another. */
static void
part_lift__leaves_the_others_what_they_have(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct instance_need need = {.budget_yen = INSTANCE_NO_LIMIT};
    struct instance_line line = {.quantity = 10};
    struct instance_offer offers[] = {
        {.capacity = 9, .min_lot = 9, .org = 0}, {.capacity = 5, .org = 1}};
    int32_t begin[] = {0, 2}, offer[] = {0, 1}, score[] = {10, 100};
    int32_t cost[] = {0, 0}, use[] = {1, 1};
    const struct instance in = {.needs = &need, .needs_n = 1,
        .lines = &line, .lines_n = 1, .offers = offers, .offers_n = 2,
        .orgs_n = 2, .programme_budget_yen = INSTANCE_NO_LIMIT,
        .pair_begin = begin, .pair_offer = offer, .pair_score = score,
        .pair_cost = cost, .pair_use = use, .pairs_n = 2};
    /* five ninths of a lot beside all of the other */
    assert_int_equal(relaxed(&in, false, &arena), 550000000);
    /* the lot leaves one unit to the other: 190, without it 500 */
    assert_int_equal(relaxed(&in, true, &arena), 500000000);
    arena_release(&arena);
}

static bool
any_pair(const struct instance *in)
{
    bool any = false;
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            any = any || model_pair_most(in, l, p) > 0;
        }
    }
    return any;
}

/* What a plan has of some pairs must stay. */
static void
pin_some(struct random *r, struct instance *in, const int32_t *units)
{
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (units[p] > 0 && random_chance(r, 40)) {
            in->pins[in->pins_n++] = (struct instance_pin){p, units[p]};
        }
    }
}

static void
part_lift__keeps_every_plan(void **state)
{
    (void)state;
    int tighter = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(400); seed++) {
        struct random r = {seed};
        struct arena arena = {0};
        struct instance in;
        do { /* GLPK wants columns */
            random_instance(&r, &in, BEST_PLAN_PAIRS, &arena);
        } while (!any_pair(&in));
        for (int32_t l = 0; l < in.lines_n; l++) {
            in.lines[l].uncovered_price = 0; /* is no part of rows */
        }
        in.pins_n = 0;
        int64_t best = best_of_all(&in);
        int32_t units[BEST_PLAN_PAIRS] = {0};
        int64_t plain = relaxed(&in, false, &arena);
        int64_t lifted = relaxed(&in, true, &arena);
        assert_true(best <= lifted + 1 && lifted <= plain + 1);
        assert_int_equal(
            model_value_e6(searched(&in, true, units, &arena)), best);
        tighter += lifted < plain - 1;
        pin_some(&r, &in, units);
        assert_true(best <= relaxed(&in, true, &arena) + 1);
        assert_int_equal(
            model_value_e6(searched(&in, true, units, &arena)), best);
        arena_release(&arena);
    }
    assert_true(tighter > 0 || !unit_all_rounds());
}

/* Where there is more than can be tried: the same plan is the best. */
static void
part_lift__changes_no_optimum(void **state)
{
    (void)state;
    int tighter = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(60); seed++) {
        struct random r = {seed};
        struct arena arena = {0};
        struct instance in;
        draw_market(&r, &in, 8, true, &arena);
        int32_t *units = arena_array(
            &arena, (size_t)in.pairs_n + 1, sizeof(int32_t));
        assert_true(searched(&in, true, units, &arena) ==
            searched(&in, false, units, &arena));
        tighter +=
            relaxed(&in, true, &arena) < relaxed(&in, false, &arena) - 1;
        arena_release(&arena);
    }
    assert_true(tighter > 0 || !unit_all_rounds());
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(part_lift__leaves_the_others_what_they_have),
        cmocka_unit_test(part_lift__keeps_every_plan),
        cmocka_unit_test(part_lift__changes_no_optimum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
