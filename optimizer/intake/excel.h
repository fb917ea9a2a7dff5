/*
 * excel.h: sheets of Excel, in and out.
 *
 * Meaning   excel_open() gives a reader of a CSV or of the first sheet of an
 *           .xlsx that is not hidden, whichever the file is (by its first
 *           bytes); a day is read as YYYY-MM-DD, a time as HH:MM, and lines
 *           in messages are the sheet's rows (workbook.py).
 *           excel_template() writes the empty sheet of an import as a
 *           workbook: names, what each means, an example (both begin with
 *           '#': remarks), lists to choose from, and a second sheet with the
 *           words that are understood.
 * Limits    EXCEL_FILE_MAX of file; the program that unpacks it has
 *           EXCEL_CPU_S of CPU, EXCEL_MEMORY of memory and EXCEL_CSV_MAX of
 *           output, so that no small file becomes a large one.
 * Failure   ERR_INPUT for a file that is no workbook or passes a limit, and
 *           for cells merged over several rows;
 *           ERR_SYSTEM without the program.
 * Lifetime  the reader is the caller's; its bytes belong to the arena.
 * Source    xlsx2csv (Debian) reads, libxlsxwriter writes.
 */
#ifndef TSUNAGARI_EXCEL_H
#define TSUNAGARI_EXCEL_H

#include "import.h"

enum {
    EXCEL_FILE_MAX = 8 * 1024 * 1024,
    EXCEL_CSV_MAX = 8 * 1024 * 1024,
    EXCEL_CPU_S = 20
};
#define EXCEL_MEMORY (1024UL * 1024 * 1024)

/* encoding: of a CSV, as csv_open(). */
struct csv *excel_open(const char *path, const char *encoding,
    struct arena *arena, struct err *err);
bool excel_template(struct store *store, const struct import_kind *kind,
    const char *path, struct err *err);

#endif
