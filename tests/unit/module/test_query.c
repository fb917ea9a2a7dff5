/* test_query.c: limits, decoding, the normal form. */
#include "ngx_tsunagari_query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/unit.h"

static ngx_tsunagari_query_t query;
static u_char *kept;

static ngx_int_t
parse(const char *args)
{
    ngx_str_t a = {strlen(args), (u_char *)(uintptr_t)args};
    free(kept);
    kept = malloc(a.len + 1);
    assert_non_null(kept);
    return ngx_tsunagari_query_parse(&query, &a, kept);
}

static void
written_is(const char *args, const char *wanted)
{
    u_char bytes[8192];
    ngx_tsunagari_out_t out = {bytes, sizeof(bytes) - 1, 0};
    assert_int_equal(parse(args), NGX_OK);
    ngx_tsunagari_query_write(&query, &out, NGX_TSUNAGARI_SKIP_NONE,
        query.page, query.lang, 0);
    assert_true(out.len <= out.size);
    bytes[out.len] = '\0';
    assert_string_equal((char *)bytes, wanted);
}

static void
is_refused(const char *args, const char *bad, ngx_uint_t reason)
{
    if (parse(args) != NGX_DECLINED) {
        print_message("%s\n", args);
    }
    assert_int_equal(parse(args), NGX_DECLINED);
    assert_string_equal(query.bad, bad);
    assert_int_equal(query.reason, reason);
}

static void
repeat(char *to, const char *what, unsigned n)
{
    for (to += strlen(to); n > 0; n--) {
        strcpy(to, what);
        to += strlen(what);
    }
}

static void
normal_form__is_one_for_one_meaning(void **state)
{
    (void)state;
    written_is("", "");
    written_is("view=table&kind=k01", "?kind=k01&view=table");
    written_is("view=cards", "");
    written_is("&&=&=x&kind=&page=1&lang=ja&sort=plan&fragment=0", "");
    written_is("tag=b&kind=x&tag=a&tag=b&region=142166",
        "?region=142166&kind=x&tag=a&tag=b");
    written_is("q=%E5%B1%B1+%20a&page=3&lang=en&sort=new&need=7",
        "?q=%E5%B1%B1%20%20a&sort=new&need=7&page=3&lang=en");
    written_is("KIND=x&kind[]=y&kind%5B%5D=z&utm_source=%ff", "");
    written_is("tag=%26%3D%2B%25%23", "?tag=%26%3D%2B%25%23");
}

static void
text__is_folded_and_parted(void **state)
{
    (void)state;
    assert_int_equal(parse("q=%EF%BC%A1%EF%BD%B1+%E3%81%8B%09x"), NGX_OK);
    assert_int_equal(query.terms, 3); /* Ａｱ か x */
    assert_int_equal(query.term[0].len, 4);
    assert_memory_equal(query.term[0].data, "aア", 4);
    assert_memory_equal(query.term[1].data, "カ", 3);
    assert_int_equal(parse("q=+++"), NGX_OK);
    assert_int_equal(query.terms, 0);
    assert_int_equal(query.q.len, 0);
}

static void
limits__are_exact(void **state)
{
    char args[8192] = "q=";
    (void)state;
    repeat(args, "%E5%B1%B1", 64);
    assert_int_equal(parse(args), NGX_OK);
    repeat(args, "a", 1);
    is_refused(args, "q", NGX_TSUNAGARI_BAD_LONG);
    assert_int_equal(parse("q=a+b+c+d+e+f+g+h"), NGX_OK);
    is_refused("q=a+b+c+d+e+f+g+h+i", "q", NGX_TSUNAGARI_BAD_TERMS);
    /* one character that folds to eighteen, 64 times over */
    strcpy(args, "q=");
    repeat(args, "%EF%B7%BA", 64);
    (void)parse(args);
    assert_int_equal(parse("page=500"), NGX_OK);
    is_refused("page=501", "page", NGX_TSUNAGARI_BAD_PAGE);
    is_refused("page=0", "page", NGX_TSUNAGARI_BAD_PAGE);
    is_refused("page=-1", "page", NGX_TSUNAGARI_BAD_PAGE);
    is_refused("page=1x", "page", NGX_TSUNAGARI_BAD_PAGE);
    is_refused("page=99999999999999999999", "page", NGX_TSUNAGARI_BAD_PAGE);
    args[0] = '\0';
    for (unsigned i = 0; i < 16; i++) {
        snprintf(args + strlen(args), 16, "&tag=t%u", i);
    }
    assert_int_equal(parse(args), NGX_OK);
    repeat(args, "&tag=t3", 5); /* doubles are free */
    assert_int_equal(parse(args), NGX_OK);
    repeat(args, "&tag=more", 1);
    is_refused(args, "tag", NGX_TSUNAGARI_BAD_MANY);
    strcpy(args, "tag=");
    repeat(args, "x", 160);
    assert_int_equal(parse(args), NGX_OK);
    repeat(args, "x", 1);
    is_refused(args, "tag", NGX_TSUNAGARI_BAD_LONG);
}

static void
broken_values__are_refused_by_name(void **state)
{
    (void)state;
    is_refused("q=%E3", "q", NGX_TSUNAGARI_BAD_UTF8);
    is_refused("q=%E3%81", "q", NGX_TSUNAGARI_BAD_UTF8);
    is_refused("q=%C0%80", "q", NGX_TSUNAGARI_BAD_UTF8);
    is_refused("q=%ED%A0%80", "q", NGX_TSUNAGARI_BAD_UTF8);
    is_refused("q=%F4%90%80%80", "q", NGX_TSUNAGARI_BAD_UTF8);
    is_refused("tag=a%80", "tag", NGX_TSUNAGARI_BAD_UTF8);
    is_refused("q=\xe3\x81", "q", NGX_TSUNAGARI_BAD_UTF8);
    is_refused("q=%", "q", NGX_TSUNAGARI_BAD_ESCAPE);
    is_refused("q=%4", "q", NGX_TSUNAGARI_BAD_ESCAPE);
    is_refused("q=%4g", "q", NGX_TSUNAGARI_BAD_ESCAPE);
    is_refused("q=%zz1", "q", NGX_TSUNAGARI_BAD_ESCAPE);
    is_refused("kind=%00", "kind", NGX_TSUNAGARI_BAD_CONTROL);
    is_refused("q=a%1Bb", "q", NGX_TSUNAGARI_BAD_CONTROL);
    is_refused("q=%7F", "q", NGX_TSUNAGARI_BAD_CONTROL);
    is_refused("lang=de", "lang", NGX_TSUNAGARI_BAD_VALUE);
    is_refused("sort=random", "sort", NGX_TSUNAGARI_BAD_VALUE);
    is_refused("free=0", "free", NGX_TSUNAGARI_BAD_VALUE);
    is_refused("fragment=2", "fragment", NGX_TSUNAGARI_BAD_VALUE);
    is_refused("need=x", "need", NGX_TSUNAGARI_BAD_VALUE);
    is_refused("need=4294967295", "need", NGX_TSUNAGARI_BAD_VALUE);
    is_refused("q=a&q=b", "q", NGX_TSUNAGARI_BAD_MANY);
    is_refused("page=1&page=2", "page", NGX_TSUNAGARI_BAD_MANY);
}

/* A form puts the language last: who made a mistake is to read why. */
static void
query__refusal_keeps_the_language_that_stands_behind(void **state)
{
    (void)state;
    is_refused("q=a+b+c+d+e+f+g+h+i&lang=en", "q", NGX_TSUNAGARI_BAD_TERMS);
    assert_int_equal(query.lang, SNAP_LANG_EN);
    assert_int_equal(query.fragment, 0);
    is_refused("page=%&kind=venue&fragment=1&lang=easy&page=0", "page",
        NGX_TSUNAGARI_BAD_ESCAPE);
    assert_int_equal(query.lang, SNAP_LANG_EASY);
    assert_int_equal(query.fragment, 1);
    is_refused("lang=en&page=0&lang=easy", "page", NGX_TSUNAGARI_BAD_PAGE);
    assert_int_equal(query.lang, SNAP_LANG_EN);
    is_refused("page=0&lang=de", "page", NGX_TSUNAGARI_BAD_PAGE);
    assert_int_equal(query.lang, SNAP_LANG_JA);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_form__is_one_for_one_meaning),
        cmocka_unit_test(text__is_folded_and_parted),
        cmocka_unit_test(limits__are_exact),
        cmocka_unit_test(broken_values__are_refused_by_name),
        cmocka_unit_test(
            query__refusal_keeps_the_language_that_stands_behind),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(kept);
    return failed;
}
