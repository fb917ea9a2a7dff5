/* test_knapsack.c: an offer's knapsack is exact, and what prices of capacity
 * and needs say of it is never less. */
#include "tests/unit/unit.h"

#include "optimizer/solve/knapsack_narrow.h"
#include "optimizer/solve/knapsack_price.h"
#include "tests/unit/random_instance.h"

/* The best of a knapsack by trying all units of all items. */
static int64_t
best_units(const struct knapsack *k, int32_t i, int64_t left, int32_t needs,
    bool served)
{
    if (i == k->n) {
        return 0;
    }
    const struct knapsack_item *item = &k->items[i];
    bool same = i > 0 && k->items[i - 1].need == item->need;
    served = same ? served : item->open;
    int64_t best = best_units(k, i + 1, left, needs, served);
    bool counts = !served && k->needs_most > 0;
    if (!served && (k->needs_most < 0 || (counts && needs == 0))) {
        return best;
    }
    for (int32_t x = item->low; x <= item->high; x++) {
        int64_t use = (int64_t)x * item->use;
        if (use <= left) {
            int64_t gain = item->gain * x - (served ? 0 : item->fixed) +
                best_units(k, i + 1, left - use, needs - counts, true);
            best = gain > best ? gain : best;
        }
    }
    return best;
}

static void
draw_items(struct random *r, struct knapsack *k)
{
    int32_t n = random_in(r, 1, 5), need = 0;
    int64_t fixed = 0;
    bool open = false;
    k->n = 0;
    k->capacity = random_in(r, 0, 14);
    k->needs_most = random_in(r, -1, 2);
    for (int32_t i = 0; i < n; i++) {
        if (i == 0 || random_chance(r, 60)) {
            need++;
            open = random_chance(r, 15);
            fixed = open || random_chance(r, 30) ? 0 : random_in(r, 0, 900);
        }
        struct knapsack_item *item = knapsack_add(k);
        item->need = need;
        item->pair = i;
        item->open = open;
        item->fixed = fixed;
        item->gain = random_in(r, 1, 400);
        item->low = random_in(r, 1, 3);
        item->high = item->low + random_in(r, 0, 4);
        item->use = random_in(r, 1, 2);
    }
}

/* What the answer's units are worth, and that they fit. */
static int64_t
worth(const struct knapsack *k, const struct knapsack *asked)
{
    int64_t sum = 0, left = asked->capacity;
    int32_t served = -1, needs = 0;
    for (int32_t i = 0; i < k->n; i++) {
        const struct knapsack_item *item = &k->items[i];
        if (item->units == 0) {
            continue;
        }
        assert_true(item->units >= item->low && item->units <= item->high);
        left -= (int64_t)item->units * item->use;
        sum += item->gain * item->units;
        if (item->need != served) {
            sum -= item->fixed;
            needs += !item->open;
        }
        served = item->need;
    }
    assert_true(left >= 0);
    assert_true(asked->needs_most == 0 ||
        needs <= (asked->needs_most < 0 ? 0 : asked->needs_most));
    return sum;
}

static void
knapsack_solve__equals_the_enumeration(void **state)
{
    (void)state;
    struct knapsack k = {0};
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(5000); seed++) {
        struct random r = {seed};
        draw_items(&r, &k);
        struct knapsack asked = k;
        int64_t best =
            best_units(&k, 0, k.capacity, k.needs_most, false);
        int64_t found = knapsack_solve(&k);
        if (found != best || worth(&k, &asked) != best) {
            print_error("seed %d: %lld, best %lld\n", (int)seed,
                (long long)found, (long long)best);
        }
        assert_int_equal(found, best);
        assert_int_equal(worth(&k, &asked), best);
    }
    knapsack_free(&k);
}

/* What knapsack_solve() asks it for: capacity for less than all. */
static bool
draw_full(struct random *r, struct knapsack *k)
{
    int64_t use = 0;
    int32_t needs = 0;
    draw_items(r, k);
    for (int32_t i = 0; i < k->n; i++) {
        const struct knapsack_item *item = &k->items[i];
        use += (int64_t)item->use * item->high;
        needs += !item->open && (i == 0 || item[-1].need != item->need);
    }
    k->capacity = use < k->capacity ? use : k->capacity;
    k->needs_most = k->needs_most > 0 && k->needs_most < needs
        ? k->needs_most
        : 0;
    return k->capacity < use || k->needs_most > 0;
}

static void
knapsack_narrow__loses_no_best_answer(void **state)
{
    (void)state;
    struct knapsack k = {0};
    int settled = 0, fewer = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(5000); seed++) {
        struct random r = {seed};
        if (!draw_full(&r, &k)) {
            continue;
        }
        struct knapsack asked = k;
        int64_t value,
            best = best_units(&k, 0, k.capacity, k.needs_most, false);
        bool done = knapsack_narrow(&k, k.needs_most > 0, &value);
        settled += done;
        fewer += !done && k.n < asked.n;
        assert_int_equal(done
                ? value
                : best_units(&k, 0, k.capacity, k.needs_most, false),
            best);
        assert_true(!done || worth(&k, &asked) == best);
    }
    assert_true((settled > 500 && fewer > 500) || !unit_all_rounds());
    knapsack_free(&k);
}

/* At any prices; those of knapsack_price() come near, too. */
static void
knapsack_relaxed__is_no_less_than_the_best(void **state)
{
    (void)state;
    struct knapsack k = {0};
    int equal = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(5000); seed++) {
        struct random r = {seed};
        draw_items(&r, &k);
        int64_t best =
            best_units(&k, 0, k.capacity, k.needs_most, false);
        struct knapsack_prices prices = knapsack_price(&k);
        const struct knapsack_prices any = {random_in(&r, 0, 400),
            k.needs_most == 0 ? 0 : random_in(&r, 0, 900)};
        assert_true(knapsack_relaxed(&k, prices) >= best);
        assert_true(knapsack_relaxed(&k, any) >= best);
        equal += knapsack_relaxed(&k, prices) == best;
    }
    assert_true(equal > 1000 || !unit_all_rounds());
    knapsack_free(&k);
}

/* Too much to count out: the answer may be above the best, never below. */
static void
knapsack_solve__is_relaxed_where_it_is_large(void **state)
{
    (void)state;
    struct knapsack k = {0};
    for (int n = 0; n < 3; n++) {
        struct knapsack_item *item = knapsack_add(&k);
        *item = (struct knapsack_item){.gain = 10 + n, .need = n, .pair = n,
            .low = 400000, .high = 500000, .use = 3, .fixed = 1000};
    }
    k.capacity = 3 * 1300000;
    int64_t best = 10LL * 400000 + 11LL * 400000 + 12LL * 500000 - 3000;
    int64_t found = knapsack_solve(&k);
    assert_true(found >= best);
    assert_true(found < best + best / 10);
    knapsack_free(&k);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knapsack_solve__equals_the_enumeration),
        cmocka_unit_test(knapsack_narrow__loses_no_best_answer),
        cmocka_unit_test(knapsack_relaxed__is_no_less_than_the_best),
        cmocka_unit_test(knapsack_solve__is_relaxed_where_it_is_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
