/* test_shipped.c: optimizer/shipped_*.c, optimizer/store/migration.c. */
#include "tests/unit/store_fixture.h"

#include <sqlite3.h>

static void
shipped__all_regions_are_there_once(void **state)
{
    (void)state;
    is("SELECT count(*) FROM regions", 1964);
    is("SELECT count(*) FROM regions WHERE home = 1", 67);
    is("SELECT count(*) FROM regions WHERE level = 'area'", 5);
    is("SELECT count(*) FROM regions WHERE code LIKE '14%' AND home = 0", 0);
    is("SELECT count(*) FROM regions WHERE parent_code IS NULL", 47);
    is("SELECT sum(population) FROM regions WHERE home = 1"
       " AND level = 'municipality'",
        9240411);
}

static void
shipped__degrees_become_micro_degrees(void **state)
{
    (void)state;
    is("SELECT lat_e6 FROM regions WHERE code = '142166'", 35488611);
    is("SELECT lon_e6 FROM regions WHERE code = '142166'", 139407500);
    is("SELECT lat_e6 FROM regions WHERE code = '011002'", 43062089);
}

static void
shipped__neighbours_go_both_ways(void **state)
{
    (void)state;
    is("SELECT count(*) FROM region_neighbours", 2 * (7 + 74 + 135));
    is("SELECT count(*) FROM region_neighbours AS a WHERE NOT EXISTS ("
       "SELECT 1 FROM region_neighbours AS b WHERE b.code = a.neighbour"
       " AND b.neighbour = a.code AND b.level = a.level"
       " AND b.office_m = a.office_m)",
        0);
    is("SELECT office_m FROM region_neighbours WHERE code = '143626'"
       " AND neighbour = '142069' AND level = 'unit'",
        6900);
}

static void
shipped__vocabularies_are_complete_and_stigma_is_for_staff(void **state)
{
    (void)state;
    is("SELECT count(*) FROM resource_kinds", 44);
    is("SELECT count(*) FROM target_groups", 29);
    is("SELECT count(*) FROM phrases", 47);
    is("SELECT count(*) FROM requirements WHERE required = 1", 6);
    is("SELECT count(*) FROM target_groups WHERE staff_only = 1", 6);
    is("SELECT count(*) FROM target_groups WHERE staff_only = 0"
       " AND (label_ja LIKE '%困窮%' OR label_ja LIKE '%孤%'"
       " OR label_ja LIKE '%失業%' OR label_ja LIKE '%不登校%')",
        0);
    is("SELECT count(*) FROM themes WHERE staff_only = 0"
       " AND label_ja LIKE '%孤独%'",
        0);
    is("SELECT count(*) FROM interests", 10);
}

static void
shipped__loading_again_writes_nothing_and_keeps_what_staff_tuned(
    void **state)
{
    (void)state;
    int64_t changed = -1;
    struct err err = {0};
    is("SELECT count(*) FROM audit", 1);
    tmp_store_exec(&tmp,
        "UPDATE interests SET per_10000 = 77 WHERE id = 'chat';"
        "UPDATE requirements SET required = 0 WHERE id = 'req_residents';"
        "UPDATE themes SET staff_only = 1 WHERE id = 'theme2'");
    assert_true(shipped_load(tmp.store, &changed, &err));
    assert_int_equal(changed, 0);
    is("SELECT count(*) FROM audit", 1);
    is("SELECT per_10000 FROM interests WHERE id = 'chat'", 77);
    is("SELECT required FROM requirements WHERE id = 'req_residents'", 0);
    is("SELECT staff_only FROM themes WHERE id = 'theme2'", 1);
}

static void
shipped__what_was_damaged_is_repaired(void **state)
{
    (void)state;
    int64_t changed = 0;
    struct err err = {0};
    tmp_store_exec(&tmp,
        "UPDATE regions SET name = 'x', population = 1"
        " WHERE code = '142166';"
        "DELETE FROM region_neighbours WHERE code = '142166';"
        "UPDATE sectors SET label_ja = 'y' WHERE id = 'private'");
    int64_t lost = tmp_store_int(&tmp,
        "SELECT 3 + count(*) FROM region_neighbours"
                               " WHERE neighbour = '142166'");
    assert_true(shipped_load(tmp.store, &changed, &err));
    assert_int_equal(changed, lost);
    is("SELECT population FROM regions WHERE code = '142166'", 132180);
    is("SELECT count(*) FROM sectors WHERE label_ja = 'y'", 0);
}

static void
migration__leaves_another_programs_database_alone(void **state)
{
    (void)state;
    const char *path = tmp_store_file(&tmp, "other.db", "", 0);
    sqlite3 *other;
    assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other,
        "CREATE TABLE ledger (yen INTEGER)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    struct err err = {0}, none = {0};
    assert_null(store_open(path, STORE_CREATE, "unit", &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.text, "of another program"));
    assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
    sqlite3_stmt *mode;
    assert_int_equal(sqlite3_prepare_v2(other,
        "SELECT journal_mode || count(*) FROM pragma_journal_mode,"
        " sqlite_schema", -1, &mode, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(mode), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(mode, 0), "delete1");
    sqlite3_finalize(mode);
    sqlite3_close(other);
    /* An empty file is a store to be. */
    path = tmp_store_file(&tmp, "empty.db", "", 0);
    struct store *store = store_open(path, STORE_CREATE, "unit", &none);
    assert_non_null(store);
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(shipped__all_regions_are_there_once,
            make, drop),
        cmocka_unit_test_setup_teardown(
            shipped__degrees_become_micro_degrees, make, drop),
        cmocka_unit_test_setup_teardown(shipped__neighbours_go_both_ways,
            make, drop),
        cmocka_unit_test_setup_teardown(
            shipped__vocabularies_are_complete_and_stigma_is_for_staff, make,
            drop),
        cmocka_unit_test_setup_teardown(
            shipped__loading_again_writes_nothing_and_keeps_what_staff_tuned,
            make, drop),
        cmocka_unit_test_setup_teardown(
            migration__leaves_another_programs_database_alone, make, drop),
        cmocka_unit_test_setup_teardown(shipped__what_was_damaged_is_repaired,
            make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
