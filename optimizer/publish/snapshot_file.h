/*
 * snapshot_file.h: the outer shape of a snapshot on its way to disk.
 *
 * Meaning   header, section table and sections of schema/snapshot.h, streamed
 *           to a file: texts and fragments first, then each array once.
 * Units     bytes; offsets of a snap_ref count from the start of the texts.
 * Failure   a write that fails is remembered and told by _close(); a file
 *           that was not closed well is removed.
 * Lifetime  the caller's data is copied out at once.
 */
#ifndef TSUNAGARI_SNAPSHOT_FILE_H
#define TSUNAGARI_SNAPSHOT_FILE_H

#include <stdint.h>
#include <stdio.h>

#include "optimizer/base/err.h"
#include "schema/snapshot.h"

struct snapshot_file {
    FILE *stream;
    char *buffer;     /* the stream's */
    const char *path; /* the caller's, until _close() */
    uint64_t at;      /* bytes written */
    int error;        /* errno of the first write that failed, 0 */
    uint32_t sections;
    struct snap_section table[SNAP_SECTIONS_MAX];
};

/* Makes the file at path anew, for its owner alone; it must not exist. */
bool snapshot_file_open(struct snapshot_file *file, const char *path,
    struct err *err);

/* A run of SNAP_SEC_BYTES; only before the first _section(). */
struct snap_ref snapshot_file_text(struct snapshot_file *file,
    const void *data, size_t len);

/* The bytes of such a run again, into `to` of ref.length; false: cannot. */
bool snapshot_file_read(struct snapshot_file *file, struct snap_ref ref,
    char *to);

/* count records of the type, in one piece. */
void snapshot_file_section(struct snapshot_file *file, uint32_t type,
    uint32_t index, const void *records, uint64_t count);

/* The same in pieces of whole records; returns the offset of the piece from
 * the start of its section. */
void snapshot_file_begin(struct snapshot_file *file, uint32_t type,
    uint32_t index);
uint64_t snapshot_file_append(struct snapshot_file *file, const void *data,
    uint64_t bytes);

/*
 * Writes table and header: run_id, plan_date, audience and home are taken
 * from *header, the rest is filled in.  The file is on the disk (fsync)
 * when this returns true; gone when it returns false.
 */
bool snapshot_file_close(struct snapshot_file *file,
    struct snap_header *header, struct err *err);

/* Gives up: closes and removes the file. */
void snapshot_file_abandon(struct snapshot_file *file);

#endif
