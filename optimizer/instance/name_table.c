/* name_table.c: open addressing, linear steps, half full at most. */
#include "name_table.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/base/err.h"

void
name_table_init(struct name_table *table, struct arena *arena)
{
    *table = (struct name_table){.arena = arena, .slots_n = 64};
    table->slots = xcalloc(table->slots_n, sizeof(*table->slots));
    table->names = xmalloc(table->slots_n / 2 * sizeof(*table->names));
}

void
name_table_clear(struct name_table *table)
{
    free(table->slots);
    free(table->names);
    *table = (struct name_table){0};
}

/* FNV-1a, 64 bits folded. */
static uint32_t
hash(const char *name)
{
    uint64_t h = 14695981039346656037ULL;
    for (const char *s = name; *s != '\0'; s++) {
        h = (h ^ (unsigned char)*s) * 1099511628211ULL;
    }
    return (uint32_t)(h ^ h >> 32);
}

static uint32_t
slot_of(const struct name_table *table, const char *name)
{
    uint32_t at = hash(name) & (table->slots_n - 1);
    while (table->slots[at] != 0 &&
        strcmp(table->names[table->slots[at] - 1], name) != 0) {
        at = (at + 1) & (table->slots_n - 1);
    }
    return at;
}

int32_t
name_table_find(const struct name_table *table, const char *name)
{
    return table->slots[slot_of(table, name)] - 1;
}

static void
grow(struct name_table *table)
{
    free(table->slots);
    table->slots_n *= 2;
    table->slots = xcalloc(table->slots_n, sizeof(*table->slots));
    table->names = xrealloc(
        table->names, table->slots_n / 2, sizeof(*table->names));
    for (int32_t i = 0; i < table->count; i++) {
        table->slots[slot_of(table, table->names[i])] = i + 1;
    }
}

int32_t
name_table_add(struct name_table *table, const char *name)
{
    uint32_t at = slot_of(table, name);
    if (table->slots[at] == 0) {
        if ((uint32_t)table->count == table->slots_n / 2) {
            grow(table);
            at = slot_of(table, name);
        }
        table->names[table->count++] = arena_string(table->arena, name);
        table->slots[at] = table->count;
    }
    return table->slots[at] - 1;
}
