/*
 * interior.h: a large sparse linear programme by an interior point method.
 *
 * Meaning   maximise gain x with A x <= limit, x >= 0, and its dual
 *           minimise limit y with A' y >= gain, y >= 0, both at once
 *           (Mehrotra's predictor and corrector, Gondzio's correctors,
 *           normal equations).  What comes out lies inside of the best face, not in a corner.
 * Units     the caller's, best scaled so that coefficients are near 1.
 * Shapes    A in compressed columns, rows of a column ascending, each once.
 * Failure   enum lp_state; LP_LIMIT and LP_TROUBLE leave the last point.
 * Lifetime  the caller's arrays.
 * Source    Wright, Primal-Dual Interior-Point Methods, chapter 10; Gondzio,
 *           Multiple centrality corrections (1996).
 */
#ifndef TSUNAGARI_INTERIOR_H
#define TSUNAGARI_INTERIOR_H

#include "cholesky.h"
#include "solve_glpk.h"

struct interior {
    int32_t rows_n, cols_n;
    const int32_t *begin, *row;
    const double *coef;
    const double *gain;  /* per column */
    const double *limit; /* per row */
};

struct interior_solver;

struct interior_point { /* all above 0 */
    double *x, *z; /* per column: units, and A'y - gain */
    double *y, *w; /* per row: prices, and limit - A x */
};

/*
 * A model that does not change, and a point of it, which may break both
 * equations; order: of its rows (cholesky.h).
 */
struct interior_solver *interior_new(const struct interior *model,
    const struct interior_point *point, struct cholesky_order *order);
void interior_free(struct interior_solver *solver); /* NULL is fine */

/*
 * On from where the point stands, until it is the best but for the gap, and
 * no equation is broken by more than `broken`, as a share; or as far as
 * doubles go.
 */
enum lp_state interior_run(struct interior_solver *solver, double gap,
    double broken, const struct lp_limit *limit);

#endif
