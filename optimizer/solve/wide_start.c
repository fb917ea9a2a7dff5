/* wide_start.c: spread, cut, and what is left (wide_start.h). */
#include "wide_start.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROOM 0.05 /* of a row that is full */

/*
 * The line's price at which the spread of columns begin..end gives all its
 * units, or leaves some; what each loses at it.
 */
static void
spread_line(struct wide *w, int32_t begin, int32_t end, double heat)
{
    int32_t l = w->row[w->begin[begin]];
    double top = 0, all = 0;
    for (int32_t c = begin; c < end; c++) {
        double net = w->gain[c];
        for (int32_t e = w->begin[c] + 1; e < w->begin[c + 1]; e++) {
            net -= w->coef[e] * w->y[w->row[e]];
        }
        w->z[c] = net;
        top = fmax(top, net);
    }
    for (int32_t c = begin; c < end; c++) {
        all += exp((w->z[c] - top) / heat);
    }
    all += exp(-top / heat);
    w->y[l] = fmax(top + heat * log(all), heat / 10);
    for (int32_t c = begin; c < end; c++) {
        w->z[c] = w->y[l] - w->z[c];
    }
}

static void
spread(struct wide *w, double heat)
{
    for (int32_t l = 0; l < w->in->lines_n; l++) {
        w->y[l] = heat; /* if it has no column */
    }
    for (int32_t begin = 0, end = 0; begin < w->pairs_n; begin = end) {
        int32_t l = w->row[w->begin[begin]];
        while (end < w->pairs_n && w->row[w->begin[end]] == l) {
            end++;
        }
        spread_line(w, begin, end, heat);
    }
}

/* Below the floors' own prices. */
static void
cut_floor_prices(struct wide *w, double heat)
{
    for (int32_t g = 0; g < w->in->floors_n; g++) {
        double most = w->in->floors[g].price * w->gain_scale;
        double *y = &w->y[w->floor_row[g]];
        *y = fmin(*y, fmax(most - heat, most / 2));
    }
}

/* Units by what they lose, cut where a row has too little of them. */
static void
take_units(struct wide *w, double heat)
{
    double *cut = xcalloc((size_t)w->rows_n, sizeof(*cut));
    for (int32_t c = 0; c < w->pairs_n; c++) {
        int32_t l = w->row[w->begin[c]];
        w->x[c] = w->limit[l] * exp(-w->z[c] / heat);
        for (int32_t e = w->begin[c]; e < w->begin[c + 1]; e++) {
            cut[w->row[e]] += w->coef[e] * w->x[c];
        }
    }
    for (int32_t r = 0; r < w->rows_n; r++) {
        double most = (1 - ROOM) * w->left[r];
        cut[r] = w->left[r] >= 0 && cut[r] > most
            ? fmax(most, 1e-6) / cut[r]
            : 1;
    }
    for (int32_t c = 0; c < w->pairs_n; c++) {
        double least = 1;
        for (int32_t e = w->begin[c]; e < w->begin[c + 1]; e++) {
            least = w->coef[e] > 0 ? fmin(least, cut[w->row[e]]) : least;
        }
        w->x[c] = fmax(heat / 100, w->x[c] * least);
    }
    free(cut);
}

static void
take_slack(struct wide *w)
{
    memcpy(w->slack, w->left, (size_t)w->rows_n * sizeof(double));
    for (int32_t c = 0; c < w->pairs_n; c++) {
        for (int32_t e = w->begin[c]; e < w->begin[c + 1]; e++) {
            w->slack[w->row[e]] -= w->coef[e] * w->x[c];
        }
    }
}

/* What floors miss: enough of it that they have some slack. */
static void
take_missing(struct wide *w, double heat)
{
    for (int32_t g = 0; g < w->in->floors_n; g++) {
        int32_t r = w->floor_row[g], c = w->pairs_n + g;
        double most = w->in->floors[g].price * w->gain_scale;
        w->z[c] = fmax(most - w->y[r], heat);
        w->x[c] = fmax(heat / w->z[c],
            heat / fmax(w->y[r], heat) - w->slack[r]);
        w->slack[r] += w->x[c];
    }
}

void
wide_start(struct wide *w, double heat)
{
    int32_t lines_n = w->in->lines_n;
    cut_floor_prices(w, heat);
    spread(w, heat);
    take_units(w, heat);
    take_slack(w);
    take_missing(w, heat);
    for (int32_t r = lines_n; r < w->rows_n; r++) {
        w->slack[r] = fmax(w->slack[r], 1e-3);
        w->y[r] = fmax(w->y[r], heat / w->slack[r]);
    }
    cut_floor_prices(w, heat);
    spread(w, heat); /* at prices that are above 0 */
    for (int32_t l = 0; l < lines_n; l++) {
        w->slack[l] = fmax(w->slack[l], heat / w->y[l]);
    }
    for (int32_t c = 0; c < w->pairs_n; c++) {
        w->z[c] = fmax(w->z[c], heat / 2);
        w->x[c] = fmax(w->x[c], heat / 3 / w->z[c]);
    }
}
