/*
 * refine.h: a plan made better until its gap is closed or the time is over.
 *
 * Meaning   a generation of plans, shaken (shakes.h) and planned anew in
 *           windows (mend.h, improve.h), then branch and bound over what
 *           could still be better.  By the clock, where that does not end it
 *           soon, more generations, as long as they gain: other shakes know
 *           other things, while the tree of a large part has no end.
 * Failure   none but memory; the result of the pipeline keeps what is best.
 */
#ifndef TSUNAGARI_REFINE_H
#define TSUNAGARI_REFINE_H

#include "pipeline.h"

void refine_plan(struct pipeline *run);

#endif
