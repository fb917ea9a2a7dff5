/* master_interior.c: rounds of pricing, and plans that keep every row. */
#include "master_interior.h"

#include <math.h>
#include <stdlib.h>

#include "smooth.h"
#include "wide_choose.h"
#include "wide_start.h"

enum {
    WIDE_LINES = 15000, /* a simplex method takes a minute for more */
    ROUNDS_MOST = 12
};

/*
 * Prices roughly known choose the first columns.  From then on nothing is
 * dropped any more, so that columns do not come and go; each round is as
 * exact as those columns are worth.
 */
static const struct round {
    int best;   /* columns per line, besides those in use; or missing ones */
    double gap; /* 0: a tenth of what is asked for */
    bool missing;
} rounds[] = {{4, 1e-3, false}, {4, 1e-4, true}, {3, 0, true}};

#define START_HEAT 0.05 /* mean gains */
#define IN_USE 0.05 /* units */

/*
 * The point as a plan in whole 1e-6 units: what a row has too little of is
 * cut from all that use it, then all is rounded down, which no row but a
 * floor minds.
 */
static void
read_wishes(const struct wide *w, struct master *master)
{
    const double *limit = w->left;
    double *use = xcalloc((size_t)w->rows_n, sizeof(*use));
    for (int32_t c = 0; c < w->pairs_n; c++) {
        for (int32_t e = w->begin[c]; e < w->begin[c + 1]; e++) {
            use[w->row[e]] += w->coef[e] * w->x[c];
        }
    }
    for (int32_t r = 0; r < w->rows_n; r++) {
        use[r] = use[r] > limit[r] && limit[r] >= 0 ? limit[r] / use[r] : 1;
    }
    for (int32_t c = 0; c < w->pairs_n; c++) {
        double cut = 1 - 1e-12;
        for (int32_t e = w->begin[c]; e < w->begin[c + 1]; e++) {
            cut = w->coef[e] > 0 ? fmin(cut, use[w->row[e]]) : cut;
        }
        int32_t p = w->col_pair[c];
        int64_t e6 = (int64_t)floor(w->x[c] * cut * 1e6) +
            (int64_t)w->least[p] * 1000000;
        if (e6 > 0) {
            master->wishes[master->wishes_n++] = (struct wish){e6, p};
        }
    }
    free(use);
}

/* In exact integers; false where a row is broken. */
static bool
keeps_rows(const struct wide *w, const struct master *master)
{
    const struct instance *in = w->in;
    struct arena own = {0};
    int64_t *line = arena_array(&own, (size_t)in->lines_n, sizeof(int64_t));
    model_wide *offer =
        arena_array(&own, (size_t)in->offers_n, sizeof(model_wide));
    model_wide *need =
        arena_array(&own, (size_t)in->needs_n, sizeof(model_wide));
    model_wide programme = 0;
    bool ok = true;
    for (int32_t k = 0; k < master->wishes_n; k++) {
        int32_t p = master->wishes[k].pair, j = in->pair_offer[p];
        int32_t l = instance_pair_line(in, p), i = in->lines[l].need;
        model_wide e6 = master->wishes[k].units_e6;
        line[l] += (int64_t)e6;
        offer[j] += e6 * in->pair_use[p];
        need[i] += e6 * in->pair_cost[p];
        programme += e6 * in->pair_cost[p];
        ok = ok && line[l] <= in->lines[l].quantity * 1000000LL &&
            offer[j] <= in->offers[j].capacity * 1000000LL &&
            (in->needs[i].budget_yen == INSTANCE_NO_LIMIT ||
                need[i] <= (model_wide)in->needs[i].budget_yen * 1000000);
    }
    arena_release(&own);
    return ok &&
        (in->programme_budget_yen == INSTANCE_NO_LIMIT ||
            programme <= (model_wide)in->programme_budget_yen * 1000000);
}

/* The exact value of the fractional plan, rounded down. */
static int64_t
value_of(const struct wide *w, const struct master *master)
{
    const struct instance *in = w->in;
    model_wide value = 0; /* 1e-6 */
    model_wide *missing =
        xcalloc((size_t)in->floors_n, sizeof(*missing)); /* 1e-18 */
    for (int32_t g = 0; g < in->floors_n; g++) {
        missing[g] = model_floor_target(&in->floors[g]) * 1000000;
    }
    for (int32_t k = 0; k < master->wishes_n; k++) {
        int32_t p = master->wishes[k].pair, l = instance_pair_line(in, p);
        model_wide e6 = master->wishes[k].units_e6;
        value += e6 * in->pair_score[p];
        for (int32_t f = w->floor_begin[l]; f < w->floor_begin[l + 1]; f++) {
            missing[w->floors[f]] -=
                e6 * model_unit_share(in->lines[l].quantity);
        }
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        if (missing[g] > 0) {
            value -= missing[g] / MODEL_E12 * in->floors[g].price +
                in->floors[g].price;
        }
    }
    free(missing);
    return (int64_t)value;
}

static bool
closed(const struct master *master, double gap)
{
    double value = (double)master->value_e6 / 1e6;
    return (double)master->bound / 1e12 - value <= gap * (fabs(value) + 1e6);
}

/* Solves over the chosen pairs; keeps the better bound and plan. */
static enum lp_state
round_of(struct wide *w, struct master *master, double gap,
    const struct lp_limit *limit, struct arena *arena)
{
    const struct interior model = {w->rows_n, w->cols_n, w->begin, w->row,
        w->coef, w->gain, w->left};
    const struct interior_point point = {w->x, w->z, w->y, w->slack};
    wide_start(w, START_HEAT);
    enum lp_state state = interior_solve(&model, &point, gap, limit);
    master->scans_n++;
    if (state != LP_OPTIMAL) {
        return state;
    }
    wide_prices(w);
    model_wide bound = certificate_bound(w->in, w->least, &w->now);
    if (bound < master->bound) {
        master->bound = bound;
        prices_copy(&master->prices, &w->now, w->in);
    }
    struct master found = {.wishes = arena_array(
                               arena, (size_t)w->pairs_n, sizeof(struct wish))};
    read_wishes(w, &found);
    found.value_e6 = value_of(w, &found);
    if (!keeps_rows(w, &found)) {
        return LP_TROUBLE;
    }
    if (master->wishes == NULL || found.value_e6 > master->value_e6) {
        master->wishes = found.wishes;
        master->wishes_n = found.wishes_n;
        master->columns_n = w->pairs_n;
        master->value_e6 = found.value_e6;
    }
    return LP_OPTIMAL;
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
    struct wide w;
    wide_make(&w, in, counts, least, &own);
    *master = (struct master){.bound = certificate_bound(in, least, &w.now)};
    prices_make(&master->prices, in, counts, arena);
    prices_copy(&master->prices, &w.now, in);
    smooth_prices(&w);
    enum lp_state state = LP_OPTIMAL;
    const struct round *round = rounds;
    for (int k = 0; k < ROUNDS_MOST && state == LP_OPTIMAL; k++) {
        if (round->missing) {
            wide_choose_missing(&w, round->best);
        } else {
            wide_choose(&w, round->best, IN_USE);
        }
        wide_columns(&w);
        state = round_of(&w, master, round->gap > 0 ? round->gap : gap / 10,
            limit, arena);
        if (closed(master, gap)) {
            break;
        }
        round += round->gap > 0;
    }
    wide_free(&w);
    arena_release(&own);
    return state == LP_OPTIMAL && !closed(master, gap) ? LP_TROUBLE : state;
}
