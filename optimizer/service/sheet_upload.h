/*
 * sheet_upload.h: a filled-in template (Excel or CSV) as entry sheets.
 *
 * Meaning   each row becomes a sheet that its writer goes on with on the
 *           site: checked, sent and confirmed as any other.  Words are read
 *           as the import reads them (labels, names of regions); a cell that
 *           the site's sheet has no field for goes into its note, and so do
 *           columns that the template does not have.
 * Limits    SHEET_UPLOAD_MAX rows.
 * Failure   ERR_INPUT with file, line and column for what cannot be read;
 *           rows that cannot be sheets are all told, in `bad`.  Either way
 *           the caller gives the transaction up: there is no sheet at all.
 */
#ifndef TSUNAGARI_SHEET_UPLOAD_H
#define TSUNAGARI_SHEET_UPLOAD_H

#include "sheet.h"

enum { SHEET_UPLOAD_MAX = 50 };

/* A line for each bad row: place and reason. */
struct sheet_upload_bad {
    const char *texts[SHEET_UPLOAD_MAX];
    int n;
};

/* *sheets has *n of them, saved, if none is bad; of the file that
 * call->upload has (upload.h). */
bool sheet_upload(struct call *call, struct sheet **sheets, int *n,
    struct sheet_upload_bad *bad, struct err *err);

#endif
