/*
 * run.h: one night's run, as the store keeps it.
 *
 * Meaning   a row of runs.  A run that made no plan is kept, too: state
 *           failed or infeasible and a message; a run that made one is never
 *           changed afterwards: what a decline or a pause changes in a plan
 *           is a run of its own that names the one it amends.
 * Units     values in 1e-6 milli-points, gap in ppm.
 * Failure   run_load(): ERR_INPUT for an unknown run.
 * Lifetime  loaded texts are the arena's.
 */
#ifndef TSUNAGARI_RUN_H
#define TSUNAGARI_RUN_H

#include "optimizer/base/arena.h"
#include "optimizer/base/err.h"
#include "store.h"

/* Of table runs, in SQL: it made a plan; the newest one that did. */
#define RUN_HAS_PLAN "state IN ('optimal', 'feasible')"
#define RUN_NEWEST_PLAN "(SELECT max(id) FROM runs WHERE " RUN_HAS_PLAN ")"

struct run {
    int64_t id;
    const char *plan_date, *state;
    int64_t weight_version; /* 0: the defaults */
    int64_t amends; /* the run that this one changes by hand; 0: none */
    bool has_plan;
    int64_t objective, bound, gap_ppm; /* of a plan */
    int64_t needs_n, lines_n, offers_n, pairs_n;
    const char *input_digest, *summary, *message;
    const char *actor, *started_at, *finished_at;
};

/* In the running transaction, audit included; sets run->id. */
bool run_insert(struct store *store, struct run *run, struct err *err);
/* Replaces the summary of a run of this transaction, which names its id. */
bool run_set_summary(struct store *store, const struct run *run,
    struct err *err);
bool run_load(struct store *store, int64_t id, struct arena *arena,
    struct run *run, struct err *err);
/* Newest first, at most `most`. */
bool run_list(struct store *store, int64_t most, struct arena *arena,
    struct run **runs, int32_t *n, struct err *err);
/* The newest run with a plan, or ERR_INPUT. */
bool run_newest_plan(struct store *store, int64_t *id, struct err *err);

#endif
