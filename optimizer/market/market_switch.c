/* market_switch.c: limits and rules that are switched off; a part of
 * market.c. */
#include "market.h"

static void
switch_entry(const int64_t *value, struct market_entry *entry)
{
    if (!value[OPTION_USE_NEED_BUDGETS]) {
        entry->budget_yen = -1;
    }
    if (!value[OPTION_USE_PARTNER_LIMITS]) {
        entry->max_partners = 0;
    }
    if (!value[OPTION_USE_NEED_LIMITS]) {
        entry->max_needs = 0;
    }
    if (!value[OPTION_USE_HARD_REGIONS]) {
        entry->reach_hard = false;
    }
    if (!value[OPTION_USE_AUDIENCE]) {
        entry->for_all = true;
    }
    if (!value[OPTION_USE_DATES]) {
        entry->day_from = INT32_MIN;
        entry->day_to = INT32_MAX;
        entry->weekdays = 0;
    }
    if (!value[OPTION_USE_TIMES]) {
        entry->minute_from = entry->minute_to = -1;
    }
    if (!value[OPTION_USE_PEOPLE]) {
        entry->people_min = entry->people_max = -1;
    }
}

void
market_switch(struct market *market)
{
    const int64_t *value = market->value;
    for (int32_t e = 0; e < market->entries_n; e++) {
        switch_entry(value, &market->entries[e]);
    }
    for (int32_t l = 0; l < market->lines_n; l++) {
        struct market_line *line = &market->lines[l];
        bool need = market->entries[line->entry].is_need;
        if (!value[need ? OPTION_USE_WHOLE_LINES : OPTION_USE_MIN_LOTS]) {
            line->indivisible = false;
        }
        if (!value[OPTION_USE_MIN_LOTS]) {
            line->min_lot = 0;
        }
    }
}
