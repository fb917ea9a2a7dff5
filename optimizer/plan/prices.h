/*
 * prices.h: the solver's shadow prices under the names of their rows.
 *
 * Meaning   what one more unit of a row would add to the plan: demand,
 *           capacity, budget, floor, programme; only those above 0.  Beside
 *           them, where potentials prove more, these and the prices that
 *           belong to them.
 * Units     1e-6 milli-points per unit, yen or whole line (solve.h).
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_PRICES_H
#define TSUNAGARI_PRICES_H

#include "optimizer/check/proof.h"
#include "optimizer/solve/solve.h"
#include "plan_write.h"

/* Of a stored run, for an instance of like names: n of them name a row that
 * it has, all other rows have price 0. */
bool prices_load(struct store *store, int64_t run_id,
    const struct instance *in, struct arena *arena,
    struct proof_prices *prices, int64_t *n, struct err *err);

/* Those that belong to potentials, with them; potentials_n 0: there are
 * none, and the others prove what can be proven. */
bool prices_load_agreed(struct store *store, int64_t run_id,
    const struct instance *in, struct arena *arena,
    struct proof_prices *prices, struct err *err);

/* With a plan, what a like instance can start from; the same arrays. */
struct solve_start prices_start(const struct proof_prices *prices,
    const int32_t *units);

void prices_collect(const struct candidates *candidates,
    const struct solve_result *result, struct arena *arena,
    struct plan_extras *extras);

#endif
