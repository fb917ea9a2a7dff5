/* test_merge.c: plans merged are no worse than any of them, the best of what
 * they use where they differ, and stay where they are alike. */
#include "tests/unit/unit.h"

#include "optimizer/check/check.h"
#include "optimizer/solve/merge.h"
#include "tests/unit/drawn_market.h"

enum { PLANS = 3 };

struct world {
    struct arena arena;
    struct instance in;
    struct links links;
    struct ledger ledger;
    struct merge merge;
    int32_t *plans[PLANS], *best; /* the best of the plans */
};

/* So many needs, more lines than those; the ledger holds the best plan. */
static void
open_world(struct world *w, uint64_t seed, int32_t needs, bool shared)
{
    struct random r = {seed};
    struct instance *in = &w->in;
    *w = (struct world){0};
    draw_market(&r, in, needs, shared, &w->arena);
    size_t pairs = (size_t)in->pairs_n;
    links_make(in, &w->arena, &w->links);
    ledger_init(&w->ledger, in, &w->links,
        arena_array(&w->arena, pairs, sizeof(int32_t)), &w->arena);
    merge_open(&w->merge, in, &w->arena);
    for (int k = 0; k < PLANS; k++) {
        int32_t *units = arena_array(&w->arena, pairs, sizeof(int32_t));
        draw_plan(&r, &w->ledger, units);
        merge_add(&w->merge, units);
        w->plans[k] = units;
        if (k == 0 || model_total(in, units) > model_total(in, w->best)) {
            w->best = units;
        }
    }
    ledger_load(&w->ledger, w->best);
}

/* What the merged plan has more than the best one; it is checked. */
static model_wide
merged(struct world *w, int32_t lines, int32_t nodes,
    const volatile sig_atomic_t *stop)
{
    const struct lp_limit limit = {.stop = {stop}};
    const struct merge_options options = {
        .limit = &limit, .lines = lines, .passes = 2, .node_limit = nodes};
    struct err err = {0};
    int64_t value;
    merge_plan(&w->merge, &w->ledger, &options);
    assert_true(check_plan(&w->in, w->ledger.units, &value, &err));
    model_wide total = model_total(&w->in, w->ledger.units);
    assert_int_equal(value, model_value_e6(total));
    return total - model_total(&w->in, w->best);
}

/* Do plans differ about the need of the line? */
static bool
differ(const struct world *w, int32_t line)
{
    const struct instance *in = &w->in;
    bool any = false;
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            any = any || (in->lines[l].need == in->lines[line].need &&
                (w->plans[0][p] != w->plans[1][p] ||
                    w->plans[0][p] != w->plans[2][p]));
        }
    }
    return any;
}

static bool
used(const struct world *w, int32_t p)
{
    return w->plans[0][p] > 0 || w->plans[1][p] > 0 || w->plans[2][p] > 0;
}

static void
merge_plan__is_no_worse_than_any_plan(void **state)
{
    (void)state;
    int gains = 0, alike = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(60); seed++) {
        struct world w;
        open_world(&w, seed, 24, true);
        model_wide gain = merged(&w, 8, 50, NULL);
        assert_true(gain >= 0);
        gains += gain > 0;
        for (int32_t p = 0; p < w.in.pairs_n; p++) {
            bool change = w.ledger.units[p] != w.best[p];
            assert_true(!change || differ(&w, w.ledger.pair_line[p]));
            assert_true(w.ledger.units[p] == 0 || used(&w, p));
            alike += !differ(&w, w.ledger.pair_line[p]);
        }
        arena_release(&w.arena);
    }
    assert_true((gains > 0 && alike > 0) || !unit_all_rounds());
}

/* The best of all plans from what is used, from pair p on. */
static void
enumerate(struct world *w, int32_t p, model_wide *best)
{
    while (p < w->in.pairs_n &&
        !(used(w, p) && differ(w, w->ledger.pair_line[p]))) {
        p++;
    }
    if (p == w->in.pairs_n) {
        model_wide total = model_total(&w->in, w->ledger.units);
        *best = total > *best ? total : *best;
        return;
    }
    enumerate(w, p + 1, best);
    int32_t most = ledger_most(&w->ledger, p);
    for (int32_t units = 1; units <= most; units++) {
        if (ledger_allows(&w->ledger, p, units)) {
            ledger_set(&w->ledger, p, units);
            enumerate(w, p + 1, best);
            ledger_set(&w->ledger, p, 0);
        }
    }
}

static void
merge_plan__is_the_best_of_what_the_plans_use(void **state)
{
    (void)state;
    int gains = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(200); seed++) {
        struct world w;
        open_world(&w, seed, 4, false);
        model_wide gain = merged(&w, w.in.lines_n, 0, NULL);
        for (int32_t p = 0; p < w.in.pairs_n; p++) {
            if (differ(&w, w.ledger.pair_line[p])) {
                ledger_set(&w.ledger, p, 0);
            }
        }
        model_wide best = model_total(&w.in, w.best);
        enumerate(&w, 0, &best);
        assert_true(model_total(&w.in, w.best) + gain == best);
        gains += gain > 0;
        arena_release(&w.arena);
    }
    assert_true(gains > 0 || !unit_all_rounds());
}

static void
merge_plan__stops_when_told(void **state)
{
    (void)state;
    static const volatile sig_atomic_t stop = 1;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(20); seed++) {
        struct world w;
        open_world(&w, seed, 24, true);
        assert_true(merged(&w, 8, 50, &stop) == 0);
        assert_memory_equal(w.ledger.units, w.best,
            (size_t)w.in.pairs_n * sizeof(int32_t));
        arena_release(&w.arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merge_plan__is_no_worse_than_any_plan),
        cmocka_unit_test(merge_plan__is_the_best_of_what_the_plans_use),
        cmocka_unit_test(merge_plan__stops_when_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
