/* wide_early.c: old columns as they were, new ones beside (wide_early.h). */
#include "wide_early.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
wide_early_free(struct wide_early *early)
{
    free(early->point.x);
    free(early->point.z);
    free(early->point.y);
    free(early->point.w);
    free(early->col_pair);
    *early = (struct wide_early){0};
}

void
wide_early_make(struct wide_early *early, const struct wide *w)
{
    size_t cols = (size_t)w->cols_n, rows = (size_t)w->rows_n;
    size_t pairs = (size_t)w->pairs_n;
    wide_early_free(early);
    early->point = (struct interior_point){
        .x = xcalloc(cols + 1, sizeof(double)),
        .z = xcalloc(cols + 1, sizeof(double)),
        .y = xcalloc(rows + 1, sizeof(double)),
        .w = xcalloc(rows + 1, sizeof(double))};
    early->pairs_n = w->pairs_n;
    early->col_pair = xcalloc(pairs + 1, sizeof(*early->col_pair));
    memcpy(early->col_pair, w->col_pair, pairs * sizeof(*w->col_pair));
}

static double
mean_product(const struct wide_early *early, const struct wide *w)
{
    const struct interior_point *at = &early->point;
    int32_t cols = early->pairs_n + w->in->floors_n;
    double sum = 0;
    for (int32_t c = 0; c < cols; c++) {
        sum += at->x[c] * at->z[c];
    }
    for (int32_t r = 0; r < w->rows_n; r++) {
        sum += at->y[r] * at->w[r];
    }
    return sum / (cols + w->rows_n);
}

/*
 * What loses less than nothing, or hardly anything, starts with a loss that
 * has as many units: the prices give way later.
 */
static void
start_new(struct wide *w, int32_t c, double product)
{
    double loss = -w->gain[c];
    for (int32_t e = w->begin[c]; e < w->begin[c + 1]; e++) {
        loss += w->coef[e] * w->y[w->row[e]];
    }
    w->z[c] = fmax(loss, sqrt(product));
    w->x[c] = product / w->z[c];
}

void
wide_early_start(const struct wide_early *early, struct wide *w)
{
    const struct interior_point *at = &early->point;
    size_t rows = (size_t)w->rows_n * sizeof(double);
    size_t floors = (size_t)w->in->floors_n * sizeof(double);
    double product = mean_product(early, w);
    int32_t old = 0;
    memcpy(w->y, at->y, rows);
    memcpy(w->slack, at->w, rows);
    for (int32_t c = 0; c < w->pairs_n; c++) {
        if (old < early->pairs_n && early->col_pair[old] == w->col_pair[c]) {
            w->x[c] = at->x[old];
            w->z[c] = at->z[old++];
        } else {
            start_new(w, c, product);
        }
    }
    memcpy(w->x + w->pairs_n, at->x + early->pairs_n, floors);
    memcpy(w->z + w->pairs_n, at->z + early->pairs_n, floors);
}
