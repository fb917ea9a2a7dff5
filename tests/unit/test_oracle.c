/*
 * test_oracle.c: the solver against the enumeration of every plan.
 *
 * The oracle tries all units of all pairs and asks check.c alone, which
 * shares nothing with the solver, what is allowed and what it is worth.
 */
#include "tests/unit/unit.h"

#include "optimizer/check/check.h"
#include "optimizer/solve/solve.h"
#include "tests/unit/random_instance.h"

struct search {
    const struct instance *in;
    int32_t units[16];
    int64_t best;
    bool found;
};

static void
enumerate(struct search *s, int32_t l, int32_t p, int32_t left)
{
    const struct instance *in = s->in;
    while (l < in->lines_n && p == in->pair_begin[l + 1]) {
        l++;
        left = l < in->lines_n ? in->lines[l].quantity : 0;
    }
    if (l == in->lines_n) {
        int64_t value;
        struct err err = {0};
        if (check_plan(in, s->units, &value, &err) &&
            (!s->found || value > s->best)) {
            s->found = true;
            s->best = value;
        }
        return;
    }
    for (int32_t x = 0; x <= left; x++) {
        s->units[p] = x;
        enumerate(s, l, p + 1, left - x);
    }
    s->units[p] = 0;
}

static void
explain(uint64_t seed, const struct search *s,
    const struct solve_result *result)
{
    print_message("seed %llu: oracle %lld%s, solver %s value %lld bound %lld"
                  " %s %s\n",
        (unsigned long long)seed, (long long)s->best,
        s->found ? "" : " (none)", solve_state_name(result->state),
        (long long)result->value_e6, (long long)result->bound_e6,
        result->method, result->message);
}

static bool
agrees(const struct instance *in, uint64_t seed,
    const struct solve_options *options, struct arena *arena, int *kinds,
    const char *ways[])
{
    struct search s = {.in = in};
    struct solve_result result;
    struct err err = {0};
    enumerate(&s, 0, 0, in->lines[0].quantity);
    assert_true(solve(in, options, arena, &result, &err));
    bool ok;
    if (!s.found) {
        ok = result.state == SOLVE_INFEASIBLE && result.units == NULL &&
            result.message[0] != '\0';
        kinds[0] += ok;
    } else {
        int64_t value = 0;
        ok = result.state == SOLVE_OPTIMAL &&
            check_plan(in, result.units, &value, &err) &&
            value == result.value_e6 && value == s.best &&
            result.bound_e6 >= s.best;
        for (int k = 0; k < 3; k++) {
            kinds[1 + k] += ok && strcmp(result.method, ways[k]) == 0;
        }
    }
    if (!ok) {
        explain(seed, &s, &result);
    }
    return ok;
}

static void
compare(const struct solve_options options, int all, const char *ways[])
{
    const int rounds = unit_rounds(all);
    int kinds[4] = {0}, wrong = 0;
    for (int k = 0; k < rounds; k++) {
        struct arena arena = {0};
        struct random r = {(uint64_t)k + 1};
        struct instance in;
        random_instance(&r, &in, 9, &arena);
        wrong += !agrees(
            &in, (uint64_t)k + 1, &options, &arena, kinds, ways);
        arena_release(&arena);
    }
    print_message("%d instances: %d infeasible, %d %s, %d %s, %d %s\n",
        rounds, kinds[0], kinds[1], ways[0], kinds[2], ways[1], kinds[3],
        ways[2]);
    assert_int_equal(wrong, 0);
    if (rounds >= 1000) { /* the draw must not have gone trivial */
        assert_true(kinds[0] > rounds / 20 && kinds[1] > rounds / 10);
    }
}

static void
solve__equals_the_enumeration_of_all_plans(void **state)
{
    (void)state;
    const char *ways[3] = {"mip", "lp", "fill"};
    compare((struct solve_options){.processes = -1}, 10000, ways);
}

/* The way of large parts, forced upon tiny ones. */
static void
solve__equals_it_when_all_parts_are_priced(void **state)
{
    (void)state;
    const char *ways[3] = {"price", "lp", "fill"};
    compare((struct solve_options){.processes = -1, .priced_pairs = 1}, 10000,
        ways);
}

/* Whatever an earlier run is said to have known, and however wrong. */
static void
solve__equals_it_from_any_start(void **state)
{
    (void)state;
    int wrong = 0, kinds[4] = {0};
    const char *ways[3] = {"price", "mip", "lp"};
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(1000); seed++) {
        static const int64_t odd[] = {INT64_MIN, -1, 0, 1, 1000000,
            500000000, INT64_MAX};
        struct arena arena = {0};
        struct random r = {seed};
        struct instance in;
        int32_t units[16];
        int64_t prices[16];
        random_instance(&r, &in, 9, &arena);
        for (int k = 0; k < 16; k++) {
            units[k] = random_chance(&r, 10) ? INT32_MAX
                                             : random_in(&r, -1, 4);
            prices[k] = odd[random_in(&r, 0, 6)];
        }
        const struct solve_start start = {
            .units = seed % 3 == 0 ? NULL : units,
            .capacity_price = seed % 5 == 0 ? NULL : prices,
            .budget_price = prices, .floor_price = prices + 3,
            .programme_price = prices[7]};
        const struct solve_options options = {.processes = -1,
            .start = &start, .priced_pairs = seed % 2 == 0};
        wrong += !agrees(&in, seed, &options, &arena, kinds, ways);
        arena_release(&arena);
    }
    assert_int_equal(wrong, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solve__equals_the_enumeration_of_all_plans),
        cmocka_unit_test(solve__equals_it_when_all_parts_are_priced),
        cmocka_unit_test(solve__equals_it_from_any_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
