/*
 * embed.h: the files that travel inside the binary: SQL, shipped data,
 * page templates.
 *
 * Meaning   bytes of a repository file at build time, by its path there.
 * Failure   embed_find() returns NULL for a path that is not embedded.
 * Lifetime  static; not NUL-terminated.
 * Source    the Makefile writes the table (EMBED) with .incbin.
 */
#ifndef TSUNAGARI_EMBED_H
#define TSUNAGARI_EMBED_H

#include <stddef.h>

struct embed {
    const char *path; /* "schema/data/regions.csv" */
    const unsigned char *data;
    const unsigned char *end;
};

/* In path order, ends with a NULL path. */
extern const struct embed embed_files[];

const struct embed *embed_find(const char *path);

#endif
