/*
 * component_build.h: the second half of component_split(): making the parts.
 *
 * Meaning   which pairs stay, which rows can bind, which part a line is in;
 *           arrays of 0/1 by index of the whole instance, bits for pairs.
 * Lifetime  of the call.
 */
#ifndef TSUNAGARI_COMPONENT_BUILD_H
#define TSUNAGARI_COMPONENT_BUILD_H

#include "component.h"

struct component_rows {
    const struct instance *in;
    bool programme;
    const uint8_t *usable, *offer_caps, *offer_counts, *need_budgets,
        *need_counts, *floor_binds;
    int32_t *part; /* per line; -1: in no part */
    int32_t parts_n;
};

void component_build(const struct component_rows *rows, struct arena *arena,
    struct component_list *list);

#endif
