/* test_store_clock.c: optimizer/store/store_clock.c. */
#include <string.h>

#include "tests/unit/unit.h"

#include "optimizer/store/store.h"

static void
store_day__is_that_of_japan(void **state)
{
    (void)state;
    static const struct {
        const char *moment, *day;
    } rows[] = {{"2026-11-20T14:59:59Z", "2026-11-20"},
        {"2026-11-20T15:00:00Z", "2026-11-21"}, /* midnight there */
        {"2026-11-20T23:30:00Z", "2026-11-21"},
        {"2026-12-31T20:00:00Z", "2027-01-01"},
        {"2028-02-28T18:00:00Z", "2028-02-29"},
        {"2026-11-20", "2026-11-20"}, /* a day is one already */
        {"", ""}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char day[11];
        store_day(rows[i].moment, day);
        assert_string_equal(day, rows[i].day);
    }
}

static void
store_minute__is_that_of_japan(void **state)
{
    (void)state;
    static const struct {
        const char *moment, *minute;
    } rows[] = {{"2026-11-20T15:05:59Z", "2026-11-21 00:05"},
        {"2026-11-20T14:59:00Z", "2026-11-20 23:59"},
        {"2027-12-31T15:00:00Z", "2028-01-01 00:00"},
        {"2026-11-20", "2026-11-20"}, {"", ""}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char minute[17];
        store_minute(rows[i].moment, minute);
        assert_string_equal(minute, rows[i].minute);
    }
}

static void
store_day__of_now_is_today(void **state)
{
    (void)state;
    char before[11], now[21], day[11], after[11];
    store_today(before);
    store_now(now);
    store_today(after);
    store_day(now, day);
    assert_true(strcmp(day, before) == 0 || strcmp(day, after) == 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(store_day__is_that_of_japan),
        cmocka_unit_test(store_minute__is_that_of_japan),
        cmocka_unit_test(store_day__of_now_is_today),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
