/*
 * lanes.h: eight numbers at once.
 *
 * Meaning   what a compiler makes of it where a processor has such registers,
 *           and of pieces where it has smaller ones; all of them round alike,
 *           so that the same input has the same plan anywhere.
 * Units     lanes_exp(): to 1e-9 of it, lanes_log(): to 1e-12.
 * Failure   none.
 *
 * Handed on by address: in registers, a call would differ from processor to
 * processor.
 */
#ifndef TSUNAGARI_LANES_H
#define TSUNAGARI_LANES_H

#include <stdint.h>

enum { LANES = 8 };

typedef double lanes __attribute__((vector_size(LANES * sizeof(double))));
/* All bits of a lane, or none: what a comparison gives. */
typedef int64_t lane_marks
    __attribute__((vector_size(LANES * sizeof(int64_t))));
typedef uint64_t lane_bits
    __attribute__((vector_size(LANES * sizeof(uint64_t))));
/* The same in the middle of an array. */
typedef double lanes_at __attribute__((
    vector_size(LANES * sizeof(double)), aligned(sizeof(double)), may_alias));

#define LANES_INLINE static inline __attribute__((always_inline))

/* A function once per size of registers; the machine's is chosen when the
 * program starts. */
#if defined(__x86_64__) && defined(__linux__)
#define LANES_CLONES \
    __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define LANES_CLONES
#endif

/* Where it is not marked it is nothing. */
LANES_INLINE void
lanes_keep(lanes *x, const lane_marks *marked)
{
    *x = (lanes)((lane_marks)*x & *marked);
}

/* Where it is not marked it is that. */
LANES_INLINE void
lanes_else(lanes *x, const lane_marks *marked, double other)
{
    lanes others = other - (lanes){0};
    *x = (lanes)(((lane_marks)*x & *marked) | ((lane_marks)others & ~*marked));
}

LANES_INLINE void
lanes_most(lanes *most, const lanes *x)
{
    lane_marks more = *x > *most;
    *most = (lanes)(((lane_marks)*x & more) | ((lane_marks)*most & ~more));
}

LANES_INLINE double
lanes_sum(const lanes *x)
{
    double sum = 0;
    for (int k = 0; k < LANES; k++) {
        sum += (*x)[k];
    }
    return sum;
}

/* exp(x) for x <= 0; of less than `least`, at least -700, nothing. */
LANES_INLINE void
lanes_exp(lanes *x, double least)
{
    const double whole_bits = 6755399441055744.0; /* 1.5 * 2^52 */
    lane_marks counts = *x >= least;
    lanes_else(x, &counts, least);
    /* x = whole * log(2) + rest, |rest| <= log(2) / 2; what is added makes
     * the whole number the lowest bits, what is taken away leaves it */
    lanes whole = *x * 1.4426950408889634 + whole_bits;
    lane_bits two = (lane_bits)whole << 52;
    lanes rest = *x - (whole - whole_bits) * 0.6931471805599453;
    lanes power = rest * (1.0 / 40320) + 1.0 / 5040;
    power = power * rest + 1.0 / 720;
    power = power * rest + 1.0 / 120;
    power = power * rest + 1.0 / 24;
    power = power * rest + 1.0 / 6;
    power = power * rest + 0.5;
    power = power * rest + 1;
    power = power * rest + 1;
    *x = (lanes)((lane_bits)power + two);
    lanes_keep(x, &counts);
}

/* log(x) for x >= 1. */
LANES_INLINE void
lanes_log(lanes *x)
{
    const uint64_t half = 0x3fe6a09e667f3bcd; /* sqrt(1/2) */
    lane_bits bits = (lane_bits)*x, two = (bits - half) >> 52;
    lanes part = (lanes)(bits - (two << 52)); /* around 1 */
    /* as in lanes_exp(), the other way round */
    lanes whole = (lanes)(two | 0x4330000000000000) - 4503599627370496.0;
    lanes at = (part - 1) / (part + 1), square = at * at;
    lanes sum = square * (1.0 / 17) + 1.0 / 15;
    sum = sum * square + 1.0 / 13;
    sum = sum * square + 1.0 / 11;
    sum = sum * square + 1.0 / 9;
    sum = sum * square + 1.0 / 7;
    sum = sum * square + 1.0 / 5;
    sum = sum * square + 1.0 / 3;
    sum = sum * square + 1;
    *x = whole * 0.6931471805599453 + 2 * at * sum;
}

#endif
