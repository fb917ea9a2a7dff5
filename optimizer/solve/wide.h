/*
 * wide.h: the relaxation of a very large part as a model of interior.h.
 *
 * Meaning   a row per line, offer, budget, limit on partners and needs,
 *           floor and the programme; a column per chosen pair, units above
 *           the least plan, and one per floor for what is missing.
 * Units     gains in means of all gains, money in means of all costs.
 * Shapes    rows ascend as wide_make() numbers them; -1: no such row.
 * Failure   none but memory.
 * Lifetime  rows: the arena's; columns until wide_free().
 */
#ifndef TSUNAGARI_WIDE_H
#define TSUNAGARI_WIDE_H

#include "certificate.h"
#include "interior.h"

struct wide {
    const struct instance *in;
    const struct counts *counts;
    const int32_t *least;
    int32_t *offer_row, *need_row, *partner_row, *meeting_row, *floor_row;
    int32_t programme_row, rows_n; /* lines, offers, then these */
    int32_t *floor_begin, *floors; /* per line */
    double gain_scale, money_scale;
    double *limit; /* of all */
    double *left;  /* less what the least plan takes */
    double *y;     /* prices, and what is left at x: a point inside */
    double *slack;
    uint8_t *chosen; /* per pair, a bit */
    /* columns of this round: pairs, then a missing share per floor */
    int32_t pairs_n, cols_n, entries_n, entries_cap;
    int32_t *col_pair, *begin, *row;
    double *coef, *gain;
    double *x, *z; /* the point inside: units, and what a unit loses */
    struct prices now;
};

void wide_make(struct wide *wide, const struct instance *in,
    const struct counts *counts, const int32_t *least, struct arena *arena);

static inline bool
wide_is_chosen(const struct wide *wide, int32_t pair)
{
    return wide->chosen[pair / 8] >> (pair % 8) & 1;
}

/* Makes the columns of what is chosen, in place of those that there are. */
void wide_columns(struct wide *wide);
void wide_free(struct wide *wide);

/* What y says a unit of the line gains by its floors, and a mean cost loses. */
double wide_line_base(const struct wide *wide, int32_t line);
double wide_line_money(const struct wide *wide, int32_t line);

/* The price of the line's own row, as in struct prices. */
int64_t wide_line_price(const struct wide *wide, int32_t line);

/* The prices that y says, into `now`. */
void wide_prices(struct wide *wide);

#endif
