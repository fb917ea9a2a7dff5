/* test_snapshot_record.c: identifiers of records, there and back. */
#include <string.h>

#include "schema/snapshot.h"
#include "unit.h"

static void
snap_uuid__reads_what_it_writes(void **state)
{
    static const uint32_t values[] = {0, 1, 17, 0x7fffffff, 0xffffffff};
    char text[SNAP_UUID_LEN];
    (void)state;
    for (uint32_t i = 0; i < 5 * 5 * 4; i++) {
        struct snap_uuid uuid = {values[i % 5], 1 + i % 14, i % 4096,
            values[i / 5 % 5]}, back;
        snap_uuid_write(text, &uuid);
        assert_true(snap_uuid_read(&back, text, sizeof(text)));
        assert_memory_equal(&back, &uuid, sizeof(uuid));
    }
    struct snap_uuid known = {0xdeadbeef, 2, 3, 0x1a};
    snap_uuid_write(text, &known);
    assert_memory_equal(text, "deadbeef-0002-8003-8000-00000000001a", 36);
}

static void
snap_uuid__refuses_what_is_none_of_ours(void **state)
{
    static const char good[] = "deadbeef-0002-8003-8000-00000000001a";
    struct snap_uuid uuid;
    char text[40];
    (void)state;
    assert_true(snap_uuid_read(&uuid, good, 36));
    assert_true(
        snap_uuid_read(&uuid, "DEADBEEF-0002-8003-8000-00000000001A", 36));
    for (size_t len = 0; len < 36; len++) {
        assert_false(snap_uuid_read(&uuid, good, len));
    }
    for (size_t i = 0; i < 36; i++) {
        strcpy(text, good);
        text[i] = 'g';
        assert_false(snap_uuid_read(&uuid, text, 36));
    }
    assert_false(
        snap_uuid_read(&uuid, "deadbeef-0002-4003-8000-00000000001a", 36));
    assert_false(
        snap_uuid_read(&uuid, "deadbeef-0002-8003-9000-00000000001a", 36));
}

static void
snap_term_id__tells_facets_apart(void **state)
{
    (void)state;
    assert_int_not_equal(
        snap_term_id(1, "venue", 5), snap_term_id(2, "venue", 5));
    assert_int_not_equal(
        snap_term_id(1, "venue", 5), snap_term_id(1, "venues", 6));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(snap_uuid__reads_what_it_writes),
        cmocka_unit_test(snap_uuid__refuses_what_is_none_of_ours),
        cmocka_unit_test(snap_term_id__tells_facets_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
