/*
 * wide_point.h: a point inside of a model of wide.h, to go back to with more
 * columns.
 *
 * Meaning   an interior point method that has come far cannot make much of a
 *           column that it has missed: all its steps are short.  Where it
 *           was half way it can.
 * Failure   none but memory.
 * Lifetime  until wide_point_free().
 */
#ifndef TSUNAGARI_WIDE_POINT_H
#define TSUNAGARI_WIDE_POINT_H

#include "wide.h"

struct wide_point {
    int32_t pairs_n;
    int32_t *col_pair;
    float *x, *z, *y, *slack; /* near enough: it is half way only */
    double heat;
};

/* Where the model stands; in place of what was kept before. */
void wide_point_keep(struct wide_point *point, const struct wide *wide);
void wide_point_free(struct wide_point *point);

/* The model has the point's columns, and more: those start with few units. */
void wide_point_resume(const struct wide_point *point, struct wide *wide);

#endif
