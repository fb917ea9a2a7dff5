/* unit.h: cmocka with what it needs before it; its fail() gives way to ours. */
#ifndef TSUNAGARI_UNIT_H
#define TSUNAGARI_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#undef fail

/* Cases to draw: fewer under valgrind, where TEST_ROUNDS is the share of
 * them in percent; never none. */
static inline int
unit_rounds(int all)
{
    const char *share = getenv("TEST_ROUNDS");
    int percent = share != NULL ? atoi(share) : 100;
    int rounds = (int)((long long)all * percent / 100);
    return rounds > 0 ? rounds : 1;
}

/* Only all of them together have seen every kind of case. */
static inline int
unit_all_rounds(void)
{
    return unit_rounds(100) == 100;
}

/* Step from case to case of a list that is gone through: 1, or under valgrind
 * an odd one, so that every position of a field comes up. */
static inline int
unit_stride(void)
{
    return unit_all_rounds() ? 1 : 100 / unit_rounds(100) | 1;
}

#endif
