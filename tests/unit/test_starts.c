/* test_starts.c: plans to be shaken are several, apart and feasible, where the
 * time ends the search; one otherwise. */
#include "tests/unit/unit.h"

#include "optimizer/base/clock.h"
#include "tests/unit/pipeline_trial.h"

enum {
    NEEDS = 24,
    LONG_MS = 600000,
    ALIKE = 4 /* starts differ more often: little is left to chance */
};

struct diver {
    struct pipeline_trial w;
    struct tight tight;
};

static void
open_diver(struct diver *s, uint64_t seed, const struct lp_limit *limit,
    int32_t gap_ppm)
{
    pipeline_trial_open(&s->w, seed, NEEDS, limit);
    s->w.options.gap_ppm = gap_ppm;
    const struct tight_options options = {
        .prices = &s->w.run.prices, .limit = limit};
    tight_open(&s->tight, &s->w.t.ledger, &options, &s->w.t.arena);
    tight_finish(&s->tight, s->w.first, 0, true);
}

static void
dive(struct diver *s, uint64_t seed, const struct lp_limit *limit,
    int32_t gap_ppm)
{
    open_diver(s, seed, limit, gap_ppm);
    pipeline_dive(&s->w.run, &s->tight);
}

static void
surface(struct diver *s)
{
    tight_free(&s->tight);
    arena_release(&s->w.t.arena);
}

static void
pipeline_dive__starts_apart(void **state)
{
    (void)state;
    const struct lp_limit limit = {.deadline_ms = clock_ms() + LONG_MS};
    int32_t apart = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(8); seed++) {
        struct diver s;
        dive(&s, seed, &limit, 0);
        struct pipeline *run = &s.w.run;
        size_t bytes = (size_t)run->in->pairs_n * sizeof(int32_t);
        assert_int_equal(run->starts_n, PIPELINE_STARTS);
        for (int32_t k = 0; k < run->starts_n; k++) {
            ledger_load(run->ledger, run->starts[k]);
            assert_true(concord_trial_total(&s.w.t) <= run->result->total);
            apart += k > 0 &&
                memcmp(run->starts[k], run->starts[k - 1], bytes) != 0;
        }
        assert_true(pipeline_trial_gain(&s.w) > 0);
        surface(&s);
    }
    assert_true(apart > ALIKE || !unit_all_rounds());
}

/* To a gap, and without a clock, the result's plan alone is shaken. */
static void
pipeline_dive__starts_once_where_nothing_is_merged(void **state)
{
    (void)state;
    const struct lp_limit limits[] = {
        {0}, {.deadline_ms = clock_ms() + LONG_MS}};
    for (int k = 0; k < 2; k++) {
        struct diver s;
        dive(&s, 1, &limits[k], k == 1 ? 5000 : 0);
        assert_int_equal(s.w.run.starts_n, 0);
        assert_true(pipeline_trial_gain(&s.w) > 0);
        surface(&s);
    }
}

/* Without a concord, too: then it dives from the offers' average. */
static void
pipeline_dive__needs_no_concord(void **state)
{
    (void)state;
    const struct lp_limit limit = {.deadline_ms = clock_ms() + LONG_MS};
    struct diver s;
    open_diver(&s, 1, &limit, 0);
    s.w.run.concord = NULL;
    pipeline_dive(&s.w.run, &s.tight);
    assert_int_equal(s.w.run.starts_n, 0);
    assert_true(pipeline_trial_gain(&s.w) > 0);
    surface(&s);
}

/* The ascent can go on from its prices and its average. */
static void
pipeline_dive__leaves_the_ascent_as_it_is(void **state)
{
    (void)state;
    const struct lp_limit limit = {.deadline_ms = clock_ms() + LONG_MS};
    struct diver s;
    open_diver(&s, 1, &limit, 0);
    const struct instance *in = s.w.run.in;
    struct lagrange_prices prices;
    size_t pairs = (size_t)in->pairs_n * sizeof(float);
    float *mean = arena_alloc(&s.w.t.arena, pairs);
    lagrange_prices_make(&prices, in, &s.w.t.arena);
    lagrange_prices_copy(&prices, &s.tight.now, in);
    memcpy(mean, s.tight.mean, pairs);
    s.w.run.concord = NULL;
    pipeline_dive(&s.w.run, &s.tight);
    assert_memory_equal(prices.demand, s.tight.now.demand,
        (size_t)in->lines_n * sizeof(int64_t));
    assert_memory_equal(mean, s.tight.mean, pairs);
    surface(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pipeline_dive__starts_apart),
        cmocka_unit_test(pipeline_dive__starts_once_where_nothing_is_merged),
        cmocka_unit_test(pipeline_dive__needs_no_concord),
        cmocka_unit_test(pipeline_dive__leaves_the_ascent_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
