/*
 * snapshot_write.h: a run and the published entries as a snapshot.
 *
 * Meaning   reads the public_* and members_* views, the run's plan and
 *           weights, the vocabularies and templates, and writes the file
 *           of schema/snapshot.h.  Same store, same run, same audience, same
 *           program: same bytes.  Only what is published today is in it;
 *           expiry and staleness are judged on the plan's date.
 * Failure   ERR_INPUT or ERR_SYSTEM; no file is left behind.
 * Lifetime  the file is on the disk when snapshot_write() returns true.
 *           The caller holds a read transaction, so that all of it is of
 *           one moment.
 */
#ifndef TSUNAGARI_SNAPSHOT_WRITE_H
#define TSUNAGARI_SNAPSHOT_WRITE_H

#include <stdint.h>

#include "optimizer/base/err.h"
#include "optimizer/store/store.h"
#include "schema/snapshot.h"

struct snapshot_counts {
    uint32_t resources, needs, suggestions;
    uint64_t bytes;
    uint32_t crc32;
    uint32_t plan_date; /* 20261121 */
};

/* path must not exist. */
bool snapshot_write(struct store *store, int64_t run_id, uint32_t audience,
    const char *path, struct snapshot_counts *counts, struct err *err);

#endif
