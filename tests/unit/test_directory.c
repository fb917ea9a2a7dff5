/* test_directory.c: organisations and cases in the snapshots: who is listed,
 * what is said of them, what is not. */
#include "tests/unit/snapshot_unit.h"

/*
 * Organisations 1 a member with offer 1, case 2 (goes on) and case 3 (was);
 * 2 a member with nothing; 3 no member, with need 4; 4 no member, nothing;
 * 5 a member that is not published, with case 5.
 */
static struct store *
directory(void)
{
    struct store *store = unit_store();
    for (int id = 1; id <= 3; id++) {
        unit_offer(store, id, 1, "venue_shop", 10);
    }
    unit_need(store, 4, 3, "venue", 1);
    unit_offer(store, 5, 5, "goods_food", 1);
    unit_publish_all(store);
    unit_sql(store,
        "UPDATE entries SET origin = 'case' WHERE id IN (2, 3, 5);"
        "UPDATE entries SET state = 'archived', date_start = '2024-05-01'"
        " WHERE id IN (3, 5);"
        "UPDATE organisations SET member = 1 WHERE id IN (1, 2, 5);"
        "UPDATE organisations SET activity = '毎週の<食堂>', name_kana ="
        " 'ん' WHERE id = 1;"
        "UPDATE organisations SET publish = 0 WHERE id = 5;"
        "INSERT INTO entry_tags VALUES (1, '料理'), (3, '囲碁')");
    unit_run(store, 1, UNIT_DATE, "optimal");
    return store;
}

static void
ranks_are(const char *changes, uint32_t collection, const char *ranks)
{
    struct store *store = directory();
    struct snapshot_map map;
    if (changes != NULL) {
        unit_sql(store, "%s", changes);
    }
    unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, &map);
    assert_string_equal(unit_ranks(&map.snap, collection), ranks);
    snapshot_map_close(&map);
    store_close(store);
}

/* Members by reading, those without one behind them, then the others. */
static void
organisations__are_members_and_who_has_something(void **state)
{
    (void)state;
    ranks_are(NULL, SNAP_ORGANIZATIONS, "1 2 3");
    ranks_are("UPDATE organisations SET name_kana = 'あ' WHERE id = 2",
        SNAP_ORGANIZATIONS, "2 1 3");
    ranks_are("UPDATE entries SET state = 'paused' WHERE id = 4",
        SNAP_ORGANIZATIONS, "1 2");
    ranks_are("UPDATE organisations SET publish = 0 WHERE id = 1",
        SNAP_ORGANIZATIONS, "2 3");
    /* What is over, expired or confirmed long ago is nothing to be found. */
    ranks_are("UPDATE entries SET date_end = '2026-11-20' WHERE id = 4",
        SNAP_ORGANIZATIONS, "1 2");
    ranks_are("UPDATE entries SET expires_on = '2026-11-20' WHERE id = 4",
        SNAP_ORGANIZATIONS, "1 2");
    ranks_are("UPDATE entries SET confirmed_on = '2024-11-20' WHERE id = 4",
        SNAP_ORGANIZATIONS, "1 2");
}

static void
cases__are_those_that_may_be_shown(void **state)
{
    (void)state;
    ranks_are(NULL, SNAP_CASES, "2 3");
    ranks_are("UPDATE entries SET publish = 0 WHERE id = 3", SNAP_CASES, "2");
    ranks_are("UPDATE entries SET state = 'withdrawn' WHERE id = 2",
        SNAP_CASES, "3");
    ranks_are("UPDATE entries SET origin = 'sheet' WHERE id = 3", SNAP_CASES,
        "2");
    ranks_are("UPDATE organisations SET publish = 1 WHERE id = 5", SNAP_CASES,
        "2 3 5");
    /* What was is nothing to use. */
    ranks_are(NULL, SNAP_RESOURCES, "1 2");
}

static void
organisation__page_says_activities_needs_resources(void **state)
{
    (void)state;
    struct store *store = directory();
    struct snapshot_map map;
    unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, &map);
    const struct snap_doc *docs =
        map.snap.collections[SNAP_ORGANIZATIONS].docs;
    static const char *const wanted[] = {"構成員", "毎週の&lt;食堂&gt;",
        "[1]/cases/2[3]", "[1]/cases/3[3]", "[1]/resources/1[3]",
        "[1]/resources/2[3]", "いま載せているものはありません。"};
    char *page = unit_fragment(&map.snap, docs[0].detail, 0, false);
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
        assert_non_null(strstr(page, wanted[i]));
    }
    assert_null(strstr(page, "[1]/resources/3"));
    assert_null(strstr(page, "[1]/cases/5"));
    free(page);
    char *json = unit_fragment(&map.snap, docs[2].item_detail, 0, true);
    assert_non_null(strstr(json, "\"needs\":[{\"id\":4,"));
    assert_non_null(strstr(json, "\"member\":false"));
    free(json);
    /* An entry leads to its organisation, a case that goes on to its use. */
    char *entry = unit_fragment(&map.snap,
        map.snap.collections[SNAP_RESOURCES].docs[0].detail, 0, false);
    assert_non_null(strstr(entry, "[1]/organizations/1[3]"));
    free(entry);
    const struct snap_doc *cases = map.snap.collections[SNAP_CASES].docs;
    char *going = unit_fragment(&map.snap, cases[0].detail, 0, false);
    char *past = unit_fragment(&map.snap, cases[1].detail, 0, false);
    assert_non_null(strstr(going, "[1]/resources/2[3]"));
    assert_null(strstr(past, "[1]/resources/3"));
    assert_non_null(strstr(past, "いまの募集ではありません"));
    free(going);
    free(past);
    snapshot_map_close(&map);
    store_close(store);
}

/* 3 was done with 2, who has a page, and with 4, who has none; not with who
 * is not published, nor with itself, nor with a name that nobody has. */
static void
cases__name_with_whom_they_were_done(void **state)
{
    (void)state;
    struct store *store = directory();
    struct snapshot_map map;
    unit_sql(store, "INSERT INTO entry_partners VALUES (3, 'b', 2),"
        " (3, 'd', 4), (3, 'e', 5), (3, 'a', 1), (3, '知らない会', NULL),"
        " (3, 'b2', 2), (1, 'c', 3)");
    unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, &map);
    const struct snap_collection *c = map.snap.collections;
    const struct snap_doc *past = &c[SNAP_CASES].docs[1];
    char *page = unit_fragment(&map.snap, past->detail, 0, false);
    assert_non_null(strstr(page, "連携した団体</dt><dd><a lang=\"ja\" href=\""
        "[1]/organizations/2[3]\">【例】団体2</a>・"));
    assert_null(strstr(page, "organizations/4"));
    assert_non_null(strstr(page, "【例】団体4"));
    assert_null(strstr(page, "【例】団体5"));
    assert_null(strstr(page, "知らない会"));
    free(page);
    char *json = unit_fragment(&map.snap, past->item_detail, 0, true);
    assert_non_null(strstr(json, "\"partners\":[{\"id\":2,\"name\":"
        "\"【例】団体2\"},{\"id\":4,\"name\":\"【例】団体4\"}]"));
    free(json);
    /* and the partner's own page leads to it */
    page = unit_fragment(&map.snap, c[SNAP_ORGANIZATIONS].docs[1].detail, 0,
        false);
    assert_non_null(strstr(page, "[1]/cases/3[3]"));
    free(page);
    page = unit_fragment(&map.snap, c[SNAP_RESOURCES].docs[0].detail, 0,
        false);
    assert_null(strstr(page, "連携した団体"));
    free(page);
    snapshot_map_close(&map);
    store_close(store);
}

/* What an organisation offers is what it is found by. */
static void
organisation__is_found_by_what_it_offers(void **state)
{
    (void)state;
    struct store *store = directory();
    struct snapshot_map map;
    unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, &map);
    assert_int_equal(unit_value_count(&map.snap, SNAP_ORGANIZATIONS,
                         SNAP_FACET_KIND, "venue"), 1);
    assert_int_equal(unit_value_count(&map.snap, SNAP_ORGANIZATIONS,
                         SNAP_FACET_TAG, "料理"), 1);
    assert_int_equal(unit_value_count(&map.snap, SNAP_CASES, SNAP_FACET_TAG,
                         "囲碁"), 1);
    snapshot_map_close(&map);
    /* ... and no more, once that is over: it is on no page */
    unit_sql(store, "UPDATE entries SET date_end = '2026-11-20'");
    unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, &map);
    assert_string_equal(unit_ranks(&map.snap, SNAP_ORGANIZATIONS), "1 2");
    assert_int_equal(unit_value_count(&map.snap, SNAP_ORGANIZATIONS,
                         SNAP_FACET_KIND, "venue"), 0);
    assert_int_equal(unit_value_count(&map.snap, SNAP_ORGANIZATIONS,
                         SNAP_FACET_TAG, "料理"), 0);
    snapshot_map_close(&map);
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(organisations__are_members_and_who_has_something),
        cmocka_unit_test(cases__are_those_that_may_be_shown),
        cmocka_unit_test(cases__name_with_whom_they_were_done),
        cmocka_unit_test(organisation__page_says_activities_needs_resources),
        cmocka_unit_test(organisation__is_found_by_what_it_offers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
