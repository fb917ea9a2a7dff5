/*
 * csv_write.h: cells of a CSV file that is written.
 *
 * Meaning   a cell is quoted where RFC 4180 asks for it, where it begins
 *           with a space, or with a byte that a reader may take for a BOM.
 * Failure   the stream's; ask ferror() at the end.
 */
#ifndef TSUNAGARI_CSV_WRITE_H
#define TSUNAGARI_CSV_WRITE_H

#include <stdio.h>

void csv_write_text(FILE *out, const char *text);
/* For people's spreadsheets: a text that one would run as a formula (= + - @,
 * also wide, which Excel in Japanese takes for them; tab, a line's end) gets a
 * space in front. */
void csv_write_safe(FILE *out, const char *text);
/* That space, or "". */
const char *csv_write_before(const char *text);

#endif
