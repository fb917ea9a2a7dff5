/*
 * cholesky.h: a sparse symmetric positive definite matrix of one pattern and
 * changing values, factorised; ordered by CHOLMOD.
 *
 * Shapes    the upper triangle in compressed columns: the rows r <= c of
 *           column c, in any order, the diagonal among them.
 * Failure   false where the diagonal is not above 0; a pivot of which only
 *           rounding is left is taken as endless (dense.h).
 * Lifetime  until cholesky_free(); the pattern is copied.
 * Same values: same factors, bit by bit, whatever the processor.
 */
#ifndef TSUNAGARI_CHOLESKY_H
#define TSUNAGARI_CHOLESKY_H

#include <stdbool.h>
#include <stdint.h>

struct cholesky;

/* Which column comes when. */
struct cholesky_order {
    int32_t *columns; /* n, the caller's */
    int64_t values;   /* that a factor took when it was found; 0: it is not */
};

/*
 * Takes the order of a similar pattern, if one is known and as good here as
 * it was there; else finds one.
 */
struct cholesky *cholesky_new(int32_t n, const int32_t *begin,
    const int32_t *rows, struct cholesky_order *order);
void cholesky_free(struct cholesky *cholesky); /* NULL is fine */

/* Values in the order of the pattern's rows. */
bool cholesky_factor(struct cholesky *cholesky, const double *values);
/* In place. */
void cholesky_solve(struct cholesky *cholesky, double *right_side);

#endif
