/* proof_price.c: rows and pairs as both bounds of a proof see them. */
#include "proof_price.h"

#include <stdlib.h>

#define PRICED_MOST ((exact)10000000000000000000ULL) /* > 2 * any value_e6 */

/* The price as it counts, for a row with this limit; < 0: no limit. */
exact
proof_sound(int64_t price, int64_t limit)
{
    return price <= 0 || limit < 0 || (exact)price * limit > PRICED_MOST
               ? 0
               : price;
}

exact
proof_floor_price(const struct instance_floor *floor, int64_t price)
{
    exact own = 1000000 * /* a tier has no way around its target */
                (exact)(floor->tier ? INSTANCE_SCORE_MAX : floor->price);
    return price < 0 ? 0 : price > own ? own : price;
}

exact
proof_share_e12(const struct instance *in, int32_t line)
{
    int32_t quantity = in->lines[line].quantity;
    return (LINE_E12 + quantity - 1) / quantity;
}

exact
proof_target_e12(const struct instance_floor *floor)
{
    exact n = floor->member_end - floor->member_begin;
    return n * 1000000 * floor->share_ppm - floor->given_e12;
}

exact
proof_up(exact value, exact divisor)
{
    return value / divisor + (value % divisor > 0);
}

exact
proof_rows_cost(const struct instance *in, const struct proof_prices *prices)
{
    exact cost = 0;
    for (int32_t i = 0; i < in->needs_n; i++) {
        int64_t limit = in->needs[i].budget_yen;
        cost += proof_sound(prices->budget[i], limit) * limit;
    }
    cost += proof_sound(prices->programme, in->programme_budget_yen) *
            in->programme_budget_yen;
    cost *= 1000000;
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        exact price = proof_floor_price(floor, prices->floor[g]);
        cost += proof_up(-price * proof_target_e12(floor), 1000000);
    }
    return cost;
}

/* Per line what a unit is worth to its floors; rounded up, free(). */
exact *
proof_floor_gains(const struct instance *in,
    const struct proof_prices *prices)
{
    exact *gains = xcalloc((size_t)in->lines_n + 1, sizeof(*gains));
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        for (int32_t k = floor->member_begin; k < floor->member_end; k++) {
            gains[in->floor_lines[k]] +=
                proof_floor_price(floor, prices->floor[g]);
        }
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        gains[l] = proof_up(gains[l] * proof_share_e12(in, l), 1000000);
    }
    return gains;
}

/* The least and most units of a pair that has any; most 0: never. */
void
proof_range(const struct instance *in, int32_t line, int32_t pair,
    int64_t *least, int64_t *most)
{
    const struct instance_line *row = &in->lines[line];
    const struct instance_offer *offer = &in->offers[in->pair_offer[pair]];
    int64_t budget = in->needs[row->need].budget_yen;
    int64_t all = in->programme_budget_yen, cost = in->pair_cost[pair];
    *least = row->indivisible ? row->quantity : 1;
    *least = *least < offer->min_lot ? offer->min_lot : *least;
    *most = offer->capacity / in->pair_use[pair];
    *most = *most < row->quantity ? *most : row->quantity;
    if (cost > 0 && budget >= 0 && budget / cost < *most) {
        *most = budget / cost;
    }
    if (cost > 0 && all >= 0 && all / cost < *most) {
        *most = all / cost;
    }
    *most = *most < *least ? 0 : *most;
}

exact
proof_net(const struct instance *in, const struct proof_prices *prices,
    exact floor_gain, int32_t line, int32_t pair)
{
    int32_t i = in->lines[line].need;
    exact yen = proof_sound(prices->budget[i], in->needs[i].budget_yen) +
                proof_sound(prices->programme, in->programme_budget_yen);
    return LINE_E12 * ((exact)in->pair_score[pair] +
                          in->lines[line].uncovered_price) +
           floor_gain - 1000000 * yen * in->pair_cost[pair];
}
