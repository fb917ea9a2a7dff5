/* test_screening.c: optimizer/staff/step.c, screening.c, screening_load.c. */
#include "tests/unit/market_unit.h"

#include "optimizer/staff/screening.h"
#include "optimizer/staff/step.h"

static struct store *
desk(void)
{
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 1);
    unit_offer(store, 2, 2, "venue", 1);
    unit_sql(store, "DELETE FROM screenings;"
        "UPDATE entries SET state = 'submitted', publish = 0");
    struct err err = {0};
    assert_true(store_begin(store, &err));
    return store;
}

static bool
take(struct store *store, int64_t id, enum step step, const char *reason)
{
    struct err err = {0};
    struct step_order order = {.entry_id = id, .step = step,
        .reason = reason, .date = "2026-11-30"};
    bool ok = step_take(store, &order, &err);
    assert_int_equal(err.kind, ok ? ERR_NONE : ERR_INPUT);
    return ok;
}

static void
mark_all(struct store *store, int64_t id, const char *result)
{
    static const char *const ids[] = {"req_contributes", "req_residents",
        "req_not_political", "req_not_religious", "req_not_for_profit",
        "req_no_doubt_of_profit"};
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        struct err err = {0};
        assert_true(screening_mark(store, id, ids[i], result, NULL, &err));
    }
}

static void
approve__wants_every_requirement_and_condition(void **state)
{
    (void)state;
    struct store *store = desk();
    struct err err = {0};
    assert_false(take(store, 1, STEP_APPROVE, NULL));
    mark_all(store, 1, "pass");
    assert_false(take(store, 1, STEP_APPROVE, NULL)); /* 諸条件 */
    assert_true(screening_confirm(store, 1, NULL, "電話で", &err));
    assert_true(screening_mark(store, 1, "req_residents", "unclear", "?",
        &err));
    struct err why = {0};
    struct step_order order = {.entry_id = 1, .step = STEP_APPROVE};
    assert_false(step_take(store, &order, &why));
    assert_non_null(strstr(why.text, "県民"));
    assert_true(screening_mark(store, 1, "req_residents", "pass", "", &err));
    assert_int_equal(unit_int(store, "SELECT count(*) FROM entries WHERE"
        " state = 'approved'"), 0);
    assert_true(take(store, 1, STEP_APPROVE, NULL));
    assert_int_equal(unit_int(store, "SELECT publish FROM entries WHERE"
        " id = 1 AND state = 'approved'"), 1);
    store_close(store);
}

/* The secretariat decides what 要領 asks for. */
static void
approve__follows_the_configured_requirements(void **state)
{
    (void)state;
    struct store *store = desk();
    struct err err = {0};
    mark_all(store, 1, "pass");
    assert_true(screening_confirm(store, 1, NULL, NULL, &err));
    assert_true(screening_set_required(store, "req_other", true, "新要領",
        &err));
    assert_false(take(store, 1, STEP_APPROVE, NULL));
    assert_true(screening_mark(store, 1, "req_other", "pass", "", &err));
    assert_true(take(store, 1, STEP_APPROVE, NULL));
    assert_int_equal(unit_int(store, "SELECT count(*) FROM audit WHERE"
        " subject = 'requirements/req_other' AND detail LIKE '%新要領%'"),
        1);
    struct err bad = {0};
    assert_false(screening_set_required(store, "req_other", false, " ",
        &bad));
    store_close(store);
}

static void
approve__may_hold_back_from_the_public(void **state)
{
    (void)state;
    struct store *store = desk();
    struct err err = {0};
    mark_all(store, 1, "pass");
    assert_true(screening_confirm(store, 1, NULL, NULL, &err));
    struct step_order order = {.entry_id = 1, .step = STEP_APPROVE,
        .hold_back = true};
    assert_true(step_take(store, &order, &err));
    assert_int_equal(unit_int(store, "SELECT publish FROM entries WHERE"
        " id = 1"), 0);
    store_close(store);
}

/* What was public and is approved anew, held back, is public no more. */
static void
approve__anew_may_take_back_from_the_public(void **state)
{
    (void)state;
    static const enum step steps[] = {STEP_APPROVE, STEP_REOPEN,
        STEP_APPROVE};
    static const int published[] = {1, 1, 0};
    struct store *store = desk();
    struct err err = {0};
    mark_all(store, 1, "pass");
    assert_true(screening_confirm(store, 1, NULL, NULL, &err));
    for (int i = 0; i < 3; i++) {
        struct step_order order = {.entry_id = 1, .step = steps[i],
            .reason = "見直し", .hold_back = i == 2};
        assert_true(step_take(store, &order, &err));
        assert_int_equal(unit_int(store, "SELECT publish FROM entries"
            " WHERE id = 1"), published[i]);
    }
    store_close(store);
}

/* Nothing but approved entries is in the market, whatever the way. */
static void
market__has_only_the_approved(void **state)
{
    (void)state;
    static const enum step ways[][3] = {{STEP_RETURN, STEP_COUNT},
        {STEP_REJECT, STEP_COUNT}, {STEP_RETURN, STEP_REJECT, STEP_COUNT},
        {STEP_APPROVE, STEP_PAUSE, STEP_COUNT},
        {STEP_APPROVE, STEP_REOPEN, STEP_COUNT},
        {STEP_APPROVE, STEP_EXPIRE, STEP_COUNT},
        {STEP_APPROVE, STEP_WITHDRAW, STEP_COUNT},
        {STEP_WITHDRAW, STEP_REOPEN, STEP_COUNT}, {STEP_COUNT}};
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        struct store *store = desk();
        struct err err = {0};
        struct arena arena = {0};
        struct market market;
        mark_all(store, 1, "pass");
        assert_true(screening_confirm(store, 1, NULL, NULL, &err));
        for (int k = 0; k < 3 && ways[i][k] != STEP_COUNT; k++) {
            assert_true(take(store, 1, ways[i][k], "理由"));
        }
        unit_market(store, &arena, &market);
        assert_int_equal(market.entries_n, 0);
        assert_int_equal(unit_int(store,
            "SELECT count(*) FROM public_entries"), 0);
        arena_release(&arena);
        store_close(store);
    }
}

static void
step__takes_no_other_way(void **state)
{
    (void)state;
    static const char *const states[] = {"draft", "submitted", "returned",
        "approved", "rejected", "paused", "withdrawn", "archived"};
    static const char allowed[STEP_COUNT][9] = {"yny", "", "nyn", "nyy",
        "nnyyyyyy", "nnny", "nnnnny", "yyyyny", "nyyyny", "nnnyny"};
    struct store *store = desk();
    struct err err = {0};
    mark_all(store, 1, "pass");
    assert_true(screening_confirm(store, 1, NULL, NULL, &err));
    for (int step = 0; step < STEP_COUNT; step++) {
        for (size_t s = 0; s < 8; s++) {
            const char *row = step == STEP_APPROVE ? "nyn" : allowed[step];
            bool may = s < strlen(row) && row[s] == 'y';
            assert_int_equal(step_allowed(states[s], (enum step)step), may);
            unit_sql(store, "SAVEPOINT s; UPDATE entries SET state = '%s'",
                states[s]);
            assert_int_equal(take(store, 1, (enum step)step, "理由"), may);
            unit_sql(store, "ROLLBACK TO s; RELEASE s");
        }
    }
    assert_false(take(store, 99, STEP_SUBMIT, NULL));
    store_close(store);
}

static void
step__leaves_its_reason_and_actor(void **state)
{
    (void)state;
    struct store *store = desk();
    assert_false(take(store, 1, STEP_RETURN, NULL));
    assert_false(take(store, 1, STEP_RETURN, "  \n"));
    assert_false(take(store, 1, STEP_RETURN, "\xe3\x81"));
    assert_true(take(store, 1, STEP_RETURN, "日時を書いてください"));
    struct arena arena = {0};
    struct err err = {0};
    struct screening s;
    assert_true(screening_load(store, 1, &arena, &s, &err));
    assert_string_equal(s.row.state, "returned");
    assert_int_equal(s.steps_n, 1);
    assert_string_equal(s.steps[0].reason, "日時を書いてください");
    assert_string_equal(s.steps[0].actor, "試験");
    assert_int_equal(unit_int(store, "SELECT count(*) FROM audit WHERE"
        " action = 'entry.return' AND subject = 'entries/1' AND"
        " actor = '試験' AND detail LIKE '%日時%'"), 1);
    assert_true(take(store, 1, STEP_SUBMIT, NULL));
    arena_release(&arena);
    store_close(store);
}

static void
renew__never_goes_back(void **state)
{
    (void)state;
    struct store *store = desk();
    unit_sql(store, "UPDATE entries SET state = 'paused',"
        " confirmed_on = '2026-12-24' WHERE id = 1");
    assert_true(take(store, 1, STEP_RENEW, NULL));
    assert_int_equal(unit_int(store, "SELECT confirmed_on = '2026-12-24'"
        " AND state = 'paused' FROM entries WHERE id = 1"), 1);
    unit_sql(store, "UPDATE entries SET confirmed_on = '2026-01-01'");
    assert_true(take(store, 1, STEP_RENEW, NULL));
    assert_int_equal(unit_int(store, "SELECT confirmed_on = '2026-11-30'"
        " FROM entries WHERE id = 1"), 1);
    store_close(store);
}

/* Every entry of a state once, page by page, whatever the page's size. */
static void
inbox__pages_miss_nothing(void **state)
{
    (void)state;
    struct store *store = desk();
    for (int id = 3; id <= 60; id++) {
        unit_entry(store, id, id % 3 ? "need" : "offer", 1 + id % 5);
        unit_sql(store, "UPDATE entries SET state = '%s' WHERE id = %d",
            id % 7 ? "submitted" : "returned", id);
    }
    for (int32_t most = 1; most <= 40; most += 13) {
        struct inbox_query query = {.most = most};
        struct inbox inbox;
        struct arena arena = {0};
        struct err err = {0};
        int64_t seen = 0;
        do {
            assert_true(inbox_load(store, &query, &arena, &inbox, &err));
            assert_true(inbox.n > 0);
            for (int32_t i = 0; i < inbox.n; i++) {
                assert_true(inbox.rows[i].id > query.after);
                query.after = inbox.rows[i].id;
                seen++;
            }
        } while (inbox.more);
        assert_int_equal(seen, inbox.total);
        assert_int_equal(seen, unit_int(store, "SELECT count(*) FROM entries"
            " WHERE state = 'submitted'"));
        query = (struct inbox_query){.most = 100, .organisation_id = 2,
            .side = "need"};
        assert_true(inbox_load(store, &query, &arena, &inbox, &err));
        assert_int_equal(inbox.n, unit_int(store, "SELECT count(*) FROM"
            " entries WHERE state = 'submitted' AND organisation_id = 2 AND"
            " side = 'need'"));
        query = (struct inbox_query){.most = 100, .text = "【例】4"};
        assert_true(inbox_load(store, &query, &arena, &inbox, &err));
        assert_int_equal(inbox.n, unit_int(store, "SELECT count(*) FROM"
            " entries WHERE state = 'submitted' AND title LIKE '【例】4%'"));
        arena_release(&arena);
    }
    store_close(store);
}

static void
checklist__shows_what_the_entry_states(void **state)
{
    (void)state;
    struct store *store = desk();
    struct arena arena = {0};
    struct err err = {0};
    struct screening s;
    unit_sql(store, "UPDATE entries SET people_text = '10名程度' WHERE id = 1;"
        "INSERT INTO entry_wishes VALUES (1, '団体乙', NULL)");
    assert_true(screening_confirm(store, 1, "cond_number", "確認", &err));
    assert_true(screening_load(store, 1, &arena, &s, &err));
    assert_int_equal(s.requirements_n, 7);
    assert_int_equal(s.conditions_n, 9);
    assert_string_equal(s.conditions[1].stated, "施設・場所 1回");
    assert_string_equal(s.conditions[5].stated, "10名程度");
    assert_string_equal(s.conditions[7].stated, "団体乙");
    assert_string_equal(s.conditions[5].note, "確認");
    assert_string_equal(s.conditions[6].at, "");
    assert_int_equal(s.row.confirmed, 1);
    struct err bad = {0}, none = {0};
    assert_false(screening_mark(store, 1, "no_such", "pass", "", &bad));
    assert_false(screening_load(store, 99, &arena, &s, &none));
    arena_release(&arena);
    store_close(store);
}

static void
states(struct store *store, int entry, const char *condition,
    const char *stated)
{
    struct arena arena = {0};
    struct err err = {0};
    struct screening s;
    int32_t i = 0;
    assert_true(screening_load(store, entry, &arena, &s, &err));
    while (strcmp(s.conditions[i].id, condition) != 0) {
        i++;
        assert_true(i < s.conditions_n);
    }
    assert_string_equal(s.conditions[i].stated, stated);
    arena_release(&arena);
}

/* What an offer has is its own; it asks its partner for nothing by it. */
static void
checklist__tells_what_is_given_from_what_is_sought(void **state)
{
    (void)state;
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 2);
    unit_offer(store, 2, 2, "venue", 3);
    unit_sql(store, "UPDATE entries SET own_text = '机', wanted_text = '人手'");
    states(store, 1, "cond_own", "机");
    states(store, 1, "cond_wanted", "人手 施設・場所 2回");
    states(store, 2, "cond_own", "机 施設・場所 3回");
    states(store, 2, "cond_wanted", "人手");
    store_close(store);
}

/* Open data has days and hours, and no words. */
static void
checklist__has_days_and_hours_that_are_no_words(void **state)
{
    (void)state;
    static const struct {
        const char *set, *stated;
    } cases[] = {
        {"date_start = '2026-12-01', date_end = '2026-12-03'",
            "2026-12-01～2026-12-03"},
        {"date_start = '2026-12-01', date_end = '2026-12-01',"
         " time_start = '10:00', time_end = '12:00'",
            "2026-12-01 10:00～12:00"},
        {"date_start = '2026-12-01'", "2026-12-01～"},
        {"date_end = '2026-12-03', duration_text = '90分'",
            "～2026-12-03 90分"},
        {"weekdays = 69", "曜日: 月水日"},
        {"weekdays = 127", ""},
        {"date_text = '毎週月曜', date_start = '2026-12-01', weekdays = 1,"
         " time_text = '昼', time_start = '10:00'", "毎週月曜 昼"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct store *store = unit_store();
        unit_need(store, 1, 1, "venue", 1);
        unit_sql(store, "UPDATE entries SET %s WHERE id = 1", cases[i].set);
        states(store, 1, "cond_when", cases[i].stated);
        store_close(store);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(approve__wants_every_requirement_and_condition),
        cmocka_unit_test(approve__follows_the_configured_requirements),
        cmocka_unit_test(approve__may_hold_back_from_the_public),
        cmocka_unit_test(approve__anew_may_take_back_from_the_public),
        cmocka_unit_test(market__has_only_the_approved),
        cmocka_unit_test(step__takes_no_other_way),
        cmocka_unit_test(step__leaves_its_reason_and_actor),
        cmocka_unit_test(renew__never_goes_back),
        cmocka_unit_test(inbox__pages_miss_nothing),
        cmocka_unit_test(checklist__shows_what_the_entry_states),
        cmocka_unit_test(checklist__tells_what_is_given_from_what_is_sought),
        cmocka_unit_test(checklist__has_days_and_hours_that_are_no_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
