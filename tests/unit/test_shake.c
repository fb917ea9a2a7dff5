/* test_shake.c: a shake keeps the best plan it met, whatever the heat, does
 * the same in any currency of points, and moves a row of needs at once; the
 * pairs that it works on are those of the instance. */
#include "tests/unit/unit.h"

#include "optimizer/base/clock.h"
#include "optimizer/check/check.h"
#include "optimizer/solve/focus.h"
#include "optimizer/solve/shake.h"
#include "tests/unit/instance_room.h"
#include "tests/unit/random_instance.h"

enum { NEEDS = 30, LINES = 45, OFFERS = 25, NEAR = 6, FLOORS = 2 };

#define PLENTY ((model_wide)1 << 100)

struct world {
    struct arena arena;
    struct instance in;
    struct links links;
    struct ledger ledger;
    struct prices prices;
    struct near near;
};

static void
draw_rows(struct random *r, struct instance *in)
{
    for (int32_t i = 0; i < NEEDS; i++) {
        in->needs[i].budget_yen =
            random_chance(r, 40) ? random_in(r, 0, 60) : INSTANCE_NO_LIMIT;
        in->needs[i].max_partners = random_chance(r, 40);
    }
    for (int32_t l = 0; l < LINES; l++) {
        in->lines[l] = (struct instance_line){.need = l % NEEDS,
            .quantity = random_in(r, 1, 8),
            .indivisible = random_chance(r, 20)};
        in->floor_lines[l] = l;
    }
    for (int32_t j = 0; j < OFFERS; j++) {
        in->offers[j] = (struct instance_offer){
            .capacity = random_in(r, 2, 12),
            .max_needs = random_chance(r, 40) ? 2 : 0,
            .min_lot = random_chance(r, 30) ? 3 : 0,
            .org = j / 2};
    }
    for (int32_t g = 0; g < FLOORS; g++) {
        in->floors[g] = (struct instance_floor){.share_ppm = 700000,
            .price = random_in(r, 0, 900),
            .member_begin = g * LINES / FLOORS,
            .member_end = (g + 1) * LINES / FLOORS};
    }
}

/* Scores and prices of floors: all times so much. */
static void
draw_world(struct world *w, uint64_t seed, int32_t times)
{
    struct random r = {seed};
    struct instance *in = &w->in;
    *w = (struct world){.in = {.needs_n = NEEDS, .lines_n = LINES,
        .offers_n = OFFERS, .orgs_n = OFFERS, .floors_n = FLOORS,
        .programme_budget_yen = 400}};
    instance_room(in, (size_t)LINES * OFFERS, &w->arena);
    in->floors = arena_array(&w->arena, FLOORS, sizeof(*in->floors));
    in->floor_lines = arena_array(&w->arena, LINES, sizeof(int32_t));
    draw_rows(&r, in);
    for (int32_t l = 0; l < LINES; l++) {
        for (int32_t j = 0; j < OFFERS; j++) {
            if (random_chance(&r, 25)) {
                int32_t p = in->pairs_n++;
                in->pair_offer[p] = j;
                in->pair_score[p] = random_in(&r, -50, 999) * times;
                in->pair_cost[p] = random_in(&r, 0, 9);
                in->pair_use[p] = random_in(&r, 1, 2);
            }
        }
        in->pair_begin[l + 1] = in->pairs_n;
    }
    for (int32_t g = 0; g < FLOORS; g++) {
        in->floors[g].price *= times;
    }
}

/* The plan that is filled up, and the pairs that are near at prices of
 * yen only. */
static void
open_world(struct world *w, int64_t programme_price)
{
    struct instance *in = &w->in;
    int32_t *least =
        arena_array(&w->arena, (size_t)in->pairs_n, sizeof(int32_t));
    links_make(in, &w->arena, &w->links);
    ledger_init(&w->ledger, in, &w->links, least, &w->arena);
    ledger_fill(&w->ledger, NULL, 0);
    prices_make(&w->prices, in, NULL, &w->arena);
    w->prices.programme = programme_price;
    certificate_bound(in, least, &w->prices);
    near_make(&w->near, in, &w->prices, NULL, NEAR, &w->arena);
}

enum {
    ROW = 4,      /* needs that must all move for one more to be served */
    EXTRA = 8,    /* lines of a need: two needs fill a trial that empties */
    ROW_LINES = (ROW + 1) * (EXTRA + 1),
    ROW_OFFERS = ROW + 2 + (ROW + 1) * EXTRA
};

/*
 * Need k holds offer k and could have offer k + 1, which is a little worse;
 * need 0 holds nothing, and only the last offer is free.  Until all have
 * moved every plan is worse: need 0 is the least urgent.  The needs' other
 * lines have what they want, each an offer of its own.
 */
static void
draw_row(struct world *w, int64_t budget, int32_t partners, int32_t needs,
    int32_t lot)
{
    struct instance *in = &w->in;
    *w = (struct world){.in = {.needs_n = ROW + 1, .lines_n = ROW_LINES,
        .offers_n = ROW_OFFERS, .orgs_n = ROW_OFFERS,
        .programme_budget_yen = INSTANCE_NO_LIMIT}};
    instance_room(in, 2 * ROW_LINES, &w->arena);
    for (int32_t j = 0; j < ROW_OFFERS; j++) {
        in->offers[j] = (struct instance_offer){
            .capacity = 2, .max_needs = needs, .min_lot = lot, .org = j};
    }
    for (int32_t i = 0, l = 0; i <= ROW; i++) {
        in->needs[i] = (struct instance_need){
            .budget_yen = budget, .max_partners = partners};
        for (int32_t k = 0; k <= EXTRA; k++, l++) {
            in->lines[l] =
                (struct instance_line){.need = i, .quantity = 2};
            for (int32_t n = k == 0 && i > 0 ? 0 : 1; n < 2; n++) {
                int32_t p = in->pairs_n++;
                in->pair_offer[p] =
                    k == 0 ? i + n : ROW + 2 + i * EXTRA + k - 1;
                in->pair_score[p] = i == 0 ? 10 : 100 - n;
                in->pair_cost[p] = 1;
                in->pair_use[p] = 1;
            }
            in->pair_begin[l + 1] = in->pairs_n;
        }
    }
}

/* What the plan gains; it is checked. */
static model_wide
shaken(struct world *w, const struct shake *shake)
{
    static const struct lp_limit none = {0};
    struct err err = {0};
    int64_t value;
    model_wide before = model_total(&w->in, w->ledger.units);
    shake_plan(&w->ledger, &w->near, shake, &none);
    assert_true(check_plan(&w->in, w->ledger.units, &value, &err));
    model_wide after = model_total(&w->in, w->ledger.units);
    assert_int_equal(value, model_value_e6(after));
    return after - before;
}

static void
shake_plan__keeps_the_best_whatever_the_heat(void **state)
{
    (void)state;
    int gains = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(40); seed++) {
        for (int32_t heat = 0; heat <= 10000; heat = heat * 10 + 1) {
            struct world w;
            draw_world(&w, seed, 1);
            open_world(&w, 0);
            model_wide gain = shaken(&w, 
                &(struct shake){300, heat, .enough = PLENTY});
            assert_true(gain >= 0);
            gains += gain > 0;
            arena_release(&w.arena);
        }
    }
    assert_true(gains > 0);
}

static void
shake_plan__stops_at_what_is_enough(void **state)
{
    (void)state;
    static const model_wide more[] = {PLENTY, 1, 0};
    model_wide gains[3] = {0};
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(40); seed++) {
        for (int k = 0; k < 3; k++) {
            struct world w;
            draw_world(&w, seed, 1);
            open_world(&w, 0);
            model_wide enough = model_total(&w.in, w.ledger.units) + more[k];
            gains[k] += shaken(&w, &(struct shake){300, 10, enough, 0});
            arena_release(&w.arena);
        }
    }
    assert_true(gains[0] > gains[1] && gains[1] > gains[2]);
}

static void
shake_plan__is_the_same_in_any_currency(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(40); seed++) {
        struct world one, many;
        draw_world(&one, seed, 1);
        draw_world(&many, seed, 1000);
        open_world(&one, 20000000000);
        open_world(&many, 20000000000000);
        const struct shake shake = {2000, 50, .enough = PLENTY};
        model_wide gain = shaken(&one, &shake);
        assert_true(shaken(&many, &shake) == 1000 * gain);
        assert_memory_equal(one.ledger.units, many.ledger.units,
            (size_t)one.in.pairs_n * sizeof(int32_t));
        arena_release(&one.arena);
        arena_release(&many.arena);
    }
}

/* Nobody gains from the first steps, nor from all but the last. */
static void
shake_plan__moves_a_row_of_needs_at_once(void **state)
{
    (void)state;
    static const struct {
        int64_t budget;
        int32_t partners, needs, lot;
    } rows[] = {{INSTANCE_NO_LIMIT, 0, 0, 0}, {18, 0, 0, 0},
        {INSTANCE_NO_LIMIT, 9, 0, 0}, {INSTANCE_NO_LIMIT, 0, 1, 0},
        {INSTANCE_NO_LIMIT, 0, 0, 2}, {18, 9, 1, 2}};
    for (size_t k = 0; k < sizeof(rows) / sizeof(*rows); k++) {
        struct world w;
        draw_row(&w, rows[k].budget, rows[k].partners, rows[k].needs,
            rows[k].lot);
        open_world(&w, 0);
        for (int32_t l = 0; l < ROW_LINES; l += EXTRA + 1) { /* as told */
            for (int32_t p = w.in.pair_begin[l];
                 p < w.in.pair_begin[l + 1]; p++) {
                ledger_set(&w.ledger, p, 0);
            }
        }
        for (int32_t i = 1; i <= ROW; i++) {
            ledger_set(
                &w.ledger, w.in.pair_begin[i * (EXTRA + 1)], 2);
        }
        model_wide gain =
            shaken(&w, &(struct shake){20000, 0, .enough = PLENTY});
        assert_true(gain == (20 - 2 * ROW) * MODEL_E12);
        arena_release(&w.arena);
    }
}

/* Late by the clock: trials are left out, the plan holds, the end is near. */
static void
shake_plan__ends_in_time(void **state)
{
    (void)state;
    struct world w;
    draw_world(&w, 1, 1);
    open_world(&w, 0);
    struct lp_limit limit = {.deadline_ms = clock_ms() + 50};
    model_wide before = model_total(&w.in, w.ledger.units);
    shake_plan(&w.ledger, &w.near,
        &(struct shake){INT64_MAX / 4, 10, .enough = PLENTY}, &limit);
    struct err err = {0};
    int64_t value;
    assert_true(check_plan(&w.in, w.ledger.units, &value, &err));
    assert_true(model_total(&w.in, w.ledger.units) > before);
    arena_release(&w.arena);
}

static void
focus__has_the_plan_and_near_pairs_by_new_numbers(void **state)
{
    (void)state;
    int left_out = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(40); seed++) {
        struct world w;
        struct focus f;
        draw_world(&w, seed, 1);
        open_world(&w, 20000000000);
        focus_make(&f, &w.ledger, &w.near, &w.arena);
        const int32_t *of = f.narrow.pair_of;
        int32_t used = 0;
        for (int32_t q = 0; q < f.narrow.in.pairs_n; q++) {
            int32_t l = f.ledger.pair_line[q];
            assert_int_equal(l, w.ledger.pair_line[of[q]]);
            assert_int_equal(f.ledger.units[q], w.ledger.units[of[q]]);
            assert_int_equal(f.narrow.in.pair_score[q],
                w.in.pair_score[of[q]]);
            assert_true(f.near.losses[q] == near_loss(&w.near, l, of[q]));
            used += f.ledger.units[q];
        }
        for (int32_t k = 0; k < w.near.line_begin[LINES]; k++) {
            assert_int_equal(of[f.near.line_pairs[k]], w.near.line_pairs[k]);
        }
        for (int32_t k = 0; k < w.near.offer_begin[OFFERS]; k++) {
            assert_int_equal(
                of[f.near.offer_pairs[k]], w.near.offer_pairs[k]);
        }
        left_out += w.in.pairs_n - f.narrow.in.pairs_n;
        ledger_clear(&w.ledger);
        narrow_return(&f.narrow, f.ledger.units, &w.ledger);
        for (int32_t p = 0; p < w.in.pairs_n; p++) {
            used -= w.ledger.units[p];
        }
        assert_int_equal(used, 0);
        arena_release(&w.arena);
    }
    assert_true(left_out > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(focus__has_the_plan_and_near_pairs_by_new_numbers),
        cmocka_unit_test(shake_plan__keeps_the_best_whatever_the_heat),
        cmocka_unit_test(shake_plan__stops_at_what_is_enough),
        cmocka_unit_test(shake_plan__is_the_same_in_any_currency),
        cmocka_unit_test(shake_plan__moves_a_row_of_needs_at_once),
        cmocka_unit_test(shake_plan__ends_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
