/*
 * test_switch.c: optimizer/market/market_switch.c and the other options that
 * turn a limit off: each changes what it must, nothing else, and never for
 * the worse.
 */
#include "tests/unit/market_unit.h"

#include "optimizer/check/check.h"
#include "optimizer/market/candidate.h"
#include "optimizer/market/score.h"
#include "optimizer/solve/solve.h"

enum field { /* of an instance, that a switch may change */
    F_BUDGET = 1, F_PARTNERS = 2, F_WHOLE = 4, F_CAPACITY = 8, F_NEEDS = 16,
    F_LOT = 32, F_PROGRAMME = 64, F_FLOORS = 128, F_PAIRS = 256, F_ANY = 512,
    F_USE = 1024
};

enum { TRAVEL_KM = 4 };

static const struct {
    enum option_id id;
    int64_t off;
    int fields;
} switches[] = {
    {OPTION_USE_NEED_BUDGETS, 0, F_BUDGET | F_PAIRS},
    {OPTION_USE_PARTNER_LIMITS, 0, F_PARTNERS},
    {OPTION_USE_NEED_LIMITS, 0, F_NEEDS},
    {OPTION_USE_MIN_LOTS, 0, F_LOT | F_PAIRS},
    {OPTION_USE_WHOLE_LINES, 0, F_WHOLE | F_PAIRS},
    {OPTION_USE_HARD_REGIONS, 0, F_PAIRS},
    {OPTION_USE_AUDIENCE, 0, F_PAIRS},
    {OPTION_USE_DATES, 0, F_PAIRS},
    {OPTION_USE_TIMES, 0, F_PAIRS},
    {OPTION_USE_PEOPLE, 0, F_PAIRS},
    {OPTION_PROGRAMME_BUDGET, -1, F_PROGRAMME | F_PAIRS},
    {OPTION_FLOOR_REGION_PPM, 0, F_FLOORS},
    {OPTION_FLOOR_REGION_PRICE, 0, F_FLOORS},
    {OPTION_FLOOR_SECTOR_PPM, 0, F_FLOORS},
    {OPTION_EXPOSURE_CAP, 0, F_CAPACITY},
    {OPTION_TRAVEL_KM, 0, F_PAIRS | F_USE},
};

struct side {
    struct arena arena;
    struct market market;
    struct candidates c;
    struct solve_result result;
};

static void
make_side(struct store *store, enum option_id id, int64_t value, bool set,
    struct side *s)
{
    int64_t values[OPTION_COUNT];
    struct err err = {0};
    const struct solve_options options = {.processes = -1};
    memset(s, 0, sizeof(*s));
    for (int k = 0; k < OPTION_COUNT; k++) {
        values[k] = option_at(k)->def;
    }
    values[OPTION_PROGRAMME_BUDGET] = 9000; /* so that it binds */
    values[OPTION_TRAVEL_KM] = TRAVEL_KM;
    if (set) {
        values[id] = value;
    }
    if (!market_load(store, UNIT_DATE, values, &s->arena, &s->market, &err) ||
        !candidate_build(&s->market, &s->arena, &s->c, &err) ||
        !solve(&s->c.instance, &options, &s->arena, &s->result, &err) ||
        s->result.state != SOLVE_OPTIMAL) {
        unit_fail("%s %s\n", err.text, s->result.message);
    }
}

/* Which fields differ; rows must be the same ones. */
static int
differences(const struct instance *a, const struct instance *b)
{
    int fields = 0;
    assert_int_equal(a->needs_n, b->needs_n);
    assert_int_equal(a->lines_n, b->lines_n);
    assert_int_equal(a->offers_n, b->offers_n);
    for (int32_t i = 0; i < a->needs_n; i++) {
        const struct instance_need *x = &a->needs[i], *y = &b->needs[i];
        fields |= x->budget_yen != y->budget_yen ? F_BUDGET : 0;
        fields |= x->max_partners != y->max_partners ? F_PARTNERS : 0;
    }
    for (int32_t l = 0; l < a->lines_n; l++) {
        const struct instance_line *x = &a->lines[l], *y = &b->lines[l];
        fields |= x->indivisible != y->indivisible ? F_WHOLE : 0;
        fields |= x->quantity != y->quantity || x->need != y->need ||
                x->uncovered_price != y->uncovered_price
            ? F_ANY
            : 0;
    }
    for (int32_t j = 0; j < a->offers_n; j++) {
        const struct instance_offer *x = &a->offers[j], *y = &b->offers[j];
        fields |= x->capacity != y->capacity ? F_CAPACITY : 0;
        fields |= x->max_needs != y->max_needs ? F_NEEDS : 0;
        fields |= x->min_lot != y->min_lot ? F_LOT : 0;
        fields |= x->org != y->org ? F_ANY : 0;
    }
    fields |= a->programme_budget_yen != b->programme_budget_yen
        ? F_PROGRAMME
        : 0;
    fields |= a->floors_n != b->floors_n ? F_FLOORS : 0;
    fields |= a->pairs_n != b->pairs_n ? F_PAIRS : 0;
    for (int32_t l = 0; l < a->lines_n; l++) {
        for (int32_t p = a->pair_begin[l]; p < a->pair_begin[l + 1]; p++) {
            int32_t q = instance_pair_find(b, l, a->pair_offer[p]);
            fields |= q >= 0 && a->pair_use[p] != b->pair_use[q] ? F_USE : 0;
        }
    }
    return fields;
}

/* The plan with the limit fits the instance without, at no other score. */
static void
carry_over(const struct side *on, const struct side *off)
{
    const struct instance *a = &on->c.instance, *b = &off->c.instance;
    int32_t *units = xcalloc((size_t)b->pairs_n + 1, sizeof(*units));
    int64_t value, own;
    struct err err = {0};
    for (int32_t l = 0; l < a->lines_n; l++) {
        for (int32_t p = a->pair_begin[l]; p < a->pair_begin[l + 1]; p++) {
            int32_t q = instance_pair_find(b, l, a->pair_offer[p]);
            assert_true(q >= 0);
            assert_int_equal(a->pair_score[p], b->pair_score[q]);
            assert_int_equal(a->pair_cost[p], b->pair_cost[q]);
            units[q] = on->result.units[p];
        }
    }
    if (!check_plan(b, units, &value, &err)) {
        unit_fail("%s\n", err.text);
    }
    assert_true(check_plan(b, off->result.units, &own, &err));
    free(units);
    assert_int_equal(own, off->result.value_e6);
    assert_true(value >= on->result.value_e6); /* more, without floors */
    assert_true(own >= value);
}

static void
fill(struct store *store, unsigned seed)
{
    unit_fill_by_chance(store, seed, 26);
    unit_sql(store,
        "UPDATE entries SET budget_yen = 900 * (id %% 4) WHERE id %% 3 = 0;"
        "UPDATE entries SET max_partners = 1 WHERE id %% 4 = 1;"
        "UPDATE entries SET max_needs = 1 WHERE id %% 4 < 2;"
        "UPDATE entries SET time_start = '09:00', time_end = '12:00'"
        " WHERE id %% 5 = 1;"
        "UPDATE entries SET time_start = '13:00', time_end = '15:00'"
        " WHERE id %% 5 = 2;"
        "UPDATE entries SET date_start = '2026-12-01',"
        " date_end = '2026-12-03' WHERE id %% 6 = 1;"
        "UPDATE entries SET weekdays = 1 << (id %% 3) WHERE id %% 4 = 2;"
        "UPDATE entries SET people_min = 1, people_max = 5 + 9 * (id %% 2)"
        " WHERE id %% 3 = 1;"
        "UPDATE entries SET people_min = 10, people_max = 30"
        " WHERE id %% 3 = 2;"
        "UPDATE entry_lines SET indivisible = 1 WHERE id %% 3 = 0;"
        "UPDATE entry_lines SET kind_id = iif(kind_id = 'goods', 'people',"
        " 'people_lecturer') WHERE kind_id IN ('goods', 'goods_food')");
}

static void
switch__off_changes_only_what_it_must(void **state)
{
    (void)state;
    enum { N = sizeof(switches) / sizeof(switches[0]) };
    int seen[N] = {0}, better[N] = {0};
    const int rounds = unit_rounds(24);
    for (unsigned seed = 1; seed <= (unsigned)rounds; seed++) {
        struct store *store = unit_store();
        struct side on, off;
        fill(store, seed);
        make_side(store, 0, 0, false, &on);
        for (int k = 0; k < N; k++) {
            make_side(store, switches[k].id, switches[k].off, true, &off);
            int fields = differences(&on.c.instance, &off.c.instance);
            if ((fields & ~switches[k].fields) != 0) {
                unit_fail("%s: %d\n", option_at(switches[k].id)->name,
                    fields);
            }
            seen[k] |= fields;
            carry_over(&on, &off);
            better[k] += off.result.value_e6 > on.result.value_e6;
            arena_release(&off.arena);
        }
        arena_release(&on.arena);
        store_close(store);
    }
    for (int k = 0; k < N && rounds >= 12; k++) {
        /* each field must change, and matter, somewhere */
        if (seen[k] != switches[k].fields || better[k] == 0) {
            unit_fail("%s: never\n", option_at(switches[k].id)->name);
        }
    }
}

/* A term goes to 0 with its weight, all others stay. */
static int
compare_terms(const struct side *on, const struct side *off,
    enum score_term gone)
{
    const struct instance *in = &on->c.instance;
    int changed = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int32_t offer = on->c.offer_of[in->pair_offer[p]];
            struct score a, b;
            score_pair(&on->market, on->c.line_of[l], offer, &a);
            score_pair(&off->market, on->c.line_of[l], offer, &b);
            for (int t = 0; t < TERM_COUNT; t++) {
                assert_int_equal(b.term[t], t == (int)gone ? 0 : a.term[t]);
                changed += a.term[t] != b.term[t];
            }
        }
    }
    return changed;
}

static void
switch__a_term_without_weight_is_no_term(void **state)
{
    (void)state;
    static const struct {
        enum option_id id;
        enum score_term term;
    } terms[] = {{OPTION_FIT_TARGET, TERM_TARGET},
        {OPTION_FIT_THEME, TERM_THEME}, {OPTION_FIT_TAG, TERM_TAG},
        {OPTION_DISTANCE_PRICE, TERM_DISTANCE},
        {OPTION_OUTSIDE_PRICE, TERM_OUTSIDE},
        {OPTION_ONLINE_PRICE, TERM_ONLINE},
        {OPTION_CONTINUITY, TERM_CONTINUITY},
        {OPTION_NEW_LINK, TERM_NEW_LINK}, {OPTION_WISH, TERM_WISH},
        {OPTION_SMALL_BONUS, TERM_SMALL},
        {OPTION_FRESHNESS_PRICE, TERM_FRESHNESS},
        {OPTION_COST_PRICE, TERM_COST}};
    struct store *store = unit_store();
    struct side on, off;
    fill(store, 3);
    unit_sql(store, "INSERT INTO entry_themes SELECT e.id, t.id FROM entries"
        " AS e, (SELECT id FROM themes ORDER BY id LIMIT 1) AS t;"
        "INSERT INTO entry_tags SELECT id, '茶' FROM entries;"
        "INSERT INTO entry_wishes SELECT id, 'o1', 1 FROM entries;"
        "UPDATE entries SET confirmed_on = '2026-02-01' WHERE id %% 2 = 0");
    make_side(store, 0, 0, false, &on);
    for (size_t k = 0; k < sizeof(terms) / sizeof(terms[0]); k++) {
        make_side(store, terms[k].id, 0, true, &off);
        int changed = compare_terms(&on, &off, terms[k].term);
        bool can = terms[k].term != TERM_CONTINUITY; /* no plan before */
        if ((changed > 0) != can) {
            unit_fail("%s: %d\n", option_at((int)terms[k].id)->name,
                changed);
        }
        arena_release(&off.arena);
    }
    arena_release(&on.arena);
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(switch__off_changes_only_what_it_must),
        cmocka_unit_test(switch__a_term_without_weight_is_no_term),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
