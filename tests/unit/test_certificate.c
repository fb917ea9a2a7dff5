/* test_certificate.c: bounds hold whatever the prices; parts add up. */
#include "tests/unit/unit.h"

#include "optimizer/instance/model.h"
#include "optimizer/solve/certificate.h"
#include "optimizer/solve/component.h"
#include "optimizer/solve/ledger.h"
#include "tests/unit/random_instance.h"

/* A random feasible plan: random pairs, random allowed units. */
static void
wander(struct random *r, struct ledger *ledger)
{
    for (int step = 0; step < 40 && ledger->in->pairs_n > 0; step++) {
        int32_t p = random_in(r, 0, ledger->in->pairs_n - 1);
        int32_t units = random_in(r, 0, 4);
        if (ledger_allows(ledger, p, units)) {
            ledger_set(ledger, p, units);
        }
    }
}

static void
draw_prices(struct random *r, const struct instance *in,
    struct prices *prices)
{
    for (int32_t j = 0; j < in->offers_n; j++) {
        prices->capacity[j] = random_in(r, -100, 1000) * 1000000000LL / 7;
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        prices->budget[i] = random_in(r, -10, 200) * 1000000000LL / 3;
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        prices->floor[g] = random_in(r, -10, 3000) * 1000000000LL / 3;
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        prices->partners[i] = random_in(r, -10, 3000) * 1000000000LL / 7;
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        prices->meetings[j] = random_in(r, -10, 3000) * 1000000000LL / 7;
    }
    prices->programme = random_in(r, -10, 100) * 1000000000LL / 3;
}

static void
certificate_bound__holds_for_any_prices_and_plan(void **state)
{
    (void)state;
    int tested = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(2000); seed++) {
        struct arena arena = {0};
        struct instance in;
        struct component_list list;
        struct random r = {seed};
        int32_t least[16];
        struct err err = {0};
        random_instance(&r, &in, 12, &arena);
        if (model_least_plan(&in, least, &err)) {
            component_split(&in, false, &arena, &list);
            for (int32_t k = 0; k < list.n; k++) {
                const struct component *part = &list.parts[k];
                struct prices prices;
                struct links links;
                struct counts counts;
                struct ledger ledger;
                int32_t own[16];
                component_gather(part, least, own);
                links_make(&part->in, &arena, &links);
                counts_make(&counts, &part->in, &links, &arena);
                prices_make(&prices, &part->in, &counts, &arena);
                draw_prices(&r, &part->in, &prices);
                model_wide bound =
                    certificate_bound(&part->in, own, &prices);
                ledger_init(&ledger, &part->in, &links, own, &arena);
                wander(&r, &ledger);
                model_wide total = model_total(&part->in, ledger.units);
                assert_true(bound >= total);
                assert_true(
                    certificate_to_grid(&part->in, bound) >= total);
                tested++;
            }
        }
        arena_release(&arena);
    }
    assert_true(tested > 20);
}

/* total(instance) = base + sum of the parts, for a plan through the parts. */
static void
component_split__parts_add_up_to_the_whole(void **state)
{
    (void)state;
    int several = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(2000); seed++) {
        struct arena arena = {0};
        struct instance in;
        struct component_list list;
        struct random r = {seed};
        int32_t units[16] = {0}, least[16];
        struct err err = {0};
        random_instance(&r, &in, 12, &arena);
        if (!model_least_plan(&in, least, &err)) {
            arena_release(&arena);
            continue;
        }
        component_split(&in, false, &arena, &list);
        several += list.n > 1;
        model_wide total = list.base;
        for (int32_t k = 0; k < list.n; k++) {
            const struct component *part = &list.parts[k];
            struct links links;
            struct ledger ledger;
            int32_t own[16];
            assert_true(instance_check(&part->in, &err));
            component_gather(part, least, own);
            links_make(&part->in, &arena, &links);
            ledger_init(&ledger, &part->in, &links, own, &arena);
            wander(&r, &ledger);
            total += model_total(&part->in, ledger.units);
            component_scatter(part, ledger.units, units);
        }
        assert_true(total == model_total(&in, units));
        arena_release(&arena);
    }
    assert_true(several > 10 || !unit_all_rounds());
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(certificate_bound__holds_for_any_prices_and_plan),
        cmocka_unit_test(component_split__parts_add_up_to_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
