/*
 * stated_sql.h: what an entry `e` states, as one text, in SQL: for the
 * checklist of a screener (screening.h) and the letters to partners
 * (letter.h).
 */
#ifndef TSUNAGARI_STATED_SQL_H
#define TSUNAGARI_STATED_SQL_H

/* 食品 120食、ボランティア・サポーター 4人 */
#define STATED_LINES                                                          \
    "ifnull((SELECT group_concat(k.label_ja || ' ' || l.quantity || l.unit,"  \
    " '、') FROM entry_lines AS l JOIN resource_kinds AS k"                   \
    " ON k.id = l.kind_id WHERE l.entry_id = e.id), '')"

#define STATED_DAY(bit, name)                                                 \
    "CASE WHEN e.weekdays & " #bit " THEN '" name "' ELSE '' END"
#define STATED_WEEKDAYS                                                       \
    "CASE WHEN e.weekdays IN (0, 127) THEN '' ELSE '曜日: ' || "              \
    STATED_DAY(1, "月") " || " STATED_DAY(2, "火") " || "                     \
    STATED_DAY(4, "水") " || " STATED_DAY(8, "木") " || "                     \
    STATED_DAY(16, "金") " || " STATED_DAY(32, "土") " || "                   \
    STATED_DAY(64, "日") " END"

/* What is stored as days and hours: what pages and plans go by. */
#define STATED_DAYS                                                           \
    "trim(ifnull(e.date_start, '') || CASE"                                   \
    " WHEN e.date_end = e.date_start THEN ''"                                 \
    " WHEN e.date_end IS NOT NULL THEN '～' || e.date_end"                    \
    " WHEN e.date_start IS NOT NULL THEN '～' ELSE '' END || ' ' || "         \
    STATED_WEEKDAYS ")"
#define STATED_HOURS                                                          \
    "CASE WHEN e.time_start IS NULL AND e.time_end IS NULL THEN ''"           \
    " ELSE ifnull(e.time_start, '') || '～' || ifnull(e.time_end, '') END"

/* The words as written; where there are none, days and hours (open data has
 * nothing else); hours that stand behind each day of the words, once. */
#define STATED_WHEN                                                           \
    "trim(trim(CASE WHEN e.date_text <> '' THEN e.date_text"                  \
    " ELSE " STATED_DAYS " END || ' ' ||"                                     \
    " CASE WHEN e.time_text <> '' THEN e.time_text"                           \
    " WHEN instr(e.date_text, " STATED_HOURS ") > 0 THEN ''"                  \
    " ELSE " STATED_HOURS " END)"                                             \
    " || ' ' || e.duration_text)"

#endif
