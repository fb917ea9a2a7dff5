/* test_candidate.c: optimizer/candidate*.c. */
#include "tests/unit/market_unit.h"

#include <stdlib.h>

#include "optimizer/market/candidate.h"
#include "optimizer/market/rule.h"
#include "optimizer/market/score.h"

static void
build(struct store *store, struct arena *arena, struct market *market,
    struct candidates *c)
{
    struct err err = {0};
    unit_market(store, arena, market);
    if (!candidate_build(market, arena, c, &err)) {
        unit_fail("%s\n", err.text);
    }
}

static void
candidate__index_finds_every_pair_that_no_rule_blocks(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 8; seed++) {
        struct store *store = unit_store();
        unit_fill_by_chance(store, seed, 40);
        if (seed % 2 == 0) { /* residents, too, look further */
            unit_sql(store, "INSERT INTO weight_versions VALUES (1,"
                " 'published', 'a', 'r', 't', 't'); INSERT INTO weights"
                " VALUES (1, 'public_reach_km', 15)");
        }
        struct arena arena = {0};
        struct market m;
        struct candidates c;
        build(store, &arena, &m, &c);
        const struct instance *in = &c.instance;
        int64_t pairs = 0;
        for (int32_t n = 0; n < m.lines_n; n++) {
            for (int32_t o = 0; o < m.lines_n; o++) {
                if (!m.entries[m.lines[n].entry].is_need ||
                    m.entries[m.lines[o].entry].is_need ||
                    rule_blocks(&m, n, o) != 0) {
                    continue;
                }
                int32_t pair = instance_pair_find(in, c.line_at[n],
                    c.offer_at[o]);
                assert_true(pair >= 0);
                assert_int_equal(instance_pair_line(in, pair), c.line_at[n]);
                struct score score;
                score_pair(&m, n, o, &score);
                assert_int_equal(in->pair_score[pair], score.per_unit);
                pairs++;
            }
        }
        assert_int_equal(pairs, in->pairs_n);
        assert_true(pairs > 100);
        arena_release(&arena);
        store_close(store);
    }
}

static void
candidate__same_store_same_digest_and_a_change_shows(void **state)
{
    (void)state;
    char digest[3][17];
    for (int i = 0; i < 3; i++) {
        struct store *store = unit_store();
        unit_fill_by_chance(store, 3, 20);
        if (i == 2) {
            unit_sql(store, "UPDATE entry_lines SET quantity = quantity + 1"
                            " WHERE id = 1");
        }
        struct arena arena = {0};
        struct market market;
        struct candidates c;
        build(store, &arena, &market, &c);
        candidate_digest(&c, market.value, digest[i]);
        arena_release(&arena);
        store_close(store);
    }
    assert_string_equal(digest[0], digest[1]);
    assert_string_not_equal(digest[0], digest[2]);
}

/* What the digest says of an instance of which one number is another. */
static bool
digest_differs(struct candidates *c, const int64_t *weights, int32_t *number)
{
    char before[17], after[17];
    candidate_digest(c, weights, before);
    ++*number;
    candidate_digest(c, weights, after);
    --*number;
    return strcmp(before, after) != 0;
}

/* Whatever the solver reads is in it: certify would not see else that the
 * store is another one than that of the run. */
static void
candidate__every_number_of_the_instance_is_in_the_digest(void **state)
{
    (void)state;
    struct store *store = unit_store();
    struct arena arena = {0};
    struct market market;
    struct candidates c;
    unit_fill_by_chance(store, 3, 30);
    unit_sql(store, "UPDATE entries SET max_partners = 2, max_needs = 3");
    build(store, &arena, &market, &c);
    struct instance *in = &c.instance;
    assert_true(in->pairs_n > 10 && in->floors_n > 0 && in->needs_n > 2);
    int64_t *value = market.value;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        assert_true(digest_differs(&c, value, &in->pair_offer[p]));
        assert_true(digest_differs(&c, value, &in->pair_score[p]));
        assert_true(digest_differs(&c, value, &in->pair_cost[p]));
        assert_true(digest_differs(&c, value, &in->pair_use[p]));
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        struct instance_line *line = &in->lines[l];
        assert_true(digest_differs(&c, value, &line->quantity));
        assert_true(digest_differs(&c, value, &line->uncovered_price));
        assert_true(digest_differs(&c, value, &in->pair_begin[l + 1]));
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        struct instance_offer *offer = &in->offers[j];
        assert_true(digest_differs(&c, value, &offer->capacity));
        assert_true(digest_differs(&c, value, &offer->max_needs));
        assert_true(digest_differs(&c, value, &offer->min_lot));
        assert_true(digest_differs(&c, value, &offer->org));
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        assert_true(digest_differs(&c, value, &in->needs[i].max_partners));
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        struct instance_floor *floor = &in->floors[g];
        assert_true(digest_differs(&c, value, &floor->share_ppm));
        assert_true(digest_differs(&c, value, &floor->price));
        assert_true(digest_differs(&c, value,
            &in->floor_lines[floor->member_begin]));
    }
    char before[17], after[17]; /* and the weights, apart from defaults */
    candidate_digest(&c, value, before);
    for (int id = 0; id < OPTION_COUNT; id++) {
        int64_t kept = value[id];
        value[id] = option_at(id)->def == option_at(id)->max
                        ? option_at(id)->min
                        : option_at(id)->max;
        candidate_digest(&c, value, after);
        assert_string_not_equal(before, after);
        int64_t most = value[id];
        value[id] = kept + 1 == most ? kept - 1 : kept + 1;
        char other[17];
        candidate_digest(&c, value, other);
        assert_string_not_equal(after, other);
        value[id] = kept;
    }
    arena_release(&arena);
    store_close(store);
}

static void
candidate__limits_and_floors_reach_the_instance(void **state)
{
    (void)state;
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 3);
    unit_need(store, 2, 1, "venue", 1);
    unit_offer(store, 3, 2, "venue", 5);
    unit_offer(store, 4, 3, "venue", 9);
    unit_sql(store, "UPDATE entries SET budget_yen = 700, max_partners = 2,"
                    " region_code = '141011' WHERE id = 1;"
                    "UPDATE entries SET max_needs = 4 WHERE id = 3;"
                    "UPDATE entry_lines SET unit_cost_yen = 100, min_lot = 2"
                    " WHERE entry_id = 3; UPDATE entry_lines SET indivisible"
                    " = 1 WHERE entry_id IN (2, 4)");
    struct arena arena = {0};
    struct market market;
    struct candidates c;
    build(store, &arena, &market, &c);
    const struct instance *in = &c.instance;
    assert_int_equal(in->needs_n, 2);
    assert_int_equal(in->needs[0].budget_yen, 700);
    assert_int_equal(in->needs[0].max_partners, 2);
    assert_int_equal(in->needs[1].budget_yen, INSTANCE_NO_LIMIT);
    assert_int_equal(in->lines[0].quantity, 3);
    assert_int_equal(in->lines[0].uncovered_price, 500000 / 3);
    assert_true(in->lines[1].indivisible && !in->lines[0].indivisible);
    assert_int_equal(in->offers[0].max_needs, 4);
    assert_int_equal(in->offers[0].min_lot, 2);
    assert_int_equal(in->offers[1].min_lot, 9); /* all or nothing */
    assert_int_equal(in->programme_budget_yen, 300000);
    assert_int_equal(in->pairs_n, 1); /* lots larger than the needs */
    assert_int_equal(in->pair_cost[0], 100);
    /* 横浜市 (of its ward), 座間市, and the sector */
    assert_int_equal(in->floors_n, 3);
    assert_string_equal(in->floors[0].name, "region:141003");
    assert_string_equal(in->floors[1].name, "region:142166");
    assert_string_equal(in->floors[2].name, "sector:private");
    assert_int_equal(in->floor_lines[in->floors[0].member_begin], 0);
    assert_int_equal(in->floors[2].member_end - in->floors[2].member_begin,
        2);
    arena_release(&arena);
    store_close(store);
}

static void
candidate__pins_that_cannot_hold_are_dropped_with_a_reason(void **state)
{
    (void)state;
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 3);
    unit_need(store, 2, 1, "venue", 3);
    unit_offer(store, 3, 2, "venue", 4);
    unit_offer(store, 4, 2, "goods", 4);
    unit_offer(store, 5, 2, "venue", 4);
    unit_offer(store, 6, 2, "venue", 9); /* its nearest line: a lot of 5 */
    unit_line(store, 6, 2, "goods", 9);
    unit_sql(store, "UPDATE entry_lines SET min_lot = 5 WHERE entry_id = 6;"
        "INSERT INTO decisions (id, need_id, offer_id, decision, units,"
        " reason, actor, at) VALUES"
        " (1, 2, 3, 'pin', 99, 'r', 'a', 't'),"   /* as much as it wants */
        " (2, 1, 3, 'pin', 2, 'r', 'a', 't'),"    /* one is left */
        " (4, 1, 5, 'pin', 2, 'r', 'a', 't'),"    /* an earlier pair */
        " (3, 1, 4, 'pin', NULL, 'r', 'a', 't')," /* another kind */
        " (5, 1, 6, 'pin', NULL, 'r', 'a', 't')");
    struct arena arena = {0};
    struct market market;
    struct candidates c;
    build(store, &arena, &market, &c);
    assert_int_equal(c.instance.pins_n, 2); /* in the order of pairs */
    assert_int_equal(c.instance.pins[0].units, 2);
    assert_int_equal(instance_pair_line(&c.instance, c.instance.pins[0].pair), 0);
    assert_int_equal(c.instance.pins[1].units, 3);
    assert_int_equal(instance_pair_line(&c.instance, c.instance.pins[1].pair), 1);
    assert_int_equal(c.dropped_n, 3);
    assert_int_equal(market.decisions[c.dropped[0].decision].id, 2);
    assert_non_null(strstr(c.dropped[0].reason, "capacity"));
    assert_string_equal(c.dropped[1].reason, cause_label_ja(CAUSE_KIND));
    assert_string_equal(
        c.dropped[2].reason, cause_label_ja(CAUSE_MIN_LOT));
    arena_release(&arena);
    store_close(store);
}

static void
candidate__residents_share_places_under_the_exposure_cap(void **state)
{
    (void)state;
    struct store *store = unit_store();
    unit_sql(store, "INSERT INTO interests VALUES ('a', 'venue', NULL, 10, 1,"
                    " 'あ', 'a', 'あ')");
    unit_offer(store, 1, 1, "venue_shop", 30);
    unit_need(store, 2, 2, "venue", 1);
    unit_sql(store, "UPDATE entry_lines SET for_public = 1 WHERE entry_id = 1;"
        "INSERT INTO weight_versions VALUES (1, 'published', 'a', 'r', 't',"
        " 't'); INSERT INTO weights VALUES (1, 'exposure_cap_percent', 50)");
    struct arena arena = {0};
    struct market market;
    struct candidates c;
    build(store, &arena, &market, &c);
    assert_int_equal(c.instance.offers[0].capacity, 15);
    assert_int_equal(c.instance.pairs_n, 1); /* 座間市 alone, not the need */
    int32_t line = instance_pair_line(&c.instance, 0);
    const struct market_entry *need =
        &market.entries[market.lines[c.line_of[line]].entry];
    assert_string_equal(need->key, "142166:a");
    assert_int_equal(c.instance.lines[line].uncovered_price, 0);
    arena_release(&arena);
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            candidate__index_finds_every_pair_that_no_rule_blocks),
        cmocka_unit_test(
            candidate__same_store_same_digest_and_a_change_shows),
        cmocka_unit_test(
            candidate__every_number_of_the_instance_is_in_the_digest),
        cmocka_unit_test(candidate__limits_and_floors_reach_the_instance),
        cmocka_unit_test(
            candidate__pins_that_cannot_hold_are_dropped_with_a_reason),
        cmocka_unit_test(
            candidate__residents_share_places_under_the_exposure_cap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
