/* test_set.c: every form of the population count gives the plain one. */
#include "ngx_tsunagari_set.h"

#include <stdlib.h>
#include <string.h>

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

/* Steps of several words, and what is left of them; nothing past the end. */
static void
both_and_less__take_every_word(void **state)
{
    enum { WORDS = 41 };
    uint64_t a[WORDS] = {0}, b[WORDS] = {0}, set[WORDS + 1];
    uint32_t random = 7;
    (void)state;
    for (size_t n = 0; n <= WORDS; n++) {
        for (size_t i = 0; i < n; i++) {
            a[i] = (uint64_t)sample_random(&random, ~0u) << 32 | i;
            b[i] = (uint64_t)sample_random(&random, ~0u) << 16 | 5;
        }
        set[n] = 77;
        ngx_tsunagari_set_both(set, a, b, n);
        for (size_t i = 0; i < n; i++) {
            assert_true(set[i] == (a[i] & b[i]));
        }
        ngx_tsunagari_set_less(set, a, b, n);
        for (size_t i = 0; i < n; i++) {
            assert_true(set[i] == (a[i] & ~b[i]));
        }
        ngx_tsunagari_set_and(set, b, n); /* in its own place */
        for (size_t i = 0; i < n; i++) {
            assert_true(set[i] == 0);
        }
        assert_true(set[n] == 77);
    }
}

/* Of lists and bitsets, also such as name documents that are none. */
static void
posting__takes_the_place_of_what_was_there(void **state)
{
    static const uint32_t list[3] = {0, 64, 70};
    static const uint64_t bits[2] = {5, ~(uint64_t)0};
    static unsigned char data[64] __attribute__((aligned(8)));
    static const struct snap_posting postings[2] = {
        {0, 3, SNAP_FORM_LIST}, {16, 8, SNAP_FORM_BITSET}};
    struct snap_collection c = {.docs_n = 70, .postings = postings,
        .postings_n = 2, .posting_data = data, .posting_bytes = 32};
    (void)state;
    memcpy(data, list, sizeof(list));
    memcpy(data + 16, bits, sizeof(bits));
    uint64_t set[3] = {9, 9, 9};
    ngx_tsunagari_set_posting(set, &c, 0);
    assert_true(set[0] == 1 && set[1] == 1 && set[2] == 9);
    ngx_tsunagari_set_posting(set, &c, 1);
    assert_true(set[0] == 5 && set[1] == 63 && set[2] == 9);
    ngx_tsunagari_set_posting(set, &c, SNAP_NONE);
    assert_true(set[0] == 0 && set[1] == 0 && set[2] == 9);
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
        cmocka_unit_test(both_and_less__take_every_word),
        cmocka_unit_test(posting__takes_the_place_of_what_was_there),
        cmocka_unit_test(all__has_no_bit_past_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
