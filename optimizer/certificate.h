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
 *           whatever the prices; the solver's duals make it tight.  Counts,
 *           lots and whole lines are relaxed.  The whole units that a line
 *           can take go to its best net pairs.
 * Units     prices in 1e-9 milli-points per unit of the row (per whole line
 *           for floors); bounds in 1e-12 milli-points, rounded up.
 * Failure   none; prices below 0, or over a floor's own price, are cut.
 */
#ifndef TSUNAGARI_CERTIFICATE_H
#define TSUNAGARI_CERTIFICATE_H

#include "instance.h"
#include "model.h"

struct prices {
    int64_t *demand;   /* lines_n; filled by certificate_bound() */
    int64_t *capacity; /* offers_n */
    int64_t *budget;   /* needs_n */
    int64_t *floor;    /* floors_n */
    int64_t programme;
};

void prices_make(struct prices *prices, const struct instance *in,
    struct arena *arena);

/* least: the least plan; its units are taken as given. */
model_wide certificate_bound(const struct instance *in,
    const int32_t *least, struct prices *prices);

/* Down to the grid that totals of plans lie on. */
model_wide certificate_to_grid(const struct instance *in, model_wide bound);

#endif
