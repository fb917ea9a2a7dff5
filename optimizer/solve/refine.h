/*
 * refine.h: a plan made better until its gap is closed or the time is over.
 *
 * Meaning   a plan grows (grow.h), then branch and bound over what could still
 *           be better.  By the clock, where there is time for several and
 *           branch and bound does not end it soon, other plans from the same
 *           start are crossed with the best, as long as that gains: plans
 *           that grew apart know more than one that grew long, while the
 *           tree of a large part has no end.
 * Failure   none but memory; the result of the pipeline keeps what is best.
 */
#ifndef TSUNAGARI_REFINE_H
#define TSUNAGARI_REFINE_H

#include "pipeline.h"

void refine_plan(struct pipeline *run);

#endif
