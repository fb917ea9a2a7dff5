/* test_check.c: each row of the model, broken by one plan. */
#include <string.h>

#include "tests/unit/unit.h"

#include "optimizer/check/check.h"
#include "optimizer/instance/model.h"
#include "tests/unit/random_instance.h"

/*
 * need a: lines 0 (4 units) and 1 (3, whole); need b: line 2 (5 units)
 * offers 0, 1 of organisation 0; offer 2 of organisation 1
 */
struct world {
    struct instance in;
    struct instance_need needs[2];
    struct instance_line lines[3];
    struct instance_offer offers[3];
    int32_t begin[4], offer[6], score[6], cost[6], use[6];
    struct instance_pin pins[1];
    struct instance_floor floors[1];
    int32_t floor_lines[2];
};

static void
make(struct world *w)
{
    static const struct world fresh = {
        .needs = {{30, 1, "a"}, {INSTANCE_NO_LIMIT, 0, "b"}},
        .lines = {{0, 4, 10, 0, "a0"}, {0, 3, 0, 1, "a1"},
            {1, 5, 7, 0, "b0"}},
        .offers = {{9, 1, 0, 0, "x"}, {6, 0, 2, 0, "y"},
            {20, 0, 0, 1, "z"}},
        .begin = {0, 3, 4, 6},
        .offer = {0, 1, 2, 1, 0, 2},
        .score = {100, 90, 80, 70, 60, -5},
        .cost = {5, 0, 0, 4, 1, 0},
        .use = {2, 1, 1, 1, 1, 3},
        .pins = {{5, 1}},
        .floors = {{500000, 1000, 0, 2, "g", 0}},
        .floor_lines = {0, 2}};
    *w = fresh;
    w->in = (struct instance){.needs_n = 2, .lines_n = 3, .offers_n = 3,
        .orgs_n = 2, .floors_n = 1, .pins_n = 1, .pairs_n = 6,
        .needs = w->needs, .lines = w->lines, .offers = w->offers,
        .pair_begin = w->begin, .pair_offer = w->offer,
        .pair_score = w->score, .pair_cost = w->cost, .pair_use = w->use,
        .pins = w->pins, .floors = w->floors,
        .floor_lines = w->floor_lines, .programme_budget_yen = 40};
}

static void
check_plan__computes_the_value_exactly(void **state)
{
    (void)state;
    struct world w;
    struct err err = {0};
    int64_t value;
    make(&w);
    assert_true(instance_check(&w.in, &err));
    /* line 0: 1 of 4, line 2: 1 of 5; missing of the floor: 1 - .25 - .2 */
    const int32_t units[6] = {1, 0, 0, 0, 0, 1};
    assert_true(check_plan(&w.in, units, &value, &err));
    assert_int_equal(value,
        (100 - 5 - 10 * 3 - 7 * 4) * 1000000LL - 1000 * 550000LL);
    /* thirds do not stand on the grid: 1e12 / 3 is rounded up */
    w.lines[0].quantity = 3;
    assert_true(check_plan(&w.in, units, &value, &err));
    assert_int_equal(value,
        (100 - 5 - 10 * 2 - 7 * 4) * 1000000LL - 466666667LL);
}

static void
check_plan__names_the_row_that_is_broken(void **state)
{
    (void)state;
    static const struct {
        int32_t units[6];
        const char *text;
    } plans[] = {
        {{-1, 0, 0, 0, 0, 1}, "sign of line \"a0\""},
        {{0, 1, 0, 0, 0, 1}, "least lot of offer \"y\": 1 is less than 2"},
        {{0, 0, 0, 2, 0, 1}, "indivisible line \"a1\": 2 is not all of 3"},
        {{0, 0, 5, 0, 0, 1}, "demand of line \"a0\": 5 is more than 4"},
        {{0, 4, 0, 3, 0, 1}, "capacity of offer \"y\": 7 is more than 6"},
        {{4, 0, 0, 3, 0, 1}, "budget of need \"a\": 32 is more than 30"},
        {{1, 0, 1, 0, 0, 1}, "partner limit of need \"a\": 2 is more than 1"},
        {{1, 0, 0, 0, 1, 1}, "need limit of offer \"x\": 2 is more than 1"},
        {{0, 0, 0, 0, 0, 0}, "pin on offer \"z\": 0 is less than 1"},
    };
    for (size_t k = 0; k < sizeof(plans) / sizeof(*plans); k++) {
        struct world w;
        struct err err = {0};
        int64_t value;
        make(&w);
        assert_false(check_plan(&w.in, plans[k].units, &value, &err));
        if (strstr(err.text, plans[k].text) == NULL) {
            assert_string_equal(err.text, plans[k].text);
        }
    }
}

static void
check_plan__the_programme_budget_counts_all_needs(void **state)
{
    (void)state;
    struct world w;
    struct err err = {0};
    int64_t value;
    make(&w);
    w.in.programme_budget_yen = 16;
    const int32_t units[6] = {1, 0, 0, 3, 0, 1}; /* 5 + 12 */
    assert_false(check_plan(&w.in, units, &value, &err));
    assert_non_null(strstr(err.text, "programme\": 17 is more than 16"));
    err = (struct err){0};
    w.in.programme_budget_yen = 17;
    assert_true(check_plan(&w.in, units, &value, &err));
}

static void
check_plan__sums_do_not_overflow(void **state)
{
    (void)state;
    struct world w;
    struct err err = {0};
    int64_t value;
    make(&w);
    for (int p = 0; p < 6; p++) {
        w.use[p] = INSTANCE_UNITS_MAX;
        w.cost[p] = INT32_MAX;
    }
    const int32_t units[6] = {4, 0, 0, 0, 0, 1};
    assert_false(check_plan(&w.in, units, &value, &err));
}

/* model.c and check.c were written apart: they must agree on any plan. */
static void
check_plan__and_the_model_agree_on_random_plans(void **state)
{
    (void)state;
    int valid = 0;
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        struct arena arena = {0};
        struct instance in;
        struct random r = {seed};
        int32_t units[16] = {0};
        struct err err = {0};
        int64_t value;
        random_instance(&r, &in, 12, &arena);
        for (int32_t p = 0; p < in.pairs_n; p++) {
            units[p] = random_chance(&r, 15) ? random_in(&r, 0, 3) : 0;
        }
        if (check_plan(&in, units, &value, &err)) {
            valid++;
            assert_int_equal(
                value, model_value_e6(model_total(&in, units)));
        }
        arena_release(&arena);
    }
    assert_true(valid > 200);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_plan__computes_the_value_exactly),
        cmocka_unit_test(check_plan__names_the_row_that_is_broken),
        cmocka_unit_test(check_plan__the_programme_budget_counts_all_needs),
        cmocka_unit_test(check_plan__sums_do_not_overflow),
        cmocka_unit_test(check_plan__and_the_model_agree_on_random_plans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
