/*
 * dense.h: dense columns of a sparse Cholesky factor.
 *
 * Meaning   a block holds `cols` columns of the factor, of `rows` rows each,
 *           the first `cols` rows being the triangle on the diagonal; what
 *           is above it is never read.
 * Shapes    by columns, `rows` apart; work: dense_work() doubles.
 * Failure   none: a pivot that is not above its least, where nothing but
 *           rounding is left of it, is taken as endless, so that its unknown
 *           comes out as 0.
 * Lifetime  the caller's arrays.
 * Same values: same results, bit by bit, on every processor: products are
 * summed up in one order, never fused, whatever vectors there are.
 */
#ifndef TSUNAGARI_DENSE_H
#define TSUNAGARI_DENSE_H

#include <stddef.h>
#include <stdint.h>

enum { DENSE_STRIP = 8 }; /* rows that are taken at once */

static inline int32_t
dense_padded(int32_t rows)
{
    return (rows + DENSE_STRIP - 1) / DENSE_STRIP * DENSE_STRIP;
}

static inline size_t
dense_work(int32_t rows, int32_t cols)
{
    return (size_t)dense_padded(rows) * (size_t)cols;
}

/* The block of the matrix becomes that of the factor. */
void dense_factor(double *block, int32_t rows, int32_t cols,
    const double *least, double *work);

/*
 * The product of the rows under the triangle with themselves, in two steps:
 * dense_pack() once, then columns begin..end, from a multiple of DENSE_STRIP
 * on, dense_padded(rows - cols) apart; above the diagonal nothing is told.
 */
void dense_pack(const double *block, int32_t rows, int32_t cols,
    double *work);
void dense_square(const double *work, int32_t rows, int32_t cols,
    int32_t begin, int32_t end, double *product);

/*
 * right: by L from the left, with the rows under the triangle as work; or by
 * its transpose, with their unknowns there.
 */
void dense_forward(const double *block, int32_t rows, int32_t cols,
    double *right);
void dense_backward(const double *block, int32_t rows, int32_t cols,
    double *right);

#endif
