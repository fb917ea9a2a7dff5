/* replay.c: a run's input again; certify, explain, recruit and simulate
 * start from it. */
#include "replay.h"

#include <inttypes.h>
#include <string.h>

#include "optimizer/plan/explain.h"
#include "optimizer/solve/tier.h"
#include "optimizer/store/weights.h"

bool
replay_load(struct store *store, int64_t run_id, struct arena *arena,
    struct replay *replay, struct err *err)
{
    struct candidates *c = &replay->candidates;
    struct run *run = &replay->run;
    bool all;
    if ((run_id == 0 && !run_newest_plan(store, &run_id, err)) ||
        !run_load(store, run_id, arena, run, err)) {
        return false;
    }
    if (!run->has_plan) {
        return fail(err, ERR_INPUT, "run %" PRId64 " made no plan", run_id);
    }
    if (!weights_load(store, run->weight_version, replay->value, err) ||
        !market_load(store, run->plan_date, replay->value, arena,
            &replay->market, err) ||
        !candidate_build(&replay->market, arena, c, err)) {
        return false;
    }
    candidate_digest(c, replay->value, replay->digest);
    replay->units = arena_array(arena, (size_t)c->instance.pairs_n,
        sizeof(int32_t));
    if (!explain_units(store, run_id, &replay->market, c, replay->units,
            &all, err)) {
        return false;
    }
    tier_settle(&c->instance, replay->units);
    replay->changed = !all || strcmp(replay->digest, run->input_digest) != 0;
    return true;
}
