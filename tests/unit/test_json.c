/* test_json.c: optimizer/base/json.c. */
#include "tests/unit/unit.h"

#include "optimizer/base/json.h"

static void
json__commas_and_nesting_are_right(void **state)
{
    (void)state;
    struct json j = {0};
    json_open(&j, '{');
    json_put_int(&j, "a", -7);
    json_key(&j, "b");
    json_open(&j, '[');
    json_bool(&j, true);
    json_null(&j);
    json_open(&j, '{');
    json_close(&j, '}');
    json_open(&j, '[');
    json_close(&j, ']');
    json_text(&j, NULL);
    json_close(&j, ']');
    json_put_bool(&j, "c", false);
    json_close(&j, '}');
    assert_string_equal(j.text,
        "{\"a\":-7,\"b\":[true,null,{},[],null],\"c\":false}");
    json_release(&j);
    assert_null(j.text);
}

static void
json__hostile_text_is_escaped(void **state)
{
    (void)state;
    struct json j = {0};
    json_text(&j, "\"\\\n\x01場 \xE3\x81 \xFF:");
    assert_string_equal(j.text, "\"\\\"\\\\\\u000a\\u0001場 "
                                "\xEF\xBF\xBD\xEF\xBF\xBD \xEF\xBF\xBD:\"");
    json_release(&j);
    json_text(&j, "");
    assert_string_equal(j.text, "\"\"");
    json_release(&j);
}

static void
json__texts_that_end_like_brackets_keep_their_commas(void **state)
{
    (void)state;
    struct json j = {0};
    json_open(&j, '[');
    json_text(&j, "{");
    json_text(&j, "[");
    json_text(&j, ":");
    json_int(&j, INT64_MIN);
    json_close(&j, ']');
    assert_string_equal(j.text,
        "[\"{\",\"[\",\":\",-9223372036854775808]");
    json_release(&j);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json__commas_and_nesting_are_right),
        cmocka_unit_test(json__hostile_text_is_escaped),
        cmocka_unit_test(json__texts_that_end_like_brackets_keep_their_commas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
