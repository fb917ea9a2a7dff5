/*
 * sheet_again.h: what of a correction nobody has looked at, besides the words
 * of an approved entry, which the import sends back to be approved (entry.h).
 *
 * Meaning   an organisation of a sheet's own whose public words change is
 *           hidden, and its entry waits for approval, where staff publish
 *           both.  An entry that pauses and gets new words waits, too: to
 *           resume it is no approval.
 * Failure   ERR_SYSTEM of the store.
 * Lifetime  texts belong to the call's arena.
 */
#ifndef TSUNAGARI_SHEET_AGAIN_H
#define TSUNAGARI_SHEET_AGAIN_H

#include "sheet.h"

struct sheet_again {
    int64_t entry_id, organisation_id; /* 0: not received yet */
    const char *state;                 /* of the entry */
    const char *words;                 /* "": nothing is public */
};

/* Before a sheet is applied: how it stands. */
bool sheet_again_note(struct call *call, const struct sheet *sheet,
    struct sheet_again *again, struct err *err);
/* Behind it, in the same transaction; entry: was the entry changed? */
bool sheet_again_ask(struct call *call, const struct sheet_again *before,
    bool entry, struct err *err);

#endif
