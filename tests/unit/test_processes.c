/* test_processes.c: solve() with many parts, each of them priced, at once or
 * after some nodes of branch and bound: the plan is the same whoever solves
 * which. */
#include "tests/unit/unit.h"

#include "optimizer/solve/solve.h"
#include "tests/unit/instance_room.h"
#include "tests/unit/random_instance.h"

enum { BLOCKS = 4, SIDE = 14, HARD = 150 };

/* So many needs of a line each and as many offers, and room for pairs. */
static void
make_room(struct instance *in, int32_t n, size_t pairs, struct arena *arena)
{
    *in = (struct instance){.needs_n = n, .lines_n = n, .offers_n = n,
        .orgs_n = n, .programme_budget_yen = INSTANCE_NO_LIMIT};
    instance_room(in, pairs, arena);
}

/* Adds a block of side x side that shares no row with others: a part. */
static void
add_block(struct random *r, struct instance *in, int32_t begin, int32_t side)
{
    for (int32_t l = begin; l < begin + side; l++) {
        in->needs[l] = (struct instance_need){
            random_chance(r, 40) ? random_in(r, 5, 30) : INSTANCE_NO_LIMIT,
            random_in(r, 0, 2), ""};
        in->lines[l] = (struct instance_line){l, random_in(r, 1, 5), 100,
            random_chance(r, 20), ""};
        in->offers[l] = (struct instance_offer){random_in(r, 1, 7),
            random_in(r, 0, 2), random_in(r, 0, 2), l, ""};
        for (int32_t k = 0; k < side; k++) {
            int32_t p = in->pairs_n++;
            in->pair_offer[p] = begin + k;
            in->pair_score[p] = random_in(r, 100, 1000);
            in->pair_cost[p] = random_in(r, 0, 9);
            in->pair_use[p] = 1;
        }
        in->pair_begin[l + 1] = in->pairs_n;
    }
}

/* Blocks, each a part for pricing. */
static void
several_parts(struct random *r, struct instance *in, struct arena *arena)
{
    make_room(in, BLOCKS * SIDE, BLOCKS * SIDE * SIDE, arena);
    for (int32_t block = 0; block < BLOCKS; block++) {
        add_block(r, in, block * SIDE, SIDE);
    }
}

/* Whoever solves which part, and from whatever start: the same bytes. */
static void
solve__large_parts_do_not_depend_on_processes(void **state)
{
    (void)state;
    static const int32_t processes[] = {1, 2, 3, 7};
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(4); seed++) {
        struct arena arena = {0};
        struct random r = {seed};
        struct instance in;
        struct solve_result one, other;
        struct err err = {0};
        struct solve_options options = {.processes = -1,
            .gap_ppm = seed % 2 == 0 ? 10000 : 5000,
            .priced_pairs = seed % 2 == 0 ? 100 : 0};
        several_parts(&r, &in, &arena);
        for (int warm = 0; warm < 2; warm++) {
            assert_true(solve(&in, &options, &arena, &one, &err));
            if (warm == 0 || options.priced_pairs > 0) {
                assert_string_equal(one.method, "price");
            }
            for (size_t k = 0; k < 4; k++) {
                options.processes = processes[k];
                assert_true(solve(&in, &options, &arena, &other, &err));
                assert_int_equal(other.state, one.state);
                assert_int_equal(other.bound_e6, one.bound_e6);
                assert_memory_equal(other.units, one.units,
                    (size_t)in.pairs_n * sizeof(int32_t));
            }
            /* the same again from a bad plan of the other instance */
            static struct solve_start start;
            start = (struct solve_start){.units = other.units,
                .capacity_price = other.capacity_price,
                .budget_price = other.budget_price,
                .floor_price = other.floor_price};
            for (int32_t p = 0; p < in.pairs_n; p++) {
                in.pair_score[p] += random_in(&r, -50, 50);
            }
            options.start = &start;
            options.processes = -1;
        }
        arena_release(&arena);
    }
}

/* A block that no proof comes to the end of soon; then whole lines, of which
 * the two that like their offer less fill it. */
static void
small_beside_hard(struct random *r, struct instance *in, struct arena *arena)
{
    static const int32_t units[] = {6, 5, 5}, scores[] = {100, 99, 99};
    make_room(in, HARD + 3, HARD * HARD + 3, arena);
    add_block(r, in, 0, HARD);
    for (int32_t k = 0; k < 3; k++) {
        int32_t l = HARD + k, p = in->pairs_n++;
        in->needs[l] = (struct instance_need){INSTANCE_NO_LIMIT, 0, ""};
        in->lines[l] = (struct instance_line){l, units[k], 0, 1, ""};
        in->offers[l] = (struct instance_offer){10, 0, 0, l, ""};
        in->pair_offer[p] = HARD;
        in->pair_score[p] = scores[k];
        in->pair_use[p] = 1;
        in->pair_begin[l + 1] = in->pairs_n;
    }
}

static void
solve__a_small_part_has_its_share_of_the_time(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct instance in;
    struct random r = {1};
    struct err err = {0};
    small_beside_hard(&r, &in, &arena);
    for (int processes = 1; processes <= 2; processes++) {
        const struct solve_options options = {
            .processes = processes, .time_limit_ms = 3000};
        struct solve_result result;
        assert_true(solve(&in, &options, &arena, &result, &err));
        const int32_t *units = result.units + in.pair_begin[HARD];
        assert_int_equal(result.state, SOLVE_FEASIBLE);
        assert_int_equal(units[0], 0);
        assert_int_equal(units[1], 5);
        assert_int_equal(units[2], 5);
    }
    arena_release(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solve__large_parts_do_not_depend_on_processes),
        cmocka_unit_test(solve__a_small_part_has_its_share_of_the_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
