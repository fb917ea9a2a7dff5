/*
 * sort_order.h: a collection's documents by date and by cost.
 *
 * Meaning   SNAP_SEC_SORTS of schema/snapshot.h, from the documents' rows.
 * Failure   the file's.
 */
#ifndef TSUNAGARI_SORT_ORDER_H
#define TSUNAGARI_SORT_ORDER_H

#include "snapshot_file.h"

void sort_order_write(const struct snap_doc *docs, uint32_t n,
    uint32_t index, struct snapshot_file *file);

#endif
