/* test_arena.c: optimizer/base/arena.c and optimizer/base/err.c. */
#include <stdlib.h>
#include <string.h>

#include "tests/unit/unit.h"

#include "optimizer/base/arena.h"
#include "optimizer/base/err.h"

static void
arena__blocks_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct arena arena = {0};
    unsigned char *last = NULL;
    for (size_t size = 1; size < 200000; size = size * 3 + 1) {
        unsigned char *p = arena_alloc(&arena, size);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(p[i], 0);
        }
        memset(p, 0xAA, size);
        assert_true(last == NULL || *last == 0xAA);
        last = p;
    }
    assert_string_equal(arena_format(&arena, "%d %s", 7, "場"), "7 場");
    assert_string_equal(arena_string(&arena, NULL), "");
    arena_release(&arena);
    assert_null(arena.blocks);
}

static void
err__first_failure_wins(void **state)
{
    (void)state;
    struct err err = {0};
    assert_false(fail(&err, ERR_INPUT, "bad %s", "row"));
    assert_false(fail(&err, ERR_SYSTEM, "later"));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(err.text, "bad row");
}

static void
err__long_text_is_cut_between_characters(void **state)
{
    (void)state;
    char text[3 * 1000 + 1];
    for (size_t i = 0; i < 1000; i++) {
        memcpy(text + 3 * i, "あ", 3);
    }
    text[3000] = '\0';
    struct err err = {0};
    fail(&err, ERR_INPUT, "%s", text);
    size_t len = strlen(err.text);
    assert_true(len < sizeof(err.text));
    assert_int_equal(len % 3, 0);
    assert_true(len > 1000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena__blocks_are_zeroed_aligned_and_apart),
        cmocka_unit_test(err__first_failure_wins),
        cmocka_unit_test(err__long_text_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
