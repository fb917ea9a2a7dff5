/*
 * report_cover.h: how far a plan covers the needs, by what they are of.
 *
 * Meaning   need lines of a run by a key: the region where the need's entry
 *           stands (null: none, or several), the sector of its organisation,
 *           each of its themes, the line's kind (null: none).  A JSON array
 *           of arrays (key, needs, lines, covered, partly, uncovered, units
 *           given, units wanted): what a report says of coverage is summed
 *           up from these (REPORT_COUNTED), so that a plan is read once.
 * Failure   the store's.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_REPORT_COVER_H
#define TSUNAGARI_REPORT_COVER_H

#include <stdint.h>

#include "optimizer/base/arena.h"
#include "optimizer/store/store.h"

enum report_by {
    REPORT_BY_PLACE,
    REPORT_BY_SECTOR,
    REPORT_BY_THEME,
    REPORT_BY_KIND,
    REPORT_BY_COUNT
};

/* Sets counted by each key; places_alone: by place, which is cheaper. */
bool report_cover(struct store *store, int64_t run_id, bool places_alone,
    struct arena *arena, const char *counted[REPORT_BY_COUNT],
    struct err *err);

#endif
