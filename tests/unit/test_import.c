/* test_import.c: optimizer/intake/import.c and import_entries.c: entry sheets, and
 * what holds for every import. */
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

#define HEAD "キー,種別,団体,題名,明細"

static struct import_result
entries(const char *text, const struct import_options *options)
{
    return import_text_file(&tmp, "entries", text, options);
}

static void
entries__lines_follow_their_grammar(void **state)
{
    (void)state;
    organisations();
    struct import_result r = entries(HEAD "\n"
        "1,offer,A,題,\"施設・場所 ２回 @1,500円 一括 12畳　の間; "
        "people_volunteer 10人 最小2 住民向け\n居場所（交流型） 20人 曜日ごと 二室\"\n",
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
       " AND kind_id = 'ibasho_exchange' AND per_day = 1"
       " AND text = '二室'",
        1);
    is("SELECT sum(per_day) FROM entry_lines", 1);
}

static void
entries__numbers_are_read_as_people_write_them(void **state)
{
    (void)state;
    organisations();
    struct import_result r = entries(HEAD "\n"
        "1,offer,A,題,venue １，５００人 ＠２，０００円 最小１，０００人から\n",
        &plain);
    assert_string_equal(r.said, "");
    is("SELECT count(*) FROM entry_lines WHERE quantity = 1500"
       " AND unit = '人' AND unit_cost_yen = 2000 AND min_lot = 1000",
        1);
}

/* A column of numbers in a spreadsheet has no leading zeros. */
static void
entries__a_phone_without_its_zero_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *phone;
        bool good;
    } rows[] = {{"451234567", false}, {"9012345678", false},
        {"45-123-4567", false}, {"４５１２３４５６７", false},
        {"0451234567", true}, {"+81-45-123-4567", true}, {"#7119", true},
        {"188", true}, {"123-4567", true}, {"0120-000-000（平日）", true},
        {"", true}};
    organisations();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[512];
        snprintf(text, sizeof(text),
            "エントリーキー,種別,団体,題名,明細,電話番号\n"
            "1,need,A,題,venue 1回,%s\n", rows[i].phone);
        struct import_result r = entries(text, &plain);
        assert_int_equal(r.ok, rows[i].good);
        assert_true(rows[i].good || strstr(r.said,
            "t.csv:2:21: 電話番号: a phone number begins with 0") != NULL);
    }
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
        {"venue 1.5時間", "the quantity is no whole number: \"1.5時間\""},
        {"venue １．５時間", "the quantity is no whole number: \"１．５時間\""},
        {"venue 10～20人", "the quantity is no whole number: \"10～20人\""},
        {"venue 10-20人", "the quantity is no whole number: \"10-20人\""},
        {"venue １，００人", "the quantity is no whole number: \"１，００人\""},
        {"venue 3回 最小1.5", "not 最小 and a number: \"最小1.5\""},
        {"venue 1回 @-5", "not @ and whole yen: \"@-5\""},
        {"venue 1回 @5ドル", "not @ and whole yen: \"@5ドル\""},
        {"venue 1回 最小2", "最小 is more than the quantity: \"venue 1回 "
                            "最小2\""},
        {"venue 1回 住民向け", "住民向け is for offers, this is a need"},
        {"venue 1回 曜日ごと", "曜日ごと is for offers, this is a need"},
        {"venue 1回 曜日ごと 住民向け", "曜日ごと does not go with 住民向け: "
                                        "\"venue 1回 曜日ごと 住民向け\""},
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
        "t.csv:2:9: 団体: no such organisation: \"甲 の会\"\n"
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
    tmp_store_exec(&tmp, "UPDATE entries SET state = 'approved', publish = 0");
    entries(HEAD "\n1,offer,A,また新しい題,venue 1回\n", &approve);
    is("SELECT publish FROM entries WHERE title = 'また新しい題'"
       " AND state = 'approved'",
        0);
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
import__control_characters_are_refused_and_never_shown(void **state)
{
    (void)state;
    organisations();
    struct import_result r = entries(HEAD "\n"
        "1,offer,A,\x1B[31m題,venue 1回\n"
        "2,offer,A,\xE2\x80\xAE題,venue 1回\n"
        "3,\"x\ny\xC2\x9B\",A,題,venue 1回\n"
        "4,offer,A,\"題\t\n\",venue 1回\n", &plain);
    COUNTS(r, 1, 0, 0, 3);
    assert_string_equal(r.said,
        "t.csv:2:11: 題名: holds a control character\n"
        "t.csv:3:11: 題名: holds a control character\n"
        "t.csv:4:3: 種別: holds a control character\n"
        "t.csv:4:3: 種別: neither need (ニーズ) nor offer (シーズ): "
        "\"x y?\"\n");
    r = entries("\x1B]0;title\x07 とても長い見出し\n1\n", &plain);
    assert_false(r.ok);
    assert_null(strchr(r.err.text, '\x1B'));
    assert_null(strchr(r.err.text, '\x07'));
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
    entries(HEAD ",タグ\n1,offer,A,題,venue 1回,将棋　;　手 芸 \n", &plain);
    is("SELECT count(*) FROM entry_tags WHERE tag IN ('将棋', '手 芸')", 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, make, drop)
        T(entries__lines_follow_their_grammar),
        T(entries__numbers_are_read_as_people_write_them),
        T(entries__a_phone_without_its_zero_is_refused),
        T(entries__wrong_lines_are_refused),
        T(entries__every_column_of_the_template_arrives),
        T(entries__bad_cells_name_line_and_column),
        T(import__skip_bad_writes_the_others_and_dry_run_nothing),
        T(import__approve_attests_and_changed_words_lose_it),
        T(import__what_staff_decided_stays),
        T(import__a_line_keeps_its_row_id_and_confirmation_never_goes_back),
        T(import__header_names_are_read_as_people_write_them),
        T(import__control_characters_are_refused_and_never_shown),
        T(import__remarks_and_blank_marks_are_not_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
