/*
 * descent.h: the least of a smooth convex function within bounds.
 *
 * Meaning   limited-memory BFGS with steps cut off at the bounds; the first
 *           curvature is told per variable.
 * Failure   none but memory; where no step helps any more it ends.
 * Source    Liu, Nocedal, On the limited memory BFGS method for large scale
 *           optimization, Math. Programming 45.
 */
#ifndef TSUNAGARI_DESCENT_H
#define TSUNAGARI_DESCENT_H

#include "solve_glpk.h"

struct descent {
    int32_t n;
    const double *low, *high; /* n; -INFINITY, INFINITY: none */
    const double *scale; /* n, > 0: what a step of the variable is worth */
    double step; /* of the first one, in these */
    /* the function's value; fills the gradient */
    double (*value)(void *data, const double *x, double *gradient);
    void *data;
    int32_t rounds;  /* at most */
    double enough;   /* a tenth of the rounds that gains less is the last */
    const struct lp_limit *limit;
};

/* x: within the bounds; the best found.  Its value. */
double descent_run(const struct descent *descent, double *x);

#endif
