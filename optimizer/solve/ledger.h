/*
 * ledger.h: a plan under construction and the room that it leaves.
 *
 * Meaning   every (hard) row of the model is kept as what is left of it, so
 *           that a plan changed through here is feasible at each step.
 * Units     units of pairs, int64 for what is left.
 * Failure   asserts when told to exceed a row: our bug.
 * Lifetime  the arena's; the instance and links must outlive it.
 */
#ifndef TSUNAGARI_LEDGER_H
#define TSUNAGARI_LEDGER_H

#include "link.h"
#include "optimizer/instance/instance.h"
#include "optimizer/instance/model.h"

struct ledger {
    const struct instance *in;
    const struct links *links;
    int32_t *units;
    const int32_t *least;      /* pins, the caller's; units never go below */
    int32_t *pair_line;
    int32_t *line_left, *offer_left;
    int64_t *need_left;        /* INT64_MAX: no limit */
    int64_t programme_left;
    int32_t *link_pairs;       /* used pairs of the link */
    int32_t *partners_left, *needs_left; /* per need, per offer */
};

/* Starts at the least plan, which must be feasible. */
void ledger_init(struct ledger *ledger, const struct instance *in,
    const struct links *links, const int32_t *least, struct arena *arena);

/*
 * The most units that pair can have while all others stay, at least what it
 * has now; what lies between may be forbidden by lots and whole lines.
 */
int32_t ledger_most(const struct ledger *ledger, int32_t pair);

/* units: 0 (if not pinned) or what the pair's lot, whole line, pin allow. */
bool ledger_allows(const struct ledger *ledger, int32_t pair, int32_t units);
void ledger_set(struct ledger *ledger, int32_t pair, int32_t units);

/* All pairs at their least. */
void ledger_clear(struct ledger *ledger);

/* All pairs at what a feasible plan of the instance has. */
void ledger_load(struct ledger *ledger, const int32_t *units);

/*
 * Fills up: pairs in the given order (NULL: by gain, then index) each take
 * the most that they can; a pair that loses is left alone.
 */
void ledger_fill(struct ledger *ledger, const int32_t *order, int32_t n);

#endif
