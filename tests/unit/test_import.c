/* test_import.c: optimizer/import*.c: sheets of organisations, entries and
 * cases. */
#include "tests/unit/import_file.h"

static struct tmp_store tmp;
static const struct import_options plain = {0};
static const struct import_options approve = {.approve = true};

static int
make(void **state)
{
    (void)state;
    tmp_store_make(&tmp);
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
is(const char *sql, int64_t want)
{
    assert_int_equal(tmp_store_int(&tmp, sql), want);
}

static struct import_result
organisations(void)
{
    return import_text_file(&tmp, "organisations",
        "団体キー,団体名,公開\nA,甲の会,1\nB,乙の会,1\n", &plain);
}

#define HEAD "キー,種別,団体,題名,明細"

static struct import_result
entries(const char *text, const struct import_options *options)
{
    return import_text_file(&tmp, "entries", text, options);
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
    r = import_file(&tmp, "organisations", "optimizer/demo/members.csv",
        &plain);
    COUNTS(r, 0, 0, 65, 0);
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
entries__lines_follow_their_grammar(void **state)
{
    (void)state;
    organisations();
    struct import_result r = entries(HEAD "\n"
        "1,offer,A,題,\"施設・場所 ２回 @1,500円 一括 12畳　の間; "
        "people_volunteer 10人 最小2 住民向け\n居場所（交流型） 20人\"\n",
        &plain);
    assert_string_equal(r.said, "");
    COUNTS(r, 1, 0, 0, 0);
    is("SELECT count(*) FROM entry_lines", 3);
    is("SELECT count(*) FROM entry_lines WHERE line_no = 1"
       " AND kind_id = 'venue' AND quantity = 2 AND unit = '回'"
       " AND unit_cost_yen = 1500 AND indivisible = 1 AND for_public = 0"
       " AND text = '12畳　の間'",
        1);
    is("SELECT count(*) FROM entry_lines WHERE line_no = 2"
       " AND quantity = 10 AND min_lot = 2 AND for_public = 1",
        1);
    is("SELECT count(*) FROM entry_lines WHERE line_no = 3"
       " AND kind_id = 'ibasho_exchange'",
        1);
}

static void
entries__wrong_lines_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *line, *why;
    } rows[] = {
        {"会場 1回", "no such resource kind: \"会場\""},
        {"venue", "behind the kind stands no quantity from 1 to 1000000: "
                  "\"\""},
        {"venue 0回", "behind the kind stands no quantity from 1 to 1000000:"
                      " \"0回\""},
        {"venue 1000001回", "behind the kind stands no quantity from 1 to "
                            "1000000: \"1000001回\""},
        {"venue 99999999999999999999回",
            "behind the kind stands no quantity from 1 to 1000000: "
            "\"99999999999999999999回\""},
        {"venue 1", "the quantity has no unit: \"1\""},
        {"venue 1回 @-5", "not @ and whole yen: \"@-5\""},
        {"venue 1回 @5ドル", "not @ and whole yen: \"@5ドル\""},
        {"venue 1回 最小2", "最小 is more than the quantity: \"venue 1回 "
                            "最小2\""},
        {"venue 1回 住民向け", "住民向け is for offers, this is a need"},
        {"", "has no line"},
    };
    organisations();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[512];
        snprintf(text, sizeof(text), HEAD "\n1,need,A,題,%s\n", rows[i].line);
        struct import_result r = entries(text, &plain);
        assert_false(r.ok);
        char want[512];
        snprintf(want, sizeof(want), "t.csv:2:12: 明細: %s\n", rows[i].why);
        assert_non_null(strstr(r.said, want));
    }
    is("SELECT count(*) FROM entries", 0);
}

static void
entries__every_column_of_the_template_arrives(void **state)
{
    (void)state;
    organisations();
    struct import_result r = entries(
        HEAD ",いつ,開始日,終了日,曜日,開始時刻,終了時刻,時間,対象区分,何名程度,"
        "費用,地域,対応範囲,範囲外不可,緊急度,予算,連携団体数の上限,"
        "希望する連携相手,タグ,テーマ,柱,確認日,有効期限,緯度,経度\n"
        "1,ニーズ,甲の会,題,venue 1回,秋,2026/12/1,２０２６年１２月３１日,"
        "月～水,午後1時半,15：00,1時間半,高齢者;everyone,5～20名,"
        "1回10、450円～(要相談),座間市,海老名市;14218,はい,3,\"20,000\",2,"
        "乙の会;知らない会,散歩；お茶,theme2_sports,pillar3,2026-10-01,"
        "2027-03-31,35.4886111,139.4075\n",
        &plain);
    assert_string_equal(r.said, "");
    COUNTS(r, 1, 0, 0, 0);
    is("SELECT count(*) FROM entries WHERE side = 'need'"
       " AND date_start = '2026-12-01' AND date_end = '2026-12-31'"
       " AND weekdays = 7 AND time_start = '13:30' AND time_end = '15:00'"
       " AND minutes_min = 90 AND people_min = 5 AND people_max = 20"
       " AND cost_negotiable = 1 AND region_code = '142166'"
       " AND reach = 'regions' AND reach_hard = 1 AND urgency = 3"
       " AND budget_yen = 20000 AND max_partners = 2"
       " AND confirmed_on = '2026-10-01' AND expires_on = '2027-03-31'"
       " AND lat_e6 = 35488611 AND lon_e6 = 139407500"
       " AND state = 'submitted' AND publish = 0 AND origin = 'sheet'",
        1);
    is("SELECT count(*) FROM entry_regions WHERE region_code IN"
       " ('142158', '142182')",
        2);
    is("SELECT count(*) FROM entry_wishes WHERE organisation_id IS NOT NULL",
        1);
    is("SELECT count(*) FROM entry_wishes", 2);
    is("SELECT count(*) FROM entry_tags", 2);
    is("SELECT count(*) FROM entry_targets", 2);
}

static void
entries__bad_cells_name_line_and_column(void **state)
{
    (void)state;
    organisations();
    struct import_result r = entries(
        HEAD ",開始日,終了日,緊急度,地域,メール\n"
        "1,offer,\"甲\nの会\",題,venue 1回,2026-02-30,,,,\n"
        "2,両方,A,,venue 1回,,,4,中区,a@b@c\n"
        "3,offer,A,題,venue 1回,2026-12-02,2026-12-01,,,\n",
        &plain);
    assert_false(r.ok);
    COUNTS(r, 0, 0, 0, 3);
    assert_string_equal(r.said,
        "t.csv:3:16: 開始日: not a day (YYYY-MM-DD): \"2026-02-30\"\n"
        "t.csv:2:9: 団体: no such organisation: \"甲\nの会\"\n"
        "t.csv:4:3: 種別: neither need (ニーズ) nor offer (シーズ): \"両方\"\n"
        "t.csv:4:22: 地域: no such region: \"中区\"\n"
        "t.csv:4:20: 緊急度: not a whole number from 0 to 3: \"4\"\n"
        "t.csv:4:25: メール: not an e-mail address: \"a@b@c\"\n"
        "t.csv:4:8: 題名: is empty\n"
        "t.csv:5:1: row: date_end: ends before it starts\n");
}

static void
import__skip_bad_writes_the_others_and_dry_run_nothing(void **state)
{
    (void)state;
    static const char text[] = HEAD "\n1,offer,A,題,venue 1回\n"
                                    "2,offer,A,題,何か\n";
    static const struct import_options skip = {.skip_bad = true};
    static const struct import_options dry = {.skip_bad = true,
        .dry_run = true};
    organisations();
    struct import_result r = entries(text, &dry);
    assert_true(r.ok);
    COUNTS(r, 1, 0, 0, 1);
    is("SELECT count(*) FROM entries", 0);
    is("SELECT count(*) FROM audit WHERE action = 'import.entries'", 0);
    r = entries(text, &skip);
    assert_true(r.ok);
    COUNTS(r, 1, 0, 0, 1);
    is("SELECT count(*) FROM entries", 1);
    is("SELECT count(*) FROM audit WHERE action = 'import.entries'"
       " AND actor = 'unit' AND json_extract(detail, '$.inserted') = 1"
       " AND json_extract(detail, '$.bad') = 1",
        1);
    r = entries(HEAD "\n3,offer,A,題,venue 1回\n4,\"offer,A\n", &skip);
    assert_false(r.ok); /* structure: nothing behind it can be trusted */
    is("SELECT count(*) FROM entries", 1);
}

static void
import__approve_attests_and_changed_words_lose_it(void **state)
{
    (void)state;
    organisations();
    entries(HEAD "\n1,offer,A,題,venue 1回\n", &approve);
    is("SELECT count(*) FROM entries WHERE state = 'approved'"
       " AND publish = 1",
        1);
    is("SELECT count(*) FROM screenings WHERE result = 'pass'"
       " AND actor = 'unit'",
        7);
    struct import_result r =
        entries(HEAD "\n1,offer,A,題,venue 1回\n", &plain);
    COUNTS(r, 0, 0, 1, 0);
    r = entries(HEAD "\n1,offer,A,別の題,venue 1回\n", &plain);
    COUNTS(r, 0, 1, 0, 0);
    is("SELECT count(*) FROM entries WHERE state = 'submitted'", 1);
    r = entries(HEAD "\n1,offer,A,別の題,venue 2回\n", &approve);
    COUNTS(r, 0, 1, 0, 0);
    is("SELECT count(*) FROM entries WHERE state = 'approved'", 1);
    is("SELECT quantity FROM entry_lines", 2);
}

static void
import__what_staff_decided_stays(void **state)
{
    (void)state;
    static const char *const states[] = {"rejected", "paused", "withdrawn",
        "archived"};
    organisations();
    entries(HEAD "\n1,offer,A,題,venue 1回\n", &approve);
    tmp_store_exec(&tmp, "UPDATE screenings SET result = 'fail'"
                         " WHERE requirement_id = 'req_residents'");
    for (size_t i = 0; i < 4; i++) {
        char sql[128];
        snprintf(sql, sizeof(sql), "UPDATE entries SET state = '%s'",
            states[i]);
        tmp_store_exec(&tmp, sql);
        entries(HEAD "\n1,offer,A,新しい題,venue 1回\n", &approve);
        snprintf(sql, sizeof(sql),
            "SELECT count(*) FROM entries WHERE state = '%s'", states[i]);
        is(sql, 1);
    }
    is("SELECT count(*) FROM screenings WHERE result = 'fail'", 1);
}

static void
import__a_line_keeps_its_row_id_and_confirmation_never_goes_back(
    void **state)
{
    (void)state;
    static const struct import_options early = {
        .confirmed_on = "2026-01-01"};
    static const struct import_options late = {
        .confirmed_on = "2026-12-01"};
    organisations();
    entries(HEAD "\n1,offer,A,題,venue 1回;people 2人\n", &plain);
    int64_t id = tmp_store_int(&tmp,
        "SELECT id FROM entry_lines WHERE line_no = 1");
    struct import_result r =
        entries(HEAD "\n1,offer,A,題,venue 3回\n", &early);
    COUNTS(r, 0, 1, 0, 0);
    is("SELECT id FROM entry_lines WHERE quantity = 3", id);
    is("SELECT count(*) FROM entry_lines", 1);
    is("SELECT confirmed_on = '2026-11-21' FROM entries", 1);
    r = entries(HEAD "\n1,offer,A,題,venue 3回\n", &late);
    COUNTS(r, 0, 1, 0, 0);
    is("SELECT confirmed_on = '2026-12-01' FROM entries", 1);
}

static void
import__header_names_are_read_as_people_write_them(void **state)
{
    (void)state;
    struct import_result r = import_text_file(&tmp, "organisations",
        "団体キ―,団 体 名,ﾌﾘｶﾞﾅ,ＵＲＬ,メール(非公開)\n"
        "A,甲,コウ,https://a.example.jp/,a@example.jp\n",
        &plain);
    assert_string_equal(r.err.text, "");
    is("SELECT count(*) FROM organisations WHERE name_kana = 'コウ'"
       " AND url <> '' AND email <> ''",
        1);
    r = import_text_file(&tmp, "organisations",
        "団体キー,団体名,name\nA,甲,乙\n", &plain);
    assert_false(r.ok);
    assert_non_null(strstr(r.err.text,
        "two columns for one field: \"団体名\" and \"name\""));
}

static void
import__remarks_and_blank_marks_are_not_data(void **state)
{
    (void)state;
    organisations();
    struct import_result r = entries(HEAD ",地域\n"
        "#説明,,,,,\n"
        "　1　,offer, A ,　題　,venue 1回,－\n", &plain);
    assert_string_equal(r.said, "");
    COUNTS(r, 1, 0, 0, 0);
    is("SELECT count(*) FROM entries WHERE key = 'sheet:1' AND title = '題'"
       " AND region_code IS NULL AND reach = 'prefecture'",
        1);
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
    COUNTS(r, 81, 0, 0, 0);
    is("SELECT count(*) FROM entries WHERE side = 'offer'", 50);
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
        T(organisations__bad_cells_are_named_and_nothing_is_written),
        T(entries__lines_follow_their_grammar),
        T(entries__wrong_lines_are_refused),
        T(entries__every_column_of_the_template_arrives),
        T(entries__bad_cells_name_line_and_column),
        T(import__skip_bad_writes_the_others_and_dry_run_nothing),
        T(import__approve_attests_and_changed_words_lose_it),
        T(import__what_staff_decided_stays),
        T(import__a_line_keeps_its_row_id_and_confirmation_never_goes_back),
        T(import__header_names_are_read_as_people_write_them),
        T(import__remarks_and_blank_marks_are_not_data),
        T(cases__all_arrive_and_only_ongoing_ones_are_open),
        T(cases__an_unknown_organisation_is_made_once),
        T(demo__the_example_sheets_have_what_the_demo_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
