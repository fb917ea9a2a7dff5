/* test_solve.c: what must not change a plan's value, and what must. */
#include "tests/unit/unit.h"

#include "optimizer/check/check.h"
#include "optimizer/solve/part_lp.h"
#include "optimizer/solve/solve.h"
#include "tests/unit/random_instance.h"

static struct solve_result
solved(const struct instance *in, int32_t processes, int32_t priced,
    struct arena *arena)
{
    const struct solve_options options = {
        .processes = processes, .priced_pairs = priced};
    struct solve_result result;
    struct err err = {0};
    assert_true(solve(in, &options, arena, &result, &err));
    if (result.units != NULL) {
        int64_t value;
        assert_true(check_plan(in, result.units, &value, &err));
        assert_int_equal(value, result.value_e6);
        assert_true(result.bound_e6 >= result.value_e6);
    }
    return result;
}

/* Both sides of a change, compared on many instances. */
static void
both(int rounds, bool (*change)(struct random *, struct instance *,
                     struct arena *),
    int64_t factor)
{
    int compared = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(rounds);
         seed++) {
        struct arena arena = {0};
        struct instance in;
        struct random r = {seed};
        random_instance(&r, &in, 12, &arena);
        struct solve_result before = solved(&in, -1, 0, &arena);
        if (change(&r, &in, &arena)) {
            for (int priced = 0; priced < 2; priced++) {
                struct solve_result after =
                    solved(&in, -1, priced, &arena);
                assert_int_equal(before.units == NULL, after.units == NULL);
                if (before.units != NULL) {
                    assert_int_equal(
                        after.value_e6, before.value_e6 * factor);
                    compared++;
                }
            }
        }
        arena_release(&arena);
    }
    assert_true(compared > 0);
}

static bool
scale(struct random *r, struct instance *in, struct arena *arena)
{
    (void)r;
    (void)arena;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        in->pair_score[p] *= 7;
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        in->lines[l].uncovered_price *= 7;
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        in->floors[g].price *= 7;
    }
    /* thirds of a line are rounded at 1e-12: keep to exact shares */
    for (int32_t l = 0; l < in->lines_n; l++) {
        if (in->lines[l].quantity == 3 && in->floors_n > 0) {
            return false;
        }
    }
    return true;
}

static void
solve__scaling_all_scores_scales_the_value(void **state)
{
    (void)state;
    both(500, scale, 7);
}

/* An offer that no pair names. */
static bool
add_useless(struct random *r, struct instance *in, struct arena *arena)
{
    (void)r;
    struct instance_offer *offers = arena_array(
        arena, (size_t)in->offers_n + 1, sizeof(*in->offers));
    memcpy(offers, in->offers, (size_t)in->offers_n * sizeof(*offers));
    offers[in->offers_n] = (struct instance_offer){.capacity = 9};
    in->offers = offers;
    in->offers_n++;
    return true;
}

static void
solve__a_useless_offer_changes_nothing(void **state)
{
    (void)state;
    both(500, add_useless, 1);
}

/* Offers in reverse order. */
static bool
reverse_offers(struct random *r, struct instance *in, struct arena *arena)
{
    (void)r;
    int32_t n = in->offers_n;
    struct instance_offer *offers =
        arena_array(arena, (size_t)n, sizeof(*offers));
    for (int32_t j = 0; j < n; j++) {
        offers[n - 1 - j] = in->offers[j];
    }
    in->offers = offers;
    int32_t *at = arena_array(arena, 16, sizeof(*at));
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t begin = in->pair_begin[l], end = in->pair_begin[l + 1];
        for (int32_t a = begin, b = end - 1; a < end; a++, b--) {
            at[a] = b;
        }
    }
    int32_t *arrays[] = {in->pair_offer, in->pair_score, in->pair_cost,
        in->pair_use};
    for (int k = 0; k < 4; k++) {
        int32_t copy[16];
        memcpy(copy, arrays[k], sizeof(copy));
        for (int32_t p = 0; p < in->pairs_n; p++) {
            arrays[k][at[p]] = k == 0 ? n - 1 - copy[p] : copy[p];
        }
    }
    struct instance_pin pins[16];
    memcpy(pins, in->pins, (size_t)in->pins_n * sizeof(*pins));
    int32_t used = 0;
    for (int32_t p = 0; p < in->pairs_n; p++) { /* ascending again */
        for (int32_t k = 0; k < in->pins_n; k++) {
            if (at[pins[k].pair] == p) {
                in->pins[used++] = (struct instance_pin){p, pins[k].units};
            }
        }
    }
    return true;
}

static void
solve__the_order_of_offers_does_not_matter(void **state)
{
    (void)state;
    both(500, reverse_offers, 1);
}

static void
solve__plan_is_the_same_bit_by_bit(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(60); seed++) {
        struct arena arena = {0};
        struct instance in;
        struct random r = {seed};
        random_instance(&r, &in, 12, &arena);
        struct solve_result one = solved(&in, -1, 0, &arena);
        for (int32_t processes = 1; processes <= 3; processes++) {
            struct solve_result other = solved(&in, processes, 0, &arena);
            assert_int_equal(one.state, other.state);
            if (one.units != NULL && in.pairs_n > 0) {
                assert_memory_equal(one.units, other.units,
                    (size_t)in.pairs_n * sizeof(int32_t));
                assert_int_equal(one.bound_e6, other.bound_e6);
            }
        }
        arena_release(&arena);
    }
}

static void
solve__a_stop_still_gives_a_plan(void **state)
{
    (void)state;
    static const volatile sig_atomic_t stop = 1;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(200); seed++) {
        struct arena arena = {0};
        struct instance in;
        struct random r = {seed};
        random_instance(&r, &in, 12, &arena);
        for (int32_t priced = 0; priced < 2; priced++) {
            const struct solve_options options = {
                .processes = -1, .priced_pairs = priced, .stop = &stop};
            struct solve_result result;
            struct err err = {0};
            int64_t value;
            assert_true(solve(&in, &options, &arena, &result, &err));
            assert_true(result.state != SOLVE_FAILED);
            if (result.units != NULL) {
                assert_true(check_plan(&in, result.units, &value, &err));
                assert_true(result.bound_e6 >= value);
            }
        }
        arena_release(&arena);
    }
}

static void
solve_gap_ppm__rounds_up_and_never_hides_a_gap(void **state)
{
    (void)state;
    assert_int_equal(solve_gap_ppm(100, 100), 0);
    assert_int_equal(solve_gap_ppm(100, 99), 0);
    assert_int_equal(solve_gap_ppm(1000000000000, 1000000000001), 1);
    assert_int_equal(solve_gap_ppm(1000000, 1000001), 1);
    assert_int_equal(solve_gap_ppm(-1000000, -999999), 1);
    assert_int_equal(solve_gap_ppm(0, 5), 5000000);
    assert_int_equal(solve_gap_ppm(1, INT64_MAX), INT64_MAX);
}

/* Columns of a need with one partner and two offers for one need each. */
static int
columns_of(int32_t quantity, int32_t lot, int32_t orgs)
{
    struct arena arena = {0};
    struct links links;
    struct part_lp part;
    const int32_t least[2] = {0, 0};
    struct instance_need need = {INSTANCE_NO_LIMIT, 1, ""};
    struct instance_line line = {0, quantity, 0, 0, ""};
    struct instance_offer offers[] = {{9, 1, lot, 0, ""},
        {9, 1, lot, orgs - 1, ""}};
    int32_t begin[] = {0, 2}, offer[] = {0, 1}, score[] = {5, 7};
    int32_t cost[] = {0, 0}, use[] = {1, 1};
    const struct instance in = {.needs_n = 1, .lines_n = 1, .offers_n = 2,
        .orgs_n = orgs, .pairs_n = 2, .needs = &need, .lines = &line,
        .offers = offers, .pair_begin = begin, .pair_offer = offer,
        .pair_score = score, .pair_cost = cost, .pair_use = use,
        .programme_budget_yen = INSTANCE_NO_LIMIT};
    links_make(&in, &arena, &links);
    part_lp_make(&part, &in, &links, least, &arena);
    int n = lp_cols(part.lp);
    lp_free(part.lp);
    arena_release(&arena);
    return n;
}

/* The link of one pair alone is used where the pair is. */
static void
part_lp__a_pair_says_by_one_column_that_it_is_used(void **state)
{
    (void)state;
    assert_int_equal(columns_of(1, 0, 2), 2); /* its own: 0 or 1 */
    assert_int_equal(columns_of(5, 0, 2), 4);
    assert_int_equal(columns_of(5, 2, 2), 4);
    assert_int_equal(columns_of(1, 0, 1), 3); /* they share a partner */
    assert_int_equal(columns_of(5, 2, 1), 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solve__scaling_all_scores_scales_the_value),
        cmocka_unit_test(solve__a_useless_offer_changes_nothing),
        cmocka_unit_test(solve__the_order_of_offers_does_not_matter),
        cmocka_unit_test(solve__plan_is_the_same_bit_by_bit),
        cmocka_unit_test(solve__a_stop_still_gives_a_plan),
        cmocka_unit_test(solve_gap_ppm__rounds_up_and_never_hides_a_gap),
        cmocka_unit_test(part_lp__a_pair_says_by_one_column_that_it_is_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
