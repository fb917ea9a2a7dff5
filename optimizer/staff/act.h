/*
 * act.h: what every act of the secretariat and the members has in common.
 *
 * Meaning   an act runs in the caller's transaction and ends with its row of
 *           audit; a failed act leaves the transaction to be rolled back.
 * Failure   the store's.
 */
#ifndef TSUNAGARI_ACT_H
#define TSUNAGARI_ACT_H

#include <stdint.h>

#include "optimizer/base/err.h"
#include "optimizer/store/store.h"

enum { ACT_TEXT_MAX = 4000 }; /* bytes of a reason or a note */

struct act_detail { /* NULL and 0 are left out */
    const char *text_key[4], *text[4];
    const char *number_key[4];
    int64_t number[4];
};

/* "entries", 12: the subject "entries/12". */
bool act_audit(struct store *store, const char *action, const char *table,
    int64_t id, const struct act_detail *detail, struct err *err);
bool act_audit_on(struct store *store, const char *action,
    const char *subject, const struct act_detail *detail, struct err *err);

/* A reason or note from outside: UTF-8, at most ACT_TEXT_MAX bytes; needed:
 * not empty nor blank alone. */
bool act_text_check(const char *name, const char *text, bool needed,
    struct err *err);

#endif
