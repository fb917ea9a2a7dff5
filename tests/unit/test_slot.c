/*
 * test_slot.c: offer lines that have their quantity on each weekday, against
 * the same market with an offer of its own for each day, and against the
 * enumeration of all plans of that.
 */
#include "tests/unit/plan_unit.h"

#include "optimizer/whatif/replay.h"

enum { NEEDS = 3, OFFERS = 2 };

static void
put(struct store *store, int id, bool need, int org, int quantity,
    int weekdays, int lot, int cost)
{
    (need ? unit_need : unit_offer)(store, id, org, "venue", quantity);
    unit_sql(store, "UPDATE entries SET weekdays = %d WHERE id = %d;"
        "UPDATE entry_lines SET min_lot = %d, unit_cost_yen = %d"
        " WHERE entry_id = %d", weekdays, id, lot, cost, id);
}

/* Needs 1 .. 3 and rooms 10, 20; each room of a day is an entry, or all of
 * them are one that has its quantity per day. */
static struct store *
market_of(unsigned seed, bool slots)
{
    struct store *store = unit_store();
    unsigned s = seed;
    for (int n = 1; n <= NEEDS; n++) {
        int days = (int)(unit_random(&s) % 3) == 0
            ? 0
            : 1 + (int)(unit_random(&s) % 127);
        put(store, n, true, 1 + n % 2, 1 + (int)(unit_random(&s) % 2), days,
            0, 0);
        unit_sql(store, "UPDATE entries SET urgency = %u, max_partners = %s"
            " WHERE id = %d", unit_random(&s) % 4,
            unit_random(&s) % 3 == 0 ? "1" : "NULL", n);
        unit_sql(store, "UPDATE entry_lines SET indivisible = %d"
            " WHERE entry_id = %d", unit_random(&s) % 4 == 0, n);
    }
    for (int k = 1; k <= OFFERS; k++) {
        int days = 1 << unit_random(&s) % 7 | 1 << unit_random(&s) % 7;
        int quantity = 1 + (int)(unit_random(&s) % 2);
        int lot = (int)(unit_random(&s) % 2) * quantity;
        int cost = (int)(unit_random(&s) % 2) * 700;
        if (slots) {
            put(store, 10 * k, false, 2 + k, quantity, days, lot, cost);
            unit_sql(store, "UPDATE entry_lines SET per_day = 1"
                " WHERE entry_id = %d", 10 * k);
        }
        for (int day = 0; day < 7 && !slots; day++) {
            if ((days & 1 << day) != 0) {
                put(store, 10 * k + day, false, 2 + k, quantity, 1 << day,
                    lot, cost);
            }
        }
    }
    return store;
}

struct search {
    const struct instance *in;
    int32_t units[64];
    int64_t best;
};

static void
enumerate(struct search *s, int32_t l, int32_t p, int32_t left)
{
    const struct instance *in = s->in;
    while (l < in->lines_n && p == in->pair_begin[l + 1]) {
        l++;
        left = l < in->lines_n ? in->lines[l].quantity : 0;
    }
    if (l == in->lines_n) {
        int64_t value;
        struct err err = {0};
        if (check_plan(in, s->units, &value, &err) && value > s->best) {
            s->best = value;
        }
        return;
    }
    for (int32_t x = 0; x <= left; x++) {
        s->units[p] = x;
        enumerate(s, l, p + 1, left - x);
    }
    s->units[p] = 0;
}

static void
slot__a_line_per_day_is_an_offer_for_each_day(void **state)
{
    (void)state;
    int several = 0, covered = 0;
    for (unsigned seed = 1; seed <= (unsigned)unit_rounds(60); seed++) {
        struct stage slots, apart;
        stage_solve(&slots, market_of(seed, true));
        stage_solve(&apart, market_of(seed, false));
        const struct instance *in = &apart.c.instance;
        struct search s = {.in = in, .best = INT64_MIN};
        assert_int_equal(slots.c.instance.offers_n, in->offers_n);
        assert_int_equal(slots.c.instance.pairs_n, in->pairs_n);
        assert_int_equal(slots.result.value_e6, apart.result.value_e6);
        assert_true(in->pairs_n < 64);
        enumerate(&s, 0, 0, in->lines[0].quantity);
        assert_int_equal(slots.result.value_e6, s.best);
        several += in->offers_n > OFFERS;
        for (int32_t p = 0; p < in->pairs_n; p++) {
            covered += slots.result.units[p] > 0;
        }
        assert_int_equal(slots.market.counts.offer_lines, OFFERS);
        stage_end(&slots);
        stage_end(&apart);
    }
    assert_true((several > 30 && covered > 60) || !unit_all_rounds());
}

/* Two needs want a room on Monday and on Wednesday, a third on Monday, too:
 * one of the first kind must give way; the plan says the days. */
static struct store *
room_twice_a_week(void)
{
    struct store *store = unit_store();
    put(store, 1, true, 1, 1, 1, 0, 0);
    put(store, 2, true, 1, 1, 4, 0, 0);
    put(store, 3, true, 1, 1, 1 | 2, 0, 0);
    put(store, 4, false, 2, 1, 1 | 4, 0, 0);
    unit_sql(store, "UPDATE entries SET urgency = 0 WHERE id = 3;"
        "UPDATE entry_lines SET per_day = 1 WHERE entry_id = 4");
    return store;
}

static void
slot__needs_use_only_the_days_that_fit(void **state)
{
    (void)state;
    struct stage s;
    struct plan_extras extras = {0};
    struct err err = {0};
    stage_solve(&s, room_twice_a_week());
    assert_int_equal(s.c.instance.offers_n, 2);
    assert_string_equal(s.c.instance.offers[0].name, "e4#1@mon");
    assert_string_equal(s.c.instance.offers[1].name, "e4#1@wed");
    enum cause *causes = arena_array(&s.arena,
        (size_t)s.c.instance.lines_n, sizeof(*causes));
    int64_t run = stage_keep(&s, &extras, causes);
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM plan_lines"
        " WHERE (need_id, weekday) IN ((1, 0), (2, 2))"), 2);
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM plan_lines"), 2);
    assert_int_equal(causes[2], CAUSE_COMPETITION);
    /* an offer counts once, however many days of it would do */
    struct plan_near near;
    plan_near(&s.plan, 2, &s.arena, &near);
    assert_int_equal(near.pairs, 1);
    assert_int_equal(near.same_kind, 1);
    /* back from the store, slot by slot */
    struct replay *replay = arena_alloc(&s.arena, sizeof(*replay));
    assert_true(replay_load(s.store, run, &s.arena, replay, &err));
    assert_false(replay->changed);
    assert_memory_equal(replay->units, s.result.units,
        (size_t)s.c.instance.pairs_n * sizeof(int32_t));
    stage_end(&s);
}

/* Only days that come: a room for three days of one week. */
static void
slot__a_day_that_never_comes_is_no_slot(void **state)
{
    (void)state;
    struct stage s;
    struct store *store = room_twice_a_week();
    unit_sql(store, "UPDATE entries SET weekdays = 0,"
        " date_start = '2026-12-01', date_end = '2026-12-03'"
        " WHERE id = 4"); /* Tuesday to Thursday */
    stage_solve(&s, store);
    assert_int_equal(s.c.instance.offers_n, 3);
    assert_string_equal(s.c.instance.offers[0].name, "e4#1@tue");
    assert_int_equal(s.plan.line_given[0], 0);
    assert_int_equal(s.plan.line_given[1], 1);
    assert_int_equal(s.plan.line_given[2], 1);
    enum cause *causes = arena_array(&s.arena, 3, sizeof(*causes));
    plan_causes(&s.plan, causes);
    assert_int_equal(causes[0], CAUSE_WEEKDAY);
    stage_end(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slot__a_line_per_day_is_an_offer_for_each_day),
        cmocka_unit_test(slot__needs_use_only_the_days_that_fit),
        cmocka_unit_test(slot__a_day_that_never_comes_is_no_slot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
