/* test_snapshot_crc.c: schema/snapshot_crc.c. */
#include <stdlib.h>

#include "tests/unit/unit.h"

#include "schema/snapshot.h"

static void
snap_crc32__is_the_known_one_at_any_length_and_split(void **state)
{
    (void)state;
    assert_int_equal(snap_crc32(0, "123456789", 9), 0xCBF43926);
    enum { N = 100003 };
    unsigned char *data = malloc(N);
    uint32_t x = 1;
    for (size_t i = 0; i < N; i++) {
        x = x * 1664525 + 1013904223;
        data[i] = (unsigned char)(x >> 24);
    }
    uint32_t bytewise = 0;
    for (size_t i = 0; i < N; i++) {
        bytewise = snap_crc32(bytewise, data + i, 1);
    }
    assert_int_equal(snap_crc32(0, data, N), bytewise);
    assert_int_equal(
        snap_crc32(snap_crc32(0, data, 20001), data + 20001, N - 20001),
        bytewise);
    free(data);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(snap_crc32__is_the_known_one_at_any_length_and_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
