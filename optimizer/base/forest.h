/*
 * forest.h: disjoint sets of 0 .. n - 1 (union-find).
 *
 * Meaning   parent[i] leads to the root of i's set; the root is the smallest
 *           index of the set, so that order is the members' own.
 * Failure   none.
 * Lifetime  the caller's array.
 */
#ifndef TSUNAGARI_FOREST_H
#define TSUNAGARI_FOREST_H

#include <stdint.h>

void forest_init(int32_t *parent, int32_t n); /* each alone */
int32_t forest_root(int32_t *parent, int32_t i);
/* One set of i and *first; a negative *first becomes i. */
void forest_join(int32_t *parent, int32_t *first, int32_t i);

#endif
