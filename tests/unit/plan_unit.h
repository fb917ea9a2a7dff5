/* plan_unit.h: a store, solved and checked, for the tests of plans. */
#ifndef TSUNAGARI_PLAN_UNIT_H
#define TSUNAGARI_PLAN_UNIT_H

#include "tests/unit/market_unit.h"

#include "optimizer/check/check.h"
#include "optimizer/plan/loss.h"
#include "optimizer/plan/plan_write.h"
#include "optimizer/solve/tier.h"
#include "optimizer/store/run.h"

struct stage {
    struct store *store;
    struct arena arena;
    struct market market;
    struct candidates c;
    struct solve_options options;
    struct solve_result result;
    struct plan plan;
};

__attribute__((unused)) static void
stage_solve(struct stage *s, struct store *store)
{
    struct err err = {0};
    int64_t value;
    memset(s, 0, sizeof(*s));
    s->store = store;
    s->options.processes = 1;
    unit_market(store, &s->arena, &s->market);
    if (!candidate_build(&s->market, &s->arena, &s->c, &err) ||
        !tier_solve(&s->c.instance, &s->options, &s->arena, &s->result, &err) ||
        s->result.units == NULL ||
        !check_plan(&s->c.instance, s->result.units, &value, &err)) {
        unit_fail("%s %s\n", err.text, s->result.message);
    }
    assert_int_equal(s->result.state, SOLVE_OPTIMAL);
    assert_int_equal(value, s->result.value_e6);
    plan_init(&s->market, &s->c, s->result.units, &s->arena, &s->plan);
}

__attribute__((unused)) static void
stage_end(struct stage *s)
{
    arena_release(&s->arena);
    store_close(s->store);
}

/* Stores the plan as match does; the run's id. */
__attribute__((unused)) static int64_t
stage_keep(struct stage *s, const struct plan_extras *extras,
    enum cause *causes)
{
    struct err err = {0};
    char digest[17];
    candidate_digest(&s->c, s->market.value, digest);
    struct run run = {.plan_date = UNIT_DATE, .state = "optimal",
        .has_plan = true, .objective = s->result.value_e6,
        .bound = s->result.bound_e6, .input_digest = digest,
        .started_at = "2026-11-21T00:00:00Z"};
    if (!store_begin(s->store, &err) ||
        !run_insert(s->store, &run, &err) ||
        !plan_write(s->store, run.id, &s->plan, extras, causes, &err) ||
        !store_commit(s->store, &err)) {
        unit_fail("%s\n", err.text);
    }
    return run.id;
}

/* Limits of every sort on the entries of unit_fill_by_chance(). */
__attribute__((unused)) static void
stage_limits(struct store *store)
{
    unit_sql(store, "UPDATE entries SET max_partners = 1 WHERE id %% 3 = 0;"
        "UPDATE entries SET max_needs = 1 WHERE id %% 4 = 0;"
        "UPDATE entries SET budget_yen = 6000 WHERE id %% 2 = 0;"
        "INSERT INTO weight_versions VALUES (1, 'published', 'a', 'r', 't',"
        " 't'); INSERT INTO weights VALUES (1, 'programme_budget_yen',"
        " 20000)");
}

/* Behind stage_limits(): people among the offers, who need their hours for
 * the way, too. */
__attribute__((unused)) static void
stage_travel(struct store *store)
{
    unit_sql(store, "INSERT INTO weights VALUES (1, 'travel_km_per_unit', 6);"
        "UPDATE entry_lines SET kind_id = iif(kind_id = 'goods', 'people',"
        " 'people_lecturer') WHERE kind_id IN ('goods', 'goods_food')");
}

#endif
