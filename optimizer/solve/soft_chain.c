/* soft_chain.c: values from the end, then masses from the beginning. */
#include "soft_chain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/err.h" /* xmalloc */

/* What every state calls is inline by name: left as calls it takes half as
 * long again. */

void
soft_chain_begin(
    struct soft_chain *c, int32_t layers, int32_t coins, int32_t most)
{
    c->n = 0;
    c->layers = layers;
    c->purses = coins + 1;
    c->width = most + 1;
}

struct soft_step *
soft_chain_add(struct soft_chain *c)
{
    if (c->n == c->room) {
        c->room = 2 * c->room + 16;
        c->steps = xrealloc(c->steps, (size_t)c->room, sizeof(*c->steps));
    }
    struct soft_step *step = &c->steps[c->n++];
    step->skip = c->n;
    step->pay = 0;
    return step;
}

void
soft_chain_free(struct soft_chain *c)
{
    free(c->steps);
    free(c->value);
    free(c->mass);
    free(c->share);
    *c = (struct soft_chain){0};
}

/* exp(x) for x <= 0 to 1e-9 of it; the same on every processor. */
static inline double
soft_exp(double x)
{
    if (x < SOFT_LEAST) {
        return 0;
    }
    /* x = whole * log(2) + rest, |rest| <= log(2) / 2 */
    int whole = (int)(x * 1.4426950408889634 - 0.5);
    double rest = x - whole * 0.6931471805599453;
    double power = 1.0 / 40320;
    power = power * rest + 1.0 / 5040;
    power = power * rest + 1.0 / 720;
    power = power * rest + 1.0 / 120;
    power = power * rest + 1.0 / 24;
    power = power * rest + 1.0 / 6;
    power = power * rest + 0.5;
    power = power * rest + 1;
    power = power * rest + 1;
    union {
        uint64_t bits;
        double value;
    } two = {.bits = (uint64_t)(1023 + whole) << 52};
    return power * two.value;
}

static inline int32_t
options(const struct soft_step *step)
{
    return step->high - step->low + 2;
}

static inline int64_t
states_of(const struct soft_chain *c)
{
    return (int64_t)c->layers * c->purses * c->width;
}

static void
make_room(struct soft_chain *c)
{
    int64_t states = states_of(c), shares = 0;
    for (int32_t m = 0; m < c->n; m++) {
        shares += states * options(&c->steps[m]);
    }
    states *= c->n + 1;
    if (states > c->states_room) {
        c->states_room = states;
        c->value = xrealloc(c->value, (size_t)states, sizeof(*c->value));
        c->mass = xrealloc(c->mass, (size_t)states, sizeof(*c->mass));
    }
    if (shares > c->shares_room) {
        c->shares_room = shares;
        c->share = xrealloc(c->share, (size_t)shares, sizeof(*c->share));
    }
}

/* What has been taken before a step. */
struct state {
    int32_t layers, coins, room;
};

static inline int64_t
index_of(const struct soft_chain *c, struct state state)
{
    return ((int64_t)state.layers * c->purses + state.coins) * c->width +
        state.room;
}

/* How many units the step can take from there; 0: none. */
static inline int32_t
most_units(const struct soft_chain *c, const struct soft_step *step,
    struct state from)
{
    int32_t most = step->high;
    if (from.layers + step->up >= c->layers) {
        return 0;
    }
    if (step->use > 0) {
        int32_t fit = (step->most - from.room) / step->use;
        most = fit < most ? fit : most;
    }
    if (step->pay > 0) {
        int32_t paid = (c->purses - 1 - from.coins) / step->pay;
        most = paid < most ? paid : most;
    }
    return most;
}

/* Where the step leads, among the states of the one that follows: without
 * units, with none yet, and with each. */
struct ways {
    int64_t skip, take, each;
};

static inline struct ways
ways_of(const struct soft_chain *c, const struct soft_step *step,
    struct state from)
{
    struct state to = from;
    int64_t states = states_of(c), m = step - c->steps;
    to.room = step->ends ? 0 : from.room;
    int64_t skip = step->skip * states + index_of(c, to);
    to.layers += step->up;
    return (struct ways){skip, (m + 1) * states + index_of(c, to),
        (int64_t)step->pay * c->width + (step->ends ? 0 : step->use)};
}

/* share[0]: of no units; then of low, low + 1, ... */
static double
value_of(const struct soft_chain *c, const struct soft_step *step,
    struct state from, double heat, double *share)
{
    struct ways ways = ways_of(c, step, from);
    double best = c->value[ways.skip], sum = 0;
    int32_t most = most_units(c, step, from);
    int32_t n = 1;
    share[0] = best;
    for (int32_t x = step->low; x <= most; x++, n++) {
        share[n] = step->worth[x] + c->value[ways.take + x * ways.each];
        best = share[n] > best ? share[n] : best;
    }
    double colder = 1 / heat;
    for (int32_t k = 0; k < n; k++) {
        share[k] = share[k] == best ? 1 : soft_exp((share[k] - best) * colder);
        sum += share[k];
    }
    if (sum <= 1) {
        return best;
    }
    double part = 1 / sum;
    for (int32_t k = 0; k < n; k++) {
        share[k] *= part;
    }
    return best + heat * log(sum);
}

/* States that can be reached: there is no use in others. */
static void
find_reach(struct soft_chain *c)
{
    struct state now = {0};
    for (int32_t m = 0; m < c->n; m++) {
        struct soft_step *step = &c->steps[m];
        step->layers_taken = now.layers;
        step->coins_taken = now.coins;
        step->room_taken = now.room;
        now.layers += step->up;
        now.layers = now.layers < c->layers ? now.layers : c->layers - 1;
        now.coins += step->high * step->pay;
        now.coins = now.coins < c->purses ? now.coins : c->purses - 1;
        now.room += step->high * step->use;
        now.room = now.room < step->most ? now.room : step->most;
        now.room = step->ends ? 0 : now.room;
    }
}

static void
go_back(struct soft_chain *c, double heat)
{
    int64_t states = states_of(c), shares = 0;
    memset(c->value + c->n * states, 0, (size_t)states * sizeof(double));
    for (int32_t m = 0; m < c->n; m++) {
        shares += states * options(&c->steps[m]);
    }
    for (int32_t m = c->n - 1; m >= 0; m--) {
        const struct soft_step *step = &c->steps[m];
        shares -= states * options(step);
        for (int32_t a = 0; a <= step->layers_taken; a++) {
            for (int32_t y = 0; y <= step->coins_taken; y++) {
                for (int32_t u = 0; u <= step->room_taken; u++) {
                    struct state from = {a, y, u};
                    int64_t at = index_of(c, from);
                    c->value[m * states + at] = value_of(c, step, from, heat,
                        c->share + shares + at * options(step));
                }
            }
        }
    }
}

static void
spread(struct soft_chain *c, struct soft_step *step, struct state from,
    const double *share)
{
    int64_t m = step - c->steps;
    double mass = c->mass[m * states_of(c) + index_of(c, from)];
    if (mass < 1e-15) {
        return;
    }
    struct ways ways = ways_of(c, step, from);
    int32_t most = most_units(c, step, from);
    c->mass[ways.skip] += mass * share[0];
    for (int32_t x = step->low; x <= most; x++) {
        double part = mass * share[x - step->low + 1];
        step->likely[x] += part;
        c->mass[ways.take + x * ways.each] += part;
    }
}

void
soft_chain_spread(struct soft_chain *c)
{
    int64_t states = states_of(c), shares = 0;
    if (c->n == 0) {
        return;
    }
    memset(c->mass, 0, (size_t)(c->n + 1) * (size_t)states * sizeof(double));
    c->mass[0] = 1;
    for (int32_t m = 0; m < c->n; m++) {
        struct soft_step *step = &c->steps[m];
        memset(step->likely, 0, sizeof(step->likely));
        for (int32_t a = 0; a <= step->layers_taken; a++) {
            for (int32_t y = 0; y <= step->coins_taken; y++) {
                for (int32_t u = 0; u <= step->room_taken; u++) {
                    struct state from = {a, y, u};
                    spread(c, step, from,
                        c->share + shares +
                            index_of(c, from) * options(step));
                }
            }
        }
        shares += states * options(step);
    }
}

double
soft_chain_value(struct soft_chain *c, double heat)
{
    if (c->n == 0) {
        return 0;
    }
    make_room(c);
    find_reach(c);
    go_back(c, heat);
    return c->value[0];
}
