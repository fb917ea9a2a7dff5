/*
 * soft_chain.h: steps that each take some units or none, softly.
 *
 * Meaning   heat * log(sum of exp(worth / heat)) over all ways through the
 *           steps, a way being worth what its units are; and how likely each
 *           number of units is, a way being as likely as exp(worth / heat).
 *           A state is what has been taken so far: layers (needs of an offer,
 *           partners of a need), coins (of a need's budget) and room
 *           (capacity, units of a line).
 * Units     milli-points.
 * Failure   none but memory.
 * Lifetime  steps and room grow and are kept until soft_chain_free().
 */
#ifndef TSUNAGARI_SOFT_CHAIN_H
#define TSUNAGARI_SOFT_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "potential.h"

enum { SOFT_LEAST = -18 }; /* exp of less is nothing */

struct soft_step {
    int32_t low, high; /* units, if any */
    int32_t use, pay, up; /* room and coins per unit, layers */
    int32_t most;      /* room there is */
    int32_t skip;      /* the step that follows no units; units: the next */
    bool ends;         /* what follows has all of its room anew */
    int32_t layers_taken, coins_taken, room_taken; /* out: at most, before */
    double worth[POTENTIAL_UNITS + 1];  /* of units */
    double likely[POTENTIAL_UNITS + 1]; /* out */
};

struct soft_chain {
    struct soft_step *steps;
    int32_t n, layers; /* layers that there are, and one more; */
    int32_t purses;    /* coins likewise */
    int32_t room;
    int32_t width; /* of a row: states by room, filled up to whole lanes */
    double *value, *mass, *share; /* per step and state */
    int64_t states_room, shares_room;
};

/* Without steps; most: the room of any. */
void soft_chain_begin(struct soft_chain *chain, int32_t layers, int32_t coins,
    int32_t most);
struct soft_step *soft_chain_add(struct soft_chain *chain); /* pays nothing */

double soft_chain_value(struct soft_chain *chain, double heat);

/* Then how likely each number of units is: fills what steps have of it. */
void soft_chain_spread(struct soft_chain *chain);
void soft_chain_free(struct soft_chain *chain);

#endif
