/* test_loss.c: optimizer/plan/loss.c, optimizer/plan/loss_part.c. */
#include "tests/unit/plan_unit.h"

#include <stdlib.h>

#include "optimizer/plan/loss_part.h"

static void
alternatives(struct stage *s, struct plan_extras *extras)
{
    struct err err = {0};
    memset(extras, 0, sizeof(*extras));
    if (!loss_alternatives(&s->plan, &s->result, &s->options, &s->arena,
            extras, &err)) {
        unit_fail("%s\n", err.text);
    }
}

/* The whole instance, solved with `banned` gone and `wanted` used: by
 * nothing that loss.c does. */
static int64_t
value_without(struct stage *s, int32_t banned, int32_t wanted, bool *solved)
{
    const struct instance *in = &s->c.instance;
    struct instance out = *in;
    size_t pairs = (size_t)in->pairs_n;
    out.pairs_n = 0;
    out.pair_begin = arena_array(&s->arena, (size_t)in->lines_n + 1, 4);
    out.pair_offer = arena_array(&s->arena, pairs, 4);
    out.pair_score = arena_array(&s->arena, pairs, 4);
    out.pair_cost = arena_array(&s->arena, pairs, 4);
    out.pair_use = arena_array(&s->arena, pairs, 4);
    struct instance_pin pin = {.units = 1};
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (p != banned) {
                int32_t to = out.pairs_n++;
                out.pair_offer[to] = in->pair_offer[p];
                out.pair_score[to] = in->pair_score[p];
                out.pair_cost[to] = in->pair_cost[p];
                out.pair_use[to] = in->pair_use[p];
                pin.pair = p == wanted ? to : pin.pair;
            }
        }
        out.pair_begin[l + 1] = out.pairs_n;
    }
    out.pins = &pin;
    out.pins_n = 1;
    struct solve_result result;
    struct err err = {0};
    assert_true(solve(&out, &s->options, &s->arena, &result, &err));
    *solved = result.state == SOLVE_OPTIMAL;
    return result.value_e6;
}

static int32_t
main_pair(const struct stage *s, int32_t line)
{
    const struct instance *in = &s->c.instance;
    int32_t best = in->pair_begin[line];
    for (int32_t p = best; p < in->pair_begin[line + 1]; p++) {
        best = s->result.units[p] > s->result.units[best] ? p : best;
    }
    return best;
}

static bool
is_what_solving_again_says(struct stage *s, const struct plan_alternative *a)
{
    bool solved;
    int64_t value =
        value_without(s, main_pair(s, a->line), a->pair, &solved);
    assert_int_equal(a->has_loss, solved);
    if (solved) { /* both plans are optimal to a millionth */
        int64_t loss = s->result.value_e6 - value;
        assert_true(llabs(loss - a->loss_e6) <= 1000000);
    }
    return solved;
}

static void
loss__is_what_solving_the_whole_again_says(void **state)
{
    (void)state;
    int checked = 0;
    const int32_t step = unit_all_rounds() ? 1 : 4;
    for (unsigned seed = 1; seed <= (unsigned)unit_rounds(5); seed++) {
        struct store *store = unit_store();
        unit_fill_by_chance(store, seed, unit_all_rounds() ? 22 : 12);
        stage_limits(store);
        stage_travel(store);
        struct stage s;
        struct plan_extras extras;
        stage_solve(&s, store);
        s.market.value[OPTION_LOSS_TIME] = 0; /* a busy machine is no cause */
        alternatives(&s, &extras);
        for (int32_t i = 0; i < extras.alternatives_n; i++) {
            const struct plan_alternative *a = &extras.alternatives[i];
            assert_int_equal(instance_pair_line(&s.c.instance, a->pair), a->line);
            assert_int_equal(s.result.units[a->pair], 0);
            if (i % step == 0) {
                checked += is_what_solving_again_says(&s, a);
            }
            bool next = i > 0 && a[-1].line == a->line;
            assert_int_equal(a->rank, next ? a[-1].rank + 1 : 1);
            assert_true(!next || !a->has_loss ||
                        a[-1].loss_e6 <= a->loss_e6);
        }
        stage_end(&s);
    }
    assert_true(checked >= (unit_all_rounds() ? 20 : 1));
}

static void
loss__is_the_difference_when_nothing_else_moves(void **state)
{
    (void)state;
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 1);
    unit_offer(store, 2, 2, "venue", 1);
    unit_offer(store, 3, 3, "venue", 1);
    unit_offer(store, 4, 4, "venue", 1);
    unit_sql(store, "UPDATE entries SET lat_e6 = 35488560, lon_e6 = 139407620"
                    " + 10000 * id"); /* each 0.9 km further */
    struct stage s;
    struct plan_extras extras;
    stage_solve(&s, store);
    alternatives(&s, &extras);
    assert_int_equal(extras.alternatives_n, 2);
    assert_int_equal(extras.alternatives[0].pair, 1);
    assert_int_equal(extras.alternatives[0].loss_e6,
        (int64_t)1000000 *
            (s.c.instance.pair_score[0] - s.c.instance.pair_score[1]));
    assert_true(extras.alternatives[0].loss_e6 > 0);
    stage_end(&s);
}

static void
loss__a_pinned_partner_and_the_limit_leave_no_loss(void **state)
{
    (void)state;
    for (int round = 0; round < 2; round++) {
        struct store *store = unit_store();
        unit_need(store, 1, 1, "venue", 1);
        unit_offer(store, 2, 2, "venue", 1);
        unit_offer(store, 3, 3, "venue", 1);
        unit_sql(store, round == 0
            ? "INSERT INTO decisions (need_id, offer_id, decision, reason,"
              " actor, at) VALUES (1, 3, 'pin', 'r', 'a', 't')"
            : "INSERT INTO weight_versions VALUES (1, 'published', 'a', 'r',"
              " 't', 't'); INSERT INTO weights VALUES (1, 'loss_solves', 0)");
        struct stage s;
        struct plan_extras extras;
        stage_solve(&s, store);
        alternatives(&s, &extras);
        assert_int_equal(extras.alternatives_n, 1);
        assert_false(extras.alternatives[0].has_loss);
        stage_end(&s);
    }
}

/* Rows keep their names and with them their prices; pairs, their units. */
static void
share_of(const struct stage *s, const struct loss_part *part,
    struct arena *arena)
{
    const struct instance *in = &s->c.instance, *own = &part->in;
    const struct solve_start whole = solve_start_of(&s->result);
    const struct solve_start start = loss_part_start(part, &whole, arena);
    for (int32_t l = 0; l < own->lines_n; l++) {
        int32_t of = part->line_of[l];
        assert_ptr_equal(own->lines[l].name, in->lines[of].name);
        assert_int_equal(start.demand_price[l], whole.demand_price[of]);
    }
    for (int32_t j = 0; j < own->offers_n; j++) {
        int32_t of = part->offer_of[j];
        assert_ptr_equal(own->offers[j].name, in->offers[of].name);
        assert_int_equal(start.capacity_price[j], whole.capacity_price[of]);
    }
    for (int32_t i = 0; i < own->needs_n; i++) {
        int32_t of = part->need_of[i];
        assert_ptr_equal(own->needs[i].name, in->needs[of].name);
        assert_int_equal(start.budget_price[i], whole.budget_price[of]);
        assert_int_equal(start.partners_price[i], whole.partners_price[of]);
    }
    for (int32_t g = 0; g < own->floors_n; g++) {
        int32_t of = part->floor_of[g];
        assert_ptr_equal(own->floors[g].name, in->floors[of].name);
        assert_int_equal(start.floor_price[g], whole.floor_price[of]);
    }
    for (int32_t p = 0; p < own->pairs_n; p++) {
        assert_int_equal(start.units[p], whole.units[part->pair_of[p]]);
    }
    assert_int_equal(start.programme_price, whole.programme_price);
}

static void
loss_part__starts_from_its_share_of_what_is_known(void **state)
{
    (void)state;
    struct store *store = unit_store();
    unit_fill_by_chance(store, 3, 22);
    stage_limits(store);
    stage_travel(store);
    struct stage s;
    stage_solve(&s, store);
    const struct instance *in = &s.c.instance;
    int32_t *root = arena_array(&s.arena, (size_t)in->lines_n, 4);
    int32_t parts = 0, pairs = 0;
    loss_roots(in, root);
    for (int32_t l = 0; l < in->lines_n; l++) {
        struct loss_part part;
        if (root[l] == l) {
            loss_part_build(in, root, l, &s.arena, &part);
            share_of(&s, &part, &s.arena);
            pairs += part.in.pairs_n;
            parts++;
        }
    }
    assert_true(parts > 1);
    assert_int_equal(pairs, in->pairs_n);
    stage_end(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loss__is_what_solving_the_whole_again_says),
        cmocka_unit_test(loss__is_the_difference_when_nothing_else_moves),
        cmocka_unit_test(loss__a_pinned_partner_and_the_limit_leave_no_loss),
        cmocka_unit_test(loss_part__starts_from_its_share_of_what_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
