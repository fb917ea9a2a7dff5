/* test_outcome.c: optimizer/staff/outcome.c, amend.c: what becomes of
 * suggestions, and the plan without them. */
#include "tests/unit/outcome_unit.h"

static void
decline__promotes_the_runner_up_at_once(void **state)
{
    (void)state;
    struct stage s;
    struct amendment a;
    int64_t first = night(&s, three_venues());
    assert_int_equal(unit_int(s.store, "SELECT offer_id FROM plan_lines"), 2);
    assert_true(take(&s, 1, 2, OUTCOME_DECLINED, &a));
    assert_int_equal(a.parent_id, first);
    assert_null(a.refused);
    assert_int_equal(a.promoted_n, 1);
    assert_int_equal(a.promoted[0].offer_id, 3);
    assert_true(a.value_e6 > a.before_e6);
    certified(&s, a.run_id);
    assert_int_equal(unit_int(s.store, "SELECT offer_id FROM plan_lines"
        " WHERE run_id = (SELECT max(id) FROM runs)"), 3);
    assert_int_equal(unit_int(s.store, "SELECT amends FROM runs"
        " ORDER BY id DESC"), first);
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM runs WHERE"
        " summary LIKE '%\"amends\":1,%' AND"
        " summary LIKE '%\"method\":\"amended\"%'"), 1);
    /* and again, and to the end */
    assert_true(take(&s, 1, 3, OUTCOME_DECLINED, &a));
    assert_int_equal(a.promoted[0].offer_id, 4);
    certified(&s, a.run_id);
    assert_true(take(&s, 1, 4, OUTCOME_DECLINED, &a));
    assert_int_equal(a.promoted_n, 0);
    certified(&s, a.run_id);
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM plan_lines"
        " WHERE run_id = (SELECT max(id) FROM runs)"), 0);
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM"
        " uncovered_lines WHERE run_id = (SELECT max(id) FROM runs)"), 1);
    stage_end(&s);
}

/* The night after, the pair is no candidate; taken back, it is one again. */
static void
decline__keeps_the_pair_out_until_it_is_taken_back(void **state)
{
    (void)state;
    struct stage s;
    struct amendment a;
    struct arena arena = {0};
    struct market market;
    struct candidates c;
    struct err err = {0};
    night(&s, three_venues());
    unit_sql(s.store, "UPDATE organisations SET publish = 1;"
        "UPDATE entries SET publish = 1");
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM"
        " members_suggestions"), 1);
    assert_true(take(&s, 1, 2, OUTCOME_DECLINED, &a));
    unit_market_on(s.store, "2026-11-22", &arena, &market);
    assert_true(candidate_build(&market, &arena, &c, &err));
    assert_int_equal(c.instance.pairs_n, 2);
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM"
        " members_suggestions WHERE offer_id = 2"), 0);
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM"
        " members_alternatives WHERE offer_id = 2"), 0);
    /* no penalty: the offer's other pairs score as before */
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM decisions"), 1);
    assert_true(take(&s, 1, 2, OUTCOME_PROPOSED, &a));
    unit_market_on(s.store, "2026-11-22", &arena, &market);
    assert_true(candidate_build(&market, &arena, &c, &err));
    assert_int_equal(c.instance.pairs_n, 3);
    arena_release(&arena);
    stage_end(&s);
}

/* Random nights with every limit: each suggestion declined, each offer
 * paused; the amended plan is allowed, certified and free of what left. */
static void
amend__is_feasible_whatever_leaves(void **state)
{
    (void)state;
    int declined = 0, promoted = 0;
    for (unsigned seed = 1; seed <= (unsigned)unit_rounds(14); seed++) {
        struct store *store = unit_store();
        struct stage s;
        unit_fill_by_chance(store, seed, unit_all_rounds() ? 30 : 15);
        stage_limits(store);
        unit_sql(store, "INSERT INTO weights VALUES (1, 'tier_urgency', %u),"
            " (1, 'loss_solves', 0)", seed % 3);
        night(&s, store);
        int64_t last = unit_int(store, "SELECT max(id) FROM plan_lines");
        for (int64_t id = 1 + seed % 3; id <= last; id += 3) {
            char sql[160];
            struct amendment a;
            snprintf(sql, sizeof(sql), "SELECT ifnull(max(need_id), 0)"
                " FROM plan_lines WHERE id = %d", (int)id);
            int64_t need = unit_int(store, sql);
            snprintf(sql, sizeof(sql), "SELECT ifnull(max(offer_id), 0)"
                " FROM plan_lines WHERE id = %d", (int)id);
            int64_t offer = unit_int(store, sql);
            unit_sql(store, "SAVEPOINT s");
            if (need > 0) {
                assert_true(take(&s, need, offer, OUTCOME_DECLINED, &a));
            } else {
                struct err err = {0};
                struct step_order pause = {.entry_id = offer,
                    .step = STEP_PAUSE};
                assert_true(step_take(store, &pause, &err));
                assert_true(amend_entry(store, offer, &s.arena, &a, &err));
            }
            if (a.refused != NULL) { /* nothing but the instance says so */
                unit_fail("%s\n", a.refused);
            }
            certified(&s, a.run_id);
            snprintf(sql, sizeof(sql), "SELECT count(*) FROM plan_lines"
                " WHERE run_id = %d AND offer_id = %d AND"
                " (%d = 0 OR need_id = %d)", (int)a.run_id, (int)offer,
                (int)need, (int)need);
            assert_int_equal(unit_int(store, sql), 0);
            declined++;
            promoted += a.promoted_n;
            unit_sql(store, "ROLLBACK TO s; RELEASE s");
        }
        stage_end(&s);
    }
    assert_true(declined > (unit_all_rounds() ? 50 : 1));
    assert_true(!unit_all_rounds() || promoted > 5);
}

/* A new entry, a new pin: the plan is taken up as the store is now. */
static void
amend__goes_with_the_store_as_it_is_now(void **state)
{
    (void)state;
    struct stage s;
    struct amendment a;
    struct err err = {0};
    int64_t id;
    night(&s, three_venues());
    unit_need(s.store, 5, 5, "venue", 1);
    struct decision pin = {.need_id = 5, .offer_id = 3, .kind = "pin",
        .reason = "約束"};
    assert_true(decision_add(s.store, &pin, &id, &err));
    assert_true(take(&s, 1, 2, OUTCOME_DECLINED, &a));
    assert_null(a.refused);
    certified(&s, a.run_id);
    /* 3 is promised to need 5, so need 1 gets 4 */
    assert_int_equal(a.promoted_n, 1);
    assert_int_equal(a.promoted[0].offer_id, 4);
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM plan_lines"
        " WHERE need_id = 5 AND offer_id = 3"), 1);
    stage_end(&s);
}

/* A match that was solving while somebody declined and somebody paused. */
static void
amend__catches_up_with_what_a_match_did_not_see(void **state)
{
    (void)state;
    struct stage s;
    struct amendment a;
    struct err err = {0};
    night(&s, three_venues());
    assert_true(amend_overtaken(s.store, &s.arena, &a, &err));
    assert_int_equal(a.run_id, 0);
    unit_sql(s.store, "INSERT INTO outcomes (id, need_id, offer_id, stage,"
        " actor, at) VALUES (1, 1, 2, 'declined', 'x', 't');"
        "INSERT INTO decisions (need_id, offer_id, decision, reason, actor,"
        " at, outcome_id) VALUES (1, 2, 'forbid', 'r', 'x', 't', 1);"
        "UPDATE entries SET state = 'paused' WHERE id = 3");
    assert_true(amend_overtaken(s.store, &s.arena, &a, &err));
    assert_int_equal(a.promoted_n, 1);
    assert_int_equal(a.promoted[0].offer_id, 4);
    certified(&s, a.run_id);
    assert_true(amend_overtaken(s.store, &s.arena, &a, &err));
    assert_int_equal(a.run_id, 0);
    stage_end(&s);
}

/* The same for staff's own word, on a pair of the plan or a runner-up: the
 * newest that is in force on the plan's day. */
static void
amend__takes_out_what_staff_barred_meanwhile(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *until;
    } bars[] = {{"forbid", NULL}, {"forbid", "2026-11-21"},
        {"defer", "2026-11-22"}}, none[] = {{"forbid", "2026-11-20"},
        {"defer", "2026-11-21"}, {"pin", NULL}};
    for (size_t i = 0; i < sizeof(bars) / sizeof(bars[0]); i++) {
        for (int64_t offer = 2; offer <= 3; offer++) {
            struct stage s;
            struct amendment a;
            struct err err = {0};
            int64_t id;
            struct decision d = {.need_id = 1, .offer_id = offer,
                .reason = "話が変わった"};
            int64_t first = night(&s, three_venues());
            d.kind = none[i].kind, d.until = none[i].until;
            assert_true(decision_add(s.store, &d, &id, &err));
            assert_true(amend_overtaken(s.store, &s.arena, &a, &err));
            assert_int_equal(a.run_id, 0);
            d.kind = bars[i].kind, d.until = bars[i].until;
            assert_true(decision_add(s.store, &d, &id, &err));
            assert_true(amend_overtaken(s.store, &s.arena, &a, &err));
            assert_int_equal(a.parent_id, first);
            assert_null(a.refused);
            assert_int_equal(a.promoted_n, offer == 2);
            certified(&s, a.run_id);
            assert_int_equal(unit_int(s.store, "SELECT offer_id FROM"
                " plan_lines WHERE run_id = (SELECT max(id) FROM runs)"),
                offer == 2 ? 3 : 2);
            assert_int_equal(unit_int(s.store, "SELECT offer_id FROM"
                " alternatives WHERE run_id = (SELECT max(id) FROM runs)"),
                4);
            assert_true(amend_overtaken(s.store, &s.arena, &a, &err));
            assert_int_equal(a.run_id, 0);
            stage_end(&s);
        }
    }
}

/* Pins that came behind the one that was seen last, and are not held. */
static void
amend__counts_the_pins_that_wait(void **state)
{
    (void)state;
    struct stage s;
    struct err err = {0};
    int64_t id, waiting;
    night(&s, three_venues());
    struct decision held = {.need_id = 1, .offer_id = 2, .kind = "pin",
        .reason = "約束"}, pin = held, over = held;
    pin.offer_id = 3;
    over.offer_id = 4, over.until = "2026-11-20";
    assert_true(decision_add(s.store, &held, &id, &err));
    assert_true(decision_add(s.store, &over, &id, &err));
    assert_true(amend_waiting(s.store, 0, &s.arena, &waiting, &err));
    assert_int_equal(waiting, 0);
    assert_true(decision_add(s.store, &pin, &id, &err));
    assert_true(amend_waiting(s.store, id, &s.arena, &waiting, &err));
    assert_int_equal(waiting, 0);
    assert_true(amend_waiting(s.store, id - 1, &s.arena, &waiting, &err));
    assert_int_equal(waiting, 1);
    pin.kind = "forbid";
    assert_true(decision_add(s.store, &pin, &id, &err));
    assert_true(amend_waiting(s.store, 0, &s.arena, &waiting, &err));
    assert_int_equal(waiting, 0);
    stage_end(&s);
}

static void
agree__holds_the_pair_in_later_plans(void **state)
{
    (void)state;
    struct stage s;
    struct amendment a;
    struct arena arena = {0};
    struct market market;
    night(&s, three_venues());
    assert_true(take(&s, 1, 2, OUTCOME_INTRODUCED, &a));
    assert_true(take(&s, 1, 2, OUTCOME_AGREED, &a));
    unit_market(s.store, &arena, &market);
    assert_int_equal(market.decisions_n, 1);
    assert_int_equal(market.decisions[0].kind, DECISION_PIN);
    assert_true(take(&s, 1, 2, OUTCOME_DECLINED, &a));
    unit_market(s.store, &arena, &market);
    assert_int_equal(market.decisions_n, 1);
    assert_int_equal(market.decisions[0].kind, DECISION_FORBID);
    assert_int_equal(a.promoted[0].offer_id, 3);
    arena_release(&arena);
    stage_end(&s);
}

static void
outcome__follows_its_order(void **state)
{
    (void)state;
    static const char order[][7] = {/* to: proposed .. declined */
        "nyyny", "ynyny", "nnnyy", "nnnnn", "ynnnn", "yyyny"};
    struct stage s;
    struct amendment a;
    night(&s, three_venues());
    for (int from = OUTCOME_PROPOSED; from <= OUTCOME_NONE; from++) {
        for (int to = OUTCOME_PROPOSED; to <= OUTCOME_DECLINED; to++) {
            unit_sql(s.store, "SAVEPOINT s");
            if (from != OUTCOME_NONE) {
                unit_sql(s.store, "INSERT INTO outcomes (need_id, offer_id,"
                    " stage, actor, at) VALUES (1, 2, '%s', 'x', 'y')",
                    outcome_name((enum outcome_stage)from));
            }
            assert_int_equal(take(&s, 1, 2, (enum outcome_stage)to, &a),
                order[from][to] == 'y');
            unit_sql(s.store, "ROLLBACK TO s; RELEASE s");
        }
    }
    assert_false(take(&s, 2, 1, OUTCOME_PROPOSED, &a));
    assert_false(take(&s, 1, 99, OUTCOME_PROPOSED, &a));
    stage_end(&s);
}

static void
decline__wants_a_known_code_and_a_side(void **state)
{
    (void)state;
    struct stage s;
    struct amendment a;
    static const struct outcome_order bad[] = {
        {1, 2, OUTCOME_DECLINED, NULL, "decline_date", NULL},
        {1, 2, OUTCOME_DECLINED, "both", "decline_date", NULL},
        {1, 2, OUTCOME_DECLINED, "need", NULL, NULL},
        {1, 2, OUTCOME_DECLINED, "need", "no_such", NULL},
        {1, 2, OUTCOME_DECLINED, "need", "decline_other", " "}};
    night(&s, three_venues());
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct err err = {0};
        assert_false(outcome_take(s.store, &bad[i], &s.arena, &a, &err));
        assert_int_equal(err.kind, ERR_INPUT);
    }
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM outcomes"), 0);
    struct err err = {0};
    struct outcome_order other = {1, 2, OUTCOME_DECLINED, "need",
        "decline_other", "ほかの理由"};
    assert_true(outcome_take(s.store, &other, &s.arena, &a, &err));
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM audit WHERE"
        " action = 'outcome.add' AND detail LIKE '%ほかの理由%'"), 1);
    struct outcome_query query = {.stage = OUTCOME_DECLINED, .most = 9};
    struct outcome_list list;
    assert_true(outcome_load(s.store, &query, &s.arena, &list, &err));
    assert_int_equal(list.n, 1);
    assert_string_equal(list.rows[0].reason, "その他");
    assert_string_equal(list.rows[0].side, "need");
    assert_int_equal(list.rows[0].run_id, 1);
    stage_end(&s);
}

static void
unanswered__pauses_and_proposes_again(void **state)
{
    (void)state;
    struct stage s;
    struct amendment a;
    struct err err = {0}, early = {0};
    night(&s, three_venues());
    assert_false(outcome_unanswered(s.store, 1, 2, "offer", &s.arena, &a,
        &early));
    assert_true(take(&s, 1, 2, OUTCOME_INTRODUCED, &a));
    assert_true(outcome_unanswered(s.store, 1, 2, "offer", &s.arena, &a,
        &err));
    assert_int_equal(a.promoted[0].offer_id, 3);
    certified(&s, a.run_id);
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM entries WHERE"
        " id = 2 AND state = 'paused'"), 1);
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM decisions"), 0);
    stage_end(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decline__promotes_the_runner_up_at_once),
        cmocka_unit_test(decline__keeps_the_pair_out_until_it_is_taken_back),
        cmocka_unit_test(amend__is_feasible_whatever_leaves),
        cmocka_unit_test(amend__goes_with_the_store_as_it_is_now),
        cmocka_unit_test(amend__catches_up_with_what_a_match_did_not_see),
        cmocka_unit_test(amend__takes_out_what_staff_barred_meanwhile),
        cmocka_unit_test(amend__counts_the_pins_that_wait),
        cmocka_unit_test(agree__holds_the_pair_in_later_plans),
        cmocka_unit_test(outcome__follows_its_order),
        cmocka_unit_test(decline__wants_a_known_code_and_a_side),
        cmocka_unit_test(unanswered__pauses_and_proposes_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
