/*
 * err.h: the world's failures, as text for a person and an exit code.
 *
 * Meaning   a function that can fail because of its input or the system
 *           takes `struct err *` last and returns false (or NULL) after
 *           fail(); the first failure wins, later ones are dropped.
 * Text      lower case, no full stop, what failed, then the subject quoted;
 *           cut at the buffer, never in the middle of a UTF-8 character.
 * Failure   none.
 * Lifetime  plain value; `struct err e = {0};` is "no failure".
 */
#ifndef TSUNAGARI_ERR_H
#define TSUNAGARI_ERR_H

#include <stdbool.h>
#include <stddef.h>

/* The values are the exit codes of the command line. */
enum err_kind {
    ERR_NONE = 0,
    ERR_NO_PLAN = 1, /* no publishable plan */
    ERR_USAGE = 2,   /* the command's words are off */
    ERR_INPUT = 3,   /* bad input: nothing was written */
    ERR_SYSTEM = 4   /* disk, memory, lock, library */
};

struct err {
    enum err_kind kind;
    char text[1024];
};

/* Always false, so that `return fail(err, ...)` reads well. */
bool fail(struct err *err, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Cuts s (of len bytes) to at most max bytes at a character border. */
size_t err_utf8_cut(const char *s, size_t len, size_t max);

/* Allocation that exits with ERR_SYSTEM when there is no memory. */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t count, size_t size);

/*
 * Once, at the start of a program: large blocks are the system's own from
 * now on, whatever was freed before.  What is freed of them is given back at
 * once, and what nobody writes to takes no memory.
 */
void xmalloc_large_apart(void);

#endif
