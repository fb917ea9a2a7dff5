/*
 * shown_sql.h: on which days an entry is of use, by its own words.
 *
 * Meaning   SQL of an entry's alias and parameters.  CURRENT_SQL: neither
 *           expired nor over on a day.  SHOWN_SQL: whether the public finds
 *           an entry of public_entries on it: so, and confirmed not longer
 *           ago than the weight stale_days; snapshots are made and reports
 *           are counted by it.  The + keeps SQLite to the indexes that have
 *           all of it (017_shown.sql).
 */
#ifndef TSUNAGARI_SHOWN_SQL_H
#define TSUNAGARI_SHOWN_SQL_H

#define CURRENT_SQL(entry, day)                                               \
    "coalesce(" entry ".expires_on, " day ") >= " day                         \
    " AND coalesce(" entry ".date_end, " day ") >= " day

#define SHOWN_SQL(entry, day, stale_days)                                     \
    CURRENT_SQL(entry, day)                                                   \
    " AND +" entry ".confirmed_on >= date(" day ", printf('-%d days', "       \
    stale_days "))"

#endif
