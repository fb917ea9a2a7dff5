/*
 * migration.h: the steps that bring a store from version to version.
 *
 * Meaning   the n-th file of schema/sql, by name, brings a store of version n
 *           to n + 1; a file that was released never changes.
 *           A new file has version 0; one with tables and no version is
 *           another program's, and left alone.
 * Failure   migration_find() gives NULL behind the last; ERR_INPUT for
 *           another program's file, ERR_SYSTEM for what is no database.
 * Lifetime  static.
 */
#ifndef TSUNAGARI_MIGRATION_H
#define TSUNAGARI_MIGRATION_H

#include "optimizer/base/embed.h"
#include "store.h"

const struct embed *migration_find(int n);
int migration_count(void);
/* Of the file that is open, path for messages. */
bool migration_version(struct store *store, const char *path,
    int64_t *version, struct err *err);

#endif
