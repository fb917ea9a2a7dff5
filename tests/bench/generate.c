/*
 * generate.c: `generate N SEED KIND DIR`: a seeded instance of N needs and N
 * offers as CSV, like a prefecture's night but with no names.
 *
 * KIND lp    needs of one to three lines, five kinds, 58 regions on a map,
 *            budgets of needs and of the programme, a floor per region
 *      full  the same with partner and need limits, lots, whole lines, use
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/instance/instance_file.h"
#include "tests/unit/random_instance.h"

enum { KINDS = 5, REGIONS = 58, REACH = 26 /* of 100 */ };

struct world {
    struct random r;
    struct instance in;
    struct arena arena;
    bool full;
    int32_t x[REGIONS], y[REGIONS];
    int32_t *need_region, *line_kind, *offer_region, *offer_kind;
};

static void
make_rows(struct world *w, int32_t n)
{
    struct instance *in = &w->in;
    struct random *r = &w->r;
    size_t most = (size_t)n * 3;
    in->needs = arena_array(&w->arena, (size_t)n, sizeof(*in->needs));
    in->offers = arena_array(&w->arena, (size_t)n, sizeof(*in->offers));
    in->lines = arena_array(&w->arena, most, sizeof(*in->lines));
    w->need_region = arena_array(&w->arena, (size_t)n, sizeof(int32_t));
    w->offer_region = arena_array(&w->arena, (size_t)n, sizeof(int32_t));
    w->offer_kind = arena_array(&w->arena, (size_t)n, sizeof(int32_t));
    w->line_kind = arena_array(&w->arena, most, sizeof(int32_t));
    in->needs_n = in->offers_n = n;
    in->orgs_n = n / 3 + 1;
    for (int32_t i = 0; i < n; i++) {
        w->need_region[i] = random_in(r, 0, REGIONS - 1);
        in->needs[i].budget_yen =
            random_chance(r, 50) ? random_in(r, 0, 40) * 1000
                                 : INSTANCE_NO_LIMIT;
        in->needs[i].max_partners =
            w->full && random_chance(r, 30) ? random_in(r, 1, 3) : 0;
        int32_t lines = random_in(r, 1, 3);
        for (int32_t k = 0; k < lines; k++) {
            int32_t l = in->lines_n++;
            w->line_kind[l] = random_in(r, 0, KINDS - 1);
            in->lines[l] = (struct instance_line){.need = i,
                .quantity = random_in(r, 1, 10),
                .uncovered_price = random_in(r, 0, 3) * 100,
                .indivisible = w->full && random_chance(r, 15)};
        }
    }
    for (int32_t j = 0; j < n; j++) {
        w->offer_region[j] = random_in(r, 0, REGIONS - 1);
        w->offer_kind[j] = random_in(r, 0, KINDS - 1);
        in->offers[j] = (struct instance_offer){
            .capacity = random_in(r, 1, 20),
            .max_needs = w->full && random_chance(r, 30) ? random_in(r, 1, 4)
                                                         : 0,
            .min_lot = w->full && random_chance(r, 15) ? random_in(r, 2, 3)
                                                       : 0,
            .org = random_in(r, 0, in->orgs_n - 1)};
    }
}

static void
add_pair(struct world *w, int32_t cap, int32_t j, int32_t distance,
    bool counting)
{
    struct instance *in = &w->in;
    struct random *r = &w->r;
    int32_t score = 1000 - distance * 12 + random_in(r, 0, 400);
    int32_t cost = random_chance(r, 50) ? random_in(r, 1, 8) * 500 : 0;
    int32_t use = w->full && random_chance(r, 10) ? 2 : 1;
    if (!counting && in->pairs_n < cap) {
        in->pair_offer[in->pairs_n] = j;
        in->pair_score[in->pairs_n] = score;
        in->pair_cost[in->pairs_n] = cost;
        in->pair_use[in->pairs_n] = use;
    }
    in->pairs_n++;
}

static void
make_pairs(struct world *w, int32_t cap, bool counting)
{
    struct instance *in = &w->in;
    in->pairs_n = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t from = w->need_region[in->lines[l].need];
        in->pair_begin[l] = in->pairs_n;
        for (int32_t j = 0; j < in->offers_n; j++) {
            int32_t to = w->offer_region[j];
            int32_t dx = abs(w->x[from] - w->x[to]);
            int32_t dy = abs(w->y[from] - w->y[to]);
            if (w->offer_kind[j] == w->line_kind[l] && dx + dy <= REACH) {
                add_pair(w, cap, j, dx + dy, counting);
            }
        }
    }
    in->pair_begin[in->lines_n] = in->pairs_n;
}

static void
make_floors(struct world *w)
{
    struct instance *in = &w->in;
    int32_t n = 0;
    in->floors = arena_array(&w->arena, REGIONS, sizeof(*in->floors));
    in->floor_lines =
        arena_array(&w->arena, (size_t)in->lines_n, sizeof(int32_t));
    for (int32_t g = 0; g < REGIONS; g++) {
        struct instance_floor *floor = &in->floors[in->floors_n++];
        floor->share_ppm = random_in(&w->r, 3, 7) * 100000;
        floor->price = 5000;
        floor->member_begin = n;
        for (int32_t l = 0; l < in->lines_n; l++) {
            if (w->need_region[in->lines[l].need] == g) {
                in->floor_lines[n++] = l;
            }
        }
        floor->member_end = n;
    }
}

static void
make_pair_arrays(struct world *w)
{
    struct instance *in = &w->in;
    struct random kept = w->r;
    in->pair_begin = arena_array(
        &w->arena, (size_t)in->lines_n + 1, sizeof(int32_t));
    make_pairs(w, 0, true);
    int32_t cap = in->pairs_n;
    in->pair_offer = arena_array(&w->arena, (size_t)cap, sizeof(int32_t));
    in->pair_score = arena_array(&w->arena, (size_t)cap, sizeof(int32_t));
    in->pair_cost = arena_array(&w->arena, (size_t)cap, sizeof(int32_t));
    in->pair_use = arena_array(&w->arena, (size_t)cap, sizeof(int32_t));
    w->r = kept;
    make_pairs(w, cap, false);
}

int
main(int argc, char **argv)
{
    static struct world w;
    struct err err = {0};
    if (argc != 5 || atoi(argv[1]) < 1) {
        fputs("usage: generate N SEED lp|full DIR\n", stderr);
        return ERR_USAGE;
    }
    int32_t n = atoi(argv[1]);
    w.r.state = (uint64_t)atoll(argv[2]);
    w.full = strcmp(argv[3], "full") == 0;
    for (int g = 0; g < REGIONS; g++) {
        w.x[g] = random_in(&w.r, 0, 99);
        w.y[g] = random_in(&w.r, 0, 99);
    }
    make_rows(&w, n);
    make_pair_arrays(&w);
    make_floors(&w);
    w.in.programme_budget_yen = (int64_t)n * 4000;
    const struct instance_params params = {0};
    bool ok = instance_check(&w.in, &err) &&
        instance_write(argv[4], &w.in, &params, &err);
    printf("%d needs, %d lines, %d offers, %d pairs\n", n, w.in.lines_n, n,
        w.in.pairs_n);
    if (!ok) {
        fprintf(stderr, "generate: %s\n", err.text);
    }
    arena_release(&w.arena);
    return ok ? 0 : (int)err.kind;
}
