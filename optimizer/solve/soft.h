/*
 * soft.h: the bound of potentials (potential.h), made smooth.
 *
 * Meaning   the best of an offer, and the most of a need, are replaced by
 *           heat * log(sum of exp(worth / heat)) over all that they could do:
 *           never less, the nearer the colder it is, and with a gradient,
 *           which is by how much offers and needs disagree.  Beside pairs
 *           with potentials those near take part, for offers: what is proven
 *           is proven by lagrange.h, on all.
 * Units     milli-points, as double.
 * Shapes    one flat vector: potentials, then prices of lines, budgets,
 *           partners, floors and the programme.
 * Failure   none but memory.
 * Lifetime  the arena's, and until soft_free().
 */
#ifndef TSUNAGARI_SOFT_H
#define TSUNAGARI_SOFT_H

#include "descent.h"
#include "lagrange.h"
#include "soft_chain.h"

struct soft {
    const struct instance *in;
    const struct potentials *potentials;
    int32_t n;      /* variables; where each kind begins: */
    int32_t demand, budget, partners, floor, programme;
    double heat;
    int32_t pairs_n; /* with potentials, as there, then those beside */
    int32_t *pairs, *lines, *low, *high;
    int32_t *offer_begin, *by_offer; /* those, of a need together */
    double *share;  /* per pair: of a partner, per unit; < 0: its offer is the
                     * organisation's only one, and pays with the first */
    uint8_t *settled; /* NULL, or per pair: it has its units for good; */
    double premium;   /* worth so much beside that no way lacks them */
    double *used;   /* per pair: how likely it has any units; of this call */
    int32_t *gaining; /* of the offer at hand */
    double *worth;  /* per offer: its best; of this call */
    double *gain;   /* per pair: of a unit, net of prices; of this call */
    double *line_gain;  /* per line: of its floors */
    double *line_units, *need_cost, *need_partners; /* expected */
    const double *x;
    double *gradient;
    struct soft_chain chain;
};

/* near: 1 per pair that takes part, with potentials or without. */
void soft_make(struct soft *soft, const struct lagrange *lagrange,
    const struct potentials *potentials, const uint8_t *near,
    struct arena *arena);

/* From now on pairs that the ledger uses have what they have for good, others
 * no more than it leaves them. */
void soft_settle(struct soft *soft, const struct ledger *ledger,
    struct arena *arena);
void soft_free(struct soft *soft);

/* Its value, without what no price changes; fills the gradient. */
double soft_value(void *soft, const double *x, double *gradient);

/* Fills what is expected of the offers alone. */
void soft_expect(struct soft *soft, const double *x, double *gradient);

/* Bounds of the variables, and what a step of each is worth. */
void soft_bounds(const struct soft *soft, double *low, double *high,
    double *scale);

#define SOFT_STEP 0.3 /* of the heat: a first one of a descent */

/* To descend it: all but the step, which goes by the heat, and the rounds. */
void soft_describe(
    struct soft *soft, struct descent *descent, struct arena *arena);

/* From prices and potentials, of other pairs, too; into those of its own. */
void soft_read(const struct soft *soft, const struct lagrange_prices *prices,
    const struct potentials *potentials, double *x);
void soft_write(const struct soft *soft, const double *x,
    struct lagrange_prices *prices, struct potentials *potentials);

#endif
