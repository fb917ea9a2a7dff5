/* test_fold.c: schema/fold.c. */
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "tests/unit/unit.h"

#include "schema/fold.h"

enum { CAP = 4096 };

static int32_t work[CAP];

static const char *
fold(const char *text)
{
    static char out[2][CAP];
    static int turn;
    turn = !turn;
    size_t len, bad;
    int rc = fold_text(
        text, strlen(text), out[turn], CAP - 1, &len, work, CAP, &bad);
    assert_int_equal(rc, 0);
    out[turn][len] = '\0';
    return out[turn];
}

static void
fold__what_reads_alike_is_equal(void **state)
{
    (void)state;
    static const char *const alike[][2] = {
        {"ﾊﾞ", "バ"},
        {"は\xE3\x82\x99", "バ"},
        {"ハ゛", "ば"},
        {"ｱ", "あ"},
        {"ア", "あ"},
        {"ゔ", "ヴ"},
        {"う\xE3\x82\x99", "ヴ"},
        {"わ\xE3\x82\x99", "ヷ"},
        {"ﾊﾟ", "ぱ"},
        {"ＡＢＣ", "abc"},
        {"ABC", "abc"},
        {"㈱", "(株)"},
        {"㌔", "キロ"},
        {"①", "1"},
        {"Ⅷ", "viii"},
        {"ﬁ", "fi"},
        {"ß", "SS"},
        {"Σς", "σσ"},
        {"É", "e\xCC\x81"},
        {"コーヒー", "コ－ヒ－"},
        {"コーヒー", "ｺｰﾋｰ"},
        {"045-285-0728", "０４５―２８５−０７２８"},
        {"10～20", "10〜20"},
        {"座間　市", "座間 市"},
        {"  a \t b  ", "a b"},
        {"a\xC2\xA0"
         "b",
            "a b"},
        {"a \n  b\n\n", "a\nb"},
        {"a\r\nb", "a\nb"},
        {"ゝゞ", "ヽヾ"},
        {"a\x01\x02\x7F"
         "b",
            "ab"},
        {"居\xE2\x80\x8B場\xC2\xAD所", "居場所"},
        {"葛\xF3\xA0\x84\x80", "葛"},
        {"", "\n \n"},
        {"橫濱市 鶴見區", "横浜市 鶴見区"},
        {"髙橋・渡邊・齋藤・山﨑・長嶋", "高橋・渡辺・斎藤・山崎・長島"},
        {"眞鶴町の圖書舘", "真鶴町の図書館"},
        {"车椅子で图书馆", "車椅子で図書館"},
        {"\xF0\xA0\xAE\xB7田", "吉田"},
    };
    for (size_t i = 0; i < sizeof(alike) / sizeof(alike[0]); i++) {
        assert_string_equal(fold(alike[i][0]), fold(alike[i][1]));
    }
    assert_string_equal(fold("ｶﾌｪ・ＡＢＣ－１　がく"), "カフェ・abcー1 ガク");
}

static void
fold__what_differs_stays_apart(void **state)
{
    (void)state;
    assert_string_not_equal(fold("は"), fold("ば"));
    assert_string_not_equal(fold("つ"), fold("っ"));
    assert_string_not_equal(fold("一"), fold("ー"));
    assert_string_not_equal(fold("か"), fold("カー"));
    assert_string_not_equal(fold("叶"), fold("葉"));
    assert_string_not_equal(fold("斉"), fold("斎"));
    assert_string_not_equal(fold("ab"), fold("a b"));
}

static void
fold__bad_bytes_are_named_by_offset(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t bad;
    } cases[] = {
        {"\xE3", 0},
        {"a\xE3\x81", 1},
        {"あ\x80", 3},
        {"あ\xC0\xAF", 3},
        {"ab\xED\xA0\x80", 2},
        {"\xF4\x90\x80\x80", 0},
        {"\xF8", 0},
        {"\xE0\x80\xAF", 0},
        {"\xF0\x80\x80\x80", 0},
        {"x\xFF", 1},
        {"あい\xE3\x81(", 6},
    };
    char out[CAP];
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        size_t len = 0, bad = 99, n = strlen(cases[i].text);
        /* An allocation of its own, so that a read past it is seen. */
        char *copy = malloc(n);
        memcpy(copy, cases[i].text, n);
        assert_int_equal(
            fold_text(copy, n, out, CAP, &len, work, CAP, &bad), -1);
        assert_int_equal(bad, cases[i].bad);
        assert_int_equal(fold_utf8_valid(copy, n), cases[i].bad);
        free(copy);
    }
}

static void
fold__small_buffers_are_refused(void **state)
{
    (void)state;
    const char *text = "㍿ば\xEF\xB7\xBA"; /* grows eighteenfold */
    char out[CAP];
    size_t len, bad, whole;
    assert_int_equal(
        fold_text(text, strlen(text), out, CAP, &whole, work, CAP, &bad), 0);
    for (size_t cap = 0; cap < whole; cap++) {
        char *small = malloc(cap + 1);
        assert_int_equal(
            fold_text(text, strlen(text), small, cap, &len, work, CAP, &bad),
            -2);
        free(small);
    }
    for (size_t n = 0; n < 20; n++) {
        int32_t *small = malloc((n + 1) * sizeof(*small));
        assert_int_equal(
            fold_text(text, strlen(text), out, CAP, &len, small, n, &bad), -2);
        free(small);
    }
}

/* Every code point: folding twice is folding once, growth is bounded. */
static void
fold__is_idempotent_and_bounded_for_every_character(void **state)
{
    (void)state;
    for (int32_t c = 1; c < 0x110000; c++) {
        if (c >= 0xD800 && c < 0xE000) {
            continue;
        }
        char text[8], once[256], twice[256];
        size_t n = (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)text);
        size_t once_n, twice_n, bad;
        assert_int_equal(
            fold_text(text, n, once, sizeof(once), &once_n, work, CAP, &bad),
            0);
        assert_true(once_n <= FOLD_GROWTH * n);
        assert_int_equal(fold_text(once, once_n, twice, sizeof(twice), &twice_n,
                             work, CAP, &bad),
            0);
        if (once_n != twice_n || memcmp(once, twice, once_n) != 0) {
            print_error("U+%04X\n", (unsigned)c);
        }
        assert_int_equal(once_n, twice_n);
        assert_memory_equal(once, twice, once_n);
    }
}

static void
fold_next__walks_characters_and_stops_at_the_end(void **state)
{
    (void)state;
    const char *text = "aé場𠮷", *p = text, *end = text + strlen(text);
    assert_int_equal(fold_next(&p, end), 'a');
    assert_int_equal(fold_next(&p, end), 0xE9);
    assert_int_equal(fold_next(&p, end), 0x5834);
    assert_int_equal(fold_next(&p, end), 0x20BB7);
    assert_ptr_equal(p, end);
    char cut[2] = {'\xE5', '\xA0'};
    p = cut;
    assert_int_equal(fold_next(&p, cut + 2), 0xFFFD);
    assert_ptr_equal(p, cut + 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fold__what_reads_alike_is_equal),
        cmocka_unit_test(fold__what_differs_stays_apart),
        cmocka_unit_test(fold__bad_bytes_are_named_by_offset),
        cmocka_unit_test(fold__small_buffers_are_refused),
        cmocka_unit_test(fold__is_idempotent_and_bounded_for_every_character),
        cmocka_unit_test(fold_next__walks_characters_and_stops_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
