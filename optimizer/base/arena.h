/*
 * arena.h: memory of one command, given back at once.
 *
 * Meaning   blocks that only grow; nothing is freed singly.
 * Units     bytes; results are zeroed and aligned for any type.
 * Failure   none: out of memory exits (err.h).
 * Lifetime  until arena_release(); `struct arena a = {0};` is empty.
 */
#ifndef TSUNAGARI_ARENA_H
#define TSUNAGARI_ARENA_H

#include <stddef.h>

struct arena {
    struct arena_block *blocks;
};

void *arena_alloc(struct arena *arena, size_t size);
void *arena_array(struct arena *arena, size_t count, size_t size);
char *arena_string(struct arena *arena, const char *s); /* NULL gives "" */
char *arena_bytes(struct arena *arena, const char *s, size_t len);
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void arena_release(struct arena *arena);

#endif
