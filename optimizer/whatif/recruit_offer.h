/*
 * recruit_offer.h: an offer that does not exist, in a market and in an
 * instance; a part of recruit.c.
 *
 * Meaning   the market is a copy with one more organisation, entry and line
 *           at the end, which set() makes into an idea; only rules and
 *           scores may be asked of it.  extend() puts the offer and its
 *           pairs behind those of the instance.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_RECRUIT_OFFER_H
#define TSUNAGARI_RECRUIT_OFFER_H

#include "optimizer/market/candidate.h"
#include "recruit.h"

struct recruit_offer {
    struct market market;
    int32_t line; /* the offer's, in that market */
};

void recruit_offer_make(const struct market *market, struct arena *arena,
    struct recruit_offer *offer);
void recruit_offer_set(struct recruit_offer *offer,
    const struct recruit_idea *idea);

struct recruit_pair {
    int32_t line, score, use; /* of the instance; per unit */
};

/* The need lines that it could serve, in ascending order; their number. */
int32_t recruit_offer_pairs(const struct recruit_offer *offer,
    const struct candidates *candidates, struct recruit_pair *pairs);

/* old_pair[p]: the pair in the instance, -1: of the new offer. */
void recruit_offer_extend(const struct instance *in,
    const struct recruit_pair *pairs, int32_t n, int32_t capacity,
    struct arena *arena, struct instance *out, int32_t **old_pair);

/* What is known of the instance, for the extended one. */
struct solve_start recruit_offer_start(const struct instance *extended,
    const int32_t *old_pair, const struct solve_start *start,
    struct arena *arena);

#endif
