/*
 * shakes.h: a plan shaken, once or as often as there is time for.
 *
 * Meaning   to a gap, or without a clock, one shake after the other until it
 *           is reached.  Else, where the time is what ends it, several from
 *           the same start, whose plans are merged (merge.h): together they
 *           know more than one that takes as long.
 * Failure   none but memory; the result of the pipeline keeps what is best.
 */
#ifndef TSUNAGARI_SHAKES_H
#define TSUNAGARI_SHAKES_H

#include "pipeline.h"

/* Many small changes, first hot, then cold, of the plan in the ledger.
 * Another seed, other changes. */
void shakes_one(
    struct pipeline *run, int32_t per_line, int32_t heat, uint64_t seed);

/* From the result's plan; the ledger holds any afterwards.  Another
 * number, other changes. */
void shakes_all(struct pipeline *run, int32_t number);

#endif
