/*
 * start.h: what an earlier run knew, cut up into the parts of an instance.
 *
 * Meaning   units and prices of struct solve_start by the indexes of each
 *           part; NULL where the start has none.
 * Units     prices in 1e-9 milli-points (certificate.h).
 * Failure   none but memory.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_START_H
#define TSUNAGARI_START_H

#include "certificate.h"
#include "component.h"
#include "solve.h"

struct start_part {
    int32_t *units; /* pairs_n of the part */
    struct prices *prices;
};

/* An entry per part; start: NULL for none. */
struct start_part *start_cut(const struct solve_start *start,
    const struct component_list *list, struct arena *arena);

#endif
