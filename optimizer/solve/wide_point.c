/* wide_point.c: copies, and what new columns lose (wide_point.h). */
#include "wide_point.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double *
copy_of(const double *from, int32_t n)
{
    double *to = xcalloc((size_t)n + 1, sizeof(*to));
    memcpy(to, from, (size_t)n * sizeof(*to));
    return to;
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

void
wide_point_resume(const struct wide_point *point, struct wide *w)
{
    size_t rows = (size_t)w->rows_n * sizeof(double);
    size_t floors = (size_t)w->in->floors_n * sizeof(double);
    memcpy(w->y, point->y, rows);
    memcpy(w->slack, point->slack, rows);
    int32_t old = 0;
    for (int32_t c = 0; c < w->pairs_n; c++) { /* both ascend by pair */
        if (old < point->pairs_n && point->col_pair[old] == w->col_pair[c]) {
            w->x[c] = point->x[old];
            w->z[c] = point->z[old++];
        } else {
            start_column(w, c, point->heat);
        }
    }
    memcpy(w->x + w->pairs_n, point->x + point->pairs_n, floors);
    memcpy(w->z + w->pairs_n, point->z + point->pairs_n, floors);
}
