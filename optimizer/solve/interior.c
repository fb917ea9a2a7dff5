/* interior.c: Newton steps by normal equations (interior.h). */
#include "interior.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/err.h" /* xmalloc */

enum {
    ITERATIONS_MOST = 100,
    CORRECTORS = 3 /* as long as they pay */
};

#define NOTHING 1e-16 /* a mean product: only rounding is left */
#define LEAST 1e-8 /* of what there was, is left after a step */
#define OUTLIER 10.0    /* times the target, or a share of it */
#define LONGER 0.3      /* steps that correctors aim at */
#define LONGER_LEAST 0.03

struct interior_solver {
    struct interior model;
    const struct interior *m; /* it */
    double *x, *z; /* columns and their reduced cost, > 0 */
    double *y, *w; /* row prices and slacks, > 0 */
    double *dx, *dz, *dy, *dw;
    double *kx, *kz, *ky, *kw; /* the direction before a corrector */
    double *rx, *ry;       /* wanted x z and y w, less what they are */
    double *primal, *dual; /* residuals: limit - A x - w, gain - A'y + z */
    double *right;
    int32_t *pattern_begin, *pattern_rows;
    int32_t *place; /* of each product of two entries of a column */
    double *values;
    struct cholesky *cholesky;
    double mu;
};

static double *
doubles(int32_t n)
{
    return xcalloc((size_t)n + 1, sizeof(double));
}

/* How many products of two entries each row of the matrix gets. */
static int32_t
count_products(const struct interior *m, int32_t *begin)
{
    for (int32_t r = 0; r < m->rows_n; r++) {
        begin[r + 1] = 1; /* the diagonal, always, and first */
    }
    int32_t products = 0;
    for (int32_t j = 0; j < m->cols_n; j++) {
        for (int32_t b = m->begin[j]; b < m->begin[j + 1]; b++) {
            begin[m->row[b] + 1] += b - m->begin[j] + 1;
            products += b - m->begin[j] + 1;
        }
    }
    for (int32_t r = 0; r < m->rows_n; r++) {
        begin[r + 1] += begin[r];
    }
    return products;
}

/*
 * The upper triangle of A A', and where each product goes: products are
 * sorted into their column first, then the same rows fall together.
 */
static void
make_pattern(struct interior_solver *s)
{
    const struct interior *m = s->m;
    size_t rows = (size_t)m->rows_n;
    int32_t *begin = xcalloc(rows + 1, sizeof(*begin));
    int32_t products = count_products(m, begin);
    size_t all = (size_t)begin[rows];
    int32_t *row = xmalloc(all * sizeof(*row));
    int32_t *source = xmalloc(all * sizeof(*source));
    int32_t *at = xmalloc((rows + 1) * sizeof(*at));
    memcpy(at, begin, (rows + 1) * sizeof(*at));
    for (int32_t r = 0; r < m->rows_n; r++) {
        row[at[r]] = r;
        source[at[r]++] = -1;
    }
    int32_t k = 0;
    for (int32_t j = 0; j < m->cols_n; j++) {
        for (int32_t b = m->begin[j]; b < m->begin[j + 1]; b++) {
            for (int32_t a = m->begin[j]; a <= b; a++, k++) {
                int32_t c = m->row[b];
                row[at[c]] = m->row[a];
                source[at[c]++] = k;
            }
        }
    }
    s->place = xmalloc(((size_t)products + 1) * sizeof(*s->place));
    s->pattern_begin = xcalloc(rows + 1, sizeof(*s->pattern_begin));
    int32_t *seen = at; /* place of the row in this column, if >= begin */
    memset(seen, 0xFF, rows * sizeof(*seen));
    int32_t n = 0;
    for (size_t c = 0; c < rows; c++) {
        s->pattern_begin[c] = n;
        for (int32_t q = begin[c]; q < begin[c + 1]; q++) {
            int32_t r = row[q];
            if (seen[r] < s->pattern_begin[c]) {
                seen[r] = n;
                row[n++] = r; /* never beyond q */
            }
            if (source[q] >= 0) {
                s->place[source[q]] = seen[r];
            }
        }
    }
    s->pattern_begin[rows] = n;
    s->pattern_rows = row;
    s->values = doubles(n);
    free(begin);
    free(source);
    free(at);
}

static bool
factor(struct interior_solver *s)
{
    const struct interior *m = s->m;
    size_t n = (size_t)s->pattern_begin[m->rows_n];
    memset(s->values, 0, n * sizeof(*s->values));
    for (int32_t r = 0; r < m->rows_n; r++) {
        s->values[s->pattern_begin[r]] = s->w[r] / s->y[r];
    }
    int32_t k = 0;
    for (int32_t j = 0; j < m->cols_n; j++) {
        double d = s->x[j] / s->z[j];
        for (int32_t b = m->begin[j]; b < m->begin[j + 1]; b++) {
            double db = d * m->coef[b];
            for (int32_t a = m->begin[j]; a <= b; a++) {
                s->values[s->place[k++]] += db * m->coef[a];
            }
        }
    }
    return cholesky_factor(s->cholesky, s->values);
}

/* primal = limit - A x - w and dual = gain - A'y + z; their sizes. */
static double
residuals(struct interior_solver *s)
{
    const struct interior *m = s->m;
    double worst = 0;
    for (int32_t r = 0; r < m->rows_n; r++) {
        s->primal[r] = m->limit[r] - s->w[r];
    }
    for (int32_t j = 0; j < m->cols_n; j++) {
        double price = 0;
        for (int32_t e = m->begin[j]; e < m->begin[j + 1]; e++) {
            s->primal[m->row[e]] -= m->coef[e] * s->x[j];
            price += m->coef[e] * s->y[m->row[e]];
        }
        s->dual[j] = m->gain[j] - price + s->z[j];
        worst = fmax(worst, fabs(s->dual[j]) / (1 + fabs(m->gain[j])));
    }
    for (int32_t r = 0; r < m->rows_n; r++) {
        worst = fmax(worst, fabs(s->primal[r]) / (1 + fabs(m->limit[r])));
    }
    return worst;
}

/* The Newton step to the products wanted in rx and ry. */
static void
direction(struct interior_solver *s)
{
    const struct interior *m = s->m;
    for (int32_t r = 0; r < m->rows_n; r++) {
        s->right[r] = s->ry[r] / s->y[r] - s->primal[r];
    }
    for (int32_t j = 0; j < m->cols_n; j++) {
        double part = (s->rx[j] + s->x[j] * s->dual[j]) / s->z[j];
        for (int32_t e = m->begin[j]; e < m->begin[j + 1]; e++) {
            s->right[m->row[e]] += m->coef[e] * part;
        }
    }
    memcpy(s->dy, s->right, (size_t)m->rows_n * sizeof(double));
    cholesky_solve(s->cholesky, s->dy);
    for (int32_t j = 0; j < m->cols_n; j++) {
        double price = 0;
        for (int32_t e = m->begin[j]; e < m->begin[j + 1]; e++) {
            price += m->coef[e] * s->dy[m->row[e]];
        }
        s->dz[j] = price - s->dual[j];
        s->dx[j] = (s->rx[j] - s->x[j] * s->dz[j]) / s->z[j];
    }
    for (int32_t r = 0; r < m->rows_n; r++) {
        s->dw[r] = (s->ry[r] - s->w[r] * s->dy[r]) / s->y[r];
    }
}

static double
room(const double *at, const double *step, int32_t n, double most)
{
    for (int32_t k = 0; k < n; k++) {
        if (at[k] + most * step[k] < 0) {
            most = -at[k] / step[k];
        }
    }
    return most;
}

static void
step_lengths(const struct interior_solver *s, double *primal, double *dual)
{
    int32_t rows = s->m->rows_n, cols = s->m->cols_n;
    *primal = room(s->w, s->dw, rows, room(s->x, s->dx, cols, 1));
    *dual = room(s->y, s->dy, rows, room(s->z, s->dz, cols, 1));
}

static double
mean_product(const struct interior_solver *s, double primal, double dual)
{
    double sum = 0;
    for (int32_t j = 0; j < s->m->cols_n; j++) {
        sum += (s->x[j] + primal * s->dx[j]) * (s->z[j] + dual * s->dz[j]);
    }
    for (int32_t r = 0; r < s->m->rows_n; r++) {
        sum += (s->w[r] + primal * s->dw[r]) * (s->y[r] + dual * s->dy[r]);
    }
    return sum / (s->m->cols_n + s->m->rows_n);
}

/* rx = sigma mu - x z [- dx dz of the predictor], and ry alike. */
static void
want(struct interior_solver *s, double product, bool second_order)
{
    for (int32_t j = 0; j < s->m->cols_n; j++) {
        s->rx[j] = product - s->x[j] * s->z[j] -
            (second_order ? s->dx[j] * s->dz[j] : 0);
    }
    for (int32_t r = 0; r < s->m->rows_n; r++) {
        s->ry[r] = product - s->w[r] * s->y[r] -
            (second_order ? s->dw[r] * s->dy[r] : 0);
    }
}

static void
copy(const struct interior_solver *s, double *const *to, double *const *from)
{
    size_t cols = (size_t)s->m->cols_n * sizeof(double);
    size_t rows = (size_t)s->m->rows_n * sizeof(double);
    memcpy(to[0], from[0], cols);
    memcpy(to[1], from[1], cols);
    memcpy(to[2], from[2], rows);
    memcpy(to[3], from[3], rows);
}

/* What brings a product that is far from the target nearer to it. */
static double
pull(double product, double target)
{
    double low = target / OUTLIER, high = target * OUTLIER;
    double by = product < low ? low - product
        : product > high      ? high - product
                              : 0;
    return by < -high ? -high : by;
}

/* Outliers make steps short: pulls them in, as long as that helps. */
static void
correct(struct interior_solver *s, double target, double *primal, double *dual)
{
    double *const now[] = {s->dx, s->dz, s->dy, s->dw};
    double *const kept[] = {s->kx, s->kz, s->ky, s->kw};
    for (int k = 0; k < CORRECTORS; k++) {
        double p = fmin(1, *primal + LONGER), d = fmin(1, *dual + LONGER);
        copy(s, kept, now);
        for (int32_t j = 0; j < s->m->cols_n; j++) {
            s->rx[j] += pull((s->x[j] + p * s->dx[j]) *
                    (s->z[j] + d * s->dz[j]),
                target);
        }
        for (int32_t r = 0; r < s->m->rows_n; r++) {
            s->ry[r] += pull((s->w[r] + p * s->dw[r]) *
                    (s->y[r] + d * s->dy[r]),
                target);
        }
        direction(s);
        step_lengths(s, &p, &d);
        if (p + d < *primal + *dual + LONGER_LEAST) {
            copy(s, now, kept);
            return;
        }
        *primal = p;
        *dual = d;
    }
}

/* A whole step may end in 0, but for rounding: all stays above. */
static void
go(double *at, const double *step, int32_t n, double length)
{
    for (int32_t k = 0; k < n; k++) {
        double to = at[k] + length * step[k], least = LEAST * at[k];
        at[k] = to > least ? to : least;
    }
}

static bool
iterate(struct interior_solver *s)
{
    const struct interior *m = s->m;
    double primal, dual;
    if (!factor(s)) {
        return false;
    }
    want(s, 0, false); /* predictor */
    direction(s);
    step_lengths(s, &primal, &dual);
    double ratio = mean_product(s, primal, dual) / s->mu;
    double target = ratio * ratio * ratio * s->mu;
    want(s, target, true);
    direction(s);
    step_lengths(s, &primal, &dual);
    correct(s, target, &primal, &dual);
    double back = fmax(0.9, 1 - s->mu);
    back = fmin(back, 0.9995);
    primal *= primal < 1 ? back : 1;
    dual *= dual < 1 ? back : 1;
    go(s->x, s->dx, m->cols_n, primal);
    go(s->z, s->dz, m->cols_n, dual);
    go(s->w, s->dw, m->rows_n, primal);
    go(s->y, s->dy, m->rows_n, dual);
    return isfinite(primal) && isfinite(dual);
}

static double
gap_of(const struct interior_solver *s)
{
    double value = 0, bound = 0;
    for (int32_t j = 0; j < s->m->cols_n; j++) {
        value += s->m->gain[j] * s->x[j];
    }
    for (int32_t r = 0; r < s->m->rows_n; r++) {
        bound += s->m->limit[r] * s->y[r];
    }
    return fabs(bound - value) / (1 + fabs(value));
}

enum lp_state
interior_run(struct interior_solver *s, double gap, double broken,
    const struct lp_limit *limit)
{
    for (int k = 0; k < ITERATIONS_MOST && s->cholesky != NULL; k++) {
        double worst = residuals(s);
        s->mu = mean_product(s, 0, 0);
        if ((worst < broken && gap_of(s) < gap) || s->mu < NOTHING) {
            return LP_OPTIMAL;
        }
        if (lp_limit_reached(limit)) {
            return LP_LIMIT;
        }
        if (!iterate(s)) {
            return LP_TROUBLE;
        }
    }
    return LP_TROUBLE;
}

struct interior_solver *
interior_new(const struct interior *model,
    const struct interior_point *point, struct cholesky_order *order)
{
    int32_t rows = model->rows_n, cols = model->cols_n;
    struct interior_solver *s = xcalloc(1, sizeof(*s));
    *s = (struct interior_solver){.model = *model, .m = &s->model,
        .x = point->x, .y = point->y, .z = point->z, .w = point->w,
        .dx = doubles(cols), .dz = doubles(cols), .dy = doubles(rows),
        .dw = doubles(rows), .kx = doubles(cols), .kz = doubles(cols),
        .ky = doubles(rows), .kw = doubles(rows), .rx = doubles(cols),
        .ry = doubles(rows), .primal = doubles(rows), .dual = doubles(cols),
        .right = doubles(rows)};
    make_pattern(s);
    s->cholesky =
        cholesky_new(rows, s->pattern_begin, s->pattern_rows, order);
    free(s->pattern_rows);
    return s;
}

void
interior_free(struct interior_solver *s)
{
    if (s == NULL) {
        return;
    }
    cholesky_free(s->cholesky);
    void *const arrays[] = {s->dx, s->dz, s->dy, s->dw, s->kx, s->kz, s->ky,
        s->kw, s->rx, s->ry, s->primal, s->dual, s->right, s->values,
        s->pattern_begin, s->place, s};
    for (size_t k = 0; k < sizeof(arrays) / sizeof(*arrays); k++) {
        free(arrays[k]);
    }
}
