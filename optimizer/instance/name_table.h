/*
 * name_table.h: names to dense indexes, in the order they came.
 *
 * Units     index 0-based; at most 2^30 names.
 * Failure   none but memory.
 * Lifetime  strings belong to the arena; name_table_clear() frees the rest.
 */
#ifndef TSUNAGARI_NAME_TABLE_H
#define TSUNAGARI_NAME_TABLE_H

#include <stdint.h>

#include "optimizer/base/arena.h"

struct name_table {
    struct arena *arena;
    const char **names; /* by index */
    int32_t count;
    int32_t *slots; /* index + 1, 0 is free; a power of two of them */
    uint32_t slots_n;
};

void name_table_init(struct name_table *table, struct arena *arena);
void name_table_clear(struct name_table *table);
/* The index, or -1. */
int32_t name_table_find(const struct name_table *table, const char *name);
/* The index of a name that was there or is now; its string is copied. */
int32_t name_table_add(struct name_table *table, const char *name);

#endif
