/*
 * test_dense.c: the kernels of a sparse factor, against plain loops, and with
 * wide vectors against without: bit by bit.
 */
#include <math.h>
#include <string.h>

#include "tests/unit/unit.h"

/* Its own copy of the kernels, to reach both kinds of them. */
#define dense_factor own_dense_factor
#define dense_pack own_dense_pack
#define dense_square own_dense_square
#define dense_forward own_dense_forward
#define dense_backward own_dense_backward
#include "optimizer/solve/dense.c"

#include "tests/unit/random_instance.h"

enum { MOST = 90, WORK = (MOST + STRIP) * (MOST + STRIP) };

static const double no_least[MOST];

/* Columns of a symmetric matrix that its diagonal dominates. */
static void
fill(double *block, int rows, int cols, struct random *r)
{
    for (int c = 0; c < cols; c++) {
        for (int k = 0; k < rows; k++) {
            block[c * rows + k] = random_in(r, -1000, 1000) / 999.0;
        }
        block[c * rows + c] = 1.5 * MOST;
    }
}

static void
factor_plainly(double *block, int rows, int cols)
{
    for (int c = 0; c < cols; c++) {
        for (int k = c; k < rows; k++) {
            double sum = block[c * rows + k];
            for (int b = 0; b < c; b++) {
                sum -= block[b * rows + k] * block[b * rows + c];
            }
            block[c * rows + k] =
                k == c ? sqrt(sum) : sum / block[c * rows + c];
        }
    }
}

static void
factor__is_what_plain_loops_find(void **state)
{
    (void)state;
    static double block[MOST * MOST], plain[MOST * MOST], work[WORK];
    struct random r = {1};
    for (int rows = 1; rows <= MOST; rows += 1 + rows / 6) {
        for (int cols = 1; cols <= rows; cols += 1 + cols / 5) {
            fill(block, rows, cols, &r);
            memcpy(plain, block, sizeof(block));
            own_dense_factor(block, rows, cols, no_least, work);
            factor_plainly(plain, rows, cols);
            for (int c = 0; c < cols; c++) {
                for (int k = c; k < rows; k++) {
                    assert_true(fabs(block[c * rows + k] -
                                    plain[c * rows + k]) < 1e-12);
                }
            }
        }
    }
}

static void
square__has_each_row_by_each(void **state)
{
    (void)state;
    static double block[MOST * MOST], product[WORK], work[WORK];
    struct random r = {2};
    for (int rows = 2; rows <= MOST; rows += 1 + rows / 6) {
        for (int cols = 1; cols < rows; cols += 1 + cols / 5) {
            int under = rows - cols, apart = dense_padded(under);
            fill(block, rows, cols, &r);
            own_dense_pack(block, rows, cols, work);
            for (int begin = 0; begin < under; begin += 2 * STRIP) {
                int end = under < begin + 2 * STRIP ? under
                                                    : begin + 2 * STRIP;
                own_dense_square(work, rows, cols, begin, end, product);
                for (int c = begin; c < end; c++) {
                    for (int k = c; k < under; k++) {
                        double sum = product[(c - begin) * apart + k];
                        for (int b = 0; b < cols; b++) {
                            sum -= block[b * rows + cols + k] *
                                block[b * rows + cols + c];
                        }
                        assert_true(fabs(sum) < 1e-12);
                    }
                }
            }
        }
    }
}

static void
forward_and_backward__undo_the_factor(void **state)
{
    (void)state;
    static double block[MOST * MOST], work[WORK];
    struct random r = {3};
    for (int n = 1; n <= MOST; n += 1 + n / 8) {
        double x[MOST], right[MOST] = {0}, full[MOST * MOST];
        fill(block, n, n, &r);
        for (int c = 0; c < n; c++) {
            x[c] = random_in(&r, -100, 100);
            for (int k = 0; k < n; k++) {
                full[c * n + k] =
                    k >= c ? block[c * n + k] : block[k * n + c];
            }
        }
        for (int c = 0; c < n; c++) {
            for (int k = 0; k < n; k++) {
                right[k] += full[c * n + k] * x[c];
            }
        }
        own_dense_factor(block, n, n, no_least, work);
        own_dense_forward(block, n, n, right);
        own_dense_backward(block, n, n, right);
        for (int c = 0; c < n; c++) {
            assert_true(fabs(right[c] - x[c]) < 1e-9);
        }
    }
}

static void
factor__takes_a_pivot_of_nothing_as_endless(void **state)
{
    (void)state;
    /* the second row is the first, the third stands alone */
    double block[] = {4, 4, 0, 0, 4, 0, 0, 0, 9}, work[STRIP * 3];
    double least[] = {1e-9, 1e-9, 1e-9}, right[] = {8, 8, 18};
    own_dense_factor(block, 3, 3, least, work);
    own_dense_forward(block, 3, 3, right);
    own_dense_backward(block, 3, 3, right);
    assert_true(fabs(right[0] - 2) < 1e-9);
    assert_true(fabs(right[1]) < 1e-9);
    assert_true(fabs(right[2] - 2) < 1e-9);
}

static void
kernels__do_the_same_without_wide_vectors(void **state)
{
    (void)state;
    static double block[2][MOST * MOST], work[2][WORK], product[2][WORK];
    struct random r = {4};
    if (!has_avx2()) {
        skip();
    }
    for (int rows = 1; rows <= MOST; rows += 1 + rows / 6) {
        int cols = 1 + rows / 2, end = rows - cols;
        double right[2][MOST];
        memset(product, 0, sizeof(product));
        fill(block[0], rows, cols, &r);
        memcpy(block[1], block[0], sizeof(block[0]));
        fill(right[0], rows, 1, &r);
        memcpy(right[1], right[0], sizeof(right[0]));
        factor(block[0], rows, cols, no_least, work[0]);
        factor_avx2(block[1], rows, cols, no_least, work[1]);
        own_dense_pack(block[0], rows, cols, work[0]);
        square(work[0], end, cols, 0, end, product[0]);
        square_avx2(work[0], end, cols, 0, end, product[1]);
        forward(block[0], rows, cols, right[0]);
        forward_avx2(block[1], rows, cols, right[1]);
        backward(block[0], rows, cols, right[0]);
        backward_avx2(block[1], rows, cols, right[1]);
        size_t bytes = (size_t)rows * (size_t)cols * sizeof(double);
        assert_memory_equal(block[0], block[1], bytes);
        assert_memory_equal(product[0], product[1], sizeof(product[0]));
        assert_memory_equal(
            right[0], right[1], (size_t)rows * sizeof(double));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factor__is_what_plain_loops_find),
        cmocka_unit_test(square__has_each_row_by_each),
        cmocka_unit_test(forward_and_backward__undo_the_factor),
        cmocka_unit_test(factor__takes_a_pivot_of_nothing_as_endless),
        cmocka_unit_test(kernels__do_the_same_without_wide_vectors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
