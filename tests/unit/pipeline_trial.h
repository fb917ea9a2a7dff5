/*
 * pipeline_trial.h: for tests: a pipeline at its last stage, with a drawn plan
 * and the bound with potentials.
 *
 * Lifetime  the arena's, of t.
 */
#ifndef TSUNAGARI_PIPELINE_TRIAL_H
#define TSUNAGARI_PIPELINE_TRIAL_H

#include <string.h>

#include "optimizer/solve/pipeline.h"
#include "tests/unit/concord_trial.h"

struct pipeline_trial {
    struct concord_trial t;
    struct part_options options;
    struct part_result result;
    struct pipeline run;
    model_wide first; /* of the drawn plan, which the result has */
};

/* Small trees only, or all would be proven. */
static inline void
pipeline_trial_open(struct pipeline_trial *w, uint64_t seed, int32_t needs,
    const struct lp_limit *limit)
{
    struct concord_trial *t = &w->t;
    *w = (struct pipeline_trial){0};
    concord_trial_open(t, seed, needs, true);
    concord_trial_find(t);
    size_t pairs = (size_t)t->in.pairs_n;
    w->options = (struct part_options){.limit = limit, .node_limit = 1};
    w->result = (struct part_result){
        .units = arena_array(&t->arena, pairs, sizeof(int32_t)),
        .total = concord_trial_total(t),
        .bound = t->concord.bound};
    memcpy(w->result.units, t->ledger.units, pairs * sizeof(int32_t));
    prices_make(&w->result.prices, &t->in, NULL, &t->arena);
    w->first = w->result.total;
    w->run = (struct pipeline){.ledger = &t->ledger,
        .in = &t->in,
        .options = &w->options,
        .result = &w->result,
        .proven = t->concord.bound,
        .likely = arena_alloc(&t->arena, pairs),
        .concord = &t->concord,
        .arena = &t->arena};
    memset(w->run.likely, 1, pairs);
    counts_make(&w->run.counts, &t->in, &t->links, &t->arena);
    prices_make(&w->run.prices, &t->in, &w->run.counts, &t->arena);
}

/* What the result has gained; it is checked. */
static inline model_wide
pipeline_trial_gain(struct pipeline_trial *w)
{
    ledger_load(&w->t.ledger, w->result.units);
    assert_true(concord_trial_total(&w->t) == w->result.total);
    assert_true(w->result.total <= w->result.bound);
    assert_true(w->result.total >= w->first);
    return w->result.total - w->first;
}

#endif
