/* test_rule.c: optimizer/market/rule.c, optimizer/market/cause.c. */
#include "tests/unit/market_unit.h"

#include "optimizer/market/rule.h"

/* A need 1 and an offer 2 that fit, changed by sql; the rules that block. */
static uint32_t
blocks_after(const char *sql)
{
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 3);
    unit_offer(store, 2, 2, "venue_community_hall", 5);
    unit_sql(store, "%s", sql);
    struct arena arena = {0};
    struct market market;
    unit_market(store, &arena, &market);
    uint32_t blocks = rule_blocks(&market, unit_line_of(&market, 1),
        unit_line_of(&market, 2));
    assert_int_equal(rule_allows(&market, unit_line_of(&market, 1),
                         unit_line_of(&market, 2)),
        blocks == 0);
    arena_release(&arena);
    store_close(store);
    return blocks;
}

static void
rule__each_breach_is_named_alone(void **state)
{
    (void)state;
    static const struct {
        enum cause cause;
        const char *sql;
    } cases[] = {
        {CAUSE_NONE, "SELECT 1"},
        {CAUSE_KIND, "UPDATE entry_lines SET kind_id = 'venue_shop'"
                     " WHERE entry_id = 1"},
        /* an offer of the wider kind does not serve the narrower need */
        {CAUSE_KIND, "UPDATE entry_lines SET kind_id = iif(entry_id = 1,"
                     " 'venue_shop', 'venue')"},
        {CAUSE_SELF, "UPDATE entries SET organisation_id = 1"},
        {CAUSE_DECISION, "INSERT INTO decisions (need_id, offer_id, decision,"
                         " reason, actor, at) VALUES (1, 2, 'forbid', 'r',"
                         " 'a', 't')"},
        {CAUSE_REGION_HARD, "UPDATE entries SET region_code = '142069',"
                            " reach_hard = 1 WHERE id = 2"},
        {CAUSE_REGION_HARD, "UPDATE entries SET region_code = '142069',"
                            " reach_hard = 1 WHERE id = 1"},
        /* 小田原市: 35 km away, 30 allowed */
        {CAUSE_REGION, "UPDATE entries SET region_code = '142069'"
                       " WHERE id = 2"},
        {CAUSE_AUDIENCE, "INSERT INTO entry_targets VALUES"
                         " (1, 'children'), (2, 'older_people')"},
        {CAUSE_DATE, "UPDATE entries SET date_start = '2026-12-01',"
                     " date_end = '2026-12-05' WHERE id = 1; UPDATE entries"
                     " SET date_start = '2026-12-06' WHERE id = 2"},
        {CAUSE_WEEKDAY, "UPDATE entries SET weekdays = id * 32"},
        /* Saturday to Sunday only, but one side needs a weekday */
        {CAUSE_WEEKDAY, "UPDATE entries SET date_start = '2026-11-28',"
                        " date_end = '2026-11-29' WHERE id = 1; UPDATE"
                        " entries SET weekdays = 31 WHERE id = 2"},
        {CAUSE_TIME, "UPDATE entries SET time_start = iif(id = 1, '09:00',"
                     " '12:00'), time_end = iif(id = 1, '12:00', '17:00')"},
        {CAUSE_TIME, "UPDATE entries SET time_start = iif(id = 1, '09:00',"
                     " '11:00'), time_end = iif(id = 1, '12:00', '17:00'),"
                     " minutes_min = 61"},
        {CAUSE_PEOPLE, "UPDATE entries SET people_min = id * 10,"
                       " people_max = id * 10 + 5"},
        {CAUSE_UNIT, "UPDATE entry_lines SET unit = 'kg' WHERE entry_id = 2"},
        {CAUSE_CAPACITY, "UPDATE entry_lines SET indivisible = 1, quantity ="
                         " 6 WHERE entry_id = 1"},
        {CAUSE_MIN_LOT, "UPDATE entry_lines SET min_lot = 4"
                        " WHERE entry_id = 2"},
        {CAUSE_MIN_LOT, "UPDATE entry_lines SET indivisible = 1"
                        " WHERE entry_id = 2"},
        {CAUSE_BUDGET, "UPDATE entries SET budget_yen = 999 WHERE id = 1;"
                       " UPDATE entry_lines SET unit_cost_yen = 1000"},
        {CAUSE_PROGRAMME_BUDGET, "UPDATE entry_lines SET unit_cost_yen ="
                                 " 300001"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        uint32_t want = cases[i].cause == CAUSE_NONE
                            ? 0
                            : RULE_BIT(cases[i].cause);
        uint32_t got = blocks_after(cases[i].sql);
        if (got != want) {
            unit_fail("%s: %x, not %x\n", cases[i].sql, got, want);
        }
    }
}

static void
rule__what_is_allowed_stays_allowed(void **state)
{
    (void)state;
    static const char *const cases[] = {
        /* a neighbour within 30 km, soft */
        "UPDATE entries SET region_code = '141003' WHERE id = 2",
        /* inside a hard limit: the prefecture, an area, the city of a ward */
        "UPDATE entries SET reach = 'prefecture', reach_hard = 1"
        " WHERE id = 2",
        "INSERT INTO entry_regions VALUES (2, 'A14-03'), (2, '141003');"
        "UPDATE entries SET reach_hard = 1",
        "UPDATE entries SET region_code = '141011', reach_hard = 1"
        " WHERE id = 1; UPDATE entries SET region_code = '141003',"
        " reach_hard = 1 WHERE id = 2",
        "UPDATE entries SET reach = 'online', region_code = '011002',"
        " reach_hard = 1 WHERE id = 2",
        "INSERT INTO entry_targets VALUES (1, 'children'), (2, 'everyone')",
        "INSERT INTO entry_targets VALUES (1, 'children'),"
        " (2, 'elementary_pupils')",
        "INSERT INTO entry_themes VALUES (1, 'theme1'), (2, 'theme2')",
        /* hours past midnight */
        "UPDATE entries SET time_start = iif(id = 1, '00:30', '22:00'),"
        " time_end = iif(id = 1, '01:30', '02:00'), minutes_min = 60",
        "UPDATE entries SET people_min = id * 10, people_max = 20",
        "UPDATE entry_lines SET unit = iif(entry_id = 1, '人', '名')",
        "UPDATE entries SET budget_yen = 1000 WHERE id = 1;"
        "UPDATE entry_lines SET unit_cost_yen = 1000",
        "UPDATE entry_lines SET indivisible = 1, quantity = 5",
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        uint32_t got = blocks_after(cases[i]);
        if (got != 0) {
            unit_fail("%s: %x\n", cases[i], got);
        }
    }
}

static void
rule__a_pin_overrides_what_staff_may_judge(void **state)
{
    (void)state;
    static const char pin[] =
        "INSERT INTO decisions (need_id, offer_id, decision, reason, actor,"
        " at) VALUES (1, 2, 'pin', 'r', 'a', 't');";
    char sql[512];
    snprintf(sql, sizeof(sql), "%s UPDATE entries SET weekdays = id * 32;"
        "UPDATE entries SET region_code = '142069' WHERE id = 2", pin);
    assert_int_equal(blocks_after(sql), 0);
    snprintf(sql, sizeof(sql), "%s UPDATE entries SET reach_hard = 1,"
        " region_code = '142069' WHERE id = 2", pin);
    assert_int_equal(blocks_after(sql), RULE_BIT(CAUSE_REGION_HARD));
}

static void
cause__codes_are_found_by_name(void **state)
{
    (void)state;
    for (int c = 0; c < CAUSE_COUNT; c++) {
        assert_int_equal(cause_find(cause_name((enum cause)c)), c);
        assert_true(strlen(cause_label_ja((enum cause)c)) > 0);
    }
    assert_int_equal(cause_find("nothing"), CAUSE_NONE);
}

/* People who come use their hours for the way, too; what stands in a place
 * or comes through the net does not. */
static void
rule__a_way_eats_hours_of_people_alone(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *sql;
        int64_t km;
        int32_t use; /* 座間市 to 小田原市: 35 km */
    } cases[] = {
        {"people_lecturer", "SELECT 1", 10, 4},
        {"people", "SELECT 1", 30, 2},
        {"people", "SELECT 1", 40, 1},
        {"people", "SELECT 1", 0, 1},
        {"people", "UPDATE entries SET region_code = '142166'", 10, 1},
        {"people", "UPDATE entries SET reach = 'online' WHERE id = 2", 10,
            1},
        {"venue", "SELECT 1", 10, 1},
        {"lecture_visiting", "SELECT 1", 10, 1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct store *store = unit_store();
        struct arena arena = {0};
        struct market market;
        unit_need(store, 1, 1, cases[i].kind, 3);
        unit_offer(store, 2, 2, cases[i].kind, 11);
        unit_sql(store, "UPDATE entries SET region_code = '142069' WHERE id"
            " = 2; %s", cases[i].sql);
        unit_market(store, &arena, &market);
        int32_t need = unit_line_of(&market, 1);
        int32_t offer = unit_line_of(&market, 2);
        market.value[OPTION_SOFT_REACH] = 100;
        market.value[OPTION_TRAVEL_KM] = cases[i].km;
        assert_int_equal(rule_use(&market, need, offer), cases[i].use);
        assert_int_equal(rule_blocks(&market, need, offer), 0);
        /* a whole need of three: is there enough for the ways of all? */
        market.lines[need].indivisible = true;
        assert_int_equal(rule_blocks(&market, need, offer),
            3 * cases[i].use > 11 ? RULE_BIT(CAUSE_CAPACITY) : 0);
        arena_release(&arena);
        store_close(store);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule__each_breach_is_named_alone),
        cmocka_unit_test(rule__what_is_allowed_stays_allowed),
        cmocka_unit_test(rule__a_pin_overrides_what_staff_may_judge),
        cmocka_unit_test(rule__a_way_eats_hours_of_people_alone),
        cmocka_unit_test(cause__codes_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
