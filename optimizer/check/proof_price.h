/*
 * proof_price.h: prices as both bounds of a proof (proof.c, proof_offers.c)
 * count them.
 *
 * Units     sums in 1e-12 milli-points, prices as in proof.h.
 * Failure   none but memory.
 */
#ifndef TSUNAGARI_PROOF_PRICE_H
#define TSUNAGARI_PROOF_PRICE_H

#include "proof.h"

__extension__ typedef __int128 exact;

#define LINE_E12 1000000000000LL

/* Of two numbers, for sorting: < 0, 0, > 0. */
static inline int
proof_order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* The price as it counts, for a row with this limit; < 0: no limit. */
exact proof_sound(int64_t price, int64_t limit);
exact proof_floor_price(const struct instance_floor *floor, int64_t price);

exact proof_share_e12(const struct instance *in, int32_t line);
exact proof_target_e12(const struct instance_floor *floor);

/* value / divisor, rounded up. */
exact proof_up(exact value, exact divisor);

/* What budgets, the programme and floors cost; rounded up. */
exact proof_rows_cost(const struct instance *in,
    const struct proof_prices *prices);

/* Per line what a unit is worth to its floors; rounded up, free(). */
exact *proof_floor_gains(const struct instance *in,
    const struct proof_prices *prices);

/* What a unit of the pair gains over none, net of budgets and programme. */
exact proof_net(const struct instance *in, const struct proof_prices *prices,
    exact floor_gain, int32_t line, int32_t pair);

/* The least and most units of a pair that has any; most 0: never. */
void proof_range(const struct instance *in, int32_t line, int32_t pair,
    int64_t *least, int64_t *most);

#endif
