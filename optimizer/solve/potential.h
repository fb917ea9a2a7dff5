/*
 * potential.h: prices of pairs, one for each number of units, beside those
 * of rows.
 *
 * Meaning   the offer of a pair pays its price for what it gives, the need
 *           is paid as much, which in any plan is 0 together.  With
 *           potentials each need is planned, too: what they can come to at
 *           most for a need within its lines, whole lines, lots and its
 *           limit on partners is added to what the offers can give net of
 *           them, and still bounds every plan:
 *
 *             total(x) <= what prices of rows prove, offers net of potentials
 *                         + sum over needs of the most that theirs come to
 *
 *           Where it is asked for, they keep within the need's budget, too,
 *           counted in whole coins of at least a POTENTIAL_COINS-th of it.
 *           Pairs that have none count as 0: a need may have any of them
 *           beside.  Organisations of several pairs with a need are chosen
 *           beforehand, in every way; where there are more than
 *           POTENTIAL_SEVERAL, one pair of each of the others counts as a
 *           partner, which can only make it more.
 * Units     1e-6 milli-points, of all units of a pair together; any sign.
 * Shapes    pairs by need, lines of a need in order.
 * Failure   none but memory.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_POTENTIAL_H
#define TSUNAGARI_POTENTIAL_H

#include <stdbool.h>

#include "optimizer/instance/instance.h"
#include "optimizer/instance/model.h"

enum {
    POTENTIAL_UNITS = 64,   /* of lines and offers that have any, at most */
    POTENTIAL_PARTNERS = 8, /* a higher limit counts as none */
    POTENTIAL_SEVERAL = 4,  /* organisations to be chosen beforehand */
    POTENTIAL_PAIRS = 64,   /* of an offer, and of a need */
    POTENTIAL_COINS = 40    /* of a budget, at most */
};

struct potentials {
    const struct instance *in;
    int32_t n;            /* pairs that have any */
    int32_t *pairs;       /* n */
    int32_t *lines;       /* n: of the pair */
    int32_t *low, *high;  /* n: units of a used pair */
    int32_t *begin;       /* n + 1: into prices; of 1, 2, ... high units */
    int64_t *prices;
    int32_t *of_pair;     /* per pair of the instance: its index, or -1 */
    int32_t *need_begin;  /* needs_n + 1, into pairs */
    int32_t *partners;    /* per need: how many of them; 0: no matter */
    uint8_t *counts;      /* n: the pair that stands for its partner */
    int32_t *several;     /* per need: organisations to be chosen beforehand */
    int32_t *chosen_by;   /* n: the bit of the pair's; 0: it is none of them */
    int32_t *pay;         /* n: coins for a unit */
    int32_t *purse;       /* per need: coins that there are; 0: no matter */
    uint8_t *offers;      /* per offer: has any */
};

/* 1 per pair that may have any: so many units of its line and of its offer,
 * whose capacity may be more where it can never be used up. */
uint8_t *potentials_fit(const struct instance *in, struct arena *arena);

/* wanted: 1 per pair that fits; careful: 1 per need that is to keep within its
 * budget, NULL: none.  All prices are 0. */
void potentials_make(struct potentials *potentials,
    const struct instance *in, const uint8_t *wanted,
    const uint8_t *careful, struct arena *arena);

/* Partners that a need may still have beside those chosen, a bit for each;
 * -1: they are too many. */
int32_t potentials_partners_left(
    const struct potentials *potentials, int32_t need, int32_t chosen);

/* May the pair be used with those chosen? */
static inline bool
potentials_allow(const struct potentials *potentials, int32_t k, int32_t chosen)
{
    int32_t bit = potentials->chosen_by[k];
    return bit == 0 || (chosen & bit) != 0;
}

/* What each need's come to at most: needs_n. */
void potentials_needs(const struct potentials *potentials, int64_t *most);

/* Of x units: [x - 1]; NULL: the pair has none. */
static inline const int64_t *
potentials_of(const struct potentials *potentials, int32_t pair)
{
    int32_t k = potentials != NULL ? potentials->of_pair[pair] : -1;
    return k >= 0 ? potentials->prices + potentials->begin[k] : NULL;
}

#endif
