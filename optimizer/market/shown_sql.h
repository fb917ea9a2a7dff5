/*
 * shown_sql.h: whether the public finds an entry of public_entries on a day:
 * not expired, not over, confirmed not longer ago than the weight stale_days.
 *
 * Meaning   SQL of an entry's alias and two parameters; snapshots are made
 *           and reports are counted by it.  The + keeps SQLite to the indexes
 *           that have all of it (017_shown.sql).
 */
#ifndef TSUNAGARI_SHOWN_SQL_H
#define TSUNAGARI_SHOWN_SQL_H

#define SHOWN_SQL(entry, day, stale_days)                                     \
    "coalesce(" entry ".expires_on, " day ") >= " day                         \
    " AND coalesce(" entry ".date_end, " day ") >= " day                      \
    " AND +" entry ".confirmed_on >= date(" day ", printf('-%d days', "        \
    stale_days "))"

#endif
