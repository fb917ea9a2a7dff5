/* test_plan.c: optimizer/plan/plan.c, optimizer/plan/plan_near.c. */
#include "tests/unit/market_unit.h"

#include <stdlib.h>

#include "optimizer/check/check.h"
#include "optimizer/market/rule.h"
#include "optimizer/plan/plan.h"

struct stage {
    struct store *store;
    struct arena arena;
    struct market market;
    struct candidates c;
    int32_t *units;
    struct plan plan;
};

static void
set_up(struct stage *s)
{
    struct err err = {0};
    unit_market(s->store, &s->arena, &s->market);
    if (!candidate_build(&s->market, &s->arena, &s->c, &err)) {
        unit_fail("%s\n", err.text);
    }
    s->units = arena_array(&s->arena, (size_t)s->c.instance.pairs_n,
        sizeof(*s->units));
}

static void
tear_down(struct stage *s)
{
    arena_release(&s->arena);
    store_close(s->store);
}

/* A plan by chance, grown by what the independent check lets through. */
static void
grow_plan(struct stage *s, unsigned seed)
{
    const struct instance *in = &s->c.instance;
    for (int32_t n = 0; n < in->pairs_n; n++) {
        int32_t p = (int32_t)(unit_random(&seed) % (unsigned)in->pairs_n);
        int32_t before = s->units[p];
        int64_t value;
        struct err err = {0};
        int32_t line = instance_pair_line(in, p);
        s->units[p] += before > 0 ? 1
                                  : rule_step(&s->market,
                                        s->c.line_of[line],
                                        s->c.offer_of[in->pair_offer[p]]);
        if (!check_plan(in, s->units, &value, &err)) {
            s->units[p] = before;
        }
    }
    plan_init(&s->market, &s->c, s->units, &s->arena, &s->plan);
}

static bool
is_row(enum cause cause)
{
    return cause != CAUSE_NOT_WORTH && cause != CAUSE_UNFINISHED;
}

static void
plan__a_probe_says_what_the_check_says(void **state)
{
    (void)state;
    int seen[CAUSE_COUNT] = {0}, floors = 0;
    for (unsigned seed = 1; seed <= (unsigned)unit_rounds(20); seed++) {
        struct stage s = {.store = unit_store()};
        unit_fill_by_chance(s.store, seed, 24);
        unit_sql(s.store, "UPDATE entries SET max_partners = 1 WHERE id %% 3"
            " = 0; UPDATE entries SET max_needs = 1 WHERE id %% 4 = 0;"
            "UPDATE entries SET budget_yen = 6000 WHERE id %% 2 = 0;"
            "INSERT INTO weight_versions VALUES (1, 'published', 'a', 'r',"
            " 't', 't'); INSERT INTO weights VALUES (1,"
            " 'programme_budget_yen', 30000), (1, 'cost_price_per_1000_yen',"
            " 900000)");
        set_up(&s);
        grow_plan(&s, seed);
        const struct instance *in = &s.c.instance;
        int64_t value, more;
        struct err ok = {0};
        assert_true(check_plan(in, s.units, &value, &ok));
        for (int32_t p = 0; p < in->pairs_n; p++) {
            int32_t line = instance_pair_line(in, p);
            if (plan_missing(&s.plan, line) == 0) {
                continue;
            }
            enum cause cause = plan_probe(&s.plan, line, p);
            int32_t step = plan_step(&s.plan, line, p);
            struct err err = {0};
            s.units[p] += step;
            bool fits = check_plan(in, s.units, &more, &err);
            s.units[p] -= step;
            seen[cause]++;
            if (fits == is_row(cause)) {
                unit_fail("seed %u: %s, but %s\n", seed, cause_name(cause),
                    fits ? "it fits" : err.text);
            }
            if (fits) { /* floors and all, but for two roundings */
                model_wide gain = plan_gain(&s.plan, line, p) / 1000000;
                assert_true(gain - (more - value) <= 1 &&
                            more - value - gain <= 1);
                assert_int_equal(cause == CAUSE_UNFINISHED, more > value);
                floors += s.plan.line_floor[line] <
                          s.plan.line_floor[line + 1];
            }
        }
        tear_down(&s);
    }
    assert_true(floors > 20 || !unit_all_rounds());
    static const enum cause rows[] = {CAUSE_CAPACITY, CAUSE_COMPETITION,
        CAUSE_BUDGET, CAUSE_PROGRAMME_BUDGET, CAUSE_PARTNERS,
        CAUSE_NEEDS_LIMIT, CAUSE_MIN_LOT, CAUSE_NOT_WORTH, CAUSE_UNFINISHED};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (seen[rows[i]] == 0 && unit_all_rounds()) {
            unit_fail("no case of %s\n", cause_name(rows[i]));
        }
    }
}

static enum cause
cause_of_need(struct stage *s, int64_t need, struct plan_near *near)
{
    int32_t line = s->c.line_at[unit_line_of(&s->market, need)];
    plan_near(&s->plan, line, &s->arena, near);
    return plan_cause(&s->plan, line, near);
}

static void
plan__near_candidates_are_counted_by_what_alone_blocks_them(void **state)
{
    (void)state;
    struct stage s = {.store = unit_store()};
    unit_need(s.store, 1, 1, "venue", 1);
    unit_sql(s.store, "UPDATE entries SET weekdays = 96");
    for (int id = 2; id <= 8; id++) {
        unit_offer(s.store, id, 2, id == 8 ? "goods" : "venue_shop", 1);
    }
    unit_sql(s.store,
        "UPDATE entries SET weekdays = 31 WHERE id IN (2, 3, 4);"
        "UPDATE entry_lines SET unit = 'kg' WHERE entry_id IN (4, 5);"
        "UPDATE entries SET organisation_id = 1 WHERE id = 6;"
        "UPDATE entry_lines SET for_public = 1 WHERE entry_id = 7");
    set_up(&s);
    grow_plan(&s, 1);
    struct plan_near near;
    assert_int_equal(cause_of_need(&s, 1, &near), CAUSE_WEEKDAY);
    assert_int_equal(near.pairs, 0);
    assert_int_equal(near.same_kind, 5);
    assert_int_equal(near.sole[CAUSE_WEEKDAY], 2);
    assert_int_equal(near.sole[CAUSE_UNIT], 1);
    assert_int_equal(near.sole[CAUSE_SELF], 1);
    assert_int_equal(near.blocks_n, 5);
    assert_int_equal(near.blocks[4].blocks_n, 2); /* the farthest last */
    assert_int_equal(near.blocks[4].offer_line, unit_line_of(&s.market, 4));
    /* the promise of the count: waive it, and so many more are candidates */
    unit_sql(s.store, "UPDATE entries SET weekdays = 0 WHERE id = 1");
    set_up(&s);
    assert_int_equal(s.c.instance.pairs_n, 2);
    tear_down(&s);
}

static void
plan__nobody_offers_the_kind(void **state)
{
    (void)state;
    struct stage s = {.store = unit_store()};
    unit_need(s.store, 1, 1, "venue_shop", 1);
    unit_offer(s.store, 2, 2, "venue", 1); /* the wider kind: near, no more */
    unit_offer(s.store, 3, 2, "goods", 1);
    set_up(&s);
    grow_plan(&s, 1);
    struct plan_near near;
    assert_int_equal(cause_of_need(&s, 1, &near), CAUSE_NO_OFFER);
    assert_int_equal(near.blocks_n, 1);
    assert_int_equal(near.blocks[0].cause, CAUSE_KIND);
    tear_down(&s);
}

static void
plan__competition_and_capacity_are_told_apart(void **state)
{
    (void)state;
    struct stage s = {.store = unit_store()};
    unit_need(s.store, 1, 1, "venue", 3);
    unit_need(s.store, 2, 1, "venue", 2);
    unit_offer(s.store, 3, 2, "venue", 2);
    set_up(&s);
    s.units[0] = 2; /* all of it to need 1 */
    plan_init(&s.market, &s.c, s.units, &s.arena, &s.plan);
    struct plan_near near;
    assert_int_equal(cause_of_need(&s, 1, &near), CAUSE_CAPACITY);
    assert_int_equal(cause_of_need(&s, 2, &near), CAUSE_COMPETITION);
    assert_int_equal(near.blocks[0].pair, 1);
    tear_down(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plan__a_probe_says_what_the_check_says),
        cmocka_unit_test(
            plan__near_candidates_are_counted_by_what_alone_blocks_them),
        cmocka_unit_test(plan__nobody_offers_the_kind),
        cmocka_unit_test(plan__competition_and_capacity_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
