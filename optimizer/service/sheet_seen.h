/*
 * sheet_seen.h: has a sheet changed since a page of it was written?
 *
 * Meaning   the form of a sheet holds what stood in it (a digest) and a
 *           number of its own; who saves leaves that number in the sheet.  A
 *           page that finds another's number, and other words than it has
 *           seen, would write over what it does not know: it is asked first.
 *           What a page saves itself, as one types, is no such change.
 * Failure   none; a form that says nothing is not asked.
 * Lifetime  the call's.
 */
#ifndef TSUNAGARI_SHEET_SEEN_H
#define TSUNAGARI_SHEET_SEEN_H

#include "sheet.h"

const char *sheet_seen_digest(struct call *call, const struct sheet *sheet);
/* Hidden fields of a form; stood: the digest of what is stored. */
void sheet_seen_fields(struct call *call, const char *stood);
/* Of a POST, before sheet_take(): did another page write in between? */
bool sheet_seen_other(struct call *call, const struct sheet *sheet);
/* Behind sheet_take(): the number of the page that saves. */
void sheet_seen_sign(struct call *call, struct sheet *sheet);

#endif
