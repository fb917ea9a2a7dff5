/* lock.c: one match at a time; match takes it. */
#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

int
lock_take(const char *store_path, struct err *err)
{
    size_t size = strlen(store_path) + sizeof(".lock");
    char *path = xmalloc(size);
    snprintf(path, size, "%s.lock", store_path);
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock < 0) {
        fail(err, ERR_SYSTEM, "lock: %s: \"%s\"", strerror(errno), path);
    } else if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) {
            fail(err, ERR_SYSTEM, "another match is running: lock \"%s\"",
                path);
        } else {
            fail(err, ERR_SYSTEM, "lock: %s: \"%s\"", strerror(errno), path);
        }
        close(lock);
        lock = -1;
    }
    free(path);
    return lock;
}

void
lock_drop(int lock)
{
    if (lock >= 0) {
        close(lock);
    }
}
