/* test_option.c: optimizer/base/option.c, optimizer/base/option_list.h. */
#include <string.h>

#include "tests/unit/unit.h"

#include "optimizer/base/option.h"

static void
option__table_is_whole_and_in_range(void **state)
{
    (void)state;
    assert_int_equal(option_count(), OPTION_COUNT);
    for (int id = 0; id < option_count(); id++) {
        const struct option_row *row = option_at(id);
        assert_int_equal(option_find(row->name), id); /* unique, too */
        assert_true(row->min <= row->def && row->def <= row->max);
        assert_true(strlen(row->ja) > 0 && strlen(row->en) > 0);
        assert_true(row->easy == NULL || strlen(row->easy) > 0);
        struct err err = {0};
        assert_true(option_check(id, row->min, &err));
        assert_true(option_check(id, row->max, &err));
        assert_false(option_check(id, row->max + 1, &err));
        assert_int_equal(err.kind, ERR_INPUT);
        assert_non_null(strstr(err.text, row->name));
    }
    assert_int_equal(option_find("no_such_weight"), OPTION_COUNT);
}

static void
option__values_read_with_their_unit(void **state)
{
    (void)state;
    char out[OPTION_VALUE_SIZE];
    option_format(OPTION_FIT_TARGET, 150000, LANG_JA, out);
    assert_string_equal(out, "150 点");
    option_format(OPTION_FIT_TARGET, -1, LANG_EN, out);
    assert_string_equal(out, "-0.001 points");
    option_format(OPTION_FLOOR_REGION_PPM, 305000, LANG_JA, out);
    assert_string_equal(out, "30.5 %");
    option_format(OPTION_PROGRAMME_BUDGET, -1, LANG_JA, out);
    assert_string_equal(out, "上限なし");
    option_format(OPTION_FIT_TAG_COUNT, 3, LANG_EASY, out);
    assert_string_equal(out, "3");
    option_points(-2500, out);
    assert_string_equal(out, "-2.5");
    option_points(INT64_MIN, out);
    assert_string_equal(out, "-9223372036854775.808");
    option_points(0, out);
    assert_string_equal(out, "0");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(option__table_is_whole_and_in_range),
        cmocka_unit_test(option__values_read_with_their_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
