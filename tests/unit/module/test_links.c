/*
 * test_links.c: a run of links against one link after the other, whatever the
 * lengths, counts and room.  What it must neither read nor write stands in
 * blocks of memory of just that size, which valgrind and sanitizers watch.
 */
#include "ngx_tsunagari_links.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "tests/unit/unit.h"

enum { VALUES = 150, BYTES = 40000, TRIES = 3000 };

struct market {
    struct snap snap;
    struct snap_ref links[VALUES];
    uint32_t counts[VALUES];
    ngx_tsunagari_links_begin_t begin;
    ngx_tsunagari_links_t l;
};

/* One of the lengths on both sides of what is copied at once, or any. */
static uint32_t
length(uint32_t *random)
{
    static const uint32_t edges[] = {0, 1, 63, 64, 65, 128, 255, 256, 257};
    return sample_random(random, 4) == 0 ? edges[sample_random(random, 9)]
                                         : 20 + sample_random(random, 60);
}

static void
make(struct market *m, unsigned char *bytes, uint32_t *random)
{
    static const uint32_t counts[] = {9, 10, 99, 100, 999, 1000, 9999};
    memset(m, 0, sizeof(*m));
    m->snap.bytes = bytes;
    m->snap.bytes_n = BYTES;
    for (uint32_t i = 0; i < VALUES; i++) {
        m->links[i].length = length(random);
        m->links[i].offset = sample_random(random, 20) == 0
                                 ? BYTES - m->links[i].length
                                 : sample_random(random, BYTES - 300);
        m->counts[i] = sample_random(random, 3) == 0
                           ? 0
                           : 1 + sample_random(random, 12);
        if (sample_random(random, 9) == 0) {
            m->counts[i] = counts[sample_random(random, 7)];
        }
        if (sample_random(random, 400) == 0) {
            m->counts[i] = 10000 + sample_random(random, 99999);
        }
    }
    m->begin.len = length(random);
    for (size_t i = 0; i < sizeof(m->begin.text); i++) {
        m->begin.text[i] = (u_char)('a' + i % 26);
    }
    m->l = (ngx_tsunagari_links_t){.snap = &m->snap, .links = m->links,
        .counts = m->counts, .begin = &m->begin, .least = 1, .last = VALUES};
    if (sample_random(random, 2) == 0) {
        m->l.least = 1 + sample_random(random, 9);
        m->l.last = sample_random(random, VALUES);
    }
    m->l.left = sample_random(random, 4) == 0 ? sample_random(random, 20) : 200;
}

static bool
has_link(const struct market *m, uint32_t value)
{
    return m->counts[value] > m->l.least ||
           (m->counts[value] == m->l.least && value <= m->l.last);
}

/* The links of values [from, to) as text at p; how many they are. */
static unsigned
write_plain(const struct market *m, uint32_t from, uint32_t to, char **p)
{
    unsigned n = 0;
    for (uint32_t i = from; i < to; i++) {
        if (has_link(m, i)) {
            *p += sprintf(*p, "%.*s%.*s%u" NGX_TSUNAGARI_LINKS_END,
                (int)m->begin.len, m->begin.text, (int)m->links[i].length,
                (const char *)m->snap.bytes + m->links[i].offset,
                m->counts[i]);
            n++;
        }
    }
    return n;
}

static void
check(struct market *m, uint32_t *random)
{
    static char wanted[VALUES * 700];
    size_t size = sample_random(random, 3) == 0 ? sample_random(random, 9000)
                                                : sizeof(wanted);
    size_t before = sample_random(random, 5) == 0 ? sample_random(random, 900)
                                                  : 0;
    ngx_tsunagari_out_t out = {malloc(size > 0 ? size : 1), size, before};
    uint32_t from = sample_random(random, 9), end = VALUES;
    ngx_uint_t left = m->l.left;
    assert_non_null(out.start);
    uint32_t stop = ngx_tsunagari_links(&m->l, &out, from, end);

    /* what it has written, it has written as one by one */
    char *p = wanted;
    unsigned n = write_plain(m, from, stop, &p);
    assert_int_equal(left - m->l.left, n);
    assert_int_equal(out.len - before, p - wanted);
    if (n > 0) {
        assert_true(out.len <= size);
        assert_memory_equal(out.start + before, wanted, (size_t)(p - wanted));
    }

    /* and it has ended for a reason */
    assert_true(stop <= end);
    if (stop < end) {
        uint32_t len = m->links[stop].length;
        assert_true(has_link(m, stop));
        assert_true(m->l.left == 0 || m->counts[stop] >= 10000 ||
                    m->begin.len == 0 ||
                    m->begin.len > NGX_TSUNAGARI_LINKS_BEGIN || len > 256 ||
                    m->links[stop].offset + 256 >= BYTES ||
                    size < out.len + m->begin.len + 6 * 64);
    }
    free(out.start);
}

static void
links__are_as_one_by_one(void **state)
{
    (void)state;
    uint32_t random = 5;
    unsigned char *bytes = malloc(BYTES);
    struct market *m = malloc(sizeof(*m));
    assert_non_null(bytes);
    assert_non_null(m);
    for (uint32_t i = 0; i < BYTES; i++) {
        bytes[i] = (unsigned char)('A' + sample_random(&random, 26));
    }
    for (int i = 0; i < TRIES; i++) {
        make(m, bytes, &random);
        check(m, &random);
    }
    free(m);
    free(bytes);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links__are_as_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
