/* soft_chain.c: values from the end, then masses from the beginning. */
#include "soft_chain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/err.h" /* xmalloc */

void
soft_chain_begin(struct soft_chain *c, int32_t layers, int32_t most)
{
    c->n = 0;
    c->layers = layers;
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
static double
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

static int32_t
options(const struct soft_step *step)
{
    return step->high - step->low + 2;
}

static void
make_room(struct soft_chain *c)
{
    int64_t states = (int64_t)c->layers * c->width, shares = 0;
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

/* How many units the step can take with so much of its room taken. */
static int32_t
most_units(const struct soft_step *step, int32_t used)
{
    int32_t left = step->most - used;
    int32_t most = step->use > 0 ? left / step->use : step->high;
    return most < step->high ? most : step->high;
}

/* share[0]: of no units; then of low, low + 1, ... */
static double
value_of(const struct soft_chain *c, const struct soft_step *step,
    int32_t layer, int32_t used, double heat, double *share)
{
    int64_t states = (int64_t)c->layers * c->width;
    int32_t m = (int32_t)(step - c->steps);
    const double *skip = c->value + step->skip * states + layer * c->width;
    const double *take =
        c->value + (m + 1) * states + (layer + step->up) * c->width;
    double best = skip[step->ends ? 0 : used], sum = 0;
    int32_t most = layer + step->up < c->layers ? most_units(step, used) : 0;
    int32_t n = 1;
    share[0] = best;
    for (int32_t x = step->low; x <= most; x++, n++) {
        share[n] = step->worth[x] +
            take[step->ends ? 0 : used + x * step->use];
        best = share[n] > best ? share[n] : best;
    }
    for (int32_t k = 0; k < n; k++) {
        share[k] = share[k] == best ? 1 : soft_exp((share[k] - best) / heat);
        sum += share[k];
    }
    for (int32_t k = 0; k < n && sum > 1; k++) {
        share[k] /= sum;
    }
    return sum > 1 ? best + heat * log(sum) : best;
}

/* States that can be reached: there is no use in others. */
static void
find_reach(struct soft_chain *c)
{
    int32_t layers = 0, room = 0;
    for (int32_t m = 0; m < c->n; m++) {
        struct soft_step *step = &c->steps[m];
        step->layers_taken = layers;
        step->room_taken = room;
        layers += step->up;
        layers = layers < c->layers ? layers : c->layers - 1;
        room += step->high * step->use;
        room = room < step->most ? room : step->most;
        room = step->ends ? 0 : room;
    }
}

static void
go_back(struct soft_chain *c, double heat)
{
    int64_t states = (int64_t)c->layers * c->width, shares = 0;
    memset(c->value + c->n * states, 0, (size_t)states * sizeof(double));
    for (int32_t m = 0; m < c->n; m++) {
        shares += states * options(&c->steps[m]);
    }
    for (int32_t m = c->n - 1; m >= 0; m--) {
        const struct soft_step *step = &c->steps[m];
        shares -= states * options(step);
        for (int32_t a = 0; a <= step->layers_taken; a++) {
            for (int32_t u = 0; u <= step->room_taken; u++) {
                int64_t at = a * c->width + u;
                c->value[m * states + at] = value_of(c, step, a, u, heat,
                    c->share + shares + at * options(step));
            }
        }
    }
}

static void
spread(struct soft_chain *c, struct soft_step *step, int32_t layer,
    int32_t used, const double *share)
{
    int64_t states = (int64_t)c->layers * c->width;
    int32_t m = (int32_t)(step - c->steps);
    double mass = c->mass[m * states + layer * c->width + used];
    if (mass < 1e-15) {
        return;
    }
    double *skip = c->mass + step->skip * states + layer * c->width;
    double *take =
        c->mass + (m + 1) * states + (layer + step->up) * c->width;
    int32_t most = layer + step->up < c->layers ? most_units(step, used) : 0;
    skip[step->ends ? 0 : used] += mass * share[0];
    for (int32_t x = step->low; x <= most; x++) {
        double part = mass * share[x - step->low + 1];
        step->likely[x] += part;
        take[step->ends ? 0 : used + x * step->use] += part;
    }
}

static void
go_forth(struct soft_chain *c)
{
    int64_t states = (int64_t)c->layers * c->width, shares = 0;
    memset(c->mass, 0, (size_t)(c->n + 1) * (size_t)states * sizeof(double));
    c->mass[0] = 1;
    for (int32_t m = 0; m < c->n; m++) {
        struct soft_step *step = &c->steps[m];
        memset(step->likely, 0, sizeof(step->likely));
        for (int32_t a = 0; a <= step->layers_taken; a++) {
            for (int32_t u = 0; u <= step->room_taken; u++) {
                spread(c, step, a, u,
                    c->share + shares +
                        (a * c->width + u) * options(step));
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
    go_forth(c);
    return c->value[0];
}
