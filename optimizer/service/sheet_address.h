/*
 * sheet_address.h: whose address stands on a sheet, and how much is mailed
 * to it?
 *
 * Meaning   an address is confirmed when the link that is used was mailed to
 *           it, or when the sheet's organisation has it from an earlier
 *           time.  Who has the link of one mail may write any other address
 *           into the sheet: that one is asked by a mail of its own first.
 *           A link of before there were addresses to links is believed
 *           until the sheet is received.
 * Failure   ERR_SYSTEM of the store.
 */
#ifndef TSUNAGARI_SHEET_ADDRESS_H
#define TSUNAGARI_SHEET_ADDRESS_H

#include "sheet.h"

bool sheet_address_confirmed(struct call *call, const struct sheet *sheet,
    bool *confirmed, struct err *err);
/* The link of that token is mailed to the sheet's address. */
bool sheet_address_mailed(struct call *call, const struct sheet *sheet,
    const char *token, struct err *err);

/* The confirmed address of the sheet that an entry came by, whatever
 * organisation staff gave the entry; "": it came by none. */
bool sheet_address_of(struct call *call, int64_t entry_id,
    const char **address, struct err *err);

/* One of the mails that the sheet, and its address, may have is about to be
 * sent; *left false: there is none. */
bool sheet_address_count(struct call *call, struct sheet *sheet, bool *left,
    struct err *err);

#endif
