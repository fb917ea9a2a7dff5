/*
 * follow.h: from the plan and the prices of a like instance.
 *
 * Meaning   what the prices prove as they are is often enough; else an ascent
 *           from them and small changes of the plan at the new prices take
 *           turns, both over and over a little, until the gap is what was
 *           asked for or the turns are used up.  A plan that is far off
 *           gives way to one that follows the new prices alone.
 * Units     as part.h.
 * Failure   none: the result has a plan and a bound at any moment.
 */
#ifndef TSUNAGARI_FOLLOW_H
#define TSUNAGARI_FOLLOW_H

#include "pipeline.h"

void follow(struct pipeline *run);

#endif
