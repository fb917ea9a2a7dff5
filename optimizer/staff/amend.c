/* amend.c: tonight's plan after a partner left it (amend.h). */
#include "amend.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/check/check.h"
#include "optimizer/check/proof.h"
#include "optimizer/plan/explain.h"
#include "optimizer/plan/plan_write.h"
#include "optimizer/plan/prices.h"
#include "optimizer/plan/summary.h"
#include "optimizer/solve/tier.h"
#include "optimizer/store/run.h"
#include "optimizer/whatif/replay.h"

struct change {
    struct store *store;
    struct arena *arena;
    struct replay *replay;
    struct amendment *out;
    bool *touched; /* lines of the instance that lost a pair */
    struct plan_alternative *runners; /* by line and rank */
    int32_t runners_n;
};

/* The newest plan, if it has the pair. */
static bool
find_plan(struct store *store, int64_t need_id, int64_t offer_id,
    int64_t *run_id, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT run_id FROM plan_lines WHERE run_id = " RUN_NEWEST_PLAN
        "   AND (?1 = 0 OR need_id = ?1) AND (?2 = 0 OR offer_id = ?2)"
        " LIMIT 1",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, need_id);
    store_bind_int(stmt, 2, offer_id);
    int step = store_step(stmt, err);
    *run_id = step > 0 ? store_int(stmt, 0) : 0;
    store_finish(stmt);
    return step >= 0;
}

/* Lines of today's instance that a stored pair no longer serves. */
static bool
mark_lost(struct change *change, struct err *err)
{
    const struct market *market = &change->replay->market;
    const struct candidates *c = &change->replay->candidates;
    struct store_stmt *stmt = store_prepare(change->store,
        "SELECT need_id, need_line_no, offer_id, offer_line_no,"
        "       ifnull(weekday, -1)"
        "  FROM plan_lines WHERE run_id = ? AND need_id IS NOT NULL"
        " ORDER BY id",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, change->replay->run.id);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        int32_t need = market_line_find(market, store_int(stmt, 0),
            (int32_t)store_int(stmt, 1));
        int32_t offer = market_slot_find(market, store_int(stmt, 2),
            (int32_t)store_int(stmt, 3), (int32_t)store_int(stmt, 4));
        if (explain_pair(c, need, offer) < 0) {
            change->out->lost++;
            if (need >= 0 && c->line_at[need] >= 0) {
                change->touched[c->line_at[need]] = true;
            }
        }
    }
    store_finish(stmt);
    return step == 0;
}

/* The stored runners-up that are candidates today. */
static bool
load_runners(struct change *change, struct err *err)
{
    const struct market *market = &change->replay->market;
    const struct candidates *c = &change->replay->candidates;
    struct store_stmt *stmt = store_prepare(change->store,
        "SELECT need_id, need_line_no, offer_id, offer_line_no, loss,"
        "       ifnull(weekday, -1)"
        "  FROM alternatives WHERE run_id = ?"
        " ORDER BY need_id, need_line_no, rank",
        err);
    if (stmt == NULL) {
        return false;
    }
    change->runners = arena_array(change->arena,
        (size_t)c->instance.pairs_n, sizeof(*change->runners));
    store_bind_int(stmt, 1, change->replay->run.id);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        int32_t need = market_line_find(market, store_int(stmt, 0),
            (int32_t)store_int(stmt, 1));
        int32_t offer = market_slot_find(market, store_int(stmt, 2),
            (int32_t)store_int(stmt, 3), (int32_t)store_int(stmt, 5));
        int32_t pair = explain_pair(c, need, offer);
        if (pair >= 0 && change->runners_n < c->instance.pairs_n) {
            change->runners[change->runners_n++] =
                (struct plan_alternative){.line = c->line_at[need],
                    .pair = pair, .has_loss = !store_is_null(stmt, 4),
                    .loss_e6 = store_int(stmt, 4)};
        }
    }
    store_finish(stmt);
    return step == 0;
}

static int64_t
least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The most units of a pair that its own rows leave; partners and needs are
 * the check's. */
static int64_t
room_for(const struct instance *in, const int32_t *units, int32_t line,
    int32_t pair)
{
    int64_t given = 0, used = 0, spent = 0, spent_all = 0;
    int32_t offer = in->pair_offer[pair], need = in->lines[line].need;
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int64_t cost = (int64_t)units[p] * in->pair_cost[p];
            given += l == line ? units[p] : 0;
            used += in->pair_offer[p] == offer
                        ? (int64_t)units[p] * in->pair_use[p]
                        : 0;
            spent += in->lines[l].need == need ? cost : 0;
            spent_all += cost;
        }
    }
    int64_t room = least(in->lines[line].quantity - given,
        model_pair_most(in, line, pair) - units[pair]);
    room = least(room, (in->offers[offer].capacity - used) /
                           in->pair_use[pair]);
    int64_t cost = in->pair_cost[pair];
    if (cost > 0 && in->needs[need].budget_yen != INSTANCE_NO_LIMIT) {
        room = least(room, (in->needs[need].budget_yen - spent) / cost);
    }
    if (cost > 0 && in->programme_budget_yen != INSTANCE_NO_LIMIT) {
        room = least(room, (in->programme_budget_yen - spent_all) / cost);
    }
    return room;
}

/* Gives a lost line what a runner-up can, if the check allows it and the
 * plan gains. */
static void
promote(struct change *change, const struct plan_alternative *runner)
{
    const struct candidates *c = &change->replay->candidates;
    const struct instance *in = &c->instance;
    const struct market *market = &change->replay->market;
    int32_t *units = change->replay->units, pair = runner->pair;
    int64_t room = room_for(in, units, runner->line, pair), value;
    struct err refused = {0};
    if (units[pair] > 0 || room < 1) {
        return;
    }
    units[pair] = (int32_t)room;
    if (!check_plan(in, units, &value, &refused) ||
        value <= change->out->value_e6) {
        units[pair] = 0;
        return;
    }
    const struct market_line *nl = &market->lines[c->line_of[runner->line]];
    const struct market_line *ol =
        &market->lines[c->offer_of[in->pair_offer[pair]]];
    change->out->value_e6 = value;
    change->out->promoted[change->out->promoted_n++] =
        (struct amend_promoted){market->entries[nl->entry].id,
            market->entries[ol->entry].id, nl->line_no, ol->line_no,
            (int32_t)room};
}

/* Pins that came after the plan are raised, if that may be. */
static void
raise_pins(struct change *change)
{
    const struct instance *in = &change->replay->candidates.instance;
    for (int32_t k = 0; k < in->pins_n; k++) {
        int32_t *units = &change->replay->units[in->pins[k].pair];
        *units = *units < in->pins[k].units ? in->pins[k].units : *units;
    }
}

static bool
promote_all(struct change *change)
{
    struct amendment *out = change->out;
    struct err refused = {0};
    raise_pins(change);
    if (!check_plan(&change->replay->candidates.instance,
            change->replay->units, &out->value_e6, &refused)) {
        out->refused = arena_string(change->arena, refused.text);
        return false;
    }
    out->before_e6 = out->value_e6;
    out->promoted = arena_array(change->arena, (size_t)change->runners_n,
        sizeof(*out->promoted));
    for (int32_t i = 0; i < change->runners_n; i++) {
        if (change->touched[change->runners[i].line]) {
            promote(change, &change->runners[i]);
        }
    }
    /* what a tier misses now is what the next replay will hold it to */
    tier_settle(&change->replay->candidates.instance,
        change->replay->units);
    bool ok = check_plan(&change->replay->candidates.instance,
        change->replay->units, &out->value_e6, &refused);
    assert(ok);
    return ok;
}

/* What is left of the runners-up, ranked anew. */
static void
keep_runners(struct change *change, struct plan_extras *extras)
{
    struct plan_alternative *kept = change->runners;
    int32_t n = 0, rank = 0, last = -1;
    for (int32_t i = 0; i < change->runners_n; i++) {
        struct plan_alternative runner = change->runners[i];
        if (change->replay->units[runner.pair] > 0) {
            continue;
        }
        rank = runner.line == last ? rank + 1 : 1;
        last = runner.line;
        runner.rank = rank;
        runner.has_loss =
            runner.has_loss && !change->touched[runner.line];
        kept[n++] = runner;
    }
    extras->alternatives = kept;
    extras->alternatives_n = n;
}

static bool
copy_prices(struct change *change, struct err *err)
{
    struct store_stmt *stmt = store_prepare(change->store,
        "INSERT INTO shadow_prices (run_id, row_kind, row_key, price)"
        " SELECT ?1, row_kind, row_key, price FROM shadow_prices"
        "  WHERE run_id = ?2",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, change->out->run_id);
    store_bind_int(stmt, 2, change->out->parent_id);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    return ok;
}

static void
describe_run(const struct change *change, const char *started_at,
    struct run *run)
{
    const struct replay *replay = change->replay;
    const struct amendment *out = change->out;
    *run = (struct run){.plan_date = replay->run.plan_date,
        .state = out->bound_e6 == out->value_e6 ? "optimal" : "feasible",
        .weight_version = replay->run.weight_version,
        .amends = out->parent_id,
        .has_plan = true,
        .objective = out->value_e6,
        .bound = out->bound_e6,
        .gap_ppm = proof_gap_ppm(out->value_e6, out->bound_e6),
        .needs_n = replay->market.counts.needs,
        .lines_n = replay->market.counts.need_lines,
        .offers_n = replay->market.counts.offers,
        .pairs_n = replay->candidates.instance.pairs_n,
        .input_digest = replay->digest,
        .started_at = started_at};
}

static bool
write_summary(struct change *change, const struct plan *plan,
    const enum cause *causes, struct run *run, struct err *err)
{
    struct summary summary;
    struct summary_run head = {.run_id = run->id, .amends = run->amends,
        .plan_date = run->plan_date, .state = run->state,
        .method = "amended", .digest = run->input_digest,
        .weight_version = run->weight_version, .value_e6 = run->objective,
        .bound_e6 = run->bound, .gap_ppm = run->gap_ppm};
    struct json json = {0};
    summary_make(plan, causes, change->arena, &summary);
    summary_write(&summary, &head, &json);
    run->summary = json.text;
    bool ok = run_set_summary(change->store, run, err);
    json_release(&json);
    return ok;
}

static bool
write_run(struct change *change, struct err *err)
{
    struct replay *replay = change->replay;
    const struct instance *in = &replay->candidates.instance;
    struct plan plan;
    struct run run;
    struct plan_extras extras = {0};
    int64_t prices_n;
    char now[21];
    store_now(now);
    enum cause *causes =
        arena_array(change->arena, (size_t)in->lines_n, sizeof(*causes));
    struct proof_prices prices;
    if (!prices_load(change->store, replay->run.id, in, change->arena,
            &prices, &prices_n, err)) {
        return false;
    }
    change->out->bound_e6 = proof_bound(in, &prices);
    describe_run(change, now, &run);
    keep_runners(change, &extras);
    plan_init(&replay->market, &replay->candidates, replay->units,
        change->arena, &plan);
    if (!run_insert(change->store, &run, err)) {
        return false;
    }
    change->out->run_id = run.id;
    return plan_write(change->store, run.id, &plan, &extras, causes, err) &&
           copy_prices(change, err) &&
           write_summary(change, &plan, causes, &run, err);
}

bool
amend_plan(struct store *store, int64_t need_id, int64_t offer_id,
    struct arena *arena, struct amendment *out, struct err *err)
{
    struct change change = {.store = store, .arena = arena, .out = out};
    memset(out, 0, sizeof(*out));
    if (!find_plan(store, need_id, offer_id, &out->parent_id, err)) {
        return false;
    }
    if (out->parent_id == 0) {
        return true;
    }
    change.replay = arena_alloc(arena, sizeof(*change.replay));
    if (!replay_load(store, out->parent_id, arena, change.replay, err)) {
        return false;
    }
    change.touched = arena_array(arena,
        (size_t)change.replay->candidates.instance.lines_n, sizeof(bool));
    if (!mark_lost(&change, err) || !load_runners(&change, err)) {
        return false;
    }
    return !promote_all(&change) || write_run(&change, err);
}

bool
amend_entry(struct store *store, int64_t entry_id, struct arena *arena,
    struct amendment *out, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT side = 'need' FROM entries WHERE id = ?", err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, entry_id);
    int step = store_step(stmt, err);
    bool need = step > 0 && store_int(stmt, 0) != 0;
    store_finish(stmt);
    return step >= 0 && amend_plan(store, need ? entry_id : 0,
                            need ? 0 : entry_id, arena, out, err);
}
