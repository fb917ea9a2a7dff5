/* wide_point.c: copies, and what new columns lose (wide_point.h). */
#include "wide_point.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BROKEN_MOST 0.5 /* of a row, by new columns */
#define TINY 1e-30 /* above 0 as a float, too */

static float *
copy_of(const double *from, int32_t n)
{
    float *to = xcalloc((size_t)n + 1, sizeof(*to));
    for (int32_t k = 0; k < n; k++) {
        to[k] = (float)fmax(from[k], TINY);
    }
    return to;
}

static void
copy_back(double *to, const float *from, int32_t n)
{
    for (int32_t k = 0; k < n; k++) {
        to[k] = (double)from[k];
    }
}

/* The mean of all products of units and losses, prices and slacks. */
static double
heat_of(const struct wide *w)
{
    double sum = 0;
    for (int32_t c = 0; c < w->cols_n; c++) {
        sum += w->x[c] * w->z[c];
    }
    for (int32_t r = 0; r < w->rows_n; r++) {
        sum += w->y[r] * w->slack[r];
    }
    return sum / (w->cols_n + w->rows_n);
}

void
wide_point_keep(struct wide_point *point, const struct wide *w)
{
    size_t n = (size_t)w->pairs_n * sizeof(int32_t);
    wide_point_free(point);
    point->pairs_n = w->pairs_n;
    point->col_pair = xmalloc(n);
    memcpy(point->col_pair, w->col_pair, n);
    point->x = copy_of(w->x, w->cols_n);
    point->z = copy_of(w->z, w->cols_n);
    point->y = copy_of(w->y, w->rows_n);
    point->slack = copy_of(w->slack, w->rows_n);
    point->heat = heat_of(w);
}

void
wide_point_free(struct wide_point *point)
{
    free(point->col_pair);
    free(point->x);
    free(point->z);
    free(point->y);
    free(point->slack);
    *point = (struct wide_point){0};
}

static void
start_column(struct wide *w, int32_t c, double heat)
{
    double loss = -w->gain[c];
    for (int32_t e = w->begin[c]; e < w->begin[c + 1]; e++) {
        loss += w->coef[e] * w->y[w->row[e]];
    }
    w->z[c] = fmax(loss, sqrt(heat)); /* if it was missing, as many units */
    w->x[c] = heat / w->z[c];
}

/*
 * Many new columns of one row would ask for far more than there is, which
 * takes many steps to mend: they share what it may be broken by.
 */
static void
share_rows(struct wide *w, const uint8_t *is_new)
{
    double *asked = xcalloc((size_t)w->rows_n, sizeof(*asked));
    for (int32_t c = 0; c < w->pairs_n; c++) {
        for (int32_t e = w->begin[c]; e < w->begin[c + 1] && is_new[c]; e++) {
            asked[w->row[e]] += fabs(w->coef[e]) * w->x[c];
        }
    }
    for (int32_t r = 0; r < w->rows_n; r++) {
        double most = BROKEN_MOST * (1 + fabs(w->left[r]));
        asked[r] = asked[r] > most ? most / asked[r] : 1;
    }
    for (int32_t c = 0; c < w->pairs_n; c++) {
        double least = 1;
        for (int32_t e = w->begin[c]; e < w->begin[c + 1] && is_new[c]; e++) {
            double one = asked[w->row[e]];
            least = one < least ? one : least;
        }
        w->x[c] *= least;
    }
    free(asked);
}

void
wide_point_resume(const struct wide_point *point, struct wide *w)
{
    copy_back(w->y, point->y, w->rows_n);
    copy_back(w->slack, point->slack, w->rows_n);
    uint8_t *is_new = xcalloc((size_t)w->pairs_n + 1, 1);
    int32_t old = 0;
    for (int32_t c = 0; c < w->pairs_n; c++) { /* both ascend by pair */
        if (old < point->pairs_n && point->col_pair[old] == w->col_pair[c]) {
            w->x[c] = (double)point->x[old];
            w->z[c] = (double)point->z[old++];
        } else {
            start_column(w, c, point->heat);
            is_new[c] = 1;
        }
    }
    share_rows(w, is_new);
    free(is_new);
    int32_t floors = w->in->floors_n;
    copy_back(w->x + w->pairs_n, point->x + point->pairs_n, floors);
    copy_back(w->z + w->pairs_n, point->z + point->pairs_n, floors);
}
