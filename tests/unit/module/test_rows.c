/* test_rows.c: sums over rows, in every form, against counting one by one. */
#include "ngx_tsunagari_rows.h"

#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "tests/unit/unit.h"

enum { DOCS = 3001 };

/* Rows of random bits; the last columns are set in every document. */
static void
make_rows(uint64_t *rows, uint32_t words, uint32_t columns, uint32_t *state)
{
    memset(rows, 0, (size_t)DOCS * words * sizeof(*rows));
    for (uint32_t d = 0; d < DOCS; d++) {
        for (uint32_t k = 0; k < columns; k++) {
            if (k + 2 >= columns || sample_random(state, 3) == 0) {
                rows[d * words + k / 64] |= (uint64_t)1 << k % 64;
            }
        }
    }
}

static void
check(const struct snap_collection *c, uint32_t percent, uint32_t *state)
{
    uint64_t set[(DOCS + 63) / 64] = {0};
    uint32_t sums[SNAP_COLUMNS_MAX], wanted[SNAP_COLUMNS_MAX] = {0};
    for (uint32_t d = 0; d < DOCS; d++) {
        if (sample_random(state, 100) >= percent) {
            continue;
        }
        set[d / 64] |= (uint64_t)1 << d % 64;
        for (uint32_t k = 0; k < c->row_words * 64; k++) {
            wanted[k] += c->rows[d * c->row_words + k / 64] >> k % 64 & 1;
        }
    }
    ngx_tsunagari_rows(c, set, sums);
    assert_memory_equal(sums, wanted, sizeof(sums));
}

static void
rows__sum_up_the_same_in_every_form(void **state)
{
    static const uint32_t columns[] = {0, 1, 63, 64, 236, 256, 257, 512};
    static const uint32_t percents[] = {0, 1, 9, 50, 100};
    (void)state;
    uint32_t random = 11;
    uint64_t *rows = malloc((size_t)DOCS * SNAP_COLUMNS_MAX / 8);
    assert_non_null(rows);
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
        struct snap_collection c = {.docs_n = DOCS, .rows = rows,
            .columns_n = columns[i], .row_words = snap_row_words(columns[i])};
        make_rows(rows, c.row_words, columns[i], &random);
        for (ngx_uint_t form = 0; form < NGX_TSUNAGARI_SET_FORMS; form++) {
            ngx_tsunagari_rows_use(form);
            for (size_t k = 0; k < sizeof(percents) / sizeof(percents[0]);
                 k++) {
                check(&c, percents[k], &random);
            }
        }
    }
    free(rows);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows__sum_up_the_same_in_every_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
