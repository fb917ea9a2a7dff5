/* test_snapshot_write.c: optimizer/publish/snapshot_write.c and what it is made of. */
#include "tests/unit/snapshot_unit.h"

#include "optimizer/publish/labels.h"
#include "schema/fold.h"

/* Five offers and two needs around 座間市, published; run 1. */
static struct store *
small_store(void)
{
    struct store *store = unit_store();
    for (int id = 1; id <= 5; id++) {
        unit_offer(store, id, 1 + id % 3, "venue_shop", 10);
    }
    unit_need(store, 6, 4, "people_volunteer", 3);
    unit_need(store, 7, 4, "venue", 1);
    unit_publish_all(store);
    unit_run(store, 1, UNIT_DATE, "optimal");
    return store;
}

static void
snapshot_write__same_store_gives_the_same_bytes(void **state)
{
    (void)state;
    struct store *store = small_store();
    unit_exposure(store, 1, "142166", 3, 5, 2000);
    for (uint32_t audience = 0; audience < 2; audience++) {
        struct snapshot_map a, b;
        unit_snapshot(store, 1, audience, &a);
        unit_snapshot(store, 1, audience, &b);
        assert_int_equal(a.size, b.size);
        assert_memory_equal(a.base, b.base, a.size);
        snapshot_map_close(&a);
        snapshot_map_close(&b);
    }
    store_close(store);
}

static void
snapshot_write__header_says_run_date_and_audience(void **state)
{
    (void)state;
    struct store *store = small_store();
    unit_run(store, 9, "2026-11-19", "feasible");
    struct snapshot_map map;
    unit_snapshot(store, 9, SNAP_AUDIENCE_MEMBERS, &map);
    const struct snap_header *h = map.snap.header;
    assert_int_equal(h->run_id, 9);
    assert_int_equal(h->plan_date, 20261119);
    assert_int_equal(h->audience, SNAP_AUDIENCE_MEMBERS);
    assert_memory_equal(map.snap.regions[h->home].code, "140007", 7);
    snapshot_map_close(&map);
    store_close(store);
}

static void
snapshot_write__only_what_is_valid_and_published_is_in_it(void **state)
{
    (void)state;
    struct store *store = unit_store();
    static const char *const changes[] = {NULL, /* 1: as it is */
        "expires_on = '2026-11-20'",
        "expires_on = '2026-11-21'", /* 3: the last day */
        "date_start = '2026-11-01', date_end = '2026-11-20'",
        "date_start = '2026-11-01', date_end = '2026-11-21'", /* 5 */
        "date_start = '2020-06-01'",                          /* 6: goes on */
        "confirmed_on = '2025-11-20'",
        "confirmed_on = '2025-11-21'", /* 8: 365 days */
        "state = 'paused'", "state = 'submitted'", "publish = 0",
        "organisation_id = 2"};
    for (int i = 0; i < 12; i++) {
        unit_offer(store, i + 1, 1, "venue", 1);
    }
    unit_publish_all(store);
    unit_sql(store, "UPDATE organisations SET publish = 0 WHERE id = 2");
    for (int i = 1; i < 12; i++) {
        unit_sql(
            store, "UPDATE entries SET %s WHERE id = %d", changes[i], i + 1);
    }
    unit_run(store, 1, UNIT_DATE, "optimal");
    struct snapshot_map map;
    unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, &map);
    assert_string_equal(unit_ranks(&map.snap, SNAP_RESOURCES), "1 3 5 6 8");
    snapshot_map_close(&map);
    store_close(store);
}

static void
snapshot_write__plan_then_confirmation_then_id_rank(void **state)
{
    (void)state;
    struct store *store = small_store();
    unit_exposure(store, 1, "142166", 4, 5, 1000);
    unit_exposure(store, 1, "142158", 2, 2, 9000);
    unit_exposure(store, 1, "142166", 2, 3, 9000);
    unit_sql(store, "UPDATE entries SET confirmed_on = '2026-11-01'"
                    " WHERE id = 1");
    struct snapshot_map map;
    unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, &map);
    assert_string_equal(unit_ranks(&map.snap, SNAP_RESOURCES), "2 4 3 5 1");
    assert_string_equal(unit_ranks(&map.snap, SNAP_NEEDS), "6 7");
    snapshot_map_close(&map);
    store_close(store);
}

static void
snapshot_write__a_region_sees_what_covers_it_in_the_plans_order(void **state)
{
    (void)state;
    struct store *store = small_store();
    unit_sql(store,
        "UPDATE entries SET reach = 'prefecture', region_code = NULL"
        " WHERE id = 1;"
        "UPDATE entries SET reach = 'online' WHERE id = 2;"
        "INSERT INTO entry_regions VALUES (3, '141003'), (3, '142166');"
        "UPDATE entries SET region_code = '142158', lat_e6 = 35446000,"
        " lon_e6 = 139391000 WHERE id = 4;"
        "INSERT INTO entry_regions VALUES (4, '142166');"
        "UPDATE entries SET region_code = '222127' WHERE id = 5");
    unit_exposure(store, 1, "141011", 1, 7, 1000);
    struct snapshot_map map;
    unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, &map);
    const struct snap *s = &map.snap;
    /* 3 stands at the office of 座間市, 4 in the next city, 1 nowhere. */
    assert_string_equal(unit_order(s, 0, "142166"), "3 4 1");
    /* The plan's own line first; 横浜市 is covered, so 鶴見区 is. */
    assert_string_equal(unit_order(s, 0, "141011"), "1 3");
    assert_string_equal(unit_order(s, 0, "141003"), "1 3");
    assert_string_equal(unit_order(s, 0, "142158"), "1");
    assert_string_equal(unit_order(s, 0, "140007"), "1 3 4");
    assert_string_equal(unit_order(s, 0, "A14-03"), "3 4 1");
    /* Another prefecture comes in with what is above it. */
    assert_string_equal(unit_order(s, 0, "222127"), "5");
    assert_string_equal(unit_order(s, 0, "220001"), "5");
    assert_int_equal(snap_region_find(s, "130001", 6), SNAP_NONE);
    assert_int_equal(unit_value_count(s, 0, SNAP_FACET_REACH, "online"), 1);
    assert_int_equal(unit_value_count(s, 0, SNAP_FACET_REACH, "prefecture"), 1);
    snapshot_map_close(&map);
    store_close(store);
}

static void
snapshot_write__facets_count_what_is_below_and_hide_staff_terms(void **state)
{
    (void)state;
    struct store *store = small_store();
    unit_sql(store,
        "INSERT INTO entry_lines (entry_id, line_no, kind_id, quantity, unit)"
        " VALUES (1, 2, 'connections_target', 1, '人'),"
        "        (1, 3, 'venue_shop', 1, '室');"
        "INSERT INTO entry_targets VALUES (1, 'people_in_need'),"
        " (2, 'elementary_pupils'), (2, 'school_non_attending');"
        "INSERT INTO entry_themes VALUES (1, 'theme2_sports');"
        "INSERT INTO entry_tags VALUES (1, '料理'), (2, '料理'),"
        " (2, 'a&b'), (3, '園芸');"
        "UPDATE entries SET cost_min_yen = 0, cost_max_yen = 0 WHERE id = 3;"
        "UPDATE entries SET cost_min_yen = 0, cost_max_yen = 100"
        " WHERE id = 4");
    struct snapshot_map map;
    unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, &map);
    const struct snap *s = &map.snap;
    assert_int_equal(unit_value_count(s, 0, SNAP_FACET_KIND, "venue_shop"), 5);
    assert_int_equal(unit_value_count(s, 0, SNAP_FACET_KIND, "venue"), 5);
    assert_int_equal(unit_value_count(s, 0, SNAP_FACET_KIND, "connections"), 1);
    assert_int_equal(
        unit_value_count(s, 0, SNAP_FACET_KIND, "connections_target"), 0);
    assert_int_equal(unit_value_count(s, 0, SNAP_FACET_TARGET, "children"), 1);
    assert_int_equal(
        unit_value_count(s, 0, SNAP_FACET_TARGET, "people_in_need"), 0);
    assert_int_equal(unit_value_count(s, 0, SNAP_FACET_THEME, "theme2"), 1);
    assert_int_equal(unit_value_count(s, 0, SNAP_FACET_TAG, "料理"), 2);
    assert_int_equal(unit_value_count(s, 0, SNAP_FACET_TAG, "a&b"), 1);
    assert_int_equal(unit_value_count(s, 0, SNAP_FACET_SECTOR, "private"), 5);
    assert_int_equal(unit_value_count(s, 0, SNAP_FACET_FREE, "1"), 1);
    /* The tag of most documents stands first. */
    const struct snap_collection *c = &s->collections[0];
    const struct snap_value *first =
        &c->values[c->facets[SNAP_FACET_TAG].first];
    assert_int_equal(first->count, 2);
    snapshot_map_close(&map);
    store_close(store);
}

static void
snapshot_write__a_tag_that_cannot_be_asked_for_is_cleaned(void **state)
{
    (void)state;
    struct store *store = small_store();
    unit_sql(store,
        "INSERT INTO entry_tags VALUES (1, 'a' || char(1) || char(10) || 'b'),"
        " (2, 'a b'), (3, char(9) || ' '), (4, CAST(x'E38168' AS TEXT))");
    for (int line = 2; line < 300; line++) {
        unit_line(store, 5, line, "venue_shop", 1);
    }
    struct snapshot_map map;
    unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, &map);
    const struct snap *s = &map.snap;
    assert_int_equal(unit_value_count(s, 0, SNAP_FACET_TAG, "a b"), 2);
    assert_int_equal(
        unit_value_count(s, 0, SNAP_FACET_TAG, "\xEF\xBF\xBD\xEF\xBF\xBDh"), 1);
    assert_int_equal(s->collections[0].facets[SNAP_FACET_TAG].count, 2);
    snapshot_map_close(&map);
    store_close(store);
}

static bool
has_doc(const struct snap_collection *c, uint32_t posting, uint32_t doc)
{
    const uint32_t *list;
    const uint64_t *words;
    uint32_t n;
    snap_posting_get(c, posting, &list, &words, &n);
    if (words != NULL) {
        return words[doc / 64] >> doc % 64 & 1;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (list[i] == doc) {
            return true;
        }
    }
    return false;
}

/* Is the gram somewhere in the text?  By characters, the slow way. */
static bool
text_has(const char *p, const char *end, uint64_t key)
{
    uint32_t want[3] = {(uint32_t)(key >> 42), (uint32_t)(key >> 21 & 0x1FFFFF),
        (uint32_t)(key & 0x1FFFFF)};
    int n = want[2] != 0 ? 3 : want[1] != 0 ? 2 : 1;
    while (p < end) {
        const char *at = p;
        int i = 0;
        while (i < n && at < end && fold_next(&at, end) == want[i]) {
            i++;
        }
        if (i == n) {
            return true;
        }
        fold_next(&p, end);
    }
    return false;
}

/* 150 documents, so that there are bitsets, lists and single ones. */
static void
snapshot_write__grams_are_those_of_the_texts(void **state)
{
    (void)state;
    struct store *store = unit_store();
    static const char *const words[] = {"居場所", "ｶﾌｪ", "a a", "体操の会",
        "𠮷野", "(例)", "ー", "園芸と料理", "X"};
    for (int i = 0; i < 150; i++) {
        unit_offer(store, i + 1, 1, "venue", 1);
        unit_sql(store, "UPDATE entries SET title = '%s%s' WHERE id = %d",
            words[i % 9], words[i * i % 7], i + 1);
    }
    unit_publish_all(store);
    unit_run(store, 1, UNIT_DATE, "optimal");
    struct snapshot_map map;
    unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, &map);
    const struct snap_collection *c = &map.snap.collections[0];
    assert_int_equal(c->docs_n, 150);
    assert_true(c->grams_n > 100);
    uint64_t space = (uint64_t)' ' << 42, line = (uint64_t)'\n' << 42;
    assert_int_equal(snap_gram_find(c, space), SNAP_NONE);
    assert_int_equal(snap_gram_find(c, line), SNAP_NONE);
    uint32_t bitsets = 0;
    for (uint32_t g = 0; g < c->grams_n; g++) {
        uint32_t count = 0;
        for (uint32_t d = 0; d < c->docs_n; d++) {
            struct snap_span text = snap_bytes(&map.snap, c->docs[d].text);
            const char *p = (const char *)text.data;
            bool is = text_has(p, p + text.length, c->grams[g].key);
            assert_int_equal(has_doc(c, c->grams[g].posting, d), is);
            count += is;
        }
        assert_int_equal(c->postings[c->grams[g].posting].count, count);
        assert_true(count > 0);
        bitsets += c->postings[c->grams[g].posting].form == SNAP_FORM_BITSET;
    }
    assert_true(bitsets > 0);
    snapshot_map_close(&map);
    store_close(store);
}

/* 600 documents are 10 words: a list of 3 is counted as fast as a bitset. */
static void
snapshot_write__facet_values_are_bitsets_sooner_than_grams(void **state)
{
    (void)state;
    struct store *store = unit_store();
    for (int i = 0; i < 600; i++) {
        unit_offer(store, i + 1, 1,
            i < 2 ? "goods_food" : i < 12 ? "lecture" : "venue", 1);
        if (i < 12) {
            unit_sql(store, "UPDATE entries SET title = '𩸽' WHERE id = %d",
                i + 1);
        }
    }
    unit_publish_all(store);
    unit_run(store, 1, UNIT_DATE, "optimal");
    struct snapshot_map map;
    unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, &map);
    const struct snap_collection *c = &map.snap.collections[0];
    assert_int_equal(c->docs_n, 600);
    uint32_t few = snap_value_find(
        &map.snap, c, SNAP_FACET_KIND, "goods_food", 10);
    uint32_t some =
        snap_value_find(&map.snap, c, SNAP_FACET_KIND, "lecture", 7);
    assert_int_not_equal(few, SNAP_NONE);
    assert_int_not_equal(some, SNAP_NONE);
    const struct snap_posting *p = &c->postings[c->values[few].posting];
    assert_int_equal(p->count, 2);
    assert_int_equal(p->form, SNAP_FORM_LIST);
    p = &c->postings[c->values[some].posting];
    assert_int_equal(p->count, 10);
    assert_int_equal(p->form, SNAP_FORM_BITSET);
    uint32_t gram = snap_gram_find(c, (uint64_t)0x29E3D << 42);
    assert_int_not_equal(gram, SNAP_NONE);
    p = &c->postings[c->grams[gram].posting];
    assert_int_equal(p->count, 12);
    assert_int_equal(p->form, SNAP_FORM_LIST);
    snapshot_map_close(&map);
    store_close(store);
}

static void
snapshot_write__a_run_without_a_plan_is_refused(void **state)
{
    (void)state;
    struct store *store = small_store();
    unit_run(store, 2, UNIT_DATE, "infeasible");
    const char *path = unit_path();
    for (int run = 2; run <= 3; run++) {
        struct err err = {0};
        struct snapshot_counts counts;
        assert_false(snapshot_write(store, run, 0, path, &counts, &err));
        assert_int_equal(err.kind, ERR_NO_PLAN);
        assert_int_not_equal(access(path, F_OK), 0);
    }
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(snapshot_write__same_store_gives_the_same_bytes),
        cmocka_unit_test(snapshot_write__header_says_run_date_and_audience),
        cmocka_unit_test(
            snapshot_write__only_what_is_valid_and_published_is_in_it),
        cmocka_unit_test(snapshot_write__plan_then_confirmation_then_id_rank),
        cmocka_unit_test(
            snapshot_write__a_region_sees_what_covers_it_in_the_plans_order),
        cmocka_unit_test(
            snapshot_write__facets_count_what_is_below_and_hide_staff_terms),
        cmocka_unit_test(
            snapshot_write__a_tag_that_cannot_be_asked_for_is_cleaned),
        cmocka_unit_test(snapshot_write__grams_are_those_of_the_texts),
        cmocka_unit_test(
            snapshot_write__facet_values_are_bitsets_sooner_than_grams),
        cmocka_unit_test(snapshot_write__a_run_without_a_plan_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
