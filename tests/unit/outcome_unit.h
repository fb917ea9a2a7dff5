/* outcome_unit.h: a solved night whose suggestions people answer. */
#ifndef TSUNAGARI_OUTCOME_UNIT_H
#define TSUNAGARI_OUTCOME_UNIT_H

#include "tests/unit/plan_unit.h"

#include "optimizer/plan/prices.h"
#include "optimizer/staff/member.h"
#include "optimizer/store/decision.h"
#include "optimizer/whatif/certify.h"

/* A night with runners-up and prices; its transaction is open. */
__attribute__((unused)) static int64_t
night(struct stage *s, struct store *store)
{
    struct plan_extras extras = {0};
    struct err err = {0};
    stage_solve(s, store);
    enum cause *causes = arena_array(&s->arena,
        (size_t)s->c.instance.lines_n, sizeof(*causes));
    assert_true(loss_alternatives(&s->plan, &s->result, &s->options,
        &s->arena, &extras, &err));
    prices_collect(&s->c, &s->result, &s->arena, &extras);
    int64_t run = stage_keep(s, &extras, causes);
    unit_sql(store, "UPDATE runs SET weight_version_id ="
        " (SELECT id FROM weight_versions WHERE state = 'published')");
    assert_true(store_begin(store, &err));
    return run;
}

/* One need, three venues: 2 is the best, then 3, then 4. */
__attribute__((unused)) static struct store *
three_venues(void)
{
    struct store *store = unit_store();
    unit_need(store, 1, 1, "venue", 1);
    for (int id = 2; id <= 4; id++) {
        unit_offer(store, id, id, "venue", 1);
        unit_sql(store, "UPDATE entry_lines SET unit_cost_yen = %d"
            " WHERE entry_id = %d", (id - 2) * 1000, id);
    }
    return store;
}

__attribute__((unused)) static bool
take(struct stage *s, int64_t need, int64_t offer, enum outcome_stage stage,
    struct amendment *amendment)
{
    struct err err = {0};
    struct outcome_order order = {.need_id = need, .offer_id = offer,
        .stage = stage, .side = "offer", .reason_code = "decline_date"};
    bool ok = outcome_take(s->store, &order, &s->arena, amendment, &err);
    assert_int_equal(err.kind, ok ? ERR_NONE : ERR_INPUT);
    return ok;
}

__attribute__((unused)) static void
certified(struct stage *s, int64_t run)
{
    struct arena arena = {0};
    struct err err = {0};
    struct certify c;
    struct replay *replay = arena_alloc(&arena, sizeof(*replay));
    if (!replay_load(s->store, run, &arena, replay, &err) ||
        !certify_run(s->store, replay, &arena, &c, &err)) {
        unit_fail("%s\n", err.text);
    }
    if (c.verdict != CERTIFY_HOLDS) {
        unit_fail("run %d: %s\n", (int)run, c.reason);
    }
    assert_int_equal(c.value_e6, replay->run.objective);
    assert_int_equal(c.bound_e6, replay->run.bound);
    arena_release(&arena);
}

#endif
