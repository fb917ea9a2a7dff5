/* test_soft.c: the softened bound is smooth, and cold it is the bound; who is
 * missing for that is found. */
#include "tests/unit/unit.h"

#include <math.h>

#include "optimizer/solve/circle.h"
#include "optimizer/solve/ledger.h"
#include "tests/unit/instance_room.h"
#include "tests/unit/lagrange_trial.h"

/* All pairs that fit are near. */
static void
open_soft(struct soft *soft, struct trial *t, double *x, struct arena *arena)
{
    uint8_t *near = arena_alloc(arena, 17);
    const uint8_t *fit = potentials_fit(&t->in, arena);
    memcpy(near, fit, (size_t)t->in.pairs_n);
    lagrange_bound(&t->lagrange, &t->prices);
    soft_make(soft, &t->lagrange, &t->potentials, near, arena);
    soft_read(soft, &t->prices, &t->potentials, x);
}

/* Of every variable, by going a step up and a step down. */
static void
check_gradient(struct soft *soft, double *x)
{
    double gradient[100], other[100], low[100], high[100], scale[100];
    assert_true(soft->n <= 100);
    soft_bounds(soft, low, high, scale);
    soft_value(soft, x, gradient);
    for (int32_t k = 0; k < soft->n; k++) {
        if (high[k] <= 0) {
            continue; /* no such row */
        }
        double at = x[k], step = 1e-3;
        x[k] = at + step;
        double more = soft_value(soft, x, other);
        x[k] = at - step;
        double less = soft_value(soft, x, other);
        x[k] = at;
        double is = (more - less) / (2 * step);
        assert_true(fabs(is - gradient[k]) < 1e-3 * (1 + fabs(is)));
    }
}

static void
soft_value__has_the_gradient_that_it_says(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(200); seed++) {
        struct arena arena = {0};
        struct trial t = {0};
        if (make_agreed(&t, seed, &arena)) {
            struct soft soft;
            double x[100] = {0};
            open_soft(&soft, &t, x, &arena);
            soft.heat = 100;
            check_gradient(&soft, x);
            soft_free(&soft);
            lagrange_free(&t.lagrange);
        }
        arena_release(&arena);
    }
}

/* Some of the pairs have their units for good: nothing else is likely for
 * them, others have what is left, and the gradient is still what it says. */
static void
soft_settle__leaves_no_other_way(void **state)
{
    (void)state;
    int settled = 0, less = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(300); seed++) {
        struct arena arena = {0};
        struct trial t = {0};
        if (make_agreed(&t, seed, &arena)) {
            struct random r = {seed};
            struct soft soft;
            struct ledger ledger;
            double x[100] = {0}, gradient[100];
            open_soft(&soft, &t, x, &arena);
            ledger_init(&ledger, &t.in, &t.links, t.least, &arena);
            for (int32_t p = 0; p < t.in.pairs_n; p++) {
                int32_t most = ledger_most(&ledger, p);
                if (random_chance(&r, 40) && ledger_allows(&ledger, p, most)) {
                    ledger_set(&ledger, p, most);
                }
            }
            soft_settle(&soft, &ledger, &arena);
            soft.heat = 100;
            soft_expect(&soft, x, gradient);
            for (int32_t k = 0; k < soft.pairs_n; k++) {
                int32_t p = soft.pairs[k], units = ledger.units[p];
                int32_t most = ledger_most(&ledger, p);
                settled += units > 0;
                less += units == 0 && most < model_pair_most(
                    &t.in, soft.lines[k], p);
                assert_true(units == 0 || soft.used[k] > 1 - 1e-6);
                assert_true(soft.high[k] < soft.low[k]
                        ? most < soft.low[k] && soft.used[k] == 0
                        : soft.high[k] <= most);
            }
            for (int32_t k = 0; k < t.potentials.n; k++) {
                int32_t units = ledger.units[t.potentials.pairs[k]];
                assert_true(units == 0 ||
                    gradient[t.potentials.begin[k] + units - 1] <
                        -1 + 1e-6);
            }
            check_gradient(&soft, x);
            soft_free(&soft);
            lagrange_free(&t.lagrange);
        }
        arena_release(&arena);
    }
    assert_true((settled > 100 && less > 100) || !unit_all_rounds());
}

/* Has no organisation two offers?  They share the price of a partner. */
static bool
apart(const struct instance *in)
{
    bool all = true;
    for (int32_t j = 0; j < in->offers_n; j++) {
        for (int32_t k = 0; k < j; k++) {
            all = all && in->offers[j].org != in->offers[k].org;
        }
    }
    return all;
}

/* Cold, it is what the knapsacks and the needs say, wherever it was asked
 * before. */
static void
soft_value__is_the_bound_where_it_is_cold(void **state)
{
    (void)state;
    int compared = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(400); seed++) {
        struct arena arena = {0};
        struct trial t = {0};
        bool made = make_agreed(&t, seed, &arena);
        if (made && t.in.pins_n == 0 && apart(&t.in)) {
            struct soft soft;
            double x[100] = {0}, gradient[100];
            open_soft(&soft, &t, x, &arena);
            soft.heat = 1e-3;
            double dear[100] = {0}; /* capacity is, where rows cost nothing */
            soft_value(&soft, dear, gradient);
            double cold = soft_value(&soft, x, gradient);
            t.lagrange.potentials = &t.potentials;
            lagrange_forget(&t.lagrange);
            double bound = (double)lagrange_bound(&t.lagrange, &t.prices) /
                (double)MODEL_E12;
            assert_true(fabs(cold - bound) < 1);
            compared++;
            soft_free(&soft);
        }
        if (made) {
            lagrange_free(&t.lagrange);
        }
        arena_release(&arena);
    }
    assert_true(compared > 100 || !unit_all_rounds());
}

/* The more pairs an offer has, the better its best: none is left out. */
static void
soft_value__counts_all_pairs_of_an_offer(void **state)
{
    (void)state;
    enum { MANY = 600 };
    struct arena arena = {0};
    struct err err = {0};
    struct trial t = {.in = {.needs_n = MANY, .lines_n = MANY,
                          .offers_n = 1, .orgs_n = 1, .pairs_n = MANY,
                          .programme_budget_yen = INSTANCE_NO_LIMIT}};
    struct instance *in = &t.in;
    int32_t line_of[MANY], least[MANY];
    uint8_t near[MANY + 1];
    instance_room(in, MANY, &arena);
    in->offers[0] = (struct instance_offer){.capacity = 20, .max_needs = 3};
    for (int32_t l = 0; l < MANY; l++) {
        in->needs[l].budget_yen = INSTANCE_NO_LIMIT;
        in->lines[l] = (struct instance_line){.need = l, .quantity = 5};
        in->pair_begin[l + 1] = l + 1;
        in->pair_score[l] = 1000 + l;
        in->pair_use[l] = 1;
        line_of[l] = l;
        near[l] = 1;
    }
    assert_true(model_least_plan(in, least, &err));
    links_make(in, &arena, &t.links);
    lagrange_make(
        &t.lagrange, in, &t.links, line_of, least, NULL, &arena);
    lagrange_prices_make(&t.prices, in, &arena);
    potentials_make(&t.potentials, in, near, NULL, &arena);
    struct soft soft;
    soft_make(&soft, &t.lagrange, &t.potentials, near, &arena);
    double *x = arena_array(&arena, (size_t)soft.n, sizeof(double));
    double *gradient = arena_array(&arena, (size_t)soft.n, sizeof(double));
    soft.heat = 1e-4;
    /* three needs of five units, of the last and best lines */
    double best = 5 * (1000 * 3 + 3 * MANY - 6);
    assert_true(fabs(soft_value(&soft, x, gradient) - best) < 1);
    soft_free(&soft);
    lagrange_free(&t.lagrange);
    arena_release(&arena);
}

/* From nobody at all: as many as it takes, until the offers' best are found
 * among those that take part. */
static void
circle_widen__finds_whoever_is_missing(void **state)
{
    (void)state;
    int widened = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(400); seed++) {
        struct arena arena = {0};
        struct trial t = {0};
        bool made = make_agreed(&t, seed, &arena);
        if (made && t.in.pins_n == 0 && apart(&t.in)) {
            struct circle circle;
            double x[100], gradient[100], cold = 0;
            t.lagrange.potentials = &t.potentials;
            double bound = (double)lagrange_bound(&t.lagrange, &t.prices) /
                (double)MODEL_E12;
            circle_make(
                &circle, &t.lagrange, &t.prices, 0, -INFINITY, &arena);
            for (int turns = 0, more = 1; more > 0; turns++) {
                struct soft soft;
                assert_true(turns <= t.in.pairs_n);
                soft_make(&soft, &t.lagrange, &t.potentials, circle.near,
                    &arena);
                soft_read(&soft, &t.prices, &t.potentials, x);
                soft.heat = 1e-3;
                cold = soft_value(&soft, x, gradient);
                more = circle_widen(&circle, &soft, &t.lagrange, &t.prices);
                widened += more;
                soft_free(&soft);
            }
            assert_true(fabs(cold - bound) < 1);
        }
        if (made) {
            lagrange_free(&t.lagrange);
        }
        arena_release(&arena);
    }
    assert_true(widened > 30 || !unit_all_rounds());
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(soft_value__has_the_gradient_that_it_says),
        cmocka_unit_test(soft_settle__leaves_no_other_way),
        cmocka_unit_test(soft_value__is_the_bound_where_it_is_cold),
        cmocka_unit_test(soft_value__counts_all_pairs_of_an_offer),
        cmocka_unit_test(circle_widen__finds_whoever_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
