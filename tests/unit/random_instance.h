/*
 * random_instance.h: seeded instances for tests, small enough to enumerate.
 *
 * Meaning   every kind of row may appear: budgets, programme, partner and
 *           need limits, lots, whole lines, floors, pins, use above 1.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_RANDOM_INSTANCE_H
#define TSUNAGARI_RANDOM_INSTANCE_H

#include <stdlib.h>
#include <string.h>

#include "optimizer/instance/instance.h"

struct random {
    uint64_t state;
};

static inline uint64_t
random_next(struct random *r) /* splitmix64 */
{
    uint64_t z = r->state += 0x9E3779B97F4A7C15ULL;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ z >> 27) * 0x94D049BB133111EBULL;
    return z ^ z >> 31;
}

/* low <= result <= high */
static inline int32_t
random_in(struct random *r, int32_t low, int32_t high)
{
    return low +
        (int32_t)(random_next(r) % ((uint64_t)(high - low) + 1));
}

static inline bool
random_chance(struct random *r, int percent)
{
    return random_in(r, 0, 99) < percent;
}

static inline void
random_rows(struct random *r, struct instance *in, struct arena *arena)
{
    in->needs = arena_array(arena, 4, sizeof(*in->needs));
    in->lines = arena_array(arena, 4, sizeof(*in->lines));
    in->offers = arena_array(arena, 4, sizeof(*in->offers));
    for (int32_t i = 0; i < in->needs_n; i++) {
        in->needs[i].budget_yen =
            random_chance(r, 40) ? random_in(r, 0, 25) : INSTANCE_NO_LIMIT;
        in->needs[i].max_partners =
            random_chance(r, 40) ? random_in(r, 1, 2) : 0;
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        in->lines[l].need = random_in(r, 0, in->needs_n - 1);
        in->lines[l].quantity = random_in(r, 1, 4);
        in->lines[l].uncovered_price = random_in(r, 0, 9) * 100;
        in->lines[l].indivisible = random_chance(r, 30);
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        in->offers[j].capacity = random_in(r, 0, 6);
        in->offers[j].max_needs =
            random_chance(r, 40) ? random_in(r, 1, 2) : 0;
        in->offers[j].min_lot =
            random_chance(r, 40) ? random_in(r, 1, 3) : 0;
        in->offers[j].org = random_in(r, 0, in->orgs_n - 1);
    }
}

static inline void
random_pairs(struct random *r, struct instance *in, int32_t most,
    struct arena *arena)
{
    in->pair_begin = arena_array(arena, 5, sizeof(int32_t));
    in->pair_offer = arena_array(arena, 16, sizeof(int32_t));
    in->pair_score = arena_array(arena, 16, sizeof(int32_t));
    in->pair_cost = arena_array(arena, 16, sizeof(int32_t));
    in->pair_use = arena_array(arena, 16, sizeof(int32_t));
    for (int32_t l = 0; l < in->lines_n; l++) {
        in->pair_begin[l] = in->pairs_n;
        for (int32_t j = 0; j < in->offers_n; j++) {
            if (in->pairs_n == most || random_chance(r, 20)) {
                continue;
            }
            int32_t p = in->pairs_n++;
            in->pair_offer[p] = j;
            in->pair_score[p] = random_in(r, -100, 1000);
            in->pair_cost[p] = random_chance(r, 50) ? random_in(r, 0, 9) : 0;
            in->pair_use[p] = random_chance(r, 30) ? random_in(r, 1, 3) : 1;
        }
    }
    in->pair_begin[in->lines_n] = in->pairs_n;
}

static inline void
random_floors_pins(struct random *r, struct instance *in,
    struct arena *arena)
{
    int32_t n = 0;
    in->floors = arena_array(arena, 2, sizeof(*in->floors));
    in->floor_lines = arena_array(arena, 8, sizeof(int32_t));
    for (int32_t g = 0; g < in->floors_n; g++) {
        struct instance_floor *floor = &in->floors[g];
        floor->share_ppm = random_in(r, 0, 4) * 250000;
        floor->price = random_in(r, 0, 2000);
        floor->member_begin = n;
        for (int32_t l = 0; l < in->lines_n; l++) {
            if (random_chance(r, 60)) {
                in->floor_lines[n++] = l;
            }
        }
        floor->member_end = n;
    }
    in->pins = arena_array(arena, 16, sizeof(*in->pins));
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (random_chance(r, 5)) {
            in->pins[in->pins_n++] =
                (struct instance_pin){p, random_in(r, 1, 2)};
        }
    }
}

static inline void
random_instance(struct random *r, struct instance *in, int32_t pairs_most,
    struct arena *arena)
{
    memset(in, 0, sizeof(*in));
    in->needs_n = random_in(r, 1, 3);
    in->lines_n = random_in(r, 2, 4);
    in->offers_n = random_in(r, 1, 4);
    in->orgs_n = random_in(r, 1, in->offers_n);
    in->floors_n = random_in(r, 0, 2);
    in->programme_budget_yen =
        random_chance(r, 40) ? random_in(r, 0, 40) : INSTANCE_NO_LIMIT;
    random_rows(r, in, arena);
    random_pairs(r, in, pairs_most, arena);
    random_floors_pins(r, in, arena);
}

#endif
