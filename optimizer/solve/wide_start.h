/*
 * wide_start.h: a point inside of a model of wide.h, near what its prices say.
 *
 * Meaning   each line spreads its units over its columns, the more the less
 *           they lose, by exp(-loss / heat); what breaks a row is cut.  All
 *           products of units and losses, prices and slacks are then some
 *           heat: where an interior point method goes on well.
 * Units     heat in mean gains, as y.
 * Failure   none but memory.
 */
#ifndef TSUNAGARI_WIDE_START_H
#define TSUNAGARI_WIDE_START_H

#include "wide.h"

/* From y to y, slack, x and z, all above 0. */
void wide_start(struct wide *wide, double heat);

#endif
