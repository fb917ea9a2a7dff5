/*
 * mover.h: a plan that is changed step by step and can go back.
 *
 * Meaning   a ledger with the worth of what it holds and a journal: what is
 *           changed since the caller last set journal_n to 0.
 *           loss: what its pairs lose by near.h, where that has losses.
 * Units     total in 1e-12 milli-points, floors included, but for a
 *           constant: it starts from 0.  What is uncovered is no worse than
 *           not covered: such prices stand in the scores (component.h).
 * Failure   none but memory.
 * Lifetime  the arena's, and until mover_close().
 */
#ifndef TSUNAGARI_MOVER_H
#define TSUNAGARI_MOVER_H

#include "ledger.h"
#include "near.h"

struct mover_change {
    int32_t pair, before;
};

struct mover {
    struct ledger *ledger;
    const struct near *near;
    const struct instance *in;
    model_wide total, loss;
    model_wide *missing; /* per floor: target less cover, may be < 0 */
    int32_t *floor_begin, *floors; /* per line */
    int64_t *unit_share;           /* per line, model_unit_share() */
    struct mover_change *journal;
    int32_t journal_n, journal_cap;
};

void mover_open(struct mover *m, struct ledger *ledger,
    const struct near *near, struct arena *arena);
void mover_close(struct mover *m);

/* The pair gets so many units, which the ledger must allow. */
void mover_change(struct mover *m, int32_t p, int32_t units);

/* Back through the same states, so that no row is ever exceeded. */
void mover_undo(struct mover *m);

/* The most that the pair can have; false if that is no more, or no gain. */
bool mover_grow(struct mover *m, int32_t p);

/* What is missing of the line, the pairs near to it first. */
void mover_fill_line(struct mover *m, int32_t l);

/* The same, but for one pair (-1: none) and one in so many by chance, of those
 * that could grow. */
void mover_fill_some(struct mover *m, int32_t l, int32_t without,
    uint64_t *seed, uint32_t one_in);

#endif
