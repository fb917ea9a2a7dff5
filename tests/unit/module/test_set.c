/* test_set.c: every form of the population count gives the plain one. */
#include "ngx_tsunagari_set.h"

#include <stdlib.h>

#include "sample.h"
#include "tests/unit/unit.h"

static void
count__is_the_same_in_every_form(void **state)
{
    enum { WORDS = 133 };
    uint64_t a[WORDS], b[WORDS];
    uint32_t random = 5;
    (void)state;
    for (uint32_t round = 0; round < 200; round++) {
        size_t n = sample_random(&random, WORDS + 1);
        uint32_t bits_a = 0, bits_both = 0;
        for (size_t i = 0; i < n; i++) {
            a[i] = (uint64_t)sample_random(&random, ~0u) << 32 |
                   sample_random(&random, ~0u);
            b[i] = round % 4 == 0 ? ~(uint64_t)0
                                  : a[i] ^ sample_random(&random, ~0u);
            for (unsigned k = 0; k < 64; k++) {
                bits_a += a[i] >> k & 1;
                bits_both += (a[i] & b[i]) >> k & 1;
            }
        }
        assert_int_equal(ngx_tsunagari_set_count(a, n), bits_a);
        assert_int_equal(ngx_tsunagari_set_count_and(a, b, n), bits_both);
        for (unsigned form = 0; form < NGX_TSUNAGARI_SET_FORMS; form++) {
            if (ngx_tsunagari_set_use(form) == NGX_OK) {
                assert_int_equal(ngx_tsunagari_set_count(a, n), bits_a);
                assert_int_equal(ngx_tsunagari_set_count_and(a, b, n),
                    bits_both);
            }
        }
    }
}

static void
all__has_no_bit_past_the_end(void **state)
{
    (void)state;
    for (uint32_t docs = 0; docs < 200; docs++) {
        uint64_t set[4] = {0};
        ngx_tsunagari_set_all(set, docs);
        assert_int_equal(
            ngx_tsunagari_set_count(set, ngx_tsunagari_set_words(docs)),
            docs);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(count__is_the_same_in_every_form),
        cmocka_unit_test(all__has_no_bit_past_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
