/*
 * knapsack.h: the best that one offer alone can give, exactly.
 *
 * Meaning   maximise  sum gain x  less  fixed once per need that is served,
 *           x in {0} or [low, high] (lots, whole lines), sum use x <=
 *           capacity, and at most so many needs; by dynamic programming over
 *           capacity and needs.  Where that would be too much work, a relaxed
 *           answer: never less than the best.
 * Units     gains in any integer unit; gain > 0 but where there is a price, and the sum of gain * high
 *           fits 63 bits.
 * Shapes    items of a need stand together.
 * Failure   none but memory.
 * Lifetime  items and room grow and are kept until knapsack_free().
 */
#ifndef TSUNAGARI_KNAPSACK_H
#define TSUNAGARI_KNAPSACK_H

#include <stdbool.h>
#include <stdint.h>

struct knapsack_item {
    int64_t gain;  /* per unit */
    int64_t fixed; /* of the need's first unit, the same for all its items */
    int32_t pair, need, low, high, use;
    int32_t own;   /* the caller's */
    bool open;     /* the need is served already: not counted, fixed 0 */
    const int64_t *price; /* NULL, or [x - 1] less for x units in all */
    int32_t units; /* out: of a best answer */
};

struct knapsack {
    struct knapsack_item *items;
    int32_t n, room;
    int64_t capacity;
    int32_t needs_most; /* 0: no limit; -1: none may be opened */
    /* what the work needs */
    int64_t *closed, *opened, *base, *next, *worth;
    int32_t *take;
    uint8_t *merged;
    int64_t states_room, takes_room;
    int32_t worth_room;
};

struct knapsack_item *knapsack_add(struct knapsack *k); /* zeroed */

/* The value; units of the items, none of which has a price. */
int64_t knapsack_solve(struct knapsack *k);

/* Likewise, of items with or without; never relaxed. */
int64_t knapsack_count_out(struct knapsack *k);

void knapsack_free(struct knapsack *k);

#endif
