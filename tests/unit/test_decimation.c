/* test_decimation.c: whatever is fixed, the plan keeps all limits, and it is
 * better to ask again what is likely than to fix all at once. */
#include "tests/unit/unit.h"

#include "optimizer/base/clock.h"
#include "optimizer/solve/decimation.h"
#include "tests/unit/concord_trial.h"

enum { NEEDS = 24, STAGES = 16 };

static const struct lp_limit no_limit;

static model_wide
decimated(struct concord_trial *t, int stages, uint64_t seed,
    const struct lp_limit *limit)
{
    const struct decimation_options options = {
        .stages = stages, .seed = seed, .limit = limit};
    ledger_clear(&t->ledger);
    decimation_plan(&t->ledger, &t->concord, &options);
    model_wide total = concord_trial_total(t);
    assert_true(total <= t->concord.bound);
    return total;
}

static void
decimation_plan__is_better_for_asking_again(void **state)
{
    (void)state;
    model_wide once = 0, again = 0, bounds = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(40); seed++) {
        struct concord_trial t;
        concord_trial_open(&t, seed, NEEDS, true);
        concord_trial_find(&t);
        once += decimated(&t, 1, 0, &no_limit);
        again += decimated(&t, STAGES, 0, &no_limit);
        bounds += t.concord.bound;
        arena_release(&t.arena);
    }
    if (unit_all_rounds()) {
        /* of what is missing all at once, a tenth is found */
        assert_true(10 * (bounds - again) < 9 * (bounds - once));
    }
}

/* The same for the same seed. */
static void
decimation_plan__draws_plans_apart(void **state)
{
    (void)state;
    int apart = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(20); seed++) {
        struct concord_trial t;
        concord_trial_open(&t, seed, NEEDS, true);
        concord_trial_find(&t);
        size_t bytes = (size_t)t.in.pairs_n * sizeof(int32_t);
        int32_t *first = arena_alloc(&t.arena, bytes);
        decimated(&t, STAGES, 1, &no_limit);
        memcpy(first, t.ledger.units, bytes);
        decimated(&t, STAGES, 2, &no_limit);
        apart += memcmp(first, t.ledger.units, bytes) != 0;
        decimated(&t, STAGES, 1, &no_limit);
        assert_memory_equal(first, t.ledger.units, bytes);
        arena_release(&t.arena);
    }
    assert_true(apart > 2 || !unit_all_rounds());
}

static void
decimation_plan__without_time_fixes_all_at_once(void **state)
{
    (void)state;
    const struct lp_limit over = {.deadline_ms = clock_ms() - 1};
    struct concord_trial t;
    concord_trial_open(&t, 1, NEEDS, true);
    concord_trial_find(&t);
    model_wide once = decimated(&t, 1, 0, &no_limit);
    assert_true(once > 0);
    assert_true(decimated(&t, STAGES, 0, &over) == once);
    arena_release(&t.arena);
}

/* It goes on from what must be. */
static void
decimation_plan__keeps_pins(void **state)
{
    (void)state;
    int pinned = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(10); seed++) {
        struct concord_trial t;
        concord_trial_open(&t, seed, NEEDS, true);
        concord_trial_find(&t);
        size_t pairs = (size_t)t.in.pairs_n;
        int32_t *least = arena_array(&t.arena, pairs, sizeof(*least));
        t.in.pins = arena_array(&t.arena, pairs, sizeof(*t.in.pins));
        for (int32_t p = 0; p < t.in.pairs_n && pinned < (int)seed; p++) {
            if (t.ledger.units[p] > 0 && t.concord.used[p] < 0.5f) {
                least[p] = t.ledger.units[p];
                t.in.pins[t.in.pins_n++] =
                    (struct instance_pin){p, least[p]};
                pinned++;
            }
        }
        ledger_init(&t.ledger, &t.in, &t.links, least, &t.arena);
        decimated(&t, STAGES, 0, &no_limit);
        for (int32_t p = 0; p < t.in.pairs_n; p++) {
            assert_true(t.ledger.units[p] >= least[p]);
        }
        arena_release(&t.arena);
    }
    assert_true(pinned > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimation_plan__is_better_for_asking_again),
        cmocka_unit_test(decimation_plan__draws_plans_apart),
        cmocka_unit_test(decimation_plan__without_time_fixes_all_at_once),
        cmocka_unit_test(decimation_plan__keeps_pins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
