/* test_mend.c: regrets are the gap of a plan; a plan that is mended is never
 * worse, mostly better, and keeps every row. */
#include "tests/unit/unit.h"

#include "optimizer/solve/mend.h"
#include "tests/unit/concord_trial.h"

static const struct lp_limit no_limit;

static void
regrets__are_the_gap_of_a_plan(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(200); seed++) {
        struct concord_trial t;
        struct regrets regrets;
        model_wide sum = 0;
        concord_trial_open(&t, seed, 8, false);
        concord_trial_draw(&t);
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

/* What the plan gains; it is checked. */
static model_wide
mended(struct concord_trial *t, const struct lp_limit *limit)
{
    const struct mend_options options = {.limit = limit,
        .concord = &t->concord, .bound = t->concord.bound, .passes = 3,
        .lines = 12, .node_limit = 100};
    model_wide before = model_total(&t->in, t->ledger.units);
    mend_plan(&t->ledger, &options);
    model_wide total = concord_trial_total(t);
    assert_true(total <= t->concord.bound);
    return total - before;
}

static void
mend_plan__finds_most_of_what_is_missing(void **state)
{
    (void)state;
    int better = 0, near = 0, rounds = unit_rounds(30);
    for (uint64_t seed = 1; seed <= (uint64_t)rounds; seed++) {
        struct concord_trial t;
        concord_trial_open(&t, seed, 24, true);
        concord_trial_find(&t);
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
    struct concord_trial t;
    concord_trial_open(&t, 1, 24, true);
    concord_trial_find(&t);
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
