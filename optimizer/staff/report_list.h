/*
 * report_list.h: the questions of the report, in their order.
 *
 * Meaning   each asks one statement; its parameters are ?1 and ?2, first and
 *           last day of the period, ?3, the run that stands for it, and one
 *           of ?4, ?5 ..., what cover_load() found of that run by place,
 *           sector ... (NULL: none), or ?9, the weight stale_days.  A column
 *           of the statement per column of the table; NULL is an empty cell.
 * Lifetime  static.
 */
#ifndef TSUNAGARI_REPORT_LIST_H
#define TSUNAGARI_REPORT_LIST_H

#include "report.h"

enum { REPORT_STALE_DAYS = 9 }; /* behind the last of cover_load() */

struct report_question {
    const char *key, *title, *note;
    const char *sql;
    bool chart;
    struct report_column columns[REPORT_COLUMNS_MAX]; /* up to a NULL key */
};

extern const struct report_question report_questions[];
extern const int report_questions_n;

#endif
