/*
 * wide_early.h: a point inside of a model of wide.h, from an earlier one.
 *
 * Meaning   what interior_solve() came by early in a model is a point inside
 *           of the same model with some columns more, too: far enough from
 *           the rim that the new ones find room, and half of the way.
 * Failure   none but memory.
 * Lifetime  until wide_early_free().
 */
#ifndef TSUNAGARI_WIDE_EARLY_H
#define TSUNAGARI_WIDE_EARLY_H

#include "wide.h"

struct wide_early {
    struct interior_point point;
    int32_t *col_pair; /* pairs of its columns, ascending */
    int32_t pairs_n;
    bool reached; /* by interior_solve() */
};

/* Room for a point of the model, in place of what there is. */
void wide_early_make(struct wide_early *early, const struct wide *wide);
void wide_early_free(struct wide_early *early);

/* To y, slack, x and z of a model that has all its columns and more. */
void wide_early_start(const struct wide_early *early, struct wide *wide);

#endif
