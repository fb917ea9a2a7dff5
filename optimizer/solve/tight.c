/* tight.c: ascents on some pairs, bounds on all (tight.h). */
#include "tight.h"

#include <string.h>

#include "near.h"

#define FIRST_LENGTH 0.01
#define AFAR_LENGTH 0.06

enum {
    ROUNDS = 600,
    BRIEF_ROUNDS = 200,
    FOCUS_ROUNDS = 100, /* ... each time */
    FOCUS_TIMES = 3,
    FOCUS_PAIRS = 500000, /* where there are no more all take part */
    FOCUS_NEAR = 10,      /* else so many of a line */
    AFAR_TIMES = 4 /* the gap that is asked for: prices of another market */
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
prove(struct tight *tight, bool first)
{
    struct lagrange *whole = &tight->whole;
    lagrange_forget(whole);
    model_wide bound = lagrange_bound(whole, &tight->now);
    if (first || bound < tight->bound) {
        tight->bound = bound;
        lagrange_prices_copy(&tight->prices, &tight->now, whole->in);
    }
    for (int32_t k = 0; k < whole->uses_n; k++) {
        tight->wanted[whole->uses[k].pair] = 1;
    }
}

void
tight_open(struct tight *tight, const struct ledger *ledger,
    const struct tight_options *options, struct arena *arena)
{
    const struct instance *in = ledger->in;
    *tight = (struct tight){
        .mean = arena_array(arena, (size_t)in->pairs_n, sizeof(float)),
        .wanted = choose_wanted(in, options->prices, arena),
        .ledger = ledger, .limit = options->limit, .length = FIRST_LENGTH,
        .brisk = options->brisk, .arena = arena};
    lagrange_prices_make(&tight->prices, in, arena);
    lagrange_prices_make(&tight->now, in, arena);
    lagrange_make(&tight->whole, in, ledger->links, ledger->pair_line,
        ledger->least, NULL, arena);
    read_start(in, options->prices, &tight->now);
    prove(tight, true);
}

void
tight_go_on(struct tight *tight, model_wide target, model_wide enough,
    int32_t rounds)
{
    const struct ledger *ledger = tight->ledger;
    bool afar = tight->brisk && !tight->begun &&
        tight->bound - target > AFAR_TIMES * enough;
    tight->length = afar ? AFAR_LENGTH : tight->length;
    const struct ascent_options ascent = {.limit = tight->limit,
        .afar = afar, .length = tight->length,
        .rounds = rounds, .target = target,
        .enough = enough, .mean = tight->mean, .go_on = tight->begun,
        .brisk = tight->brisk};
    if (!tight->begun || ledger->in->pairs_n > FOCUS_PAIRS) {
        lagrange_free(&tight->some);
        lagrange_make(&tight->some, ledger->in, ledger->links,
            ledger->pair_line, ledger->least, tight->wanted, tight->arena);
    }
    ascent_run(&tight->some, &tight->now, &ascent);
    prove(tight, false);
    tight->begun = true;
    tight->length = tight->length / 4;
}

void
tight_finish(struct tight *tight, model_wide target, model_wide enough,
    bool brief)
{
    bool some = tight->ledger->in->pairs_n > FOCUS_PAIRS;
    int times = some ? FOCUS_TIMES : 1;
    int rounds = some ? FOCUS_ROUNDS : brief ? BRIEF_ROUNDS : ROUNDS;
    for (int k = 0; k < times &&
         (k == 0 || tight->bound - target > enough);
         k++) {
        tight_go_on(tight, target, enough, rounds);
    }
}

void
tight_free(struct tight *tight)
{
    lagrange_free(&tight->some);
    lagrange_free(&tight->whole);
}
