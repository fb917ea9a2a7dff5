/*
 * solve_glpk.h: a sparse linear or mixed-integer programme; GLPK behind it.
 *
 * Meaning   maximise gains over columns within rows.  Rows and columns are
 *           0-based.  GLPK aborts the process on its own bugs: callers run
 *           in a child that may die (crew.h).
 * Units     gains in milli-points; what comes back is integers: values of
 *           columns in 1e-6 units, prices of rows in 1e-9 milli-points per
 *           unit of the row, objectives in 1e-6 milli-points.
 * Failure   enum lp_state; never false silently.
 * Lifetime  until lp_free(); one lp at a time in a process is safest.
 */
#ifndef TSUNAGARI_SOLVE_GLPK_H
#define TSUNAGARI_SOLVE_GLPK_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

enum lp_state {
    LP_OPTIMAL,
    LP_LIMIT,   /* deadline or stop; what is known can be asked for */
    LP_NONE,    /* infeasible or unbounded */
    LP_TROUBLE  /* numerical trouble: nothing is known */
};

/* When to give up: a time of clock.h (0: never), flags. */
struct lp_limit {
    int64_t deadline_ms;
    const volatile sig_atomic_t *stop[2]; /* NULL: none */
};

bool lp_limit_reached(const struct lp_limit *limit);

/* A share, below 1, of the time that is left: the next need some, too. */
struct lp_limit lp_limit_part(const struct lp_limit *limit, double share);

/* Likewise, in percent. */
struct lp_limit lp_limit_share(const struct lp_limit *limit, int percent);

struct lp;

struct lp *lp_new(void);
void lp_free(struct lp *lp); /* and all that GLPK holds; NULL is fine */

/* Both return the index; bounds may be infinite, equal bounds fix. */
int lp_add_row(struct lp *lp, double low, double high);
int lp_add_col(struct lp *lp, int64_t gain, double low, double high,
    bool integer, int n, const int *rows, const double *coefs);
/* To what the row has of this column, if anything. */
void lp_add_entry(struct lp *lp, int row, int col, double coef);
/* Of a row that had no least. */
void lp_set_most(struct lp *lp, int row, double high);
int lp_cols(const struct lp *lp);

/* Where a row or column stands at the start; basics must be a basis. */
enum lp_at { LP_BASIC, LP_LOW, LP_HIGH };
void lp_row_at(struct lp *lp, int row, enum lp_at at);
void lp_col_at(struct lp *lp, int col, enum lp_at at);

/* From the basis that the last call left (at first: all rows). */
enum lp_state lp_simplex(struct lp *lp, bool dual,
    const struct lp_limit *limit);
int64_t lp_value_e6(const struct lp *lp);
int64_t lp_col_e6(const struct lp *lp, int col);
/* How much a column that stands at a bound would gain per unit. */
int64_t lp_price_e9(const struct lp *lp, int row);

struct lp_branch {
    const struct lp_limit *limit;
    int32_t gap_ppm;
    int32_t node_limit; /* 0: none */
    bool cuts; /* a small tree is sooner through without */
    /*
     * NULL, or makes an integer solution out of the relaxation of a node
     * (lp_col_e6() reads it): fills values per column; false if it has none.
     */
    bool (*round)(void *data, const struct lp *lp, double *values);
    void *data;
    int64_t bound_e6; /* out: no integer solution is worth more, but for */
                      /* the tolerance of floating point */
    bool found;       /* out: lp_int_units() answers */
};

/* After lp_simplex() has found the relaxation's optimum. */
enum lp_state lp_branch(struct lp *lp, struct lp_branch *branch);
/* False when the value is no integer within 1e-5. */
bool lp_int_units(const struct lp *lp, int col, int64_t *units);

#endif
