/*
 * plan.h: a solved plan, and why what it leaves uncovered stays so.
 *
 * Meaning   sums of a plan (given, used, spent), and the answer to "why not
 *           this pair?": the first row that the least addition of it would
 *           break, in the order capacity, need's budget, programme's budget,
 *           partners, needs, lot; no row: it is not worth it, or, where it
 *           would be, the search was stopped before it.
 * Units     units of lines, yen; gains in 1e-12 milli-points (model.h).
 * Shapes    instance indexes of the candidates.
 * Lifetime  the arena's; market, candidates and units must outlive it.
 * Shares nothing with the solver.
 */
#ifndef TSUNAGARI_PLAN_H
#define TSUNAGARI_PLAN_H

#include "optimizer/instance/model.h"
#include "optimizer/market/candidate.h"
#include "optimizer/market/cause.h"

struct plan {
    const struct market *market;
    const struct candidates *candidates;
    const int32_t *units;
    int64_t *line_given, *offer_used, *need_spent;
    int64_t spent;
    int32_t *need_line;  /* first line of need i, needs_n + 1 */
    int32_t *used_begin; /* used pairs by offer, offers_n + 1 */
    int32_t *used_pair;
    model_wide *floor_short; /* missing share, 1e-12 lines */
    int32_t *line_floor;     /* floors of line l, lines_n + 1 ... */
    int32_t *floor_of;       /* ... in here */
    int32_t *kin_begin;      /* offers by plan_kin(), in their order ... */
    int32_t *kin_offer;      /* ... in here */
};

/* Where offers stand that could come near a market line: those of its root
 * of kinds and its world (public or not); -1: its kind is unknown. */
int32_t plan_kin(const struct market *market, const struct market_line *line);

void plan_init(const struct market *market,
    const struct candidates *candidates, const int32_t *units,
    struct arena *arena, struct plan *plan);

/* Units of the line that nobody gives. */
int32_t plan_missing(const struct plan *plan, int32_t line);
/* The least units that could be added to a pair. */
int32_t plan_step(const struct plan *plan, int32_t line, int32_t pair);
/* Why no plan_step() is added; the line must miss some units. */
enum cause plan_probe(const struct plan *plan, int32_t line, int32_t pair);
/* What plan_step() of the pair would add to the plan, rows aside. */
model_wide plan_gain(const struct plan *plan, int32_t line, int32_t pair);

/* Near candidates of a line: what blocks each ------------------------------ */

struct plan_block {
    int32_t offer_line; /* of the market */
    int32_t pair;       /* -1: a rule blocks it */
    enum cause cause;   /* the rule or the row */
    int32_t blocks_n;   /* rules that block it; pairs: 0 */
};

struct plan_near {
    int32_t pairs;             /* candidates of the line */
    int32_t same_kind;         /* offer lines of its kind or below it */
    int32_t sole[CAUSE_RULES]; /* offers that only this rule blocks: so many
                                  candidates more if the need gave way in it
                                  (rule_still_blocks()) */
    int32_t any[CAUSE_RULES];  /* offers of the kind that it blocks */
    struct plan_block *blocks; /* nearest first */
    int32_t blocks_n;          /* at most the weight `blocks` */
};

void plan_near(const struct plan *plan, int32_t line, struct arena *arena,
    struct plan_near *near);

/* The cause of a line that misses units; near is of that line.
 * With candidates: the one that comes nearest to serving it.  Without: the
 * rule that alone blocks most offers of its kind, else the commonest rule;
 * self only when the organisation itself is all that offers the kind. */
enum cause plan_cause(const struct plan *plan, int32_t line,
    const struct plan_near *near);
/* Of every line; CAUSE_NONE: nothing is missing, or public demand. */
void plan_causes(const struct plan *plan, enum cause *causes);

#endif
