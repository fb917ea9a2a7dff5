/* test_fragment.c: optimizer/publish/fragment.c. */
#include <string.h>

#include "tests/unit/unit.h"

#include "optimizer/publish/fragment.h"
#include "schema/snapshot.h"

static const char *
text_of(struct fragment *f)
{
    static char text[512];
    assert_true(f->len < sizeof(text));
    memcpy(text, f->data, f->len);
    text[f->len] = '\0';
    fragment_release(f);
    return text;
}

static void
fragment__html_is_escaped_and_clean(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"<script>alert('x')</script>",
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"},
        {"a & b \"c\"", "a &amp; b &quot;c&quot;"},
        {"a\x01\x02\x1B[31m\x7F"
         "b",
            "a[31mb"},
        {"a\tb\nc\r\nd\re", "a b\nc\nd e"},
        {"x\xC2\x85y\xE2\x80\xAEz\xE2\x81\xA6w", "x yzw"},
        {"あ\xE3\x81(", "あ\xEF\xBF\xBD\xEF\xBF\xBD("},
        {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"𠮷野家é", "𠮷野家é"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fragment f = {0};
        fragment_html(&f, cases[i][0]);
        assert_string_equal(text_of(&f), cases[i][1]);
    }
}

static void
fragment__json_is_escaped_and_clean(void **state)
{
    (void)state;
    struct fragment f = {0};
    fragment_put(&f, "{");
    fragment_json_text(&f, "a", "\"q\"\\\n</script>\x01\xE2\x80\xA8あ");
    fragment_json_int(&f, "n", -12);
    fragment_put(&f, "}");
    assert_string_equal(text_of(&f),
        "{\"a\":\"\\\"q\\\"\\\\\\n\\u003c/script>\\u2028あ\",\"n\":-12}");
}

static void
fragment__numbers_places_and_urls(void **state)
{
    (void)state;
    struct fragment f = {0};
    fragment_grouped(&f, 1234567);
    fragment_put(&f, " ");
    fragment_grouped(&f, 999);
    fragment_put(&f, " ");
    fragment_grouped(&f, -1000);
    fragment_put(&f, " ");
    fragment_degrees(&f, -500);
    fragment_put(&f, " ");
    fragment_degrees(&f, 139407001);
    fragment_put(&f, " ");
    fragment_url(&f, "a b&c=\"居\"~%");
    assert_string_equal(text_of(&f),
        "1,234,567 999 -1,000 -0.000500 139.407001 "
        "a%20b%26c%3D%22%E5%B1%85%22~%25");
}

static void
fragment__cuts_between_characters(void **state)
{
    (void)state;
    struct fragment f = {0};
    fragment_html_cut(&f, "居場<所", 3);
    assert_string_equal(text_of(&f), "居場&lt;…");
    fragment_html_cut(&f, "居場\n所", 4);
    assert_string_equal(text_of(&f), "居場 所");
}

static void
fragment__escapes_are_those_of_the_format(void **state)
{
    (void)state;
    struct fragment f = {0};
    fragment_label(&f, 0x1234);
    fragment_slot(&f, SNAP_SLOT_BASE);
    assert_int_equal(f.len, 5);
    assert_memory_equal(f.data, "\x01\x34\x12\x02\x01", 5);
    fragment_release(&f);
}

static void
fragment__only_safe_links_pass(void **state)
{
    (void)state;
    static const char *const good[] = {"https://example.jp/",
        "http://example.jp", "HTTPS://例え.jp/あ?b=c&d=e#f"};
    static const char *const bad[] = {"", "javascript:alert(1)",
        "JaVaScRiPt:alert(1)", "data:text/html,x", "//example.jp/",
        "/etc/passwd", "https://", "https:///x", "http://#", "ftp://a.b/",
        " https://example.jp/", "https://example.jp/ x",
        "https://example.jp/\"onclick=", "https://example.jp/<b>",
        "https://example.jp/\x01", "https://example.jp/\xE3", "vbscript:x",
        "https://@evil.jp/"};
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_true(fragment_link_ok(good[i]));
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(fragment_link_ok(bad[i]));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fragment__html_is_escaped_and_clean),
        cmocka_unit_test(fragment__json_is_escaped_and_clean),
        cmocka_unit_test(fragment__numbers_places_and_urls),
        cmocka_unit_test(fragment__cuts_between_characters),
        cmocka_unit_test(fragment__escapes_are_those_of_the_format),
        cmocka_unit_test(fragment__only_safe_links_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
