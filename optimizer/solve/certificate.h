/*
 * certificate.h: what any prices of the rows prove about all plans.
 *
 * Meaning   Lagrangian duality in exact integers: with prices >= 0 of
 *           capacities, budgets, floors and the programme,
 *
 *             total(x) <= sum price r * limit r - sum price g * target g
 *                         + sum over lines of the most that q[l] units can
 *                           gain net of prices,
 *
 *           whatever the prices; the solver's duals make it tight.  Lots and
 *           whole lines are relaxed, counts weakened (counts.h).
 * Units     prices in 1e-9 milli-points per unit of the row (per whole line
 *           for floors, per partner or need for counts); bounds in 1e-12 milli-points, rounded up.
 * Failure   none; prices below 0, or over a floor's own price, are cut.
 */
#ifndef TSUNAGARI_CERTIFICATE_H
#define TSUNAGARI_CERTIFICATE_H

#include "counts.h"
#include "optimizer/instance/instance.h"
#include "optimizer/instance/model.h"

struct prices {
    int64_t *demand;   /* lines_n; filled by certificate_bound() */
    int64_t *capacity; /* offers_n */
    int64_t *budget;   /* needs_n */
    int64_t *floor;    /* floors_n */
    int64_t programme;
    const struct counts *counts; /* NULL: the next two are not there */
    int64_t *partners;           /* needs_n */
    int64_t *meetings;           /* offers_n */
};

/* All 0; counts NULL: without them. */
void prices_make(struct prices *prices, const struct instance *in,
    const struct counts *counts, struct arena *arena);

/* What both have. */
void prices_copy(struct prices *to, const struct prices *from,
    const struct instance *in);

/* Per line: what a unit is worth to its floors, 1e-9, rounded up; free(). */
model_wide *prices_floor_gains(const struct instance *in,
    const struct prices *prices);

/* What a unit of pair p of line l gains, net of all prices but the line's. */
static inline model_wide
prices_net(const struct instance *in, const struct prices *prices,
    model_wide floor_gain, int32_t l, int32_t p)
{
    int32_t j = in->pair_offer[p], i = in->lines[l].need;
    model_wide net = (model_wide)in->pair_score[p] * 1000000000 +
        floor_gain - (model_wide)prices->capacity[j] * in->pair_use[p] -
        ((model_wide)prices->budget[i] + prices->programme) *
            in->pair_cost[p];
    if (prices->counts != NULL) { /* rounded down: net may be too much */
        net -= ((model_wide)prices->partners[i] *
                       prices->counts->partner_weight[p] +
                   (model_wide)prices->meetings[j] *
                       prices->counts->meeting_weight[p]) /
            1000000;
    }
    return net;
}

/* least: the least plan; its units are taken as given. */
model_wide certificate_bound(const struct instance *in,
    const int32_t *least, struct prices *prices);

/* Down to the grid that totals of plans lie on. */
model_wide certificate_to_grid(const struct instance *in, model_wide bound);

#endif
