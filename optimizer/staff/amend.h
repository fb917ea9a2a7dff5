/*
 * amend.h: tonight's plan after a partner left it, without a new solve.
 *
 * Meaning   when a pair is declined, or an entry pauses or leaves, the newest
 *           plan is taken up again on the store as it is now: pairs that are
 *           no candidates any more go, and each need line that lost by it
 *           gets its stored runners-up (alternatives), in their order, as
 *           much of each as the rows of the plan (capacity, budgets,
 *           partners, needs, lots) leave room for and the plan gains by.
 *           check.h judges every such change; nothing is added that it
 *           refuses.  The result is a run of its own: `amends` names the one
 *           it came from, its input digest is today's, its value is computed
 *           anew and its bound is what the old shadow prices prove for
 *           today's instance (proof.h), so that `certify` holds for it.
 *           Runners-up of lines that changed lose their `loss`, which was
 *           the old plan's; the others keep it.
 *           A plan that today's store no longer allows (a pin it cannot
 *           hold, say) is left alone: `refused` says why, what is declined
 *           stays out of the snapshots, the next match does the rest.
 * Failure   the store's.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_AMEND_H
#define TSUNAGARI_AMEND_H

#include <stdio.h>

#include "optimizer/base/arena.h"
#include "step.h"

struct amend_promoted {
    int64_t need_id, offer_id;
    int32_t need_line_no, offer_line_no, units;
};

struct amendment {
    int64_t parent_id; /* 0: no plan has the pair or the entry */
    int64_t run_id;    /* 0: nothing was written */
    int32_t lost;      /* pairs that went */
    struct amend_promoted *promoted;
    int32_t promoted_n;
    int64_t before_e6, value_e6, bound_e6; /* value without the promoted */
    const char *refused;                   /* NULL: not */
};

/*
 * In the running transaction, after the act that it follows from, audit
 * included.  Only a plan with the pair (need_id, offer_id) is amended; an id
 * of 0 stands for any.
 */
bool amend_plan(struct store *store, int64_t need_id, int64_t offer_id,
    struct arena *arena, struct amendment *amendment, struct err *err);
/* The same for all pairs of an entry. */
bool amend_entry(struct store *store, int64_t entry_id, struct arena *arena,
    struct amendment *amendment, struct err *err);
/* A step of an entry, after which the plan goes on without it if that is
 * what the step does. */
bool amend_step(struct store *store, const struct step_order *order,
    struct arena *arena, struct amendment *amendment, struct err *err);

/* The newest plan, if it names a pair that was declined, forbidden or
 * deferred, or an entry that left, while it was being solved. */
bool amend_overtaken(struct store *store, struct arena *arena,
    struct amendment *amendment, struct err *err);
/* Pins behind decision `since` that the newest plan does not hold: they wait
 * for the next match. */
bool amend_waiting(struct store *store, int64_t since, struct arena *arena,
    int64_t *waiting, struct err *err);

/* For people; nothing where nothing was to amend. */
void amend_print(const struct amendment *amendment, FILE *out);

#endif
