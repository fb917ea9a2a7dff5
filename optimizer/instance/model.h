/*
 * model.h: the mathematics, stated once; knows no solver.
 *
 * Sets        L    need lines (need i(l), quantity q[l])
 *             R    offer lines (capacity c[j], organisation o(j))
 *             P    feasible pairs (l, j), sparse
 *             G    floors, each a set of lines       T    tiers, likewise
 * Data        s[p] score per unit, milli-points   w[l] price of a unit missing
 *             y[p] cost per unit, yen             a[p] capacity used per unit
 *             B[i] budget of need i               B0   programme budget
 *             K[i] most partner organisations     N[j] most needs served
 *             m[j] least lot of a used pair       pin[p] least units
 *             f[g] floor of covered share         v[g] price of a whole line
 *                                                      missing under it
 * Variables   x[p] >= 0 units, integer            u[l] >= 0 units uncovered
 *             d[g] >= 0 missing share             used(p) is x[p] > 0
 *
 *   maximise   sum s[p] x[p] - sum v[g] d[g] - sum w[l] u[l]
 *   (demand)   sum_p(l) x[p] + u[l]  = q[l]                    every l
 *   (capacity) sum_p(j) a[p] x[p]   <= c[j]                    every j
 *   (budget)   sum_p(i) y[p] x[p]   <= B[i];  sum y[p] x[p] <= B0
 *   (floor)    sum_{l in g} sum_p(l) x[p] / q[l] + d[g] >= f[g] |g|
 *   (tier)     d[t] as small as any plan can make it, for t in T in order,
 *              the earlier ones kept; then the objective
 *   (partners) organisations o(j) with a used pair of need i  <= K[i]
 *   (needs)    needs i with a used pair of offer j            <= N[j]
 *   (lot)      used(p) implies x[p] >= m[j]
 *   (whole)    l indivisible and used(p) imply x[p] = q[l]
 *   (pin)      x[p] >= pin[p]
 *
 * Exactness   everything is an integer, so that a plan has one value and
 *             solver, checker and certificate agree on it:
 *             a unit of line l counts k[l] = ceil(1e12 / q[l]) for a floor
 *             (1e12 is one whole line; a line fully covered never counts
 *             less than one);
 *             d_e12[g] = max(0, 1e6 f_ppm[g] |g| - sum k[l] x[p]);
 *             total_e12 = 1e12 (sum s x - sum w u) - sum v[g] d_e12[g];
 *             value_e6  = floor((total_e12 + 500000) / 1000000).
 *             Rounding is monotone: the best total has the best value, and
 *             a bound on totals, rounded alike, bounds all values.
 *
 * Feasible    Every row but (pin) only forbids too much, so the least plan
 *             (each pin raised to the lot or the whole line that it implies)
 *             is feasible if any plan is: pins are judged without a solver.
 */
#ifndef TSUNAGARI_MODEL_H
#define TSUNAGARI_MODEL_H

#include "instance.h"

__extension__ typedef __int128 model_wide;

#define MODEL_E12 1000000000000LL

/* k[l] of a line of this quantity. */
int64_t model_unit_share(int32_t quantity);

/* 1e6 f_ppm |g|, less what is given from outside (windows of a plan). */
model_wide model_floor_target(const struct instance_floor *floor);

/* total_e12 of a plan, which need not be feasible. */
model_wide model_total(const struct instance *in, const int32_t *units);

int64_t model_value_e6(model_wide total_e12);

/*
 * The most units that pair p of line l can ever have, by its own line,
 * capacity, lot and budgets; 0 when it can never be used.
 */
int32_t model_pair_most(const struct instance *in, int32_t line,
    int32_t pair);

/* The least units that it has if it is used: the whole line, a lot, or 1. */
int32_t model_pair_least(const struct instance *in, int32_t line,
    int32_t pair);

/*
 * Fills units with the least plan.  False with the first row by name that
 * even it breaks: the instance is infeasible.
 */
bool model_least_plan(const struct instance *in, int32_t *units,
    struct err *err);

#endif
