/* test_waive.c: rule_still_blocks() against the rules themselves, run again
 * on a market in which the need has given way. */
#include "tests/unit/market_unit.h"

#include "optimizer/market/rule.h"

/* The need (for region_hard: both sides) gives way in one rule. */
static void
give_way(struct market *m, int32_t need_line, int32_t offer_line,
    enum cause cause)
{
    struct market_line *nl = &m->lines[need_line];
    struct market_entry *n = &m->entries[nl->entry];
    switch (cause) {
    case CAUSE_DECISION:
        m->decisions_n = 0;
        break;
    case CAUSE_REGION_HARD:
        n->reach_hard = false;
        m->entries[m->lines[offer_line].entry].reach_hard = false;
        break;
    case CAUSE_REGION:
        m->value[OPTION_SOFT_REACH] = m->value[OPTION_PUBLIC_REACH] = 20000;
        break;
    case CAUSE_AUDIENCE:
        n->for_all = true;
        break;
    case CAUSE_DATE:
        n->day_from = INT32_MIN;
        n->day_to = INT32_MAX;
        break;
    case CAUSE_WEEKDAY:
        n->weekdays = 0;
        break;
    case CAUSE_TIME:
        n->minute_from = n->minute_to = -1;
        break;
    case CAUSE_PEOPLE:
        n->people_min = n->people_max = -1;
        break;
    case CAUSE_UNIT:
        market_set_unit(nl, m->lines[offer_line].unit);
        break;
    case CAUSE_CAPACITY:
        nl->indivisible = false;
        break;
    case CAUSE_MIN_LOT:
        nl->quantity = rule_lot(m, offer_line);
        break;
    case CAUSE_BUDGET:
        n->budget_yen = -1;
        break;
    default:
        m->value[OPTION_PROGRAMME_BUDGET] = -1;
    }
}

/* Everything that a rule looks at, drawn narrowly, so that pairs are often
 * blocked by one rule with another behind it. */
static void
fill(struct store *store, unsigned seed)
{
    unsigned s = seed * 7919;
    unit_fill_by_chance(store, seed, 40);
    for (int id = 1; id <= 40; id++) {
        unsigned day = unit_random(&s) % 20, minute = unit_random(&s) % 12;
        if (unit_random(&s) % 2) {
            unit_sql(store, "UPDATE entries SET"
                " date_start = date('" UNIT_DATE "', '+%u days'),"
                " date_end = date('" UNIT_DATE "', '+%u days') WHERE id = %d",
                day, day + unit_random(&s) % 4, id);
        }
        if (unit_random(&s) % 3 == 0) {
            unit_sql(store, "UPDATE entries SET time_start = '%02u:00',"
                " time_end = '%02u:00' WHERE id = %d", minute + 8,
                minute + 9 + unit_random(&s) % 3, id);
        }
        if (unit_random(&s) % 3 == 0) {
            unsigned least = unit_random(&s) % 30;
            unit_sql(store, "UPDATE entries SET people_min = %u,"
                " people_max = %u WHERE id = %d", least,
                least + unit_random(&s) % 10, id);
        }
        if (unit_random(&s) % 3 == 0) {
            unit_sql(store, "UPDATE entries SET weekdays = %u,"
                " budget_yen = %u WHERE id = %d",
                1U << unit_random(&s) % 7, unit_random(&s) % 8000, id);
        }
    }
    unit_sql(store, "UPDATE entry_lines SET unit = '個' WHERE id %% 5 = 0;"
        "UPDATE entry_lines SET unit_cost_yen = 3000000000 WHERE"
        " id %% 11 = 0;"
        "UPDATE entry_lines SET indivisible = 1 WHERE id %% 3 = 0;"
        "INSERT INTO decisions (need_id, offer_id, decision, reason, actor,"
        " at) SELECT n.id, o.id, 'forbid', 'x', 'x', 'x' FROM entries AS n"
        " JOIN entries AS o ON n.side = 'need' AND o.side = 'offer' AND"
        " (n.id + o.id) %% 7 = 0;"
        "INSERT INTO weight_versions VALUES (1, 'published', 'a', 'r', 't',"
        " 't'); INSERT INTO weights VALUES (1, 'programme_budget_yen',"
        " 9000)");
}

static void
rule_still_blocks__agrees_with_the_rules_run_again(void **state)
{
    (void)state;
    int sole[CAUSE_RULES] = {0}, behind[CAUSE_RULES] = {0};
    for (unsigned seed = 1; seed <= (unsigned)unit_rounds(8); seed++) {
        struct store *store = unit_store();
        struct arena arena = {0};
        struct market *m = arena_alloc(&arena, sizeof(*m));
        fill(store, seed);
        unit_market(store, &arena, m);
        for (int32_t n = 0; n < m->lines_n; n++) {
            for (int32_t o = 0; o < m->lines_n; o++) {
                const struct market_entry *need =
                    &m->entries[m->lines[n].entry];
                const struct market_entry *offer =
                    &m->entries[m->lines[o].entry];
                bool open = need->interest != MARKET_NONE;
                if (!need->is_need || offer->is_need ||
                    m->lines[o].for_public != open) {
                    continue;
                }
                uint32_t blocks = rule_blocks(m, n, o);
                uint32_t near = rule_blocks_near(m, n, o);
                bool several = (blocks & RULE_BIT(CAUSE_KIND)) != 0 &&
                               __builtin_popcount(blocks) > 1;
                assert_true(several ? (near & RULE_BIT(CAUSE_KIND)) != 0 &&
                                          __builtin_popcount(near) > 1 &&
                                          (near & ~blocks) == 0
                                    : near == blocks);
                if (__builtin_popcount(blocks) != 1 ||
                    blocks == RULE_BIT(CAUSE_KIND) ||
                    blocks == RULE_BIT(CAUSE_SELF)) {
                    continue;
                }
                enum cause cause = (enum cause)__builtin_ctz(blocks);
                bool still = rule_still_blocks(m, n, o, cause);
                struct market way = *m;
                struct market_entry was_need = *need, was_offer = *offer;
                struct market_line was_line = m->lines[n];
                give_way(&way, n, o, cause);
                uint32_t after = rule_blocks(&way, n, o);
                m->lines[n] = was_line;
                m->entries[was_line.entry] = was_need;
                m->entries[m->lines[o].entry] = was_offer;
                if ((after != 0) != still) {
                    unit_fail("seed %u %s: still %d, rules %x\n", seed,
                        cause_name(cause), still, after);
                }
                sole[cause] += !still;
                behind[cause] += still;
            }
        }
        arena_release(&arena);
        store_close(store);
    }
    static const enum cause seen[] = {CAUSE_DECISION, CAUSE_REGION_HARD,
        CAUSE_REGION, CAUSE_AUDIENCE, CAUSE_DATE, CAUSE_WEEKDAY, CAUSE_TIME,
        CAUSE_PEOPLE, CAUSE_UNIT, CAUSE_CAPACITY, CAUSE_MIN_LOT,
        CAUSE_BUDGET};
    for (size_t k = 0; k < sizeof(seen) / sizeof(seen[0]); k++) {
        if (sole[seen[k]] == 0 && unit_all_rounds()) {
            unit_fail("never: %s\n", cause_name(seen[k]));
        }
    }
    static const enum cause masks[] = {CAUSE_REGION_HARD, CAUSE_DATE,
        CAUSE_WEEKDAY, CAUSE_BUDGET, CAUSE_PROGRAMME_BUDGET};
    for (size_t k = 0; k < sizeof(masks) / sizeof(masks[0]); k++) {
        if (behind[masks[k]] == 0 && unit_all_rounds()) {
            unit_fail("nothing ever behind %s\n", cause_name(masks[k]));
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_still_blocks__agrees_with_the_rules_run_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
