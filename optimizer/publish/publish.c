/* publish.c: builds, checks, renames and records a snapshot. */
#include "publish.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "optimizer/base/json.h"
#include "optimizer/store/run.h"
#include "snapshot_map.h"

const char *const publish_audience[2] = {"public", "members"};

static bool
choose_run(struct store *store, struct publish_order *order, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT id FROM runs WHERE " RUN_HAS_PLAN
        "   AND (?1 = 0 OR id = ?1) ORDER BY id DESC LIMIT 1",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, order->run_id);
    int step = store_step(stmt, err);
    int64_t asked = order->run_id;
    order->run_id = step == 1 ? store_int(stmt, 0) : 0;
    store_finish(stmt);
    if (step == 1 && order->run_id >= 1 && order->run_id < UINT32_MAX) {
        return true;
    }
    if (step < 0) {
        return false;
    }
    return asked == 0 ? fail(err, ERR_NO_PLAN,
                            "no publishable plan in the store, run "
                            "`tsunagari match`")
                      : fail(err, ERR_NO_PLAN,
                            "run %" PRId64 " has no publishable plan", asked);
}

/* The file as written, not as meant. */
static bool
check_file(const char *path, const struct publish_order *order, struct err *err)
{
    struct snapshot_map map;
    if (!snapshot_map_open(&map, path, err)) {
        return false;
    }
    bool ok = snapshot_map_check(&map, path, err);
    if (ok && (map.snap.header->run_id != order->run_id ||
                  map.snap.header->audience != order->audience)) {
        ok = fail(err, ERR_SYSTEM,
            "snapshot: another run's or audience's: \"%s\"", path);
    }
    snapshot_map_close(&map);
    return ok;
}

static bool
sync_directory(const char *path, struct err *err)
{
    char *dir = xmalloc(strlen(path) + 2);
    strcpy(dir, path);
    char *slash = strrchr(dir, '/');
    if (slash == NULL) {
        strcpy(dir, ".");
    } else {
        slash[slash == dir] = '\0';
    }
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (!ok) {
        fail(err, ERR_SYSTEM, "publish: cannot sync: %s: \"%s\"",
            strerror(errno), dir);
    }
    if (fd >= 0) {
        close(fd);
    }
    free(dir);
    return ok;
}

static bool
record(struct store *store, const struct publish_order *order,
    const struct snapshot_counts *counts, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO publications (run_id, audience, path, crc, actor, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        err);
    if (stmt == NULL) {
        return false;
    }
    char now[21], subject[48];
    store_now(now);
    store_bind_int(stmt, 1, order->run_id);
    store_bind_text(stmt, 2, publish_audience[order->audience]);
    store_bind_text(stmt, 3, order->path);
    store_bind_int(stmt, 4, counts->crc32);
    store_bind_text(stmt, 5, store_actor(store));
    store_bind_text(stmt, 6, now);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    snprintf(subject, sizeof(subject), "runs/%" PRId64, order->run_id);
    struct json detail = {0};
    json_open(&detail, '{');
    json_put_text(&detail, "audience", publish_audience[order->audience]);
    json_put_text(&detail, "path", order->path);
    json_put_int(&detail, "crc", counts->crc32);
    json_put_int(&detail, "resources", counts->resources);
    json_put_int(&detail, "needs", counts->needs);
    json_put_int(&detail, "suggestions", counts->suggestions);
    json_close(&detail, '}');
    ok = ok && store_audit(store, order->action, subject, detail.text, err);
    json_release(&detail);
    return ok;
}

/* Whom the snapshot at the path is for, as its header says, be it damaged or
 * of another version; false: there is none. */
static bool
audience_of(const char *path, uint32_t *audience)
{
    struct snap_header header;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool is_one = fd >= 0 && read(fd, &header, sizeof(header)) ==
                                 (ssize_t)sizeof(header) &&
                  memcmp(header.magic, SNAP_MAGIC, sizeof(header.magic)) == 0 &&
                  header.audience <= SNAP_AUDIENCE_MEMBERS;
    if (fd >= 0) {
        close(fd);
    }
    *audience = is_one ? header.audience : 0;
    return is_one;
}

/* A rename would put a file in the place of /dev/null, too; and what is for
 * members alone in the place that everybody reads. */
static bool
may_replace(const struct publish_order *order, struct err *err)
{
    struct stat st;
    uint32_t audience;
    if (stat(order->path, &st) != 0) {
        return true;
    }
    if (!S_ISREG(st.st_mode)) {
        return fail(err, ERR_SYSTEM, "publish: is there and no file: \"%s\"",
            order->path);
    }
    return !audience_of(order->path, &audience) ||
           audience == order->audience ||
           fail(err, ERR_USAGE,
               "%s: for %s, but what is published there is for %s (name"
               " another file, or remove this one first): \"%s\"",
               order->action, publish_audience[order->audience],
               publish_audience[audience], order->path);
}

/* As the file that it replaces, so that who keeps a snapshot from others says
 * so once, by chgrp and chmod; a new one is for whom the umask lets. */
static bool
take_mode(const char *temporary, const char *path, struct err *err)
{
    struct stat st;
    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = 0644 & ~mask;
    bool ok = true;
    if (stat(path, &st) == 0) {
        mode = st.st_mode & 0777;
        ok = chown(temporary, (uid_t)-1, st.st_gid) == 0 ||
             (mode & 0004) != 0; /* the group does not matter */
    }
    return (ok && chmod(temporary, mode) == 0) ||
           fail(err, ERR_SYSTEM, "publish: cannot keep group and mode: %s:"
                                 " \"%s\"",
               strerror(errno), path);
}

/* The rename lies between the record and its commit: no record without the
 * file in its place. */
static bool
put_in_place(struct store *writer, const char *temporary,
    const struct publish_order *order, const struct snapshot_counts *counts,
    struct err *err)
{
    if (!store_begin(writer, err)) {
        return false;
    }
    bool ok = may_replace(order, err) &&
              take_mode(temporary, order->path, err) &&
              record(writer, order, counts, err);
    if (ok && rename(temporary, order->path) != 0) {
        ok = fail(err, ERR_SYSTEM, "publish: cannot rename: %s: \"%s\"",
            strerror(errno), order->path);
    }
    ok = ok && sync_directory(order->path, err) && store_commit(writer, err);
    if (!ok) {
        store_rollback(writer);
    }
    return ok;
}

/* TARGET.PID.tmp of processes that are no more, or had our number. */
static void
remove_leftovers(const char *path)
{
    size_t size = 2 * strlen(path) + 16, n = 0;
    char *pattern = xmalloc(size);
    for (const char *p = path; *p != '\0'; p++) {
        if (strchr("*?[\\", *p) != NULL) {
            pattern[n++] = '\\';
        }
        pattern[n++] = *p;
    }
    strcpy(pattern + n, ".*.tmp");
    glob_t found;
    if (glob(pattern, GLOB_NOSORT, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            char *end;
            long pid = strtol(found.gl_pathv[i] + strlen(path) + 1, &end, 10);
            bool ours = pid > 0 && strcmp(end, ".tmp") == 0;
            if (ours && (pid == getpid() ||
                            (kill((pid_t)pid, 0) != 0 && errno == ESRCH))) {
                unlink(found.gl_pathv[i]);
            }
        }
        globfree(&found);
    }
    free(pattern);
}

/*
 * A night that finds nothing, by a wrong clock or in a store made anew, is no
 * reason to empty the site, and one of an earlier day than what is published
 * shows what was over; whoever means it names the run.
 */
static bool
may_follow(const struct publish_order *order,
    const struct snapshot_counts *counts, struct err *err)
{
    struct snapshot_map map;
    struct err none = {0};
    if (!snapshot_map_open(&map, order->path, &none)) {
        return true;
    }
    const struct snap_collection *c = map.snap.collections;
    bool shows = c[SNAP_RESOURCES].docs_n + c[SNAP_NEEDS].docs_n > 0;
    uint32_t day = map.snap.header->plan_date;
    snapshot_map_close(&map);
    if (shows && counts->resources + counts->needs == 0) {
        return fail(err, ERR_NO_PLAN,
            "publish: run %" PRId64 " has nothing to show, what is published"
            " has (if it is meant: --run %" PRId64 "): \"%s\"",
            order->run_id, order->run_id, order->path);
    }
    char ours[SNAPSHOT_MAP_DAY], theirs[SNAPSHOT_MAP_DAY];
    snapshot_map_day(counts->plan_date, ours);
    snapshot_map_day(day, theirs);
    return counts->plan_date >= day ||
           fail(err, ERR_NO_PLAN,
               "publish: run %" PRId64 " is of %s, what is published of %s:"
               " is the clock right? (if it is meant: --run %" PRId64
               "): \"%s\"", order->run_id, ours, theirs, order->run_id,
               order->path);
}

bool
publish(struct store *reader, struct store *writer, struct publish_order *order,
    struct snapshot_counts *counts, struct err *err)
{
    if (!may_replace(order, err)) {
        return false;
    }
    bool meant = order->run_id != 0;
    size_t size = strlen(order->path) + 32;
    char *temporary = xmalloc(size);
    snprintf(temporary, size, "%s.%ld.tmp", order->path, (long)getpid());
    remove_leftovers(order->path);
    bool ok = store_begin(reader, err) && choose_run(reader, order, err) &&
              snapshot_write(reader, order->run_id, order->audience, temporary,
                  counts, err);
    store_rollback(reader);
    ok =
        ok && check_file(temporary, order, err) &&
        (meant || may_follow(order, counts, err)) &&
        (order->dry_run || put_in_place(writer, temporary, order, counts, err));
    if (!ok || order->dry_run) {
        unlink(temporary);
    }
    free(temporary);
    return ok;
}
