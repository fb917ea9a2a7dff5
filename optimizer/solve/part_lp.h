/*
 * part_lp.h: the formulation of a component as rows and columns.
 *
 * Meaning   a column per pair: units, or the whole line at once (0/1) where
 *           it is indivisible.  0/1 columns say whether a pair with a lot or
 *           a link (link.h) is used: one for the lot of a pair and the links
 *           that no other pair has, its own where that is 0 or 1; and one
 *           for each link of several pairs.  A column per floor for what is
 *           missing.
 * Shapes    indexes of rows and columns, -1: there is none.
 * Lifetime  the arena's; the lp until lp_free().
 */
#ifndef TSUNAGARI_PART_LP_H
#define TSUNAGARI_PART_LP_H

#include "certificate.h"
#include "ledger.h"
#include "solve_glpk.h"

struct part_lp {
    const struct instance *in;
    const struct links *links;
    struct lp *lp;
    int32_t *pair_col, *pair_scale; /* units of the pair per unit of col */
    int32_t *used_col;            /* per pair: 1 where it has units */
    int32_t *link_col, *link_row; /* per link; the row that counts it */
    int32_t *offer_row, *need_row, *floor_row, *floor_col;
    int32_t programme_row;
};

void part_lp_make(struct part_lp *part, const struct instance *in,
    const struct links *links, const int32_t *least, struct arena *arena);

/* The relaxation's row prices, to be made exact by a certificate. */
void part_lp_prices(const struct part_lp *part, struct prices *prices);

/* Columns that say what this plan uses; false never. */
void part_lp_values(const struct part_lp *part, const int32_t *units,
    double *values);

#endif
