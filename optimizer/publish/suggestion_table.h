/*
 * suggestion_table.h: what the plan proposes to each need, for members.
 *
 * Meaning   chosen pairs of the run, then its runners-up, by need (document
 *           number), line and rank; pairs whose need or resource is not in
 *           the snapshot are left out, and those that staff forbid or defer
 *           on the plan's day.  Each has a reason line (reason.h).
 * Units     yen, metres, milli-points; units of the line.
 * Failure   the store's.
 * Lifetime  fragments are written to the file at once; the rows until
 *           suggestion_table_write(), which frees them.
 * Source    views members_suggestions and members_alternatives.
 */
#ifndef TSUNAGARI_SUGGESTION_TABLE_H
#define TSUNAGARI_SUGGESTION_TABLE_H

#include "collection.h"
#include "labels.h"
#include "listing.h"
#include "render.h"

struct suggestion_table {
    struct snap_suggestion *rows;
    uint32_t n, cap;
};

bool suggestion_table_load(struct store *store,
    const struct collection_plan *plan, const struct collection *resources,
    const struct collection *needs, const struct render *render,
    struct labels *labels, struct snapshot_file *file,
    struct suggestion_table *table, struct err *err);
void suggestion_table_write(struct suggestion_table *table,
    struct snapshot_file *file);

#endif
