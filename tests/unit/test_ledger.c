/*
 * test_ledger.c: filling up takes pairs by gain, then index, whatever it
 * remembers of them.
 */
#include <string.h>

#include "tests/unit/unit.h"

#include "optimizer/solve/ledger.h"
#include "tests/unit/instance_room.h"
#include "tests/unit/random_instance.h"

enum { NEEDS = 4, LINES = 6, OFFERS = 60, PAIRS = LINES * OFFERS };

static void
draw(struct random *r, struct instance *in, struct arena *arena)
{
    *in = (struct instance){.needs_n = NEEDS, .lines_n = LINES,
        .offers_n = OFFERS, .orgs_n = 5,
        .programme_budget_yen =
            random_chance(r, 50) ? random_in(r, 0, 300) : INSTANCE_NO_LIMIT};
    instance_room(in, PAIRS, arena);
    for (int32_t i = 0; i < NEEDS; i++) {
        in->needs[i].budget_yen =
            random_chance(r, 40) ? random_in(r, 0, 99) : INSTANCE_NO_LIMIT;
        in->needs[i].max_partners =
            random_chance(r, 40) ? random_in(r, 1, 3) : 0;
    }
    for (int32_t j = 0; j < OFFERS; j++) {
        in->offers[j] = (struct instance_offer){
            .capacity = random_in(r, 0, 4),
            .max_needs = random_chance(r, 30) ? 1 : 0,
            .min_lot = random_chance(r, 20) ? 2 : 0,
            .org = random_in(r, 0, 4)};
    }
    for (int32_t l = 0; l < LINES; l++) {
        in->lines[l] = (struct instance_line){.need = random_in(r, 0, 3),
            .quantity = random_in(r, 1, 90),
            .indivisible = random_chance(r, 20)};
        in->pair_begin[l] = in->pairs_n;
        for (int32_t j = 0; j < OFFERS; j++) {
            if (random_chance(r, 20)) {
                continue;
            }
            int32_t p = in->pairs_n++;
            in->pair_offer[p] = j;
            in->pair_score[p] = random_in(r, -2, 8); /* many are equal */
            in->pair_cost[p] = random_in(r, 0, 3);
            in->pair_use[p] = random_in(r, 1, 2);
        }
    }
    in->pair_begin[LINES] = in->pairs_n;
}

static const struct instance *sorting;

static int
by_gain(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    int64_t gain_x = (int64_t)sorting->pair_score[x] *
        sorting->lines[instance_pair_line(sorting, x)].quantity;
    int64_t gain_y = (int64_t)sorting->pair_score[y] *
        sorting->lines[instance_pair_line(sorting, y)].quantity;
    int order = (gain_x < gain_y) - (gain_x > gain_y);
    return order != 0 ? order : (x > y) - (x < y);
}

static void
ledger_fill__goes_by_gain_then_index(void **state)
{
    (void)state;
    int behind = 0; /* lines filled by pairs behind their first 16 */
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(300); seed++) {
        struct arena arena = {0};
        struct instance in;
        struct links links;
        struct ledger ledger;
        struct random r = {seed};
        int32_t least[PAIRS] = {0}, order[PAIRS], units[PAIRS];
        draw(&r, &in, &arena);
        links_make(&in, &arena, &links);
        ledger_init(&ledger, &in, &links, least, &arena);
        for (int32_t p = 0; p < in.pairs_n; p++) {
            order[p] = p;
        }
        sorting = &in;
        qsort(order, (size_t)in.pairs_n, sizeof(*order), by_gain);
        ledger_fill(&ledger, order, in.pairs_n);
        memcpy(units, ledger.units, (size_t)in.pairs_n * sizeof(*units));
        ledger_clear(&ledger);
        ledger_fill(&ledger, NULL, 0);
        assert_memory_equal(
            units, ledger.units, (size_t)in.pairs_n * sizeof(*units));
        for (int32_t l = 0; l < LINES; l++) {
            int used = 0;
            for (int32_t p = in.pair_begin[l]; p < in.pair_begin[l + 1]; p++) {
                used += units[p] > 0;
            }
            behind += used > 16;
        }
        arena_release(&arena);
    }
    assert_true(behind > 10 || !unit_all_rounds());
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ledger_fill__goes_by_gain_then_index)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
