/*
 * organisation_act.h: what staff do to organisations.
 *
 * Meaning   merge: everything of one becomes the other's: entries, wishes,
 *           accounts and whatever else refers to organisations; its name and
 *           aliases become aliases; what the other does not know (number,
 *           address, phone ...) it learns.  The merged row stays, empty of
 *           flags, and points to the one it became: no row is ever lost, and
 *           an import that knows its key or name finds the other.
 *           distinct: two that are alike are not the same.
 *           link, publish: the flags linked and publish, on or off.
 * Failure   ERR_INPUT: unknown, merged already, the same, two different
 *           法人番号, a reason that is missing.
 */
#ifndef TSUNAGARI_ORGANISATION_ACT_H
#define TSUNAGARI_ORGANISATION_ACT_H

#include "act.h"

/* All in the running transaction, audit included. */
bool organisation_merge(struct store *store, int64_t from, int64_t into,
    const char *reason, int64_t *moved_entries, struct err *err);
bool organisation_distinct(struct store *store, int64_t a, int64_t b,
    const char *reason, struct err *err);
/* flag: "linked", "publish" or "member". */
bool organisation_set(struct store *store, int64_t id, const char *flag,
    bool on, const char *reason, struct err *err);

#endif
