/*
 * master.h: the relaxation of a large part, by column generation.
 *
 * Meaning   all rows but counts, lots and whole lines; the columns that
 *           matter, starting from a dual (dual.h) and its tree as a basis;
 *           pairs that the row prices say are missing are added until none
 *           is.  The bound is exact and holds for all pairs at any moment.
 * Units     as certificate.h; units of pairs in 1e-6.
 * Failure   enum lp_state; the bound holds in any case.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_MASTER_H
#define TSUNAGARI_MASTER_H

#include "dual.h"
#include "rounding.h"

struct master {
    struct prices prices; /* that prove the bound */
    model_wide bound;
    int64_t value_e6; /* of the relaxed plan, as far as doubles can tell */
    struct wish *wishes; /* pairs in use, and how much of them */
    int32_t wishes_n;
    int32_t columns_n, scans_n; /* for the curious */
};

/* Frees what dual_free() does on the way. */
enum lp_state master_solve(struct master *master, struct dual *dual,
    const struct lp_limit *limit, struct arena *arena);

#endif
