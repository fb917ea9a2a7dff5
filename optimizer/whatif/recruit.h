/*
 * recruit.h: which kind of resource, in which municipality, would help most.
 *
 * Meaning   an idea is one more offer that nobody has registered yet: of the
 *           kind, unit and municipality of a need line that misses units.
 *           Its worth is first read off the shadow prices: what the lines it
 *           could serve would pay for its units above what they pay now.
 *           The best RECRUIT_TRIED ideas are then really added, one at a
 *           time, and the part of the instance that they touch is solved
 *           anew, from the plan and its prices; kept are those by which more
 *           is covered.  They are solved side by side in children (crew.h).
 * Assumed   of the new offer: free of charge, any day and hour, for
 *           everyone, by an organisation of its own, within the municipality
 *           alone (a hard limit), as large as the median of the offers of
 *           its kind and unit, or, where there is none, as what is missing.
 * Units     gains and estimates in 1e-6 milli-points; units of the line.
 * Failure   the solver's (memory, fork).
 * Lifetime  the arena's.
 * Same plan, same prices: the same ideas; an idea whose solution is not
 * proven optimal, or that the stop flag cuts off, is left out.
 */
#ifndef TSUNAGARI_RECRUIT_H
#define TSUNAGARI_RECRUIT_H

#include "optimizer/plan/plan.h"
#include "optimizer/solve/solve.h"

enum { RECRUIT_TRIED = 10 };

struct recruit_idea {
    int32_t kind;   /* in market.kinds */
    int32_t region; /* in market.geo */
    const char *unit;
    int32_t capacity;
    int64_t estimate_e6; /* by the prices */
    int64_t gain_e6;     /* of the plan, solved */
    int32_t lines;       /* need lines covered in full, more than now */
    int64_t units;       /* units covered of lines of this unit, likewise */
};

struct recruit {
    struct recruit_idea *ideas; /* verified, the most lines first */
    int32_t n;
    int32_t looked_at, tried;
};

/* start: the plan's units and prices.  gap: what the plan is at most below
 * the best one, 1e-6; a gain is above it. */
bool recruit_make(const struct plan *plan, const struct solve_start *start,
    int64_t gap_e6, const struct solve_options *options,
    struct arena *arena, struct recruit *recruit, struct err *err);

/* The idea in a Japanese sentence. */
const char *recruit_text(const struct market *market,
    const struct recruit_idea *idea, struct arena *arena);

#endif
