/*
 * regret.h: where a plan loses against a bound.
 *
 * Meaning   at prices and potentials that bound the whole (concord.h), the gap
 *           of a plan is a sum of regrets: what every offer and every need
 *           could come to more, each for itself, and what rows leave over at
 *           their prices, which is added to the needs'.  Most are nothing.
 *           Without floors and the programme's budget, pins and organisations
 *           of several offers
 *
 *             bound - total = sum of regrets of offers and needs,
 *
 *           none of them below 0; with them it is about so.
 * Units     1e-6 milli-points.
 * Failure   none but memory.
 * Lifetime  the arena's, and until regrets_close(); ledger and concord must
 *           outlive it.
 */
#ifndef TSUNAGARI_REGRET_H
#define TSUNAGARI_REGRET_H

#include "concord.h"
#include "ledger.h"

struct regrets {
    const struct ledger *ledger;
    const struct concord *concord;
    model_wide bound; /* of the concord's prices, 1e-12 */
    model_wide *offers, *needs; /* of the plan at the last regrets_find() */
    struct lagrange lagrange;
    uint8_t *met; /* per link of a need: its partner is paid */
};

void regrets_open(struct regrets *regrets, const struct ledger *ledger,
    const struct concord *concord, struct arena *arena);

/* Of what the ledger holds now. */
void regrets_find(struct regrets *regrets);
void regrets_close(struct regrets *regrets);

#endif
