/* wide_plan.c: cut, round, check, add up (wide_plan.h). */
#include "wide_plan.h"

#include <math.h>
#include <stdlib.h>

#define ROUNDING 1e-12 /* what is cut off a row that is full */

/* Of each row, the share of its use that it has room for. */
static double *
find_room(const struct wide *w)
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
    return use;
}

static void
read_units(struct wide_plan *plan, const struct wide *w)
{
    double *room = find_room(w);
    for (int32_t c = 0; c < w->pairs_n; c++) {
        double cut = 1 - ROUNDING;
        for (int32_t e = w->begin[c]; e < w->begin[c + 1]; e++) {
            cut = w->coef[e] > 0 ? fmin(cut, room[w->row[e]]) : cut;
        }
        int32_t p = w->col_pair[c];
        model_wide e12 = (model_wide)floor(w->x[c] * cut * 1e12) +
            w->least[p] * (model_wide)MODEL_E12;
        if (e12 > 0) {
            plan->pair[plan->n] = p;
            plan->units_e12[plan->n++] = e12;
        }
    }
    free(room);
}

static bool
keeps_rows(const struct wide_plan *plan, const struct instance *in)
{
    struct arena own = {0};
    model_wide *line =
        arena_array(&own, (size_t)in->lines_n, sizeof(model_wide));
    model_wide *offer =
        arena_array(&own, (size_t)in->offers_n, sizeof(model_wide));
    model_wide *need =
        arena_array(&own, (size_t)in->needs_n, sizeof(model_wide));
    const model_wide one = MODEL_E12;
    model_wide programme = 0;
    bool ok = true;
    for (int32_t k = 0; k < plan->n; k++) {
        int32_t p = plan->pair[k], j = in->pair_offer[p];
        int32_t l = instance_pair_line(in, p), i = in->lines[l].need;
        model_wide e12 = plan->units_e12[k];
        line[l] += e12;
        offer[j] += e12 * in->pair_use[p];
        need[i] += e12 * in->pair_cost[p];
        programme += e12 * in->pair_cost[p];
        ok = ok && line[l] <= in->lines[l].quantity * one &&
            offer[j] <= in->offers[j].capacity * one &&
            (in->needs[i].budget_yen == INSTANCE_NO_LIMIT ||
                need[i] <= in->needs[i].budget_yen * one);
    }
    arena_release(&own);
    return ok &&
        (in->programme_budget_yen == INSTANCE_NO_LIMIT ||
            programme <= in->programme_budget_yen * one);
}

static model_wide
value_of(const struct wide_plan *plan, const struct wide *w)
{
    const struct instance *in = w->in;
    model_wide value = 0;
    model_wide *missing =
        xcalloc((size_t)in->floors_n, sizeof(*missing)); /* 1e-24 */
    for (int32_t g = 0; g < in->floors_n; g++) {
        missing[g] = model_floor_target(&in->floors[g]) * MODEL_E12;
    }
    for (int32_t k = 0; k < plan->n; k++) {
        int32_t p = plan->pair[k], l = instance_pair_line(in, p);
        model_wide e12 = plan->units_e12[k];
        value += e12 * in->pair_score[p];
        for (int32_t f = w->floor_begin[l]; f < w->floor_begin[l + 1]; f++) {
            missing[w->floors[f]] -=
                e12 * model_unit_share(in->lines[l].quantity);
        }
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        if (missing[g] > 0) {
            value -= missing[g] / MODEL_E12 * in->floors[g].price +
                in->floors[g].price;
        }
    }
    free(missing);
    return value;
}

void
wide_plan_make(struct wide_plan *plan, const struct wide *w)
{
    size_t n = (size_t)w->pairs_n;
    *plan = (struct wide_plan){.pair = xcalloc(n, sizeof(int32_t)),
        .units_e12 = xcalloc(n, sizeof(model_wide))};
    read_units(plan, w);
    plan->keeps = keeps_rows(plan, w->in);
    plan->value_e12 = value_of(plan, w);
}

void
wide_plan_free(struct wide_plan *plan)
{
    free(plan->pair);
    free(plan->units_e12);
    *plan = (struct wide_plan){0};
}
