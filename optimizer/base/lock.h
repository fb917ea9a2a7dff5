/*
 * lock.h: one match at a time.
 *
 * Meaning   an flock on "<store>.lock": it dies with its process, whatever
 *           ends it; the file itself stays and means nothing.
 * Failure   ERR_SYSTEM when another process holds it.
 * Lifetime  until lock_drop() or the end of the process.
 */
#ifndef TSUNAGARI_LOCK_H
#define TSUNAGARI_LOCK_H

#include "err.h"

/* A descriptor, -1 on failure. */
int lock_take(const char *store_path, struct err *err);
void lock_drop(int lock); /* -1 is fine */

#endif
