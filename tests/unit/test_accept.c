/* test_accept.c: optimizer/solve/accept.c. */
#include <string.h>

#include "tests/unit/unit.h"

#include "optimizer/solve/accept.h"

/* One line of 2, one offer of 1: the plan {1} is worth 7 milli-points. */
static struct instance_need need = {INSTANCE_NO_LIMIT, 0, "n"};
static struct instance_line line = {0, 2, 0, 0, "n#1"};
static struct instance_offer offer = {1, 0, 0, 0, "o#1"};
static int32_t begin[] = {0, 1}, zero[] = {0}, score[] = {7}, use[] = {1};
static const char *orgs[] = {"1"};
static const struct instance tiny = {.needs_n = 1, .lines_n = 1,
    .offers_n = 1, .orgs_n = 1, .pairs_n = 1, .needs = &need, .lines = &line,
    .offers = &offer, .org_names = orgs, .pair_begin = begin,
    .pair_offer = zero, .pair_score = score, .pair_cost = zero,
    .pair_use = use, .programme_budget_yen = INSTANCE_NO_LIMIT};

static bool
accepted(int32_t units, int64_t value_e6, int64_t bound_e6, struct err *err)
{
    struct solve_result result = {.state = SOLVE_OPTIMAL, .units = &units,
        .value_e6 = value_e6, .bound_e6 = bound_e6, .message = ""};
    memset(err, 0, sizeof(*err));
    return accept_result(&tiny, &result, err);
}

static void
accept__only_what_the_check_and_the_claims_agree_on(void **state)
{
    (void)state;
    struct err err;
    assert_true(accepted(1, 7000000, 7000000, &err));
    assert_true(accepted(1, 7000000, 9000000, &err)); /* a gap is honest */
    assert_true(accepted(0, 0, 7000000, &err));
    assert_false(accepted(2, 14000000, 14000000, &err));
    assert_int_equal(err.kind, ERR_NO_PLAN);
    assert_non_null(strstr(err.text, "capacity of offer \"o#1\""));
    assert_false(accepted(-1, -7000000, 0, &err));
    assert_false(accepted(1, 7000001, 8000000, &err));
    assert_non_null(strstr(err.text, "the solver says"));
    assert_false(accepted(1, 7000000, 6999999, &err));
    assert_non_null(strstr(err.text, "bound"));
}

static void
accept__no_plan_is_told_with_the_solvers_words(void **state)
{
    (void)state;
    struct solve_result none = {.state = SOLVE_INFEASIBLE,
        .message = "pins ask for too much"};
    struct err err = {0};
    assert_false(accept_result(&tiny, &none, &err));
    assert_string_equal(err.text, "infeasible: pins ask for too much");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accept__only_what_the_check_and_the_claims_agree_on),
        cmocka_unit_test(accept__no_plan_is_told_with_the_solvers_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
