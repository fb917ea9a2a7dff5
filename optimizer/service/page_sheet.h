/*
 * page_sheet.h: what the pages of an entry sheet share.
 *
 * Meaning   page_sheet_take() loads the sheet of the address: what was
 *           received can be touched only by who reads the mails.
 *           page_sheet_open() does, too, and where it is over
 *           (sheet_closed()) answers by page_sheet_over(): its status.
 *           page_sheet_path() is the address of the sheet with rest
 *           ("/check") behind it; page_sheet_is() compares its state;
 *           page_sheet_steps() puts 変わりありません, 休止, 再開 on the page, as
 *           far as the entry allows them, page_sheet_copy() the button that
 *           begins a new sheet with all of this one but its days
 *           (page_sheet_step.c).
 * Failure   page_sheet_take(), page_sheet_open(): false with an answer given (*shown), or err.
 * Lifetime  as the call.
 */
#ifndef TSUNAGARI_PAGE_SHEET_H
#define TSUNAGARI_PAGE_SHEET_H

#include "sheet.h"

bool page_sheet_take(struct call *call, struct sheet *sheet, bool *shown,
    struct err *err);
bool page_sheet_open(struct call *call, struct sheet *sheet, bool *shown,
    struct err *err);
bool page_sheet_steps(struct call *call, const struct sheet *sheet,
    struct err *err);
void page_sheet_copy(struct call *call, const struct sheet *sheet);
bool page_sheet_over(struct call *call, const struct sheet *sheet);
const char *page_sheet_path(struct call *call, const struct sheet *sheet,
    const char *rest);
bool page_sheet_is(const struct sheet *sheet, const char *state);

#endif
