/* test_metamorphic.c: solve() on two instances that must have one value, or
 * of which one cannot be better: rows in another order, a line split, an
 * offer in two halves, more room, finer units.  test_solve.c has the simpler ones. */
#include "tests/unit/unit.h"

#include "optimizer/check/check.h"
#include "optimizer/check/proof.h"
#include "optimizer/solve/solve.h"
#include "tests/unit/random_instance.h"

enum { PAIRS = 10, NONE = INT32_MIN };

/* The value of the best plan, checked; NONE: the pins cannot hold. */
static int64_t
value_of(const struct instance *in, int32_t priced)
{
    const struct solve_options options = {.processes = -1,
        .priced_pairs = priced};
    struct arena arena = {0};
    struct solve_result result;
    struct err err = {0};
    int64_t value = NONE;
    assert_true(solve(in, &options, &arena, &result, &err));
    if (result.units != NULL) {
        assert_true(check_plan(in, result.units, &value, &err));
        assert_int_equal(value, result.value_e6);
        assert_int_equal(result.state, SOLVE_OPTIMAL);
    }
    arena_release(&arena);
    return value;
}

/* Lines as told by old[], new row r being a copy of line old[r]; floors and
 * pins follow to the first copy. */
static struct instance
with_lines(const struct instance *in, const int32_t *old, int32_t n,
    struct arena *arena)
{
    struct instance out = *in;
    size_t pairs = 2 * (size_t)in->pairs_n + 1;
    int32_t to = 0, first[8] = {0}, moved[64] = {0};
    int32_t *from[] = {in->pair_offer, in->pair_score, in->pair_cost,
        in->pair_use};
    int32_t **target[] = {&out.pair_offer, &out.pair_score, &out.pair_cost,
        &out.pair_use};
    for (int a = 0; a < 4; a++) {
        *target[a] = arena_array(arena, pairs, sizeof(int32_t));
    }
    out.lines = arena_array(arena, (size_t)n, sizeof(*out.lines));
    out.pair_begin = arena_array(arena, (size_t)n + 1, sizeof(int32_t));
    for (int32_t r = n - 1; r >= 0; r--) {
        first[old[r]] = r;
    }
    for (int32_t r = 0; r < n; r++) {
        out.lines[r] = in->lines[old[r]];
        out.pair_begin[r] = to;
        for (int32_t p = in->pair_begin[old[r]];
             p < in->pair_begin[old[r] + 1]; p++, to++) {
            for (int a = 0; a < 4; a++) {
                (*target[a])[to] = from[a][p];
            }
            if (first[old[r]] == r) {
                moved[p] = to;
            }
        }
    }
    out.lines_n = n;
    out.pair_begin[n] = out.pairs_n = to;
    out.floor_lines = arena_array(arena, 16, sizeof(int32_t));
    for (int32_t g = 0; g < in->floors_n; g++) {
        for (int32_t k = in->floors[g].member_begin;
             k < in->floors[g].member_end; k++) {
            out.floor_lines[k] = first[in->floor_lines[k]];
        }
    }
    out.pins = arena_array(arena, (size_t)in->pins_n, sizeof(*out.pins));
    for (int32_t p = 0, k = 0; p < to; p++) { /* ascending in the new order */
        for (int32_t i = 0; i < in->pins_n; i++) {
            if (moved[in->pins[i].pair] == p) {
                out.pins[k++] = (struct instance_pin){p, in->pins[i].units};
            }
        }
    }
    return out;
}

/* Needs and lines in another order, with every sort of row. */
static void
solve__the_order_of_lines_and_needs_does_not_matter(void **state)
{
    (void)state;
    int plans = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(400); seed++) {
        struct arena arena = {0};
        struct random r = {seed};
        struct instance in;
        int32_t old[4];
        random_instance(&r, &in, PAIRS, &arena);
        int32_t turn = random_in(&r, 1, in.lines_n - 1);
        for (int32_t l = 0; l < in.lines_n; l++) {
            old[l] = in.lines_n - 1 - (l + turn) % in.lines_n;
        }
        struct instance turned = with_lines(&in, old, in.lines_n, &arena);
        turned.needs =
            arena_array(&arena, (size_t)in.needs_n, sizeof(*in.needs));
        for (int32_t i = 0; i < in.needs_n; i++) {
            turned.needs[in.needs_n - 1 - i] = in.needs[i];
        }
        for (int32_t l = 0; l < in.lines_n; l++) {
            turned.lines[l].need = in.needs_n - 1 - turned.lines[l].need;
        }
        int64_t value = value_of(&in, 0);
        assert_int_equal(value_of(&turned, seed % 3 == 0), value);
        plans += value != NONE;
        arena_release(&arena);
    }
    assert_true(plans > 100 || !unit_all_rounds());
}

static void
drop_floors_and_pins(struct instance *in)
{
    in->floors_n = in->pins_n = 0;
}

/* A line of q units as two of a and q - a units of the same need, whatever
 * the budgets and limits on partners and needs: nobody can tell. */
static void
solve__a_line_of_loose_units_can_be_split(void **state)
{
    (void)state;
    int split = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(400); seed++) {
        struct arena arena = {0};
        struct random r = {seed};
        struct instance in;
        random_instance(&r, &in, PAIRS, &arena);
        drop_floors_and_pins(&in); /* a floor counts lines, not units */
        int32_t line = random_in(&r, 0, in.lines_n - 1), old[5];
        int32_t quantity = ++in.lines[line].quantity; /* 2 or more */
        in.lines[line].indivisible = 0;
        bool lots = seed % 2 == 0; /* a lot holds for each half apart */
        for (int32_t j = 0; j < in.offers_n && !lots; j++) {
            in.offers[j].min_lot = 0;
        }
        for (int32_t l = 0; l <= in.lines_n; l++) {
            old[l] = l < in.lines_n ? l : line;
        }
        struct instance two = with_lines(&in, old, in.lines_n + 1, &arena);
        two.lines[line].quantity = random_in(&r, 1, quantity - 1);
        two.lines[in.lines_n].quantity =
            quantity - two.lines[line].quantity;
        int64_t before = value_of(&in, 0), after = value_of(&two, 0);
        if (lots) {
            assert_true(after <= before);
        } else {
            assert_int_equal(after, before);
            assert_int_equal(value_of(&two, 1), before);
        }
        split += before != 0;
        arena_release(&arena);
    }
    assert_true(split > 100 || !unit_all_rounds());
}

/* Offer j gives half of what it has; a new one of its organisation, with
 * its pairs, the other half. */
static struct instance
halved(const struct instance *in, int32_t j, struct arena *arena)
{
    struct instance out = *in;
    size_t pairs = 2 * (size_t)in->pairs_n + 1;
    int32_t to = 0;
    int32_t *from[] = {in->pair_offer, in->pair_score, in->pair_cost,
        in->pair_use};
    int32_t **target[] = {&out.pair_offer, &out.pair_score, &out.pair_cost,
        &out.pair_use};
    for (int a = 0; a < 4; a++) {
        *target[a] = arena_array(arena, pairs, sizeof(int32_t));
    }
    out.pair_begin =
        arena_array(arena, (size_t)in->lines_n + 1, sizeof(int32_t));
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t of_j = -1;
        out.pair_begin[l] = to;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1];
             p++, to++) {
            for (int a = 0; a < 4; a++) {
                (*target[a])[to] = from[a][p];
            }
            of_j = in->pair_offer[p] == j ? p : of_j;
        }
        if (of_j >= 0) {
            for (int a = 0; a < 4; a++) {
                (*target[a])[to] = from[a][of_j];
            }
            out.pair_offer[to++] = in->offers_n;
        }
    }
    out.pair_begin[in->lines_n] = out.pairs_n = to;
    out.offers = arena_array(arena, (size_t)in->offers_n + 1,
        sizeof(*out.offers));
    memcpy(out.offers, in->offers,
        (size_t)in->offers_n * sizeof(*out.offers));
    out.offers[j].capacity /= 2;
    out.offers[out.offers_n++] = out.offers[j];
    return out;
}

/* With loose units the halves are as good as the whole, floors and budgets
 * and partners included; with lots, whole lines and uses they can only be
 * worse. */
static void
solve__an_offer_in_two_halves_is_no_better(void **state)
{
    (void)state;
    int worse = 0, alike = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(400); seed++) {
        struct arena arena = {0};
        struct random r = {seed};
        struct instance in;
        random_instance(&r, &in, PAIRS, &arena);
        int32_t j = random_in(&r, 0, in.offers_n - 1);
        bool loose = seed % 2 == 1;
        in.pins_n = 0; /* they name pairs */
        in.offers[j].capacity += in.offers[j].capacity % 2;
        in.offers[j].max_needs = 0;
        for (int32_t l = 0; l < in.lines_n && loose; l++) {
            in.lines[l].indivisible = 0;
        }
        for (int32_t p = 0; p < in.pairs_n && loose; p++) {
            in.pair_use[p] = 1;
        }
        in.offers[j].min_lot = loose ? 0 : in.offers[j].min_lot;
        struct instance two = halved(&in, j, &arena);
        int64_t before = value_of(&in, 0), after = value_of(&two, 0);
        if (loose) {
            assert_int_equal(after, before);
            assert_int_equal(value_of(&two, 1), before);
            alike++;
        } else {
            assert_true(after <= before);
            worse += after < before;
        }
        arena_release(&arena);
    }
    assert_true((alike > 100 && worse > 0) || !unit_all_rounds());
}

/* More capacity, budget, partners or needs never cost a plan its value; a
 * dearer missing unit never raises it. */
static void
solve__more_room_is_never_worse(void **state)
{
    (void)state;
    int better = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(300); seed++) {
        struct arena arena = {0};
        struct random r = {seed};
        struct instance in;
        random_instance(&r, &in, PAIRS, &arena);
        int64_t before = value_of(&in, 0);
        for (int32_t j = 0; j < in.offers_n; j++) {
            in.offers[j].capacity += random_in(&r, 0, 2);
            in.offers[j].max_needs += in.offers[j].max_needs > 0;
        }
        for (int32_t i = 0; i < in.needs_n; i++) {
            if (in.needs[i].budget_yen != INSTANCE_NO_LIMIT) {
                in.needs[i].budget_yen += random_in(&r, 0, 9);
            }
            in.needs[i].max_partners += in.needs[i].max_partners > 0;
        }
        int64_t after = value_of(&in, 0);
        assert_true(after >= before);
        better += after > before && before != NONE;
        for (int32_t l = 0; l < in.lines_n; l++) {
            in.lines[l].uncovered_price += random_in(&r, 0, 100);
        }
        assert_true(value_of(&in, 0) <= after);
        arena_release(&arena);
    }
    assert_true(better > 50 || !unit_all_rounds());
}

/* Each unit cut into five: every plan is still there, five times as large,
 * and the relaxation's prices bound both. */
static void
solve__finer_units_are_never_worse(void **state)
{
    (void)state;
    int finer = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(300); seed++) {
        struct arena arena = {0};
        struct random r = {seed};
        struct instance in;
        struct solve_result result;
        struct err err = {0};
        const struct solve_options options = {.processes = -1,
            .priced_pairs = seed % 2 == 0};
        random_instance(&r, &in, PAIRS, &arena);
        drop_floors_and_pins(&in);
        int64_t before = value_of(&in, 0);
        for (int32_t l = 0; l < in.lines_n; l++) {
            in.lines[l].quantity *= 5;
        }
        for (int32_t j = 0; j < in.offers_n; j++) {
            in.offers[j].capacity *= 5;
            in.offers[j].min_lot *= 5;
        }
        for (int32_t i = 0; i < in.needs_n; i++) {
            in.needs[i].budget_yen *=
                in.needs[i].budget_yen == INSTANCE_NO_LIMIT ? 1 : 5;
        }
        in.programme_budget_yen *=
            in.programme_budget_yen == INSTANCE_NO_LIMIT ? 1 : 5;
        assert_true(solve(&in, &options, &arena, &result, &err));
        assert_int_equal(result.state, SOLVE_OPTIMAL);
        assert_true(result.value_e6 >= 5 * before);
        finer += result.value_e6 > 5 * before;
        const struct proof_prices prices = {
            .capacity = result.capacity_price,
            .budget = result.budget_price, .floor = result.floor_price,
            .programme = result.programme_price};
        int64_t relaxed = proof_bound(&in, &prices);
        assert_true(relaxed >= result.value_e6);
        assert_true(result.bound_e6 >= result.value_e6);
        arena_release(&arena);
    }
    assert_true(finer > 20 || !unit_all_rounds());
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            solve__the_order_of_lines_and_needs_does_not_matter),
        cmocka_unit_test(solve__a_line_of_loose_units_can_be_split),
        cmocka_unit_test(solve__an_offer_in_two_halves_is_no_better),
        cmocka_unit_test(solve__more_room_is_never_worse),
        cmocka_unit_test(solve__finer_units_are_never_worse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
