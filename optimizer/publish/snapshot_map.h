/*
 * snapshot_map.h: a snapshot file mapped and opened, for checks and reports.
 *
 * Meaning   the file as a worker sees it; snapshot_map_check() is the whole
 *           check, which a worker leaves to the publisher.
 * Failure   ERR_SYSTEM when the file cannot be read, ERR_INPUT with the
 *           reason when it is no good snapshot.
 * Lifetime  until snapshot_map_close().
 */
#ifndef TSUNAGARI_SNAPSHOT_MAP_H
#define TSUNAGARI_SNAPSHOT_MAP_H

#include "optimizer/base/err.h"
#include "schema/snapshot.h"

struct snapshot_map {
    void *base;
    uint64_t size;
    struct snap snap;
};

bool snapshot_map_open(struct snapshot_map *map, const char *path,
    struct err *err);
bool snapshot_map_check(const struct snapshot_map *map, const char *path,
    struct err *err);
void snapshot_map_close(struct snapshot_map *map);

/* A day of a header, 20261121, as 2026-11-21. */
enum { SNAPSHOT_MAP_DAY = 16 };
void snapshot_map_day(uint32_t date, char out[SNAPSHOT_MAP_DAY]);

#endif
