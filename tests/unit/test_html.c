/* test_html.c: escaping, and words in three languages (html.h). */
#include "tests/unit/unit.h"

#include <string.h>

#include "optimizer/service/html.h"
#include "optimizer/service/sheet_field.h"

static struct html out;

static int
begin(void **state)
{
    (void)state;
    html_release(&out);
    html_raw(&out, "");
    return 0;
}

static int
end(void **state)
{
    (void)state;
    html_release(&out);
    return 0;
}

static void
text__is_escaped_wherever_it_stands(void **state)
{
    (void)state;
    html_format(&out, "<a href=\"%s\">%d %s</a>", "\"'&", -7, "<b>");
    assert_string_equal(out.text,
        "<a href=\"&quot;&#39;&amp;\">-7 &lt;b&gt;</a>");
}

static void
words__put_the_second_line_below_and_mark_english(void **state)
{
    (void)state;
    html_words(&out, "数<え\nかず / い / Number & more");
    assert_string_equal(out.text,
        "数&lt;え<span class=\"easy\">かず / い / "
        "<span lang=\"en\">Number &amp; more</span></span>");
}

static void
words__of_one_line_are_text(void **state)
{
    (void)state;
    html_words(&out, "<数> / N");
    html_easy(&out, NULL);
    assert_string_equal(out.text, "&lt;数&gt; / N");
}

static void
easy__without_english_is_japanese(void **state)
{
    (void)state;
    html_easy(&out, "テーマ / かず");
    html_easy(&out, "テーマ");
    assert_string_equal(out.text,
        "<span class=\"easy\">テーマ / かず</span>"
        "<span class=\"easy\">テーマ</span>");
}

static void
plain_words__stand_in_one_line(void **state)
{
    (void)state;
    html_plain_words(&out, "月&\nげつようび / Monday");
    html_plain_words(&out, "<月>");
    assert_string_equal(out.text,
        "月&amp; / げつようび / Monday&lt;月&gt;");
}

/* A second line in both languages. */
static void
assert_words(const char *words)
{
    const char *second = strchr(words, '\n');
    assert_non_null(second);
    assert_null(strchr(second + 1, '\n'));
    html_release(&out);
    html_words(&out, words);
    assert_non_null(strstr(out.text, "<span lang=\"en\">"));
}

static void
sheet__says_everything_in_three_languages(void **state)
{
    (void)state;
    for (const struct sheet_field *f = sheet_fields; f->name != NULL; f++) {
        assert_true(f->easy != NULL || f->kind == SHEET_LINES);
        html_release(&out);
        html_easy(&out, f->easy);
        assert_true(f->easy == NULL ||
                    strstr(out.text, "<span lang=\"en\">") != NULL);
        if (f->hint != NULL) {
            assert_words(f->hint);
        }
        assert_words(sheet_field_wrong(f));
    }
}

#define on_empty(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        on_empty(text__is_escaped_wherever_it_stands),
        on_empty(words__put_the_second_line_below_and_mark_english),
        on_empty(words__of_one_line_are_text),
        on_empty(easy__without_english_is_japanese),
        on_empty(plain_words__stand_in_one_line),
        on_empty(sheet__says_everything_in_three_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
