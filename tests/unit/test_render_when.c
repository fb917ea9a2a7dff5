/* test_render_when.c: on which days, as a visitor and a machine read it. */
#include "tests/unit/render_unit.h"

/* Whoever reads "every Sunday" of a fourth Sunday comes to a locked door. */
static void
card__says_every_week_only_of_what_is(void **state)
{
    (void)state;
    static const char fourth[] =
        "date_text = '毎月第２・第４日曜日', weekdays = 64,"
        " time_start = '09:30', time_end = '14:00'";
    card_has(fourth, SNAP_LANG_JA, "<dd>毎月 第2・第4 日曜 09:30〜14:00</dd>");
    card_has(fourth, SNAP_LANG_EASY,
        "<dd>まいつき 2ばんめの・4ばんめの にちようび 09:30〜14:00</dd>");
    card_has(fourth, SNAP_LANG_EN,
        "<dd>Monthly: 2nd, 4th Sunday 09:30–14:00</dd>");
    static const char other[] = "date_text = '隔週土曜日', weekdays = 32";
    card_has(other, SNAP_LANG_JA, "<dd>隔週土曜日 (土)</dd>");
    card_has(other, SNAP_LANG_EN,
        "<dd><span lang=\"ja\">隔週土曜日</span> (Sat)</dd>");
    card_has("date_start = '2026-12-05', date_text = '第1土曜か第2日曜',"
             " weekdays = 96", SNAP_LANG_EN,
        "</time>– <span lang=\"ja\">第1土曜か第2日曜</span> (Sat, Sun)</dd>");
}

static void
schedule_has(const char *changes, const char *needle, bool wanted)
{
    struct shown shown;
    show(&shown, changes);
    const struct snap *snap = &shown.map.snap;
    uint32_t n, first = snap_records(snap, SNAP_RECORD_SERVICE, &n);
    assert_int_equal(n, 1);
    must_hold(&shown, snap->records[first].full, SNAP_LANG_JA, true, needle,
        wanted);
    hide(&shown);
}

/* As the online sheet fills in the weekdays of the days that it is given. */
static void
card__of_single_days_says_no_weeks(void **state)
{
    (void)state;
    static const char once[] =
        "date_start = '2026-12-05', date_end = '2026-12-05', weekdays = 32,"
        " date_text = '2026-12-05 10:00～12:00', time_start = '10:00',"
        " time_end = '12:00'";
    card_has(once, SNAP_LANG_JA, "日</time> 10:00〜12:00</dd>");
    card_has("date_start = '2026-12-05', date_end = '2026-12-19',"
             " weekdays = 32, date_text = '12月5日、12月19日'", SNAP_LANG_JA,
        "</time> 12月5日、12月19日 (土)</dd>");
}

static void
ld__of_a_single_day_is_an_event(void **state)
{
    (void)state;
    struct shown shown;
    show(&shown, "weekdays = 32, date_start = '2026-12-05',"
                 " date_end = '2026-12-05'");
    unit_sql(shown.store, "UPDATE entry_lines SET for_public = 1");
    snapshot_map_close(&shown.map);
    unit_snapshot(shown.store, 1, SNAP_AUDIENCE_PUBLIC, &shown.map);
    shown.doc = &shown.map.snap.collections[SNAP_RESOURCES].docs[0];
    must_hold(&shown, shown.doc->detail, SNAP_LANG_JA, false,
        "\"@type\":\"Event\"", true);
    hide(&shown);
    schedule_has("weekdays = 32, date_start = '2026-12-05',"
                 " date_end = '2026-12-05'", "\"freq\"", false);
}

static void
ld__opens_on_days_of_every_week_only(void **state)
{
    (void)state;
    struct shown shown;
    show(&shown, "weekdays = 64, date_text = '毎月第4日曜日',"
                 " time_start = '09:30', time_end = '14:00'");
    must_hold(&shown, shown.doc->detail, SNAP_LANG_EN, false,
        "OpeningHoursSpecification", false);
    hide(&shown);
    show(&shown, "weekdays = 64, date_text = '毎週日曜日',"
                 " time_start = '09:30', time_end = '14:00'");
    must_hold(&shown, shown.doc->detail, SNAP_LANG_EN, false,
        "\"dayOfWeek\":[\"Sunday\"],\"opens\":\"09:30\"", true);
    hide(&shown);
}

static void
schedule__says_which_weeks(void **state)
{
    (void)state;
    schedule_has("weekdays = 5",
        "\"freq\":\"WEEKLY\",\"byday\":\"MO,WE\"", true);
    schedule_has("weekdays = 8, date_text = '毎月第1・第3木曜日'",
        "\"freq\":\"MONTHLY\",\"byday\":\"1TH,3TH\"", true);
    static const char other[] = "weekdays = 32, date_text = '隔週土曜日'";
    schedule_has(other, "\"freq\"", false);
    schedule_has(other, "\"byday\"", false);
    schedule_has(other, "\"description\":\"隔週土曜日\"", true);
    /* A day off does not make every day less often. */
    schedule_has("weekdays = 127, date_text = '第3日曜日は休み'",
        "\"freq\":\"WEEKLY\"", true);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(card__says_every_week_only_of_what_is),
        cmocka_unit_test(card__of_single_days_says_no_weeks),
        cmocka_unit_test(ld__of_a_single_day_is_an_event),
        cmocka_unit_test(ld__opens_on_days_of_every_week_only),
        cmocka_unit_test(schedule__says_which_weeks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
