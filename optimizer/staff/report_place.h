/*
 * report_place.h: how far a plan covers the needs, by where they stand.
 *
 * Meaning   need lines of a run by the region where the need's entry stands:
 *           a JSON array of arrays (code, needs, lines, covered, partly,
 *           uncovered, units given, units wanted); code null: no region, or
 *           several.  All that a report says by place is summed up from it
 *           (REPORT_PLACES), so that a plan is read once.
 * Failure   the store's.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_REPORT_PLACE_H
#define TSUNAGARI_REPORT_PLACE_H

#include <stdint.h>

#include "optimizer/base/arena.h"
#include "optimizer/store/store.h"

bool report_places(struct store *store, int64_t run_id, struct arena *arena,
    const char **places, struct err *err);

#endif
