/*
 * report_sql.h: tables that the questions of a report have in common, as text
 * behind WITH RECURSIVE; included by the report's own files alone.
 */
#ifndef TSUNAGARI_REPORT_SQL_H
#define TSUNAGARI_REPORT_SQL_H

/* Lines of needs of run ?3: units given, units missing. */
#define REPORT_LINES                                                          \
    "line AS (SELECT need_id, line_no, sum(given) AS given,"                  \
    " sum(missing) AS missing FROM ("                                         \
    " SELECT need_id, need_line_no AS line_no, units AS given, 0 AS missing"  \
    " FROM plan_lines WHERE run_id = ?3 AND need_id IS NOT NULL"              \
    " UNION ALL SELECT need_id, need_line_no, 0, units FROM uncovered_lines"  \
    " WHERE run_id = ?3) GROUP BY need_id, line_no)"

/* Every region with itself and all above it. */
#define REPORT_UP                                                             \
    "up(code, at, level, parent) AS (SELECT code, code, level, parent_code"   \
    " FROM regions UNION ALL SELECT up.code, r.code, r.level, r.parent_code"  \
    " FROM up JOIN regions AS r ON r.code = up.parent)"

/* Where an entry stands, if that is one region. */
#define REPORT_PLACE                                                          \
    "place AS (SELECT e.id AS entry_id, coalesce(e.region_code,"              \
    " (SELECT CASE count(*) WHEN 1 THEN min(x.region_code) END"               \
    " FROM entry_regions AS x WHERE x.entry_id = e.id)) AS code"              \
    " FROM entries AS e)"

#endif
