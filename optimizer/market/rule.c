/* rule.c: the rules of a candidate pair; candidate and explain ask them. */
#include "rule.h"

#include <string.h>

#include "optimizer/instance/instance.h"

static const struct market_entry *
entry_of(const struct market *market, int32_t line)
{
    return &market->entries[market->lines[line].entry];
}

bool
rule_same_kind(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    const struct market_line *need = &market->lines[need_line];
    const struct market_line *offer = &market->lines[offer_line];
    bool open = market->entries[need->entry].interest != MARKET_NONE;
    return open == offer->for_public && need->kind != TAXONOMY_NONE &&
           offer->kind != TAXONOMY_NONE &&
           taxonomy_below(&market->kinds, offer->kind, need->kind);
}

bool
rule_inside(const struct market *market, int32_t need, int32_t offer)
{
    const struct market_entry *n = &market->entries[need];
    const struct market_entry *o = &market->entries[offer];
    if (n->reach == REACH_ONLINE || o->reach == REACH_ONLINE) {
        return true;
    }
    for (int32_t i = n->regions; i < n->regions + n->regions_n; i++) {
        for (int32_t k = o->regions; k < o->regions + o->regions_n; k++) {
            if (geo_meets(&market->geo, market->regions[i],
                    market->regions[k])) {
                return true;
            }
        }
    }
    return false;
}

int32_t
rule_reach_m(const struct market *market, int32_t need)
{
    bool open = market->entries[need].interest != MARKET_NONE;
    return 1000 * (int32_t)market->value[open ? OPTION_PUBLIC_REACH
                                              : OPTION_SOFT_REACH];
}

/* Outside each other's regions, but near enough? */
static bool
within_reach(const struct market *market, int32_t need, int32_t offer)
{
    int32_t metres = market_distance_m(market, need, offer);
    int32_t reach = rule_reach_m(market, need);
    return metres >= 0 && reach > 0 && metres <= reach;
}

static uint32_t
region_blocks(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    int32_t need = market->lines[need_line].entry;
    int32_t offer = market->lines[offer_line].entry;
    if (rule_inside(market, need, offer)) {
        return 0;
    }
    if (market->entries[need].reach_hard ||
        market->entries[offer].reach_hard) {
        return RULE_BIT(CAUSE_REGION_HARD);
    }
    return within_reach(market, need, offer) ? 0 : RULE_BIT(CAUSE_REGION);
}

static uint32_t
days_block(const struct market *market, const struct market_entry *n,
    const struct market_entry *o, int32_t slot)
{
    int64_t from = n->day_from > o->day_from ? n->day_from : o->day_from;
    int64_t to = n->day_to < o->day_to ? n->day_to : o->day_to;
    from = from > market->day ? from : market->day;
    if (from > to) {
        return RULE_BIT(CAUSE_DATE);
    }
    int32_t days = (n->weekdays == 0 ? 127 : n->weekdays) &
                   (slot >= 0             ? 1 << slot
                       : o->weekdays == 0 ? 127
                                          : o->weekdays);
    return (days & market_weekdays(from, to)) == 0 ? RULE_BIT(CAUSE_WEEKDAY)
                                                   : 0;
}

/* Minutes that two windows of the day share; one may run past midnight. */
static int32_t
shared_minutes(const struct market_entry *a, const struct market_entry *b)
{
    const int32_t day = 24 * 60;
    if (a->minute_from < a->minute_to && b->minute_from < b->minute_to) {
        int32_t from = a->minute_from > b->minute_from ? a->minute_from
                                                       : b->minute_from;
        int32_t to = a->minute_to < b->minute_to ? a->minute_to
                                                 : b->minute_to;
        return to > from ? to - from : 0;
    }
    int32_t a_to = a->minute_to + (a->minute_to <= a->minute_from ? day : 0);
    int32_t b_to = b->minute_to + (b->minute_to <= b->minute_from ? day : 0);
    int32_t most = 0;
    for (int32_t shift = -day; shift <= day; shift += day) {
        int32_t b_from = b->minute_from + shift;
        int32_t from = a->minute_from > b_from ? a->minute_from : b_from;
        int32_t to = a_to < b_to + shift ? a_to : b_to + shift;
        most = to - from > most ? to - from : most;
    }
    return most;
}

static uint32_t
date_blocks(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    const struct market_line *offer = &market->lines[offer_line];
    return days_block(market, entry_of(market, need_line),
        entry_of(market, offer_line), offer->weekday);
}

static uint32_t
time_blocks(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    const struct market_entry *n = entry_of(market, need_line);
    const struct market_entry *o = entry_of(market, offer_line);
    if (n->minute_from < 0 || n->minute_to < 0 || o->minute_from < 0 ||
        o->minute_to < 0) {
        return 0;
    }
    int32_t least = n->minutes_min > 1 ? n->minutes_min : 1;
    return shared_minutes(n, o) < least ? RULE_BIT(CAUSE_TIME) : 0;
}

int32_t
rule_capacity(const struct market *market, int32_t offer_line)
{
    const struct market_line *line = &market->lines[offer_line];
    if (!line->for_public) {
        return line->quantity;
    }
    int64_t cap = market->value[OPTION_EXPOSURE_CAP];
    return cap == 0 ? INSTANCE_UNITS_MAX
                    : (int32_t)(line->quantity * cap / 100);
}

int32_t
rule_lot(const struct market *market, int32_t offer_line)
{
    const struct market_line *line = &market->lines[offer_line];
    if (line->for_public) {
        return 0;
    }
    return line->indivisible ? line->quantity : line->min_lot;
}

int32_t
rule_use(const struct market *market, int32_t need_line, int32_t offer_line)
{
    const struct market_line *offer = &market->lines[offer_line];
    int64_t km = market->value[OPTION_TRAVEL_KM];
    if (km == 0 || offer->for_public || offer->kind == TAXONOMY_NONE ||
        market->kinds.terms[offer->kind].root !=
            taxonomy_find(&market->kinds, "people")) {
        return 1;
    }
    int32_t metres = market_distance_m(market,
        market->lines[need_line].entry, offer->entry);
    return metres < 0 ? 1 : 1 + (int32_t)(metres / (1000 * km));
}

int32_t
rule_step(const struct market *market, int32_t need_line, int32_t offer_line)
{
    const struct market_line *need = &market->lines[need_line];
    int32_t lot = rule_lot(market, offer_line);
    int32_t step = need->indivisible ? need->quantity : 1;
    return lot > step ? lot : step;
}

static uint32_t
amount_blocks(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    const struct market_line *need = &market->lines[need_line];
    const struct market_line *offer = &market->lines[offer_line];
    if (offer->for_public) {
        return 0; /* by the head, for free */
    }
    int32_t lot = rule_lot(market, offer_line);
    int32_t step = rule_step(market, need_line, offer_line);
    int64_t own = market->entries[need->entry].budget_yen;
    int64_t all = market->value[OPTION_PROGRAMME_BUDGET];
    bool dear = offer->unit_cost_yen > INT32_MAX;
    int64_t cost = dear ? 0 : offer->unit_cost_yen * step;
    uint32_t blocks = 0;
    if (lot > need->quantity || lot > offer->quantity) {
        blocks |= RULE_BIT(CAUSE_MIN_LOT);
    } else if ((int64_t)step * rule_use(market, need_line, offer_line) >
               offer->quantity) {
        blocks |= RULE_BIT(CAUSE_CAPACITY);
    }
    if (own >= 0 && (dear || cost > own)) {
        blocks |= RULE_BIT(CAUSE_BUDGET);
    } else if (dear || (all >= 0 && cost > all)) {
        blocks |= RULE_BIT(CAUSE_PROGRAMME_BUDGET);
    }
    return blocks;
}

static uint32_t
audience_blocks(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    const struct market_entry *n = entry_of(market, need_line);
    const struct market_entry *o = entry_of(market, offer_line);
    return n->for_all || o->for_all ||
            taxonomy_overlap(&n->targets, &o->targets)
        ? 0
        : RULE_BIT(CAUSE_AUDIENCE);
}

static uint32_t
kind_blocks(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    return rule_same_kind(market, need_line, offer_line)
        ? 0
        : RULE_BIT(CAUSE_KIND);
}

/* What the staff said of the two; of residents' needs they say nothing. */
static const struct market_decision *
decision_on(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    int32_t need = market->lines[need_line].entry;
    return market->entries[need].interest == MARKET_NONE
        ? market_decision(market, need, market->lines[offer_line].entry)
        : NULL;
}

static bool
pinned(const struct market *market, int32_t need_line, int32_t offer_line)
{
    const struct market_decision *decision =
        decision_on(market, need_line, offer_line);
    return decision != NULL && decision->kind == DECISION_PIN;
}

/* What an organisation's need asks beside what residents' needs do. */
static uint32_t
org_blocks(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    const struct market_line *nl = &market->lines[need_line];
    const struct market_line *ol = &market->lines[offer_line];
    const struct market_entry *n = &market->entries[nl->entry];
    const struct market_entry *o = &market->entries[ol->entry];
    const struct market_decision *decision =
        decision_on(market, need_line, offer_line);
    uint32_t blocks = 0;
    if (n->interest != MARKET_NONE) {
        return 0;
    }
    if (n->org == o->org) {
        blocks |= RULE_BIT(CAUSE_SELF);
    }
    if (decision != NULL && decision->kind != DECISION_PIN) {
        blocks |= RULE_BIT(CAUSE_DECISION);
    }
    if ((n->people_max >= 0 && n->people_max < o->people_min) ||
        (o->people_max >= 0 && o->people_max < n->people_min)) {
        blocks |= RULE_BIT(CAUSE_PEOPLE);
    }
    if (!market_same_unit(nl, ol)) {
        blocks |= RULE_BIT(CAUSE_UNIT);
    }
    return blocks;
}

typedef uint32_t rule(const struct market *, int32_t, int32_t);

/* The quick ones that block most come first. */
static rule *const rules[] = {time_blocks, audience_blocks, date_blocks,
    amount_blocks, kind_blocks, org_blocks, region_blocks};

uint32_t
rule_blocks(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    uint32_t blocks = 0;
    for (size_t k = 0; k < sizeof(rules) / sizeof(*rules); k++) {
        blocks |= rules[k](market, need_line, offer_line);
    }
    return pinned(market, need_line, offer_line) ? blocks & ~RULE_PINNABLE
                                                 : blocks;
}

uint32_t
rule_blocks_near(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    uint32_t kind = kind_blocks(market, need_line, offer_line);
    for (size_t k = 0; kind != 0 && k < sizeof(rules) / sizeof(*rules); k++) {
        uint32_t other = rules[k](market, need_line, offer_line) & ~kind;
        if (other != 0 && !pinned(market, need_line, offer_line)) {
            return kind | other;
        }
    }
    return rule_blocks(market, need_line, offer_line);
}

bool
rule_allows(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    for (size_t k = 0; k < sizeof(rules) / sizeof(*rules); k++) {
        if (rules[k](market, need_line, offer_line) != 0) {
            return pinned(market, need_line, offer_line) &&
                rule_blocks(market, need_line, offer_line) == 0;
        }
    }
    return true;
}

static bool
still_dear(const struct market *market, int32_t need_line,
    int32_t offer_line, enum cause waived)
{
    const struct market_line *offer = &market->lines[offer_line];
    int64_t all = market->value[OPTION_PROGRAMME_BUDGET];
    int64_t step = rule_step(market, need_line, offer_line);
    if (offer->unit_cost_yen > INT32_MAX) {
        return true; /* more than any budget that can be counted */
    }
    return waived == CAUSE_BUDGET && all >= 0 &&
           offer->unit_cost_yen * step > all;
}

bool
rule_still_blocks(const struct market *market, int32_t need_line,
    int32_t offer_line, enum cause waived)
{
    const struct market_line *ol = &market->lines[offer_line];
    int32_t need = market->lines[need_line].entry, offer = ol->entry;
    struct market_entry given_way = market->entries[need];
    switch (waived) {
    case CAUSE_REGION_HARD:
        return !within_reach(market, need, offer);
    case CAUSE_REGION:
        return market_distance_m(market, need, offer) < 0;
    case CAUSE_DATE:
        given_way.day_from = INT32_MIN;
        given_way.day_to = INT32_MAX;
        return days_block(market, &given_way, &market->entries[offer],
                   ol->weekday) != 0;
    case CAUSE_WEEKDAY:
        given_way.weekdays = 0;
        return days_block(market, &given_way, &market->entries[offer],
                   ol->weekday) != 0;
    case CAUSE_MIN_LOT:
        return rule_lot(market, offer_line) > ol->quantity;
    case CAUSE_BUDGET:
    case CAUSE_PROGRAMME_BUDGET:
        return still_dear(market, need_line, offer_line, waived);
    default:
        return false;
    }
}
