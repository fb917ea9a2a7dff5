/*
 * cover.h: how far a plan covers the needs, by what they are of.
 *
 * Meaning   need lines of a run by a key: the region where the need's entry
 *           stands (null: none, or several), the sector of its organisation,
 *           each of its themes, the line's kind (null: none).  A JSON array
 *           of arrays (key, needs, lines, covered, partly, uncovered, units
 *           given, units wanted): what a report says of coverage is summed up
 *           from these.
 *           A run that plan_write() wrote keeps them, as its needs were that
 *           night: what is edited afterwards does not change them.  Those of
 *           an older run are counted whenever they are asked for.
 * Failure   the store's.
 * Lifetime  what is loaded, the arena's.
 */
#ifndef TSUNAGARI_COVER_H
#define TSUNAGARI_COVER_H

#include <stdint.h>

#include "optimizer/base/arena.h"
#include "optimizer/store/store.h"

/* In SQL, behind WITH: where an entry stands, if that is one region. */
#define COVER_PLACE                                                          \
    "place AS (SELECT e.id AS entry_id, coalesce(e.region_code,"              \
    " (SELECT CASE count(*) WHEN 1 THEN min(x.region_code) END"               \
    " FROM entry_regions AS x WHERE x.entry_id = e.id)) AS code,"             \
    " e.organisation_id"                                                      \
    " FROM entries AS e INDEXED BY entries_place)"

enum cover_by {
    COVER_BY_PLACE,
    COVER_BY_SECTOR,
    COVER_BY_THEME,
    COVER_BY_KIND,
    COVER_BY_COUNT
};

/* In the running transaction, once the run's lines are written. */
bool cover_keep(struct store *store, int64_t run_id, struct err *err);
bool cover_load(struct store *store, int64_t run_id, struct arena *arena,
    const char *counted[COVER_BY_COUNT], struct err *err);

#endif
