/* test_simulate.c: optimizer/simulate*.c: two sets of weights, one store. */
#include "tests/unit/plan_unit.h"

#include "optimizer/whatif/simulate.h"

static struct simulate *
simulate(struct stage *s, int64_t run, int option, int64_t value)
{
    struct err err = {0};
    const struct simulate_set set = {(enum option_id)option, value};
    struct simulate *out = simulate_weights(s->store, run, &set, 1,
        &s->options, &s->arena, &err);
    if (out == NULL) {
        unit_fail("%s\n", err.text);
    }
    return out;
}

/* Need 1 is covered for 100 yen by 3, need 2 for nothing by 4. */
static int64_t
small_night(struct stage *s)
{
    struct store *store = unit_store();
    struct plan_extras extras = {0};
    unit_need(store, 1, 1, "venue", 2);
    unit_need(store, 2, 1, "goods_food", 5);
    unit_offer(store, 3, 2, "venue", 2);
    unit_offer(store, 4, 3, "goods_food", 5);
    unit_sql(store, "UPDATE entry_lines SET unit_cost_yen = 50"
                    " WHERE entry_id = 3;"
                    "INSERT INTO entry_themes SELECT 1, id FROM themes"
                    " ORDER BY id LIMIT 1");
    stage_solve(s, store);
    enum cause *causes = arena_array(&s->arena,
        (size_t)s->c.instance.lines_n, sizeof(*causes));
    return stage_keep(s, &extras, causes);
}

static void
simulate__without_money_the_paid_pair_goes(void **state)
{
    (void)state;
    struct stage s;
    int64_t run = small_night(&s);
    const struct simulate *sim =
        simulate(&s, run, OPTION_PROGRAMME_BUDGET, 0);
    assert_false(sim->before_solved);
    assert_int_equal(sim->before.plan.spent, 100);
    assert_int_equal(sim->after.plan.spent, 0);
    assert_int_equal(sim->before.summary.all.covered, 2);
    assert_int_equal(sim->after.summary.all.covered, 1);
    assert_int_equal(sim->before.distance_m, 0);
    assert_int_equal(sim->changes_n, 1);
    assert_int_equal(sim->changes[0].need_id, 1);
    assert_int_equal(sim->changes[0].offer_id, 3);
    assert_int_equal(sim->changes[0].before, 2);
    assert_int_equal(sim->changes[0].after, 0);
    assert_true(sim->changes[0].reason[0] != '\0');
    assert_int_equal(sim->before.themes.n, 1);
    assert_int_equal(sim->before.themes.rows[0].covered, 1);
    assert_int_equal(sim->after.themes.rows[0].covered, 0);
    assert_int_equal(sim->before.lowest_ppm, 1000000);
    assert_int_equal(sim->after.lowest_ppm, 500000);
    stage_end(&s);
}

static void
simulate__text_and_json_say_it(void **state)
{
    (void)state;
    struct stage s;
    int64_t run = small_night(&s);
    const struct simulate *sim =
        simulate(&s, run, OPTION_PROGRAMME_BUDGET, 0);
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    simulate_print(sim, out);
    fclose(out);
    assert_non_null(strstr(text, "programme_budget_yen: 300000 → 0"));
    assert_non_null(strstr(text, "費用 100 → 0円"));
    assert_non_null(strstr(text, "座間市: 満たす 2 → 1"));
    assert_non_null(strstr(text, "変わる提案 1件"));
    assert_non_null(strstr(text, "消 募集 1-1「【例】1」← 資源 3-1"));
    free(text);
    struct json json = {0};
    simulate_write(sim, &json);
    unit_sql(s.store, "CREATE TEMP TABLE j (text)");
    struct err err = {0};
    struct store_stmt *stmt =
        store_prepare(s.store, "INSERT INTO j VALUES (json(?))", &err);
    store_bind_text(stmt, 1, json.text);
    assert_true(store_run(stmt, &err)); /* it is JSON */
    store_finish(stmt);
    assert_int_equal(unit_int(s.store, "SELECT json_extract(text,"
        " '$.set.programme_budget_yen') FROM j"), 0);
    assert_int_equal(unit_int(s.store, "SELECT json_extract(text,"
        " '$.before.summary.needs.covered') FROM j"), 2);
    assert_int_equal(unit_int(s.store, "SELECT json_extract(text,"
        " '$.changes[0].offer') FROM j"), 3);
    json_release(&json);
    stage_end(&s);
}

/* A changed store: the plan before is made anew, and the same weights then
 * give the same plan on both sides. */
static void
simulate__same_weights_change_nothing(void **state)
{
    (void)state;
    struct stage s;
    int64_t run = small_night(&s);
    for (int changed = 0; changed < 2; changed++) {
        const struct simulate *sim = simulate(&s, run, OPTION_WISH,
            option_at(OPTION_WISH)->def);
        assert_int_equal(sim->before_solved, changed);
        assert_int_equal(sim->changes_n, 0);
        assert_int_equal(sim->public_changed, 0);
        assert_int_equal(sim->before.head.value_e6,
            sim->after.head.value_e6);
        assert_int_equal(sim->before.summary.all.covered, 2 - changed);
        unit_sql(s.store,
            "UPDATE entries SET state = 'withdrawn' WHERE id = 4");
    }
    stage_end(&s);
}

/* The plan after is the one that a match with these weights would make. */
static void
simulate__foretells_the_next_match(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= (unsigned)unit_rounds(6); seed++) {
        struct stage s, next;
        struct plan_extras extras = {0};
        struct store *store = unit_store();
        unit_fill_by_chance(store, seed, 24);
        stage_solve(&s, store);
        enum cause *causes = arena_array(&s.arena,
            (size_t)s.c.instance.lines_n, sizeof(*causes));
        int64_t run = stage_keep(&s, &extras, causes);
        const struct simulate *sim =
            simulate(&s, run, OPTION_DISTANCE_PRICE, 100000);
        unit_sql(store, "INSERT INTO weight_versions VALUES (1, 'published',"
            " 'a', 'r', 't', 't'); INSERT INTO weights VALUES (1,"
            " 'distance_price_per_km', 100000)");
        stage_solve(&next, store);
        assert_int_equal(sim->after.head.value_e6, next.result.value_e6);
        assert_int_equal(sim->after.plan.spent, next.plan.spent);
        assert_int_equal(sim->before.head.value_e6, s.result.value_e6);
        arena_release(&next.arena);
        stage_end(&s);
    }
}

static void
simulate__out_of_range_is_refused(void **state)
{
    (void)state;
    struct stage s;
    int64_t run = small_night(&s);
    const struct simulate_set set[] = {{OPTION_WISH, 1}, {OPTION_WISH, -1}};
    struct err err = {0};
    assert_null(simulate_weights(s.store, run, set, 2, &s.options, &s.arena,
        &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.text, "wish_bonus"));
    err = (struct err){0};
    assert_null(simulate_weights(s.store, 99, set, 1, &s.options, &s.arena,
        &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(simulate_weights(s.store, 0, set, 1, &s.options,
        &s.arena, &err)); /* the store is free again */
    stage_end(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simulate__without_money_the_paid_pair_goes),
        cmocka_unit_test(simulate__text_and_json_say_it),
        cmocka_unit_test(simulate__same_weights_change_nothing),
        cmocka_unit_test(simulate__foretells_the_next_match),
        cmocka_unit_test(simulate__out_of_range_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
