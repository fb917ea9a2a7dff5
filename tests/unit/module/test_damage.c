/* test_damage.c: no snapshot, however broken, makes the module read wildly
 * (run it under the sanitizers) or loop. */
#include "pages.h"

#include <stdio.h>
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

/* Below /hsds/, of the public snapshot: lists, filters, and single records. */
static unsigned
try_records(const unsigned char *data, size_t size, uint32_t space)
{
    static const char *const args[] = {"", "full=true&page=2&per_page=7",
        "search=%E5%B1%B1", "minimal=true&modified_after=2026-01-01"};
    static const char *const filters[] = {"organization", "taxonomy_term",
        "taxonomy", "parent"};
    char path[96], more[96], uuid[SNAP_UUID_LEN + 1] = "";
    struct snap snap;
    unsigned answered = 0;
    void *copy = malloc(size);
    assert_non_null(copy);
    memcpy(copy, data, size);
    if (snap_open(&snap, copy, size) == NULL) {
        for (uint32_t kind = 1; kind < SNAP_RECORDS; kind++) {
            snprintf(path, sizeof(path), "/hsds/%s",
                (const char *)ngx_tsunagari_record_name[kind].data);
            for (size_t i = 0; i < 8; i++) {
                snap_uuid_write(uuid, &(struct snap_uuid){space,
                    i == 4 ? 2u : i == 6 ? 4u : 5u, 0, 3});
                snprintf(more, sizeof(more), "%s_id=%s",
                    filters[i % 4], uuid);
                answered += pages_get(&snap, path, i < 4 ? args[i] : more,
                    4096).status == 200;
            }
            snap_uuid_write(uuid, &(struct snap_uuid){space, kind, 0, 17});
            strcat(strcat(path, "/"), uuid);
            answered += pages_get(&snap, path, "", 64).status == 200;
        }
    }
    free(copy);
    return answered;
}

static void
flipped_records__do_no_harm(void **state)
{
    struct sample s;
    struct snap snap;
    uint32_t random = 7;
    (void)state;
    sample_make(&s, (struct sample_options){5, 70, 3, SNAP_AUDIENCE_PUBLIC});
    assert_null(snap_open(&snap, s.data, s.size));
    uint32_t space = snap_space(&snap);
    /* taxonomies refuse a search, and there is no organisation 17 */
    assert_int_equal(try_records(s.data, s.size, space), 5 * 9 - 3);
    size_t from = (size_t)((const unsigned char *)snap.records - s.data);
    size_t len = snap.records_n * sizeof(*snap.records);
    unsigned char *kept = malloc(len);
    assert_non_null(kept);
    memcpy(kept, s.data + from, len);
    for (uint32_t round = 0; round < 200; round++) {
        for (uint32_t i = 0; i < 32; i++) {
            s.data[from + sample_random(&random, (uint32_t)len)] =
                (unsigned char)sample_random(&random, 256);
        }
        try_records(s.data, s.size, space);
        memcpy(s.data + from, kept, len);
    }
    free(kept);
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
        cmocka_unit_test(flipped_records__do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
