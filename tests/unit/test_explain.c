/* test_explain.c: optimizer/explain*.c, summary*.c, run_lines.c. */
#include "tests/unit/plan_unit.h"

#include <stdlib.h>

#include "optimizer/plan/explain.h"
#include "optimizer/plan/run_lines.h"
#include "optimizer/plan/summary.h"

/* Need 1: covered by 3, 4 is the runner-up.  Need 2: 6 would do but for the
 * weekday; nobody else offers it. */
static int64_t
small_night(struct stage *s, enum cause **causes)
{
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 2);
    unit_need(store, 2, 1, "goods_food", 5);
    unit_offer(store, 3, 2, "venue", 2);
    unit_offer(store, 4, 3, "venue_shop", 2);
    unit_offer(store, 6, 2, "goods_food", 5);
    unit_sql(store, "UPDATE entries SET weekdays = 96 WHERE id = 2;"
                    "UPDATE entries SET weekdays = 31 WHERE id = 6");
    struct err err = {0};
    struct plan_extras extras = {0};
    stage_solve(s, store);
    *causes = arena_array(&s->arena, (size_t)s->c.instance.lines_n,
        sizeof(**causes));
    assert_true(loss_alternatives(&s->plan, &s->result, &s->options,
        &s->arena, &extras, &err));
    return stage_keep(s, &extras, *causes);
}

static void
explain__tells_why_what_else_and_why_nothing(void **state)
{
    (void)state;
    struct stage s;
    enum cause *causes;
    struct err err = {0};
    int64_t run = small_night(&s, &causes), need, from = 0;
    struct explanation e;
    assert_true(explain_find(s.store, "e1", &need, &from, &err));
    assert_true(explain_load(s.store, run, need, &s.arena, &e, &err));
    explain_count(&e, &s.plan, &s.arena);
    assert_int_equal(e.lines_n, 1);
    assert_true(e.took_part);
    assert_int_equal(e.lines[0].chosen.n, 1);
    assert_int_equal(e.lines[0].chosen.pairs[0].offer_id, 3);
    assert_int_equal(e.lines[0].chosen.pairs[0].units, 2);
    assert_int_equal(e.lines[0].alternatives.n, 1);
    assert_int_equal(e.lines[0].alternatives.pairs[0].offer_id, 4);
    /* a narrower kind: 50 points less, for the whole line */
    assert_int_equal(e.lines[0].alternatives.pairs[0].loss_e6, 50000000000);
    assert_int_equal(e.lines[0].pairs, 2);

    char suggestion[32];
    snprintf(suggestion, sizeof(suggestion), "s%d",
        (int)e.lines[0].chosen.pairs[0].suggestion_id);
    assert_true(explain_find(s.store, suggestion, &need, &from, &err));
    assert_int_equal(need, 1);
    assert_int_equal(from, run);

    assert_true(explain_load(s.store, run, 2, &s.arena, &e, &err));
    explain_count(&e, &s.plan, &s.arena);
    assert_int_equal(e.lines[0].missing, 5);
    assert_int_equal(e.lines[0].cause, CAUSE_WEEKDAY);
    assert_int_equal(e.lines[0].blocks.n, 1);
    assert_int_equal(e.lines[0].blocks.pairs[0].cause, CAUSE_WEEKDAY);
    assert_int_equal(e.lines[0].pairs, 0);
    assert_int_equal(e.lines[0].sole[CAUSE_WEEKDAY], 1);
    static const char *const unknown[] = {"e9", "s99", "s", ""};
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
        struct err bad = {0};
        assert_false(explain_find(s.store, unknown[i], &need, &from, &bad));
        assert_int_equal(bad.kind, ERR_INPUT);
    }
    stage_end(&s);
}

static char *
printed(const struct explanation *e)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    explain_print(e, out);
    fclose(out);
    return text;
}

static void
explain__text_and_json_say_the_same(void **state)
{
    (void)state;
    struct stage s;
    enum cause *causes;
    struct err err = {0};
    struct explanation e;
    int64_t run = small_night(&s, &causes);
    assert_true(explain_load(s.store, run, 2, &s.arena, &e, &err));
    explain_count(&e, &s.plan, &s.arena);
    assert_int_equal(e.decisions_n, 0);
    unit_sql(s.store, "INSERT INTO decisions (need_id, offer_id, decision,"
        " reason, until, actor, at) VALUES (2, 6, 'defer', '相談中',"
        " '2026-12-01', '事務局', 't')");
    assert_true(explain_load(s.store, run, 2, &s.arena, &e, &err));
    explain_count(&e, &s.plan, &s.arena);
    char *text = printed(&e);
    assert_non_null(strstr(text, "見合わせ: 資源 6「【例】6」 期日 "
                                 "2026-12-01（相談中、事務局）"));
    assert_non_null(strstr(text, "5回足りない（曜日が合わない）"));
    assert_non_null(strstr(text, "ほかの曜日も可にすると候補が0→1"));
    free(text);
    assert_true(explain_load(s.store, run, 1, &s.arena, &e, &err));
    text = printed(&e);
    assert_non_null(strstr(text, "替えると計画全体で -50点"));
    free(text);
    struct json json = {0};
    explain_write(&e, &json);
    assert_non_null(strstr(json.text, "\"loss_e6\":50000000000"));
    assert_non_null(strstr(json.text, "\"terms\":{\"worth\":1000000"));
    json_release(&json);
    stage_end(&s);
}

static void
explain__stored_units_find_todays_pairs(void **state)
{
    (void)state;
    struct stage s;
    enum cause *causes;
    struct err err = {0};
    int64_t run = small_night(&s, &causes);
    size_t pairs = (size_t)s.c.instance.pairs_n;
    int32_t *units = arena_array(&s.arena, pairs, sizeof(*units));
    bool all;
    assert_true(explain_units(s.store, run, &s.market, &s.c, units, &all,
        &err));
    assert_true(all);
    assert_memory_equal(units, s.result.units, pairs * sizeof(*units));
    unit_sql(s.store, "UPDATE entries SET state = 'withdrawn' WHERE id = 3");
    struct market market;
    struct candidates c;
    unit_market(s.store, &s.arena, &market);
    assert_true(candidate_build(&market, &s.arena, &c, &err));
    memset(units, 0, pairs * sizeof(*units));
    assert_true(explain_units(s.store, run, &market, &c, units, &all, &err));
    assert_false(all);
    stage_end(&s);
}

static void
explain__what_residents_look_for_is_explained_too(void **state)
{
    (void)state;
    struct store *store = unit_store();
    unit_sql(store, "INSERT INTO interests VALUES ('a', 'venue', NULL, 0, 1,"
                    " 'あ', 'a', 'あ'); INSERT INTO interest_targets VALUES"
                    " ('142166', 'a', 9), ('141011', 'a', 4)");
    unit_offer(store, 1, 1, "venue", 5);
    unit_offer(store, 2, 2, "venue", 3);
    unit_sql(store, "UPDATE entry_lines SET for_public = 1;"
                    "UPDATE entries SET weekdays = 31 WHERE id = 2");
    struct stage s;
    struct err err = {0}, none = {0};
    stage_solve(&s, store);
    enum cause *causes = arena_array(&s.arena,
        (size_t)s.c.instance.lines_n, sizeof(*causes));
    struct plan_extras extras = {0};
    int64_t run = stage_keep(&s, &extras, causes);
    bool is_public, all;
    int32_t *units = arena_array(&s.arena, (size_t)s.c.instance.pairs_n,
        sizeof(*units));
    assert_true(explain_units(store, run, &s.market, &s.c, units, &all,
        &err));
    assert_true(all);
    assert_memory_equal(units, s.result.units,
        (size_t)s.c.instance.pairs_n * sizeof(*units));
    assert_true(explain_is_public(store, "142166:a", &is_public, &err));
    assert_true(is_public);
    assert_true(explain_is_public(store, "142166:b", &is_public, &err));
    assert_false(is_public);
    struct explanation e = {0};
    assert_true(explain_public(&e, &s.plan, "142166:a", &s.arena, &err));
    assert_int_equal(e.lines[0].quantity, 9);
    assert_int_equal(e.lines[0].missing, 1);
    assert_int_equal(e.lines[0].cause, CAUSE_CAPACITY);
    assert_int_equal(e.lines[0].chosen.n, 2);
    assert_int_equal(e.lines[0].chosen.pairs[0].units, 5);
    assert_true(explain_public(&e, &s.plan, "141011:a", &s.arena, &err));
    assert_int_equal(e.lines[0].missing, 4);
    assert_int_equal(e.lines[0].cause, CAUSE_REGION);
    assert_int_equal(e.lines[0].sole[CAUSE_REGION], 2);
    assert_int_equal(e.lines[0].blocks.n, 2);
    for (int i = 0; i < 2; i++) {
        const struct explain_pair *block = &e.lines[0].blocks.pairs[i];
        assert_int_equal(block->cause, CAUSE_REGION);
        assert_int_equal(block->offer_id, i + 1);
        assert_true(block->title[0] != '\0' && block->org[0] != '\0');
    }
    assert_false(explain_public(&e, &s.plan, "140007:a", &s.arena, &none));
    assert_int_equal(none.kind, ERR_INPUT);
    stage_end(&s);
}

static void
summary__counts_lines_once_in_each_group(void **state)
{
    (void)state;
    struct stage s;
    enum cause *causes;
    small_night(&s, &causes);
    struct summary summary;
    summary_make(&s.plan, causes, &s.arena, &summary);
    assert_int_equal(summary.all.lines, 2);
    assert_int_equal(summary.all.covered, 1);
    assert_int_equal(summary.all.uncovered, 1);
    assert_int_equal(summary.suggestions, 1);
    assert_int_equal(summary.cause_lines[CAUSE_WEEKDAY], 1);
    for (int g = 0; g < SUMMARY_GROUPS; g++) {
        int32_t lines = 0;
        for (int32_t i = 0; i < summary.groups[g].n; i++) {
            lines += summary.groups[g].rows[i].lines;
        }
        assert_int_equal(lines, 2);
    }
    assert_int_equal(summary.groups[SUMMARY_KIND].n, 2);
    assert_string_equal(summary.groups[SUMMARY_MUNICIPALITY].rows[0].code,
        "142166");
    assert_string_equal(summary.groups[SUMMARY_AREA].rows[0].code, "A14-03");
    struct summary_run head = {.plan_date = UNIT_DATE, .state = "optimal",
        .method = "mip", .digest = "d"};
    struct json json = {0};
    summary_write(&summary, &head, &json);
    unit_sql(s.store, "CREATE TEMP TABLE j AS SELECT json('%s') AS text",
        json.text); /* it is JSON */
    assert_int_equal(unit_int(s.store,
        "SELECT json_extract(text, '$.needs.covered') FROM j"), 1);
    assert_int_equal(unit_int(s.store,
        "SELECT json_extract(text, '$.run') IS NULL FROM j"), 1);
    json_release(&json);
    stage_end(&s);
}

static void
run_lines__differences_are_those_of_the_pairs(void **state)
{
    (void)state;
    struct stage s;
    enum cause *causes;
    struct err err = {0};
    small_night(&s, &causes);
    unit_sql(s.store,
        "INSERT INTO runs (plan_date, state, actor, started_at) VALUES"
        " ('2026-11-22', 'optimal', 'a', 't');"
        "INSERT INTO plan_lines (run_id, need_id, need_line_no, offer_id,"
        " offer_line_id, offer_line_no, kind_id, units, score, cost_yen,"
        " terms) VALUES (2, 1, 1, 3, 1, 1, 'venue', 1, 1, 0, '{}'),"
        " (2, 2, 1, 6, 1, 1, 'goods_food', 5, 1, 0, '{}')");
    struct json json = {0};
    assert_true(run_lines_diff(s.store, 1, 2, NULL, &json, &err));
    assert_string_equal(json.text,
        "[{\"need\":1,\"need_line\":1,\"offer\":3,\"offer_line\":1,"
        "\"before\":2,\"after\":1},"
        "{\"need\":2,\"need_line\":1,\"offer\":6,\"offer_line\":1,"
        "\"before\":0,\"after\":5}]");
    json_release(&json);
    assert_true(run_lines_diff(s.store, 1, 1, NULL, &json, &err));
    assert_string_equal(json.text, "[]");
    json_release(&json);
    json_open(&json, '{');
    assert_true(run_lines_write(s.store, 1, &json, &err));
    json_close(&json, '}');
    assert_non_null(strstr(json.text, "\"cause\":\"weekday\""));
    assert_non_null(strstr(json.text, "\"reason\":\"同じ地域・"));
    json_release(&json);
    stage_end(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(explain__tells_why_what_else_and_why_nothing),
        cmocka_unit_test(explain__text_and_json_say_the_same),
        cmocka_unit_test(explain__stored_units_find_todays_pairs),
        cmocka_unit_test(explain__what_residents_look_for_is_explained_too),
        cmocka_unit_test(summary__counts_lines_once_in_each_group),
        cmocka_unit_test(run_lines__differences_are_those_of_the_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
