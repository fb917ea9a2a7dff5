/*
 * draw.h: numbers by chance, the same ones for the same start.
 *
 * Meaning   splitmix64; the state is the caller's and goes on with each draw.
 * Failure   none.
 */
#ifndef TSUNAGARI_DRAW_H
#define TSUNAGARI_DRAW_H

#include <stdint.h>

/* 0 .. n - 1; n >= 1. */
static inline uint32_t
draw(uint64_t *state, uint32_t n)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15ULL;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ z >> 27) * 0x94D049BB133111EBULL;
    z ^= z >> 31;
    return (uint32_t)((z >> 32) * n >> 32);
}

/* Likewise, the smaller the likelier: lists have the best pairs first. */
static inline int32_t
draw_early(uint64_t *state, int32_t n)
{
    for (int k = 0; k < 3; k++) {
        n = (int32_t)draw(state, (uint32_t)n) + 1;
    }
    return n - 1;
}

#endif
