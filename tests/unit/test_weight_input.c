/* test_weight_input.c: optimizer/service/weight_input.c. */
#include <string.h>

#include "tests/unit/unit.h"

#include "optimizer/base/option.h"
#include "optimizer/service/weight_input.h"

static void
weight_input__what_is_shown_is_read_back(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (int id = 0; id < OPTION_COUNT; id++) {
        const struct option_row *row = option_at(id);
        const int64_t values[] = {row->min, row->def, row->max,
            row->min + (row->max - row->min) / 3, row->max - (row->max > 0)};
        for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
            int64_t got = -7;
            const char *text =
                weight_input_text(&arena, id, values[i]);
            assert_null(weight_input_read(&arena, id, text, &got));
            assert_int_equal(got, values[i]);
        }
    }
    arena_release(&arena);
}

static void
weight_input__people_type_in_many_ways(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const struct {
        const char *text;
        int64_t milli; /* -1: refused */
    } cases[] = {{"150", 150000}, {"2.5", 2500}, {"0.001", 1},
        {"１５０", 150000}, {"1,000", 1000000}, {"１，０００．５", 1000500},
        {" 7 ", 7000}, {"", -1}, {".", -1}, {"-", -1}, {"1.0001", -1},
        {"1e3", -1}, {"0x10", -1}, {"--1", -1}, {"1.2.3", -1},
        {"99999999999999999999", -1}, {"9223372036854775807", -1},
        {"\xff", -1}, {"-0.5", -1}, {"百", -1}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t got = 0;
        const char *wrong = weight_input_read(&arena,
            OPTION_FIT_TARGET, cases[i].text, &got);
        if (cases[i].milli < 0) {
            assert_non_null(wrong);
        } else {
            assert_null(wrong);
            assert_int_equal(got, cases[i].milli);
        }
    }
    arena_release(&arena);
}

static void
weight_input__no_limit_is_minus_one(void **state)
{
    (void)state;
    struct arena arena = {0};
    int64_t got = 0;
    for (int id = 0; id < OPTION_COUNT; id++) {
        if (option_at(id)->min == -1) {
            assert_null(weight_input_read(&arena, id, "-1", &got));
            assert_int_equal(got, -1);
            assert_null(weight_input_read(&arena, id, "－１", &got));
            assert_int_equal(got, -1);
        }
    }
    assert_int_equal(got, -1); /* there is such an option */
    arena_release(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weight_input__what_is_shown_is_read_back),
        cmocka_unit_test(weight_input__people_type_in_many_ways),
        cmocka_unit_test(weight_input__no_limit_is_minus_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
