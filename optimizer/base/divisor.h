/* divisor.h: what divides two numbers. */
#ifndef TSUNAGARI_DIVISOR_H
#define TSUNAGARI_DIVISOR_H

#include <stdint.h>

/* The greatest that divides both, of numbers >= 0; 0 divides by any. */
static inline int64_t
divisor_common(int64_t a, int64_t b)
{
    while (b > 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

#endif
