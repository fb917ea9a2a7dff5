/*
 * soft_block.h: one offer, one need of soft.h.
 *
 * Meaning   each gives its value and adds to the gradient of its potentials
 *           how likely every number of units of a pair is at this heat: less
 *           for offers, more for needs.
 * Failure   none but memory.
 */
#ifndef TSUNAGARI_SOFT_BLOCK_H
#define TSUNAGARI_SOFT_BLOCK_H

#include "soft.h"

double soft_offer(struct soft *soft, int32_t offer);
double soft_need(struct soft *soft, int32_t need);

#endif
