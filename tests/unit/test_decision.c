/* test_decision.c: optimizer/store/decision.c, optimizer/store/entry_ref.c. */
#include "tests/unit/market_unit.h"

#include "optimizer/base/day.h"
#include "optimizer/store/decision.h"
#include "optimizer/store/entry_ref.h"

static void
decision__is_kept_with_its_audit_and_can_be_revoked(void **state)
{
    (void)state;
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 1);
    unit_offer(store, 2, 2, "venue", 1);
    struct decision pin = {.need_id = 1, .offer_id = 2, .kind = "pin",
        .units = 2, .reason = "約束した"};
    struct err err = {0}, twice = {0};
    int64_t id;
    assert_true(store_begin(store, &err));
    assert_true(decision_add(store, &pin, &id, &err));
    assert_true(store_commit(store, &err));
    struct arena arena = {0};
    struct market market;
    unit_market(store, &arena, &market);
    assert_int_equal(market.decisions_n, 1);
    assert_int_equal(market.decisions[0].units, 2);
    assert_true(store_begin(store, &err));
    assert_true(decision_revoke(store, id, "取りやめ", &err));
    assert_false(decision_revoke(store, id, "もう一度", &twice));
    assert_int_equal(twice.kind, ERR_INPUT);
    assert_true(store_commit(store, &err));
    unit_market(store, &arena, &market);
    assert_int_equal(market.decisions_n, 0);
    assert_int_equal(unit_int(store, "SELECT count(*) FROM audit WHERE"
        " action IN ('decision.add', 'decision.revoke') AND detail LIKE"
        " '%reason%'"), 2);
    arena_release(&arena);
    store_close(store);
}

static void
decision__what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 1);
    unit_offer(store, 2, 2, "venue", 1);
    static const struct decision bad[] = {
        {1, 2, "maybe", 0, NULL, "r", 0}, {1, 2, "pin", 0, NULL, "", 0},
        {1, 2, "pin", 0, NULL, NULL, 0}, {1, 2, "defer", 0, NULL, "r", 0},
        {1, 2, "forbid", 3, NULL, "r", 0},
        {1, 2, "defer", 0, "someday", "r", 0},
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct err ok = {0}, err = {0};
        int64_t id;
        assert_true(store_begin(store, &ok));
        assert_false(decision_add(store, &bad[i], &id, &err));
        store_rollback(store);
    }
    assert_int_equal(unit_int(store, "SELECT count(*) FROM decisions"), 0);
    store_close(store);
}

static void
decision__holds_through_its_last_day(void **state)
{
    (void)state;
    assert_true(decision_holds("pin", "2028-02-29", day_parse("2028-02-29", 0)));
    assert_false(decision_holds("pin", "2028-02-29", day_parse("2028-03-01", 0)));
    assert_true(decision_holds("forbid", NULL, day_parse("2028-03-01", 0)));
    assert_true(decision_holds("forbid", "", day_parse("2028-03-01", 0)));
    assert_true(decision_holds("defer", "2028-02-29", day_parse("2028-02-28", 0)));
    assert_false(decision_holds("defer", "2028-02-29", day_parse("2028-02-29", 0)));
}

static void
entry_ref__the_key_of_the_sheet_will_do(void **state)
{
    (void)state;
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 1);
    unit_need(store, 2, 1, "venue", 1);
    unit_sql(store, "UPDATE entries SET key = 'sheet:EX-1' WHERE id = 1");
    struct err err = {0};
    int64_t id = 0;
    assert_true(entry_ref_find(store, "EX-1", "need", &id, &err));
    assert_int_equal(id, 1);
    unit_sql(store, "UPDATE entries SET key = 'EX-1' WHERE id = 2");
    assert_true(entry_ref_any(store, "EX-1", &id, &err));
    assert_int_equal(id, 2);
    assert_true(entry_ref_any(store, "sheet:EX-1", &id, &err));
    assert_int_equal(id, 1);
    store_close(store);
}

static void
entry_ref__a_number_is_an_id_first(void **state)
{
    (void)state;
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 1);
    unit_need(store, 2, 1, "venue", 1);
    unit_offer(store, 3, 1, "venue", 1);
    unit_sql(store, "UPDATE entries SET key = '1' WHERE id = 2");
    struct err err = {0};
    int64_t id = 0;
    assert_true(entry_ref_find(store, "1", "need", &id, &err));
    assert_int_equal(id, 1);
    assert_true(entry_ref_find(store, "e3", "offer", &id, &err));
    assert_int_equal(id, 3);
    static const char *const none[] = {"3", "e9", "", "99", "-1",
        "12345678901234567890", "1; DROP TABLE entries"};
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        struct err bad = {0};
        assert_false(entry_ref_find(store, none[i], "need", &id, &bad));
        assert_int_equal(bad.kind, ERR_INPUT);
    }
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decision__is_kept_with_its_audit_and_can_be_revoked),
        cmocka_unit_test(decision__what_makes_no_sense_is_refused),
        cmocka_unit_test(decision__holds_through_its_last_day),
        cmocka_unit_test(entry_ref__the_key_of_the_sheet_will_do),
        cmocka_unit_test(entry_ref__a_number_is_an_id_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
