/*
 * test_interior.c: the interior point method and the master around it,
 * against the simplex method, and plans that keep every row.
 */
#include <math.h>

#include "tests/unit/unit.h"

#include "optimizer/solve/cholesky.h"
#include "optimizer/solve/component.h"
#include "optimizer/solve/ledger.h"
#include "optimizer/solve/master_interior.h"
#include "tests/unit/instance_room.h"
#include "tests/unit/random_instance.h"

enum { MOST = 64 }; /* lines, offers, needs */

static const struct lp_limit no_limit;

static void
cholesky__solves_what_it_factorised(void **state)
{
    (void)state;
    struct random r = {5};
    for (int n = 1; n <= 20; n++) {
        int32_t begin[21] = {0}, rows[400];
        double values[400], full[20][20] = {{0}}, x[20], b[20] = {0};
        for (int c = 0; c < n; c++) {
            int32_t at = begin[c];
            for (int a = 0; a < c; a++) {
                if (random_chance(&r, 30)) {
                    rows[at] = a;
                    values[at] = random_in(&r, -9, 9);
                    full[a][c] = full[c][a] = values[at++];
                }
            }
            rows[at] = c;
            values[at] = full[c][c] = 200; /* dominates its row */
            begin[c + 1] = at + 1;
        }
        for (int c = 0; c < n; c++) {
            x[c] = random_in(&r, -100, 100);
            for (int a = 0; a < n; a++) {
                b[a] += full[a][c] * x[c];
            }
        }
        int32_t columns[20];
        struct cholesky_order order = {columns, 0};
        struct cholesky *cholesky = cholesky_new(n, begin, rows, &order);
        assert_non_null(cholesky);
        assert_true(cholesky_factor(cholesky, values));
        cholesky_solve(cholesky, b);
        for (int c = 0; c < n; c++) {
            assert_true(fabs(b[c] - x[c]) < 1e-9);
        }
        cholesky_free(cholesky);
    }
}

/* Large enough that blocks touch many others; the last row touches all. */
static void
cholesky__solves_a_grid(void **state)
{
    (void)state;
    enum { SIDE = 30, N = SIDE * SIDE + 1 };
    static int32_t begin[N + 1], rows[4 * N];
    static double values[4 * N], x[N], b[N];
    struct random r = {7};
    for (int c = 0, at = 0; c < N; c++) {
        const int all[] = {c - SIDE, c - 1, c};
        for (int k = c == N - 1 ? 2 : 0; k < 3; k++) {
            if (all[k] >= 0 && (k != 1 || c % SIDE > 0)) {
                rows[at] = all[k];
                values[at++] = k == 2 ? 9.0 : random_in(&r, -200, 100) / 99.0;
            }
        }
        for (int k = 0; c == N - 1 && k < N - 1; k++) {
            rows[at] = k;
            values[at++] = 0.1;
        }
        begin[c + 1] = at;
        x[c] = random_in(&r, -100, 100);
    }
    values[begin[N - 1]] = N;
    for (int c = 0; c < N; c++) {
        for (int32_t e = begin[c]; e < begin[c + 1]; e++) {
            b[rows[e]] += values[e] * x[c];
            b[c] += rows[e] < c ? values[e] * x[rows[e]] : 0;
        }
    }
    static int32_t columns[N];
    struct cholesky_order order = {columns, 0};
    struct cholesky *cholesky = cholesky_new(N, begin, rows, &order);
    assert_non_null(cholesky);
    cholesky_free(cholesky);
    int64_t own = order.values;
    assert_true(own > 0);
    for (int32_t c = 0; c < N; c++) { /* one that fills the factor */
        columns[c] = c % 2 == 0 ? N - 1 - c / 2 : c / 2;
    }
    order.values = own - 1;
    cholesky = cholesky_new(N, begin, rows, &order);
    assert_non_null(cholesky);
    cholesky_free(cholesky);
    assert_int_equal(order.values, own); /* found anew */
    order.values = own - 1; /* now the order is good: it is kept */
    cholesky = cholesky_new(N, begin, rows, &order);
    assert_non_null(cholesky);
    assert_int_equal(order.values, own - 1);
    for (int round = 0; round < 2; round++) { /* the second starts afresh */
        assert_true(cholesky_factor(cholesky, values));
    }
    cholesky_solve(cholesky, b);
    for (int c = 0; c < N; c++) {
        assert_true(fabs(b[c] - x[c]) < 1e-9);
    }
    values[0] = 0;
    assert_false(cholesky_factor(cholesky, values));
    cholesky_free(cholesky);
}

/* The bound of the simplex master, as a value. */
static double
by_simplex(const struct instance *in, const struct counts *counts,
    const struct links *links, const int32_t *least, struct arena *arena)
{
    struct dual dual;
    struct master master;
    struct ledger ledger;
    ledger_init(&ledger, in, links, least, arena);
    ledger_fill(&ledger, NULL, 0);
    dual_make(&dual, in, counts, least, arena);
    dual_ascend(&dual, 30, model_total(in, ledger.units), &no_limit);
    assert_int_equal(
        master_solve(&master, &dual, &no_limit, arena), LP_OPTIMAL);
    dual_free(&dual);
    return (double)master.bound / 1e12;
}

static void
keeps_rows(const struct instance *in, const struct master *master)
{
    int64_t line[MOST] = {0}, offer[MOST] = {0}, need[MOST] = {0};
    int64_t programme = 0;
    for (int32_t k = 0; k < master->wishes_n; k++) {
        int32_t p = master->wishes[k].pair, l = instance_pair_line(in, p);
        int64_t e6 = master->wishes[k].units_e6;
        assert_true(e6 > 0);
        line[l] += e6;
        offer[in->pair_offer[p]] += e6 * in->pair_use[p];
        need[in->lines[l].need] += e6 * in->pair_cost[p];
        programme += e6 * in->pair_cost[p];
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        assert_true(line[l] <= in->lines[l].quantity * 1000000LL);
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        assert_true(offer[j] <= in->offers[j].capacity * 1000000LL);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        assert_true(in->needs[i].budget_yen == INSTANCE_NO_LIMIT ||
            need[i] <= in->needs[i].budget_yen * 1000000);
    }
    assert_true(in->programme_budget_yen == INSTANCE_NO_LIMIT ||
        programme <= in->programme_budget_yen * 1000000);
}

static void
both_ways(const struct instance *in, const int32_t *least, double gap,
    struct arena *arena)
{
    struct links links;
    struct counts counts;
    struct master master;
    links_make(in, arena, &links);
    counts_make(&counts, in, &links, arena);
    double wanted = by_simplex(in, &counts, &links, least, arena);
    assert_int_equal(master_interior(&master, in, &counts, least, gap,
                         &no_limit, arena),
        LP_OPTIMAL);
    double bound = (double)master.bound / 1e12;
    double value = (double)master.value_e6 / 1e6;
    double near = gap * (fabs(wanted) + 1e6);
    assert_true(bound >= wanted - 1e-3 && bound <= wanted + near);
    assert_true(value <= bound && value >= bound - near);
    keeps_rows(in, &master);
}

static void
parts_both_ways(const struct component_list *list,
    const int32_t *least_of_all, double gap, struct arena *arena)
{
    for (int32_t k = 0; k < list->n; k++) {
        const struct component *part = &list->parts[k];
        size_t n = (size_t)part->in.pairs_n;
        int32_t *least = arena_array(arena, n, sizeof(*least));
        component_gather(part, least_of_all, least);
        both_ways(&part->in, least, gap, arena);
    }
}

static void
master_interior__closes_the_gap_that_simplex_closes(void **state)
{
    (void)state;
    int pinned = 0, floors = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        struct random r = {seed};
        struct arena arena = {0};
        struct instance in;
        struct component_list list;
        struct err err = {0};
        random_instance(&r, &in, 12, &arena);
        int32_t *least =
            arena_array(&arena, (size_t)in.pairs_n, sizeof(int32_t));
        if (model_least_plan(&in, least, &err)) {
            component_split(&in, false, &arena, &list);
            parts_both_ways(&list, least, 1e-6, &arena);
            for (int32_t k = 0; k < list.n; k++) {
                pinned += list.parts[k].in.pins_n > 0;
                floors += list.parts[k].in.floors_n > 0;
            }
        }
        arena_release(&arena);
    }
    assert_true(pinned > 40 && floors > 40);
}

/* All pairs, scarce offers and money: the first columns are not enough. */
static void
make_crowd(struct instance *in, struct random *r, struct arena *arena)
{
    enum { LINES = 40, OFFERS = 60, PAIRS = LINES * OFFERS };
    *in = (struct instance){.needs_n = LINES,
        .lines_n = LINES,
        .offers_n = OFFERS,
        .orgs_n = 1,
        .pairs_n = PAIRS,
        .floors_n = 1,
        .programme_budget_yen = 20000};
    instance_room(in, PAIRS, arena);
    in->floors = arena_array(arena, 1, sizeof(*in->floors));
    in->floor_lines = arena_array(arena, LINES, sizeof(int32_t));
    in->floors[0] = (struct instance_floor){
        .share_ppm = 700000, .price = 3000, .member_end = LINES / 2};
    for (int32_t j = 0; j < OFFERS; j++) {
        in->offers[j].capacity = random_in(r, 1, 4);
    }
    for (int32_t l = 0, p = 0; l < LINES; l++) {
        in->floor_lines[l] = l;
        in->needs[l].budget_yen =
            random_chance(r, 40) ? random_in(r, 0, 2000) : INSTANCE_NO_LIMIT;
        in->lines[l] = (struct instance_line){
            .need = l, .quantity = random_in(r, 1, 9)};
        in->pair_begin[l] = p;
        for (int32_t j = 0; j < OFFERS; j++, p++) {
            in->pair_offer[p] = j;
            in->pair_score[p] = 1000 - 5 * j + random_in(r, 0, 400);
            in->pair_cost[p] = random_chance(r, 60) ? random_in(r, 1, 900) : 0;
            in->pair_use[p] = 1 + random_chance(r, 20);
        }
    }
    in->pair_begin[LINES] = PAIRS;
}

static void
master_interior__finds_the_columns_that_it_has_missed(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct random r = {seed};
        struct arena arena = {0};
        struct instance in;
        struct component_list list;
        make_crowd(&in, &r, &arena);
        int32_t *least =
            arena_array(&arena, (size_t)in.pairs_n, sizeof(int32_t));
        component_split(&in, false, &arena, &list);
        parts_both_ways(&list, least, 1e-8, &arena);
        arena_release(&arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cholesky__solves_what_it_factorised),
        cmocka_unit_test(cholesky__solves_a_grid),
        cmocka_unit_test(master_interior__closes_the_gap_that_simplex_closes),
        cmocka_unit_test(
            master_interior__finds_the_columns_that_it_has_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
