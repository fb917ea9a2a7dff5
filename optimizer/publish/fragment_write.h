/*
 * fragment_write.h: fragments into the file.
 *
 * Meaning   escapes become the runs of schema/snapshot.h.
 * Failure   the file's; an escape cut short is our bug.
 * Lifetime  the fragment is copied.
 */
#ifndef TSUNAGARI_FRAGMENT_WRITE_H
#define TSUNAGARI_FRAGMENT_WRITE_H

#include "fragment.h"
#include "snapshot_file.h"

/* The runs, appended to out. */
void fragment_runs(const struct fragment *f, struct fragment *out);

struct snap_ref fragment_write(
    const struct fragment *f, struct snapshot_file *file);

#endif
