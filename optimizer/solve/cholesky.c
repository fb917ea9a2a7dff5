/* cholesky.c: the only file that knows CHOLMOD (cholesky.h). */
#include "cholesky.h"

#include <stdlib.h>
#include <string.h>

#include <suitesparse/cholmod.h>

#include "optimizer/base/err.h" /* xmalloc */

struct cholesky {
    cholmod_common common;
    cholmod_sparse *matrix;
    cholmod_factor *factor;
    cholmod_dense *x, *y, *e; /* of the last solve, used again */
};

struct cholesky *
cholesky_new(int32_t n, const int32_t *begin, const int32_t *rows)
{
    struct cholesky *c = xcalloc(1, sizeof(*c));
    cholmod_start(&c->common);
    c->common.print = 0;
    c->common.supernodal = CHOLMOD_SIMPLICIAL;
    c->common.nmethods = 1;
    c->common.method[0].ordering = CHOLMOD_METIS;
    c->common.postorder = true;
    c->common.final_ll = false;
    c->matrix = cholmod_allocate_sparse((size_t)n, (size_t)n,
        (size_t)begin[n], false, true, 1, CHOLMOD_REAL, &c->common);
    if (c->matrix == NULL) {
        cholesky_free(c);
        return NULL;
    }
    memcpy(c->matrix->p, begin, ((size_t)n + 1) * sizeof(*begin));
    memcpy(c->matrix->i, rows, (size_t)begin[n] * sizeof(*rows));
    c->factor = cholmod_analyze(c->matrix, &c->common);
    return c;
}

void
cholesky_free(struct cholesky *c)
{
    if (c == NULL) {
        return;
    }
    cholmod_free_dense(&c->x, &c->common);
    cholmod_free_dense(&c->y, &c->common);
    cholmod_free_dense(&c->e, &c->common);
    cholmod_free_factor(&c->factor, &c->common);
    cholmod_free_sparse(&c->matrix, &c->common);
    cholmod_finish(&c->common);
    free(c);
}

bool
cholesky_factor(struct cholesky *c, const double *values)
{
    const int32_t *begin = c->matrix->p;
    memcpy(c->matrix->x, values,
        (size_t)begin[c->matrix->ncol] * sizeof(*values));
    return c->factor != NULL &&
        cholmod_factorize(c->matrix, c->factor, &c->common) &&
        c->common.status == CHOLMOD_OK;
}

bool
cholesky_solve(struct cholesky *c, double *right_side)
{
    size_t n = c->matrix->nrow;
    cholmod_dense b = {.nrow = n, .ncol = 1, .nzmax = n, .d = n,
        .x = right_side, .xtype = CHOLMOD_REAL, .dtype = CHOLMOD_DOUBLE};
    if (!cholmod_solve2(CHOLMOD_A, c->factor, &b, NULL, &c->x, NULL, &c->y,
            &c->e, &c->common)) {
        return false;
    }
    memcpy(right_side, c->x->x, n * sizeof(*right_side));
    return true;
}
