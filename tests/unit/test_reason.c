/* test_reason.c: optimizer/market/reason.c. */
#include <string.h>

#include "tests/unit/unit.h"

#include "optimizer/market/reason.h"

static void
reason__good_terms_first_then_what_to_mind(void **state)
{
    (void)state;
    struct score score = {.distance_m = 2100};
    char out[REASON_SIZE];
    score.term[TERM_WORTH] = 1000000;
    score.term[TERM_KIND] = 50000;
    score.term[TERM_TARGET] = 150000;
    score.term[TERM_WISH] = 120000;
    score.term[TERM_DISTANCE] = -21000;
    score.term[TERM_COST] = -5;
    score.term[TERM_OUTSIDE] = -50000;
    reason_line(&score, LANG_JA, out);
    assert_string_equal(out, "希望する相手・近い（2.1km）・対象が合う・"
                             "種類が合う・対応地域の外・費用がかかる");
    reason_line(&score, LANG_EASY, out);
    assert_string_equal(out, "いっしょに したい あいて・ちかい（2.1km）・"
                             "だれの ためかが あう・しゅるいが あう・"
                             "たいおうする まちの そと・おかねが かかる");
    reason_line(&score, LANG_EN, out);
    assert_string_equal(out, "a wished partner, near (2.1 km), for the same "
                             "people, kind matches, outside the stated "
                             "regions, costs money");
}

static void
reason__distance_is_said_as_it_is(void **state)
{
    (void)state;
    struct score score = {.distance_m = -1};
    char out[REASON_SIZE];
    score.term[TERM_TAG] = 1;
    reason_line(&score, LANG_JA, out);
    assert_string_equal(out, "タグが合う");
    score.distance_m = 0;
    reason_line(&score, LANG_JA, out);
    assert_string_equal(out, "同じ地域・タグが合う");
    score.distance_m = 21000;
    reason_line(&score, LANG_JA, out);
    assert_string_equal(out, "距離21.0km・タグが合う");
}

static void
reason__longest_line_fits(void **state)
{
    (void)state;
    struct score score = {.distance_m = INT32_MAX};
    for (int t = 0; t < TERM_COUNT; t++) {
        score.term[t] = 1;
    }
    score.term[TERM_OUTSIDE] = score.term[TERM_FRESHNESS] = -1;
    score.term[TERM_COST] = score.term[TERM_ONLINE] = -1;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        char out[REASON_SIZE];
        reason_line(&score, (enum option_lang)lang, out);
        assert_true(strlen(out) < REASON_SIZE - 60);
        for (int t = 0; t < TERM_COUNT; t++) {
            assert_non_null(reason_term_label(t, (enum option_lang)lang));
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reason__good_terms_first_then_what_to_mind),
        cmocka_unit_test(reason__distance_is_said_as_it_is),
        cmocka_unit_test(reason__longest_line_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
