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

/*
 * order: n numbers, the first one < 0: a good order is found; else that of a
 * similar pattern is taken.  It holds the order then.
 */
struct cholesky *cholesky_new(int32_t n, const int32_t *begin,
    const int32_t *rows, int32_t *order);
void cholesky_free(struct cholesky *cholesky); /* NULL is fine */

/* Values in the order of the pattern's rows. */
bool cholesky_factor(struct cholesky *cholesky, const double *values);
/* In place. */
void cholesky_solve(struct cholesky *cholesky, double *right_side);

#endif
