/* test_day_text.c: optimizer/intake/day_text.c and optimizer/base/degree.c. */
#include <stdlib.h>
#include <string.h>

#include "tests/unit/unit.h"

#include "optimizer/base/degree.h"
#include "optimizer/intake/day_text.h"

struct row {
    const char *text, *want; /* NULL: refused */
};

static void
expect(bool (*parse)(const char *, char *), const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char out[16] = "keep";
        bool ok = parse(rows[i].text, out);
        const char *want = rows[i].want != NULL ? rows[i].want : "keep";
        if (ok != (rows[i].want != NULL) || strcmp(out, want) != 0) {
            print_error("\"%s\": %d %s\n", rows[i].text, ok, out);
            assert_true(false);
        }
    }
}

static bool
day(const char *text, char *out)
{
    return day_text_parse(text, out);
}

static bool
clock_time(const char *text, char *out)
{
    return day_text_time(text, out);
}

static void
day_text__every_spelling_of_a_day(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"2025-11-16", "2025-11-16"},
        {"2025/11/6", "2025-11-06"},
        {"2025.1.16", "2025-01-16"},
        {"2025年11月16日（日曜日）", "2025-11-16"},
        {"2025年11月16日(日)", "2025-11-16"},
        {"２０２５年１１月１６日", "2025-11-16"},
        {"令和7年11月16日", "2025-11-16"},
        {"令和元年5月1日", "2019-05-01"},
        {"R8.1.5", "2026-01-05"},
        {"平成31年4月30日", "2019-04-30"},
        {"昭和38年4月1日", "1963-04-01"},
        {"2024-02-29", "2024-02-29"},
        {"2025-11-16 00:00:00", NULL},
        {"2025-02-29", NULL},
        {"2025-13-01", NULL},
        {"2025-00-10", NULL},
        {"2020-06", NULL},
        {"2024", NULL},
        {"令和6年度", NULL},
        {"未定", NULL},
        {"", NULL},
        {"-", NULL},
        {"99999-01-01", NULL},
        {"2025-11-16x", NULL},
        {"2025年11月16日（天気）", NULL},
        {"0202-11-16", NULL},
        {"2025-11-16 2025-11-17 2025-11-18 2025-11-19 2025-11-20 2025-11-21",
            NULL},
    };
    expect(day, rows, sizeof(rows) / sizeof(rows[0]));
}

static void
day_text__every_spelling_of_an_hour(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"09:00", "09:00"},
        {"9:00", "09:00"},
        {"9：00", "09:00"},
        {"１３：３０", "13:30"},
        {"09:00:00", "09:00"},
        {"午前8時30分", "08:30"},
        {"午後1時", "13:00"},
        {"午後1時半", "13:30"},
        {"午後12時", "12:00"},
        {"正午", "12:00"},
        {"17時", "17:00"},
        {"24:00", "24:00"},
        {"24:01", NULL},
        {"25:00", NULL},
        {"9:60", NULL},
        {"午後13時", NULL},
        {"900", NULL},
        {"9時ごろ", NULL},
        {"", NULL},
    };
    expect(clock_time, rows, sizeof(rows) / sizeof(rows[0]));
}

static void
day_text__weekdays_alone_in_spans_and_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int bits;
    } rows[] = {{"月火水木金", 0x1F}, {"月火水木金土日", 0x7F},
        {"月・水", 0x05}, {"月～金", 0x1F}, {"水曜日", 0x04}, {"土日祝", 0x60},
        {"平日", 0x1F}, {"毎日", 0x7F}, {"火;木", 0x0A}, {"", 0},
        {"金～月", 0x71}, {"土曜から火曜", 0x63}, {"日～水", 0x47},
        {"月・祝日", 0x01}, {"水、祝", 0x04}, {"土日祝日", 0x60},
        {"日祝", 0x40}, {"祝日", 0}, {"月･水､金", 0x15}, {"月/木", 0x09},
        {"毎月第3日曜日", 0}, {"いつでも", 0}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int bits = 0;
        assert_int_equal(day_text_weekdays(rows[i].text, &bits),
            rows[i].bits != 0);
        assert_int_equal(bits, rows[i].bits);
    }
}

static void
degree__rounds_without_floating_point_and_knows_its_limits(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t want;
        bool ok;
    } rows[] = {{"35.447753", 35447753, true}, {"35", 35000000, true},
        {"43.06208877", 43062089, true}, {"0.0000005", 1, true},
        {"0.00000049", 0, true}, {"-35.5", -35500000, true},
        {"+1.25", 1250000, true}, {"90", 90000000, true},
        {"89.9999999", 90000000, true}, {"90.0000001", 90000000, true},
        {"90.000001", 0, false}, {"91", 0, false},
        {"99999999999999999999", 0, false}, {"", 0, false}, {"-", 0, false},
        {"1.", 0, false}, {".5", 0, false}, {"1e3", 0, false},
        {"1,5", 0, false}, {" 1", 0, false}, {"1 ", 0, false}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t got = 0;
        assert_int_equal(degree_parse(rows[i].text, DEGREE_LAT_MAX, &got),
            rows[i].ok);
        assert_int_equal(got, rows[i].want);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day_text__every_spelling_of_a_day),
        cmocka_unit_test(day_text__every_spelling_of_an_hour),
        cmocka_unit_test(day_text__weekdays_alone_in_spans_and_by_name),
        cmocka_unit_test(
            degree__rounds_without_floating_point_and_knows_its_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
