/* test_recurrence.c: which weeks a text means. */
#include "optimizer/publish/recurrence.h"
#include "tests/unit/unit.h"

static void
expect(const char *text, unsigned weekdays, enum recurrence_every every,
    unsigned weeks)
{
    struct recurrence got = recurrence_read(text, weekdays, "", "");
    if (got.every != every || got.weeks != weeks) {
        print_error("\"%s\": %d, weeks %u\n", text, got.every, got.weeks);
    }
    assert_int_equal(got.every, every);
    assert_int_equal(got.weeks, weeks);
}

static void
recurrence__of_texts_of_every_week(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "毎週日曜の朝", "火・木・土の午後",
        "平日", "月曜以外", "2026-12-13 から土曜日", "毎週土曜（祝日は休み）",
        "2026年12月の土日", "週1回"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        expect(texts[i], 0x60, RECURRENCE_WEEK, 0);
    }
}

static void
recurrence__of_weeks_of_the_month(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned weeks;
    } rows[] = {{"毎月第4日曜日", 0x08}, {"毎月第1・第3日曜日", 0x05},
        {"第１、３日曜", 0x05}, {"毎月 第2 日曜日の午後", 0x02},
        {"毎月の第1日曜日", 0x01}, {"第1と第5日曜の朝", 0x11},
        {"毎月第2・4（日）", 0x0A}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect(rows[i].text, 0x40, RECURRENCE_MONTH, rows[i].weeks);
    }
    expect("毎月第1土日", 0x60, RECURRENCE_MONTH, 0x01);
    expect("毎月第3土・日", 0x60, RECURRENCE_MONTH, 0x04);
}

static void
recurrence__not_known_is_not_guessed(void **state)
{
    (void)state;
    static const char *const texts[] = {"隔週日曜日", "第1土曜、第2日曜",
        "偶数月の第3日曜", "毎週日曜（第3日曜は休み）", "月1回 日曜",
        "月に2回の日曜", "年４回 日曜", "毎月最終日曜日", "第6日曜",
        "毎月の日曜日のうち1日", "第", "12月の土日のどこか", "不定期",
        "第1月曜と日曜", "第0日曜", "毎月第1日曜を除く"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        expect(texts[i], 0x40, RECURRENCE_UNSTATED, 0);
    }
    /* The weekdays are not those of the words. */
    expect("毎月第1日曜日", 0x60, RECURRENCE_UNSTATED, 0);
}

/* The online sheet writes the days that were given one by one. */
static void
recurrence__of_days_named_one_by_one_is_not_every_week(void **state)
{
    (void)state;
    static const char *const named[] = {
        "2026-12-05 10:00～12:00、2026-12-19 10:00～12:00",
        "2026年12月5日、12月19日", "12月5日（土）・13日（日）・20日（日）",
        "12/5(土)、12/19(土)", "１２月５日、１９日", "12/5、6、13",
        "11月28日～29日、12月5日、12月19日"};
    static const char *const weekly[] = {"2026-12-05～2027-03-31の土曜日",
        "12月5日から3月27日まで", "12/5～12/26 土曜 10:00～12:00",
        "毎週土曜（12月5日、12月12日は休み）", "12月5日～26日の土曜",
        "土日 10～12時", "電話 045-210-1111"};
    for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
        expect(named[i], 0x60, RECURRENCE_UNSTATED, 0);
    }
    for (size_t i = 0; i < sizeof(weekly) / sizeof(weekly[0]); i++) {
        expect(weekly[i], 0x60, RECURRENCE_WEEK, 0);
    }
}

static void
recurrence__within_a_week_nothing_comes_again(void **state)
{
    (void)state;
    static const struct {
        const char *first, *last;
        unsigned weekdays;
        enum recurrence_every every;
    } rows[] = {{"2026-12-05", "2026-12-05", 0x20, RECURRENCE_ONCE},
        {"2026-12-05", "2026-12-06", 0x60, RECURRENCE_ONCE},
        {"2026-12-05", "2026-12-05", 0x60, RECURRENCE_ONCE},
        {"2026-12-05", "2026-12-11", 0x24, RECURRENCE_UNSTATED},
        {"2026-12-05", "2026-12-12", 0x20, RECURRENCE_WEEK},
        {"2026-12-05", "", 0x20, RECURRENCE_WEEK},
        {"", "2026-12-05", 0x20, RECURRENCE_WEEK},
        {"2026-12-05", "2026-12-05", 0, RECURRENCE_WEEK}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(recurrence_read("", rows[i].weekdays, rows[i].first,
            rows[i].last).every, rows[i].every);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recurrence__of_texts_of_every_week),
        cmocka_unit_test(recurrence__of_weeks_of_the_month),
        cmocka_unit_test(recurrence__not_known_is_not_guessed),
        cmocka_unit_test(
            recurrence__of_days_named_one_by_one_is_not_every_week),
        cmocka_unit_test(recurrence__within_a_week_nothing_comes_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
