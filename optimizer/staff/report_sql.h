/*
 * report_sql.h: what the questions of reports and of the desk's lists have in
 * common, in SQL: tables behind WITH RECURSIVE, and one whole question.
 */
#ifndef TSUNAGARI_REPORT_SQL_H
#define TSUNAGARI_REPORT_SQL_H

#include "optimizer/market/shown_sql.h"

/* Every region with itself and all above it. */
#define REPORT_UP                                                             \
    "up(code, at, level, parent) AS (SELECT code, code, level, parent_code"   \
    " FROM regions UNION ALL SELECT up.code, r.code, r.level, r.parent_code"  \
    " FROM up JOIN regions AS r ON r.code = up.parent)"

/* What cover_load() has, a parameter; and of places all regions that are in
 * it, with themselves and all above them. */
#define REPORT_COUNTED(found)                                                 \
    "counted AS (SELECT value ->> 0 AS key, value ->> 1 AS needs,"            \
    " value ->> 2 AS lines, value ->> 3 AS covered, value ->> 4 AS partly,"   \
    " value ->> 5 AS uncovered, value ->> 6 AS given,"                        \
    " value ->> 7 AS wanted FROM json_each(" found "))"
#define REPORT_UP_PLACES                                                      \
    "up(code, at, level, parent) AS (SELECT r.code, r.code, r.level,"         \
    " r.parent_code FROM counted AS c JOIN regions AS r ON r.code = c.key"    \
    " UNION ALL SELECT up.code, r.code, r.level, r.parent_code"               \
    " FROM up JOIN regions AS r ON r.code = up.parent)"

/*
 * Municipalities without a venue that is approved, neither expired nor over on
 * a day (a parameter): code, name, area, population, sort.  A venue stands in a
 * municipality when it stands in, or serves, the municipality or one of its
 * wards.
 */
#define REPORT_VENUE(day)                                                     \
    "e.side = 'offer' AND e.state = 'approved' CROSS JOIN entry_lines AS l"   \
    " ON l.entry_id = e.id WHERE u.top = m.code AND l.kind_id IN kind"        \
    " AND " CURRENT_SQL("e", day)
#define REPORT_NO_VENUE(day)                                                  \
    "WITH RECURSIVE kind(id) AS (SELECT 'venue' UNION"                        \
    "  SELECT k.id FROM resource_kinds AS k JOIN kind"                        \
    "      ON k.parent_id = kind.id),"                                        \
    " unit(code, top) AS (SELECT code, code FROM regions WHERE home = 1"      \
    "  UNION ALL SELECT code, parent_code FROM regions WHERE home = 1)"       \
    " SELECT m.code, m.name, a.name AS area, m.population, m.sort"            \
    "   FROM regions AS m LEFT JOIN regions AS a ON a.code = m.parent_code"   \
    "  WHERE m.home = 1 AND m.level = 'municipality' AND NOT EXISTS ("        \
    "   SELECT 1 FROM unit AS u CROSS JOIN entries AS e"                      \
    "       INDEXED BY entries_region ON e.region_code = u.code"              \
    "      AND " REPORT_VENUE(day) ")"                                        \
    "  AND NOT EXISTS ("                                                      \
    "   SELECT 1 FROM unit AS u CROSS JOIN entry_regions AS g"                \
    "       ON g.region_code = u.code CROSS JOIN entries AS e"                \
    "       ON e.id = g.entry_id AND " REPORT_VENUE(day) ")"                  \
    "  ORDER BY m.sort, m.code"

#endif
