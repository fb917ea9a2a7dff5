/*
 * region_order.h: the best-first list of each region's page.
 *
 * Meaning   the documents that reach a region: first those which the plan
 *           assigns to residents of it or below it, by points, then units;
 *           the others behind them; each by distance from the region's
 *           office, the plan's points anywhere, 確認日, and document
 *           number (which ends with the id).
 * Units     metres; a document without a place is farthest.
 * Failure   none but memory.
 * Lifetime  writes SNAP_SEC_ORDERS and SNAP_SEC_ORDER_DATA at once.
 */
#ifndef TSUNAGARI_REGION_ORDER_H
#define TSUNAGARI_REGION_ORDER_H

#include "collection.h"
#include "facets.h"
#include "region_table.h"

void region_order_write(const struct collection *collection,
    const struct facets *facets, const struct region_table *regions,
    struct snapshot_file *file);

#endif
