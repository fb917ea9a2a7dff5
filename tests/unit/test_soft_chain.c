/* test_soft_chain.c: states against every way through the steps. */
#include "tests/unit/unit.h"

#include <math.h>

#include "optimizer/solve/soft_chain.h"
#include "tests/unit/random_instance.h"

enum { STEPS = 5, UNITS = 4 };

/* All ways: the sum of exp(worth / heat), and of those with a step's units. */
struct ways {
    const struct soft_chain *chain;
    double heat;
    int32_t units[STEPS]; /* of the way that is walked; 0: none */
    double sum, part[STEPS][UNITS + 1];
};

static void
walk(struct ways *w, int32_t m, int32_t layer, int32_t coins, int32_t room,
    double worth)
{
    const struct soft_chain *c = w->chain;
    if (m == c->n) {
        double weight = exp(worth / w->heat);
        w->sum += weight;
        for (int32_t k = 0; k < c->n; k++) {
            if (w->units[k] > 0) {
                w->part[k][w->units[k]] += weight;
            }
        }
        return;
    }
    const struct soft_step *step = &c->steps[m];
    for (int32_t k = m; k < step->skip; k++) {
        w->units[k] = 0;
    }
    walk(w, step->skip, layer, coins, step->ends ? 0 : room, worth);
    for (int32_t x = step->low; x <= step->high; x++) {
        int32_t after = room + x * step->use, paid = coins + x * step->pay;
        if (after <= step->most && paid < c->purses &&
            layer + step->up < c->layers) {
            w->units[m] = x;
            walk(w, m + 1, layer + step->up, paid, step->ends ? 0 : after,
                worth + step->worth[x]);
        }
    }
    w->units[m] = 0;
}

static void
random_step(struct random *r, struct soft_chain *c, int32_t most, int worth)
{
    struct soft_step *step = soft_chain_add(c);
    step->low = random_in(r, 1, 2);
    step->high = random_in(r, step->low, UNITS);
    step->use = random_in(r, 1, 2);
    step->most = most;
    step->ends = false;
    for (int32_t x = step->low; x <= step->high; x++) {
        step->worth[x] = random_in(r, -worth, worth);
    }
}

/* An offer's: pairs of a need follow the step that opens it. */
static void
random_groups(struct random *r, struct soft_chain *c, int worth)
{
    int32_t most = random_in(r, 0, 9);
    soft_chain_begin(c, random_in(r, 1, 3), 0, most);
    while (c->n < STEPS - 2) {
        int32_t n = random_in(r, 1, 2), up = c->layers > 1;
        if (n > 1) {
            struct soft_step *open = soft_chain_add(c);
            open->low = open->high = 1;
            open->use = 0;
            open->most = most;
            open->ends = false;
            open->up = up;
            open->worth[1] = random_in(r, -worth, worth);
            open->skip += n;
        }
        for (int32_t k = 0; k < n; k++) {
            random_step(r, c, most, worth);
            c->steps[c->n - 1].up = n > 1 ? 0 : up;
        }
    }
}

/* A need's: each line has room of its own. */
static void
random_lines(struct random *r, struct soft_chain *c, int worth)
{
    soft_chain_begin(c, random_in(r, 1, 3), random_in(r, 0, 7), 9);
    while (c->n < STEPS) {
        random_step(r, c, random_in(r, 1, 9), worth);
        struct soft_step *step = &c->steps[c->n - 1];
        step->up = c->layers > 1 && random_chance(r, 50);
        step->pay = random_in(r, 0, 3);
        step->ends = c->n == STEPS || random_chance(r, 40);
        if (c->n > 1 && !step[-1].ends) {
            step->most = step[-1].most;
        }
    }
}

static void
soft_chain__is_the_sum_of_all_ways(void **state)
{
    (void)state;
    static const double heats[] = {3, 40, 1000};
    struct soft_chain chain = {0};
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(3000); seed++) {
        struct random r = {seed};
        double heat = heats[seed % 3];
        if (random_chance(&r, 50)) {
            random_groups(&r, &chain, 300);
        } else {
            random_lines(&r, &chain, 300);
        }
        struct ways ways = {.chain = &chain, .heat = heat};
        walk(&ways, 0, 0, 0, 0, 0);
        double value = soft_chain_value(&chain, heat);
        soft_chain_spread(&chain);
        assert_true(fabs(value / heat - log(ways.sum)) < 1e-6);
        for (int32_t m = 0; m < chain.n; m++) {
            const struct soft_step *step = &chain.steps[m];
            for (int32_t x = step->low; x <= step->high; x++) {
                assert_true(fabs(step->likely[x] -
                                ways.part[m][x] / ways.sum) < 1e-6);
            }
        }
    }
    soft_chain_free(&chain);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(soft_chain__is_the_sum_of_all_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
