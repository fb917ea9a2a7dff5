/*
 * replay.h: the input of a stored run once more, from the store as it is
 * now.
 *
 * Meaning   the market of the run's day with the run's weights, its
 *           candidates, and the stored plan as units of them.  `changed`:
 *           the instance is no longer the one that the run was made of, or a
 *           pair of the plan is no candidate any more (its units are then
 *           left out).
 * Failure   ERR_INPUT for an unknown run, or one that made no plan.
 * Lifetime  the arena's; the market is large: keep a replay off the stack.
 */
#ifndef TSUNAGARI_REPLAY_H
#define TSUNAGARI_REPLAY_H

#include "optimizer/market/candidate.h"
#include "optimizer/store/run.h"

struct replay {
    struct run run;
    int64_t value[OPTION_COUNT]; /* the run's weights */
    struct market market;
    struct candidates candidates;
    int32_t *units;
    char digest[17];
    bool changed;
};

/* run_id 0: the newest with a plan.  One view of the store is the caller's
 * (store_begin()). */
bool replay_load(struct store *store, int64_t run_id, struct arena *arena,
    struct replay *replay, struct err *err);

#endif
