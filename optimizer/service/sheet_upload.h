/*
 * sheet_upload.h: a filled-in template (Excel or CSV) as entry sheets.
 *
 * Meaning   each row becomes a sheet that its writer goes on with on the
 *           site: checked, sent and confirmed as any other.  Words are read
 *           as the import reads them (labels, names of regions); a cell that
 *           the site's sheet has no field for goes into its note.
 * Limits    SHEET_UPLOAD_MAX rows.
 * Failure   ERR_INPUT with file, line and column for what cannot be read;
 *           then there is no sheet at all.
 */
#ifndef TSUNAGARI_SHEET_UPLOAD_H
#define TSUNAGARI_SHEET_UPLOAD_H

#include "sheet.h"

enum { SHEET_UPLOAD_MAX = 50 };

/* *sheets has *n of them, saved. */
bool sheet_upload(struct call *call, const struct request_file *file,
    struct sheet **sheets, int *n, struct err *err);

#endif
