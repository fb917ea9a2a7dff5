/*
 * cholesky.c: the only file that knows CHOLMOD (cholesky.h).  CHOLMOD orders
 * and tells which columns have the same rows; their blocks are factorised
 * here, each taken off those that it touches as soon as it is done.
 */
#include "cholesky.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <suitesparse/cholmod.h>

#include "dense.h"
#include "optimizer/base/err.h" /* xmalloc */

enum {
    WIDE_PART = 64, /* columns of a product that are kept at once */
    FEW_ROWS = 5000, /* below, nested dissection costs more than it saves */
    WORSE_PERCENT = 15 /* an order whose factor is so much larger is let go */
};

#define PIVOT_LEAST 1e-15 /* of what stood on the diagonal */

struct cholesky {
    cholmod_common common;
    cholmod_factor *factor; /* what has which rows; no values */
    int32_t n, entries_n;
    int32_t *place;    /* of row and column in the order of the factor */
    int32_t *block_of; /* of each column of the factor */
    int32_t *at;       /* in values, of each entry of the pattern */
    int32_t *diagonal; /* in values, of each column of the factor */
    double *values;    /* of all blocks */
    double *least;     /* pivots, per column of the factor */
    double *work, *product, *right, *part;
    int32_t *near; /* rows of a block as rows of one that it touches */
};

/* A block: columns first..first + cols, their rows, their values. */
struct block {
    int32_t first, cols, rows;
    const int32_t *row;
    double *values;
};

static struct block
block_at(const struct cholesky *c, int32_t k)
{
    const int32_t *super = c->factor->super, *pi = c->factor->pi;
    const int32_t *px = c->factor->px, *rows = c->factor->s;
    return (struct block){super[k], super[k + 1] - super[k],
        pi[k + 1] - pi[k], rows + pi[k], c->values + px[k]};
}

/* The row's index in the block, from `from` on. */
static int32_t
row_in(const struct block *b, int32_t row, int32_t from)
{
    int32_t low = from, high = b->rows - 1;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (b->row[middle] < row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void
find_places(struct cholesky *c, const int32_t *begin, const int32_t *rows)
{
    const int32_t *order = c->factor->Perm;
    for (int32_t k = 0; k < c->n; k++) {
        c->place[order[k]] = k;
    }
    for (int32_t k = 0; k < (int32_t)c->factor->nsuper; k++) {
        struct block b = block_at(c, k);
        for (int32_t q = 0; q < b.cols; q++) {
            c->block_of[b.first + q] = k;
            c->diagonal[b.first + q] =
                (int32_t)(b.values - c->values) + q * b.rows + q;
        }
    }
    for (int32_t col = 0; col < c->n; col++) {
        for (int32_t e = begin[col]; e < begin[col + 1]; e++) {
            int32_t i = c->place[rows[e]], j = c->place[col];
            int32_t low = i < j ? i : j, high = i < j ? j : i;
            struct block b = block_at(c, c->block_of[low]);
            c->at[e] = (int32_t)(b.values - c->values) +
                (low - b.first) * b.rows + row_in(&b, high, 0);
        }
    }
}

static void
make_arrays(struct cholesky *c)
{
    size_t n = (size_t)c->n, work = 0;
    int32_t most = 0;
    c->values = xcalloc(c->factor->xsize + 1, sizeof(*c->values));
    for (int32_t k = 0; k < (int32_t)c->factor->nsuper; k++) {
        struct block b = block_at(c, k);
        size_t own = dense_work(b.rows, b.cols);
        work = own > work ? own : work;
        most = b.rows > most ? b.rows : most;
    }
    c->place = xcalloc(n + 1, sizeof(*c->place));
    c->block_of = xcalloc(n + 1, sizeof(*c->block_of));
    c->at = xcalloc((size_t)c->entries_n + 1, sizeof(*c->at));
    c->diagonal = xcalloc(n + 1, sizeof(*c->diagonal));
    c->least = xcalloc(n + 1, sizeof(*c->least));
    c->right = xcalloc(n + 1, sizeof(*c->right));
    c->work = xcalloc(work + 1, sizeof(*c->work));
    c->product = xcalloc(
        (size_t)dense_padded(most) * WIDE_PART + 1, sizeof(*c->product));
    c->part = xcalloc((size_t)most + 1, sizeof(*c->part));
    c->near = xcalloc((size_t)most + 1, sizeof(*c->near));
}

static void
analyze(struct cholesky *c, cholmod_sparse *pattern, int32_t *known)
{
    c->common.method[0].ordering = known != NULL ? CHOLMOD_GIVEN
        : c->n < FEW_ROWS                         ? CHOLMOD_AMD
                                                  : CHOLMOD_METIS;
    cholmod_free_factor(&c->factor, &c->common);
    c->factor = cholmod_analyze_p(pattern, known, NULL, 0, &c->common);
}

/* False where nothing came of it. */
static bool
find_factor(struct cholesky *c, cholmod_sparse *pattern,
    struct cholesky_order *order)
{
    bool known = order->values > 0;
    analyze(c, pattern, known ? order->columns : NULL);
    if (known && c->factor != NULL &&
        (int64_t)c->factor->xsize >
            order->values + order->values * WORSE_PERCENT / 100) {
        known = false;
        analyze(c, pattern, NULL);
    }
    if (c->factor == NULL || !c->factor->is_super) {
        return false;
    }
    if (!known) {
        order->values = (int64_t)c->factor->xsize;
    }
    memcpy(order->columns, c->factor->Perm,
        (size_t)c->n * sizeof(*order->columns));
    return true;
}

struct cholesky *
cholesky_new(int32_t n, const int32_t *begin, const int32_t *rows,
    struct cholesky_order *order)
{
    struct cholesky *c = xcalloc(1, sizeof(*c));
    c->n = n;
    c->entries_n = begin[n];
    cholmod_start(&c->common);
    c->common.print = 0;
    c->common.supernodal = CHOLMOD_SUPERNODAL;
    c->common.nmethods = 1;
    c->common.postorder = true;
    /* blocks of like columns: few, but not many zeros in them, either */
    static const size_t cols[] = {2, 4, 16};
    static const double zeros[] = {0.3, 0.05, 0.02};
    memcpy(c->common.nrelax, cols, sizeof(cols));
    memcpy(c->common.zrelax, zeros, sizeof(zeros));
    cholmod_sparse pattern = {.nrow = (size_t)n, .ncol = (size_t)n,
        .nzmax = (size_t)begin[n], .p = (void *)begin, .i = (void *)rows,
        .stype = 1, .itype = CHOLMOD_INT, .xtype = CHOLMOD_PATTERN,
        .dtype = CHOLMOD_DOUBLE, .packed = true};
    if (!find_factor(c, &pattern, order)) {
        cholesky_free(c);
        return NULL;
    }
    make_arrays(c);
    find_places(c, begin, rows);
    return c;
}

void
cholesky_free(struct cholesky *c)
{
    if (c == NULL) {
        return;
    }
    cholmod_free_factor(&c->factor, &c->common);
    cholmod_finish(&c->common);
    free(c->place);
    free(c->block_of);
    free(c->at);
    free(c->diagonal);
    free(c->values);
    free(c->least);
    free(c->work);
    free(c->product);
    free(c->right);
    free(c->part);
    free(c->near);
    free(c);
}

/* near: rows from..end of b as rows of the block t, which has them all. */
static void
find_near(struct cholesky *c, const struct block *b, int32_t from,
    const struct block *t)
{
    int32_t at = 0;
    bool few = (b->rows - from) * 8 < t->rows;
    for (int32_t r = from; r < b->rows; r++) {
        if (few) {
            at = row_in(t, b->row[r], at);
        } else {
            while (t->row[at] < b->row[r]) {
                at++;
            }
        }
        c->near[r] = at;
    }
}

/*
 * What columns begin..end of the rows under b's triangle take from the
 * blocks that those rows are columns of.
 */
static void
take_product(struct cholesky *c, const struct block *b, int32_t begin,
    int32_t end)
{
    int32_t rows = b->rows, apart = dense_padded(rows - b->cols);
    int32_t known = -1;
    struct block t = {0};
    dense_square(c->work, rows, b->cols, begin, end, c->product);
    for (int32_t q = begin; q < end; q++) {
        int32_t col = b->row[b->cols + q];
        const double *from = c->product +
            (size_t)(q - begin) * (size_t)apart - b->cols;
        if (c->block_of[col] != known) {
            known = c->block_of[col];
            t = block_at(c, known);
            find_near(c, b, b->cols + q, &t);
        }
        double *to = t.values + (size_t)(col - t.first) * (size_t)t.rows;
        for (int32_t r = b->cols + q; r < rows; r++) {
            to[c->near[r]] -= from[r];
        }
    }
}

bool
cholesky_factor(struct cholesky *c, const double *values)
{
    memset(c->values, 0, c->factor->xsize * sizeof(*c->values));
    for (int32_t e = 0; e < c->entries_n; e++) {
        c->values[c->at[e]] += values[e];
    }
    for (int32_t k = 0; k < c->n; k++) {
        c->least[k] = PIVOT_LEAST * c->values[c->diagonal[k]];
        if (!(c->least[k] > 0) || !isfinite(c->least[k])) {
            return false;
        }
    }
    for (int32_t k = 0; k < (int32_t)c->factor->nsuper; k++) {
        struct block b = block_at(c, k);
        int32_t under = b.rows - b.cols;
        dense_factor(
            b.values, b.rows, b.cols, c->least + b.first, c->work);
        dense_pack(b.values, b.rows, b.cols, c->work);
        for (int32_t q = 0; q < under; q += WIDE_PART) {
            take_product(
                c, &b, q, q + WIDE_PART < under ? q + WIDE_PART : under);
        }
    }
    return true;
}

static void
gather(struct cholesky *c, const struct block *b)
{
    memcpy(c->part, c->right + b->first, (size_t)b->cols * sizeof(double));
    for (int32_t r = b->cols; r < b->rows; r++) {
        c->part[r] = c->right[b->row[r]];
    }
}

void
cholesky_solve(struct cholesky *c, double *right_side)
{
    int32_t blocks_n = (int32_t)c->factor->nsuper;
    for (int32_t k = 0; k < c->n; k++) {
        c->right[c->place[k]] = right_side[k];
    }
    for (int32_t k = 0; k < blocks_n; k++) {
        struct block b = block_at(c, k);
        gather(c, &b);
        dense_forward(b.values, b.rows, b.cols, c->part);
        for (int32_t r = 0; r < b.rows; r++) {
            c->right[b.row[r]] = c->part[r];
        }
    }
    for (int32_t k = blocks_n - 1; k >= 0; k--) {
        struct block b = block_at(c, k);
        gather(c, &b);
        dense_backward(b.values, b.rows, b.cols, c->part);
        memcpy(c->right + b.first, c->part, (size_t)b.cols * sizeof(double));
    }
    for (int32_t k = 0; k < c->n; k++) {
        right_side[k] = c->right[c->place[k]];
    }
}
