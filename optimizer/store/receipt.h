/*
 * receipt.h: 受付番号, the number that who hands in a sheet is told.
 *
 * Meaning   "2026-000012": the year in which the sheet was begun, in Japan,
 *           and its id.  The id alone says which one; the year is for people.
 */
#ifndef TSUNAGARI_RECEIPT_H
#define TSUNAGARI_RECEIPT_H

#include <stdint.h>

/* Of a row s of sheets, in SQL. */
#define RECEIPT_SQL(s)                                                        \
    "strftime('%Y', " s ".created_at, '+9 hours') || '-' ||"                  \
    " printf('%06d', " s ".id)"

/* The sheet of such a number, in any width and with any hyphen; 0: it is
 * none. */
int64_t receipt_sheet(const char *text);

#endif
