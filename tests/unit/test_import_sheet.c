/* test_import_sheet.c: entry sheets as spreadsheets and people leave them. */
#include "tests/unit/import_file.h"
#include "tests/unit/store_fixture.h"

static const struct import_options plain = {0};

static struct import_result
entries(const char *text)
{
    import_text_file(&tmp, "organisations",
        "団体キー,団体名,公開\nA,甲の会,1\n", &plain);
    return import_text_file(&tmp, "entries", text, &plain);
}

/* Rows that were emptied stay in the sheet, as wide as it is, or as a
 * column that was added later. */
static void
sheet__rows_that_were_emptied_are_no_rows(void **state)
{
    (void)state;
    struct import_result r = entries("キー,種別,団体,題名,明細,,\n"
        "1,offer,A,題,venue 1回,,\n"
        ",,,,,,\n"
        " ,　,\"\n\",,－,,\n"
        ",,,\n"
        "2,offer,A,題,venue 1回,,\n"
        ",,,,,,\n");
    assert_string_equal(r.said, "");
    COUNTS(r, 2, 0, 0, 0);
    assert_int_equal(r.counts.rows, 2);
    r = import_text_file(&tmp, "organisations",
        "団体キー,団体名,公開\n,,\nC,丙の会,1\n,,\n", &plain);
    COUNTS(r, 1, 0, 0, 0);
    /* One cell that says something is a row, and a bad one. */
    r = entries("キー,種別,団体,題名,明細\n,,,題,\n");
    assert_false(r.ok);
    COUNTS(r, 0, 0, 0, 1);
}

static void
sheet__words_are_those_of_the_pages(void **state)
{
    (void)state;
    struct import_result r = entries(
        "キー,種別,団体,題名,明細,地域,範囲外不可,連絡先の公開\n"
        "1,募集,A,題,venue 1回,座間,〇,なし\n"
        "2,資源,A,題,venue 1回,大井,無し,あり\n");
    assert_string_equal(r.said, "");
    is("SELECT count(*) FROM entries WHERE key = 'sheet:1' AND side = 'need'"
       " AND region_code = '142166' AND reach_hard = 1"
       " AND publish_contact = 0", 1);
    is("SELECT count(*) FROM entries WHERE key = 'sheet:2' AND side = 'offer'"
       " AND region_code = '143626' AND reach_hard = 0"
       " AND publish_contact = 1", 1);
}

/* Every template says 2026-001. */
static void
sheet__a_key_of_somebody_else_writes_over_nothing(void **state)
{
    (void)state;
    static const struct import_options approve = {.approve = true};
    entries("キー,種別,団体,題名,明細\n1,offer,A,甲の題,venue 1回\n");
    import_text_file(&tmp, "organisations",
        "団体キー,団体名,公開\nB,乙の会,1\n", &plain);
    static const char *const rows[][2] = {
        {"1,offer,B,乙の題,venue 1回",
            "another organisation's entry: \"甲の題\""},
        {"1,need,A,甲の題,venue 1回", "is the key of an offer: \"甲の題\""}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[256];
        snprintf(text, sizeof(text), "キー,種別,団体,題名,明細\n%s\n",
            rows[i][0]);
        struct import_result bad =
            import_text_file(&tmp, "entries", text, &approve);
        assert_false(bad.ok);
        assert_non_null(strstr(bad.said, rows[i][1]));
    }
    is("SELECT count(*) FROM entries WHERE title = '甲の題' AND side = 'offer'"
       " AND state = 'submitted'", 1);
    /* Its own, and one that was merged into it, correct it. */
    struct import_result r = entries(
        "キー,種別,団体,題名,明細\n1,offer,A,新しい題,venue 1回\n");
    COUNTS(r, 0, 1, 0, 0);
    tmp_store_exec(&tmp, "UPDATE organisations SET merged_into = (SELECT id"
                         " FROM organisations WHERE key = 'A') WHERE key = 'B'");
    r = entries("キー,種別,団体,題名,明細\n1,offer,B,三つめの題,venue 1回\n");
    COUNTS(r, 0, 1, 0, 0);
}

/* It may be a new name; or somebody else's sheet of the same key. */
static void
sheet__an_organisation_of_another_name_is_told(void **state)
{
    (void)state;
    import_text_file(&tmp, "organisations",
        "団体キー,団体名\nORG-001,甲の会\n", &plain);
    struct import_result r = import_text_file(&tmp, "organisations",
        "団体キー,団体名\nORG-001,乙の会\nORG-002,丙の会\n", &plain);
    COUNTS(r, 1, 1, 0, 0);
    assert_non_null(
        strstr(r.said, "t.csv:2: \"甲の会\" is now called \"乙の会\"\n"));
    r = import_text_file(&tmp, "organisations",
        "団体キー,団体名,電話番号\nORG-001,乙の会,045-000-0000\n", &plain);
    COUNTS(r, 0, 1, 0, 0);
    assert_string_equal(r.said, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            sheet__rows_that_were_emptied_are_no_rows, make, drop),
        cmocka_unit_test_setup_teardown(
            sheet__words_are_those_of_the_pages, make, drop),
        cmocka_unit_test_setup_teardown(
            sheet__a_key_of_somebody_else_writes_over_nothing, make, drop),
        cmocka_unit_test_setup_teardown(
            sheet__an_organisation_of_another_name_is_told, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
