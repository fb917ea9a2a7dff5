/*
 * proof.h: what saved shadow prices prove, in integers and on its own.
 *
 * Meaning   a bound that no plan of the instance exceeds, by weak duality:
 *           it holds for any prices whatever, so that wrong or tampered ones
 *           can only make it worse.  Tiers count as told by given_e12: the
 *           bound is on plans that keep them.  Prices below 0 count as 0,
 *           floors' at most as the floor's own price; a price that alone would cost
 *           more than any plan is worth counts as 0.
 *           The least of two bounds: one that prices every row (proof.c), and
 *           one that prices lines, budgets and partners and plans each offer
 *           for itself (proof_offers.c); where there are potentials each
 *           need, too (proof_needs.c).
 * Units     prices in 1e-6 milli-points per unit of their row (per yen for
 *           budgets, per whole line for floors, per partner for partners); the bound likewise, rounded
 *           as values of plans are.
 * Failure   none, for an instance that instance_check() accepts and that has
 *           a feasible plan.
 * Shares no code with the solver nor with model.c: like check.c it works the
 * formulation of model.h out anew.
 */
#ifndef TSUNAGARI_PROOF_H
#define TSUNAGARI_PROOF_H

#include "optimizer/instance/instance.h"

/* What the offer of a pair pays its need for so many units of it. */
struct proof_potential {
    int32_t pair, units;
    int64_t price; /* 1e-6 milli-points, of all units together; any sign */
};

struct proof_prices {
    int64_t *capacity; /* offers_n */
    int64_t *budget;   /* needs_n */
    int64_t *floor;    /* floors_n */
    int64_t programme;
    int64_t *demand;   /* lines_n; NULL: of no use here */
    int64_t *partners; /* needs_n; NULL likewise */
    const struct proof_potential *potentials; /* by pair, each number of units */
    int32_t potentials_n;                     /* once; others count as 0 */
};

int64_t proof_bound(const struct instance *in,
    const struct proof_prices *prices);

/* (bound - value) / max(|value|, 1) in ppm, rounded up; 0 when closed. */
int64_t proof_gap_ppm(int64_t value_e6, int64_t bound_e6);

#endif
