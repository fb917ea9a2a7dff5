/*
 * solve_glpk.c: the only file that knows GLPK, its doubles and its 1-based
 * indexes.
 *
 * Gains are divided by their greatest common divisor before GLPK sees them:
 * with integer columns only, it can then round bounds to whole steps.
 */
#include "solve_glpk.h"

#include <glpk.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/clock.h"
#include "optimizer/base/divisor.h"
#include "optimizer/base/err.h" /* xmalloc */

enum {
    SLICE_PIVOTS = 500, /* not a time: the way must not depend on it */
    MOST_PIVOTS = 20    /* per row and column: more go in circles */
};

struct lp {
    glp_prob *prob;
    int64_t *gains; /* per column, milli-points */
    int cols_n, cols_cap;
    int64_t step;            /* what GLPK's objective is counted in */
    struct lp_branch *branch; /* while it runs */
    int32_t nodes;           /* that branch and bound went into */
    bool in_node;            /* lp_col_e6() reads the node's relaxation */
    glp_prob *node;
};

bool
lp_limit_reached(const struct lp_limit *limit)
{
    for (int k = 0; k < 2; k++) {
        if (limit->stop[k] != NULL && *limit->stop[k]) {
            return true;
        }
    }
    return limit->deadline_ms != 0 && clock_ms() >= limit->deadline_ms;
}

struct lp_limit
lp_limit_part(const struct lp_limit *limit, double share)
{
    struct lp_limit part = *limit;
    if (limit->deadline_ms != 0 && share < 1) {
        int64_t left = limit->deadline_ms - clock_ms();
        part.deadline_ms -= (int64_t)((double)left * (1 - share));
    }
    return part;
}

struct lp_limit
lp_limit_share(const struct lp_limit *limit, int percent)
{
    return lp_limit_part(limit, percent / 100.0);
}

/* What is left, at least 1 ms and at most cap. */
static int
time_left(const struct lp_limit *limit, int cap)
{
    if (limit->deadline_ms == 0) {
        return cap;
    }
    int64_t left = limit->deadline_ms - clock_ms();
    return left < 1 ? 1 : left > cap ? cap : (int)left;
}

struct lp *
lp_new(void)
{
    struct lp *lp = xcalloc(1, sizeof(*lp));
    glp_term_out(GLP_OFF);
    lp->prob = glp_create_prob();
    glp_set_obj_dir(lp->prob, GLP_MAX);
    lp->step = 1;
    return lp;
}

void
lp_free(struct lp *lp)
{
    if (lp == NULL) {
        return;
    }
    glp_delete_prob(lp->prob);
    glp_free_env();
    free(lp->gains);
    free(lp);
}

static int
bound_type(double low, double high)
{
    if (isinf(low)) {
        return isinf(high) ? GLP_FR : GLP_UP;
    }
    return isinf(high) ? GLP_LO : low < high ? GLP_DB : GLP_FX;
}

int
lp_add_row(struct lp *lp, double low, double high)
{
    int i = glp_add_rows(lp->prob, 1);
    glp_set_row_bnds(lp->prob, i, bound_type(low, high), low, high);
    return i - 1;
}

int
lp_add_col(struct lp *lp, int64_t gain, double low, double high,
    bool integer, int n, const int *rows, const double *coefs)
{
    int *at = xmalloc(((size_t)n + 1) * sizeof(*at));
    double *values = xmalloc(((size_t)n + 1) * sizeof(*values));
    for (int k = 0; k < n; k++) {
        at[k + 1] = rows[k] + 1;
        values[k + 1] = coefs[k];
    }
    int j = glp_add_cols(lp->prob, 1);
    glp_set_col_kind(lp->prob, j, integer ? GLP_IV : GLP_CV);
    glp_set_col_bnds(lp->prob, j, bound_type(low, high), low, high);
    glp_set_mat_col(lp->prob, j, n, at, values);
    free(at);
    free(values);
    if (lp->cols_n == lp->cols_cap) {
        lp->cols_cap = lp->cols_cap > 0 ? 2 * lp->cols_cap : 64;
        lp->gains =
            xrealloc(lp->gains, (size_t)lp->cols_cap, sizeof(*lp->gains));
    }
    lp->gains[lp->cols_n++] = gain;
    glp_set_obj_coef(lp->prob, j, (double)gain / (double)lp->step);
    return j - 1;
}

void
lp_add_entry(struct lp *lp, int row, int col, double coef)
{
    int n = glp_get_mat_row(lp->prob, row + 1, NULL, NULL);
    int *at = xmalloc(((size_t)n + 2) * sizeof(*at));
    double *values = xmalloc(((size_t)n + 2) * sizeof(*values));
    glp_get_mat_row(lp->prob, row + 1, at, values);
    int k = 1;
    while (k <= n && at[k] != col + 1) {
        k++;
    }
    at[k] = col + 1;
    values[k] = (k <= n ? values[k] : 0) + coef;
    glp_set_mat_row(lp->prob, row + 1, k > n ? k : n, at, values);
    free(at);
    free(values);
}

void
lp_set_most(struct lp *lp, int row, double high)
{
    glp_set_row_bnds(lp->prob, row + 1, GLP_UP, 0, high);
}

int
lp_cols(const struct lp *lp)
{
    return lp->cols_n;
}

static const int at_status[] = {
    [LP_BASIC] = GLP_BS, [LP_LOW] = GLP_NL, [LP_HIGH] = GLP_NU};

void
lp_row_at(struct lp *lp, int row, enum lp_at at)
{
    glp_set_row_stat(lp->prob, row + 1, at_status[at]);
}

void
lp_col_at(struct lp *lp, int col, enum lp_at at)
{
    glp_set_col_stat(lp->prob, col + 1, at_status[at]);
}

static void
set_step(struct lp *lp)
{
    int64_t step = 0;
    for (int k = 0; k < lp->cols_n; k++) {
        int64_t a = lp->gains[k] < 0 ? -lp->gains[k] : lp->gains[k];
        step = divisor_common(step, a);
    }
    step = step == 0 ? 1 : step;
    if (step == lp->step) {
        return;
    }
    lp->step = step;
    for (int k = 0; k < lp->cols_n; k++) {
        glp_set_obj_coef(
            lp->prob, k + 1, (double)lp->gains[k] / (double)step);
    }
}

static int
most_pivots(const struct lp *lp)
{
    double most = MOST_PIVOTS *
        (1000.0 + glp_get_num_rows(lp->prob) + glp_get_num_cols(lp->prob));
    return most < INT_MAX ? (int)most : INT_MAX;
}

enum lp_state
lp_simplex(struct lp *lp, bool dual, const struct lp_limit *limit)
{
    set_step(lp);
    glp_smcp parm;
    glp_init_smcp(&parm);
    parm.msg_lev = GLP_MSG_OFF;
    parm.meth = dual ? GLP_DUALP : GLP_PRIMAL;
    parm.r_test = dual ? GLP_RT_FLIP : GLP_RT_HAR; /* long steps */
    parm.tol_dj = 1e-9;
    int begin = glp_get_it_cnt(lp->prob);
    for (int tries = 0;;) {
        parm.tm_lim = time_left(limit, INT_MAX);
        parm.it_lim = SLICE_PIVOTS;
        int code = glp_simplex(lp->prob, &parm);
        if (code == GLP_ETMLIM || code == GLP_EITLIM) {
            if (lp_limit_reached(limit)) {
                return LP_LIMIT;
            }
            if (glp_get_it_cnt(lp->prob) - begin < most_pivots(lp)) {
                continue;
            }
        }
        int status = glp_get_status(lp->prob);
        if (code == 0 && status == GLP_OPT) {
            return LP_OPTIMAL;
        }
        if (code == 0 && (status == GLP_NOFEAS || status == GLP_UNBND)) {
            return LP_NONE;
        }
        if (tries++ == 2) {
            return LP_TROUBLE;
        }
        glp_std_basis(lp->prob); /* singular, circles: from the start */
        begin = glp_get_it_cnt(lp->prob);
        parm.meth = GLP_PRIMAL;
        parm.r_test = GLP_RT_HAR;
        parm.tol_dj = 1e-7;
    }
}

/* Half away from zero, saturated. */
static int64_t
to_fixed(double value)
{
    if (!(fabs(value) < 9e18)) {
        return value < 0 ? -9000000000000000000LL : 9000000000000000000LL;
    }
    return llround(value);
}

int64_t
lp_value_e6(const struct lp *lp)
{
    return to_fixed(glp_get_obj_val(lp->prob) * (double)lp->step * 1e6);
}

int64_t
lp_col_e6(const struct lp *lp, int col)
{
    const glp_prob *prob = lp->in_node ? lp->node : lp->prob;
    return to_fixed(glp_get_col_prim((glp_prob *)prob, col + 1) * 1e6);
}

int64_t
lp_price_e9(const struct lp *lp, int row)
{
    return to_fixed(
        glp_get_row_dual(lp->prob, row + 1) * (double)lp->step * 1e9);
}

/* Outward by the tolerance that GLPK prunes with. */
static int64_t
bound_e6(const struct lp *lp, double bound)
{
    double value = bound * (double)lp->step * 1e6;
    return to_fixed(ceil(value + fabs(value) * 1e-9));
}

static void
note_bound(struct lp *lp, glp_tree *tree)
{
    int best = glp_ios_best_node(tree);
    if (best != 0) {
        int64_t bound = bound_e6(lp, glp_ios_node_bound(tree, best));
        if (bound < lp->branch->bound_e6) {
            lp->branch->bound_e6 = bound;
        }
    }
}

static void
on_node(glp_tree *tree, void *info)
{
    struct lp *lp = info;
    struct lp_branch *branch = lp->branch;
    int reason = glp_ios_reason(tree);
    if (reason == GLP_ISELECT) {
        note_bound(lp, tree);
        lp->nodes++;
    } else if (reason == GLP_IHEUR && branch->round != NULL) {
        double *values =
            xcalloc((size_t)lp->cols_n + 1, sizeof(*values));
        lp->node = glp_ios_get_prob(tree);
        lp->in_node = true;
        if (branch->round(branch->data, lp, values + 1)) {
            glp_ios_heur_sol(tree, values);
        }
        lp->in_node = false;
        free(values);
    }
    if (lp_limit_reached(branch->limit) ||
        (branch->node_limit > 0 && lp->nodes > branch->node_limit)) {
        note_bound(lp, tree);
        glp_ios_terminate(tree);
    }
}

enum lp_state
lp_branch(struct lp *lp, struct lp_branch *branch)
{
    glp_iocp parm;
    glp_init_iocp(&parm);
    parm.msg_lev = GLP_MSG_OFF;
    parm.br_tech = GLP_BR_DTH;
    parm.bt_tech = GLP_BT_BLB;
    parm.tol_int = 1e-7;
    parm.tol_obj = 1e-9;
    parm.mip_gap = branch->gap_ppm / 1e6;
    parm.mir_cuts = branch->cuts ? GLP_ON : GLP_OFF;
    parm.cov_cuts = parm.mir_cuts;
    parm.cb_func = on_node;
    parm.cb_info = lp;
    parm.tm_lim = time_left(branch->limit, INT_MAX);
    branch->bound_e6 = bound_e6(lp, glp_get_obj_val(lp->prob));
    branch->found = false;
    lp->branch = branch;
    lp->nodes = 0;
    int code = glp_intopt(lp->prob, &parm);
    lp->branch = NULL;
    int status = glp_mip_status(lp->prob);
    branch->found = status == GLP_OPT || status == GLP_FEAS;
    if (code == 0 && status == GLP_OPT) {
        int64_t bound = bound_e6(lp, glp_mip_obj_val(lp->prob));
        branch->bound_e6 = bound < branch->bound_e6 ? bound
                                                    : branch->bound_e6;
        return LP_OPTIMAL;
    }
    if (code == 0 && status == GLP_NOFEAS) {
        return LP_NONE;
    }
    if (code == GLP_ETMLIM || code == GLP_ESTOP || code == GLP_EMIPGAP) {
        return LP_LIMIT;
    }
    return LP_TROUBLE;
}

bool
lp_int_units(const struct lp *lp, int col, int64_t *units)
{
    double value = glp_mip_col_val(lp->prob, col + 1);
    *units = to_fixed(value);
    return fabs(value - (double)*units) <= 1e-5;
}
