/* test_certify.c: optimizer/whatif/replay.c, certify.c: a stored run is what it
 * says, or it is found out. */
#include "tests/unit/plan_unit.h"

#include "optimizer/plan/prices.h"
#include "optimizer/whatif/certify.h"

/* A random night, solved and stored with its prices. */
static int64_t
night(struct stage *s, unsigned seed, bool limits)
{
    struct store *store = unit_store();
    struct plan_extras extras = {0};
    unit_fill_by_chance(store, seed, 24);
    if (seed % 4 == 1) { /* units that can be shared out at will */
        unit_sql(store, "UPDATE entry_lines SET min_lot = 0, indivisible = 0");
    }
    if (limits) {
        stage_limits(store);
        stage_travel(store);
    }
    stage_solve(s, store);
    enum cause *causes = arena_array(&s->arena,
        (size_t)s->c.instance.lines_n, sizeof(*causes));
    prices_collect(&s->c, &s->result, &s->arena, &extras);
    int64_t run = stage_keep(s, &extras, causes);
    if (limits) {
        unit_sql(store, "UPDATE runs SET weight_version_id = 1");
    }
    return run;
}

static void
certify(struct stage *s, int64_t run, struct certify *out)
{
    struct err err = {0};
    struct replay *replay = arena_alloc(&s->arena, sizeof(*replay));
    if (!replay_load(s->store, run, &s->arena, replay, &err) ||
        !certify_run(s->store, replay, &s->arena, out, &err)) {
        unit_fail("%s\n", err.text);
    }
}

static void
certify__a_stored_night_holds(void **state)
{
    (void)state;
    const unsigned seeds = unit_all_rounds() ? 12 : 2; /* without, with limits */
    for (unsigned seed = 1; seed <= seeds; seed++) {
        struct stage s;
        struct certify c;
        int64_t run = night(&s, seed, seed % 2 == 0);
        certify(&s, run, &c);
        assert_int_equal(c.verdict, CERTIFY_HOLDS);
        assert_int_equal(c.value_e6, s.result.value_e6);
        assert_true(c.bound_e6 >= c.value_e6);
        assert_true(seed % 4 != 1 || c.gap_ppm == 0); /* prices suffice */
        stage_end(&s);
    }
}

/* Prices of all sorts of nonsense: the bound gets worse, never wrong. */
static void
certify__tampered_prices_prove_nothing_false(void **state)
{
    (void)state;
    static const char *const lies[] = {
        "UPDATE shadow_prices SET price = 9223372036854775807",
        "UPDATE shadow_prices SET price = -9223372036854775808",
        "UPDATE shadow_prices SET price = -price",
        "UPDATE shadow_prices SET price = price / 2",
        "UPDATE shadow_prices SET price = price * 3 + 17",
        "UPDATE shadow_prices SET row_key = 'nobody:' || row_key",
        "DELETE FROM shadow_prices"};
    struct stage s;
    struct certify honest, c;
    int64_t run = night(&s, 5, false);
    certify(&s, run, &honest);
    assert_int_equal(honest.verdict, CERTIFY_HOLDS);
    assert_true(honest.prices_n > 0);
    for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        unit_sql(s.store, "SAVEPOINT lie; %s", lies[i]);
        certify(&s, run, &c);
        assert_int_equal(c.verdict, CERTIFY_HOLDS);
        assert_true(c.bound_e6 >= s.result.value_e6);
        assert_true(c.gap_ppm >= honest.gap_ppm);
        unit_sql(s.store, "ROLLBACK TO lie; RELEASE lie");
    }
    assert_true(c.gap_ppm > honest.gap_ppm); /* without prices: worse */
    stage_end(&s);
}

/* Potentials of every pair, with the run's own prices beside them. */
static void
add_potentials(struct stage *s, int64_t run, const char *prices)
{
    struct err err = {0};
    struct replay *replay = arena_alloc(&s->arena, sizeof(*replay));
    if (!replay_load(s->store, run, &s->arena, replay, &err)) {
        unit_fail("%s\n", err.text);
    }
    const struct instance *in = &replay->candidates.instance;
    assert_true(in->pairs_n > 0);
    for (int32_t p = 0; p < in->pairs_n; p++) {
        unit_sql(s->store, "INSERT INTO potentials VALUES (%lld, '%s', '%s',"
                           " '%s')",
            (long long)run, in->lines[instance_pair_line(in, p)].name,
            in->offers[in->pair_offer[p]].name, prices);
    }
    unit_sql(s->store, "INSERT INTO shadow_prices SELECT run_id,"
                       " 'agreed:' || row_kind, row_key, price"
                       " FROM shadow_prices WHERE row_kind <> 'capacity'");
}

/* Nor do potentials of all sorts; none at all change nothing. */
static void
certify__tampered_potentials_prove_nothing_false(void **state)
{
    (void)state;
    static const char *const lies[] = {"0,0,0", "", "nonsense", ",,,",
        "1000000000000,-5,7", "-3000000000,-9000000000,-12000000000",
        "9223372036854775807,9223372036854775807",
        "-9223372036854775808,-9223372036854775808",
        "99999999999999999999999999999,1"};
    struct stage s;
    struct certify honest, c;
    int64_t run = night(&s, 5, true);
    certify(&s, run, &honest);
    for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        unit_sql(s.store, "SAVEPOINT lie");
        add_potentials(&s, run, lies[i]);
        certify(&s, run, &c);
        assert_int_equal(c.verdict, CERTIFY_HOLDS);
        assert_true(c.bound_e6 >= s.result.value_e6);
        assert_true(c.bound_e6 <= honest.bound_e6);
        assert_true(i > 0 || c.bound_e6 == honest.bound_e6);
        unit_sql(s.store, "ROLLBACK TO lie; RELEASE lie");
    }
    stage_end(&s);
}

static void
certify__a_false_run_is_found_out(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        enum certify_verdict verdict;
    } lies[] = {
        {"UPDATE runs SET objective = objective + 1, bound = bound + 1",
            CERTIFY_VALUE},
        {"UPDATE runs SET bound = objective - 1", CERTIFY_BOUND},
        {"UPDATE plan_lines SET units = 1000000 WHERE id ="
         " (SELECT min(id) FROM plan_lines)", CERTIFY_PLAN},
        {"UPDATE plan_lines SET units = 4294967297", CERTIFY_PLAN},
        {"DELETE FROM plan_lines WHERE id = (SELECT min(id) FROM plan_lines)",
            CERTIFY_VALUE},
        {"DELETE FROM plan_lines WHERE region_code IS NOT NULL",
            CERTIFY_VALUE},
        {"UPDATE entries SET state = 'withdrawn' WHERE id ="
         " (SELECT min(offer_id) FROM plan_lines)", CERTIFY_CHANGED},
        {"UPDATE entry_lines SET quantity = quantity + 1 WHERE id = 1",
            CERTIFY_CHANGED}};
    struct stage s;
    int64_t run = night(&s, 5, false);
    assert_true(unit_int(s.store, "SELECT count(*) FROM plan_lines WHERE"
                                  " region_code IS NOT NULL") > 0);
    for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        struct certify c;
        unit_sql(s.store, "SAVEPOINT lie; %s", lies[i].sql);
        certify(&s, run, &c);
        if (c.verdict != lies[i].verdict) {
            unit_fail("%s: verdict %d\n", lies[i].sql, c.verdict);
        }
        assert_true(c.reason[0] != '\0');
        unit_sql(s.store, "ROLLBACK TO lie; RELEASE lie");
    }
    stage_end(&s);
}

static void
replay__wants_a_run_with_a_plan(void **state)
{
    (void)state;
    struct stage s;
    struct err unknown = {0}, planless = {0};
    night(&s, 1, false);
    struct replay *replay = arena_alloc(&s.arena, sizeof(*replay));
    assert_false(replay_load(s.store, 99, &s.arena, replay, &unknown));
    assert_int_equal(unknown.kind, ERR_INPUT);
    unit_sql(s.store, "UPDATE runs SET objective = NULL");
    assert_false(replay_load(s.store, 1, &s.arena, replay, &planless));
    assert_int_equal(planless.kind, ERR_INPUT);
    stage_end(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(certify__a_stored_night_holds),
        cmocka_unit_test(certify__tampered_prices_prove_nothing_false),
        cmocka_unit_test(certify__tampered_potentials_prove_nothing_false),
        cmocka_unit_test(certify__a_false_run_is_found_out),
        cmocka_unit_test(replay__wants_a_run_with_a_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
