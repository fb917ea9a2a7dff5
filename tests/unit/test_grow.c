/* test_grow.c: a plan that grows beside the best takes nothing from it, and
 * both together are no worse than either. */
#include "tests/unit/unit.h"

#include "optimizer/solve/grow.h"
#include "tests/unit/pipeline_trial.h"

enum { NEEDS = 48, FEW_NEEDS = 24, PLANS = 2 };

static const struct lp_limit no_limit;

/* Under valgrind, where one market is enough, a small one is. */
static int32_t
needs(void)
{
    return unit_all_rounds() ? NEEDS : FEW_NEEDS;
}

/* A copy of the drawn plan. */
static int32_t *
drawn(struct pipeline_trial *w)
{
    size_t pairs = (size_t)w->t.in.pairs_n;
    int32_t *units = arena_array(&w->t.arena, pairs, sizeof(*units));
    memcpy(units, w->result.units, pairs * sizeof(*units));
    return units;
}

/* What a plan of that number has more than the drawn one, which is alone. */
static model_wide
grown(uint64_t seed, int32_t number)
{
    struct pipeline_trial w;
    pipeline_trial_open(&w, seed, needs(), &no_limit);
    grow_plan(&w.run, number, 1);
    model_wide gain = pipeline_trial_gain(&w);
    arena_release(&w.t.arena);
    return gain;
}

static void
grow_another__is_no_worse_than_any_alone(void **state)
{
    (void)state;
    int differ = 0, better = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(8); seed++) {
        struct pipeline_trial w;
        model_wide best = 0;
        pipeline_trial_open(&w, seed, needs(), &no_limit);
        const int32_t *units = drawn(&w);
        for (int32_t k = 0; k < PLANS; k++) {
            model_wide alone = grown(seed, k);
            differ += k > 0 && alone != best;
            best = alone > best ? alone : best;
            grow_another(&w.run, units, k, 1);
            assert_true(pipeline_trial_gain(&w) >= best);
        }
        better += pipeline_trial_gain(&w) > best;
        arena_release(&w.t.arena);
    }
    assert_true((differ > 0 && better > 0) || !unit_all_rounds());
}

/* From a start that is worse than the best, the best stays. */
static void
grow_another__leaves_the_best_alone_when_time_is_up(void **state)
{
    (void)state;
    const volatile sig_atomic_t stop = 1;
    const struct lp_limit over = {.stop = {&stop}};
    int same = 0;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct pipeline_trial w;
        pipeline_trial_open(&w, seed, needs(), &over);
        const int32_t *best = drawn(&w);
        int32_t *none = arena_array(
            &w.t.arena, (size_t)w.t.in.pairs_n, sizeof(*none));
        grow_another(&w.run, none, 1, 1);
        if (pipeline_trial_gain(&w) == 0) { /* filling up may be better */
            assert_memory_equal(w.result.units, best,
                (size_t)w.t.in.pairs_n * sizeof(*best));
            same++;
        }
        arena_release(&w.t.arena);
    }
    assert_true(same > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grow_another__is_no_worse_than_any_alone),
        cmocka_unit_test(grow_another__leaves_the_best_alone_when_time_is_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
