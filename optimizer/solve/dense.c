/*
 * dense.c: kernels, once for any processor, once for one with AVX2, from the
 * same text (dense.h).
 */
#include "dense.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum {
    STRIP = DENSE_STRIP,
    TILE = 4,  /* columns of a product at once */
    PANEL = 16 /* columns that are factorised one by one */
};

#define ENDLESS 1e100
#define INLINE static inline __attribute__((always_inline))

/* Four numbers, and four wherever they stand in an array. */
typedef double quad __attribute__((vector_size(32)));
typedef double quad_in_array
    __attribute__((vector_size(32), aligned(8), may_alias));

INLINE const quad_in_array *
quad_at(const double *from)
{
    return (const quad_in_array *)from;
}

/* to -= by * from */
INLINE void
subtract(double *to, const double *from, double by, int32_t n)
{
    int32_t k = 0;
    const quad all = {by, by, by, by};
    for (; k + 4 <= n; k += 4) {
        *(quad_in_array *)(to + k) -= all * *quad_at(from + k);
    }
    for (; k < n; k++) {
        to[k] -= by * from[k];
    }
}

/* Rows in strips, each column by column; the last is filled up with 0. */
INLINE void
pack(const double *a, int32_t apart, int32_t rows, int32_t cols, double *to)
{
    for (int32_t r = 0; r < rows; r += STRIP) {
        int32_t n = rows - r < STRIP ? rows - r : STRIP;
        for (int32_t c = 0; c < cols; c++, to += STRIP) {
            const double *from = a + r + (size_t)c * (size_t)apart;
            if (n == STRIP) {
                memcpy(to, from, STRIP * sizeof(*to));
                continue;
            }
            for (int32_t k = 0; k < STRIP; k++) {
                to[k] = k < n ? from[k] : 0;
            }
        }
    }
}

/* tile: STRIP rows of a by TILE rows of b, both packed. */
INLINE void
multiply(const double *a, const double *b, int32_t cols, double *tile)
{
    quad t0 = {0}, t1 = {0}, t2 = {0}, t3 = {0};
    quad u0 = {0}, u1 = {0}, u2 = {0}, u3 = {0};
    for (int32_t c = 0; c < cols; c++, a += STRIP, b += STRIP) {
        quad upper = *quad_at(a), lower = *quad_at(a + 4);
        quad by = {b[0], b[0], b[0], b[0]};
        t0 += upper * by;
        u0 += lower * by;
        by = (quad){b[1], b[1], b[1], b[1]};
        t1 += upper * by;
        u1 += lower * by;
        by = (quad){b[2], b[2], b[2], b[2]};
        t2 += upper * by;
        u2 += lower * by;
        by = (quad){b[3], b[3], b[3], b[3]};
        t3 += upper * by;
        u3 += lower * by;
    }
    const quad all[] = {t0, u0, t1, u1, t2, u2, t3, u3};
    memcpy(tile, all, sizeof(all));
}

INLINE const double *
strip_of(const double *packed, int32_t row, int32_t cols)
{
    return packed + (size_t)(row / STRIP) * STRIP * (size_t)cols +
        row % STRIP;
}

/* Columns begin..end of the rows' square, from their diagonal's strip on. */
INLINE void
square(const double *packed, int32_t rows, int32_t cols, int32_t begin,
    int32_t end, double *product)
{
    size_t apart = (size_t)dense_padded(rows);
    double tile[STRIP * TILE];
    for (int32_t c = begin; c < end; c += TILE) {
        const double *b = strip_of(packed, c, cols);
        for (int32_t r = c / STRIP * STRIP; r < rows; r += STRIP) {
            multiply(strip_of(packed, r, cols), b, cols, tile);
            double *to = product + (size_t)(c - begin) * apart + r;
            for (int k = 0; k < TILE && c + k < end; k++) {
                memcpy(to + (size_t)k * apart, tile + k * STRIP,
                    STRIP * sizeof(*tile));
            }
        }
    }
}

/* The block's columns from cols on, less the square of those before. */
INLINE void
subtract_square(double *block, int32_t apart, const double *packed,
    int32_t rows, int32_t cols, int32_t wanted)
{
    double tile[STRIP * TILE];
    for (int32_t c = 0; c < wanted; c += TILE) {
        const double *b = strip_of(packed, c, cols);
        for (int32_t r = c / STRIP * STRIP; r < rows; r += STRIP) {
            multiply(strip_of(packed, r, cols), b, cols, tile);
            int32_t n = rows - r < STRIP ? rows - r : STRIP;
            for (int32_t k = 0; k < TILE && c + k < wanted; k++) {
                double *to = block + (size_t)(c + k) * (size_t)apart + r;
                subtract(to, tile + k * STRIP, 1, n);
            }
        }
    }
}

/* Column by column: the triangle of a panel. */
INLINE void
factor_triangle(double *block, int32_t apart, int32_t cols,
    const double *least, double *inverse)
{
    for (int32_t c = 0; c < cols; c++) {
        double *own = block + (size_t)c * (size_t)apart;
        double pivot = own[c] > least[c] ? sqrt(own[c]) : ENDLESS;
        own[c] = pivot;
        inverse[c] = 1 / pivot;
        for (int32_t r = c + 1; r < cols; r++) {
            own[r] *= inverse[c];
        }
        for (int32_t k = c + 1; k < cols; k++) {
            subtract(block + (size_t)k * (size_t)apart + k, own + k, own[k],
                cols - k);
        }
    }
}

/* STRIP rows under a panel's triangle, whose rows stand in `rows`. */
INLINE void
factor_strip(double *block, int32_t apart, int32_t cols, const double *rows,
    const double *inverse)
{
    double strip[PANEL * STRIP];
    for (int32_t c = 0; c < cols; c++) {
        double *own = block + (size_t)c * (size_t)apart;
        quad upper = *quad_at(own), lower = *quad_at(own + 4);
        for (int32_t b = 0; b < c; b++) {
            double one = rows[c * PANEL + b];
            const quad by = {one, one, one, one};
            upper -= by * *quad_at(strip + b * STRIP);
            lower -= by * *quad_at(strip + b * STRIP + 4);
        }
        const quad by = {inverse[c], inverse[c], inverse[c], inverse[c]};
        upper *= by;
        lower *= by;
        *(quad_in_array *)(strip + c * STRIP) = upper;
        *(quad_in_array *)(strip + c * STRIP + 4) = lower;
        *(quad_in_array *)own = upper;
        *(quad_in_array *)(own + 4) = lower;
    }
}

/* One row under it: what is left when there is no strip. */
INLINE void
factor_row(double *block, int32_t apart, int32_t cols, const double *rows,
    const double *inverse)
{
    double row[PANEL];
    for (int32_t c = 0; c < cols; c++) {
        double own = block[(size_t)c * (size_t)apart];
        for (int32_t b = 0; b < c; b++) {
            own -= rows[c * PANEL + b] * row[b];
        }
        row[c] = block[(size_t)c * (size_t)apart] = own * inverse[c];
    }
}

/* At most PANEL columns, all their rows. */
INLINE void
factor_panel(double *block, int32_t apart, int32_t rows, int32_t cols,
    const double *least)
{
    double inverse[PANEL], triangle[PANEL * PANEL];
    factor_triangle(block, apart, cols, least, inverse);
    for (int32_t c = 0; c < cols; c++) {
        for (int32_t b = 0; b < c; b++) {
            triangle[c * PANEL + b] =
                block[(size_t)b * (size_t)apart + (size_t)c];
        }
    }
    int32_t r = cols;
    for (; r + STRIP <= rows; r += STRIP) {
        factor_strip(block + r, apart, cols, triangle, inverse);
    }
    for (; r < rows; r++) {
        factor_row(block + r, apart, cols, triangle, inverse);
    }
}

INLINE void
factor(double *block, int32_t rows, int32_t cols, const double *least,
    double *work)
{
    for (int32_t c = 0; c < cols; c += PANEL) {
        int32_t n = cols - c < PANEL ? cols - c : PANEL, rest = c + n;
        double *own = block + (size_t)c * (size_t)rows + c;
        factor_panel(own, rows, rows - c, n, least + c);
        if (rest < cols) {
            pack(own + n, rows, rows - rest, n, work);
            subtract_square(block + (size_t)rest * (size_t)rows + rest, rows,
                work, rows - rest, n, cols - rest);
        }
    }
}

INLINE void
forward(const double *block, int32_t rows, int32_t cols, double *right)
{
    for (int32_t c = 0; c < cols; c++) {
        const double *own = block + (size_t)c * (size_t)rows;
        right[c] /= own[c];
        subtract(right + c + 1, own + c + 1, right[c], rows - c - 1);
    }
}

INLINE void
backward(const double *block, int32_t rows, int32_t cols, double *right)
{
    for (int32_t c = cols - 1; c >= 0; c--) {
        const double *own = block + (size_t)c * (size_t)rows;
        quad sums = {0};
        int32_t r = c + 1;
        for (; r + 4 <= rows; r += 4) {
            sums += *quad_at(own + r) * *quad_at(right + r);
        }
        double sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        for (; r < rows; r++) {
            sum += own[r] * right[r];
        }
        right[c] = (right[c] - sum) / own[c];
    }
}

#ifdef __x86_64__
#define AVX2 __attribute__((target("avx2")))

static bool
has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}
#else
#define AVX2

static bool
has_avx2(void)
{
    return false;
}
#endif

AVX2 static void
factor_avx2(double *block, int32_t rows, int32_t cols, const double *least,
    double *work)
{
    factor(block, rows, cols, least, work);
}

AVX2 static void
square_avx2(const double *work, int32_t rows, int32_t cols, int32_t begin,
    int32_t end, double *product)
{
    square(work, rows, cols, begin, end, product);
}

AVX2 static void
forward_avx2(const double *block, int32_t rows, int32_t cols, double *right)
{
    forward(block, rows, cols, right);
}

AVX2 static void
backward_avx2(const double *block, int32_t rows, int32_t cols, double *right)
{
    backward(block, rows, cols, right);
}

void
dense_factor(double *block, int32_t rows, int32_t cols, const double *least,
    double *work)
{
    if (has_avx2()) {
        factor_avx2(block, rows, cols, least, work);
    } else {
        factor(block, rows, cols, least, work);
    }
}

void
dense_pack(const double *block, int32_t rows, int32_t cols, double *work)
{
    pack(block + cols, rows, rows - cols, cols, work);
}

void
dense_square(const double *work, int32_t rows, int32_t cols, int32_t begin,
    int32_t end, double *product)
{
    if (has_avx2()) {
        square_avx2(work, rows - cols, cols, begin, end, product);
    } else {
        square(work, rows - cols, cols, begin, end, product);
    }
}

void
dense_forward(const double *block, int32_t rows, int32_t cols, double *right)
{
    if (has_avx2()) {
        forward_avx2(block, rows, cols, right);
    } else {
        forward(block, rows, cols, right);
    }
}

void
dense_backward(const double *block, int32_t rows, int32_t cols,
    double *right)
{
    if (has_avx2()) {
        backward_avx2(block, rows, cols, right);
    } else {
        backward(block, rows, cols, right);
    }
}
