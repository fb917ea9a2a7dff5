/* test_desk_list.c: optimizer/staff/desk_list.c: pages that miss nothing. */
#include "tests/unit/outcome_unit.h"

#include "optimizer/staff/desk_list.h"

static void
suggestions__are_all_there_once_whatever_the_page(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= (unsigned)unit_rounds(2); seed++) {
        struct stage s;
        struct err err = {0};
        struct store *store = unit_store();
        unit_fill_by_chance(store, seed, 26);
        unit_sql(store, "INSERT INTO weight_versions VALUES (1, 'published',"
            " 'a', 'r', 't', 't'); INSERT INTO weights VALUES (1,"
            " 'loss_solves', 0)");
        night(&s, store);
        int64_t want = unit_int(store, "SELECT count(*) FROM plan_lines"
            " WHERE need_id IS NOT NULL");
        unit_sql(store, "UPDATE plan_lines SET weekday ="
                        " iif(id %% 3 = 0, NULL, id %% 7)");
        for (int32_t most = 1; most <= 5; most += 2) {
            struct desk_query query = {.run_id = 1, .most = most};
            struct desk_suggestions list;
            int64_t seen = 0, need = 0;
            do {
                assert_true(desk_suggestions(store, &query, &s.arena, &list,
                    &err));
                for (int32_t i = 0; i < list.n; i++) {
                    assert_true(list.rows[i].need_id >= need);
                    assert_true(list.rows[i].need_id > need ||
                        list.rows[i].at > query.after);
                    need = list.rows[i].need_id;
                    assert_int_equal(list.rows[i].weekday,
                        list.rows[i].at % 3 == 0 ? -1
                                                 : list.rows[i].at % 7);
                    query.after = list.rows[i].at;
                    seen++;
                }
            } while (list.more);
            assert_int_equal(seen, want);
            assert_int_equal(list.total, want);
        }
        stage_end(&s);
    }
}

static void
uncovered__a_need_is_never_split(void **state)
{
    (void)state;
    int64_t lines = 0;
    for (unsigned seed = 1; seed <= (unsigned)unit_rounds(3); seed++) {
        struct stage s;
        struct err err = {0};
        struct store *store = unit_store();
        unit_fill_by_chance(store, seed, 26);
        unit_sql(store, "INSERT INTO weight_versions VALUES (1, 'published',"
            " 'a', 'r', 't', 't'); INSERT INTO weights VALUES (1,"
            " 'loss_solves', 0)");
        unit_sql(store, "DELETE FROM entry_lines WHERE kind_id = 'goods'"
            " AND entry_id IN (SELECT id FROM entries WHERE side = 'offer')");
        night(&s, store);
        int64_t want =
            unit_int(store, "SELECT count(*) FROM uncovered_lines");
        for (int32_t most = 1; most <= 7; most += 3) {
            struct desk_query query = {.run_id = 1, .most = most};
            struct desk_uncovereds list;
            int64_t seen = 0;
            do {
                assert_true(desk_uncovered(store, &query, &s.arena, &list,
                    &err));
                assert_true(list.n == 0 || list.rows[0].at > query.after);
                query.after = list.n > 0 ? list.rows[list.n - 1].at : 0;
                seen += list.n;
            } while (list.more);
            assert_int_equal(seen, want);
            assert_int_equal(list.total, want);
        }
        lines += want;
        stage_end(&s);
    }
    assert_true(!unit_all_rounds() || lines > 5);
}

/* An organisation reads what it takes part in, while the other side is
 * published and nobody declined. */
static void
suggestions__of_an_organisation_are_its_own(void **state)
{
    (void)state;
    struct stage s;
    struct err err = {0};
    struct amendment a;
    struct desk_suggestions list;
    night(&s, three_venues());
    struct desk_query query = {.run_id = 1, .most = 9, .organisation_id = 2};
    assert_true(desk_suggestions(s.store, &query, &s.arena, &list, &err));
    assert_int_equal(list.n, 0); /* the need is not published */
    unit_sql(s.store, "UPDATE organisations SET publish = 1;"
        "UPDATE entries SET publish = 1 WHERE id = 1");
    assert_true(desk_suggestions(s.store, &query, &s.arena, &list, &err));
    assert_int_equal(list.n, 1);
    assert_false(list.rows[0].need_is_ours);
    assert_false(list.rows[0].accepted);
    query.organisation_id = 3;
    assert_true(desk_suggestions(s.store, &query, &s.arena, &list, &err));
    assert_int_equal(list.n, 0);
    assert_true(take(&s, 1, 2, OUTCOME_DECLINED, &a));
    query.organisation_id = 2;
    assert_true(desk_suggestions(s.store, &query, &s.arena, &list, &err));
    assert_int_equal(list.n, 0);
    stage_end(&s);
}

static void
unused__is_what_no_plan_named(void **state)
{
    (void)state;
    struct stage s;
    struct err err = {0};
    struct desk_unuseds list;
    night(&s, three_venues());
    struct desk_query query = {.most = 1};
    assert_true(desk_unused(s.store, UNIT_DATE, &query, &s.arena, &list, &err));
    assert_int_equal(list.n, 1);
    assert_int_equal(list.rows[0].at, 3);
    assert_true(list.more);
    query.after = 3;
    assert_true(desk_unused(s.store, UNIT_DATE, &query, &s.arena, &list, &err));
    assert_int_equal(list.rows[0].at, 4);
    assert_false(list.more);
    unit_sql(s.store, "UPDATE entries SET date_end = '2026-11-20'"
                      " WHERE id = 3;"
                      "UPDATE entries SET expires_on = '2026-11-20'"
                      " WHERE id = 4");
    query.after = 0;
    assert_true(desk_unused(s.store, UNIT_DATE, &query, &s.arena, &list, &err));
    assert_int_equal(list.n, 0); /* nothing that could still be used */
    stage_end(&s);
}

/* In the city, in one of its wards, or for it. */
static void
no_venue__a_ward_s_or_a_served_one_counts(void **state)
{
    (void)state;
    struct store *store = unit_store();
    struct arena arena = {0};
    struct err err = {0};
    struct desk_places list;
    assert_true(desk_no_venue(store, UNIT_DATE, &arena, &list, &err));
    assert_int_equal(list.n, 33);
    unit_offer(store, 1, 1, "venue_shop", 1);     /* 座間市 */
    unit_offer(store, 2, 1, "venue", 1);          /* 鶴見区: 横浜市 */
    unit_offer(store, 3, 1, "goods", 1);          /* no venue */
    unit_offer(store, 4, 1, "venue", 1);          /* expired */
    unit_offer(store, 5, 1, "venue", 1);          /* not approved */
    unit_need(store, 6, 1, "venue", 1);           /* looked for */
    unit_offer(store, 7, 1, "venue", 1);          /* over */
    unit_sql(store, "UPDATE entries SET region_code = '141011' WHERE id = 2;"
        "UPDATE entries SET region_code = '142069' WHERE id > 2;"
        "UPDATE entries SET expires_on = '2026-11-20' WHERE id = 4;"
        "UPDATE entries SET date_end = '2026-11-20' WHERE id = 7;"
        "UPDATE entries SET state = 'paused' WHERE id = 5;"
        "INSERT INTO entry_regions VALUES (1, '143847')");
    assert_true(desk_no_venue(store, UNIT_DATE, &arena, &list, &err));
    assert_int_equal(list.n, 30);
    for (int32_t i = 0; i < list.n; i++) {
        assert_string_not_equal(list.rows[i].code, "142166");
        assert_string_not_equal(list.rows[i].code, "141003");
        assert_string_not_equal(list.rows[i].code, "143847");
    }
    arena_release(&arena);
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suggestions__are_all_there_once_whatever_the_page),
        cmocka_unit_test(uncovered__a_need_is_never_split),
        cmocka_unit_test(suggestions__of_an_organisation_are_its_own),
        cmocka_unit_test(unused__is_what_no_plan_named),
        cmocka_unit_test(no_venue__a_ward_s_or_a_served_one_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
