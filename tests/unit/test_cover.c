/* test_cover.c: optimizer/plan/cover.c: coverage counted by hand, and kept. */
#include "optimizer/plan/cover.h"

#include "tests/unit/market_unit.h"

static struct store *store;
static struct arena arena;

static int
make(void **state)
{
    (void)state;
    store = unit_store();
    unit_covered(store);
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
    assert_true(cover_load(store, 2, &arena, counted, &err));
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
    assert_true(cover_keep(store, 2, &err));
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
