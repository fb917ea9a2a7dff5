/* soft_block.c: offers and needs as chains of their pairs (soft_block.h). */
#include "soft_block.h"

#include <math.h>

#define RARE 1e-9 /* a choice that no gradient would show */

static int32_t
need_of(const struct soft *s, int32_t k)
{
    return s->in->lines[s->lines[k]].need;
}

/* The price of a partner that the first unit for a need costs. */
static double
first_price(const struct soft *s, int32_t k)
{
    return s->share[k] < 0 ? s->x[s->partners + need_of(s, k)] : 0;
}

static double
premium(const struct soft *s, int32_t k)
{
    return s->settled != NULL && s->settled[k] ? s->premium : 0;
}

/* Can the pair gain at all, for the heat?  By nothing but the prices: what is
 * descended must not depend on where it was before. */
static bool
may_gain(const struct soft *s, int32_t k)
{
    const struct potentials *t = s->potentials;
    const double least = SOFT_LEAST * s->heat;
    if (s->high[k] < s->low[k]) {
        return false;
    }
    if (premium(s, k) > 0) {
        return true;
    }
    if (k >= t->n) {
        double net = s->gain[k];
        return net * (net > 0 ? s->high[k] : s->low[k]) > least;
    }
    const double *price = s->x + t->begin[k] - 1;
    for (int32_t x = s->low[k]; x <= s->high[k]; x++) {
        if (s->gain[k] * x - price[x] > least) {
            return true;
        }
    }
    return false;
}

static void
add_pair(struct soft *s, int32_t k, double fixed, int32_t up, int32_t room)
{
    const struct potentials *t = s->potentials;
    struct soft_step *step = soft_chain_add(&s->chain);
    step->low = s->low[k];
    step->high = s->high[k];
    step->use = s->in->pair_use[s->pairs[k]];
    step->up = up;
    step->most = room;
    step->ends = false;
    const double more = premium(s, k);
    for (int32_t x = step->low; x <= step->high; x++) {
        step->worth[x] = s->gain[k] * x + more - fixed -
            (k < t->n ? s->x[t->begin[k] + x - 1] : 0);
    }
}

/* Pairs of a need that has several follow a step that opens it. */
static void
add_group(struct soft *s, const int32_t *pairs, int32_t n, int32_t up,
    int32_t room)
{
    double fixed = first_price(s, pairs[0]);
    if (n > 1) {
        struct soft_step *open = soft_chain_add(&s->chain);
        open->low = open->high = 1;
        open->use = 0;
        open->up = up;
        open->most = room;
        open->ends = false;
        open->worth[1] = -fixed;
        open->skip += n;
    }
    for (int32_t i = 0; i < n; i++) {
        add_pair(s, pairs[i], n > 1 ? 0 : fixed, n > 1 ? 0 : up, room);
    }
}

/* How likely each number of units is. */
static void
note(struct soft *s, int32_t k, const struct soft_step *step, bool first)
{
    const struct potentials *t = s->potentials;
    int32_t need = need_of(s, k);
    double units = 0, used = 0;
    for (int32_t x = step->low; x <= step->high; x++) {
        if (k < t->n) {
            s->gradient[t->begin[k] + x - 1] -= step->likely[x];
        }
        used += step->likely[x];
        units += step->likely[x] * x;
    }
    s->used[k] = used;
    s->line_units[s->lines[k]] += units;
    s->need_cost[need] += units * s->in->pair_cost[s->pairs[k]];
    s->need_partners[need] += s->share[k] >= 0 ? s->share[k] * units
        : first                                ? used
                                               : 0;
}

static int32_t
group_end(const struct soft *s, const int32_t *pairs, int32_t n, int32_t i)
{
    int32_t need = need_of(s, pairs[i]);
    for (i++; i < n && need_of(s, pairs[i]) == need; i++) {
    }
    return i;
}

static void
note_groups(struct soft *s, const int32_t *pairs, int32_t n)
{
    const struct soft_step *step = s->chain.steps;
    for (int32_t i = 0, end; i < n; i = end) {
        end = group_end(s, pairs, n, i);
        if (end > i + 1) {
            int32_t need = need_of(s, pairs[i]);
            s->need_partners[need] +=
                s->share[pairs[i]] < 0 ? step->likely[1] : 0;
            step++;
        }
        for (int32_t k = i; k < end; k++, step++) {
            note(s, pairs[k], step, end == i + 1);
        }
    }
}

double
soft_offer(struct soft *s, int32_t j)
{
    const struct instance_offer *offer = &s->in->offers[j];
    int32_t *pairs = s->gaining, n = 0, use = 0, needs = 0;
    for (int32_t m = s->offer_begin[j]; m < s->offer_begin[j + 1]; m++) {
        int32_t k = s->by_offer[m];
        if (may_gain(s, k)) {
            needs += n == 0 || need_of(s, pairs[n - 1]) != need_of(s, k);
            use += s->high[k] * s->in->pair_use[s->pairs[k]];
            pairs[n++] = k;
        }
    }
    bool counting = offer->max_needs > 0 && needs > offer->max_needs;
    int32_t room = use < offer->capacity ? use : offer->capacity;
    soft_chain_begin(
        &s->chain, counting ? offer->max_needs + 1 : 1, 0, room);
    for (int32_t i = 0, end; i < n; i = end) {
        end = group_end(s, pairs, n, i);
        add_group(s, pairs + i, end - i, counting, room);
    }
    double value = soft_chain_value(&s->chain, s->heat);
    soft_chain_spread(&s->chain);
    s->worth[j] = value;
    note_groups(s, pairs, n);
    return value;
}

/* The chain of a need's pairs, without those of organisations that are to be
 * chosen and are not. */
static double
chosen_value(struct soft *s, int32_t i, int32_t chosen)
{
    const struct potentials *t = s->potentials;
    int32_t begin = t->need_begin[i], end = t->need_begin[i + 1];
    soft_chain_begin(&s->chain, potentials_partners_left(t, i, chosen) + 1,
        t->purse[i], POTENTIAL_UNITS);
    for (int32_t k = begin; k < end; k++) {
        const double *worth = s->x + t->begin[k] - 1;
        const double more = premium(s, k);
        struct soft_step *step = soft_chain_add(&s->chain);
        bool allowed = potentials_allow(t, k, chosen);
        step->low = s->low[k];
        step->high = allowed ? s->high[k] : s->low[k] - 1;
        step->use = 1;
        step->up = t->counts[k];
        step->pay = t->pay[k];
        step->most = s->in->lines[t->lines[k]].quantity;
        step->ends = k + 1 < end && t->lines[k + 1] != t->lines[k];
        for (int32_t x = step->low; x <= step->high; x++) {
            step->worth[x] = worth[x] + more;
        }
    }
    return soft_chain_value(&s->chain, s->heat);
}

/* How likely each number of units is, where this is so likely. */
static void
note_need(struct soft *s, int32_t i, double share)
{
    const struct potentials *t = s->potentials;
    soft_chain_spread(&s->chain);
    for (int32_t k = t->need_begin[i]; k < t->need_begin[i + 1]; k++) {
        const struct soft_step *step =
            &s->chain.steps[k - t->need_begin[i]];
        for (int32_t x = step->low; x <= step->high; x++) {
            s->gradient[t->begin[k] + x - 1] += share * step->likely[x];
        }
    }
}

/* Organisations of several pairs are chosen in every way, softly, too. */
double
soft_need(struct soft *s, int32_t i)
{
    int32_t ways = 1 << s->potentials->several[i];
    double values[1 << POTENTIAL_SEVERAL], best = 0, sum = 0;
    for (int32_t chosen = 0; chosen < ways; chosen++) {
        bool fit =
            potentials_partners_left(s->potentials, i, chosen) >= 0;
        values[chosen] = fit ? chosen_value(s, i, chosen) : -INFINITY;
        best = chosen == 0 || values[chosen] > best ? values[chosen] : best;
    }
    if (ways == 1) {
        note_need(s, i, 1);
        return best;
    }
    for (int32_t chosen = 0; chosen < ways; chosen++) {
        sum += exp((values[chosen] - best) / s->heat);
    }
    for (int32_t chosen = 0; chosen < ways; chosen++) {
        double share = exp((values[chosen] - best) / s->heat) / sum;
        if (share > RARE) {
            chosen_value(s, i, chosen);
            note_need(s, i, share);
        }
    }
    return best + s->heat * log(sum);
}
