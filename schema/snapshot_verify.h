/*
 * snapshot_verify.h: the parts of snap_verify().
 *
 * Failure   NULL, or a static reason.
 */
#ifndef TSUNAGARI_SNAPSHOT_VERIFY_H
#define TSUNAGARI_SNAPSHOT_VERIFY_H

#include "snapshot.h"

/* Postings in bounds and in order; nothing else need be right before. */
const char *snap_verify_postings(const struct snap_collection *c);

/*
 * Rows, pairs, sorts, grams and orders against the postings.  Postings,
 * values and documents were found right before.
 */
const char *snap_verify_lists(const struct snap_collection *c);

#endif
