/* test_region_code.c: schema/region_code.c. */
#include <string.h>

#include "tests/unit/unit.h"

#include "optimizer/base/csv.h"
#include "optimizer/base/embed.h"
#include "schema/region_code.h"

static int
normalise(const char *text, char *out)
{
    return region_code_normalise(text, strlen(text), out);
}

static void
region_code__accepts_five_and_six_digits_and_areas(void **state)
{
    (void)state;
    char out[REGION_CODE_SIZE];
    assert_true(normalise("14216", out));
    assert_string_equal(out, "142166");
    assert_true(normalise("142166", out));
    assert_string_equal(out, "142166");
    assert_true(normalise("01000", out));
    assert_string_equal(out, "010006");
    assert_true(normalise("A14-03", out));
    assert_string_equal(out, "A14-03");
}

static void
region_code__refuses_what_is_no_code_and_leaves_out_alone(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "1", "1421", "142165", "1421660",
        "14216a", "a14216", "00000", "480002", "990000", " 14216", "14216 ",
        "A14-1", "A14-0x", "B14-01", "A1403", "-14216", "１４２１６"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        char out[REGION_CODE_SIZE] = "keep";
        assert_false(normalise(bad[i], out));
        assert_string_equal(out, "keep");
    }
}

static void
region_code__check_digit_agrees_with_every_shipped_region(void **state)
{
    (void)state;
    static const char *const files[] = {"schema/data/regions.csv",
        "schema/data/regions_japan.csv"};
    int seen = 0;
    for (size_t i = 0; i < 2; i++) {
        const struct embed *file = embed_find(files[i]);
        assert_non_null(file);
        struct csv *csv = csv_open_memory(file->path, file->data,
            (size_t)(file->end - file->data));
        struct err err = {0};
        assert_int_equal(csv_next(csv, &err), 1); /* the header */
        int step;
        while ((step = csv_next(csv, &err)) == 1) {
            char out[REGION_CODE_SIZE];
            const char *code = csv_text(csv, 0), *five = csv_text(csv, 1);
            assert_true(normalise(code, out));
            assert_string_equal(out, code);
            if (five[0] != '\0') {
                assert_true(normalise(five, out));
                assert_string_equal(out, code);
            }
            seen++;
        }
        assert_int_equal(step, 0);
        csv_close(csv);
    }
    assert_int_equal(seen, 67 + 1959);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(region_code__accepts_five_and_six_digits_and_areas),
        cmocka_unit_test(
            region_code__refuses_what_is_no_code_and_leaves_out_alone),
        cmocka_unit_test(
            region_code__check_digit_agrees_with_every_shipped_region),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
