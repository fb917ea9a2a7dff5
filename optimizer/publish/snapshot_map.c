/* snapshot_map.c: maps a snapshot file read-only. */
#include "snapshot_map.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool
snapshot_map_open(struct snapshot_map *map, const char *path, struct err *err)
{
    *map = (struct snapshot_map){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        fail(err, ERR_SYSTEM, "snapshot: cannot read: %s: \"%s\"",
            strerror(errno), path);
        if (fd >= 0) {
            close(fd);
        }
        return false;
    }
    if (!S_ISREG(st.st_mode) ||
        st.st_size < (off_t)sizeof(struct snap_header)) {
        close(fd);
        return fail(
            err, ERR_INPUT, "snapshot: too short to be one: \"%s\"", path);
    }
    map->size = (uint64_t)st.st_size;
    map->base = mmap(NULL, map->size, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (map->base == MAP_FAILED) {
        map->base = NULL;
        return fail(err, ERR_SYSTEM, "snapshot: cannot map: %s: \"%s\"",
            strerror(errno), path);
    }
    const char *reason = snap_open(&map->snap, map->base, map->size);
    if (reason != NULL) {
        snapshot_map_close(map);
        return fail(err, ERR_INPUT, "snapshot: %s: \"%s\"", reason, path);
    }
    return true;
}

bool
snapshot_map_check(
    const struct snapshot_map *map, const char *path, struct err *err)
{
    const char *reason = snap_verify(&map->snap, map->size);
    return reason == NULL
               ? true
               : fail(err, ERR_INPUT, "snapshot: %s: \"%s\"", reason, path);
}

void
snapshot_map_close(struct snapshot_map *map)
{
    if (map->base != NULL) {
        munmap(map->base, map->size);
        map->base = NULL;
    }
}

void
snapshot_map_day(uint32_t date, char out[SNAPSHOT_MAP_DAY])
{
    snprintf(out, SNAPSHOT_MAP_DAY, "%04u-%02u-%02u",
        (unsigned)(date / 10000 % 10000), (unsigned)(date / 100 % 100),
        (unsigned)(date % 100));
}
