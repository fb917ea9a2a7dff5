/* test_cover.c: optimizer/plan/cover.c: coverage counted by hand, and kept. */
#include "optimizer/plan/cover.h"

#include "tests/unit/market_unit.h"

static struct store *store;
static struct arena arena;

/* Need 1, of two themes: one line in full, one in part; need 2: nothing. */
static int
make(void **state)
{
    (void)state;
    store = unit_store();
    unit_need(store, 1, 1, "venue", 4);
    unit_line(store, 1, 2, "people", 5);
    unit_need(store, 2, 2, "goods", 3);
    unit_offer(store, 3, 3, "venue", 9);
    unit_sql(store,
        "UPDATE entries SET region_code = '141011' WHERE id = 2;"
        "UPDATE organisations SET sector_id = 'government' WHERE id = 2;"
        "INSERT INTO entry_themes VALUES (1, 'theme1'), (1, 'theme2');"
        "INSERT INTO runs (id, plan_date, state, actor, started_at) VALUES"
        " (1, '2026-11-20', 'optimal', 'x', '2026-11-19T17:00:00Z');"
        "INSERT INTO plan_lines (run_id, need_id, need_line_no, offer_id,"
        " offer_line_id, offer_line_no, kind_id, units, score, cost_yen,"
        " terms) VALUES (1, 1, 1, 3, 1, 1, 'venue', 4, 1, 0, '{}'),"
        " (1, 1, 2, 3, 1, 1, 'people', 2, 1, 0, '{}');"
        "INSERT INTO uncovered_lines VALUES (1, 1, 2, 3, 'competition'),"
        " (1, 2, 1, 3, 'no_offer')");
    return 0;
}

static int
drop(void **state)
{
    (void)state;
    arena_release(&arena);
    store_close(store);
    return 0;
}

static void
covers(const char *places, const char *sectors)
{
    const char *counted[COVER_BY_COUNT];
    struct err err = {0};
    assert_true(cover_load(store, 1, &arena, counted, &err));
    assert_string_equal(counted[COVER_BY_PLACE], places);
    assert_string_equal(counted[COVER_BY_SECTOR], sectors);
    assert_string_equal(counted[COVER_BY_THEME],
        "[[\"theme1\",1,2,1,1,0,6,9],[\"theme2\",1,2,1,1,0,6,9],"
        "[null,1,1,0,0,1,0,3]]");
    assert_string_equal(counted[COVER_BY_KIND],
        "[[\"venue\",1,1,1,0,0,4,4],[\"people\",1,1,0,1,0,2,5],"
        "[\"goods\",1,1,0,0,1,0,3]]");
}

static void
cover__counts_needs_once_and_every_line(void **state)
{
    (void)state;
    covers("[[\"142166\",1,2,1,1,0,6,9],[\"141011\",1,1,0,0,1,0,3]]",
        "[[\"private\",1,2,1,1,0,6,9],[\"government\",1,1,0,0,1,0,3]]");
}

static void
cover__that_is_kept_stays_as_it_was(void **state)
{
    (void)state;
    const char *places =
        "[[\"142166\",1,2,1,1,0,6,9],[\"141011\",1,1,0,0,1,0,3]]";
    const char *sectors =
        "[[\"private\",1,2,1,1,0,6,9],[\"government\",1,1,0,0,1,0,3]]";
    struct err err = {0};
    assert_true(cover_keep(store, 1, &err));
    covers(places, sectors);
    unit_sql(store, "UPDATE entries SET region_code = NULL WHERE id = 2;"
        "UPDATE organisations SET sector_id = 'private' WHERE id = 2");
    covers(places, sectors);
    unit_sql(store, "UPDATE runs SET coverage = NULL");
    covers("[[\"142166\",1,2,1,1,0,6,9],[null,1,1,0,0,1,0,3]]",
        "[[\"private\",2,3,1,1,1,6,12]]");
}

static void
cover__of_a_run_that_is_none_is_empty(void **state)
{
    (void)state;
    const char *counted[COVER_BY_COUNT];
    struct err err = {0};
    assert_true(cover_load(store, 99, &arena, counted, &err));
    for (int by = 0; by < COVER_BY_COUNT; by++) {
        assert_string_equal(counted[by], "[]");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cover__counts_needs_once_and_every_line),
        cmocka_unit_test(cover__that_is_kept_stays_as_it_was),
        cmocka_unit_test(cover__of_a_run_that_is_none_is_empty),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
