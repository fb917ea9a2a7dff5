/* test_render.c: optimizer/render_*.c: what a visitor reads of an entry. */
#include "tests/unit/render_unit.h"

static void
card__says_when_where_cost_people_contact_and_confirmation(void **state)
{
    (void)state;
    static const char *const names[SNAP_LANGS][6] = {
        {"いつ", "どこ", "費用", "定員", "連絡先", "確認日"},
        {"いつ", "どこ", "おかね", "なんにん", "でんわ・メール",
            "たしかめた ひ"},
        {"When", "Where", "Cost", "Capacity", "Contact", "Confirmed on"}};
    struct shown shown;
    show(&shown, NULL);
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        for (int i = 0; i < 6; i++) {
            char needle[64];
            snprintf(needle, sizeof(needle), "<dt>%s</dt>", names[lang][i]);
            must_hold(&shown, card(&shown, lang), lang, false, needle, true);
            must_hold(&shown, shown.doc->detail, lang, false, needle, true);
        }
    }
    must_hold(&shown, card(&shown, SNAP_LANG_JA), SNAP_LANG_JA, false,
        "<a href=\"[1]/resources/1\">【例】1</a>", true);
    must_hold(&shown, card(&shown, SNAP_LANG_EN), SNAP_LANG_EN, false,
        "<a href=\"[1]/resources/1?lang=en\" lang=\"ja\">【例】1</a>", true);
    must_hold(&shown, card(&shown, 0), 0, false,
        "<span class=\"badge\">例</span>", true);
    hide(&shown);
}

/* The pages of two languages are Japanese as a whole. */
static void
card__marks_japanese_only_where_the_page_is_not(void **state)
{
    (void)state;
    struct shown shown;
    show(&shown, "place = '公民館', summary = '見学できます'");
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        must_hold(&shown, card(&shown, lang), lang, false, "lang=\"ja\"",
            lang == SNAP_LANG_EN);
        must_hold(&shown, card(&shown, lang), lang, false,
            "<span lang=\"ja\">公民館</span>", lang == SNAP_LANG_EN);
        must_hold(&shown, card(&shown, lang), lang, false,
            "<p lang=\"ja\">見学できます</p>",
            lang == SNAP_LANG_EN);
        must_hold(&shown, shown.doc->detail, lang, false,
            "<span lang=\"ja\">公民館</span>", true);
    }
    hide(&shown);
}

static void
card__says_dates_in_the_language(void **state)
{
    (void)state;
    static const char dates[] =
        "date_start = '2026-12-05', date_end = '2027-01-10',"
        " date_text = '冬のあいだ', time_start = '09:30', time_end = '12:00',"
        " weekdays = 5";
    card_has(dates, SNAP_LANG_JA,
        "<time datetime=\"2026-12-05\">2026年12月5日</time>〜<time "
        "datetime=\"2027-01-10\">2027年1月10日</time> 毎週 月・水 "
        "09:30〜12:00");
    card_has(dates, SNAP_LANG_EN,
        ">2026-12-05</time>–<time datetime=\"2027-01-10\">2027-01-10</time> "
        "Every Mon, Wed 09:30–12:00");
    card_has("date_text = '毎月第1日曜'", SNAP_LANG_EN,
        "<span lang=\"ja\">毎月第1日曜</span>");
    card_has("date_start = '2026-12-05', date_end = '2026-12-05'", SNAP_LANG_JA,
        ">2026年12月5日</time></dd>");
    card_has(NULL, SNAP_LANG_EN, "Not stated");
}

static void
card__reads_the_whole_name_of_a_region(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"142166", "座間市（ざまし）"},
        {"141526", "相模原市中央区（さがみはらし ちゅうおうく）"},
        {"A14-03", "県央地域圏（けんおうちいきけん）"},
        {"102016", "群馬県前橋市（ぐんまけん まえばしし）"},
        {"011011", "北海道札幌市中央区（ほっかいどう さっぽろし ちゅうおうく）"}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char change[64], needle[128];
        snprintf(
            change, sizeof(change), "region_code = '%s'", rows[i][0]);
        snprintf(needle, sizeof(needle), "%s</dd>", rows[i][1]);
        card_has(change, SNAP_LANG_EASY, needle);
    }
}

static void
card__says_cost_and_people_from_what_was_read(void **state)
{
    (void)state;
    static const struct {
        const char *changes, *ja, *en;
    } cases[] = {
        {"cost_min_yen = 0, cost_max_yen = 0, cost_text = '無料'", ">無料<",
            ">Free of charge<"},
        {"cost_min_yen = 18000, cost_max_yen = 18000,"
         " cost_unit = 'per_session'",
            ">1回18,000円<", ">per session: 18,000 yen<"},
        {"cost_min_yen = 10450, cost_unit = 'per_session',"
         " cost_negotiable = 1",
            ">1回10,450円から（要相談）<",
            ">per session: 10,450 yen or more (to be agreed)<"},
        {"cost_min_yen = 0, cost_max_yen = 100", ">0〜100円<", ">0–100 yen<"},
        {"cost_text = '実費'", "<dd>実費</dd>",
            "<span lang=\"ja\">実費</span>"},
        {"people_min = 5, people_max = 20", ">5〜20名<", ">5–20 people<"},
        {"people_max = 1500", ">〜1,500名<", ">–1,500 people<"},
        {"people_min = 3", ">3名から<", ">3 people or more<"},
        {"people_min = 8, people_max = 8", ">8名<", ">8 people<"},
        {"people_text = '何名でも可能'", "何名でも可能", "何名でも可能"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        card_has(cases[i].changes, SNAP_LANG_JA, cases[i].ja);
        card_has(cases[i].changes, SNAP_LANG_EN, cases[i].en);
    }
}

/* What was written stands below what was read from it, where it says more. */
static void
detail__says_nothing_twice(void **state)
{
    (void)state;
    static const struct {
        const char *changes, *written;
        bool stands;
    } cases[] = {
        {"cost_min_yen = 0, cost_max_yen = 0, cost_text = '無料'", "無料",
            false},
        {"cost_min_yen = 0, cost_max_yen = 0, cost_text = '無料（材料費別）'",
            "無料（材料費別）", true},
        {"cost_min_yen = 2000, cost_max_yen = 2000, cost_unit ="
         " 'per_session', cost_text = '1回 2,000円'", "1回 2,000円", false},
        {"cost_min_yen = 500, cost_max_yen = 500, cost_unit = 'per_person',"
         " cost_text = '500円'", "500円", false},
        {"cost_min_yen = 500, cost_max_yen = 500, cost_unit = 'per_person',"
         " cost_text = '1回500円'", "1回500円", true},
        {"cost_min_yen = 80, cost_max_yen = 80, cost_unit = NULL,"
         " cost_text = '1食80円'", "1食80円", true},
        {"cost_min_yen = 500, cost_max_yen = 500, cost_unit = 'per_person',"
         " cost_text = '1人500円（交通費）'", "1人500円（交通費）", true},
        {"people_min = 15, people_max = 15, people_text = '15名'", "15名",
            false},
        {"people_min = 15, people_max = 15, people_text = '15人'", "15人",
            false},
        {"people_max = 15, people_text = '15名まで'", "15名まで", true},
        {"people_min = 15, people_max = 15, people_text = '15名程度'",
            "15名程度", true},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char wanted[200];
        struct shown shown;
        snprintf(wanted, sizeof(wanted),
            "<span class=\"written\" lang=\"ja\">%s</span>",
            cases[i].written);
        show(&shown, cases[i].changes);
        must_hold(&shown, shown.doc->detail, 0, false, wanted,
            cases[i].stands);
        hide(&shown);
    }
}

static void
card__links_only_to_what_is_safe(void **state)
{
    (void)state;
    static const char hostile[] =
        "url = 'javascript:alert(1)', contact_phone = '\" onclick=x',"
        " contact_email = 'a@b.jp?cc=c@d.jp', title = '<script>x</script>',"
        " summary = 'a' || char(1) || 'b\"</p><img src=x>',"
        " place = '&copy;', date_text = '<i>'";
    static const char *const bad[] = {"javascript", "<script", "<img", "<i>",
        "mailto:", "\" onclick", "&copy;", "href=\"tel"};
    struct shown shown;
    show(&shown, hostile);
    char *article = unit_fragment(
        &shown.map.snap, shown.doc->detail, 0, false);
    char *end = strstr(article, "</article>"); /* ld__... has the rest */
    assert_non_null(end);
    *end = '\0';
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        must_hold(&shown, card(&shown, 0), 0, false, bad[i], false);
        text_holds(article, bad[i], false);
        if (bad[i][0] != '&' && bad[i][0] != '"') {
            must_hold(&shown, shown.doc->item_detail, 0, true,
                i == 0 ? "javascript:" : bad[i], false);
        }
    }
    must_hold(&shown, card(&shown, 0), 0, false,
        "&lt;script&gt;x&lt;/script&gt;", true);
    static const char title[] = "&lt;script&gt;x&lt;/script&gt;";
    struct snap_span span = snap_bytes(&shown.map.snap, snap_title(shown.doc));
    assert_int_equal(span.length, sizeof(title) - 1);
    assert_memory_equal(span.data, title, span.length);
    free(article);
    hide(&shown);
    card_has("contact_phone = '（046）252-1111'", 0, "（046）252-1111");
    card_has("contact_phone = '０４６－２５２－１１１１'", 0,
        "<a href=\"tel:0462521111\">０４６－２５２－１１１１</a>");
    card_has("contact_phone = '（046）252‐1111'", 0, "href=\"tel:0462521111\"");
    card_has("contact_phone = '462521111'", 0, "<dd>462521111</dd>");
    card_has("contact_phone = '046-252-1111'", 0,
        "<a href=\"tel:0462521111\">046-252-1111</a>");
    card_has("contact_email = 'desk@example.jp'", 0,
        "<a href=\"mailto:desk@example.jp\">desk@example.jp</a>");
    card_has("url = 'https://example.jp/?a=1&b=2'", 0,
        "<a rel=\"external\" href=\"https://example.jp/?a=1&amp;b=2\">");
}

/* 連絡先をページに載せない */
static void
contact__that_is_hidden_is_not_the_organisations_phone(void **state)
{
    (void)state;
    static const char phone[] = "046-252-9999";
    for (int hidden = 0; hidden < 2; hidden++) {
        struct shown shown;
        show(&shown, hidden ? "publish_contact = 0" : "publish_contact = 1");
        unit_sql(shown.store, "UPDATE organisations SET publish_phone = 1,"
                              " phone = '046-252-9999'");
        snapshot_map_close(&shown.map);
        unit_snapshot(shown.store, 1, SNAP_AUDIENCE_PUBLIC, &shown.map);
        const struct snap *snap = &shown.map.snap;
        shown.doc = &snap->collections[SNAP_RESOURCES].docs[0];
        uint32_t n, first = snap_records(snap, SNAP_RECORD_SERVICE, &n);
        assert_int_equal(n, 1);
        must_hold(&shown, card(&shown, 0), 0, false, phone, !hidden);
        must_hold(&shown, shown.doc->detail, 0, false, phone, !hidden);
        must_hold(&shown, shown.doc->item, 0, true, phone, !hidden);
        must_hold(&shown, shown.doc->item_detail, 0, true, phone, !hidden);
        must_hold(&shown, snap->records[first].full, 0, true, phone, !hidden);
        const struct snap_doc *organisation =
            &snap->collections[SNAP_ORGANIZATIONS].docs[0];
        must_hold(&shown, organisation->detail, 0, false, phone, true);
        hide(&shown);
    }
}

static void
item__is_json_with_places_and_ranges(void **state)
{
    (void)state;
    struct shown shown;
    show(&shown, "lat_e6 = 35488300, lon_e6 = 139407001, cost_min_yen = 0,"
                 " cost_max_yen = 500, cost_text = '\"500\"円', weekdays = 65,"
                 " people_max = 20, expires_on = '2027-03-31'");
    static const char *const parts[] = {
        "\"id\":1,\"url\":\"[1]/resources/1\",\"example\":true",
        "\"kinds\":[{\"id\":\"venue_shop\",\"label\":\"Shop or cafe space\"}]",
        "\"region\":{\"code\":\"142166\",\"name\":\"Zama-shi\"}",
        "\"lat\":35.488300,\"lon\":139.407001",
        "\"weekdays\":[\"mon\",\"sun\"]",
        "\"people\":{\"text\":\"\",\"min\":null,\"max\":20}",
        "\"cost\":{\"text\":\"\\\"500\\\"円\",\"min_yen\":0,\"max_yen\":500,"
        "\"unit\":null,\"negotiable\":false}",
        "\"expires_on\":\"2027-03-31\""};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        must_hold(&shown, shown.doc->item, SNAP_LANG_EN, true, parts[i], true);
        must_hold(
            &shown, shown.doc->item_detail, SNAP_LANG_EN, true, parts[i], true);
    }
    must_hold(&shown, shown.doc->item_detail, SNAP_LANG_EN, true,
        "\"lines\":[{\"kind\":\"venue_shop\",\"text\":\"\",\"quantity\":10,"
        "\"unit\":\"回\",\"for_public\":false,\"per_day\":false}]",
        true);
    hide(&shown);
}

static void
lines__say_that_they_are_of_each_day(void **state)
{
    (void)state;
    struct shown shown;
    show(&shown, "weekdays = 5; UPDATE entry_lines SET per_day = 1");
    must_hold(&shown, shown.doc->detail, SNAP_LANG_JA, false,
        "10回</span>（曜日ごと）</li>", true);
    must_hold(&shown, shown.doc->detail, SNAP_LANG_EN, false,
        "10回</span> (on each of its weekdays)</li>", true);
    must_hold(&shown, shown.doc->item_detail, SNAP_LANG_EN, true,
        "\"for_public\":false,\"per_day\":true}]", true);
    hide(&shown);
}

static void
ld_has(const char *changes, const char *needle)
{
    struct shown shown;
    show(&shown, changes);
    must_hold(&shown, shown.doc->detail, SNAP_LANG_EN, false, needle, true);
    hide(&shown);
}

static void
ld__says_what_kind_of_thing_it_is(void **state)
{
    (void)state;
    ld_has(NULL, "<script type=\"application/ld+json\">{\"@context\":"
                 "\"https://schema.org\",\"@type\":\"Place\","
                 "\"name\":\"【例】1\",\"url\":\"[29][1]/resources/1\"");
    ld_has("reach = 'online'", "\"@type\":\"Service\"");
    ld_has("weekdays = 5, time_start = '09:30', time_end = '24:00'",
        "\"openingHoursSpecification\":{\"@type\":"
        "\"OpeningHoursSpecification\",\"dayOfWeek\":[\"Monday\","
        "\"Wednesday\"],\"opens\":\"09:30\",\"closes\":\"23:59\"}");
    static const char event[] =
        "date_start = '2026-12-05', date_end = '2026-12-06',"
        " time_start = '10:00', time_end = '12:00', cost_min_yen = 0,"
        " cost_max_yen = 0; UPDATE entry_lines SET for_public = 1;"
        " UPDATE entries SET cost_text = ''";
    ld_has("date_start = '2026-12-05'", "\"@type\":\"Place\"");
    ld_has(event, "\"@type\":\"Event\"");
    ld_has(event, "\"startDate\":\"2026-12-05T10:00:00+09:00\","
                  "\"endDate\":\"2026-12-06T12:00:00+09:00\"");
    ld_has(event, "\"isAccessibleForFree\":true");
    /* past midnight, it ends on the day after: a year's, a leap day's last */
    ld_has("date_start = '2026-12-31', date_end = '2026-12-31',"
           " time_start = '22:00', time_end = '02:00'; UPDATE entry_lines"
           " SET for_public = 1",
        "\"startDate\":\"2026-12-31T22:00:00+09:00\","
        "\"endDate\":\"2027-01-01T02:00:00+09:00\"");
    ld_has("date_start = '2028-02-28', date_end = '2028-02-28',"
           " time_start = '18:00', time_end = '00:00'; UPDATE entry_lines"
           " SET for_public = 1",
        "\"endDate\":\"2028-02-29T00:00:00+09:00\"");
}

static void
ld__no_text_ends_the_element(void **state)
{
    (void)state;
    struct shown shown;
    show(&shown, "title = 'a</script><script>alert(1)</script><!--',"
                 "summary = '\\\"' || char(1) || char(2) || '<!--<script>',"
                 "url = 'javascript:alert(1)'");
    char *text = unit_fragment(
        &shown.map.snap, shown.doc->detail, SNAP_LANG_JA, false);
    char *block = strstr(text, "<script type=\"application/ld+json\">");
    assert_non_null(block);
    assert_non_null(strstr(block, "\"name\":\"a\\u003c/script>"));
    assert_non_null(strstr(block, "\"description\":\"\\\\\\\"\\u003c!--"));
    char *end = strchr(block + 1, '<');
    assert_string_equal(end, "</script>\n"); /* the first '<' is its end */
    assert_null(strstr(block, "javascript:"));
    free(text);
    hide(&shown);
}

static void
ld__is_not_for_members(void **state)
{
    (void)state;
    struct shown shown;
    show(&shown, NULL);
    struct snapshot_map members;
    unit_snapshot(shown.store, 1, SNAP_AUDIENCE_MEMBERS, &members);
    char *text = unit_fragment(&members.snap,
        members.snap.collections[SNAP_RESOURCES].docs[0].detail, 0, false);
    assert_null(strstr(text, "<script"));
    free(text);
    snapshot_map_close(&members);
    hide(&shown);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            card__says_when_where_cost_people_contact_and_confirmation),
        cmocka_unit_test(card__marks_japanese_only_where_the_page_is_not),
        cmocka_unit_test(card__says_dates_in_the_language),
        cmocka_unit_test(card__reads_the_whole_name_of_a_region),
        cmocka_unit_test(card__says_cost_and_people_from_what_was_read),
        cmocka_unit_test(detail__says_nothing_twice),
        cmocka_unit_test(card__links_only_to_what_is_safe),
        cmocka_unit_test(
            contact__that_is_hidden_is_not_the_organisations_phone),
        cmocka_unit_test(item__is_json_with_places_and_ranges),
        cmocka_unit_test(lines__say_that_they_are_of_each_day),
        cmocka_unit_test(ld__says_what_kind_of_thing_it_is),
        cmocka_unit_test(ld__no_text_ends_the_element),
        cmocka_unit_test(ld__is_not_for_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
