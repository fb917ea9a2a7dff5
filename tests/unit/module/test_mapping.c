/* test_mapping.c: mappings are taken up and given back a piece at a time. */
#include "ngx_tsunagari_mapping.h"
#include "ngx_tsunagari_guard.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/unit/unit.h"

#define PIECE ((size_t)64 * 1024)
#define SIZE (100 * PIECE + 4096) /* many steps of either */

static int
open_file(void)
{
    char name[] = "/tmp/tsunagari-mapping-XXXXXX";
    int fd = mkstemp(name);
    static const char page[4096];
    assert_true(fd >= 0);
    unlink(name);
    for (size_t i = 0; i < SIZE; i += sizeof(page)) {
        /* at once, it might be kept and mapped in pieces of megabytes */
        assert_int_equal(write(fd, page, sizeof(page)), sizeof(page));
    }
    assert_int_equal(ngx_tsunagari_guard_init(), NGX_OK);
    return fd;
}

static ngx_tsunagari_mapping_t
map_file(int fd)
{
    void *map = mmap(NULL, SIZE, PROT_READ, MAP_SHARED, fd, 0);
    assert_true(map != MAP_FAILED);
    return (ngx_tsunagari_mapping_t){map, SIZE};
}

/* Whether the page table has the page: bit 63 of its entry in pagemap. */
static int
resident(const unsigned char *page)
{
    uint64_t entry = 0;
    int fd = open("/proc/self/pagemap", O_RDONLY);
    assert_true(fd >= 0);
    off_t at = (off_t)((uintptr_t)page / (size_t)getpagesize() * 8);
    assert_int_equal(pread(fd, &entry, 8, at), 8);
    close(fd);
    return (int)(entry >> 63);
}

static int
mapped(unsigned char *page)
{
    unsigned char in_memory;
    return mincore(page, 1, &in_memory) == 0;
}

static void
warm__touches_every_piece_and_none_outside(void **state)
{
    (void)state;
    int fd = open_file();
    ngx_tsunagari_mapping_t m = map_file(fd);
    size_t from = 10 * PIECE + 5000, end = 60 * PIECE - 5000, at = from;
    while (at < end) {
        size_t before = at;
        assert_int_equal(ngx_tsunagari_mapping_warm(&m, &at, end), NGX_OK);
        assert_true(at > before && at <= end && at - before <= PIECE);
    }
    assert_true(resident(m.start + from));
    for (size_t i = 11; i < 60; i++) {
        /* however the kernel aligns: a byte of it was touched */
        assert_true(resident(m.start + i * PIECE -
                             (uintptr_t)(m.start + i * PIECE) % PIECE));
    }
    for (size_t i = 0; i < SIZE; i += 4096) {
        if (i + PIECE < from || i > end + PIECE) {
            assert_false(resident(m.start + i));
        }
    }
    assert_int_equal(ngx_tsunagari_mapping_unmap(&m), NGX_OK);
    close(fd);
}

static void
warm__a_file_cut_short_is_an_error(void **state)
{
    (void)state;
    int fd = open_file();
    ngx_tsunagari_mapping_t m = map_file(fd);
    size_t at = 0;
    assert_int_equal(ngx_tsunagari_mapping_warm(&m, &at, SIZE), NGX_OK);
    assert_int_equal(ftruncate(fd, (off_t)at), 0);
    assert_int_equal(ngx_tsunagari_mapping_warm(&m, &at, SIZE), NGX_ERROR);
    assert_int_equal(ngx_tsunagari_mapping_unmap(&m), NGX_OK);
    assert_null(m.start);
    close(fd);
}

static void
shrink__gives_back_from_the_front_until_nothing_is_left(void **state)
{
    (void)state;
    int fd = open_file();
    ngx_tsunagari_leaving_t leaving = {0};
    ngx_tsunagari_mapping_t one = map_file(fd), two = map_file(fd);
    unsigned char *first = one.start, *second = two.start;
    assert_int_equal(ngx_tsunagari_mapping_leave(&leaving, &one), NGX_OK);
    assert_int_equal(ngx_tsunagari_mapping_leave(&leaving, &two), NGX_OK);
    assert_true(one.start == NULL && two.start == NULL);
    for (size_t at = 0; leaving.n == 2; at += PIECE) {
        assert_true(at < SIZE && mapped(first + at));
        assert_int_equal(ngx_tsunagari_mapping_shrink(&leaving), NGX_OK);
        assert_false(mapped(first + at));
    }
    assert_false(mapped(first + SIZE - 1 - (SIZE - 1) % 4096));
    assert_true(mapped(second));
    while (leaving.n > 0) {
        assert_int_equal(ngx_tsunagari_mapping_shrink(&leaving), NGX_OK);
    }
    for (size_t i = 0; i < SIZE; i += 4096) {
        assert_false(mapped(second + i));
    }
    close(fd);
}

static void
leave__too_many_and_the_first_is_gone_at_once(void **state)
{
    (void)state;
    int fd = open_file();
    ngx_tsunagari_leaving_t leaving = {0};
    unsigned char *start[NGX_TSUNAGARI_LEAVING + 1];
    for (unsigned i = 0; i <= NGX_TSUNAGARI_LEAVING; i++) {
        ngx_tsunagari_mapping_t m = map_file(fd);
        start[i] = m.start;
        assert_int_equal(ngx_tsunagari_mapping_leave(&leaving, &m), NGX_OK);
    }
    assert_int_equal(leaving.n, NGX_TSUNAGARI_LEAVING);
    for (size_t at = 0; at < SIZE; at += 4096) {
        assert_false(mapped(start[0] + at));
    }
    for (unsigned i = 1; i <= NGX_TSUNAGARI_LEAVING; i++) {
        assert_ptr_equal(leaving.mapping[i - 1].start, start[i]);
        assert_true(mapped(start[i]));
    }
    while (leaving.n > 0) {
        assert_int_equal(ngx_tsunagari_mapping_shrink(&leaving), NGX_OK);
    }
    close(fd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(warm__touches_every_piece_and_none_outside),
        cmocka_unit_test(warm__a_file_cut_short_is_an_error),
        cmocka_unit_test(
            shrink__gives_back_from_the_front_until_nothing_is_left),
        cmocka_unit_test(leave__too_many_and_the_first_is_gone_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
