/* rule.c: the rules of a candidate pair; candidate and explain ask them. */
#include "rule.h"

#include <string.h>

#include "optimizer/instance/instance.h"

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
region_blocks(const struct market *market, int32_t need, int32_t offer)
{
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
date_blocks(const struct market *market, const struct market_entry *n,
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
time_blocks(const struct market_entry *n, const struct market_entry *o)
{
    if (n->minute_from < 0 || n->minute_to < 0 || o->minute_from < 0 ||
        o->minute_to < 0) {
        return 0;
    }
    int32_t least = n->minutes_min > 1 ? n->minutes_min : 1;
    return shared_minutes(n, o) < least ? RULE_BIT(CAUSE_TIME) : 0;
}

static bool
same_unit(const char *a, const char *b)
{
    static const char *const people[] = {"人", "名"};
    a = strcmp(a, people[1]) == 0 ? people[0] : a;
    b = strcmp(b, people[1]) == 0 ? people[0] : b;
    return strcmp(a, b) == 0;
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
    } else if (step > offer->quantity) {
        blocks |= RULE_BIT(CAUSE_CAPACITY);
    }
    if (own >= 0 && (dear || cost > own)) {
        blocks |= RULE_BIT(CAUSE_BUDGET);
    } else if (dear || (all >= 0 && cost > all)) {
        blocks |= RULE_BIT(CAUSE_PROGRAMME_BUDGET);
    }
    return blocks;
}

/* What an organisation's need asks beside what residents' needs do. */
static uint32_t
org_blocks(const struct market *market, int32_t need_line,
    int32_t offer_line, const struct market_decision *decision)
{
    const struct market_line *nl = &market->lines[need_line];
    const struct market_line *ol = &market->lines[offer_line];
    const struct market_entry *n = &market->entries[nl->entry];
    const struct market_entry *o = &market->entries[ol->entry];
    uint32_t blocks = 0;
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
    if (!same_unit(nl->unit, ol->unit)) {
        blocks |= RULE_BIT(CAUSE_UNIT);
    }
    return blocks;
}

uint32_t
rule_blocks(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    const struct market_line *nl = &market->lines[need_line];
    const struct market_line *ol = &market->lines[offer_line];
    const struct market_entry *n = &market->entries[nl->entry];
    const struct market_entry *o = &market->entries[ol->entry];
    uint32_t blocks = region_blocks(market, nl->entry, ol->entry) |
                      date_blocks(market, n, o, ol->weekday) | time_blocks(n, o) |
                      amount_blocks(market, need_line, offer_line);
    if (!rule_same_kind(market, need_line, offer_line)) {
        blocks |= RULE_BIT(CAUSE_KIND);
    }
    if (!n->for_all && !o->for_all &&
        !taxonomy_overlap(&n->targets, &o->targets)) {
        blocks |= RULE_BIT(CAUSE_AUDIENCE);
    }
    if (n->interest == MARKET_NONE) {
        const struct market_decision *decision =
            market_decision(market, nl->entry, ol->entry);
        blocks |= org_blocks(market, need_line, offer_line, decision);
        if (decision != NULL && decision->kind == DECISION_PIN) {
            blocks &= ~RULE_PINNABLE;
        }
    }
    return blocks;
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
        return date_blocks(market, &given_way, &market->entries[offer],
                   ol->weekday) != 0;
    case CAUSE_WEEKDAY:
        given_way.weekdays = 0;
        return date_blocks(market, &given_way, &market->entries[offer],
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
