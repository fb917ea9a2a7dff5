/*
 * decimation.h: a plan from a concord, fixed bit by bit.
 *
 * Meaning   at the concord's potentials each offer says softly how likely
 *           every number of units of a pair is; what is likeliest is given
 *           for good.  Potentials and prices follow what is left, for a few
 *           rounds, until nothing is likely any more.
 * Failure   none; what the ledger holds is feasible at any moment.
 * Source    decimation by marginals, as in Mezard, Parisi, Zecchina, Analytic
 *           and algorithmic solution of random satisfiability problems,
 *           Science 297 (2002), here of the smoothed dual.
 */
#ifndef TSUNAGARI_DECIMATION_H
#define TSUNAGARI_DECIMATION_H

#include "concord.h"
#include "ledger.h"

struct decimation_options {
    int stages;    /* more of them fix less at a time */
    uint64_t seed; /* 0: by how likely it is; else by chance, too */
    const struct lp_limit *limit;
};

/* From a cleared ledger, whose pins stay as they are. */
void decimation_plan(struct ledger *ledger, const struct concord *concord,
    const struct decimation_options *options);

#endif
