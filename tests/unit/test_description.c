/* test_description.c: optimizer/publish/render_description.c. */
#include "tests/unit/snapshot_unit.h"

#include "optimizer/publish/render.h"

#define TEN "ひとつふたつみっつ、"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static void
is(const char *summary, const char *want)
{
    struct listing l = {0};
    struct fragment out = {0};
    l.summary = summary;
    render_description(&l, &out);
    fragment_bytes(&out, "", 1);
    assert_string_equal(out.data, want);
    fragment_release(&out);
}

static void
description__stands_on_one_line(void **state)
{
    (void)state;
    is("", "");
    is(" \n　\t", "");
    is("見学できます", "見学できます");
    is("　見学\r\n\nできます 。 ", "見学 できます 。");
    is("a\x01" "b", "ab");
}

static void
description__is_escaped(void **state)
{
    (void)state;
    is("\"><script>&'", "&quot;&gt;&lt;script&gt;&amp;&#39;");
}

static void
description__ends_with_a_sentence(void **state)
{
    (void)state;
    is(HUNDRED "だれでもどうぞ。" HUNDRED, HUNDRED "だれでもどうぞ。");
    is("はい。いいえ！" HUNDRED "そして" HUNDRED, "はい。いいえ！");
    is("「はい。」と（いい？）" HUNDRED TEN HUNDRED, "「はい。」と（いい？）");
    is("Open 10.30 to 12. " HUNDRED TEN HUNDRED, "Open 10.30 to 12.");
    /* what is short enough is whole, sentence or not */
    is("はい。" HUNDRED, "はい。" HUNDRED);
    is(HUNDRED TEN TEN, HUNDRED TEN TEN);
}

static void
description__without_a_sentence_is_cut_between_characters(void **state)
{
    (void)state;
    is(HUNDRED TEN TEN "あ", HUNDRED TEN "ひとつふたつみっつ…");
    is("1.5" HUNDRED TEN TEN, "1.5" HUNDRED TEN "ひとつふたつ…");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(description__stands_on_one_line),
        cmocka_unit_test(description__is_escaped),
        cmocka_unit_test(description__ends_with_a_sentence),
        cmocka_unit_test(
            description__without_a_sentence_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
