/*
 * drawn_market.h: for tests: a random instance of some size, and plans of it.
 *
 * Meaning   half as many lines more than needs, as many offers as needs;
 *           budgets, partners, lots, whole lines and limits on needs, each in
 *           some of them.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_DRAWN_MARKET_H
#define TSUNAGARI_DRAWN_MARKET_H

#include "optimizer/solve/ledger.h"
#include "tests/unit/instance_room.h"
#include "tests/unit/random_instance.h"

enum { DRAWN_FLOORS = 2 };

static inline void
draw_rows(struct random *r, struct instance *in)
{
    for (int32_t i = 0; i < in->needs_n; i++) {
        in->needs[i] = (struct instance_need){
            .budget_yen = random_chance(r, 40) ? random_in(r, 0, 60)
                                               : INSTANCE_NO_LIMIT,
            .max_partners = random_chance(r, 40)};
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        in->lines[l] = (struct instance_line){.need = l % in->needs_n,
            .quantity = random_in(r, 1, 4),
            .indivisible = random_chance(r, 20)};
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        in->offers[j] = (struct instance_offer){
            .capacity = random_in(r, 2, 6),
            .max_needs = random_chance(r, 40) ? 2 : 0,
            .min_lot = random_chance(r, 30) ? 2 : 0,
            .org = j / 2};
    }
}

static inline void
draw_pairs(struct random *r, struct instance *in)
{
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t j = 0; j < in->offers_n; j++) {
            if (random_chance(r, 30)) {
                int32_t p = in->pairs_n++;
                in->pair_offer[p] = j;
                in->pair_score[p] = random_in(r, -50, 999);
                in->pair_cost[p] = random_in(r, 0, 9);
                in->pair_use[p] = random_in(r, 1, 2);
            }
        }
        in->pair_begin[l + 1] = in->pairs_n;
    }
}

/* Rows that many needs share: no window sees all of them. */
static inline void
share_rows(struct random *r, struct instance *in, struct arena *arena)
{
    in->programme_budget_yen = 10 * in->lines_n;
    in->floors_n = DRAWN_FLOORS;
    in->floors = arena_array(arena, DRAWN_FLOORS, sizeof(*in->floors));
    in->floor_lines =
        arena_array(arena, (size_t)in->lines_n, sizeof(int32_t));
    for (int32_t g = 0; g < DRAWN_FLOORS; g++) {
        in->floors[g] = (struct instance_floor){.share_ppm = 700000,
            .price = random_in(r, 0, 900),
            .member_begin = g * in->lines_n / DRAWN_FLOORS,
            .member_end = (g + 1) * in->lines_n / DRAWN_FLOORS};
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        in->floor_lines[l] = l;
    }
}

/* Filled up in any order. */
static inline void
draw_plan(struct random *r, struct ledger *ledger, int32_t *units)
{
    int32_t n = ledger->in->pairs_n;
    size_t bytes = (size_t)n * sizeof(int32_t);
    int32_t *order = malloc(bytes + 1);
    for (int32_t k = 0; k < n; k++) {
        int32_t other = random_in(r, 0, k);
        order[k] = order[other];
        order[other] = k;
    }
    ledger_clear(ledger);
    ledger_fill(ledger, order, n);
    memcpy(units, ledger->units, bytes);
    free(order);
}

/* shared: with floors and a programme's budget. */
static inline void
draw_market(struct random *r, struct instance *in, int32_t needs, bool shared,
    struct arena *arena)
{
    *in = (struct instance){.needs_n = needs, .lines_n = needs + needs / 2,
        .offers_n = needs, .orgs_n = needs,
        .programme_budget_yen = INSTANCE_NO_LIMIT};
    instance_room(in, (size_t)in->lines_n * (size_t)needs, arena);
    draw_rows(r, in);
    draw_pairs(r, in);
    if (shared) {
        share_rows(r, in, arena);
    }
}

#endif
