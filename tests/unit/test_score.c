/* test_score.c: optimizer/market/score.c, and who is small (market.c). */
#include "tests/unit/market_unit.h"

#include "optimizer/market/score.h"

/* The score of need 1 and offer 2, which fit, after sql. */
static struct score
score_after(const char *sql)
{
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 3);
    unit_offer(store, 2, 2, "venue_community_hall", 5);
    unit_sql(store, "%s", sql);
    struct arena arena = {0};
    struct market market;
    struct score score;
    unit_market(store, &arena, &market);
    score_pair(&market, unit_line_of(&market, 1), unit_line_of(&market, 2),
        &score);
    arena_release(&arena);
    store_close(store);
    return score;
}

static int64_t
term_after(int term, const char *sql)
{
    return score_after(sql).term[term];
}

static void
score__terms_are_those_of_the_table(void **state)
{
    (void)state;
    struct score plain = score_after("SELECT 1");
    int64_t want[TERM_COUNT] = {[TERM_WORTH] = 1000000, [TERM_KIND] = 50000,
        [TERM_NEW_LINK] = 60000};
    for (int t = 0; t < TERM_COUNT; t++) {
        assert_int_equal(plain.term[t], want[t]);
    }
    assert_int_equal(plain.distance_m, 0);
    assert_int_equal(plain.per_unit, 1110000 / 3);

    assert_int_equal(term_after(TERM_WORTH,
        "UPDATE entries SET urgency = 3"), 2500000);
    assert_int_equal(term_after(TERM_KIND,
        "UPDATE entry_lines SET kind_id = 'venue'"), 100000);
    assert_int_equal(term_after(TERM_TARGET,
        "INSERT INTO entry_targets VALUES (1, 'children'),"
        " (2, 'elementary_pupils')"), 150000);
    assert_int_equal(term_after(TERM_THEME,
        "INSERT INTO entry_themes VALUES (1, 'theme1'),"
        " (2, 'theme1_publicity')"), 80000);
    assert_int_equal(term_after(TERM_TAG,
        "INSERT INTO entry_tags SELECT e.id, t.value FROM entries AS e,"
        " json_each('[\"食\",\"茶\",\"園芸\",\"将棋\"]') AS t"), 120000);
    assert_int_equal(term_after(TERM_TAG,
        "INSERT INTO entry_tags VALUES (1, '食'), (1, '茶'), (2, '茶'),"
        " (2, '園芸')"), 40000);
    assert_int_equal(term_after(TERM_WISH,
        "INSERT INTO entry_wishes VALUES (1, '団体2', 2), (2, '団体1', 1)"),
        120000);
    assert_int_equal(term_after(TERM_NEW_LINK,
        "INSERT INTO outcomes (need_id, offer_id, stage, actor, at)"
        " VALUES (1, 2, 'agreed', 'a', 't')"), 0);
    assert_int_equal(term_after(TERM_NEW_LINK,
        "INSERT INTO outcomes (need_id, offer_id, stage, actor, at)"
        " VALUES (1, 2, 'declined', 'a', 't')"), 60000);
    assert_int_equal(term_after(TERM_COST,
        "UPDATE entry_lines SET unit_cost_yen = 2500"), -3 * 7500);
    /* a slip of the pen must not drown all other scores */
    assert_int_equal(term_after(TERM_COST,
        "UPDATE entry_lines SET unit_cost_yen = 9223372036854775807,"
        " quantity = 1000000"), -3000000);
}

static void
score__distance_has_a_price_a_cap_and_an_outside(void **state)
{
    (void)state;
    struct score near = score_after(
        "UPDATE entries SET lat_e6 = 35488560, lon_e6 = 139407620;"
        "UPDATE entries SET lat_e6 = 35450195, lon_e6 = 139634903,"
        " region_code = '141003' WHERE id = 2");
    assert_int_equal(near.distance_m, 21000);
    assert_int_equal(near.term[TERM_DISTANCE], -210000);
    assert_int_equal(near.term[TERM_OUTSIDE], -50000);
    struct score far = score_after(
        "UPDATE entries SET lat_e6 = 35000000, lon_e6 = 135000000,"
        " reach = 'prefecture' WHERE id = 2");
    assert_int_equal(far.term[TERM_DISTANCE], -400000);
    assert_int_equal(far.term[TERM_OUTSIDE], 0);
    struct score online = score_after(
        "UPDATE entries SET reach = 'online', lat_e6 = 1, lon_e6 = 1"
        " WHERE id = 2");
    assert_int_equal(online.distance_m, -1);
    assert_int_equal(online.term[TERM_DISTANCE], 0);
    assert_int_equal(online.term[TERM_OUTSIDE], 0);
    assert_int_equal(online.term[TERM_ONLINE], -200000);
    assert_int_equal(term_after(TERM_ONLINE,
        "UPDATE entries SET reach = 'online'"), 0);
}

static void
score__freshness_decays_between_its_days(void **state)
{
    (void)state;
    assert_int_equal(term_after(TERM_FRESHNESS,
        "UPDATE entries SET confirmed_on = date('2026-11-21', '-180 days')"),
        0);
    assert_int_equal(term_after(TERM_FRESHNESS,
        "UPDATE entries SET confirmed_on = date('2026-11-21', '-217 days')"
        " WHERE id = 1"), -200000 * 37 / 185);
    assert_int_equal(term_after(TERM_FRESHNESS,
        "UPDATE entries SET confirmed_on = date('2026-11-21', '-365 days')"
        " WHERE id = 2"), -200000);
    assert_int_equal(term_after(TERM_FRESHNESS,
        "UPDATE entries SET confirmed_on = '2027-01-01'"), 0);
}

static void
score__continuity_is_the_newest_plan_of_an_earlier_day(void **state)
{
    (void)state;
    static const char runs[] =
        "INSERT INTO runs (id, plan_date, state, actor, started_at) VALUES"
        " (1, '2026-11-20', 'optimal', 'a', 't'),"
        " (2, '2026-11-20', 'failed', 'a', 't'),"
        " (3, '2026-11-21', 'optimal', 'a', 't');"
        "INSERT INTO plan_lines (run_id, need_id, need_line_no, offer_id,"
        " offer_line_id, offer_line_no, kind_id, units, score, cost_yen,"
        " terms) VALUES (%d, 1, %d, 2, 1, 1, 'venue', 1, 1, 0, '{}')";
    char sql[1024];
    snprintf(sql, sizeof(sql), runs, 1, 1);
    assert_int_equal(term_after(TERM_CONTINUITY, sql), 100000);
    snprintf(sql, sizeof(sql), runs, 1, 2); /* another line */
    assert_int_equal(term_after(TERM_CONTINUITY, sql), 0);
    snprintf(sql, sizeof(sql), runs, 3, 1); /* the plan's own day */
    assert_int_equal(term_after(TERM_CONTINUITY, sql), 0);
}

static void
score__a_sum_below_zero_rounds_down(void **state)
{
    (void)state;
    struct score score = score_after(
        "UPDATE entry_lines SET unit_cost_yen = 300000;"
        "UPDATE entry_lines SET quantity = 11 WHERE entry_id = 1");
    int64_t sum = 0;
    for (int t = 0; t < TERM_COUNT; t++) {
        sum += score.term[t];
    }
    assert_true(sum < 0 && sum % 11 != 0);
    assert_int_equal(score.per_unit, sum / 11 - 1);
}

static void
score__terms_survive_as_json(void **state)
{
    (void)state;
    struct score in = {0}, out;
    in.term[TERM_WORTH] = INT64_MAX;
    in.term[TERM_COST] = -12;
    struct json json = {0};
    score_write(&in, &json);
    assert_string_equal(json.text,
        "{\"worth\":9223372036854775807,\"cost\":-12}");
    memset(&out, 0xff, sizeof(out));
    assert_true(score_read(json.text, &out));
    assert_memory_equal(in.term, out.term, sizeof(in.term));
    for (size_t len = 0; len < json.len; len++) { /* cut anywhere */
        char cut[64];
        memcpy(cut, json.text, len);
        cut[len] = '\0';
        assert_false(score_read(cut, &out));
    }
    assert_true(score_read("{}", &out));
    assert_true(score_read("{\"later_term\":5,\"tag\":3}", &out));
    assert_int_equal(out.term[TERM_TAG], 3);
    assert_false(score_read("[]", &out));
    assert_false(score_read("{\"tag\":3}x", &out));
    json_release(&json);
}

/* Who has few open offers, or came within new_days and is a member. */
static void
market__small_and_new_organisations_are_told(void **state)
{
    (void)state;
    static const struct {
        int org, open, member;
        const char *first;
        bool small;
    } cases[] = {
        {1, 3, 0, "2026-11-20", false}, /* no member: new is nothing */
        {2, 2, 0, "2020-01-01", true},  /* small_offers: 2 */
        {3, 3, 1, "2026-05-25", true},  /* new_days: 180, the last of them */
        {4, 3, 1, "2026-05-24", false},
        {5, 0, 1, "2020-01-01", false}, /* nothing is open */
    };
    struct store *store = unit_store();
    int id = 1;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        for (int k = 0; k < 3; k++, id++) {
            unit_offer(store, id, cases[i].org, "venue", 5);
            unit_sql(store, "UPDATE entries SET created_at = '%sT01:00:00Z'"
                " WHERE id = %d; UPDATE entry_lines SET for_public = %d"
                " WHERE entry_id = %d", k == 1 ? cases[i].first : "2026-11-01",
                id, k < cases[i].open, id);
        }
        unit_sql(store, "UPDATE organisations SET member = %d WHERE id = %d",
            cases[i].member, cases[i].org);
    }
    struct arena arena = {0};
    struct market market;
    unit_market(store, &arena, &market);
    assert_int_equal(market.orgs_n, 5);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(market.orgs[i].small, cases[i].small);
    }
    arena_release(&arena);
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(market__small_and_new_organisations_are_told),
        cmocka_unit_test(score__terms_are_those_of_the_table),
        cmocka_unit_test(score__distance_has_a_price_a_cap_and_an_outside),
        cmocka_unit_test(score__freshness_decays_between_its_days),
        cmocka_unit_test(
            score__continuity_is_the_newest_plan_of_an_earlier_day),
        cmocka_unit_test(score__a_sum_below_zero_rounds_down),
        cmocka_unit_test(score__terms_survive_as_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
