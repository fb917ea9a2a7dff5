/* test_page.c: routes, statuses, escaping, and length = bytes. */
#include "pages.h"

#include <string.h>
#include <unistd.h>

#include "sample.h"
#include "tests/unit/unit.h"

static struct sample sample;
static struct snap snap;

static int
set_up(void **state)
{
    (void)state;
    sample_make(&sample,
        (struct sample_options){9, 120, 7, SNAP_AUDIENCE_MEMBERS});
    return snap_open(&snap, sample.data, sample.size) != NULL;
}

static int
tear_down(void **state)
{
    (void)state;
    sample_release(&sample);
    pages_release();
    return 0;
}

static void
route__answers_with_its_status(void **state)
{
    static const struct {
        const char *path, *args;
        ngx_uint_t status;
    } cases[] = {
        {"/", "", 200}, {"/resources", "", 200}, {"/resources.json", "", 200},
        {"/needs", "", 200}, {"/needs.json", "", 200},
        {"/resources/17", "", 200}, {"/resources/17.json", "", 200},
        {"/needs/17.json", "", 200}, {"/about-order", "", 200},
        {"/regions.json", "", 200}, {"/status.json", "", 200},
        {"/tsunagari.css", "", 200}, {"/suggestions", "", 200},
        {"/suggestions", "need=17", 200},
        {"/suggestions.json", "need=17", 200},
        {"/suggestions.json", "", 400}, {"/suggestions", "need=1", 404},
        {"", "", 404}, {"//", "", 404}, {"/resource", "", 404},
        {"/resources/", "", 404}, {"/resources/0", "", 404},
        {"/resources/017", "", 404}, {"/resources/17x", "", 404},
        {"/resources/1", "", 404}, {"/resources/4294967295", "", 404},
        {"/resources/99999999999", "", 404}, {"/resources/.json", "", 404},
        {"/resources/-1", "", 404}, {"/about-order.json", "", 404},
        {"/resources", "page=0", 400}, {"/", "lang=de", 400},
        {"/resources/17", "q=%ff", 400}, {"/nothing", "q=%ff", 404},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct answer a = pages_get(&snap, cases[i].path, cases[i].args, 0);
        if (a.status != cases[i].status) {
            print_message("%s?%s\n", cases[i].path, cases[i].args);
        }
        assert_int_equal(a.status, cases[i].status);
        assert_int_equal(strlen(a.bytes), a.len);
    }
}

static void
suggestions__are_not_in_a_public_snapshot(void **state)
{
    struct sample s;
    struct snap public;
    (void)state;
    sample_make(&s, (struct sample_options){9, 30, 7, SNAP_AUDIENCE_PUBLIC});
    assert_null(snap_open(&public, s.data, s.size));
    assert_int_equal(pages_get(&public, "/suggestions", "need=17", 0).status,
        404);
    sample_release(&s);
}

static void
text__is_escaped_in_html(void **state)
{
    (void)state;
    struct answer a = pages_get(&snap, "/resources",
        "q=%3Cscript%3E%22%27%26&tag=%3Cb%3E%22", 100);
    assert_int_equal(a.status, 200);
    assert_null(strstr(a.bytes, "<script>"));
    assert_null(strstr(a.bytes, "<b>"));
    assert_non_null(strstr(a.bytes, "&lt;script&gt;&quot;&#39;&amp;"));
    assert_non_null(strstr(a.bytes, "tag=%3Cb%3E%22"));
}

static void
refusal__names_the_parameter(void **state)
{
    (void)state;
    struct answer a = pages_get(&snap, "/resources.json", "q=%E3", 0);
    assert_string_equal(a.bytes,
        "{\"error\":\"not valid UTF-8\",\"parameter\":\"q\"}");
    a = pages_get(&snap, "/resources", "page=501&lang=en", 0);
    assert_int_equal(a.status, 400);
    assert_non_null(strstr(a.bytes, "page: "));
}

static void
fragment__has_no_frame(void **state)
{
    (void)state;
    assert_non_null(
        strstr(pages_get(&snap, "/resources", "", 0).bytes, "<html"));
    assert_null(
        strstr(pages_get(&snap, "/resources", "fragment=1", 0).bytes,
            "<html"));
}

static void
canonical__is_the_normal_form(void **state)
{
    (void)state;
    struct answer a = pages_get(&snap, "/resources",
        "utm_x=1&tag=t02&q=+a++&kind=&tag=t01&tag=t02&page=1&region=141030",
        0);
    assert_non_null(strstr(a.bytes,
        "<a href=\"/t/resources?region=141030&amp;tag=t01&amp;tag=t02"
        "&amp;q=a\">"));
}

static void
links__carry_the_language(void **state)
{
    (void)state;
    struct answer a = pages_get(&snap, "/resources", "lang=en&kind=k00", 0);
    assert_non_null(strstr(a.bytes, "/t?lang=en</li>"));
    assert_non_null(strstr(a.bytes, "kind=k00&amp;lang=en"));
    assert_non_null(strstr(a.bytes, "<html lang=\"en\">"));
}

/* A fragment stands in pages with an address and an encoding of their own. */
static void
links__are_whole_in_a_fragment_and_short_on_a_page(void **state)
{
    (void)state;
    struct answer a = pages_get(&snap, "/resources", "kind=k00&fragment=1", 0);
    assert_non_null(strstr(a.bytes, "href=\"/t/resources?kind=k00&amp;"
        "target=h03\">h03 <b>"));
    a = pages_get(&snap, "/resources", "kind=k00&tag=%E8%8C%B6&fragment=1", 0);
    assert_non_null(strstr(a.bytes, "href=\"/t/resources?tag=%E8%8C%B6\">"));
    assert_null(strstr(a.bytes, "href=\"?"));
    a = pages_get(&snap, "/resources", "kind=k00&tag=%E8%8C%B6&q=a%26", 0);
    assert_non_null(strstr(a.bytes, "href=\"/t/resources?kind=k00&amp;"
        "tag=%E8%8C%B6&amp;q=a%26\""));
    assert_non_null(strstr(a.bytes, "<li><a href=\"?kind=k00&amp;"
        "tag=\xE8\x8C\xB6\">a&amp; "));
    assert_non_null(strstr(a.bytes, "<li><a href=\"?tag=\xE8\x8C\xB6&amp;"
        "q=a%26\">"));
    /* what has no argument left is not the page itself */
    a = pages_get(&snap, "/resources", "kind=k00", 0);
    assert_non_null(strstr(a.bytes, "href=\"/t/resources\">"));
    assert_null(strstr(a.bytes, "href=\"\""));
}

/*
 * Robots are not to walk through all filters there are: on lists that links
 * lead to each link says so, on those behind them the page does.
 */
static void
filters__are_not_for_robots(void **state)
{
    static const char *const followed[] = {"", "kind=k00", "page=2",
        "region=141030&lang=en"};
    static const char *const others[] = {"kind=k00&target=h03", "q=a",
        "kind=k00&kind=k01", "sort=new"};
    static const char meta[] = "<meta name=\"robots\" content=\"nofollow\">";
    (void)state;
    for (size_t i = 0; i < sizeof(followed) / sizeof(followed[0]); i++) {
        struct answer a = pages_get(&snap, "/resources", followed[i], 0);
        assert_null(strstr(a.bytes, meta));
        assert_non_null(strstr(a.bytes, "<li><a rel=\"nofollow\" href=\"?"));
        assert_null(strstr(a.bytes, "<li><a href=\"?kind"));
    }
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        char args[80];
        struct answer a = pages_get(&snap, "/resources", others[i], 0);
        assert_non_null(strstr(a.bytes, meta));
        assert_null(strstr(a.bytes, "rel=\"nofollow\""));
        snprintf(args, sizeof(args), "%s&fragment=1", others[i]);
        a = pages_get(&snap, "/resources", args, 0);
        assert_null(strstr(a.bytes, meta));
        assert_non_null(strstr(a.bytes,
            "<li><a rel=\"nofollow\" href=\"/t/resources"));
    }
    assert_non_null(strstr(
        pages_get(&snap, "/resources", "view=table", 0).bytes, meta));
    assert_null(strstr(pages_get(&snap, "/resources/17", "", 0).bytes, meta));
}

static void
any_room__gives_the_same_bytes(void **state)
{
    (void)state;
    static char whole[1 << 20];
    struct answer a = pages_get(&snap, "/resources",
        "kind=k00&kind=k01&q=a&lang=easy", sizeof(whole));
    assert_true(a.len > 2000 && a.len < sizeof(whole));
    memcpy(whole, a.bytes, a.len);
    size_t len = a.len;
    for (size_t room = 0; room < len; room += 37) {
        a = pages_get(&snap, "/resources", "kind=k00&kind=k01&q=a&lang=easy",
            room);
        assert_int_equal(a.len, len);
        assert_memory_equal(a.bytes, whole, len);
    }
}

/*
 * Short addresses are written by blocks while there is room behind them,
 * long ones and those at the end of the room byte by byte.
 */
static void
facet_links__are_the_same_for_any_address_and_room(void **state)
{
    (void)state;
    static char args[512] = "kind=k00", whole[512 * 1024], link[1024];
    for (int i = 0; i < 5; i++) {
        struct answer a = pages_get(&snap, "/resources", args, sizeof(whole));
        assert_int_equal(a.status, 200);
        size_t len = a.len;
        memcpy(whole, a.bytes, len + 1);
        const char *p = strstr(whole, "facet facet-target");
        assert_non_null(p);
        snprintf(link, sizeof(link), "<li><a%s href=\"?%s&amp;target=h03\">"
            "h03 <b>1</b></a></li>", i == 0 ? " rel=\"nofollow\"" : "", args);
        for (char *amp = link; (amp = strstr(amp, "&k")) != NULL; amp += 5) {
            memmove(amp + 5, amp + 1, strlen(amp + 1) + 1);
            memcpy(amp, "&amp;", 5);
        }
        assert_non_null(strstr(p, link));
        for (size_t room = len - 1200; room < len + 200; room += 7) {
            a = pages_get(&snap, "/resources", args, room);
            assert_int_equal(a.len, len);
            assert_memory_equal(a.bytes, whole, len);
        }
        char more[80];
        snprintf(more, sizeof(more), "&kind=k%02d%060d", i, 0);
        strcat(args, more);
    }
}

static void
a_template_within_itself__comes_to_an_end(void **state)
{
    (void)state;
    struct sample s;
    struct snap broken;
    sample_make(&s, (struct sample_options){9, 60, 7, 0});
    assert_null(snap_open(&broken, s.data, s.size));
    /* each card becomes the list page: hits within hits */
    for (uint32_t d = 0; d < s.sides[0].docs_n; d++) {
        struct snap_ref *card = (void *)(uintptr_t)snap_card(
            &broken.collections[0], d, SNAP_LANG_JA);
        *card = snap_page(&broken, SNAP_PAGE_LIST, SNAP_LANG_JA);
    }
    struct answer a = pages_get(&broken, "/resources", "", 0);
    assert_true(a.status == 200 || a.status == 500);
    sample_release(&s);
}

/* Nothing is written, so that no length of the answer ends it. */
static void
a_template_within_itself_many_times__comes_to_an_end(void **state)
{
    (void)state;
    enum { TIMES = 2000, SECONDS = 60 };
    struct sample s;
    struct snap broken;
    sample_make(&s, (struct sample_options){9, 60, 7, 0});
    assert_null(snap_open(&broken, s.data, s.size));
    uint32_t body = SNAP_RUN_SLOT << 12 | SNAP_SLOT_BODY << 16;
    unsigned char *bytes = (void *)(uintptr_t)broken.bytes;
    assert_true(broken.bytes_n >= TIMES * sizeof(body));
    for (size_t i = 0; i < TIMES; i++) {
        memcpy(bytes + i * sizeof(body), &body, sizeof(body));
    }
    struct snap_ref *pages = (void *)(uintptr_t)broken.pages;
    for (uint32_t i = 0; i < SNAP_PAGES * SNAP_LANGS; i++) {
        pages[i] = (struct snap_ref){.length = sizeof(body) * TIMES};
    }
    alarm(SECONDS); /* its end, if there is no other */
    struct answer a = pages_get(&broken, "/about-order", "", 0);
    alarm(0);
    assert_true(a.status == 200 || a.status == 500);
    sample_release(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(route__answers_with_its_status),
        cmocka_unit_test(suggestions__are_not_in_a_public_snapshot),
        cmocka_unit_test(text__is_escaped_in_html),
        cmocka_unit_test(refusal__names_the_parameter),
        cmocka_unit_test(fragment__has_no_frame),
        cmocka_unit_test(canonical__is_the_normal_form),
        cmocka_unit_test(links__carry_the_language),
        cmocka_unit_test(links__are_whole_in_a_fragment_and_short_on_a_page),
        cmocka_unit_test(filters__are_not_for_robots),
        cmocka_unit_test(any_room__gives_the_same_bytes),
        cmocka_unit_test(facet_links__are_the_same_for_any_address_and_room),
        cmocka_unit_test(a_template_within_itself__comes_to_an_end),
        cmocka_unit_test(
            a_template_within_itself_many_times__comes_to_an_end),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
