/*
 * knapsack_narrow.h: leaves out of a knapsack what no best answer uses.
 *
 * Meaning   a price of capacity gives a bound, and the needs that are best
 *           at this price an answer; an item with which no answer reaches
 *           that one is left out.  Where bound and answer are the same, the
 *           answer is a best one.
 * Units     as knapsack.h; capacity is what all items could use at most.
 * Failure   none.
 */
#ifndef TSUNAGARI_KNAPSACK_NARROW_H
#define TSUNAGARI_KNAPSACK_NARROW_H

#include "knapsack.h"

/* counting: needs_most is > 0 and fewer than there are.  True: the units are
 * set, and *value; false: fewer items, or all. */
bool knapsack_narrow(struct knapsack *k, bool counting, int64_t *value);

#endif
