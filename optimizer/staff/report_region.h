/*
 * report_region.h: how far a plan covers the needs of each region.
 *
 * Meaning   what cover_load() found by place, for every municipality and ward of
 *           the prefecture where a need stands; a ward's lines count in its
 *           city, too.
 * Failure   the store's.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_REPORT_REGION_H
#define TSUNAGARI_REPORT_REGION_H

#include <stdint.h>

#include "optimizer/base/arena.h"
#include "optimizer/store/store.h"

struct report_region {
    const char *code;
    int64_t lines, covered; /* in full */
};

/* places NULL: no region. */
bool report_regions(struct store *store, const char *places,
    struct arena *arena, struct report_region **regions, int32_t *n,
    struct err *err);

#endif
