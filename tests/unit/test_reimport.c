/* test_reimport.c: an entry sheet that comes again, corrected
 * (import_entries.c, entry.c). */
#include "tests/unit/import_file.h"
#include "tests/unit/store_fixture.h"

static const struct import_options plain = {0};

#define HEAD "キー,種別,団体,題名,明細"
#define LIMITS ",地域,対応範囲,範囲外不可,緊急度,予算,連絡先の公開"

static struct import_result
entries(const char *text, const struct import_options *options)
{
    return import_text_file(&tmp, "entries", text, options);
}

static int
make_organisation(void **state)
{
    make(state);
    import_text_file(&tmp, "organisations", "団体キー,団体名\nA,甲の会\n",
        &plain);
    return 0;
}

static void
reimport__a_column_that_is_left_out_changes_nothing(void **state)
{
    (void)state;
    entries(HEAD LIMITS "\n"
                 "1,need,A,題,venue 1回,座間市,座間市;海老名市,1,3,500,0\n",
        &plain);
    struct import_result r =
        entries(HEAD "\n1,need,A,題,venue 2回\n", &plain);
    COUNTS(r, 0, 1, 0, 0);
    is("SELECT count(*) FROM entries WHERE reach = 'regions' AND urgency = 3"
       " AND reach_hard = 1 AND region_code = '142166' AND budget_yen = 500",
        1);
    is("SELECT count(*) FROM entry_regions", 2);
    is("SELECT quantity FROM entry_lines", 2);
}

static void
reimport__a_cell_made_empty_is_what_the_template_says_of_it(void **state)
{
    (void)state;
    entries(HEAD LIMITS "\n"
                 "1,need,A,題,venue 1回,座間市,座間市;海老名市,1,3,500,0\n",
        &plain);
    struct import_result r = entries(
        HEAD LIMITS "\n1,need,A,題,venue 1回,座間市,,,,,\n", &plain);
    COUNTS(r, 0, 1, 0, 0);
    is("SELECT count(*) FROM entries WHERE reach = 'regions' AND urgency = 1"
       " AND reach_hard = 0 AND budget_yen IS NULL",
        1);
    is("SELECT count(*) FROM entry_regions", 0);
    is("SELECT publish_contact FROM entries", 0); /* hidden till it says 1 */
}

static void
reimport__one_date_goes_with_the_other_that_is_known(void **state)
{
    (void)state;
    static const struct import_options skip = {.skip_bad = true};
    entries(HEAD ",開始日,終了日\n"
                 "1,need,A,題,venue 1回,2027-03-03,2027-03-09\n",
        &plain);
    struct import_result r = entries(HEAD ",終了日\n"
        "1,need,A,題,venue 1回,2027-03-02\n"
        "2,need,A,題,venue 1回,2027-03-02\n", &skip);
    assert_string_equal(r.err.text, "");
    assert_string_equal(r.said,
        "t.csv:2:1: row: date_end: ends before it starts\n");
    COUNTS(r, 1, 0, 0, 1);
    r = entries(HEAD ",開始日\n1,need,A,題,venue 1回,2027-03-10\n", &plain);
    assert_int_equal(r.err.kind, ERR_INPUT);
    r = entries(HEAD ",開始日\n1,need,A,題,venue 1回,2027-03-09\n", &plain);
    COUNTS(r, 0, 1, 0, 0);
}

static void
import__whole_numbers_may_be_full_width(void **state)
{
    (void)state;
    static const struct import_options skip = {.skip_bad = true};
    struct import_result r = entries(HEAD ",緊急度,予算,対応件数の上限\n"
        "1,need,A,題,venue １回,３,５０，０００,１２\n"
        "2,need,A,題,venue １回,３件,５〜６,１．５\n", &skip);
    assert_string_equal(r.said,
        "t.csv:3:21: 緊急度: not a whole number from 0 to 3: \"３件\"\n"
        "t.csv:3:24: 予算: not a whole number from 0 to 1000000000: "
        "\"５〜６\"\n"
        "t.csv:3:28: 対応件数の上限: not a whole number from 1 to 1000: "
        "\"１．５\"\n");
    COUNTS(r, 1, 0, 0, 1);
    is("SELECT count(*) FROM entries WHERE urgency = 3"
       " AND budget_yen = 50000 AND max_needs = 12",
        1);
}

/* An IME that is on makes no second entry, organisation or partner. */
static void
reimport__keys_and_names_are_known_in_full_width(void **state)
{
    (void)state;
    import_text_file(&tmp, "organisations",
        "団体キー,団体名\nORG-1,NPO法人 乙\n", &plain);
    entries(HEAD "\nN-1,need,A,題,venue 1回\n", &plain);
    struct import_result r = entries(HEAD
        ",希望する連携相手\nＮ－１,need,Ａ,題,venue 2回,ＮＰＯ法人 乙\n", &plain);
    assert_string_equal(r.said, "");
    COUNTS(r, 0, 1, 0, 0);
    is("SELECT count(*) FROM entries", 1);
    is("SELECT count(*) FROM entry_wishes WHERE organisation_id ="
       " (SELECT id FROM organisations WHERE key = 'ORG-1')",
        1);
    r = import_text_file(&tmp, "organisations",
        "団体キー,団体名\nＯＲＧ－１,NPO法人 乙の会\n", &plain);
    COUNTS(r, 0, 1, 0, 0);
    r = entries(HEAD "\nＭ１,need,A,題,venue 1回\nM1,need,A,題,venue 1回\n",
        &plain);
    assert_string_equal(r.said,
        "t.csv:3:1: キー: a row before has the same key: \"sheet:M1\"\n");
    /* a key that is in full width from before is kept */
    tmp_store_exec(&tmp, "UPDATE entries SET key = 'sheet:Ｎ－１'");
    r = entries(HEAD "\nＮ－１,need,A,題,venue 3回\n", &plain);
    COUNTS(r, 0, 1, 0, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, make_organisation, drop)
        T(reimport__a_column_that_is_left_out_changes_nothing),
        T(reimport__a_cell_made_empty_is_what_the_template_says_of_it),
        T(reimport__one_date_goes_with_the_other_that_is_known),
        T(import__whole_numbers_may_be_full_width),
        T(reimport__keys_and_names_are_known_in_full_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
