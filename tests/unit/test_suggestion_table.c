/* test_suggestion_table.c: optimizer/publish/suggestion_table.c. */
#include "tests/unit/snapshot_unit.h"

static void
pair(struct store *store, int need, int line, int offer, int units,
    const char *terms)
{
    unit_sql(store,
        "INSERT INTO plan_lines (run_id, need_id, need_line_id,"
        " need_line_no, offer_id, offer_line_id, offer_line_no, kind_id,"
        " units, unit, score, cost_yen, distance_m, terms) VALUES"
        " (1, %d, 1, %d, %d, 1, 1, 'venue', %d, '回', 500, 250, 2100, '%s')",
        need, line, offer, units, terms);
}

static void
runner_up(struct store *store, int need, int line, int rank, int offer)
{
    unit_sql(store,
        "INSERT INTO alternatives (run_id, need_id, need_line_no, rank,"
        " offer_id, offer_line_no, score, loss, cost_yen, terms)"
        " VALUES (1, %d, %d, %d, %d, 1, 5, 1, 0, '{\"kind\":1000}')",
        need, line, rank, offer);
}

static struct store *
store_with_pairs(void)
{
    struct store *store = unit_store();
    for (int id = 1; id <= 4; id++) {
        unit_offer(store, id, 1, "venue", 10);
    }
    for (int id = 5; id <= 7; id++) {
        unit_need(store, id, 2, "venue", 2);
        unit_line(store, id, 2, "venue", 7);
    }
    unit_publish_all(store);
    /* 7 is confirmed later than 5 and 6 and so the first document. */
    unit_sql(store, "UPDATE entries SET confirmed_on = '2026-11-01'"
                    " WHERE id < 7");
    unit_run(store, 1, UNIT_DATE, "optimal");
    runner_up(store, 5, 2, 2, 4);
    runner_up(store, 5, 2, 1, 3);
    runner_up(store, 5, 1, 1, 1);
    pair(store, 5, 2, 1, 3, "{\"kind\":1000,\"distance\":-5}");
    pair(store, 5, 1, 2, 1, "{\"kind\":1000}");
    pair(store, 7, 1, 1, 2, "not JSON");
    return store;
}

static void
suggestions__stand_by_need_line_and_rank_chosen_first(void **state)
{
    (void)state;
    struct store *store = store_with_pairs();
    struct snapshot_map map;
    unit_snapshot(store, 1, SNAP_AUDIENCE_MEMBERS, &map);
    const struct snap *s = &map.snap;
    static const struct {
        uint32_t need, offer, units, chosen;
    } want[] = {{7, 1, 2, 1}, {5, 2, 1, 1}, {5, 1, 2, 0}, {5, 1, 3, 1},
        {5, 3, 7, 0}, {5, 4, 7, 0}};
    assert_int_equal(s->suggestions_n, 6);
    for (uint32_t i = 0; i < 6; i++) {
        const struct snap_suggestion *g = &s->suggestions[i];
        assert_int_equal(
            s->collections[SNAP_NEEDS].docs[g->need].id, want[i].need);
        assert_int_equal(
            s->collections[SNAP_RESOURCES].docs[g->resource].id, want[i].offer);
        assert_int_equal(g->units, want[i].units);
        assert_int_equal(g->chosen, want[i].chosen);
    }
    snapshot_map_close(&map);
    store_close(store);
}

/* What staff barred since the plan was made is nobody's suggestion, neither
 * a chosen one nor a runner-up. */
static void
suggestions__are_none_that_staff_barred(void **state)
{
    (void)state;
    static const struct {
        const char *decisions;
        uint32_t left;
    } cases[] = {{"(5, 1, 'forbid', NULL, NULL)", 4},
        {"(5, 4, 'defer', '2099-01-01', NULL)", 5},
        {"(5, 4, 'forbid', '2000-01-01', NULL)", 6},
        {"(5, 4, 'forbid', NULL, 't')", 6},
        {"(5, 4, 'forbid', NULL, NULL), (5, 4, 'pin', NULL, NULL)", 6}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct store *store = store_with_pairs();
        struct snapshot_map map;
        unit_sql(store, "CREATE TEMP TABLE d (n, o, k, u, r);"
            "INSERT INTO d VALUES %s; INSERT INTO decisions (need_id,"
            " offer_id, decision, until, revoked_at, reason, actor, at)"
            " SELECT n, o, k, u, r, 'r', 'x', 't' FROM d",
            cases[i].decisions);
        unit_snapshot(store, 1, SNAP_AUDIENCE_MEMBERS, &map);
        assert_int_equal(map.snap.suggestions_n, cases[i].left);
        snapshot_map_close(&map);
        store_close(store);
    }
}

static void
has(const struct snap *s, struct snap_ref ref, uint32_t lang, bool json,
    const char *needle)
{
    char *text = unit_fragment(s, ref, lang, json);
    if (strstr(text, needle) == NULL) {
        print_error("no \"%s\" in: %s\n", needle, text);
    }
    assert_non_null(strstr(text, needle));
    free(text);
}

static void
suggestions__say_why_how_much_and_what_it_costs(void **state)
{
    (void)state;
    struct store *store = store_with_pairs();
    struct snapshot_map map;
    unit_snapshot(store, 1, SNAP_AUDIENCE_MEMBERS, &map);
    const struct snap *s = &map.snap;
    const struct snap_suggestion *g = &s->suggestions[3];
    has(s, g->html, SNAP_LANG_JA, false, "計画の提案");
    has(s, g->html, SNAP_LANG_JA, false, "種類が合う");
    has(s, g->html, SNAP_LANG_JA, false, "<dd>750円</dd>");
    has(s, g->html, SNAP_LANG_JA, false, "<dd>2.1km</dd>");
    has(s, g->html, SNAP_LANG_EN, false, "In the plan");
    has(s, g->html, SNAP_LANG_JA, false, "[1]/resources/1[3]");
    has(s, g->json, SNAP_LANG_EN, true,
        "\"kind\":\"venue\",\"units\":3,\"unit\":\"回\",\"weekdays\":[],"
        "\"cost_yen\":750,\"distance_m\":2100,\"score_per_unit\":500,\"reason\":\"");
    /* Terms that are none: no reason, but the suggestion stands. */
    has(s, s->suggestions[0].json, SNAP_LANG_JA, true, "\"reason\":\"\"}");
    snapshot_map_close(&map);
    store_close(store);
}

static const struct snap_suggestion *
suggestion_of(const struct snap *s, uint32_t need)
{
    const struct snap_suggestion *g = s->suggestions;
    while (s->collections[SNAP_NEEDS].docs[g->need].id != need) {
        g++;
        assert_true(g < s->suggestions + s->suggestions_n);
    }
    return g;
}

/* The third Thursday of a month is not every Thursday. */
static void
suggestions__say_which_weeks_the_offer_means(void **state)
{
    (void)state;
    static const struct {
        const char *words, *ja, *en;
    } cases[] = {
        {"毎月第1・第3月・水曜日", " 毎月 第1・第3 水曜</dd>",
            " Monthly: 1st, 3rd Wednesday</dd>"},
        {"隔週月・水曜日", " <span lang=\"ja\">隔週月・水曜日</span> (水)</dd>",
            "隔週月・水曜日</span> (Wed)</dd>"},
        {"毎週月・水曜日", " 毎週 水</dd>", " Every Wed</dd>"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct store *store = store_with_pairs();
        struct snapshot_map map;
        pair(store, 6, 1, 3, 1, "{\"kind\":1000}");
        unit_sql(store, "UPDATE plan_lines SET weekday = 2 WHERE need_id = 6;"
                        "UPDATE entries SET weekdays = 5, date_text = '%s'"
                        " WHERE id = 3", cases[i].words);
        unit_snapshot(store, 1, SNAP_AUDIENCE_MEMBERS, &map);
        const struct snap_suggestion *g = suggestion_of(&map.snap, 6);
        has(&map.snap, g->html, SNAP_LANG_JA, false, cases[i].ja);
        has(&map.snap, g->html, SNAP_LANG_EN, false, cases[i].en);
        has(&map.snap, g->json, SNAP_LANG_EN, true, "\"weekdays\":[\"wed\"]");
        snapshot_map_close(&map);
        store_close(store);
    }
}

static void
suggestions__name_the_days_of_their_slots(void **state)
{
    (void)state;
    struct store *store = store_with_pairs();
    struct snapshot_map map;
    for (int day = 2; day >= 0; day -= 2) {
        pair(store, 6, 1, 3, 1, "{\"kind\":1000}");
        unit_sql(store, "UPDATE plan_lines SET weekday = %d"
                        " WHERE need_id = 6 AND weekday IS NULL", day);
    }
    unit_snapshot(store, 1, SNAP_AUDIENCE_MEMBERS, &map);
    const struct snap *s = &map.snap;
    const struct snap_suggestion *g = suggestion_of(s, 6);
    has(s, g->html, SNAP_LANG_JA, false,
        "2<span lang=\"ja\">回</span> 毎週 月・水</dd>");
    has(s, g->html, SNAP_LANG_EN, false, "Every Mon, Wed</dd>");
    has(s, g->json, SNAP_LANG_EN, true,
        "\"units\":2,\"unit\":\"回\",\"weekdays\":[\"mon\",\"wed\"],");
    snapshot_map_close(&map);
    store_close(store);
}

static void
needs__link_to_their_suggestions_for_members_only(void **state)
{
    (void)state;
    struct store *store = store_with_pairs();
    for (uint32_t audience = 0; audience < 2; audience++) {
        struct snapshot_map map;
        unit_snapshot(store, 1, audience, &map);
        const struct snap *s = &map.snap;
        char *text = unit_fragment(
            s, s->collections[SNAP_NEEDS].docs[0].detail, 0, false);
        bool link = strstr(text, "[1]/suggestions?need=7[4]") != NULL;
        assert_int_equal(link, audience == SNAP_AUDIENCE_MEMBERS);
        free(text);
        struct snap_span page =
            snap_bytes(s, snap_page(s, SNAP_PAGE_SUGGESTIONS, SNAP_LANG_JA));
        assert_int_equal(page.length > 0, audience == SNAP_AUDIENCE_MEMBERS);
        snapshot_map_close(&map);
    }
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suggestions__stand_by_need_line_and_rank_chosen_first),
        cmocka_unit_test(suggestions__are_none_that_staff_barred),
        cmocka_unit_test(suggestions__name_the_days_of_their_slots),
        cmocka_unit_test(suggestions__say_which_weeks_the_offer_means),
        cmocka_unit_test(suggestions__say_why_how_much_and_what_it_costs),
        cmocka_unit_test(needs__link_to_their_suggestions_for_members_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
