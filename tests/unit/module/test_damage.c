/* test_damage.c: no snapshot, however broken, makes the module read wildly
 * (run it under the sanitizers) or loop. */
#include "pages.h"

#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "tests/unit/unit.h"

static const struct {
    const char *path, *args;
} requests[] = {
    {"/", ""},
    {"/resources", "region=141030&q=%E5%B1%B1"},
    {"/resources", "region=141100&kind=k01&tag=t01&sort=new&lang=en"},
    {"/resources.json", "q=%E3%82%A2%E3%82%AB%E3%82%B5%E5%B1%B1"},
    {"/resources.json", "region=141030&reach=online&page=2"},
    {"/resources", "region=141100&sort=near"},
    {"/needs", "sort=cost&lang=easy&free=1"},
    {"/resources/17", ""},
    {"/resources/17.json", ""},
    {"/needs/17", ""},
    {"/suggestions", "need=17"},
    {"/suggestions", ""},
    {"/suggestions.json", "need=24"},
    {"/regions.json", ""},
    {"/about-order", "lang=en"},
    {"/status.json", ""},
    {"/tsunagari.css", ""},
    {"/nothing", ""},
};

/* The bytes end where the file ends, so that the sanitizer sees a step. */
static unsigned
try_bytes(const unsigned char *data, size_t size)
{
    struct snap snap;
    unsigned answered = 0;
    void *copy = malloc(size > 0 ? size : 1);
    assert_non_null(copy);
    memcpy(copy, data, size);
    if (snap_open(&snap, copy, size) == NULL) {
        for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
            struct answer a = pages_get(&snap, requests[i].path,
                requests[i].args, 4096);
            answered += a.status == 200;
        }
    }
    free(copy);
    return answered;
}

static void
make(struct sample *s)
{
    sample_make(s,
        (struct sample_options){5, 70, 3, SNAP_AUDIENCE_MEMBERS});
}

static void
whole_file__answers_every_request(void **state)
{
    struct sample s;
    (void)state;
    make(&s);
    assert_int_equal(try_bytes(s.data, s.size),
        sizeof(requests) / sizeof(requests[0]) - 1);
    sample_release(&s);
    pages_release();
}

static void
truncated_file__is_refused_at_every_length(void **state)
{
    struct sample s;
    struct snap snap;
    (void)state;
    make(&s);
    for (size_t size = 0; size < s.size; size++) {
        assert_non_null(snap_open(&snap, s.data, size));
    }
    sample_release(&s);
}

static void
flipped_header_and_table__do_no_harm(void **state)
{
    static const unsigned char masks[] = {0x01, 0x80, 0xff};
    struct sample s;
    (void)state;
    make(&s);
    const struct snap_header *h = (const void *)s.data;
    size_t end = sizeof(*h) + h->sections * sizeof(struct snap_section);
    for (size_t i = 0; i < end; i++) {
        for (size_t k = 0; k < sizeof(masks); k++) {
            s.data[i] ^= masks[k];
            try_bytes(s.data, s.size);
            s.data[i] ^= masks[k];
        }
    }
    sample_release(&s);
    pages_release();
}

static void
flipped_data__does_no_harm(void **state)
{
    struct sample s;
    uint32_t random = 99;
    unsigned answered = 0;
    (void)state;
    make(&s);
    unsigned char *copy = malloc(s.size);
    assert_non_null(copy);
    for (uint32_t round = 0; round < 1500; round++) {
        memcpy(copy, s.data, s.size);
        uint32_t flips = 1 + sample_random(&random, 64);
        for (uint32_t i = 0; i < flips; i++) {
            /* bursts, so that whole numbers go wrong */
            uint32_t at = 64 + sample_random(&random,
                                   (uint32_t)s.size - 64 - 8);
            uint32_t n = 1 + sample_random(&random, 8);
            for (uint32_t k = 0; k < n; k++) {
                copy[at + k] = sample_random(&random, 3) == 0
                                   ? 0xff
                                   : (unsigned char)sample_random(&random,
                                         256);
            }
        }
        answered += try_bytes(copy, s.size);
    }
    assert_true(answered > 1000); /* damage beyond the header is served */
    free(copy);
    sample_release(&s);
    pages_release();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_file__answers_every_request),
        cmocka_unit_test(truncated_file__is_refused_at_every_length),
        cmocka_unit_test(flipped_header_and_table__do_no_harm),
        cmocka_unit_test(flipped_data__does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
