/* soft_chain.c: values from the end, then masses from the beginning. */
#include "soft_chain.h"

#include <stdlib.h>
#include <string.h>

#include "lanes.h"
#include "optimizer/base/err.h" /* xmalloc */

#define NOTHING (-1e300) /* what a way that there is not is worth */

void
soft_chain_begin(
    struct soft_chain *c, int32_t layers, int32_t coins, int32_t most)
{
    c->n = 0;
    c->layers = layers;
    c->purses = coins + 1;
    c->width = (most + LANES) / LANES * LANES;
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
    states = states * (c->n + 1) + LANES; /* eight are read from any */
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

/* What has been taken before a step, but for the room: a row of states. */
struct row {
    int32_t layers, coins;
};

LANES_INLINE int64_t
index_of(const struct soft_chain *c, struct row row)
{
    return ((int64_t)row.layers * c->purses + row.coins) * c->width;
}

/* How many units the step can take from there with all the room; 0: none. */
LANES_INLINE int32_t
most_units(const struct soft_chain *c, const struct soft_step *step,
    struct row from)
{
    int32_t most = step->high;
    if (from.layers + step->up >= c->layers) {
        return 0;
    }
    if (step->pay > 0) {
        int32_t paid = (c->purses - 1 - from.coins) / step->pay;
        most = paid < most ? paid : most;
    }
    return most;
}

/* ... with what is left where so much has been taken. */
LANES_INLINE int32_t
units_from(const struct soft_step *step, int32_t most, int32_t taken)
{
    int32_t fit = step->use > 0 ? (step->most - taken) / step->use : most;
    return fit < most ? fit : most;
}

/* Where the step leads from a row, among the states of the one that follows:
 * without units, with none yet, and with each. */
struct ways {
    int64_t skip, take, each;
};

LANES_INLINE struct ways
ways_of(const struct soft_chain *c, const struct soft_step *step,
    struct row from)
{
    struct row to = {from.layers + step->up, from.coins};
    int64_t states = states_of(c), m = step - c->steps;
    return (struct ways){step->skip * states + index_of(c, from),
        (m + 1) * states + index_of(c, to),
        (int64_t)step->pay * c->width + (step->ends ? 0 : step->use)};
}

/* Of the states of a row from `taken` on, those that can be reached and have
 * room for so many units. */
LANES_INLINE void
mark(const struct soft_step *step, int32_t taken, int32_t units,
    lane_marks *marked)
{
    const lanes numbers = {0, 1, 2, 3, 4, 5, 6, 7};
    int32_t last = step->most - units * step->use;
    last = last < step->room_taken ? last : step->room_taken;
    *marked = numbers <= (double)(last - taken);
}

/* Eight states, or the one that all lead to. */
LANES_INLINE void
load(const double *from, bool one, lanes *to)
{
    if (one) {
        *to = *from - (lanes){0};
    } else {
        *to = *(const lanes_at *)from;
    }
}

LANES_INLINE void
add(double *to, bool one, const lanes *more)
{
    if (one) {
        *to += lanes_sum(more);
    } else {
        *(lanes_at *)to += *more;
    }
}

/* Eight states of a row; share: of no units, then of low, low + 1, ..., each
 * as wide as a row. */
LANES_INLINE void
value_of(struct soft_chain *c, const struct soft_step *step, struct row from,
    int32_t taken, double heat, double *share)
{
    const struct ways ways = ways_of(c, step, from);
    const int32_t width = c->width, next = step->ends ? 0 : taken;
    const int32_t most =
        units_from(step, most_units(c, step, from), taken);
    const double colder = 1 / heat;
    double *value = c->value + (step - c->steps) * states_of(c) +
        index_of(c, from) + taken;
    int32_t n = 1;
    lane_marks marked;
    lanes best, sum = {0}, each = {0};
    load(c->value + ways.skip + next, step->ends, &best);
    mark(step, taken, 0, &marked);
    lanes_else(&best, &marked, 0);
    *(lanes_at *)share = best;
    for (int32_t x = step->low; x <= most; x++, n++) {
        load(c->value + ways.take + x * ways.each + next, step->ends, &each);
        each += step->worth[x];
        mark(step, taken, x, &marked);
        lanes_else(&each, &marked, NOTHING);
        *(lanes_at *)(share + n * width) = each;
        lanes_most(&best, &each);
    }
    for (int32_t k = 0; k < n; k++) {
        lanes_at *at = (lanes_at *)(share + k * width);
        each = (*at - best) * colder;
        lanes_exp(&each, SOFT_LEAST);
        *at = each;
        sum += each;
    }
    const lanes part = 1 / sum;
    for (int32_t k = 0; k < n; k++) {
        *(lanes_at *)(share + k * width) *= part;
    }
    lanes_log(&sum);
    *(lanes_at *)value = best + heat * sum;
}

/* States that can be reached: there is no use in others. */
static void
find_reach(struct soft_chain *c)
{
    struct {
        int32_t layers, coins, room;
    } now = {0};
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

LANES_CLONES static void
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
                struct row from = {a, y};
                double *share =
                    c->share + shares + index_of(c, from) * options(step);
                for (int32_t u = 0; u <= step->room_taken; u += LANES) {
                    value_of(c, step, from, u, heat, share + u);
                }
            }
        }
    }
}

/* From eight states of a row. */
LANES_INLINE void
spread_from(struct soft_chain *c, struct soft_step *step, struct row from,
    int32_t taken, const double *share)
{
    const struct ways ways = ways_of(c, step, from);
    const int32_t width = c->width, next = step->ends ? 0 : taken;
    const int32_t most =
        units_from(step, most_units(c, step, from), taken);
    const lanes mass = *(const lanes_at *)(c->mass +
        (step - c->steps) * states_of(c) + index_of(c, from) + taken);
    if (lanes_sum(&mass) < 1e-15) {
        return;
    }
    lanes part = mass * *(const lanes_at *)share;
    add(c->mass + ways.skip + next, step->ends, &part);
    for (int32_t x = step->low; x <= most; x++) {
        share += width;
        part = mass * *(const lanes_at *)share;
        step->likely[x] += lanes_sum(&part);
        add(c->mass + ways.take + x * ways.each + next, step->ends, &part);
    }
}

LANES_CLONES static void
go_on(struct soft_chain *c)
{
    int64_t states = states_of(c), shares = 0;
    memset(c->mass, 0,
        ((size_t)(c->n + 1) * (size_t)states + LANES) * sizeof(double));
    c->mass[0] = 1;
    for (int32_t m = 0; m < c->n; m++) {
        struct soft_step *step = &c->steps[m];
        memset(step->likely, 0, sizeof(step->likely));
        for (int32_t a = 0; a <= step->layers_taken; a++) {
            for (int32_t y = 0; y <= step->coins_taken; y++) {
                struct row from = {a, y};
                const double *share =
                    c->share + shares + index_of(c, from) * options(step);
                for (int32_t u = 0; u <= step->room_taken; u += LANES) {
                    spread_from(c, step, from, u, share + u);
                }
            }
        }
        shares += states * options(step);
    }
}

void
soft_chain_spread(struct soft_chain *c)
{
    if (c->n > 0) {
        go_on(c);
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
