/* test_integrity.c: optimizer/intake/integrity.c: each flaw is found and named. */
#include "tests/unit/import_file.h"

#include "optimizer/intake/integrity.h"

static struct tmp_store tmp;
static char found[8192];

static int
make(void **state)
{
    (void)state;
    static const struct import_options approve = {.approve = true};
    tmp_store_make(&tmp);
    import_text_file(&tmp, "organisations",
        "団体キー,団体名,公開\nA,甲の会,1\nB,乙の会,1\n", &approve);
    struct import_result r = import_text_file(&tmp, "entries",
        "キー,種別,団体,題名,明細,地域\n"
        "N,need,A,題,venue 1回,座間市\nO,offer,B,題,venue 2回,座間市\n",
        &approve);
    assert_true(r.ok);
    return 0;
}

static int
drop(void **state)
{
    (void)state;
    tmp_store_remove(&tmp);
    return 0;
}

static void
take(void *data, const struct integrity_finding *finding)
{
    (void)data;
    size_t n = strlen(found);
    snprintf(found + n, sizeof(found) - n, "%s %s %s %s\n",
        finding->severity == INTEGRITY_ERROR ? "error" : "warning",
        finding->code, finding->subject, finding->text);
}

static const char *
check(void)
{
    struct err err = {0};
    found[0] = '\0';
    assert_true(
        integrity_check(tmp.store, "2026-11-21", take, NULL, &err));
    return found;
}

static void
integrity__a_fresh_import_has_no_finding(void **state)
{
    (void)state;
    assert_string_equal(check(), "");
}

/* Each flaw alone: SQL that makes it, what must be said. */
static void
integrity__each_flaw_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *want;
    } flaws[] = {
        {"DELETE FROM screenings WHERE entry_id = 2"
         " AND requirement_id = 'req_residents'",
            "error approved_without_pass entries/2 sheet:O: req_residents:"
            " no result\n"},
        {"UPDATE screenings SET result = 'fail' WHERE entry_id = 1"
         " AND requirement_id = 'req_not_political'",
            "error approved_without_pass entries/1 sheet:N:"
            " req_not_political: fail\n"},
        {"DELETE FROM screenings WHERE requirement_id = 'req_other'", ""},
        {"UPDATE entries SET confirmed_on = '2026-11-22' WHERE id = 1",
            "error confirmed_in_future entries/1 sheet:N: confirmed_on"
            " 2026-11-22\n"},
        {"UPDATE entries SET time_start = '29:00' WHERE id = 1",
            "error time_of_day entries/1 sheet:N: 29:00 to \n"},
        {"UPDATE entry_lines SET for_public = 1 WHERE entry_id = 1",
            "error public_line_of_need entries/1 sheet:N: line 1\n"},
        {"UPDATE entry_lines SET min_lot = 3 WHERE entry_id = 2",
            "error lot_over_quantity entries/2 sheet:O: line 1\n"},
        {"INSERT INTO decisions (need_id, offer_id, decision, reason, actor,"
         " at) VALUES (2, 1, 'forbid', 'x', 'y', 'z')",
            "error decision_sides decisions/1 need 2 is offer, offer 1 is"
            " need\n"},
        {"INSERT INTO decisions (need_id, offer_id, decision, reason, actor,"
         " at) VALUES (1, 2, 'forbid', 'x', 'y', 'z'),"
         " (1, 2, 'pin', 'x', 'y', 'z')",
            "error decisions_contradict decisions/1 forbid against pin of"
            " decisions/2\n"},
        {"INSERT INTO entry_wishes VALUES (1, '知らない会', NULL)",
            "warning wish_unknown entries/1 sheet:N: 知らない会\n"},
        {"DELETE FROM entry_lines WHERE entry_id = 2",
            "warning no_lines entries/2 sheet:O: nothing to match\n"},
        {"UPDATE organisations SET publish = 0 WHERE key = 'B'",
            "warning organisation_hidden entries/2 sheet:O: published, but"
            " B is not\n"},
        {"UPDATE entries SET expires_on = '2026-01-01' WHERE id = 1",
            "warning expires_before_confirmed entries/1 sheet:N: expires"
            " 2026-01-01, confirmed 2026-11-21\n"},
        {"UPDATE entries SET region_code = NULL WHERE id = 1",
            "warning reach_nowhere entries/1 sheet:N: reach regions, but"
            " none stated\n"},
        {"UPDATE regions SET population = NULL WHERE code = '142166'",
            "warning region_without_population regions/142166 座間市\n"},
        {"UPDATE organisations SET corporate_number = '2000020202054'"
         " WHERE key = 'A'",
            "error corporate_number organisations/1 its check digit is"
            " wrong: \"2000020202054\"\n"},
        {"INSERT INTO regions (code, level, kind, name, name_full, sort)"
         " VALUES ('142165', 'municipality', '市', 'x', 'x', 1)",
            "error region_code regions/142165 its check digit is wrong:"
            " \"142165\"\n"},
    };
    for (size_t i = 0; i < sizeof(flaws) / sizeof(flaws[0]); i++) {
        struct err err = {0};
        assert_true(store_begin(tmp.store, &err));
        tmp_store_exec(&tmp, flaws[i].sql);
        assert_string_equal(check(), flaws[i].want);
        store_rollback(tmp.store);
    }
}

static void
integrity__a_broken_reference_is_found(void **state)
{
    (void)state;
    tmp_store_exec(&tmp,
        "PRAGMA foreign_keys = OFF;"
        "UPDATE entries SET region_code = '149999' WHERE id = 1;"
        "PRAGMA foreign_keys = ON");
    assert_string_equal(check(),
        "error database store entries row 1: no such row in regions\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            integrity__a_fresh_import_has_no_finding, make, drop),
        cmocka_unit_test_setup_teardown(integrity__each_flaw_is_named, make,
            drop),
        cmocka_unit_test_setup_teardown(
            integrity__a_broken_reference_is_found, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
