/*
 * instance_extra.h: the optional files of an instance, floors and pins.
 *
 * Meaning   called by instance_read() when the rest is in place; the table
 *           is open, columns floor,line,share,price or line,offer,units.
 * Failure   counted in the table's errors.
 * Lifetime  what is read belongs to the arena.
 */
#ifndef TSUNAGARI_INSTANCE_EXTRA_H
#define TSUNAGARI_INSTANCE_EXTRA_H

#include "instance_rows.h"

void instance_read_floors(struct arena *arena, struct rows *t,
    struct instance *in, const struct name_table *lines,
    struct name_table *floors);
void instance_read_pins(struct arena *arena, struct rows *t,
    struct instance *in, const struct name_table *lines,
    const struct name_table *offers);

#endif
