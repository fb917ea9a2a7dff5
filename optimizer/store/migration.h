/*
 * migration.h: the steps that bring a store from version to version.
 *
 * Meaning   the n-th file of schema/sql, by name, brings a store of version n
 *           to n + 1; a file that was released never changes.
 * Failure   migration_find() gives NULL behind the last.
 * Lifetime  static.
 */
#ifndef TSUNAGARI_MIGRATION_H
#define TSUNAGARI_MIGRATION_H

#include "optimizer/base/embed.h"

const struct embed *migration_find(int n);
int migration_count(void);

#endif
