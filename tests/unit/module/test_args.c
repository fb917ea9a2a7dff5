/* test_args.c: whatever stands behind the question mark is answered with 200,
 * 400 or 404, in valid UTF-8 and without a raw piece of it in the page. */
#include "pages.h"

#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "schema/fold.h"
#include "tests/unit/unit.h"

static const char *const pieces[] = {"q=", "region=", "kind=", "target=",
    "tag=", "theme=", "sector=", "free=1", "reach=online", "page=", "sort=",
    "lang=", "need=", "fragment=1", "&", "&", "&", "=", "%", "%E3", "%81",
    "%82", "%3C", "%22", "%00", "%ff", "+", "<i>", "\"", "'", "\xe3", "\x81",
    "141030", "14103", "141100", "999999", "k00", "t03", "new", "cost", "en",
    "easy", "1", "2", "500", "17", "%E3%82%A2", "%E5%B1%B1", "%EF%B7%BA",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
static const char *const paths[] = {"/resources", "/resources.json", "/",
    "/needs", "/needs.json", "/resources/17", "/suggestions",
    "/suggestions.json", "/x"};

static void
any_arguments__are_answered(void **state)
{
    enum { ROUNDS = 20000 };
    struct sample s;
    struct snap snap;
    uint32_t random = 4711, statuses[3] = {0};
    (void)state;
    const char *percent = getenv("TEST_ROUNDS");
    uint32_t rounds = ROUNDS / 100 * (percent ? (uint32_t)atoi(percent) : 100);
    sample_make(&s, (struct sample_options){8, 90, 2, SNAP_AUDIENCE_MEMBERS});
    assert_null(snap_open(&snap, s.data, s.size));
    for (uint32_t i = 0; i < rounds; i++) {
        char args[2048] = "";
        uint32_t n = sample_random(&random, 24);
        for (uint32_t k = 0; k < n; k++) {
            strcat(args, pieces[sample_random(&random,
                             sizeof(pieces) / sizeof(pieces[0]))]);
        }
        struct answer a = pages_get(&snap,
            paths[sample_random(&random, sizeof(paths) / sizeof(paths[0]))],
            args, sample_random(&random, 3) * 4096);
        assert_true(a.status == 200 || a.status == 400 || a.status == 404);
        statuses[a.status == 200 ? 0 : a.status == 400 ? 1 : 2]++;
        assert_int_equal(fold_utf8_valid(a.bytes, a.len), a.len);
        assert_null(strstr(a.bytes, "<i>"));
    }
    for (size_t i = 0; i < 3; i++) {
        assert_true(statuses[i] * 20 > rounds); /* each is met often */
    }
    sample_release(&s);
    pages_release();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_arguments__are_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
