/*
 * agreed.h: what proves a bound with potentials, from parts to the whole.
 *
 * Meaning   a part whose bound needs none gives its prices as they are.
 * Units     1e-6 milli-points.
 * Failure   none but memory.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_AGREED_H
#define TSUNAGARI_AGREED_H

#include "component.h"
#include "part.h"

enum { AGREED_PER_LINE = 32 }; /* potentials that a part has room for */

/* potentials_n 0 where no part has any. */
void agreed_merge(const struct component_list *list,
    const struct part_result *results, const struct instance *in,
    struct arena *arena, struct solve_agreed *agreed);

#endif
