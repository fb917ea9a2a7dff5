/* tight.c: ascents on some pairs, bounds on all (tight.h). */
#include "tight.h"

#include <string.h>

#include "near.h"

enum {
    ROUNDS = 600,
    FOCUS_TIMES = 3,
    FOCUS_PAIRS = 500000, /* where there are no more all take part */
    FOCUS_NEAR = 20       /* else so many of a line */
};

/* 1e-6 from or to 1e-9. */
static void
scale(int64_t *to, const int64_t *from, int32_t n, bool down)
{
    for (int32_t k = 0; k < n && to != NULL; k++) {
        to[k] = down ? from[k] / 1000 : from[k] * 1000;
    }
}

void
tight_prices(const struct instance *in, const struct lagrange_prices *from,
    struct prices *to)
{
    scale(to->demand, from->demand, in->lines_n, false);
    scale(to->budget, from->budget, in->needs_n, false);
    scale(to->partners, from->partners, in->needs_n, false);
    scale(to->floor, from->floor, in->floors_n, false);
    to->programme = from->programme * 1000;
}

/* Prices of another instance: here a row may have no limit, or a floor less
 * of a price. */
static void
clip(const struct instance *in, struct lagrange_prices *prices)
{
    for (int32_t i = 0; i < in->needs_n; i++) {
        if (in->needs[i].budget_yen == INSTANCE_NO_LIMIT) {
            prices->budget[i] = 0;
        }
    }
    for (int32_t f = 0; f < in->floors_n; f++) {
        int64_t most = (int64_t)in->floors[f].price * 1000000;
        int64_t *price = &prices->floor[f];
        *price = *price > most ? most : *price;
    }
    if (in->programme_budget_yen == INSTANCE_NO_LIMIT) {
        prices->programme = 0;
    }
}

static void
read_start(const struct instance *in, const struct prices *from,
    struct lagrange_prices *to)
{
    scale(to->demand, from->demand, in->lines_n, true);
    scale(to->budget, from->budget, in->needs_n, true);
    scale(to->partners, from->partners, in->needs_n, true);
    scale(to->floor, from->floor, in->floors_n, true);
    to->programme = from->programme / 1000;
    clip(in, to);
}

static uint8_t *
choose_wanted(const struct instance *in, const struct prices *prices,
    struct arena *arena)
{
    struct arena own = {0};
    struct near near;
    size_t pairs = (size_t)in->pairs_n;
    uint8_t *wanted = arena_alloc(arena, pairs);
    memset(wanted, 1, pairs);
    if (in->pairs_n > FOCUS_PAIRS) {
        near_make(&near, in, prices, NULL, FOCUS_NEAR, &own);
        memcpy(wanted, near.wanted, pairs);
    }
    arena_release(&own);
    return wanted;
}

/* The bound on all pairs; who takes part from now on. */
static void
prove(struct tight *tight, struct lagrange *whole, uint8_t *wanted,
    bool first)
{
    model_wide bound = lagrange_bound(whole, &tight->now);
    if (first || bound < tight->bound) {
        tight->bound = bound;
        lagrange_prices_copy(&tight->prices, &tight->now, whole->in);
    }
    for (int32_t k = 0; k < whole->uses_n; k++) {
        wanted[whole->uses[k].pair] = 1;
    }
}

/* From the better one of two beginnings. */
static void
begin(struct tight *tight, struct lagrange *whole,
    const struct tight_options *options)
{
    const struct instance *in = whole->in;
    if (options->other != NULL) {
        read_start(in, options->other, &tight->now);
        tight->bound = lagrange_bound(whole, &tight->now);
        lagrange_prices_copy(&tight->prices, &tight->now, in);
    }
    read_start(in, options->prices, &tight->now);
    if (options->other != NULL &&
        tight->bound < lagrange_bound(whole, &tight->now)) {
        lagrange_prices_copy(&tight->now, &tight->prices, in);
    }
}

void
tight_make(struct tight *tight, const struct ledger *ledger,
    const struct tight_options *options, struct arena *arena)
{
    const struct instance *in = ledger->in;
    int times = in->pairs_n > FOCUS_PAIRS ? FOCUS_TIMES : 1;
    uint8_t *wanted = choose_wanted(in, options->prices, arena);
    struct lagrange whole;
    *tight = (struct tight){
        .mean = arena_array(arena, (size_t)in->pairs_n, sizeof(float))};
    struct ascent_options ascent = {.limit = options->limit, .length = 0.01,
        .rounds = ROUNDS / times, .target = options->target,
        .enough = options->enough, .mean = tight->mean};
    lagrange_prices_make(&tight->prices, in, arena);
    lagrange_prices_make(&tight->now, in, arena);
    lagrange_make(&whole, in, ledger->links, ledger->pair_line,
        ledger->least, NULL, arena);
    begin(tight, &whole, options);
    for (int k = 0; k < times; k++) {
        lagrange_free(&tight->some);
        lagrange_make(&tight->some, in, ledger->links, ledger->pair_line,
            ledger->least, wanted, arena);
        ascent_run(&tight->some, &tight->now, &ascent);
        prove(tight, &whole, wanted, k == 0);
        if (tight->bound - options->target <= options->enough) {
            break;
        }
        ascent.length /= 4;
        ascent.go_on = true;
    }
    lagrange_free(&whole);
}

model_wide
tight_prove(const struct ledger *ledger, const struct prices *start,
    struct lagrange_prices *at, struct arena *arena)
{
    struct lagrange whole;
    lagrange_prices_make(at, ledger->in, arena);
    lagrange_make(&whole, ledger->in, ledger->links, ledger->pair_line,
        ledger->least, NULL, arena);
    read_start(ledger->in, start, at);
    model_wide bound = lagrange_bound(&whole, at);
    lagrange_free(&whole);
    return bound;
}

void
tight_free(struct tight *tight)
{
    lagrange_free(&tight->some);
}
