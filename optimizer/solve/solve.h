/*
 * solve.h: an instance in, the best plan found and a proof of how good it is.
 *
 * Meaning   maximises the value of model.h.  Every outcome of the solver is
 *           data: `state`.  A plan is integral and already fits the instance;
 *           callers still give it to check_plan(), which shares nothing with
 *           the solver.
 * Units     units[p] of pair p; values in 1e-6 milli-points; shadow prices in
 *           1e-6 milli-points per unit of their row (per yen for budgets,
 *           per whole line for floors), >= 0 where more of the row helps.
 * Failure   false only for our world's failures (memory, fork, a broken
 *           instance); infeasible, time limit, numerical trouble are states.
 * Lifetime  arrays belong to the arena.
 * Same instance, same options without a time limit: same plan, bit by bit.
 */
#ifndef TSUNAGARI_SOLVE_H
#define TSUNAGARI_SOLVE_H

#include <signal.h>

#include "optimizer/instance/instance.h"

enum solve_state {
    SOLVE_OPTIMAL,    /* value == bound within the asked gap, or but for */
                      /* 2e-9 of a part, where floating point ends */
    SOLVE_FEASIBLE,   /* a plan, with an honest gap (time limit, stop) */
    SOLVE_INFEASIBLE, /* the pins cannot hold together: message says where */
    SOLVE_FAILED      /* no plan and no proof: message says why */
};

/* What an earlier run of a like instance knew: saves time, never needed, and
 * never believed: a plan is repaired, prices prove what they can. */
struct solve_start {
    const int32_t *units; /* pairs_n, need not fit; NULL: none */
    /* in the units of struct solve_result; NULL: none of the prices */
    const int64_t *capacity_price, *budget_price, *floor_price;
    int64_t programme_price;
    const int64_t *demand_price, *partners_price; /* NULL: not these two */
};

struct solve_options {
    int64_t time_limit_ms; /* 0: none */
    int32_t gap_ppm;       /* stop there; 0: as close as can be proven */
    const struct solve_start *start; /* NULL: cold */
    int32_t processes;     /* 0: one per core; -1: none, in this process, */
                           /* which an abort of GLPK then ends (tests); the */
                           /* plan does not depend on it */
    int32_t priced_pairs;  /* parts with so many pairs are solved by pricing */
                           /* (priced.h); 0: the default */
    const volatile sig_atomic_t *stop; /* NULL, or becomes nonzero: finish */
    /* NULL, or called now and then with what is known so far. */
    void (*progress)(void *data, const char *phase, int64_t value_e6,
        int64_t bound_e6);
    void *progress_data;
};

/* What the offer of a pair pays its need for so many units of it. */
struct solve_potential {
    int32_t pair, units;
    int64_t price; /* 1e-6 milli-points, of all units together; any sign */
};

/*
 * Prices of rows that prove the bound together with potentials (potential.h)
 * and mean less by themselves: for proofs, not for people, nor to start with.
 */
struct solve_agreed {
    int64_t *demand_price, *budget_price, *partners_price, *floor_price;
    int64_t programme_price;
    struct solve_potential *potentials; /* by pair, then units */
    int32_t potentials_n;               /* 0: the others prove it */
};

struct solve_result {
    enum solve_state state;
    int32_t *units;    /* pairs_n; NULL when there is no plan */
    int64_t value_e6;  /* of units */
    int64_t bound_e6;  /* no plan is worth more; rounded up */
    int64_t *demand_price;   /* lines_n; NULL when there are no prices */
    int64_t *capacity_price; /* offers_n */
    int64_t *budget_price;   /* needs_n */
    int64_t *floor_price;    /* floors_n */
    int64_t *partners_price; /* needs_n; per partner, where that is limited */
    int64_t programme_price;
    struct solve_agreed agreed;
    double seconds;          /* wall clock, for people only */
    const char *method;      /* "transport", "lp", "mip", ... static */
    const char *message;     /* why infeasible or failed; "" otherwise */
};

/* What a like instance can start from; the result's own arrays. */
struct solve_start solve_start_of(const struct solve_result *result);

bool solve(const struct instance *in, const struct solve_options *options,
    struct arena *arena, struct solve_result *result, struct err *err);

/* (bound - value) / max(|value|, 1), rounded up, in ppm; 0 when equal. */
int64_t solve_gap_ppm(int64_t value_e6, int64_t bound_e6);

const char *solve_state_name(enum solve_state state); /* "optimal" ... */

#endif
