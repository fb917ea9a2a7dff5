/*
 * part.h: the best plan of one component, small enough to stand in GLPK
 * as a whole.
 *
 * Meaning   linear relaxation first; when its optimum is integral, exact
 *           prices prove it; else branch and bound, and where some nodes of
 *           it prove too little, priced.h first.  Whatever happens there is
 *           a plan: at worst the least one, filled up.
 * Units     totals in 1e-12 milli-points (model.h); prices as in
 *           certificate.h.
 * Failure   never: a solver's failure gives a worse plan or bound, and
 *           `trouble` says so.
 * Lifetime  the caller's.
 */
#ifndef TSUNAGARI_PART_H
#define TSUNAGARI_PART_H

#include "certificate.h"
#include "optimizer/instance/instance.h"
#include "solve.h"
#include "solve_glpk.h"

enum part_method { PART_NONE, PART_FILL, PART_LP, PART_MIP, PART_PRICE };

struct part_result {
    int32_t *units; /* pairs_n */
    struct prices prices;
    struct solve_agreed agreed; /* potentials of the part's pairs */
    int32_t agreed_room;        /* for so many of them */
    model_wide total, bound; /* bound >= the total of every plan */
    enum part_method method; /* the furthest that was needed */
    bool trouble;
    bool stable; /* units, total and bound belong together at this moment */
};

struct part_options {
    const struct lp_limit *limit;
    int32_t gap_ppm;
    int32_t node_limit; /* of branch and bound; 0: none */
    int32_t priced_pairs; /* from so many pairs on, priced.h; 0: never */
    model_wide base; /* of the whole beside the part's total: its share of */
                     /* what gap_ppm is a share of */
    const int32_t *start;        /* NULL, or a plan of like kind */
    const struct prices *prices; /* NULL, or likewise; not changed */
    bool lifted; /* rows drawn tighter (part_lift.h): a smaller tree, worse */
                 /* prices */
    bool fill_only; /* no solver: for a component that kills it */
};

/*
 * The caller brings the arrays of the result, prices at 0.  total and bound
 * get better while it works, for whoever watches.
 */
void part_solve(const struct instance *in, const int32_t *least,
    const struct part_options *options, struct part_result *result);

/* True when the gap is what was asked for, or closed. */
bool part_enough(const struct part_options *options,
    const struct part_result *result);

/* Closed but for what floating point cannot tell: 2e-9 of the total. */
bool part_closed(const struct part_result *result);

/* Keeps a plan of the instance if it is the best yet. */
void part_keep(struct part_result *result, const struct instance *in,
    const int32_t *units);

#endif
