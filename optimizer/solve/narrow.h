/*
 * narrow.h: an instance with only the pairs that can be in a better plan.
 *
 * Meaning   a plan that uses a pair is worth no more than what the prices
 *           prove, less what the least use of the pair loses against them.
 * Units     gap in 1e-12 milli-points: what these prices prove, less the
 *           total of a plan that is known.
 * Shapes    pair_of, least: per pair of the narrow instance.
 * Failure   none but memory.
 * Lifetime  the arena's; other rows are those of the ledger's instance.
 */
#ifndef TSUNAGARI_NARROW_H
#define TSUNAGARI_NARROW_H

#include "certificate.h"
#include "ledger.h"

struct narrow {
    struct instance in;
    int32_t *pair_of, *least;
};

/* Those that are marked, all pins among them. */
void narrow_take(struct narrow *narrow, const struct ledger *ledger,
    const uint8_t *keep, struct arena *arena);

/* Those that lose no more than the gap, and pins. */
void narrow_make(struct narrow *narrow, const struct ledger *ledger,
    const struct prices *prices, model_wide gap, struct arena *arena);

/* A plan of the narrow instance, units by its pairs, into the ledger. */
void narrow_return(const struct narrow *narrow, const int32_t *units,
    struct ledger *ledger);

#endif
