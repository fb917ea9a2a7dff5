/* test_exchange.c: what a change is worth is divided between its ends; who has
 * room for it; a plan after its paths keeps every row and is never worse. */
#include "tests/unit/unit.h"

#include "optimizer/solve/exchange.h"
#include "optimizer/solve/exchange_graph.h"
#include "tests/unit/concord_trial.h"

static const struct lp_limit no_limit;

/* Each change of each pair, at any potentials. */
static void
exchange_worth__of_both_ends_is_the_gain(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(50); seed++) {
        struct concord_trial t;
        struct exchange_graph g;
        concord_trial_open(&t, seed, 8, false);
        concord_trial_draw(&t);
        exchange_graph_make(&g, &t.ledger, &t.concord, &t.arena);
        int64_t money = random_in(&t.random, 0, 100);
        exchange_graph_update(&g, money);
        assert_int_equal(g.n, t.in.pairs_n);
        for (int32_t k = 0; k < g.n; k++) {
            int32_t p = g.pairs[k].pair, units = t.ledger.units[p];
            for (int32_t x = 0; x <= g.pairs[k].high; x++) {
                struct exchange_change change = {k, x};
                int64_t each = t.in.pair_score[p] * INT64_C(1000000) -
                    money * t.in.pair_cost[p];
                if (exchange_valid(&g, k, x)) {
                    assert_int_equal(
                        exchange_worth(&g, change, EXCHANGE_OFFER) +
                            exchange_worth(&g, change, EXCHANGE_NEED),
                        each * (x - units));
                }
            }
        }
        arena_release(&t.arena);
    }
}

/* Those that give up come first. */
static bool
ledger_takes(struct ledger *ledger, const struct exchange_graph *g,
    const struct exchange_change *changes, int32_t n)
{
    int32_t before[2] = {0}, order[2], done = 0;
    bool fits = true;
    for (int up = 0; up < 2; up++) {
        for (int32_t m = 0; m < n && fits; m++) {
            int32_t p = g->pairs[changes[m].k].pair;
            if ((changes[m].units > exchange_units(g, changes[m].k)) == up &&
                changes[m].units != exchange_units(g, changes[m].k)) {
                fits = ledger_allows(ledger, p, changes[m].units);
                if (fits) {
                    before[done] = ledger->units[p];
                    order[done++] = p;
                    ledger_set(ledger, p, changes[m].units);
                }
            }
        }
    }
    while (done-- > 0) {
        ledger_set(ledger, order[done], before[done]);
    }
    return fits;
}

/* Every two changes that share an end; the other ends count, too. */
static int
compare_room(struct concord_trial *t, const struct exchange_graph *g,
    enum exchange_end end)
{
    enum exchange_end far =
        end == EXCHANGE_OFFER ? EXCHANGE_NEED : EXCHANGE_OFFER;
    int fit = 0;
    for (int32_t a = 0; a < g->n; a++) {
        for (int32_t b = 0; b < g->n; b++) {
            struct exchange_change both[2] = {
                {a, random_in(&t->random, 0, g->pairs[a].high)},
                {b, random_in(&t->random, 0, g->pairs[b].high)}};
            int32_t n = a == b ? 1 : 2;
            if (g->pairs[a].at[end] != g->pairs[b].at[end] ||
                (n == 2 && g->pairs[a].at[far] == g->pairs[b].at[far]) ||
                !exchange_valid(g, a, both[0].units) ||
                (n == 2 && !exchange_valid(g, b, both[1].units))) {
                continue;
            }
            bool fits = exchange_fits(g, end, both, n) &&
                exchange_fits(g, far, &both[0], 1) &&
                (n == 1 || exchange_fits(g, far, &both[1], 1));
            assert_int_equal(fits, ledger_takes(&t->ledger, g, both, n));
            fit += fits;
        }
    }
    return fit;
}

static void
exchange_fits__as_the_ledger_says(void **state)
{
    (void)state;
    int fit = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(100); seed++) {
        struct concord_trial t;
        struct exchange_graph g;
        concord_trial_open(&t, seed, 10, false);
        for (int32_t j = 0; j < t.in.offers_n; j++) {
            t.in.offers[j].org = j % 4 == 0 ? -1 : j / 3;
        }
        links_make(&t.in, &t.arena, &t.links);
        ledger_clear(&t.ledger);
        ledger_init(&t.ledger, &t.in, &t.links, t.ledger.least, &t.arena);
        ledger_fill(&t.ledger, NULL, 0);
        concord_trial_draw(&t);
        exchange_graph_make(&g, &t.ledger, &t.concord, &t.arena);
        exchange_graph_update(&g, 0);
        fit += compare_room(&t, &g, EXCHANGE_OFFER);
        fit += compare_room(&t, &g, EXCHANGE_NEED);
        arena_release(&t.arena);
    }
    assert_true(fit > 1000 || !unit_all_rounds());
}

/* What the plan gains; it is checked. */
static model_wide
exchanged(struct concord_trial *t, const struct lp_limit *limit)
{
    const struct exchange_options options = {.limit = limit,
        .concord = &t->concord, .enough = t->concord.bound};
    model_wide before = model_total(&t->in, t->ledger.units);
    exchange_plan(&t->ledger, &options);
    model_wide total = concord_trial_total(t);
    return total - before;
}

static void
exchange_plan__never_loses_and_mostly_gains(void **state)
{
    (void)state;
    int better = 0, near = 0, rounds = unit_rounds(30);
    for (uint64_t seed = 1; seed <= (uint64_t)rounds; seed++) {
        struct concord_trial t;
        concord_trial_open(&t, seed, 24, true);
        concord_trial_find(&t);
        model_wide gap =
            t.concord.bound - model_total(&t.in, t.ledger.units);
        model_wide gain = exchanged(&t, &no_limit);
        assert_true(gain >= 0 && gain <= gap);
        better += gain > 0;
        near += gain > gap / 2;
        arena_release(&t.arena);
    }
    assert_true((better == 30 && near > 20) || !unit_all_rounds());
}

enum { CHAIN = 25 };

/*
 * Need k likes offers k and k + 1 alike, each for one unit; the last has only
 * its own, which the one before holds: all would have to move.
 */
static void
make_chain(struct concord_trial *t)
{
    struct instance *in = &t->in;
    *t = (struct concord_trial){.in = {.needs_n = CHAIN, .lines_n = CHAIN,
        .offers_n = CHAIN, .orgs_n = CHAIN,
        .programme_budget_yen = INSTANCE_NO_LIMIT}};
    instance_room(in, 2 * CHAIN, &t->arena);
    for (int32_t k = 0; k < CHAIN; k++) {
        in->needs[k] =
            (struct instance_need){.budget_yen = INSTANCE_NO_LIMIT};
        in->lines[k] = (struct instance_line){.need = k, .quantity = 1};
        in->offers[k] = (struct instance_offer){.capacity = 1, .org = k};
        for (int32_t j = k; j < CHAIN && j < k + 2; j++) {
            in->pair_offer[in->pairs_n] = j;
            in->pair_score[in->pairs_n] = 100;
            in->pair_use[in->pairs_n++] = 1;
        }
        in->pair_begin[k + 1] = in->pairs_n;
    }
    links_make(in, &t->arena, &t->links);
    ledger_init(&t->ledger, in, &t->links,
        arena_array(&t->arena, (size_t)in->pairs_n, sizeof(int32_t)),
        &t->arena);
    for (int32_t k = 0; k + 1 < CHAIN; k++) {
        ledger_set(&t->ledger, in->pair_begin[k] + 1, 1);
    }
    concord_trial_find(t);
    concord_trial_like_all(t);
}

static void
exchange_plan__moves_a_long_chain(void **state)
{
    (void)state;
    struct concord_trial t;
    make_chain(&t);
    assert_true(exchanged(&t, &no_limit) == 100 * MODEL_E12);
    for (int32_t k = 0; k < CHAIN; k++) {
        assert_int_equal(t.ledger.units[t.in.pair_begin[k]], 1);
    }
    arena_release(&t.arena);
}

/* A chain that saves what another one can spend: both, in this order. */
static void
exchange_plan__spends_what_it_saves(void **state)
{
    (void)state;
    struct concord_trial t;
    make_chain(&t);
    struct instance *in = &t.in;
    in->programme_budget_yen = 10;
    in->pair_cost[in->pair_begin[0] + 1] = 10; /* the first one's other */
    in->pair_cost[in->pairs_n - 1] = 10;       /* the last one's own */
    int32_t least[2 * CHAIN] = {0};
    ledger_init(&t.ledger, in, &t.links, least, &t.arena);
    for (int32_t k = 0; k + 1 < CHAIN; k++) {
        ledger_set(&t.ledger, in->pair_begin[k] + 1, 1);
    }
    concord_trial_find(&t);
    concord_trial_like_all(&t);
    assert_true(exchanged(&t, &no_limit) == 100 * MODEL_E12);
    assert_int_equal(t.ledger.programme_left, 0);
    arena_release(&t.arena);
}

static void
exchange_plan__changes_nothing_when_time_is_up(void **state)
{
    (void)state;
    const volatile sig_atomic_t stop = 1;
    const struct lp_limit over = {.stop = {&stop}};
    struct concord_trial t;
    make_chain(&t);
    assert_true(exchanged(&t, &over) == 0);
    arena_release(&t.arena);
}

static void
exchange_plan__stops_at_enough(void **state)
{
    (void)state;
    struct concord_trial t;
    concord_trial_open(&t, 1, 24, true);
    concord_trial_find(&t);
    model_wide before = model_total(&t.in, t.ledger.units);
    struct exchange_options options = {
        .limit = &no_limit, .concord = &t.concord, .enough = before};
    exchange_plan(&t.ledger, &options);
    model_wide once = model_total(&t.in, t.ledger.units);
    options.enough = t.concord.bound;
    exchange_plan(&t.ledger, &options);
    assert_true(once >= before);
    assert_true(model_total(&t.in, t.ledger.units) > once);
    arena_release(&t.arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exchange_worth__of_both_ends_is_the_gain),
        cmocka_unit_test(exchange_fits__as_the_ledger_says),
        cmocka_unit_test(exchange_plan__never_loses_and_mostly_gains),
        cmocka_unit_test(exchange_plan__moves_a_long_chain),
        cmocka_unit_test(exchange_plan__spends_what_it_saves),
        cmocka_unit_test(exchange_plan__changes_nothing_when_time_is_up),
        cmocka_unit_test(exchange_plan__stops_at_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
