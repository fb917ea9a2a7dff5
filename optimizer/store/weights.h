/*
 * weights.h: versions of the tunables, and the values a match uses.
 *
 * Meaning   a version holds a value for each option of its day, an actor
 *           and a reason; at most one version is published; none published
 *           means the defaults, which are version 0 (NULL in runs).  A name
 *           that a version does not list has its default.
 *           draft -> published -> retired; a retired one can be used again.
 * Units     values as option.h says.
 * Failure   ERR_INPUT for an unknown version, name or a value out of range;
 *           nothing is written then.
 * Lifetime  values are the caller's.
 */
#ifndef TSUNAGARI_WEIGHTS_H
#define TSUNAGARI_WEIGHTS_H

#include "optimizer/base/option.h"
#include "store.h"

enum { WEIGHTS_DEFAULT = 0 };

/* The published version, or WEIGHTS_DEFAULT. */
bool weights_published(struct store *store, int64_t *version,
    struct err *err);
bool weights_load(struct store *store, int64_t version,
    int64_t values[OPTION_COUNT], struct err *err);

/* A new draft; in the running transaction, audit included. */
bool weights_draft(struct store *store, const int64_t values[OPTION_COUNT],
    const char *reason, int64_t *version, struct err *err);
/* Keeps what a form sent: a draft, published at once if so; likewise.  The
 * newest version stands for it if it says just that: values, reason, state
 * and actor (a button that was pressed twice). */
bool weights_keep(struct store *store, const int64_t values[OPTION_COUNT],
    const char *reason, bool publish, int64_t *version, struct err *err);
/* Publishes version (WEIGHTS_DEFAULT: back to the defaults); likewise.  Said
 * again by the same person for the same reason it is said once. */
bool weights_use(struct store *store, int64_t version, const char *reason,
    struct err *err);

#endif
