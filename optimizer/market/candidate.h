/*
 * candidate.h: the market as an explicit instance.
 *
 * Meaning   every pair of a need line and an offer line that no rule
 *           (rule.h) blocks, with its score (score.h); the needs' own
 *           limits, the programme's budget, the tier of urgent needs, the
 *           floors of municipalities and sectors, the staff's pins.
 * Shapes    instance need i is entry need_entry[i], line l is market line
 *           line_of[l], offer j is market line offer_of[j]: all in the
 *           market's order.  A pair's order is that of instance.h.
 * Limits    max_needs of an offer entry holds for each of its lines apart,
 *           and for each slot of a line, since the instance counts by offer;
 *           partners are organisations.
 * Failure   too many pairs for instance.h.
 * Lifetime  the arena's.
 *
 * A pin goes to the best pair of its two entries.  It is raised and dropped
 * so that all pins together fit the limits (older decisions first): a
 * decision that cannot hold must not cost the night its plan.  What was
 * dropped stands in `dropped` with the reason.
 */
#ifndef TSUNAGARI_CANDIDATE_H
#define TSUNAGARI_CANDIDATE_H

#include "market.h"
#include "optimizer/instance/instance.h"

struct candidate_drop {
    int32_t decision; /* in market.decisions */
    const char *reason;
};

struct candidates {
    struct instance instance;
    int32_t *need_entry, *line_of, *offer_of;
    int32_t *offer_at; /* market line -> instance offer, -1 */
    int32_t *line_at;  /* market line -> instance line, -1 */
    struct candidate_drop *dropped;
    int32_t dropped_n;
};

bool candidate_build(const struct market *market, struct arena *arena,
    struct candidates *candidates, struct err *err);

/* FNV-1a of the instance, its names and the weights that are not at their
 * defaults: 16 hex digits. */
void candidate_digest(const struct candidates *candidates,
    const int64_t value[OPTION_COUNT], char out[17]);

/* Into its place, as pins ascend by pair; room for it is the caller's. */
void candidate_insert_pin(struct instance *instance, struct instance_pin pin);

/* For candidate.c: candidate_pin.c, candidate_floor.c, candidate_index.c. */
void candidate_pins(const struct market *market, struct arena *arena,
    struct candidates *candidates);
void candidate_floors(const struct market *market, struct arena *arena,
    struct candidates *candidates);

#endif
