/*
 * test_open_data.c: every file of optimizer/demo/open as it is: how many
 * rows of it arrive, what becomes of its quirks (MANIFEST.csv there), and
 * that a second import changes nothing.
 */
#include "tests/unit/import_file.h"
#include "tests/unit/store_fixture.h"

#define OPEN "optimizer/demo/open/"

/*
 * records_after_header of the MANIFEST; the first import into an empty store
 * inserts them all, because none is refused and none lost: what cannot take
 * place is withdrawn or a draft, and is there all the same.
 */
static const struct {
    const char *kind, *path;
    int rows, withdrawn, drafts;
} files[] = {
    {"events", OPEN "142166_zama_event.csv", 16, 0, 0},
    {"events", OPEN "141305_kawasaki_event.csv", 15, 0, 0},
    {"events", OPEN "143626_oi_event.csv", 17, 13, 1},
    {"events", OPEN "142115_hadano_event.csv", 7, 0, 0},
    {"events", OPEN "222127_yaizu_beach_cleanup.csv", 12, 2, 0},
    {"facilities", OPEN "222127_yaizu_public_facility.csv", 28, 0, 0},
    {"facilities", OPEN "222127_yaizu_community_center.csv", 9, 0, 0},
    {"facilities", OPEN "222127_yaizu_child_rearing_support_center.csv", 9,
        0, 0},
    {"facilities", OPEN "222127_yaizu_preschool.csv", 60, 0, 0},
    {"facilities", OPEN "222127_yaizu_family_farm_cp932.csv", 9, 0, 0},
    {"facilities", OPEN "202053_iida_preschool.csv", 75, 0, 0},
};
enum { FILES_N = sizeof(files) / sizeof(files[0]) };

static const struct import_options approve = {.approve = true};

static void
open_data__each_file_arrives_whole_and_again_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < FILES_N; i++) {
        tmp_store_exec(&tmp, "DELETE FROM entries");
        struct import_result r =
            import_file(&tmp, files[i].kind, files[i].path, &approve);
        assert_string_equal(r.err.text, "");
        assert_true(r.ok);
        assert_int_equal(r.counts.rows, files[i].rows);
        COUNTS(r, files[i].rows, 0, 0, 0);
        is("SELECT count(*) FROM entries", files[i].rows);
        is("SELECT count(*) FROM entries WHERE state = 'withdrawn'",
            files[i].withdrawn);
        is("SELECT count(*) FROM entries WHERE state = 'draft'",
            files[i].drafts);
        is("SELECT count(*) FROM entries WHERE state = 'approved'",
            files[i].rows - files[i].withdrawn - files[i].drafts);
        is("SELECT count(*) FROM entry_lines", files[i].rows);
        /* hours that a row does not tell are not told */
        is("SELECT count(*) FROM entries WHERE time_text = '～'", 0);
        r = import_file(&tmp, files[i].kind, files[i].path, &approve);
        COUNTS(r, 0, 0, files[i].rows, 0);
        assert_int_equal(r.counts.organisations, 0);
    }
}

static void
open_data__a_place_in_two_lists_is_one_entry(void **state)
{
    (void)state;
    struct import_result r = import_file(&tmp, "facilities",
        OPEN "222127_yaizu_community_center.csv", &approve);
    COUNTS(r, 9, 0, 0, 0);
    r = import_file(&tmp, "facilities",
        OPEN "222127_yaizu_public_facility.csv", &approve);
    COUNTS(r, 19, 0, 9, 0);
    is("SELECT count(*) FROM entries", 28);
}

static void
open_data__wards_and_towns_are_found_in_addresses(void **state)
{
    (void)state;
    import_file(&tmp, "events", OPEN "141305_kawasaki_event.csv", &approve);
    is("SELECT count(*) FROM entries WHERE region_code = '141305'", 0);
    is("SELECT count(*) FROM entries WHERE region_code = '141356'", 3);
    is("SELECT count(*) FROM entries AS e JOIN organisations AS o ON"
       " o.id = e.organisation_id WHERE o.region_code = '141305'"
       " AND o.name = '川崎市' AND o.origin = 'open_data'",
        15);
    import_file(&tmp, "events", OPEN "143626_oi_event.csv", &approve);
    is("SELECT count(*) FROM entries WHERE region_code = '143626'", 17);
    import_file(&tmp, "facilities",
        OPEN "222127_yaizu_family_farm_cp932.csv", &approve);
    is("SELECT count(*) FROM entries WHERE region_code = '222127'", 9);
    is("SELECT count(*) FROM entries"
       " WHERE title = '柳新屋市民農園あいさいえん'",
        1);
}

static void
open_data__the_roster_s_government_is_used_when_it_is_there(void **state)
{
    (void)state;
    import_file(&tmp, "organisations", "optimizer/demo/members.csv",
        &approve);
    struct import_result r = import_file(&tmp, "events",
        OPEN "142166_zama_event.csv", &approve);
    assert_int_equal(r.counts.organisations, 0);
    is("SELECT count(*) FROM entries AS e JOIN organisations AS o ON"
       " o.id = e.organisation_id WHERE o.key = 'M26'",
        16);
}

static void
open_data__rain_does_not_cancel_but_a_plain_word_does(void **state)
{
    (void)state;
    import_file(&tmp, "events", OPEN "142115_hadano_event.csv", &approve);
    is("SELECT count(*) FROM entries WHERE summary LIKE '%雨天中止%'"
       " AND state = 'approved'",
        5);
    import_file(&tmp, "events", OPEN "143626_oi_event.csv", &approve);
    is("SELECT count(*) FROM entries WHERE title = 'お山のひなまつり'"
       " AND state = 'draft' AND date_start IS NULL",
        1);
    is("SELECT count(*) FROM public_entries WHERE region_code = '143626'",
        3);
}

static void
open_data__days_and_hours_of_every_spelling_are_read(void **state)
{
    (void)state;
    import_file(&tmp, "events", OPEN "222127_yaizu_beach_cleanup.csv",
        &approve);
    is("SELECT count(*) FROM entries WHERE date_start = '2025-11-16'"
       " AND date_end = '2025-11-16' AND time_start = '08:30'"
       " AND time_end = '09:30' AND time_text = '午前8時30分～午前9時30分'",
        12);
    is("SELECT count(*) FROM entries WHERE lat_e6 IS NULL", 2);
    is("SELECT lat_e6 FROM entries WHERE key = 'event:222127:1:2025-11-16:"
       "08:30'",
        34878442);
    is("SELECT count(*) FROM entries WHERE summary LIKE"
       " '・市民等参加型%持ち物: ごみばさみ%'",
        12);
    import_file(&tmp, "events", OPEN "142166_zama_event.csv", &approve);
    is("SELECT count(*) FROM entries WHERE title = '健康マージャン入門講座'"
       " AND people_max = 20 AND people_min IS NULL",
        6);
    is("SELECT count(*) FROM entries WHERE region_code = '142166'"
       " AND cost_text LIKE '無料%' AND cost_max_yen = 0",
        14);
    is("SELECT count(*) FROM entries WHERE cost_min_yen = 150"
       " AND cost_text = '150円（お茶代）' AND cost_unit = 'per_person'",
        1);
}

static void
open_data__the_preschool_with_the_other_dash_is_read(void **state)
{
    (void)state;
    import_file(&tmp, "facilities", OPEN "222127_yaizu_preschool.csv",
        &approve);
    is("SELECT weekdays FROM entries WHERE key ="
       " 'facility:222127:0013010001'",
        0x1F);
    is("SELECT people_max FROM entries WHERE key ="
       " 'facility:222127:0013010001'",
        70);
    is("SELECT count(*) FROM entries WHERE people_text = ''"
       " AND people_max IS NOT NULL",
        0);
}

static void
open_data__a_list_of_another_kind_is_refused_whole(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *path, *why;
    } wrong[] = {
        {"events", OPEN "300004_wakayama_open_data_list.csv",
            "no events list: it has no column \"名称\", \"開始日\""},
        {"facilities", OPEN "300004_wakayama_open_data_list.csv",
            "no facilities list: it has no column \"名称\", \"住所\""},
        {"events", OPEN "222127_yaizu_community_center.csv",
            "it has no column \"開始日\""},
        {"facilities", OPEN "142166_zama_event.csv",
            "it has no column \"住所\""},
        {"entries", OPEN "142166_zama_event.csv",
            "no entries list: it has no column \"エントリーキー\""},
    };
    int64_t audit = tmp_store_int(&tmp, "SELECT count(*) FROM audit");
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct import_result r =
            import_file(&tmp, wrong[i].kind, wrong[i].path, &approve);
        assert_false(r.ok);
        assert_int_equal(r.err.kind, ERR_INPUT);
        assert_non_null(strstr(r.err.text, wrong[i].why));
    }
    is("SELECT count(*) FROM entries", 0);
    is("SELECT count(*) FROM audit", audit);
}

static void
open_data__the_region_of_a_list_without_codes_is_asked_for(void **state)
{
    (void)state;
    static const char text[] = "名称,住所\n広場,どこか1-2\n";
    static const struct import_options there = {.region_code = "14216"};
    static const struct import_options nowhere = {.region_code = "142165"};
    struct import_result r =
        import_text_file(&tmp, "facilities", text, &approve);
    assert_false(r.ok);
    assert_string_equal(r.said,
        "t.csv:2:1: row: no region code in the row nor in front of the"
        " file's name (--region CODE gives one)\n");
    r = import_text_file(&tmp, "facilities", text, &nowhere);
    assert_int_equal(r.err.kind, ERR_USAGE);
    r = import_text_file(&tmp, "facilities", text, &there);
    COUNTS(r, 1, 0, 0, 0);
    is("SELECT count(*) FROM entries WHERE region_code = '142166'", 1);
    r = import_file(&tmp, "facilities",
        tmp_store_file(&tmp, "142158_x.csv", text, sizeof(text) - 1),
        &approve);
    COUNTS(r, 1, 0, 0, 0);
    is("SELECT count(*) FROM entries WHERE region_code = '142158'", 1);
}

static void
events__a_whole_address_is_not_given_its_beginning_twice(void **state)
{
    (void)state;
    struct import_result r = import_text_file(&tmp, "events",
        "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,"
        "イベント名,開始日,住所\n"
        "142166,1,神奈川県,座間市,朝市,2026-12-01,神奈川県座間市入谷1-1\n"
        "142166,2,神奈川県,座間市,夕市,2026-12-02,座間市入谷2-2\n"
        "142166,3,神奈川県,座間市,夜市,2026-12-03,入谷3-3\n",
        &approve);
    COUNTS(r, 3, 0, 0, 0);
    is("SELECT count(*) FROM entries WHERE address IN"
       " ('神奈川県座間市入谷1-1', '神奈川県座間市入谷2-2',"
       "  '神奈川県座間市入谷3-3')",
        3);
}

/* Also what our own list has, where a price is in both or in words alone. */
static void
events__a_fee_is_read_wherever_it_stands(void **state)
{
    (void)state;
    static const struct {
        const char *fee, *note, *text;
        int min, max; /* -1: not known */
    } rows[] = {{"500", "500円", "500円", 500, 500},
        {"0", "無料", "無料", 0, 0}, {"", "無料", "無料", 0, 0},
        {"", "1,000円～2,000円", "1,000円～2,000円", 1000, 2000},
        {"５００", "", "５００円", 500, 500},
        {"500", "材料費", "500円（材料費）", 500, 500}, {"", "", "", -1, -1}};
    for (int i = 0; i < (int)(sizeof(rows) / sizeof(rows[0])); i++) {
        char text[512];
        snprintf(text, sizeof(text),
            "都道府県コード又は市区町村コード,NO,イベント名,開始日,料金(基本),"
            "料金(詳細)\n142166,F%d,催し,2027-01-05,%s,\"%s\"\n",
            i, rows[i].fee, rows[i].note);
        struct import_result r =
            import_text_file(&tmp, "events", text, &approve);
        assert_string_equal(r.said, "");
        snprintf(text, sizeof(text),
            "SELECT count(*) FROM entries WHERE key LIKE 'event:142166:F%d:%%'"
            " AND cost_text = '%s' AND ifnull(cost_min_yen, -1) = %d"
            " AND ifnull(cost_max_yen, -1) = %d",
            i, rows[i].text, rows[i].min, rows[i].max);
        is(text, 1);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, make, drop)
        T(open_data__each_file_arrives_whole_and_again_changes_nothing),
        T(open_data__a_place_in_two_lists_is_one_entry),
        T(open_data__wards_and_towns_are_found_in_addresses),
        T(open_data__the_roster_s_government_is_used_when_it_is_there),
        T(open_data__rain_does_not_cancel_but_a_plain_word_does),
        T(open_data__days_and_hours_of_every_spelling_are_read),
        T(open_data__the_preschool_with_the_other_dash_is_read),
        T(open_data__a_list_of_another_kind_is_refused_whole),
        T(open_data__the_region_of_a_list_without_codes_is_asked_for),
        T(events__a_whole_address_is_not_given_its_beginning_twice),
        T(events__a_fee_is_read_wherever_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
