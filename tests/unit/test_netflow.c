/* test_netflow.c: the network simplex against GLPK, and its own optimality. */
#include <math.h>

#include "tests/unit/unit.h"

#include "optimizer/solve/netflow.h"
#include "optimizer/solve/solve_glpk.h"
#include "tests/unit/random_instance.h"

enum { LINES = 12, OFFERS = 9, ARCS = LINES * OFFERS };

struct transport {
    int32_t quantity[LINES], capacity[OFFERS];
    int32_t line[ARCS], offer[ARCS], arcs_n;
    int64_t gain[ARCS];
    struct netflow *flow;
};

static void
draw(struct random *r, struct transport *t)
{
    t->arcs_n = 0;
    for (int l = 0; l < LINES; l++) {
        t->quantity[l] = random_in(r, 0, 9);
    }
    for (int j = 0; j < OFFERS; j++) {
        t->capacity[j] = random_in(r, 0, 12);
    }
    t->flow = netflow_new(LINES, t->quantity, OFFERS, t->capacity);
    for (int32_t l = 0; l < LINES; l++) {
        for (int32_t j = 0; j < OFFERS; j++) {
            if (t->capacity[j] > 0 && random_chance(r, 60)) {
                t->line[t->arcs_n] = l;
                t->offer[t->arcs_n] = j;
                assert_int_equal(netflow_add(t->flow, l, j), t->arcs_n);
                t->arcs_n++;
            }
        }
    }
}

static void
set_gains(struct random *r, struct transport *t)
{
    for (int32_t a = 0; a < t->arcs_n; a++) {
        t->gain[a] = random_in(r, -20, 100); /* many ties */
        netflow_gain(t->flow, a, t->gain[a]);
    }
}

static int64_t
flow_value(const struct transport *t)
{
    int64_t value = 0, line[LINES] = {0}, offer[OFFERS] = {0};
    for (int32_t a = 0; a < t->arcs_n; a++) {
        int64_t x = netflow_units(t->flow, a);
        assert_true(x >= 0);
        value += x * t->gain[a];
        line[t->line[a]] += x;
        offer[t->offer[a]] += x;
    }
    for (int l = 0; l < LINES; l++) {
        assert_true(line[l] <= t->quantity[l]);
    }
    for (int j = 0; j < OFFERS; j++) {
        assert_true(offer[j] <= t->capacity[j]);
    }
    return value;
}

/* The prices prove the value: weak duality with equality. */
static int64_t
dual_value(const struct transport *t)
{
    int64_t value = 0;
    for (int l = 0; l < LINES; l++) {
        int64_t price = netflow_line_price(t->flow, l);
        assert_true(price >= 0);
        value += price * t->quantity[l];
    }
    for (int j = 0; j < OFFERS; j++) {
        int64_t price = netflow_offer_price(t->flow, j);
        if (t->capacity[j] > 0) {
            assert_true(price >= 0);
            value += price * t->capacity[j];
        }
    }
    for (int32_t a = 0; a < t->arcs_n; a++) {
        assert_true(netflow_arc_net(t->flow, a) <= 0 ||
            netflow_units(t->flow, a) > 0);
        assert_true(netflow_arc_net(t->flow, a) <= 0);
    }
    return value;
}

static int64_t
glpk_value_e6(const struct transport *t)
{
    const struct lp_limit limit = {0};
    struct lp *lp = lp_new();
    for (int l = 0; l < LINES; l++) {
        lp_add_row(lp, -INFINITY, t->quantity[l]);
    }
    for (int j = 0; j < OFFERS; j++) {
        lp_add_row(lp, -INFINITY, t->capacity[j]);
    }
    for (int32_t a = 0; a < t->arcs_n; a++) {
        int rows[2] = {t->line[a], LINES + t->offer[a]};
        double ones[2] = {1, 1};
        lp_add_col(lp, t->gain[a], 0, INFINITY, false, 2, rows, ones);
    }
    assert_int_equal(lp_simplex(lp, false, &limit), LP_OPTIMAL);
    int64_t value = lp_value_e6(lp);
    lp_free(lp);
    return value;
}

static void
netflow__is_optimal_cold_and_warm(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(300); seed++) {
        struct random r = {seed};
        struct transport t;
        draw(&r, &t);
        for (int round = 0; round < 5; round++) {
            set_gains(&r, &t);
            netflow_solve(t.flow);
            int64_t value = flow_value(&t);
            assert_int_equal(value, dual_value(&t));
            assert_true(llabs(value * 1000000 - glpk_value_e6(&t)) < 1000);
            assert_int_equal(netflow_solve(t.flow), 0);
        }
        netflow_free(t.flow);
    }
}

/* The tree is a basis: as many arcs in it as there are nodes but the root. */
static void
netflow__tree_is_a_basis(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 50; seed++) {
        struct random r = {seed};
        struct transport t;
        int32_t in_tree = 0;
        draw(&r, &t);
        set_gains(&r, &t);
        netflow_solve(t.flow);
        for (int32_t a = 0; a < t.arcs_n; a++) {
            in_tree += netflow_in_tree(t.flow, a);
        }
        for (int32_t l = 0; l < LINES; l++) {
            in_tree += netflow_line_slack(t.flow, l);
        }
        for (int32_t j = 0; j < OFFERS; j++) {
            in_tree += netflow_offer_slack(t.flow, j);
        }
        assert_int_equal(in_tree, LINES + OFFERS);
        netflow_free(t.flow);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(netflow__is_optimal_cold_and_warm),
        cmocka_unit_test(netflow__tree_is_a_basis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
