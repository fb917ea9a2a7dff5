/* master_interior.c: rounds of pricing, and plans that keep every row. */
#include "master_interior.h"

#include <math.h>

#include "smooth.h"
#include "wide_choose.h"
#include "wide_plan.h"
#include "wide_point.h"
#include "wide_start.h"

enum {
    LARGE_LINES = 400,
    WIDE_LINES = 15000, /* a simplex method takes a minute for more */
    ROUNDS_MOST = 60,
    MISSING_MOST = 3
};

/*
 * Prices roughly known choose the first columns.  Then, again and again on the
 * way, what the point says is missing is added, at first also what is nearly
 * so.  Steps towards a column that would gain much more than the point's heat
 * are short: the method goes on from the last point that was as hot as that.
 */
enum { STAGES = 5 };

static const struct stage {
    double gap, broken; /* interior_run(); 0: a tenth of what is asked for */
    double nearly;      /* mean gains */
} stages[STAGES] = {{3e-2, 1, 0.02}, {1e-2, 0.1, 0.005}, {1e-3, 1e-3, 0},
    {1e-5, 1e-5, 0}, {0, 1e-8, 0}};

/*
 * The first columns, by rows: fewer where they fill the factor, more where
 * what is missing costs many seconds.
 */
static const struct first {
    int32_t rows;
    struct wide_few few;
} firsts[] = {{10000, {4, 1, 2}}, {30000, {3, 1, 2}},
    {INT32_MAX, {4, 2, 4}}};

#define START_HEAT 0.02 /* mean gains */
#define HOT 0.3         /* of the gain */

static bool
closed(const struct master *master, double gap)
{
    double value = (double)master->value_e6 / 1e6;
    return (double)master->bound / 1e12 - value <= gap * (fabs(value) + 1e6);
}

struct run {
    struct wide w;
    struct master *master;
    struct interior_solver *solver;
    struct arena *arena;
    struct cholesky_order order;
    struct wide_point points[STAGES - 1]; /* the last of each stage */
    int32_t stage;
    double gap; /* that is asked for */
};

static bool
is_last(const struct run *run)
{
    return run->stage + 1 == STAGES || stages[run->stage].gap <= run->gap;
}

/* A model of what is chosen, at the point that w has. */
static void
new_solver(struct run *run)
{
    struct wide *w = &run->w;
    const struct interior model = {w->rows_n, w->cols_n, w->begin, w->row,
        w->coef, w->gain, w->left};
    const struct interior_point point = {w->x, w->z, w->y, w->slack};
    run->solver = interior_new(&model, &point, &run->order);
}

static void
keep_bound(struct run *run)
{
    struct wide *w = &run->w;
    struct master *master = run->master;
    model_wide bound = certificate_bound(w->in, w->least, &w->now);
    if (bound < master->bound) {
        master->bound = bound;
        prices_copy(&master->prices, &w->now, w->in);
    }
}

static void
take_plan(struct master *master, const struct wide_plan *plan, int64_t value,
    struct arena *arena)
{
    master->value_e6 = value;
    master->wishes_n = 0;
    master->wishes =
        arena_array(arena, (size_t)plan->n, sizeof(struct wish));
    for (int32_t k = 0; k < plan->n; k++) {
        int64_t e6 = (int64_t)(plan->units_e12[k] / 1000000);
        if (e6 > 0) {
            master->wishes[master->wishes_n++] =
                (struct wish){e6, plan->pair[k]};
        }
    }
}

/* False where its plan breaks a row. */
static bool
keep_plan(struct run *run)
{
    struct master *master = run->master;
    struct wide_plan plan;
    wide_plan_make(&plan, &run->w);
    model_wide value =
        plan.value_e12 / 1000000 - (plan.value_e12 % 1000000 < 0);
    bool keeps = plan.keeps;
    if (keeps &&
        (master->wishes == NULL || (int64_t)value > master->value_e6)) {
        take_plan(master, &plan, (int64_t)value, run->arena);
        master->columns_n = run->w.pairs_n;
    }
    wide_plan_free(&plan);
    return keeps;
}

/* Pairs that are missing, or nearly, come in; false if none is. */
static bool
add_missing(struct run *run)
{
    struct wide *w = &run->w;
    double worst;
    int32_t more = wide_choose_missing(
        w, MISSING_MOST, stages[run->stage].nearly, &worst);
    if (more == 0) {
        return false;
    }
    run->stage -= is_last(run);
    while (run->stage > 0 && run->points[run->stage].heat < HOT * worst) {
        run->stage--;
    }
    interior_free(run->solver);
    wide_columns(w);
    wide_point_resume(&run->points[run->stage], w);
    new_solver(run);
    return true;
}

/* From the first point to the last; false where it got no further. */
static enum lp_state
solve_stages(struct run *run, const struct lp_limit *limit)
{
    for (int k = 0; k < ROUNDS_MOST; k++) {
        const struct stage *stage = &stages[run->stage];
        bool last = is_last(run);
        enum lp_state state = interior_run(run->solver,
            last ? run->gap / 10 : stage->gap, stage->broken, limit);
        wide_prices(&run->w);
        run->master->scans_n++;
        if (state != LP_OPTIMAL || last) {
            interior_free(run->solver); /* room for the plan */
            run->solver = NULL;
            keep_bound(run);
            if (!keep_plan(run) || state != LP_OPTIMAL ||
                closed(run->master, run->gap)) {
                return state;
            }
        }
        if (!last) {
            wide_point_keep(&run->points[run->stage], &run->w);
        }
        if (!add_missing(run) && last) {
            break;
        }
        run->stage += !is_last(run);
    }
    return LP_TROUBLE;
}

/* A row beside those of lines and offers?  Without, the first flow of the
 * network simplex method is the optimum. */
static bool
is_coupled(const struct instance *in)
{
    bool any = in->floors_n > 0 ||
        in->programme_budget_yen != INSTANCE_NO_LIMIT;
    for (int32_t i = 0; i < in->needs_n && !any; i++) {
        any = in->needs[i].budget_yen != INSTANCE_NO_LIMIT ||
            in->needs[i].max_partners > 0;
    }
    for (int32_t j = 0; j < in->offers_n && !any; j++) {
        any = in->offers[j].max_needs > 0;
    }
    return any;
}

bool
master_is_large(const struct instance *in)
{
    return in->lines_n >= LARGE_LINES && is_coupled(in);
}

bool
master_is_wide(const struct instance *in)
{
    return in->lines_n >= WIDE_LINES;
}

enum lp_state
master_interior(struct master *master, const struct instance *in,
    const struct counts *counts, const int32_t *least, double gap,
    const struct lp_limit *limit, struct arena *arena)
{
    struct arena own = {0};
    struct run run = {.master = master, .arena = arena, .gap = gap};
    struct wide *w = &run.w;
    wide_make(w, in, counts, least, &own);
    run.order.columns =
        arena_array(&own, (size_t)w->rows_n, sizeof(int32_t));
    *master = (struct master){.bound = certificate_bound(in, least, &w->now)};
    prices_make(&master->prices, in, counts, arena);
    prices_copy(&master->prices, &w->now, in);
    smooth_prices(w);
    const struct first *first = firsts;
    while (w->rows_n >= first->rows) {
        first++;
    }
    wide_choose(w, &first->few);
    wide_columns(w);
    wide_start(w, START_HEAT);
    new_solver(&run);
    enum lp_state state = solve_stages(&run, limit);
    for (int k = 0; k + 1 < STAGES; k++) {
        wide_point_free(&run.points[k]);
    }
    interior_free(run.solver);
    wide_free(w);
    arena_release(&own);
    return state == LP_OPTIMAL && !closed(master, gap) ? LP_TROUBLE : state;
}
