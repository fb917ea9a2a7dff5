/*
 * instance.h: an explicit matching instance: needs, offers, scored pairs.
 *
 * Meaning   the data of the formulation in model.h, nothing about how it
 *           came from the store nor how it is solved.
 * Units     scores and prices in milli-points per unit; money in yen per
 *           unit; quantities, capacities in units of the line; floor shares
 *           in ppm of a line.  Values of a plan are exact integers in 1e-6
 *           milli-points ("value_e6"), because a floor counts a line by
 *           ppm.
 * Shapes    dense 0-based indexes; pairs are in compressed rows by line:
 *           those of line l are pair_begin[l] <= p < pair_begin[l + 1], in
 *           ascending offer, each offer once.
 * Failure   instance_check() names the first breach of the limits below.
 * Lifetime  arrays belong to the arena that the maker was given.
 * Source    candidate.c from the store; instance_read() from CSV files.
 */
#ifndef TSUNAGARI_INSTANCE_H
#define TSUNAGARI_INSTANCE_H

#include <stdint.h>

#include "optimizer/base/arena.h"
#include "optimizer/base/err.h"

enum {
    INSTANCE_NO_LIMIT = -1, /* budgets; counts use 0 for "no limit" */
    INSTANCE_PPM = 1000000
};

/* Limits, so that every exact sum fits in 128 bits and solver data in 53. */
#define INSTANCE_SCORE_MAX 1000000000     /* |score|, price, milli-points */
#define INSTANCE_UNITS_MAX 1000000000     /* quantity, capacity, use */
#define INSTANCE_YEN_MAX 1000000000000LL  /* budgets */
#define INSTANCE_ROWS_MAX 10000000        /* needs, lines, offers, floors */
#define INSTANCE_PAIRS_MAX 500000000
/* milli-points: quantities times the most that a unit is worth, summed */
#define INSTANCE_VALUE_MAX 4000000000000LL

struct instance_need {
    int64_t budget_yen;   /* B[i]; INSTANCE_NO_LIMIT: none */
    int32_t max_partners; /* K[i], organisations; 0: none */
    const char *name;
};

struct instance_line {
    int32_t need;            /* index into needs */
    int32_t quantity;        /* q[l] >= 1 */
    int32_t uncovered_price; /* w[l] >= 0, per missing unit */
    int32_t indivisible;     /* 1: one offer gives all of it or nothing */
    const char *name;
};

struct instance_offer {
    int32_t capacity;  /* c[j] >= 0 */
    int32_t max_needs; /* N[j], distinct needs; 0: none */
    int32_t min_lot;   /* m[j], units per used pair; 0 or 1: none */
    int32_t org;       /* index of the providing organisation (for K) */
    const char *name;
};

struct instance_pin { /* x[p] >= units; ascending pair, each once */
    int32_t pair;
    int32_t units;
};

/*
 * Floor g: at least share_ppm of the member lines covered, on average; what
 * is missing costs its price.  A tier is a floor that comes first: no plan
 * may miss more of it than the least that is possible (tier.h finds that and
 * puts it into given_e12); tiers in their order, before the objective.
 */
struct instance_floor {
    int32_t share_ppm; /* f[g], 0..1000000 */
    int32_t price;     /* v[g] >= 0, milli-points per missing whole line */
    int32_t member_begin, member_end; /* into floor_lines */
    const char *name;
    int64_t given_e12; /* need not be covered, 1e12 per line: by others */
                       /* already, or missed by every plan (tiers); else 0 */
    bool tier;         /* price is then the solver's own affair */
};

struct instance {
    int32_t needs_n, lines_n, offers_n, orgs_n, floors_n, pins_n;
    int32_t pairs_n;
    struct instance_need *needs;
    struct instance_line *lines;
    struct instance_offer *offers;
    const char **org_names;
    int32_t *pair_begin; /* lines_n + 1 */
    int32_t *pair_offer;
    int32_t *pair_score; /* s[p], milli-points per unit */
    int32_t *pair_cost;  /* y[p] >= 0, yen per unit */
    int32_t *pair_use;   /* a[p] >= 1, capacity used per unit */
    struct instance_pin *pins;
    struct instance_floor *floors;
    int32_t *floor_lines;
    int64_t programme_budget_yen; /* B0; INSTANCE_NO_LIMIT: none */
};

bool instance_check(const struct instance *in, struct err *err);

/* The pair of a line and an offer, -1; the line of a pair. */
int32_t instance_pair_find(const struct instance *in, int32_t line,
    int32_t offer);
int32_t instance_pair_line(const struct instance *in, int32_t pair);

#endif
