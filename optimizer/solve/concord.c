/* concord.c: choose pairs, descend, prove (concord.h). */
#include "concord.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "circle.h"
#include "optimizer/base/clock.h"
#include "soft.h"

/* In what a unit of a pair scores on average. */
#define HOT 0.006 /* while it is found out who is missing, ... */
#define FIRST_HEAT 0.002 /* ... where half of the rounds do not fit */

enum {
    FEW_PAIRS = 20000, /* of them more have potentials, for more rounds */
    LEAST_ROUNDS = 60, /* fewer are not worth what they take of the plan */
    LOOKS = 2, /* at what a round takes, of which the least counts: other */
               /* work makes it longer */
    FIRST_TURNS = 4, /* each twice as long as the one before: as long as */
                     /* many are missing, prices go astray */
    TURNS = 7,
    PARTS = 30, /* of all rounds: the first turn has one, five have 23; the */
                /* rest is for who joins meanwhile: each of the first turns */
                /* looks how long a round takes by then */
    STALL_PARTS = 400000 /* of the bound: the least that is worth rounds */
};

/* Pairs that lose no more in all take part at first; those that are likely
 * enough at this heat have potentials: they are in one of so many plans of
 * their offer. */
struct choice {
    double near, heat; /* in what a unit of a pair scores on average */
    int32_t unlikely, rounds; /* of the first turn */
};
static const struct choice most_of_few = {0.2, 0.05, 600, 30};
static const struct choice some_of_many = {0.04, 0.03, 60, 10};

/* What a turn hands on to the next. */
struct talk {
    struct concord *best;
    struct lagrange *g;
    const struct concord_options *options;
    const struct choice *choice;
    struct circle circle;
    struct lagrange_prices prices;
    const struct potentials *potentials;
    int32_t rounds; /* of a part */
    bool hurry;     /* hot turns go farther, with few rounds end farther off */
    struct arena *arena; /* of the best potentials */
};

static double
mean_score(const struct instance *in)
{
    double sum = 0;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        sum += in->pair_score[p] > 0 ? in->pair_score[p] : 0;
    }
    return sum > 0 ? sum / in->pairs_n : 1;
}

/* By what offers would use at the present prices, warm. */
static void
choose_pairs(struct talk *talk)
{
    struct arena own = {0};
    struct potentials now;
    struct soft soft;
    potentials_make(
        &now, talk->g->in, talk->circle.wanted, talk->best->careful, &own);
    soft_make(&soft, talk->g, &now, talk->circle.near, &own);
    double *x = arena_array(&own, (size_t)soft.n, sizeof(double));
    double *gradient = arena_array(&own, (size_t)soft.n, sizeof(double));
    soft_read(&soft, &talk->prices, talk->potentials, x);
    soft.heat = talk->choice->heat * talk->best->unit;
    soft_expect(&soft, x, gradient);
    circle_want(&talk->circle, &soft, talk->choice->unlikely);
    soft_free(&soft);
    arena_release(&own);
}

/* How many rounds there is time for, by what one takes now. */
static int64_t
rounds_left(const struct descent *descent, double *x)
{
    const struct lp_limit *limit = descent->limit;
    struct arena own = {0};
    double *gradient =
        arena_array(&own, (size_t)descent->n, sizeof(double));
    int64_t least = INT64_MAX - 1, now = clock_ms();
    for (int k = 0; k < LOOKS; k++) {
        int64_t begun = now;
        descent->value(descent->data, x, gradient);
        now = clock_ms();
        least = now - begun < least ? now - begun : least;
    }
    arena_release(&own);
    return (limit->deadline_ms - now) / (least + 1);
}

/* Of a part, when this one of the first turns begins; 0: there is too little
 * time for any. */
static int32_t
part_rounds(const struct talk *talk, int turn, const struct descent *descent,
    double *x)
{
    if (talk->options->limit->deadline_ms == 0) {
        return talk->rounds;
    }
    int64_t left = rounds_left(descent, x);
    int64_t rounds = left / (PARTS + 1 - (1 << turn));
    return turn == 0 && left < LEAST_ROUNDS ? 0
        : rounds < 1                        ? 1
        : rounds < talk->rounds             ? (int32_t)rounds
                                            : talk->rounds;
}

/* The bound of what was found, with its potentials, on all pairs. */
static model_wide
prove(struct talk *talk, const struct potentials *potentials)
{
    struct lagrange *g = talk->g;
    g->potentials = potentials;
    lagrange_forget(g);
    model_wide bound = lagrange_bound(g, &talk->prices);
    g->potentials = NULL;
    return bound;
}

static void
note_used(struct concord *best, const struct soft *soft)
{
    memset(best->used, 0, (size_t)soft->in->pairs_n * sizeof(float));
    for (int32_t k = 0; k < soft->pairs_n; k++) {
        best->used[soft->pairs[k]] = (float)soft->used[k];
    }
}

/* The bound of what the descent came to, if it is the best, and who was
 * missing for it. */
static void
take_in(struct talk *talk, struct soft *soft,
    struct potentials *potentials, const double *x)
{
    struct arena own = {0};
    struct concord *best = talk->best;
    double *gradient = arena_array(&own, (size_t)soft->n, sizeof(double));
    soft_value(soft, x, gradient);
    soft_write(soft, x, &talk->prices, potentials);
    talk->potentials = potentials;
    model_wide bound = prove(talk, potentials);
    if (bound < best->bound) {
        best->bound = bound;
        best->potentials = *potentials;
        lagrange_prices_copy(&best->prices, &talk->prices, soft->in);
        note_used(best, soft);
    }
    circle_widen(&talk->circle, soft, talk->g, &talk->prices);
    arena_release(&own);
}

static double
heat_of(const struct talk *talk, int turn)
{
    double first = talk->hurry ? FIRST_HEAT : HOT;
    return talk->best->unit * (turn < FIRST_TURNS ? first : CONCORD_HEAT);
}

/* A descent from where the last one ended; false: no more of them. */
static bool
take_turn(struct talk *talk, int turn)
{
    bool first = turn < FIRST_TURNS;
    const struct lp_limit *limit = talk->options->limit;
    struct arena own = {0};
    struct soft soft;
    struct potentials *potentials =
        arena_alloc(talk->arena, sizeof(*potentials));
    choose_pairs(talk);
    potentials_make(potentials, talk->g->in, talk->circle.wanted,
        talk->best->careful, talk->arena);
    soft_make(&soft, talk->g, potentials, talk->circle.near, &own);
    soft.heat = heat_of(talk, turn);
    double *x = arena_array(&own, (size_t)soft.n, sizeof(double));
    double bound = (double)talk->best->bound / (double)MODEL_E12;
    struct descent descent;
    soft_describe(&soft, &descent, &own);
    descent.enough = fabs(bound) / STALL_PARTS;
    descent.limit = limit;
    soft_read(&soft, &talk->prices, talk->potentials, x);
    if (first) {
        talk->rounds = part_rounds(talk, turn, &descent, x);
    }
    if (turn == 0) {
        talk->hurry = talk->rounds < talk->choice->rounds / 2;
        soft.heat = heat_of(talk, turn);
    }
    descent.step = SOFT_STEP * soft.heat;
    descent.rounds = talk->rounds << (first ? turn : FIRST_TURNS - 1);
    if (descent.rounds > 0) {
        descent_run(&descent, x);
        take_in(talk, &soft, potentials, x);
    }
    soft_free(&soft);
    arena_release(&own);
    return descent.rounds > 0 && !lp_limit_reached(limit);
}

static void
open_best(struct concord *c, const struct concord_options *options,
    const struct instance *in, struct arena *arena)
{
    size_t pairs = (size_t)in->pairs_n;
    uint8_t *nobody = arena_alloc(arena, pairs + 1);
    lagrange_prices_make(&c->prices, in, arena);
    lagrange_prices_copy(&c->prices, options->prices, in);
    potentials_make(&c->potentials, in, nobody, NULL, arena);
    c->used = arena_array(arena, pairs, sizeof(float));
    c->unit = mean_score(in);
    c->careful = arena_alloc(arena, (size_t)in->needs_n + 1);
    for (int32_t i = 0; i < in->needs_n; i++) {
        c->careful[i] = c->prices.budget[i] > 0;
    }
}

void
concord_find(struct concord *c, struct lagrange *g,
    const struct concord_options *options, struct arena *arena)
{
    const struct instance *in = g->in;
    struct arena own = {0};
    open_best(c, options, in, arena);
    struct talk talk = {.best = c, .g = g, .options = options,
        .choice = in->pairs_n <= FEW_PAIRS ? &most_of_few : &some_of_many,
        .arena = arena};
    talk.rounds = talk.choice->rounds;
    lagrange_prices_make(&talk.prices, in, &own);
    lagrange_prices_copy(&talk.prices, options->prices, in);
    lagrange_forget(g);
    c->bound = lagrange_bound(g, options->prices);
    circle_make(&talk.circle, g, &talk.prices, options->potentials,
        talk.choice->near * c->unit, arena);
    c->near = talk.circle.near;
    for (int k = 0; k < TURNS && take_turn(&talk, k); k++) {
    }
    arena_release(&own);
}
