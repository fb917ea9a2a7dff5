/*
 * entry_ref.h: an entry as people name it, on the command line and at the
 * desk.
 *
 * Meaning   its id, its key, the エントリーキー of its sheet (the key
 *           without "sheet:"), in that order, or its 受付番号 (receipt.h).
 * Failure   ERR_INPUT when there is none of that side.
 */
#ifndef TSUNAGARI_ENTRY_REF_H
#define TSUNAGARI_ENTRY_REF_H

#include "optimizer/base/err.h"
#include "store.h"

/* side: "need" or "offer". */
bool entry_ref_find(struct store *store, const char *name, const char *side,
    int64_t *id, struct err *err);
/* Of either side. */
bool entry_ref_any(struct store *store, const char *name, int64_t *id,
    struct err *err);
/* Digits alone, at most 18 of them; -1 for anything else. */
int64_t entry_ref_number(const char *text);

#endif
