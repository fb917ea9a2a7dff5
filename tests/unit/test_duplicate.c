/* test_duplicate.c: optimizer/staff/duplicate.c, duplicate_key.c,
 * organisation_act.c; and imports after a merge. */
#include "tests/unit/market_unit.h"

#include "optimizer/intake/organisation.h"
#include "optimizer/staff/duplicate.h"
#include "optimizer/staff/organisation_act.h"
#include "optimizer/staff/organisation_list.h"
#include "optimizer/staff/report.h"

static void
key__is_one_for_every_way_to_write_it(void **state)
{
    (void)state;
    static const struct {
        void (*make)(const char *, char *);
        const char *a, *b;
        bool same;
    } cases[] = {
        {duplicate_name_key, "NPO法人つながり", "特定非営利活動法人つながり",
            true},
        {duplicate_name_key, "ＮＰＯ法人　つながり", "つながり", true},
        {duplicate_name_key, "認定NPO法人つながり", "つながり", true},
        {duplicate_name_key, "株式会社ｻﾝﾌﾟﾙ", "サンプル(株)", true},
        {duplicate_name_key, "㈱サンプル", "有限会社サンプル", true},
        {duplicate_name_key, "さんぷる", "サンプル", true},
        {duplicate_name_key, "横濱髙橋の會", "横浜高橋の会", true},
        {duplicate_name_key, "フード・バンク", "フードバンク", true},
        {duplicate_name_key, "「みんなの家」", "みんなの家", true},
        {duplicate_name_key, "一般社団法人 A-B c", "ＡＢ Ｃ", true},
        {duplicate_name_key, "つながり横浜", "つながり川崎", false},
        {duplicate_name_key, "株式会社", "有限会社", false},
        {duplicate_url_key, "https://www.example.jp/a", "http://example.jp",
            true},
        {duplicate_url_key, "https://EXAMPLE.jp/?x", "example.jp/", true},
        {duplicate_url_key, "https://facebook.com/a", "facebook.com/b",
            false},
        {duplicate_url_key, "https://www.city.zama.lg.jp/a/",
            "https://www.city.zama.lg.jp/a", true},
        {duplicate_url_key, "https://www.city.zama.lg.jp/a",
            "https://www.city.zama.lg.jp/b", false},
        {duplicate_phone_key, "045-123-4567", "０４５（１２３）４５６７",
            true},
        {duplicate_phone_key, "+81-45-123-4567", "045 123 4567", true},
        {duplicate_phone_key, "045-123-4567 内線3", "0451234567", false},
        {duplicate_phone_key, "045-123-4567", "045-123-4568", false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char a[DUPLICATE_KEY_MAX], b[DUPLICATE_KEY_MAX];
        cases[i].make(cases[i].a, a);
        cases[i].make(cases[i].b, b);
        if ((strcmp(a, b) == 0) != cases[i].same || a[0] == '\0') {
            unit_fail("%s: \"%s\", %s: \"%s\"\n", cases[i].a, a, cases[i].b,
                b);
        }
    }
}

static void
key__of_nonsense_is_none(void **state)
{
    (void)state;
    char out[DUPLICATE_KEY_MAX];
    static const char *const bad[] = {"", " ", "\xff\xfe", "「」"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        duplicate_name_key(bad[i], out);
        assert_string_equal(out, "");
        duplicate_url_key(bad[i], out);
        assert_string_equal(out, "");
        duplicate_phone_key(bad[i], out);
        assert_string_equal(out, "");
    }
    duplicate_url_key("facebook.com", out); /* says nothing of whose */
    assert_string_equal(out, "");
    duplicate_phone_key("119", out);
    assert_string_equal(out, "");
    duplicate_phone_key("000-0000-0000", out);
    assert_string_equal(out, "");
    duplicate_phone_key("０００００００００", out);
    assert_string_equal(out, "");
    char *more = xmalloc(100001);
    memset(more, 'a', 100000);
    more[100000] = '\0';
    duplicate_name_key(more, out);
    assert_true(strlen(out) < DUPLICATE_KEY_MAX);
    free(more);
}

static struct store *
twins(void)
{
    struct store *store = unit_store();
    struct err err = {0};
    unit_sql(store, "UPDATE organisations SET name = '団体' || id,"
        " url = 'https://o' || id || '.example.jp';"
        "UPDATE organisations SET name = 'NPO法人ふれあい', phone ="
        " '045-111-2222', member = 1 WHERE id = 1;"
        "UPDATE organisations SET name = '特定非営利活動法人 フレアイ',"
        " corporate_number = '1234567890123', linked = 1,"
        " url = 'http://o1.example.jp/top', email = 'a@example.jp'"
        " WHERE id = 2;"
        "UPDATE organisations SET phone = '(045)111-2222' WHERE id = 3;"
        "INSERT INTO organisation_aliases VALUES (4, 'ふれあい')");
    assert_true(store_begin(store, &err));
    return store;
}

static struct duplicate_list
duplicates(struct store *store, int64_t org, struct arena *arena)
{
    struct duplicate_list list;
    struct err err = {0};
    if (!duplicate_refresh(store, &err) ||
        !duplicate_load(store, org, 50, arena, &list, &err)) {
        unit_fail("%s\n", err.text);
    }
    return list;
}

static void
duplicates__are_proposed_with_what_they_share(void **state)
{
    (void)state;
    struct store *store = twins();
    struct arena arena = {0};
    struct err err = {0};
    struct duplicate_list list = duplicates(store, 0, &arena);
    assert_int_equal(list.n, 4); /* 1-2, 1-4, 2-4 by name, 1-3 by phone */
    assert_int_equal(list.pairs[0].a.id, 1);
    assert_int_equal(list.pairs[0].b.id, 2);
    assert_true(list.pairs[0].name && list.pairs[0].url);
    assert_false(list.pairs[0].phone);
    assert_true(list.pairs[3].phone && !list.pairs[3].name);
    assert_int_equal(duplicates(store, 3, &arena).n, 1);
    assert_int_equal(duplicates(store, 5, &arena).n, 0);
    assert_true(organisation_distinct(store, 4, 1, "別の団体", &err));
    assert_int_equal(duplicates(store, 0, &arena).n, 3);
    /* changed words change the keys */
    unit_sql(store, "UPDATE organisations SET phone = '' WHERE id = 3;"
        "DELETE FROM organisation_aliases");
    assert_int_equal(duplicates(store, 0, &arena).n, 1);
    /* different numbers: only the name says so */
    unit_sql(store, "UPDATE organisations SET corporate_number ="
        " '9876543210987' WHERE id = 1");
    list = duplicates(store, 0, &arena);
    assert_int_equal(list.n, 1);
    assert_true(list.pairs[0].other_number);
    unit_sql(store, "UPDATE organisations SET name = '別' WHERE id = 1");
    assert_int_equal(duplicates(store, 0, &arena).n, 0);
    arena_release(&arena);
    store_close(store);
}

static void
merge__moves_everything_and_loses_nothing(void **state)
{
    (void)state;
    struct store *store = twins();
    struct arena arena = {0};
    struct err err = {0};
    int64_t moved;
    unit_need(store, 1, 1, "venue", 1);
    unit_offer(store, 2, 2, "venue", 1);
    unit_need(store, 3, 2, "venue", 1);
    unit_sql(store, "INSERT INTO entry_wishes VALUES (1, 'フレアイ', 2);"
        "CREATE TABLE later (id INTEGER, org INTEGER REFERENCES"
        " organisations(id)); INSERT INTO later VALUES (1, 2);"
        "INSERT INTO organisation_aliases VALUES (2, 'れあい')");
    unit_sql(store, "UPDATE organisations SET activity = '配食' WHERE id = 2");
    duplicates(store, 0, &arena);
    assert_true(organisation_merge(store, 2, 1, "同じ団体", &moved, &err));
    assert_int_equal(unit_int(store, "SELECT count(*) FROM organisations"
        " WHERE id = 1 AND activity = '配食'"), 1);
    assert_int_equal(moved, 2);
    assert_int_equal(unit_int(store, "SELECT count(*) FROM organisations"),
        5);
    assert_int_equal(unit_int(store, "SELECT count(*) FROM entries WHERE"
        " organisation_id = 1"), 3);
    assert_int_equal(unit_int(store, "SELECT organisation_id FROM"
        " entry_wishes"), 1);
    assert_int_equal(unit_int(store, "SELECT org FROM later"), 1);
    assert_int_equal(unit_int(store, "SELECT count(*) FROM organisations"
        " WHERE id = 1 AND corporate_number = '1234567890123' AND linked = 1"
        " AND member = 1 AND email = 'a@example.jp' AND phone <> ''"), 1);
    assert_int_equal(unit_int(store, "SELECT count(*) FROM organisations"
        " WHERE id = 2 AND merged_into = 1 AND linked = 0 AND name <> ''"),
        1);
    assert_int_equal(unit_int(store, "SELECT count(*) FROM"
        " organisation_aliases WHERE organisation_id = 1 AND alias IN"
        " ('特定非営利活動法人 フレアイ', 'れあい')"), 2);
    assert_int_equal(unit_int(store, "SELECT count(*) FROM audit WHERE"
        " action = 'organisation.merge' AND detail LIKE '%1234567890123%'"),
        1);
    /* its key, its name and its aliases lead to the other */
    struct organisation_writer writer;
    assert_true(organisation_writer_open(&writer, store, &err));
    assert_int_equal(organisation_find(&writer, "o2", &err), 1);
    assert_int_equal(organisation_find(&writer, "れあい", &err), 1);
    assert_int_equal(organisation_find(&writer, "特定非営利活動法人 フレアイ",
        &err), 1);
    struct organisation_draft draft = {.key = "o2"};
    enum put_outcome outcome;
    int64_t id;
    record_text(&draft.record, ORG_ORIGIN, "roster");
    record_text(&draft.record, ORG_NAME, "古い名前");
    record_int(&draft.record, ORG_PUBLISH, 1);
    assert_true(organisation_put(&writer, &draft, &id, &outcome, &err));
    assert_int_equal(id, 1);
    assert_int_equal(outcome, PUT_UNCHANGED);
    organisation_writer_close(&writer);
    assert_int_equal(unit_int(store, "SELECT count(*) FROM organisations"
        " WHERE publish = 1 OR name = '古い名前'"), 0);
    /* the merged one is no duplicate any more; its chain follows */
    struct duplicate_list list = duplicates(store, 0, &arena);
    for (int32_t i = 0; i < list.n; i++) {
        assert_true(list.pairs[i].a.id != 2 && list.pairs[i].b.id != 2);
    }
    assert_true(organisation_merge(store, 1, 4, "同じ", &moved, &err));
    assert_int_equal(unit_int(store, "SELECT merged_into FROM organisations"
        " WHERE id = 2"), 4);
    arena_release(&arena);
    store_close(store);
}

/* One cell of the report of that year. */
static int64_t
reported(struct store *store, const char *key, int row, int column)
{
    static const char *keys[2];
    struct report_wish wish = {.from = "2026-04-01", .to = "2027-03-31",
        .keys = keys};
    struct report report;
    struct arena arena = {0};
    struct err err = {0};
    keys[0] = key;
    assert_true(report_make(store, &wish, &arena, &report, &err));
    int64_t value = report_cell(&report.tables[0], row, column)->value;
    arena_release(&arena);
    return value;
}

static void
list__finds_a_name_however_it_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t id;
    } rows[] = {{"ふれあい", 1}, {"npo法人ふれ", 1}, {"フレあい", 2}, {"れあい", 4},
        {"むつみ", 5}, {"ムツミカイ", 5}, {"o3", 3}, {"睦會", 5}};
    struct store *store = twins();
    struct arena arena = {0};
    struct err err = {0};
    unit_sql(store, "UPDATE organisations SET name = '睦会',"
                    " name_kana = 'むつみかい' WHERE id = 5");
    assert_true(duplicate_refresh(store, &err));
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct organisation_list list;
        bool found = false;
        assert_true(organisation_list(store, rows[i].text, 0, 50, &arena,
            &list, &err));
        for (int32_t k = 0; k < list.n; k++) {
            found = found || list.rows[k].id == rows[i].id;
        }
        if (!found || list.n == 5) {
            unit_fail("\"%s\": %d found\n", rows[i].text, (int)list.n);
        }
    }
    arena_release(&arena);
    store_close(store);
}

static void
merge__leaves_one_organisation_in_the_report(void **state)
{
    (void)state;
    struct store *store = twins();
    struct err err = {0};
    int64_t moved;
    unit_sql(store, "UPDATE organisations SET member = 0, sector_id = NULL,"
                    " created_at = '2026-06-01T00:00:00Z'");
    assert_int_equal(reported(store, "figures", 2, 1), 5);
    assert_int_equal(reported(store, "members", 0, 3), 5);
    assert_true(organisation_merge(store, 2, 1, "同じ団体", &moved, &err));
    assert_int_equal(reported(store, "figures", 2, 1), 4);
    assert_int_equal(reported(store, "members", 0, 3), 4);
    store_close(store);
}

static void
merge__refuses_what_is_not_one(void **state)
{
    (void)state;
    struct store *store = twins();
    int64_t moved;
    unit_sql(store, "UPDATE organisations SET corporate_number ="
        " '9876543210987' WHERE id = 1; UPDATE organisations SET"
        " merged_into = 4 WHERE id = 5");
    static const struct {
        int64_t from, into;
        const char *reason;
    } bad[] = {{1, 2, "r"}, {1, 1, "r"}, {1, 99, "r"}, {99, 1, "r"},
        {3, 4, ""}, {3, 5, "r"}, {5, 3, "r"}};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct err err = {0};
        assert_false(organisation_merge(store, bad[i].from, bad[i].into,
            bad[i].reason, &moved, &err));
        assert_int_equal(err.kind, ERR_INPUT);
    }
    struct err err = {0}, flag = {0};
    assert_true(organisation_set(store, 3, "linked", true, "訪問済み",
        &err));
    assert_int_equal(unit_int(store, "SELECT linked FROM organisations"
        " WHERE id = 3"), 1);
    assert_false(organisation_set(store, 3, "name", true, "r", &flag));
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key__is_one_for_every_way_to_write_it),
        cmocka_unit_test(key__of_nonsense_is_none),
        cmocka_unit_test(duplicates__are_proposed_with_what_they_share),
        cmocka_unit_test(merge__moves_everything_and_loses_nothing),
        cmocka_unit_test(list__finds_a_name_however_it_is_written),
        cmocka_unit_test(merge__leaves_one_organisation_in_the_report),
        cmocka_unit_test(merge__refuses_what_is_not_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
