/*
 * crew.h: work shared out to child processes that may die.
 *
 * Meaning   each task runs once in some child, which writes what it finds to
 *           shared memory and marks the task done.  A child that aborts
 *           loses only the task it was at: the others go on in a new one.
 *           What a task finds must not depend on which child runs it.
 * Units     milliseconds.
 * Failure   false when no process or memory can be had.
 * Lifetime  shared memory until crew_free(); children end with crew_run().
 */
#ifndef TSUNAGARI_CREW_H
#define TSUNAGARI_CREW_H

#include <signal.h>
#include <stddef.h>
#include <stdint.h>

#include "optimizer/base/err.h"

/* Zeroed memory that children share. */
void *crew_memory(size_t size, struct err *err);
void crew_free(void *memory, size_t size); /* NULL is fine */

struct crew {
    int32_t tasks_n;
    int32_t processes;   /* as crew_size() takes them */
    int64_t deadline_ms; /* children that are still at it are killed; 0 */
    void (*work)(void *data, int32_t task);
    void *data;
    /* NULL, or the caller's: when it becomes nonzero, *stop does, which lies
     * in crew_memory() for the children to see. */
    const volatile sig_atomic_t *asked;
    volatile sig_atomic_t *stop;
    /* NULL, or called in the parent ten times a second. */
    void (*tick)(void *data);
};

/* Children at the same time; below 1: one per processor. */
int32_t crew_size(int32_t processes);

/* done[task]: 1 if work() came back; of crew_memory(), or NULL. */
bool crew_run(const struct crew *crew, volatile unsigned char *done,
    struct err *err);

#endif
