/*
 * test_tier.c: optimizer/solve/tier.c against the enumeration of every plan:
 * first the least that is missing of each tier, then the best value.
 */
#include "tests/unit/unit.h"

#include "optimizer/check/check.h"
#include "optimizer/check/proof.h"
#include "optimizer/solve/tier.h"
#include "tests/unit/random_instance.h"

enum { TIERS = 2 };

struct best { /* of all plans that keep the tiers so far */
    bool found;
    __int128 missing;
    int64_t value;
};

struct search {
    const struct instance *in;
    struct instance plain; /* without tiers */
    int32_t units[16];
    struct best best;
    int tiers;              /* so many are kept, and the next counts */
    __int128 least[TIERS];  /* may be missed of them */
};

/* 1e-12 lines that a plan misses of a tier, worked out apart. */
static __int128
missing_of(const struct instance *in, const struct instance_floor *tier,
    const int32_t *units)
{
    const int64_t whole = 1000000000000;
    __int128 missing = 0;
    for (int32_t k = tier->member_begin; k < tier->member_end; k++) {
        int32_t l = in->floor_lines[k], q = in->lines[l].quantity;
        missing += (__int128)1000000 * tier->share_ppm;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            missing -= (__int128)((whole + q - 1) / q) * units[p];
        }
    }
    return missing > 0 ? missing : 0;
}

static void
try_plan(struct search *s)
{
    struct best now = {.found = true};
    struct err err = {0};
    int t = 0;
    if (!check_plan(&s->plain, s->units, &now.value, &err)) {
        return;
    }
    for (int32_t g = 0; g < s->in->floors_n; g++) {
        if (s->in->floors[g].tier && t <= s->tiers) {
            now.missing = missing_of(s->in, &s->in->floors[g], s->units);
            if (t < s->tiers && now.missing > s->least[t]) {
                return;
            }
            t++;
        }
    }
    bool last = t == s->tiers;
    if (!s->best.found || (last ? now.value > s->best.value
                                : now.missing < s->best.missing)) {
        s->best = now;
    }
}

static void
enumerate(struct search *s, int32_t l, int32_t p, int32_t left)
{
    const struct instance *in = s->in;
    while (l < in->lines_n && p == in->pair_begin[l + 1]) {
        l++;
        left = l < in->lines_n ? in->lines[l].quantity : 0;
    }
    if (l == in->lines_n) {
        try_plan(s);
        return;
    }
    for (int32_t x = 0; x <= left; x++) {
        s->units[p] = x;
        enumerate(s, l, p + 1, left - x);
    }
    s->units[p] = 0;
}

/* Tier after tier, then the value; a millionth of a line is let go. */
static void
enumerate_all(struct search *s)
{
    const struct instance *in = s->in;
    for (int32_t g = 0; g < in->floors_n; g++) {
        if (in->floors[g].tier) {
            s->best.found = false;
            enumerate(s, 0, 0, in->lines[0].quantity);
            __int128 least = s->best.missing + 1000000;
            for (int32_t k = in->floors[g].member_begin;
                 k < in->floors[g].member_end; k++) {
                least += in->lines[in->floor_lines[k]].quantity;
            }
            s->least[s->tiers++] = least;
        }
    }
    s->best.found = false;
    enumerate(s, 0, 0, in->lines[0].quantity);
}

/* The floors of a random instance, one or both of them tiers. */
static void
make_tiers(struct random *r, struct instance *in, struct search *s,
    struct arena *arena)
{
    s->in = in;
    s->plain = *in;
    s->plain.floors = arena_array(arena, 2, sizeof(*in->floors));
    s->plain.floors_n = 0;
    bool both = random_chance(r, 30);
    int32_t one = in->floors_n > 0 ? random_in(r, 0, in->floors_n - 1) : 0;
    for (int32_t g = 0; g < in->floors_n; g++) {
        if (both || g == one) {
            in->floors[g].tier = true;
            in->floors[g].share_ppm = random_chance(r, 70)
                ? INSTANCE_PPM
                : in->floors[g].share_ppm;
        } else {
            s->plain.floors[s->plain.floors_n++] = in->floors[g];
        }
    }
}

static bool
agrees(struct random *r, int32_t priced, int *changed, struct arena *arena)
{
    struct instance in;
    struct search s = {0};
    struct solve_result result, plain;
    const struct solve_options options = {.processes = -1,
        .priced_pairs = priced};
    struct err err = {0};
    random_instance(r, &in, 9, arena);
    make_tiers(r, &in, &s, arena);
    enumerate_all(&s);
    assert_true(tier_solve(&in, &options, arena, &result, &err));
    if (!s.best.found) {
        return result.state == SOLVE_INFEASIBLE && result.units == NULL;
    }
    assert_true(solve(&s.plain, &options, arena, &plain, &err));
    *changed += plain.value_e6 != s.best.value;
    int64_t value = 0;
    int t = 0;
    bool ok = result.state == SOLVE_OPTIMAL &&
        check_plan(&in, result.units, &value, &err) &&
        value == s.best.value && value == result.value_e6 &&
        result.bound_e6 >= value;
    for (int32_t g = 0; ok && g < in.floors_n; g++) {
        if (in.floors[g].tier) {
            int64_t off = in.floors[g].given_e12 - (int64_t)s.least[t++];
            ok = missing_of(&in, &in.floors[g], result.units) <=
                    in.floors[g].given_e12 &&
                off >= -100 && off <= 100; /* one share, rounded up */
        }
    }
    /* any prices bound the plans that keep the tiers */
    struct proof_prices prices = {.capacity = result.capacity_price,
        .budget = result.budget_price, .floor = result.floor_price,
        .programme = result.programme_price};
    ok = ok && proof_bound(&in, &prices) >= value;
    if (!ok) {
        print_message("oracle %lld, tier_solve %s %lld bound %lld %s %s\n",
            (long long)s.best.value, solve_state_name(result.state),
            (long long)result.value_e6, (long long)result.bound_e6,
            result.message, err.text);
    }
    return ok;
}

static void
tier__equals_the_enumeration_of_all_plans(void **state)
{
    (void)state;
    int changed = 0, wrong = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(4000); seed++) {
        struct arena arena = {0};
        struct random r = {seed};
        if (!agrees(&r, seed % 2 == 0, &changed, &arena)) {
            print_message("seed %d\n", (int)seed);
            wrong++;
        }
        arena_release(&arena);
    }
    assert_int_equal(wrong, 0);
    print_message("%d plans are not those without tiers\n", changed);
    assert_true(changed > 200 || !unit_all_rounds());
}

/* A plan that misses more of a tier than it must is no plan. */
static void
tier__the_check_refuses_what_misses_it(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct random r = {5};
    struct instance in;
    struct solve_result result;
    struct err err = {0};
    const struct solve_options options = {.processes = -1};
    int refused = 0;
    for (int k = 0; k < 200; k++) {
        struct search s = {0};
        random_instance(&r, &in, 9, &arena);
        in.pins_n = 0;
        make_tiers(&r, &in, &s, &arena);
        assert_true(tier_solve(&in, &options, &arena, &result, &err));
        int64_t value;
        int32_t none[16] = {0};
        bool kept = true;
        for (int32_t g = 0; g < in.floors_n; g++) {
            kept = kept && (!in.floors[g].tier ||
                               missing_of(&in, &in.floors[g], none) <=
                                   in.floors[g].given_e12);
        }
        err = (struct err){0};
        assert_int_equal(check_plan(&in, none, &value, &err), kept);
        if (!kept) {
            assert_non_null(strstr(err.text, "breaks tier"));
            refused++;
        }
    }
    assert_true(refused > 20);
    arena_release(&arena);
}

/* Solved again, from another plan's settings, it comes to the same. */
static void
tier__solving_again_starts_afresh(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct arena arena = {0};
        struct random r = {seed};
        struct instance in;
        struct search s = {0};
        struct solve_result first, again;
        struct err err = {0};
        const struct solve_options options = {.processes = -1};
        int32_t none[16] = {0};
        random_instance(&r, &in, 9, &arena);
        make_tiers(&r, &in, &s, &arena);
        assert_true(tier_solve(&in, &options, &arena, &first, &err));
        if (first.units != NULL) {
            int64_t given = in.floors_n > 0 ? in.floors[0].given_e12 : 0;
            tier_settle(&in, none); /* a plan that does nothing */
            assert_true(tier_solve(&in, &options, &arena, &again, &err));
            assert_int_equal(again.value_e6, first.value_e6);
            assert_int_equal(
                in.floors_n > 0 ? in.floors[0].given_e12 : 0, given);
            tier_settle(&in, first.units);
            int64_t value;
            assert_true(check_plan(&in, first.units, &value, &err));
            assert_int_equal(value, first.value_e6);
        }
        arena_release(&arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tier__equals_the_enumeration_of_all_plans),
        cmocka_unit_test(tier__the_check_refuses_what_misses_it),
        cmocka_unit_test(tier__solving_again_starts_afresh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
