/*
 * rule.h: may this offer line serve this need line at all?
 *
 * Meaning
 *   kind       the offer's kind is the need's or one below it: a 公民館 serves
 *              a need for any 施設・場所, not the other way round
 *   self       an organisation never serves itself
 *   decision   staff forbade the pair, or deferred it and the day is not yet
 *   region     inside: a region of one contains a region of the other, or one
 *              is online.  Outside, a hard reach of either side blocks
 *              (region_hard); else the distance must be within soft_reach_km
 *              (public demand: public_reach_km); online offers are
 *              allowed everywhere, at the price of the score's online term
 *   audience   target groups overlap (one is the other's, below or above it),
 *              or one side is for everyone or states none
 *              (a slot: on its weekday)
 *   date, weekday, time   the two have a day, a weekday within those days and
 *              hours in common, and the hours are as long as the need lasts
 *   people     ranges of people that meet
 *   unit       the same unit of counting
 *   capacity, min_lot, budget, programme_budget   the least amount that the
 *              two can exchange fits both, with the way there, and can be paid
 *   A pin of the staff overrides PINNABLE ones: they know more than a sheet.
 * Units     bits 1 << CAUSE_*.
 */
#ifndef TSUNAGARI_RULE_H
#define TSUNAGARI_RULE_H

#include "cause.h"
#include "market.h"

#define RULE_BIT(cause) (UINT32_C(1) << (cause))
#define RULE_PINNABLE                                                         \
    (RULE_BIT(CAUSE_REGION) | RULE_BIT(CAUSE_AUDIENCE) |                      \
        RULE_BIT(CAUSE_DATE) | RULE_BIT(CAUSE_WEEKDAY) |                      \
        RULE_BIT(CAUSE_TIME) | RULE_BIT(CAUSE_PEOPLE) | RULE_BIT(CAUSE_UNIT))

/* Every rule that blocks the pair; 0: a candidate.  Both lines must be of
 * one world: public demand with for_public, the others without. */
uint32_t rule_blocks(const struct market *market, int32_t need_line,
    int32_t offer_line);

/* The same, or where the kind is one of several at least two of them:
 * sooner said. */
uint32_t rule_blocks_near(const struct market *market, int32_t need_line,
    int32_t offer_line);

/* Does none?  Sooner said than which. */
bool rule_allows(const struct market *market, int32_t need_line,
    int32_t offer_line);

/*
 * Would the pair still be blocked if the need gave way in the one rule that
 * blocks it (for region_hard: both did; for programme_budget: there were
 * none)?  A rule can stand behind another one: the soft distance behind the
 * hard region, the programme's budget behind the need's, the weekday behind
 * the date, the window of days behind the weekday.
 */
bool rule_still_blocks(const struct market *market, int32_t need_line,
    int32_t offer_line, enum cause waived);

/* The two are of one world (public or not) and kind is all right. */
bool rule_same_kind(const struct market *market, int32_t need_line,
    int32_t offer_line);
/* Inside each other's regions, or one is online. */
bool rule_inside(const struct market *market, int32_t need, int32_t offer);
/* How far outside its regions a need looks, in metres. */
int32_t rule_reach_m(const struct market *market, int32_t need);

/* Units an offer line has to give; public: with the exposure cap. */
int32_t rule_capacity(const struct market *market, int32_t offer_line);
/* The least lot of an offer line; 0: none. */
int32_t rule_lot(const struct market *market, int32_t offer_line);
/* What a unit given uses of the offer's capacity, >= 1: people (人材) who come
 * need their hours for the way, too (travel_km_per_unit); others 1. */
int32_t rule_use(const struct market *market, int32_t need_line,
    int32_t offer_line);
/* The least units the pair can exchange, >= 1. */
int32_t rule_step(const struct market *market, int32_t need_line,
    int32_t offer_line);

#endif
