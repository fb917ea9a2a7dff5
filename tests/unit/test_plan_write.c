/* test_plan_write.c: optimizer/plan/plan_write.c, optimizer/store/run.c, and that the
 * stored causes are true. */
#include "tests/unit/plan_unit.h"

#include "optimizer/market/rule.h"

static void
plan_write__stored_rows_are_the_plan(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= (unsigned)unit_rounds(6); seed++) {
        struct store *store = unit_store();
        unit_fill_by_chance(store, seed, 24);
        stage_limits(store);
        struct stage s;
        stage_solve(&s, store);
        const struct instance *in = &s.c.instance;
        enum cause *causes = arena_array(&s.arena, (size_t)in->lines_n,
            sizeof(*causes));
        struct plan_extras none = {0};
        stage_keep(&s, &none, causes);
        int64_t units = 0, used = 0;
        for (int32_t p = 0; p < in->pairs_n; p++) {
            units += s.result.units[p];
            used += s.result.units[p] > 0;
        }
        assert_int_equal(unit_int(store, "SELECT count(*) FROM plan_lines"),
            used);
        assert_int_equal(
            unit_int(store, "SELECT ifnull(sum(units), 0) FROM plan_lines"),
            units);
        /* every need line is given or missing, unit by unit */
        assert_int_equal(unit_int(store,
            "SELECT count(*) FROM entry_lines AS l JOIN entries AS e"
            "    ON e.id = l.entry_id WHERE e.side = 'need'"
            "   AND l.quantity <> ifnull((SELECT sum(units) FROM plan_lines"
            "       WHERE need_id = e.id AND need_line_no = l.line_no), 0)"
            "     + ifnull((SELECT units FROM uncovered_lines WHERE need_id"
            "       = e.id AND need_line_no = l.line_no), 0)"), 0);
        /* the score is the terms' sum per unit, rounded down */
        assert_int_equal(unit_int(store,
            "SELECT count(*) FROM plan_lines AS p JOIN entry_lines AS l ON"
            " l.id = p.need_line_id WHERE p.need_id IS NOT NULL AND"
            " p.score <> (SELECT sum(value) FROM json_each(p.terms)) /"
            " l.quantity - ((SELECT sum(value) FROM json_each(p.terms)) %"
            " l.quantity < 0)"), 0);
        assert_int_equal(unit_int(store, "SELECT count(*) FROM audit"
            " WHERE action = 'match.run' AND subject = 'runs/1'"), 1);
        stage_end(&s);
    }
}

/* Does adding the least of this pair break a row, and which sort? */
static bool
breaks(struct stage *s, int32_t line, int32_t pair, const char *row)
{
    int64_t value;
    struct err err = {0};
    int32_t step = plan_step(&s->plan, line, pair);
    s->result.units[pair] += step;
    bool fits = check_plan(&s->c.instance, s->result.units, &value, &err);
    s->result.units[pair] -= step;
    return !fits && strstr(err.text, row) != NULL;
}

static void
assert_true_cause(struct stage *s, int32_t line, enum cause cause)
{
    static const char *const rows[CAUSE_COUNT] = {
        [CAUSE_BUDGET] = "budget of need",
        [CAUSE_PROGRAMME_BUDGET] = "programme",
        [CAUSE_PARTNERS] = "partner limit",
        [CAUSE_NEEDS_LIMIT] = "need limit",
        [CAUSE_COMPETITION] = "capacity", [CAUSE_CAPACITY] = "capacity",
        [CAUSE_MIN_LOT] = ""};
    const struct instance *in = &s->c.instance;
    int32_t need_line = s->c.line_of[line];
    int32_t kind = 0, blocked = 0, broken = 0;
    for (int32_t j = 0; j < in->offers_n; j++) {
        if (rule_same_kind(&s->market, need_line, s->c.offer_of[j])) {
            uint32_t blocks =
                rule_blocks(&s->market, need_line, s->c.offer_of[j]);
            kind++;
            blocked += cause < CAUSE_RULES && (blocks & RULE_BIT(cause)) != 0;
        }
    }
    int32_t begin = in->pair_begin[line], end = in->pair_begin[line + 1];
    for (int32_t p = begin; p < end; p++) {
        broken += rows[cause] != NULL && breaks(s, line, p, rows[cause]);
    }
    if (begin == end) {
        assert_int_equal(cause == CAUSE_NO_OFFER, kind == 0);
        assert_true(kind == 0 || (cause < CAUSE_RULES && blocked > 0));
    } else {
        assert_true(cause != CAUSE_NO_OFFER && cause != CAUSE_UNFINISHED);
        assert_true(broken > 0 || cause == CAUSE_NOT_WORTH);
    }
}

static void
plan_write__causes_are_true(void **state)
{
    (void)state;
    int seen[CAUSE_COUNT + 1] = {0};
    for (unsigned seed = 11; seed <= 10 + (unsigned)unit_rounds(20);
         seed++) {
        struct store *store = unit_store();
        unit_fill_by_chance(store, seed, 20);
        stage_limits(store);
        struct stage s;
        stage_solve(&s, store);
        enum cause *causes = arena_array(&s.arena,
            (size_t)s.c.instance.lines_n, sizeof(*causes));
        enum cause *again = arena_array(&s.arena,
            (size_t)s.c.instance.lines_n, sizeof(*again));
        struct plan_extras none = {0};
        stage_keep(&s, &none, causes);
        plan_causes(&s.plan, again); /* what a dry run tells */
        for (int32_t l = 0; l < s.c.instance.lines_n; l++) {
            assert_int_equal(causes[l], again[l]);
            seen[causes[l]]++;
            if (causes[l] != CAUSE_NONE) {
                assert_true(plan_missing(&s.plan, l) > 0);
                assert_true_cause(&s, l, causes[l]);
            }
        }
        stage_end(&s);
    }
    int kinds = 0;
    for (int cause = 0; cause < CAUSE_COUNT; cause++) {
        kinds += seen[cause] > 0;
    }
    /* the test has seen something */
    assert_true(kinds >= 8 || !unit_all_rounds());
}

static void
run__rows_come_back_and_unknown_ones_are_named(void **state)
{
    (void)state;
    struct store *store = unit_store();
    struct arena arena = {0};
    struct err err = {0}, none = {0};
    struct run run, *runs, failed = {.plan_date = UNIT_DATE,
        .state = "failed", .input_digest = "d", .message = "理由",
        .started_at = "t"};
    int64_t newest;
    int32_t n;
    assert_false(run_newest_plan(store, &newest, &none));
    assert_int_equal(none.kind, ERR_INPUT);
    assert_true(store_begin(store, &err));
    assert_true(run_insert(store, &failed, &err));
    assert_true(store_commit(store, &err));
    assert_true(run_load(store, failed.id, &arena, &run, &err));
    assert_string_equal(run.message, "理由");
    assert_string_equal(run.actor, "試験");
    assert_false(run.has_plan);
    assert_true(run_list(store, 5, &arena, &runs, &n, &err));
    assert_int_equal(n, 1);
    struct err still = {0}, unknown = {0};
    assert_false(run_newest_plan(store, &newest, &still));
    assert_false(run_load(store, 99, &arena, &run, &unknown));
    assert_int_equal(unknown.kind, ERR_INPUT);
    arena_release(&arena);
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plan_write__stored_rows_are_the_plan),
        cmocka_unit_test(plan_write__causes_are_true),
        cmocka_unit_test(run__rows_come_back_and_unknown_ones_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
