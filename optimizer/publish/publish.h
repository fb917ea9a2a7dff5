/*
 * publish.h: a run's snapshot in the place where the web server looks.
 *
 * Meaning   built beside the target as TARGET.PID.tmp from one consistent
 *           view of the store, mapped and checked whole, put on the disk,
 *           renamed over the target; then the directory is synced and the
 *           publication stands in the store with its audit row.  Readers of
 *           the old file keep it.  Group and mode are those of the file that
 *           is replaced, else 0644 less the umask; nobody else reads it
 *           before.
 * Failure   ERR_NO_PLAN when there is no such publishable run, or the latest
 *           one has nothing to show and the target has, or is of an earlier
 *           day than the target (a run that is named is meant).  ERR_USAGE
 *           when the target is a snapshot for the other audience, whatever
 *           run is named.  The target stays as it was, no temporary file
 *           stays behind.  What a killed process left is removed by the next
 *           one.
 * Lifetime  none.
 */
#ifndef TSUNAGARI_PUBLISH_H
#define TSUNAGARI_PUBLISH_H

#include "snapshot_write.h"

struct publish_order {
    int64_t run_id; /* 0: the latest publishable one; the one taken */
    uint32_t audience;
    const char *path;
    const char *action; /* of the audit: "publish", "rollback" */
    bool dry_run;       /* build and check only */
};

extern const char *const publish_audience[2]; /* by SNAP_AUDIENCE_* */

/* reader and writer: handles of one store, STORE_READ and STORE_WRITE. */
bool publish(struct store *reader, struct store *writer,
    struct publish_order *order, struct snapshot_counts *counts,
    struct err *err);

#endif
