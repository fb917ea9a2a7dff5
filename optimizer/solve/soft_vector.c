/* soft_vector.c: bounds and steps of the variables; prices and potentials into
 * the vector and back (soft.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "soft.h"

static double
square(double value)
{
    return value > 0 ? value * value : 1;
}

/* Steps as good as a unit, a partner, a tenth of a floor's lines. */
static void
scale_rows(const struct soft *s, double *scale)
{
    const struct instance *in = s->in;
    const struct potentials *t = s->potentials;
    double *dearest = xcalloc((size_t)in->needs_n + 1, sizeof(double));
    double sum = 0, n = 0;
    for (int32_t k = 0; k < t->n; k++) {
        double cost = in->pair_cost[t->pairs[k]];
        double *most = &dearest[in->lines[t->lines[k]].need];
        *most = cost > *most ? cost : *most;
        sum += cost;
        n += cost > 0;
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        scale[s->demand + l] = 1.0 / in->lines[l].quantity;
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        scale[s->budget + i] = 1 / square(dearest[i] > 0 ? dearest[i] : 1000);
        scale[s->partners + i] = 1;
    }
    for (int32_t f = 0; f < in->floors_n; f++) {
        double lines = in->floors[f].member_end - in->floors[f].member_begin;
        scale[s->floor + f] = lines > 10 ? 10 / lines : 1;
    }
    scale[s->programme] =
        1 / square(n > 0 ? sum / n * sqrt(in->lines_n) : 0);
    free(dearest);
}

void
soft_bounds(const struct soft *s, double *low, double *high, double *scale)
{
    const struct instance *in = s->in;
    const double dear = LAGRANGE_PRICE_MAX / 4e6;
    for (int32_t k = 0; k < s->n; k++) {
        low[k] = k < s->demand ? -dear : 0;
        high[k] = dear;
        scale[k] = 10;
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        if (in->needs[i].budget_yen == INSTANCE_NO_LIMIT) {
            high[s->budget + i] = 0;
        }
        if (in->needs[i].max_partners == 0) {
            high[s->partners + i] = 0;
        }
    }
    for (int32_t f = 0; f < in->floors_n; f++) {
        high[s->floor + f] = in->floors[f].price;
    }
    if (in->programme_budget_yen == INSTANCE_NO_LIMIT) {
        high[s->programme] = 0;
    }
    scale_rows(s, scale);
}

static void
read_row(const int64_t *from, double *to, int32_t n)
{
    for (int32_t k = 0; k < n; k++) {
        to[k] = (double)from[k] / 1e6;
    }
}

void
soft_read(const struct soft *s, const struct lagrange_prices *prices,
    const struct potentials *potentials, double *x)
{
    const struct potentials *t = s->potentials;
    memset(x, 0, (size_t)s->demand * sizeof(double));
    for (int32_t k = 0; k < t->n; k++) {
        const int64_t *from = potentials_of(potentials, t->pairs[k]);
        if (from != NULL) {
            read_row(from, x + t->begin[k], t->high[k]);
        }
    }
    read_row(prices->demand, x + s->demand, s->in->lines_n);
    read_row(prices->budget, x + s->budget, s->in->needs_n);
    read_row(prices->partners, x + s->partners, s->in->needs_n);
    read_row(prices->floor, x + s->floor, s->in->floors_n);
    read_row(&prices->programme, x + s->programme, 1);
}

static void
write_row(const double *from, int64_t *to, int32_t n)
{
    for (int32_t k = 0; k < n; k++) {
        to[k] = llround(from[k] * 1e6);
    }
}

void
soft_write(const struct soft *s, const double *x,
    struct lagrange_prices *prices, struct potentials *potentials)
{
    write_row(x, potentials->prices, s->demand);
    write_row(x + s->demand, prices->demand, s->in->lines_n);
    write_row(x + s->budget, prices->budget, s->in->needs_n);
    write_row(x + s->partners, prices->partners, s->in->needs_n);
    write_row(x + s->floor, prices->floor, s->in->floors_n);
    write_row(x + s->programme, &prices->programme, 1);
}

void
soft_describe(struct soft *s, struct descent *descent, struct arena *arena)
{
    size_t n = (size_t)s->n;
    double *low = arena_array(arena, n, sizeof(double));
    double *high = arena_array(arena, n, sizeof(double));
    double *scale = arena_array(arena, n, sizeof(double));
    soft_bounds(s, low, high, scale);
    *descent = (struct descent){.n = s->n, .low = low, .high = high,
        .scale = scale, .value = soft_value, .data = s};
}
