/* test_refine.c: a plan that is refined is never worse, nearly always better;
 * when time is up nothing changes. */
#include "tests/unit/unit.h"

#include "optimizer/base/clock.h"
#include "optimizer/solve/refine.h"
#include "tests/unit/pipeline_trial.h"

enum { NEEDS = 8, LONG_MS = 600000 };

/* It ends by itself, long before the clock. */
static void
refine_plan__gains_with_and_without_a_clock(void **state)
{
    (void)state;
    const struct lp_limit limits[] = {
        {0}, {.deadline_ms = clock_ms() + LONG_MS}};
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(4); seed++) {
        model_wide gain[2];
        for (int k = 0; k < 2; k++) {
            struct pipeline_trial w;
            pipeline_trial_open(&w, seed, NEEDS, &limits[k]);
            refine_plan(&w.run);
            gain[k] = pipeline_trial_gain(&w);
            arena_release(&w.t.arena);
        }
        assert_true(gain[0] > 0 && gain[1] >= gain[0]);
    }
}

static void
refine_plan__keeps_the_plan_when_time_is_up(void **state)
{
    (void)state;
    const volatile sig_atomic_t stop = 1;
    const struct lp_limit over = {
        .deadline_ms = clock_ms() + LONG_MS, .stop = {&stop}};
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct pipeline_trial w;
        pipeline_trial_open(&w, seed, NEEDS, &over);
        refine_plan(&w.run);
        assert_true(pipeline_trial_gain(&w) == 0);
        arena_release(&w.t.arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refine_plan__gains_with_and_without_a_clock),
        cmocka_unit_test(refine_plan__keeps_the_plan_when_time_is_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
