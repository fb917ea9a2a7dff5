/* test_market.c: optimizer/market*.c, day.c, geo.c, taxonomy.c. */
#include "tests/unit/market_unit.h"

#include "optimizer/base/day.h"
#include "schema/distance.h"

static void
day__calendar_is_right(void **state)
{
    (void)state;
    assert_int_equal(day_parse("1970-01-01", -1), 0);
    assert_int_equal(day_parse("2026-11-21", -1), 20778);
    assert_int_equal(day_parse("2000-02-29", 0) + 1,
        day_parse("2000-03-01", 0));
    assert_int_equal(day_weekday(day_parse("2026-11-21", 0)), 5);
    assert_int_equal(day_weekday(day_parse("1969-12-29", 0)), 0);
    assert_int_equal(day_parse("", 7), 7);
    assert_int_equal(day_parse("2026-1", 7), 7);
    assert_int_equal(minute_parse("09:30", -1), 570);
    assert_int_equal(minute_parse("25:00", -1), -1);
    assert_int_equal(minute_parse("", -1), -1);
}

static void
geo__distances_are_those_of_the_map(void **state)
{
    (void)state;
    /* 座間市役所 to 横浜市役所: 21.0 km by the great circle */
    int32_t metres = distance_m(35488560, 139407620, 35450195,
        139634903);
    assert_in_range(metres, 20900, 21100);
    assert_int_equal(metres % 100, 0);
    assert_int_equal(metres,
        distance_m(35450195, 139634903, 35488560, 139407620));
    assert_int_equal(distance_m(35000000, 139000000, 35000000,
        139000000), 0);
    /* one degree of the meridian; the date line; no overflow at the ends */
    assert_in_range(distance_m(35000000, 139000000, 36000000,
        139000000), 111100, 111300);
    assert_in_range(distance_m(0, 179500000, 0, -179500000), 111100,
        111300);
    assert_true(distance_m(90000000, 0, -90000000, 180000000) > 0);
}

/* As first written: a bit at a time, and a loop over the terms. */
static int64_t
slow_root(int64_t value)
{
    int64_t root = 0;
    for (int64_t bit = (int64_t)1 << 31; bit > 0; bit >>= 1) {
        int64_t more = root | bit;
        root = more <= value / more ? more : root;
    }
    return root;
}

static int32_t
slow_distance(int64_t lat_a, int64_t lon_a, int64_t lat_b, int64_t lon_b)
{
    const int64_t one = 1000000000;
    int64_t x = (lat_a + lat_b) / 2 * 174532925 / 10000000;
    int64_t square = x * x / one, term = one, cosine = one;
    for (int64_t k = 1; k <= 15; k += 2) {
        term = -(term * square / one) / (k * (k + 1));
        cosine += term;
    }
    cosine = cosine < 0 ? 0 : cosine;
    int64_t dlon = lon_a < lon_b ? lon_b - lon_a : lon_a - lon_b;
    dlon = dlon > 180000000 ? 360000000 - dlon : dlon;
    int64_t dlat = lat_a < lat_b ? lat_b - lat_a : lat_a - lat_b;
    int64_t north = dlat * 111195 / 1000000;
    int64_t east = dlon * cosine / one * 111195 / 1000000;
    return (int32_t)((slow_root(north * north + east * east) + 50) / 100 *
                     100);
}

/*
 * Everywhere, near each other, and at the edges: quick and slow agree, and
 * what is said to be beyond a distance is that far.
 */
static void
geo__quick_distances_are_the_slow_ones(void **state)
{
    (void)state;
    static const int32_t edges[] = {0, 1, 9, 1000000, 35999999, 36000000,
        59999999, 60000001, 89999999, 90000000};
    uint64_t random = 20261121;
    int beyond = 0;
    for (int i = 0; i < 200000; i++) {
        int32_t at[4];
        for (int k = 0; k < 4; k++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            int64_t range = k % 2 == 0 ? 90000000 : 180000000;
            at[k] = i % 8 == 0 ? edges[(random >> 33) % 10] *
                                     ((random >> 60) % 2 ? 1 : -1)
                               : (int32_t)((int64_t)(random >> 33) %
                                               (2 * range + 1) - range);
            if (k > 1 && i % 8 > 3) { /* some kilometres away */
                at[k] = at[k - 2] + at[k] / (1 << (i % 8 + 2));
                at[k] = at[k] > range ? (int32_t)range : at[k];
                at[k] = at[k] < -range ? (int32_t)-range : at[k];
            }
        }
        int32_t metres = distance_m(at[0], at[1], at[2], at[3]);
        assert_int_equal(metres, slow_distance(at[0], at[1], at[2], at[3]));
        assert_true(distance_beyond(at[0], at[1], at[2], at[3], 0));
        assert_false(distance_beyond(
            at[0], at[1], at[2], at[3], (uint32_t)metres + 100));
        uint32_t near = (uint32_t)metres / 105 * 100;
        beyond += distance_beyond(at[0], at[1], at[2], at[3], near);
    }
    assert_true(beyond > 100000); /* it is of use */
}

/* Around one point and many, near and far, beyond the last meridian, too. */
static void
geo__a_ring_told_is_the_true_one_or_next_to_it(void **state)
{
    (void)state;
    static const int32_t spread[][2] = {{90000000, 180000000},
        {12000000, 16000000}, {300000, 400000}, {20000, 30000}};
    uint64_t random = 20261121;
    int not_the_same = 0;
    for (uint32_t i = 0; i < 60000; i++) {
        struct distance_point at[DISTANCE_POINTS + 8];
        for (int k = 0; k < DISTANCE_POINTS + 8; k++) {
            const int32_t *wide = spread[i % 4];
            random = random * 6364136223846793005u + 1442695040888963407u;
            at[k].lat_e6 = (int32_t)((random >> 33) % (2u * (uint32_t)wide[0] +
                                                          1)) - wide[0];
            random = random * 6364136223846793005u + 1442695040888963407u;
            at[k].lon_e6 = (int32_t)((random >> 33) % (2u * (uint32_t)wide[1] +
                                                          1)) - wide[1];
            if (i % 4 > 0) {
                at[k].lat_e6 += i % 8 < 4 ? 35500000 : -61000000;
                at[k].lon_e6 += i % 16 < 8 ? 138000000 : 163000000;
            }
        }
        uint32_t n = 1 + i / 4 % DISTANCE_POINTS, places = 1 + i / 4 % 8;
        int32_t lat[8], lon[8];
        uint32_t told[8];
        for (int k = 0; k < 8; k++) {
            lat[k] = at[DISTANCE_POINTS + k].lat_e6;
            lon[k] = at[DISTANCE_POINTS + k].lon_e6;
        }
        struct distance_from from;
        distance_from_init(&from, at, n);
        distance_rings(&from, lat, lon, places, told);
        for (uint32_t k = 0; k < places; k++) {
            int32_t least = INT32_MAX;
            for (uint32_t p = 0; p < n; p++) {
                int32_t metres = distance_m(
                    at[p].lat_e6, at[p].lon_e6, lat[k], lon[k]);
                least = metres < least ? metres : least;
            }
            assert_in_range(told[k] + 1, (uint32_t)least / 100,
                (uint32_t)least / 100 + 2);
            not_the_same += told[k] != (uint32_t)least / 100;
        }
    }
    assert_true(not_the_same > 0); /* the header promises no more */
}

static void
geo__subtrees_and_units(void **state)
{
    (void)state;
    struct store *store = unit_store();
    struct arena arena = {0};
    struct geo geo;
    struct err err = {0};
    assert_true(geo_load(store, &arena, &geo, &err));
    /* As one says it: an area is no part of the name of its prefecture. */
    static const char *const names[][2] = {{"A14-03", "県央地域圏"},
        {"142166", "座間市"}, {"141011", "横浜市鶴見区"},
        {"322091", "島根県雲南市"}};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_string_equal(geo.regions[geo_find(&geo, names[i][0])].name,
            names[i][1]);
    }
    int32_t ken = geo_find(&geo, "140007"), zama = geo_find(&geo, "142166");
    int32_t yokohama = geo_find(&geo, "141003");
    int32_t tsurumi = geo_find(&geo, "141011");
    assert_int_equal(geo.home, ken);
    assert_int_equal(geo_find(&geo, "999999"), GEO_NONE);
    assert_true(geo_below(&geo, tsurumi, yokohama));
    assert_true(geo_below(&geo, tsurumi, tsurumi));
    assert_false(geo_below(&geo, yokohama, tsurumi));
    assert_true(geo_meets(&geo, yokohama, tsurumi));
    assert_false(geo_meets(&geo, zama, tsurumi));
    assert_int_equal(geo_at_level(&geo, tsurumi, GEO_MUNICIPALITY),
        yokohama);
    assert_true(geo.regions[tsurumi].unit && geo.regions[zama].unit);
    assert_false(geo.regions[yokohama].unit || geo.regions[ken].unit);
    arena_release(&arena);
    store_close(store);
}

static void
taxonomy__overlap_is_up_and_down_not_sideways(void **state)
{
    (void)state;
    struct store *store = unit_store();
    struct arena arena = {0};
    struct taxonomy t;
    struct err err = {0};
    assert_true(taxonomy_load(store, "target_groups", &arena, &t, &err));
    struct taxonomy_set child = {0}, pupil = {0}, teen = {0}, none = {0};
    taxonomy_add(&t, taxonomy_find(&t, "children"), &child);
    taxonomy_add(&t, taxonomy_find(&t, "elementary_pupils"), &pupil);
    taxonomy_add(&t, taxonomy_find(&t, "junior_high_students"), &teen);
    assert_true(taxonomy_overlap(&child, &pupil));
    assert_true(taxonomy_overlap(&pupil, &child));
    assert_false(taxonomy_overlap(&pupil, &teen));
    assert_false(taxonomy_overlap(&pupil, &none));
    assert_true(taxonomy_empty(&none));
    unit_sql(store, "UPDATE target_groups SET parent_id = 'elementary_pupils'"
                    " WHERE id = 'children'");
    assert_false(taxonomy_load(store, "target_groups", &arena, &t, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    arena_release(&arena);
    store_close(store);
}

static void
market__only_approved_screened_fresh_entries_take_part(void **state)
{
    (void)state;
    struct store *store = unit_store();
    for (int id = 1; id <= 7; id++) {
        unit_need(store, id, 1, "venue", 1);
    }
    unit_sql(store, "UPDATE entries SET state = 'paused' WHERE id = 2");
    unit_sql(store, "UPDATE screenings SET result = 'unclear'"
                    " WHERE entry_id = 3 AND requirement_id ="
                    " 'req_residents'");
    unit_sql(store, "UPDATE entries SET expires_on = '2026-11-20'"
                    " WHERE id = 4");
    unit_sql(store, "UPDATE entries SET date_end = '2026-11-20'"
                    " WHERE id = 5");
    unit_sql(store, "UPDATE entries SET confirmed_on = '2025-11-20'"
                    " WHERE id = 6"); /* 366 days */
    unit_sql(store, "UPDATE entries SET confirmed_on = '2025-11-21',"
                    " expires_on = '2026-11-21' WHERE id = 7"); /* last day */
    struct arena arena = {0};
    struct market market;
    unit_market(store, &arena, &market);
    assert_int_equal(market.entries_n, 2);
    assert_true(market_find(&market, 1) >= 0);
    assert_true(market_find(&market, 7) >= 0);
    assert_int_equal(market_find(&market, 3), MARKET_NONE);
    assert_int_equal(market.counts.approved, 6);
    assert_int_equal(market.counts.unscreened, 1);
    assert_int_equal(market.counts.expired, 2);
    assert_int_equal(market.counts.stale, 1);
    arena_release(&arena);
    store_close(store);
}

static void
market__public_demand_is_people_per_unit_region_and_interest(void **state)
{
    (void)state;
    struct store *store = unit_store();
    unit_sql(store,
        "INSERT INTO interests VALUES ('a', 'venue', NULL, 20, 1, 'あ', 'a',"
        " 'あ'), ('b', 'lecture', 'parents', 0, 2, 'い', 'b', 'い');"
        "INSERT INTO interest_targets VALUES ('142166', 'b', 7)");
    unit_offer(store, 1, 1, "venue", 5);
    struct arena arena = {0};
    struct market market;
    unit_market(store, &arena, &market);
    int64_t units = unit_int(store,
        "SELECT count(*) FROM regions AS r WHERE home = 1"
        " AND level IN ('municipality', 'ward') AND NOT EXISTS (SELECT 1"
        " FROM regions AS w WHERE w.parent_code = r.code)");
    assert_int_equal(market.counts.public_demands, units + 1);
    int64_t people = unit_int(store,
        "SELECT population * 20 / 10000 FROM regions WHERE code = '142166'");
    int found = 0;
    for (int32_t e = 1; e < market.entries_n; e++) {
        const struct market_entry *entry = &market.entries[e];
        int32_t quantity = market.lines[entry->lines].quantity;
        if (strcmp(entry->key, "142166:a") == 0) {
            assert_int_equal(quantity, people);
            found++;
        }
        if (strcmp(entry->key, "142166:b") == 0) {
            assert_int_equal(quantity, 7);
            assert_false(entry->for_all);
            found++;
        }
    }
    assert_int_equal(found, 2);
    arena_release(&arena);
    store_close(store);
}

static void
market__the_newest_decision_in_force_counts(void **state)
{
    (void)state;
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 1);
    for (int id = 2; id <= 5; id++) {
        unit_offer(store, id, 2, "venue", 1);
    }
    unit_sql(store,
        "INSERT INTO decisions (need_id, offer_id, decision, reason, until,"
        " actor, at, revoked_at) VALUES"
        " (1, 2, 'pin', 'r', NULL, 'a', 't', NULL),"
        " (1, 2, 'forbid', 'r', '2026-11-21', 'a', 't', NULL),"
        " (1, 3, 'forbid', 'r', '2026-11-20', 'a', 't', NULL),"
        " (1, 4, 'defer', 'r', '2026-11-21', 'a', 't', NULL),"
        " (1, 5, 'forbid', 'r', NULL, 'a', 't', '2026-11-01T00:00:00Z')");
    struct arena arena = {0};
    struct market market;
    unit_market(store, &arena, &market);
    int32_t need = market_find(&market, 1);
    const struct market_decision *d =
        market_decision(&market, need, market_find(&market, 2));
    assert_non_null(d);
    assert_int_equal(d->kind, DECISION_FORBID);
    for (int id = 3; id <= 5; id++) {
        assert_null(market_decision(&market, need, market_find(&market, id)));
    }
    unit_market_on(store, "2026-11-20", &arena, &market);
    assert_int_equal(market.decisions_n, 3);
    unit_market_on(store, "2026-11-22", &arena, &market);
    assert_int_equal(market.decisions_n, 1); /* the pin is back */
    arena_release(&arena);
    store_close(store);
}

static void
market__unknown_day_or_weight_is_refused(void **state)
{
    (void)state;
    struct store *store = unit_store();
    struct arena arena = {0};
    struct market market;
    struct err err = {0};
    int64_t value[OPTION_COUNT];
    assert_true(weights_load(store, WEIGHTS_DEFAULT, value, &err));
    assert_false(market_load(store, "tonight", value, &arena, &market, &err));
    struct err bad = {0};
    value[OPTION_STALE_DAYS] = 0;
    assert_false(market_load(store, UNIT_DATE, value, &arena, &market,
        &bad));
    assert_int_equal(bad.kind, ERR_INPUT);
    arena_release(&arena);
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day__calendar_is_right),
        cmocka_unit_test(geo__distances_are_those_of_the_map),
        cmocka_unit_test(geo__quick_distances_are_the_slow_ones),
        cmocka_unit_test(geo__a_ring_told_is_the_true_one_or_next_to_it),
        cmocka_unit_test(geo__subtrees_and_units),
        cmocka_unit_test(taxonomy__overlap_is_up_and_down_not_sideways),
        cmocka_unit_test(
            market__only_approved_screened_fresh_entries_take_part),
        cmocka_unit_test(
            market__public_demand_is_people_per_unit_region_and_interest),
        cmocka_unit_test(market__the_newest_decision_in_force_counts),
        cmocka_unit_test(market__unknown_day_or_weight_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
