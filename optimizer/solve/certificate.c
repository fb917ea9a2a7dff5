/* certificate.c: bounds from prices (certificate.h). */
#include "certificate.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/base/divisor.h"

enum { E3 = 1000 }; /* from 1e-9 to 1e-12 */
#define PRICE_MAX 4000000000000000000LL /* twice what a unit can gain */

static int64_t *
zeros(struct arena *arena, int32_t n)
{
    return arena_array(arena, (size_t)n, sizeof(int64_t));
}

void
prices_make(struct prices *prices, const struct instance *in,
    const struct counts *counts, struct arena *arena)
{
    *prices = (struct prices){.demand = zeros(arena, in->lines_n),
        .capacity = zeros(arena, in->offers_n),
        .budget = zeros(arena, in->needs_n),
        .floor = zeros(arena, in->floors_n),
        .counts = counts};
    if (counts != NULL) {
        prices->partners = zeros(arena, in->needs_n);
        prices->meetings = zeros(arena, in->offers_n);
    }
}

static void
copy(int64_t *to, const int64_t *from, int32_t n)
{
    if (to != NULL && from != NULL && n > 0) {
        memcpy(to, from, (size_t)n * sizeof(*to));
    }
}

void
prices_copy(struct prices *to, const struct prices *from,
    const struct instance *in)
{
    copy(to->demand, from->demand, in->lines_n);
    copy(to->capacity, from->capacity, in->offers_n);
    copy(to->budget, from->budget, in->needs_n);
    copy(to->floor, from->floor, in->floors_n);
    copy(to->partners, from->partners, in->needs_n);
    copy(to->meetings, from->meetings, in->offers_n);
    to->programme = from->programme;
}

static void
cut(int64_t *price, int64_t most)
{
    *price = *price < 0 ? 0 : *price > most ? most : *price;
}

model_wide *
prices_floor_gains(const struct instance *in, const struct prices *prices)
{
    model_wide *sums = xcalloc((size_t)in->lines_n, sizeof(*sums));
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        for (int32_t k = floor->member_begin; k < floor->member_end; k++) {
            sums[in->floor_lines[k]] += prices->floor[g];
        }
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        model_wide gain =
            sums[l] * model_unit_share(in->lines[l].quantity);
        sums[l] = (gain + MODEL_E12 - 1) / MODEL_E12;
    }
    return sums;
}

static model_wide
counts_bound(const struct instance *in, struct prices *prices)
{
    model_wide bound = 0;
    for (int32_t i = 0; prices->counts != NULL && i < in->needs_n; i++) {
        int32_t most = in->needs[i].max_partners;
        cut(&prices->partners[i], most == 0 ? 0 : PRICE_MAX);
        bound += (model_wide)prices->partners[i] * most;
    }
    for (int32_t j = 0; prices->counts != NULL && j < in->offers_n; j++) {
        int32_t most = in->offers[j].max_needs;
        cut(&prices->meetings[j], most == 0 ? 0 : PRICE_MAX);
        bound += (model_wide)prices->meetings[j] * most;
    }
    return bound;
}

/* Rows with no limit have no price. */
static model_wide
rows_bound(const struct instance *in, struct prices *prices)
{
    model_wide bound = 0;
    for (int32_t j = 0; j < in->offers_n; j++) {
        cut(&prices->capacity[j], PRICE_MAX);
        bound += (model_wide)prices->capacity[j] * in->offers[j].capacity;
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        int64_t budget = in->needs[i].budget_yen;
        cut(&prices->budget[i],
            budget == INSTANCE_NO_LIMIT ? 0 : PRICE_MAX);
        bound += (model_wide)prices->budget[i] * budget;
    }
    cut(&prices->programme,
        in->programme_budget_yen == INSTANCE_NO_LIMIT ? 0 : PRICE_MAX);
    bound += (model_wide)prices->programme * in->programme_budget_yen;
    bound += counts_bound(in, prices);
    bound *= E3;
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        cut(&prices->floor[g], (int64_t)floor->price * 1000000000);
        model_wide paid = prices->floor[g] * model_floor_target(floor);
        bound -= paid / (MODEL_E12 / E3); /* >= 0: rounds the bound up */
    }
    return bound;
}

model_wide
certificate_bound(const struct instance *in, const int32_t *least,
    struct prices *prices)
{
    model_wide bound = rows_bound(in, prices);
    model_wide *gains = prices_floor_gains(in, prices);
    for (int32_t l = 0; l < in->lines_n; l++) {
        model_wide best = 0, given = 0;
        int64_t left = in->lines[l].quantity;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            model_wide gain = prices_net(in, prices, gains[l], l, p);
            best = gain > best ? gain : best;
            given += gain * least[p];
            left -= least[p];
        }
        prices->demand[l] =
            (int64_t)(best < PRICE_MAX ? best : PRICE_MAX);
        bound += (given + best * left) * E3;
    }
    free(gains);
    return bound;
}

static model_wide
divisor(model_wide a, model_wide b)
{
    while (b != 0) {
        model_wide rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

model_wide
certificate_to_grid(const struct instance *in, model_wide bound)
{
    int64_t whole = 0;
    for (int32_t p = 0; p < in->pairs_n && whole != 1; p++) {
        whole = divisor_common(whole, abs(in->pair_score[p]));
    }
    model_wide grid = whole * (model_wide)MODEL_E12;
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        model_wide price = floor->price;
        grid = divisor(grid, price * model_floor_target(floor));
        for (int32_t k = floor->member_begin;
             k < floor->member_end && grid != 1; k++) {
            grid = divisor(grid, price *
                    model_unit_share(
                        in->lines[in->floor_lines[k]].quantity));
        }
    }
    if (grid == 0) {
        return bound;
    }
    model_wide rest = bound % grid;
    return bound - (rest < 0 ? rest + grid : rest);
}
