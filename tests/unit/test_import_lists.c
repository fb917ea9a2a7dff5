/* test_import_lists.c: import_organisations.c, import_cases.c, and the
 * demo's example sheets. */
#include "tests/unit/import_file.h"
#include "tests/unit/store_fixture.h"

static const struct import_options plain = {0};
static const struct import_options approve = {.approve = true};

static struct import_result
organisations(void)
{
    return import_text_file(&tmp, "organisations",
        "団体キー,団体名,公開\nA,甲の会,1\nB,乙の会,1\n", &plain);
}

static void
organisations__the_roster_sets_member_link_and_publish(void **state)
{
    (void)state;
    struct import_result r = import_file(&tmp, "organisations",
        "optimizer/demo/members.csv", &plain);
    COUNTS(r, 65, 0, 0, 0);
    is("SELECT count(*) FROM organisations WHERE member = 1 AND linked = 1"
       " AND origin = 'roster'",
        35);
    is("SELECT count(*) FROM organisations WHERE origin = 'roster'"
       " AND publish = 1",
        34);
    is("SELECT publish FROM organisations WHERE key = 'M35'", 0); /* 当事者 */
    is("SELECT count(*) FROM organisations WHERE origin = 'reference'"
       " AND member + linked + publish = 0",
        5);
    is("SELECT count(*) FROM organisation_aliases", 8);
    tmp_store_exec(&tmp, "UPDATE organisations SET publish = 0, linked = 0"
                         " WHERE key = 'M01'"); /* the staff's word */
    r = import_file(&tmp, "organisations", "optimizer/demo/members.csv",
        &plain);
    COUNTS(r, 0, 0, 65, 0);
    is("SELECT publish + linked FROM organisations WHERE key = 'M01'", 0);
}

static void
organisations__a_sheet_leaves_alone_what_it_does_not_name(void **state)
{
    (void)state;
    organisations();
    tmp_store_exec(&tmp,
        "UPDATE organisations SET phone = '000', member = 1, note = 'x'"
        " WHERE key = 'A'");
    struct import_result r = import_text_file(&tmp, "organisations",
        "団体キー,団体名,URL\nA,甲の会改,https://a.example.jp/\n", &plain);
    COUNTS(r, 0, 1, 0, 0);
    is("SELECT count(*) FROM organisations WHERE key = 'A'"
       " AND name = '甲の会改' AND phone = '000' AND note = 'x'"
       " AND url = 'https://a.example.jp/'",
        1);
}

static void
organisations__bad_cells_are_named_and_nothing_is_written(void **state)
{
    (void)state;
    struct import_result r = import_text_file(&tmp, "organisations",
        "団体キー,団体名,法人番号,URL,公開,地域\n"
        ",名なし,,,,\n"
        "C,丙,1234567890123,javascript:alert(1),たぶん,どこか市\n"
        "D,丁,2000020202053,https://d.example.jp/,はい,足柄上郡大井町\n"
        "D,丁,,,,\n"
        "E,戊\n",
        &plain);
    assert_false(r.ok);
    assert_int_equal(r.err.kind, ERR_INPUT);
    COUNTS(r, 1, 0, 0, 4);
    assert_string_equal(r.said,
        "t.csv:2:1: 団体キー: is empty\n"
        "t.csv:3:39: 公開: neither 1 (はい) nor 0 (いいえ): \"たぶん\"\n"
        "t.csv:3:43: 地域: no such region: \"どこか市\"\n"
        "t.csv:3:19: URL: not an http or https address: "
        "\"javascript:alert(1)\"\n"
        "t.csv:3:5: 法人番号: not a 法人番号 (13 digits with a check digit): "
        "\"1234567890123\"\n"
        "t.csv:5:1: 団体キー: a row before has the same key: \"D\"\n"
        "t.csv:6:1: row: 2 cells, but the header has 6\n");
    is("SELECT count(*) FROM organisations", 0);
    is("SELECT count(*) FROM audit WHERE action LIKE 'import%'", 0);
}

static void
organisations__a_wish_finds_its_organisation_when_it_comes(void **state)
{
    (void)state;
    organisations();
    import_text_file(&tmp, "entries",
        "キー,種別,団体,題名,明細,希望する連携相手\n"
        "1,need,A,題,venue 1回,丙の会;乙の会;だれか;ひのえ\n",
        &plain);
    is("SELECT count(*) FROM entry_wishes WHERE organisation_id IS NULL", 3);
    import_text_file(&tmp, "organisations",
        "団体キー,団体名,別名\nC,丙の会,ひのえ\nD,丁の会,\n", &plain);
    is("SELECT count(*) FROM entry_wishes AS w JOIN organisations AS o"
       " ON o.id = w.organisation_id WHERE o.key = 'C'",
        2);
    is("SELECT count(*) FROM entry_wishes WHERE organisation_id IS NULL", 1);
}

static void
cases__all_arrive_and_only_ongoing_ones_are_open(void **state)
{
    (void)state;
    struct import_result r = import_file(&tmp, "organisations",
        "optimizer/demo/members.csv", &plain);
    r = import_file(&tmp, "cases", "optimizer/demo/cases.csv", &approve);
    assert_string_equal(r.err.text, "");
    COUNTS(r, 48, 0, 0, 0);
    assert_int_equal(r.counts.organisations, 0);
    is("SELECT count(*) FROM entries WHERE state = 'approved'", 9);
    is("SELECT count(*) FROM entries WHERE state = 'archived'", 39);
    is("SELECT count(*) FROM entries WHERE side = 'need'", 0);
    is("SELECT count(*) FROM entry_lines AS l JOIN entries AS e"
       " ON e.id = l.entry_id WHERE e.key = 'case:C003'"
       " AND l.for_public = 1 AND l.unit = '人'",
        2);
    is("SELECT count(*) FROM entry_lines AS l JOIN entries AS e"
       " ON e.id = l.entry_id WHERE e.key = 'case:C017'"
       " AND l.for_public = 1",
        0);
    is("SELECT count(*) FROM entries WHERE key = 'case:C028'"
       " AND people_min = 5 AND people_max = 20 AND cost_min_yen = 18000"
       " AND cost_unit = 'per_session' AND minutes_min = 90",
        1);
    is("SELECT count(*) FROM entries WHERE key = 'case:C001'"
       " AND date_start IS NULL AND date_text = '2020年6月に開始'"
       " AND cost_text = ''",
        1);
    is("SELECT count(*) FROM entry_partners", 21);
    is("SELECT count(*) FROM entry_partners WHERE organisation_id IS NULL",
        0);
    is("SELECT count(*) FROM entry_partners AS p JOIN entries AS e"
       " ON e.id = p.entry_id JOIN organisations AS o"
       " ON o.id = p.organisation_id WHERE e.key = 'case:C006' AND o.key IN"
       " ('P06', 'P07') AND o.name = p.name",
        2);
    is("SELECT count(*) FROM entries WHERE key = 'case:C020'"
       " AND reach = 'online'",
        1);
    r = import_file(&tmp, "cases", "optimizer/demo/cases.csv", &approve);
    COUNTS(r, 0, 0, 48, 0);
}

static void
cases__an_unknown_organisation_is_made_once(void **state)
{
    (void)state;
    struct import_result r =
        import_file(&tmp, "cases", "optimizer/demo/cases.csv", &plain);
    assert_true(r.ok);
    int64_t made = r.counts.organisations;
    assert_true(made > 10);
    is("SELECT count(*) FROM organisations", made);
    is("SELECT count(DISTINCT name) FROM organisations", made);
    is("SELECT count(*) FROM organisations WHERE key = 'name:内閣府'", 1);
}

static void
demo__the_example_sheets_have_what_the_demo_shows(void **state)
{
    (void)state;
    struct import_result r = import_file(&tmp, "organisations",
        "optimizer/demo/organisations_example.csv", &plain);
    COUNTS(r, 15, 0, 0, 0);
    is("SELECT count(*) FROM organisations WHERE name NOT LIKE '%【例】%'"
       " OR origin <> 'example' OR phone <> '000-0000-0000'"
       " OR url NOT LIKE 'https://%.example.jp/'",
        0);
    FILE *file = fopen("optimizer/demo/entries_example.csv", "rb");
    assert_non_null(file);
    static char text[256 * 1024];
    size_t len = fread(text, 1, sizeof(text) - 1, file);
    fclose(file);
    text[len] = '\0';
    assert_non_null(strstr(text, "@+30@"));
    char *at = text; /* any day will do here: all tokens the same one */
    size_t n = 0;
    static char out[256 * 1024];
    while (*at != '\0') {
        char *token = strstr(at, "@+");
        size_t keep = token != NULL ? (size_t)(token - at) : strlen(at);
        memcpy(out + n, at, keep);
        n += keep;
        at += keep;
        if (token != NULL) {
            memcpy(out + n, "2026-12-01", 10);
            n += 10;
            at = strchr(token + 1, '@') + 1;
        }
    }
    r = import_file(&tmp, "entries",
        tmp_store_file(&tmp, "e.csv", out, n), &approve);
    assert_string_equal(r.said, "");
    COUNTS(r, 91, 0, 0, 0);
    is("SELECT count(*) FROM entries WHERE side = 'offer'", 60);
    is("SELECT count(*) FROM entries WHERE side = 'need'", 31);
    is("SELECT count(*) FROM entries WHERE origin <> 'example'"
       " OR title NOT LIKE '【例】%'",
        0);
    is("SELECT count(*) FROM interests AS i WHERE NOT EXISTS (SELECT 1"
       " FROM entry_lines AS l WHERE l.kind_id = i.kind_id"
       " OR l.kind_id IN (SELECT id FROM resource_kinds"
       " WHERE parent_id = i.kind_id))",
        0);
    is("SELECT count(*) FROM entries WHERE title LIKE '%困窮%'"
       " OR title LIKE '%孤%' OR title LIKE '%失業%'",
        0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, make, drop)
        T(organisations__the_roster_sets_member_link_and_publish),
        T(organisations__a_sheet_leaves_alone_what_it_does_not_name),
        T(organisations__a_wish_finds_its_organisation_when_it_comes),
        T(organisations__bad_cells_are_named_and_nothing_is_written),
        T(cases__all_arrive_and_only_ongoing_ones_are_open),
        T(cases__an_unknown_organisation_is_made_once),
        T(demo__the_example_sheets_have_what_the_demo_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
