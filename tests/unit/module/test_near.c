/* test_near.c: ngx_module/ngx_tsunagari_near.c against measuring them all. */
#include "ngx_tsunagari_count.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "schema/distance.h"
#include "tests/unit/unit.h"

enum { DOCS = 12000, REGIONS = 40, WORDS = (DOCS + 63) / 64 };

static struct snap_doc docs[DOCS];
static struct snap_region regions[REGIONS];
static const struct snap snap = {.regions = regions, .regions_n = REGIONS};
static const struct snap_collection collection = {
    .docs = docs, .docs_n = DOCS};

static uint64_t hits[WORDS], heap[NGX_TSUNAGARI_HEAP], keys[DOCS];
static uint32_t ring_docs[NGX_TSUNAGARI_RINGS];
static uint16_t rings[DOCS];
static ngx_tsunagari_sets_t sets = {.words = WORDS, .docs = DOCS,
    .hits = hits, .heap = heap, .ring_docs = ring_docs, .rings = rings};

static uint32_t
random_below(uint32_t below)
{
    static uint64_t state = 20261121;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % below;
}

/* Places by fours: a town, the prefecture, Japan, the world. */
static int32_t
some(uint32_t kind, int32_t middle, int32_t most)
{
    static const int32_t wide[] = {20000, 400000, 9000000, 0};
    int32_t room = wide[kind % 4] > 0 ? wide[kind % 4] : most;
    int32_t from = wide[kind % 4] > 0 ? middle - room : -most;
    return from + (int32_t)random_below(2 * (uint32_t)room + 1);
}

static void
place(uint32_t kinds)
{
    for (uint32_t d = 0; d < DOCS; d++) {
        uint32_t kind = random_below(kinds);
        docs[d].lat_e6 = some(kind, 35450000, 90000000);
        docs[d].lon_e6 = some(kind, 139500000, 180000000);
        if (random_below(10) == 0) { /* where others are */
            docs[d].lat_e6 = docs[d / 2].lat_e6;
            docs[d].lon_e6 = docs[d / 2].lon_e6;
        } else if (random_below(20) == 0) {
            docs[d].lat_e6 = docs[d].lon_e6 = 0; /* nowhere */
        } else if (random_below(200) == 0) {
            docs[d].lat_e6 = INT32_MIN; /* a damaged file */
        }
    }
    for (uint32_t r = 0; r < REGIONS; r++) {
        uint32_t kind = random_below(kinds);
        regions[r].lat_e6 = some(kind, 35450000, 90000000);
        regions[r].lon_e6 = some(kind, 139500000, 180000000);
    }
    regions[0].lat_e6 = regions[0].lon_e6 = 0;
}

static int
compare_keys(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* All hits in order; false: no region has a place. */
static bool
measure(const ngx_tsunagari_chosen_t *chosen)
{
    uint32_t n = 0, known = 0;
    for (uint32_t d = 0; d < DOCS; d++) {
        if ((hits[d / 64] >> d % 64 & 1) == 0) {
            continue;
        }
        uint32_t least = SNAP_NONE;
        bool nowhere = docs[d].lat_e6 == INT32_MIN ||
                       (docs[d].lat_e6 == 0 && docs[d].lon_e6 == 0);
        for (ngx_uint_t i = 0; i < chosen->n; i++) {
            uint32_t r = chosen->value[i];
            if (r >= REGIONS || r == 0) {
                continue;
            }
            known++;
            uint32_t metres =
                nowhere ? SNAP_NONE
                        : (uint32_t)distance_m(regions[r].lat_e6,
                              regions[r].lon_e6, docs[d].lat_e6,
                              docs[d].lon_e6);
            least = metres < least ? metres : least;
        }
        keys[n++] = (uint64_t)least << 32 | d;
    }
    qsort(keys, n, sizeof(keys[0]), compare_keys);
    return known > 0;
}

static uint32_t
choose_hits(uint32_t percent)
{
    uint32_t total = 0;
    memset(hits, 0, sizeof(hits));
    for (uint32_t d = 0; d < DOCS; d++) {
        if (random_below(100) < percent) {
            hits[d / 64] |= (uint64_t)1 << d % 64;
            total++;
        }
    }
    return total;
}

static void
near__is_the_order_of_all_distances(void **state)
{
    (void)state;
    uint32_t declined = 0, late = 0;
    for (uint32_t round = 0; round < 240; round++) {
        static const uint32_t percents[] = {100, 80, 20, 10, 1};
        if (round % 5 == 0) {
            place(1 + round / 5 % 4);
        }
        ngx_tsunagari_result_t r = {.size = round % 3 ? 20 : 100};
        r.total = choose_hits(percents[round % 5]);
        ngx_tsunagari_chosen_t *chosen = &r.chosen[SNAP_FACET_REGION];
        chosen->n = 1 + random_below(NGX_TSUNAGARI_VALUES);
        chosen->n = round % 2 ? chosen->n : 1;
        for (ngx_uint_t i = 0; i < chosen->n; i++) {
            chosen->value[i] =
                random_below(30) ? random_below(REGIONS) : SNAP_NONE;
        }
        bool known = measure(chosen);
        for (uint32_t k = 0; k < 12; k++) {
            uint32_t last = (NGX_TSUNAGARI_DEPTH - 1) / (uint32_t)r.size;
            uint32_t skip = (uint32_t)r.size *
                            (k == 0 ? 0 : k == 1 ? last
                                                 : random_below(last + 1));
            if (skip >= r.total) {
                skip = (r.total - 1) / (uint32_t)r.size * (uint32_t)r.size;
            }
            r.docs_n = 0;
            ngx_int_t rc =
                ngx_tsunagari_near(&snap, &collection, &sets, skip, &r);
            assert_int_equal(rc, known ? NGX_OK : NGX_DECLINED);
            if (!known) {
                declined++;
                continue;
            }
            uint32_t n = r.total - skip;
            n = n < r.size ? n : (uint32_t)r.size;
            assert_int_equal(r.docs_n, n);
            for (uint32_t i = 0; i < n; i++) {
                assert_int_equal(r.docs[i], (uint32_t)keys[skip + i]);
            }
            late += keys[skip] >> 32 == SNAP_NONE;
        }
    }
    assert_true(declined > 0 && late > 10); /* neither went untested */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near__is_the_order_of_all_distances),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
