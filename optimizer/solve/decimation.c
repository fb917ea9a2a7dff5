/* decimation.c: expect, fix, descend, again (decimation.h). */
#include "decimation.h"

#include <stdlib.h>
#include <string.h>

#include "dive.h"
#include "draw.h"
#include "optimizer/base/clock.h"
#include "soft.h"

enum { ROUNDS = 10 }; /* of a stage */

#define SURE 0.99    /* all as likely are fixed at once */
#define LIKELY 0.005 /* less is not fixed */
#define APART 0.3    /* so much more or less likely a pair seems by chance */

struct candidate {
    double sure;
    int32_t pair, units;
};

struct decimation {
    struct ledger *ledger;
    struct lagrange lagrange; /* its rows */
    const struct decimation_options *options;
    const struct concord *concord;
    uint8_t *near, *wanted; /* per pair, as in circle.h; fewer by and by */
    struct lagrange_prices prices;
    const struct potentials *potentials; /* of the stage before */
    struct candidate *candidates;
    int32_t n;
    uint64_t seed;
    int64_t begun;
};

static int
compare(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    int order = (x->sure < y->sure) - (x->sure > y->sure);
    return order != 0 ? order : (x->pair > y->pair) - (x->pair < y->pair);
}

/* The likeliest number of units of a pair, by its offer; of one without
 * potentials, whose gain is the same for each unit, the most. */
static struct candidate
likeliest(const struct soft *soft, int32_t k, const double *gradient)
{
    struct candidate best = {0, soft->pairs[k], 0};
    if (k >= soft->potentials->n) {
        best.sure = soft->used[k];
        best.units = soft->high[k];
        return best;
    }
    const double *likely = gradient + soft->potentials->begin[k] - 1;
    for (int32_t x = soft->low[k]; x <= soft->high[k]; x++) {
        if (-likely[x] > best.sure) {
            best.sure = -likely[x];
            best.units = x;
        }
    }
    return best;
}

static void
collect(struct decimation *d, struct soft *soft, const double *x,
    double *gradient)
{
    soft_expect(soft, x, gradient);
    d->n = 0;
    for (int32_t k = 0; k < soft->pairs_n; k++) {
        struct candidate one = likeliest(soft, k, gradient);
        if (soft->settled[k] || one.sure < LIKELY) {
            continue;
        }
        if (d->options->seed > 0) {
            double by_chance = (double)draw(&d->seed, 2001) / 1000 - 1;
            one.sure *= 1 + APART * by_chance;
        }
        d->candidates[d->n++] = one;
    }
    if (d->n > 0) {
        qsort(d->candidates, (size_t)d->n, sizeof(*d->candidates), compare);
    }
}

static void
fix(struct decimation *d, int32_t n)
{
    for (int32_t c = 0; c < d->n; c++) {
        const struct candidate *one = &d->candidates[c];
        if (c >= n && one->sure < SURE) {
            return;
        }
        if (ledger_allows(d->ledger, one->pair, one->units)) {
            ledger_set(d->ledger, one->pair, one->units);
        }
    }
}

/* Pairs that can have nothing any more take no part. */
static void
leave_out(struct decimation *d, const struct soft *soft)
{
    for (int32_t k = 0; k < soft->pairs_n; k++) {
        int32_t p = soft->pairs[k];
        if (d->ledger->units[p] == 0 &&
            ledger_most(d->ledger, p) < soft->low[k]) {
            d->near[p] = d->wanted[p] = 0;
        }
    }
}

/* false: there is nothing left to fix, or no time. */
static bool
take_stage(struct decimation *d, int stage, struct potentials *potentials,
    struct arena *arena)
{
    const struct decimation_options *options = d->options;
    struct arena own = {0};
    struct soft soft;
    struct descent descent;
    potentials_make(potentials, d->ledger->in, d->wanted,
        d->concord->careful, arena);
    soft_make(&soft, &d->lagrange, potentials, d->near, &own);
    soft_settle(&soft, d->ledger, &own);
    soft.heat = CONCORD_HEAT * d->concord->unit;
    double *x = arena_array(&own, (size_t)soft.n, sizeof(double));
    double *gradient = arena_array(&own, (size_t)soft.n, sizeof(double));
    soft_read(&soft, &d->prices, d->potentials, x);
    if (stage > 0) { /* those at hand are of the start */
        soft_describe(&soft, &descent, &own);
        descent.step = SOFT_STEP * soft.heat;
        descent.rounds = ROUNDS;
        descent.limit = options->limit;
        descent_run(&descent, x);
    }
    collect(d, &soft, x, gradient);
    bool last = d->n == 0 || stage + 1 == options->stages ||
        lp_limit_reached(options->limit);
    fix(d, last ? d->n
                : dive_stage_size(d->n, stage, options->stages,
                      options->limit, d->begun));
    leave_out(d, &soft);
    soft_write(&soft, x, &d->prices, potentials);
    soft_free(&soft);
    arena_release(&own);
    return !last;
}

static void
begin(struct decimation *d, struct arena *arena)
{
    const struct instance *in = d->ledger->in;
    const struct potentials *t = &d->concord->potentials;
    size_t pairs = (size_t)in->pairs_n, most = (size_t)t->n;
    d->potentials = t;
    d->seed = d->options->seed;
    d->near = arena_alloc(arena, pairs + 1);
    d->wanted = arena_alloc(arena, pairs + 1);
    memcpy(d->near, d->concord->near, pairs);
    for (int32_t k = 0; k < t->n; k++) {
        d->wanted[t->pairs[k]] = 1;
    }
    for (size_t p = 0; p < pairs; p++) {
        most += d->near[p];
    }
    d->candidates = arena_array(arena, most, sizeof(*d->candidates));
    lagrange_prices_make(&d->prices, in, arena);
    lagrange_prices_copy(&d->prices, &d->concord->prices, in);
    d->begun = d->options->limit->deadline_ms != 0 ? clock_ms() : 0;
}

void
decimation_plan(struct ledger *ledger, const struct concord *concord,
    const struct decimation_options *options)
{
    struct arena own = {0}, turns[2] = {{0}, {0}};
    struct potentials potentials[2];
    struct decimation d = {.ledger = ledger,
        .lagrange = {.in = ledger->in, .links = ledger->links},
        .options = options, .concord = concord};
    begin(&d, &own);
    for (int k = 0;
         take_stage(&d, k, &potentials[k % 2], &turns[k % 2]); k++) {
        d.potentials = &potentials[k % 2];
        arena_release(&turns[(k + 1) % 2]); /* those of the stage before */
    }
    arena_release(&turns[0]);
    arena_release(&turns[1]);
    arena_release(&own);
}
