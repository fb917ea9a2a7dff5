/*
 * focus.h: the pairs near to a plan as an instance of their own.
 *
 * Meaning   what a search over near pairs reads, and nothing between: pairs
 *           of a line lie side by side, so that many steps find them in the
 *           processor's caches.  Pairs that the plan uses, or must, are
 *           there, too, in none of the lists if they are not near.
 * Shapes    narrow.pair_of: pairs of the ledger's instance.
 * Failure   none but memory.
 * Lifetime  the arena's; ledger and near must outlive it.
 */
#ifndef TSUNAGARI_FOCUS_H
#define TSUNAGARI_FOCUS_H

#include "narrow.h"
#include "near.h"

struct focus {
    struct narrow narrow;
    struct links links;
    struct ledger ledger;
    struct near near;
};

/* The ledger's plan, the pairs of near, and what each of them loses. */
void focus_make(struct focus *focus, const struct ledger *ledger,
    const struct near *near, struct arena *arena);

#endif
