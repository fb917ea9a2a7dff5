/*
 * page_link.h: the link that corrects an entry, mailed once more.
 *
 * Meaning   a sheet is corrected and withdrawn by the link of its mail alone
 *           (sheet.h).  For who has lost it staff, and the organisation's own
 *           account, have a new one mailed: to the sheet's confirmed address,
 *           to nobody else.
 * Failure   as a handler (call.h).
 */
#ifndef TSUNAGARI_PAGE_LINK_H
#define TSUNAGARI_PAGE_LINK_H

#include "optimizer/staff/screening.h"
#include "call.h"

/* Its button, in a form below base ("/staff/entries"), where the entry came
 * by a sheet, is not over and has an address; else nothing. */
bool link_button(struct call *call, const struct inbox_row *row,
    const char *base, struct err *err);

#endif
