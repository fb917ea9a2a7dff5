/*
 * region_table.h: the regions of a snapshot, numbered.
 *
 * Meaning   all regions of the home prefecture, and those elsewhere that a
 *           document needs, with all above them: parents first, siblings in
 *           the store's order, home first.
 * Units     numbers are those of SNAP_SEC_REGIONS and of the region facet.
 * Failure   ERR_INPUT when the store has no home prefecture.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_REGION_TABLE_H
#define TSUNAGARI_REGION_TABLE_H

#include "labels.h"
#include "optimizer/base/arena.h"
#include "optimizer/store/geo.h"

struct region_row {
    int32_t geo;      /* index into geo->regions */
    uint32_t parent;  /* number, SNAP_NONE */
    uint32_t label;
    uint32_t neighbours, neighbours_n;
    const char *name, *kana, *name_en;
};

struct region_table {
    const struct geo *geo;
    struct region_row *rows;
    uint32_t n, home;
    uint32_t *number_of; /* by geo index; SNAP_NONE: not in the snapshot */
    uint32_t *neighbours;
    uint32_t neighbours_n;
};

/* wanted: by geo index, true for regions that documents name. */
bool region_table_load(struct store *store, const struct geo *geo,
    const bool *wanted, struct labels *labels, struct arena *arena,
    struct region_table *table, struct err *err);

void region_table_write(const struct region_table *table,
    struct snapshot_file *file);

#endif
