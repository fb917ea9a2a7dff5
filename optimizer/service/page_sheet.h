/*
 * page_sheet.h: what the pages of an entry sheet share.
 *
 * Meaning   page_sheet_take() loads the sheet of the address: what was
 *           received can be touched only by who reads the mails.
 *           page_sheet_path() is the address of the sheet with rest
 *           ("/check") behind it; page_sheet_is() compares its state.
 * Failure   page_sheet_take(): false with an answer given (*shown), or err.
 * Lifetime  as the call.
 */
#ifndef TSUNAGARI_PAGE_SHEET_H
#define TSUNAGARI_PAGE_SHEET_H

#include "sheet.h"

bool page_sheet_take(struct call *call, struct sheet *sheet, bool *shown,
    struct err *err);
const char *page_sheet_path(struct call *call, const struct sheet *sheet,
    const char *rest);
bool page_sheet_is(const struct sheet *sheet, const char *state);

#endif
