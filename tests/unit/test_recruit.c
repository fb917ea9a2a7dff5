/* test_recruit.c: optimizer/recruit*.c: an idea is worth what the offer is
 * worth once it stands in the store. */
#include "tests/unit/plan_unit.h"

#include "optimizer/whatif/recruit.h"

static void
ideas_of(struct stage *s, struct recruit *recruit)
{
    struct err err = {0};
    const struct solve_start start = solve_start_of(&s->result);
    if (!recruit_make(&s->plan, &start,
            s->result.bound_e6 - s->result.value_e6, &s->options, &s->arena,
            recruit, &err)) {
        unit_fail("%s\n", err.text);
    }
}

/* The idea as an approved entry of an organisation of its own; the value of
 * the best plan then. */
static int64_t
value_with(struct stage *s, const struct recruit_idea *idea)
{
    struct market *market = arena_alloc(&s->arena, sizeof(*market));
    struct candidates c;
    struct solve_result result;
    struct err err = {0};
    const char *code = s->market.geo.regions[idea->region].code;
    unit_sql(s->store, "SAVEPOINT idea; INSERT INTO organisations (id, key,"
        " origin, name, created_at, updated_at) VALUES (99, 'o99',"
        " 'example', 'x', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z')");
    unit_entry(s->store, 999, "offer", 99);
    unit_sql(s->store, "UPDATE entries SET region_code = '%s', reach_hard = 1"
        " WHERE id = 999; INSERT INTO entry_regions VALUES (999, '%s');"
        "INSERT INTO entry_lines (entry_id, line_no, kind_id, quantity, unit)"
        " VALUES (999, 1, '%s', %d, '%s')",
        code, code, s->market.kinds.terms[idea->kind].id, idea->capacity,
        idea->unit);
    unit_market(s->store, &s->arena, market);
    if (!candidate_build(market, &s->arena, &c, &err) ||
        !solve(&c.instance, &s->options, &s->arena, &result, &err)) {
        unit_fail("%s\n", err.text);
    }
    unit_sql(s->store, "ROLLBACK TO idea; RELEASE idea");
    return result.value_e6;
}

static void
recruit__gains_are_those_of_the_real_offer(void **state)
{
    (void)state;
    int ideas = 0;
    const int32_t step = unit_all_rounds() ? 1 : 4;
    for (unsigned seed = 1; seed <= (unsigned)unit_rounds(6); seed++) {
        struct stage s;
        struct recruit recruit;
        struct store *store = unit_store();
        unit_fill_by_chance(store, seed, unit_all_rounds() ? 24 : 12);
        if (seed % 2 == 0) {
            stage_limits(store);
            stage_travel(store);
        }
        stage_solve(&s, store);
        ideas_of(&s, &recruit);
        assert_true(recruit.n <= recruit.tried);
        assert_true(recruit.tried <= recruit.looked_at);
        for (int32_t k = 0; k < recruit.n; k += step) {
            const struct recruit_idea *idea = &recruit.ideas[k];
            int64_t gain = value_with(&s, idea) - s.result.value_e6;
            assert_true(idea->gain_e6 > 0);
            assert_true(idea->lines > 0 || idea->units > 0);
            /* rounding of two sums to 1e-6 each */
            if (llabs(gain - idea->gain_e6) > 2) {
                unit_fail("seed %u idea %d: %s %s %d lines %d: %lld, %lld\n", seed, (int)k, s.market.geo.regions[idea->region].code, s.market.kinds.terms[idea->kind].id, idea->capacity, idea->lines,
                    (long long)gain, (long long)idea->gain_e6);
            }
            ideas++;
        }
        stage_end(&s);
    }
    assert_true(ideas > (unit_all_rounds() ? 10 : 0));
}

/* Two needs for a hall in 座間市, one hall there: one more makes one more
 * need whole; food for 200 that nobody offers is what is missing. */
static void
recruit__says_it_in_a_sentence(void **state)
{
    (void)state;
    struct stage s, again;
    struct recruit recruit, same;
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 2);
    unit_need(store, 2, 2, "venue", 2);
    unit_need(store, 3, 2, "goods_food", 200);
    unit_offer(store, 4, 3, "venue", 2);
    stage_solve(&s, store);
    ideas_of(&s, &recruit);
    assert_int_equal(recruit.looked_at, 2);
    assert_int_equal(recruit.n, 2);
    for (int32_t k = 0; k < 2; k++) {
        const struct recruit_idea *idea = &recruit.ideas[k];
        bool venue = idea->capacity == 2;
        assert_int_equal(idea->capacity, venue ? 2 : 200);
        assert_int_equal(idea->lines, 1);
        const char *text = recruit_text(&s.market, idea, &s.arena);
        assert_string_equal(text,
            arena_format(&s.arena, "座間市に%sが1つ増えるとあと1件成立",
                s.market.kinds.terms[idea->kind].label_ja));
    }
    stage_solve(&again, store);
    ideas_of(&again, &same);
    assert_memory_equal(&same.ideas[0].capacity, &recruit.ideas[0].capacity,
        sizeof(int32_t));
    assert_int_equal(same.ideas[0].gain_e6, recruit.ideas[0].gain_e6);
    arena_release(&again.arena);
    stage_end(&s);
}

/* A need that forbids its region's offers, or all is covered: no idea. */
static void
recruit__offers_nothing_that_does_not_help(void **state)
{
    (void)state;
    struct stage s;
    struct recruit recruit;
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 2);
    unit_offer(store, 2, 2, "venue", 2);
    stage_solve(&s, store);
    ideas_of(&s, &recruit);
    assert_int_equal(recruit.looked_at, 0);
    assert_int_equal(recruit.n, 0);
    arena_release(&s.arena);

    /* worth nothing: covering it would gain no point */
    unit_need(store, 3, 1, "goods_food", 5);
    unit_sql(store, "INSERT INTO weight_versions VALUES (1, 'published',"
        " 'a', 'r', 't', 't');"
        "INSERT INTO weights SELECT 1, value, 0 FROM json_each("
        "'[\"worth_urgency_1\",\"uncovered_ppm\",\"fit_kind_exact\","
        "\"new_link_bonus\",\"floor_region_price\",\"floor_sector_price\"]')");
    stage_solve(&s, store);
    ideas_of(&s, &recruit);
    assert_true(recruit.looked_at >= 1);
    assert_int_equal(recruit.n, 0);
    stage_end(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recruit__gains_are_those_of_the_real_offer),
        cmocka_unit_test(recruit__says_it_in_a_sentence),
        cmocka_unit_test(recruit__offers_nothing_that_does_not_help),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
