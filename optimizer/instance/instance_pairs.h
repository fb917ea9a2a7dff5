/*
 * instance_pairs.h: the pairs of an instance, by far its largest file.
 *
 * Meaning   called by instance_read() when needs, lines and offers are
 *           there; the table is open, columns line,offer,score,cost_yen,use.
 *           Rows may come in any order.
 * Failure   counted in the table's errors.
 * Lifetime  what is read belongs to the arena.
 */
#ifndef TSUNAGARI_INSTANCE_PAIRS_H
#define TSUNAGARI_INSTANCE_PAIRS_H

#include "instance_rows.h"

void instance_read_pairs(struct arena *arena, struct rows *t,
    struct instance *in, const struct name_table *lines,
    const struct name_table *offers);

#endif
