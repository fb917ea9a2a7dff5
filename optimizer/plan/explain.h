/*
 * explain.h: one need of one run, explained: what it gets and why, what else
 * it could get and what that costs the plan, and what stands in the way.
 *
 * Meaning   read from the run's own rows (terms, losses, causes, blocks);
 *           the counterfactual counts are counted anew on the store as it is
 *           now, with the run's weights and day: `changed` says when the
 *           entries are no longer those of the run.
 * Units     terms in milli-points of a whole line, losses in 1e-6.
 * Failure   ERR_INPUT for a need or suggestion that is unknown.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_EXPLAIN_H
#define TSUNAGARI_EXPLAIN_H

#include <stdio.h>

#include "optimizer/base/json.h"
#include "optimizer/market/cause.h"
#include "optimizer/market/score.h"
#include "optimizer/store/run.h"
#include "optimizer/store/store.h"
#include "plan.h"

struct explain_pair {
    int64_t suggestion_id; /* plan_lines.id, 0: not in the plan */
    int64_t offer_id;
    int32_t offer_line_no, units;
    int32_t weekday; /* of a slot (market.h), -1 */
    const char *title, *org, *kind;
    struct score score; /* terms, distance and per_unit */
    int64_t cost_yen; /* of one unit */
    bool has_loss;
    int64_t loss_e6;
    enum cause cause; /* blocks: why not */
    const char *detail;
};

struct explain_list {
    struct explain_pair *pairs;
    int32_t n;
};

struct explain_line {
    int32_t line_no, quantity, missing;
    const char *kind, *unit, *text;
    enum cause cause; /* CAUSE_NONE: covered */
    struct explain_list chosen, alternatives, blocks;
    bool counted;      /* pairs and sole are known */
    int32_t pairs, sole[CAUSE_RULES];
};

struct explain_decision { /* not revoked; maybe over */
    int64_t id, offer_id;
    const char *kind, *title, *until, *reason, *actor;
};

struct explanation {
    struct run run;
    int64_t need_id;
    const char *key, *title, *org, *region;
    bool took_part, changed;
    int32_t tier_urgency; /* needs of this urgency came first; 0: none did */
    bool tier;            /* this one did */
    struct explain_line *lines;
    int32_t lines_n;
    struct explain_decision *decisions;
    int32_t decisions_n;
};

/* A need's id or key, or "s12" for suggestion 12: the need, and the run of
 * the suggestion (else *run_id stays). */
bool explain_find(struct store *store, const char *name, int64_t *need_id,
    int64_t *run_id, struct err *err);
bool explain_load(struct store *store, int64_t run_id, int64_t need_id,
    struct arena *arena, struct explanation *explanation, struct err *err);
/* Candidates of each line, and how many more without each rule. */
void explain_count(struct explanation *explanation, const struct plan *plan,
    struct arena *arena);
/* The pair of two lines of the market, which may be MARKET_NONE; -1. */
int32_t explain_pair(const struct candidates *candidates, int32_t need_line,
    int32_t offer_line);
/* The stored plan as units of today's candidates, which are 0 before;
 * *all false: a pair is gone. */
bool explain_units(struct store *store, int64_t run_id,
    const struct market *market, const struct candidates *candidates,
    int32_t *units, bool *all, struct err *err);

/* "142166:ibasho": what the residents of a region look for. */
bool explain_is_public(struct store *store, const char *name,
    bool *is_public, struct err *err);
/* The same of such a demand, from the plan alone: terms, causes and near
 * candidates as they are now; e->run is loaded.  False: not in the plan. */
bool explain_public(struct explanation *explanation, const struct plan *plan,
    const char *name, struct arena *arena, struct err *err);

void explain_write(const struct explanation *explanation, struct json *json);
void explain_print(const struct explanation *explanation, FILE *out);

#endif
