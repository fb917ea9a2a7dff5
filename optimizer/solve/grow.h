/*
 * grow.h: a good plan from a start, alone or crossed with the best.
 *
 * Meaning   shakes (shakes.h), then paths and windows (exchange.h, mend.h,
 *           improve.h).  Plans that grow from one start with other draws end
 *           as near to the bound, but hardly where others do: some 600 of
 *           2,000 lines differ at 1,000 needs.  Crossing two of them, in
 *           windows where they differ (merge.h), finds what neither has, of
 *           which more time for either brings little.
 * Failure   none but memory; the result of the pipeline keeps what is best,
 *           and never holds less while another grows.
 */
#ifndef TSUNAGARI_GROW_H
#define TSUNAGARI_GROW_H

#include "pipeline.h"

/* The result's plan.  Another number, another plan; share: of the time that
 * is left. */
void grow_plan(struct pipeline *run, int32_t number, double share);

/* Beside the result's, from a feasible plan (pairs_n units); then they are
 * crossed. */
void grow_another(struct pipeline *run, const int32_t *start, int32_t number,
    double share);

#endif
