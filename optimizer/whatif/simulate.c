/* simulate.c: two plans side by side; simulate_print.c shows them. */
#include "simulate.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/market/reason.h"
#include "optimizer/plan/explain.h"
#include "optimizer/plan/prices.h"
#include "optimizer/solve/accept.h"
#include "optimizer/solve/tier.h"

enum { PROVEN_PAIRS = 3000 }; /* fewer are soon solved to the end */

struct used { /* a used pair, by ids that both sides know */
    int64_t need_id, offer_id;
    int32_t need_line_no, offer_line_no, units;
    const char *demand; /* key of public demand, "" */
    int32_t need_line, offer_line; /* of the side's market */
    const struct market *market;
};

static int
compare_used(const void *left, const void *right)
{
    const struct used *a = left, *b = right;
    if (a->need_id != b->need_id) { /* 0, public demand, comes first */
        return a->need_id < b->need_id ? -1 : 1;
    }
    int order = strcmp(a->demand, b->demand);
    if (order != 0) {
        return order;
    }
    if (a->need_line_no != b->need_line_no) {
        return a->need_line_no < b->need_line_no ? -1 : 1;
    }
    if (a->offer_id != b->offer_id) {
        return a->offer_id < b->offer_id ? -1 : 1;
    }
    return (a->offer_line_no > b->offer_line_no) -
           (a->offer_line_no < b->offer_line_no);
}

static struct used *
list_used(const struct plan *plan, struct arena *arena, int32_t *n)
{
    const struct candidates *c = plan->candidates;
    const struct instance *in = &c->instance;
    const struct market *m = plan->market;
    struct used *list = arena_array(arena,
        (size_t)plan->used_begin[in->offers_n], sizeof(*list));
    *n = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        const struct market_line *nl = &m->lines[c->line_of[l]];
        const struct market_entry *need = &m->entries[nl->entry];
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int32_t offer = c->offer_of[in->pair_offer[p]];
            if (plan->units[p] > 0) {
                const struct market_line *ol = &m->lines[offer];
                list[(*n)++] = (struct used){.need_id = need->id,
                    .offer_id = m->entries[ol->entry].id,
                    .need_line_no = nl->line_no,
                    .offer_line_no = ol->line_no,
                    .units = plan->units[p],
                    .demand = need->id == 0 ? need->key : "",
                    .need_line = c->line_of[l], .offer_line = offer,
                    .market = m};
            }
        }
    }
    if (*n > 0) {
        qsort(list, (size_t)*n, sizeof(*list), compare_used);
    }
    int32_t kept = *n > 0 ? 1 : 0;
    for (int32_t i = 1; i < *n; i++) { /* slots of a line are one pair */
        if (compare_used(&list[kept - 1], &list[i]) == 0) {
            list[kept - 1].units += list[i].units;
        } else {
            list[kept++] = list[i];
        }
    }
    *n = kept;
    return list;
}

static void
add_change(struct simulate *s, struct arena *arena, const struct used *pair,
    int32_t before, int32_t after)
{
    const struct market *m = pair->market;
    const struct market_line *need = &m->lines[pair->need_line];
    char reason[REASON_SIZE];
    struct score score;
    if (before == after) {
        return;
    }
    if (pair->need_id == 0) {
        s->public_changed++;
        return;
    }
    score_pair(m, pair->need_line, pair->offer_line, &score);
    reason_line(&score, LANG_JA, reason);
    s->changes[s->changes_n++] = (struct simulate_change){
        .need_id = pair->need_id, .offer_id = pair->offer_id,
        .need_line_no = pair->need_line_no,
        .offer_line_no = pair->offer_line_no, .before = before,
        .after = after, .need = m->entries[need->entry].title,
        .offer = m->entries[m->lines[pair->offer_line].entry].title,
        .unit = need->unit, .reason = arena_string(arena, reason)};
}

static void
compare_sides(struct simulate *s, struct arena *arena)
{
    int32_t before_n, after_n, i = 0, k = 0;
    struct used *before = list_used(&s->before.plan, arena, &before_n);
    struct used *after = list_used(&s->after.plan, arena, &after_n);
    s->changes = arena_array(arena, (size_t)before_n + (size_t)after_n,
        sizeof(*s->changes));
    while (i < before_n || k < after_n) {
        int order = i == before_n  ? 1
                    : k == after_n ? -1
                                   : compare_used(&before[i], &after[k]);
        if (order < 0) {
            add_change(s, arena, &before[i], before[i].units, 0);
        } else if (order > 0) {
            add_change(s, arena, &after[k], 0, after[k].units);
        } else {
            add_change(s, arena, &after[k], before[i].units,
                after[k].units);
        }
        i += order <= 0;
        k += order >= 0;
    }
}

static void
count_themes(struct simulate_side *side, struct arena *arena)
{
    const struct market *m = side->market;
    const struct candidates *c = side->plan.candidates;
    side->themes.rows = arena_array(arena, (size_t)m->themes.n,
        sizeof(*side->themes.rows));
    for (int32_t t = 0; t < m->themes.n; t++) {
        struct summary_tally row = {.code = m->themes.terms[t].id,
            .name = m->themes.terms[t].label_ja,
            .sort = m->themes.terms[t].sort};
        for (int32_t l = 0; l < c->instance.lines_n; l++) {
            const struct market_entry *need =
                &m->entries[m->lines[c->line_of[l]].entry];
            if (need->interest == MARKET_NONE &&
                taxonomy_has(&need->themes, t)) {
                int32_t missing = plan_missing(&side->plan, l);
                bool some = side->plan.line_given[l] > 0;
                row.lines++;
                row.covered += missing == 0;
                row.partly += missing > 0 && some;
                row.uncovered += !some;
            }
        }
        if (row.lines > 0) {
            side->themes.rows[side->themes.n++] = row;
        }
    }
}

static void
measure_distance(struct simulate_side *side)
{
    const struct candidates *c = side->plan.candidates;
    const struct instance *in = &c->instance;
    const struct market *m = side->market;
    int64_t sum = 0, n = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t need = m->lines[c->line_of[l]].entry;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (side->plan.units[p] > 0 &&
                m->entries[need].interest == MARKET_NONE) {
                int32_t offer = m->lines[c->offer_of[in->pair_offer[p]]].entry;
                int32_t metres = market_distance_m(m, need, offer);
                sum += metres >= 0 ? metres : 0;
                n += metres >= 0;
            }
        }
    }
    side->distance_m = n == 0 ? -1 : sum / n;
}

static void
measure_fairness(struct simulate_side *side)
{
    const struct summary_group *group =
        &side->summary.groups[SUMMARY_MUNICIPALITY];
    const struct instance *in = &side->plan.candidates->instance;
    for (int32_t g = 0; g < in->floors_n; g++) {
        side->floors += !in->floors[g].tier;
        side->floors_short += side->plan.floor_short[g] > 0;
    }
    side->lowest_ppm = INSTANCE_PPM;
    for (int32_t i = 0; i < group->n; i++) {
        int64_t ppm = (int64_t)group->rows[i].covered * INSTANCE_PPM /
                      group->rows[i].lines;
        if (group->rows[i].code[0] != '\0' && ppm < side->lowest_ppm) {
            side->lowest_ppm = (int32_t)ppm;
        }
    }
}

static void
measure(const struct market *market, const struct candidates *candidates,
    const int32_t *units, struct arena *arena, struct simulate_side *side)
{
    enum cause *causes = arena_array(arena,
        (size_t)candidates->instance.lines_n, sizeof(*causes));
    side->market = market;
    plan_init(market, candidates, units, arena, &side->plan);
    plan_causes(&side->plan, causes);
    summary_make(&side->plan, causes, arena, &side->summary);
    count_themes(side, arena);
    measure_distance(side);
    measure_fairness(side);
}

/* The run's plan and prices, as far as their pairs and rows are there. */
static bool
load_start(struct store *store, int64_t run_id, const struct market *market,
    const struct candidates *candidates, struct arena *arena,
    struct solve_start *start, struct err *err)
{
    const struct instance *in = &candidates->instance;
    struct proof_prices prices;
    int64_t n;
    bool all;
    int32_t *units =
        arena_array(arena, (size_t)in->pairs_n, sizeof(*units));
    if (!explain_units(store, run_id, market, candidates, units, &all,
            err) ||
        !prices_load(store, run_id, in, arena, &prices, &n, err)) {
        return false;
    }
    *start = prices_start(&prices, units);
    return true;
}

/* A side from its market: candidates, solver, check. */
static bool
solve_side(struct store *store, int64_t run_id, const struct market *market,
    struct candidates *candidates, const int64_t value[OPTION_COUNT],
    const struct solve_options *options, struct arena *arena,
    struct simulate_side *side, struct err *err)
{
    struct solve_result result;
    struct solve_options own = *options;
    struct solve_start start;
    own.gap_ppm = (int32_t)value[candidates->instance.pairs_n < PROVEN_PAIRS
            ? OPTION_GAP_PPM
            : OPTION_WHATIF_GAP_PPM];
    if (own.time_limit_ms == 0) {
        own.time_limit_ms = 1000 * value[OPTION_WHATIF_TIME];
    }
    if (own.start == NULL) {
        own.start = &start;
        if (!load_start(store, run_id, market, candidates, arena, &start,
                err)) {
            return false;
        }
    }
    char *digest = arena_alloc(arena, 17);
    candidate_digest(candidates, value, digest);
    if (!tier_solve(&candidates->instance, &own, arena, &result, err)) {
        return false;
    }
    if (result.units == NULL) {
        return fail(err, ERR_NO_PLAN, "no plan: %s: %s",
            solve_state_name(result.state), result.message);
    }
    if (!accept_result(&candidates->instance, &result, err)) {
        return false;
    }
    side->head = (struct summary_run){.state = solve_state_name(result.state),
        .method = result.method, .digest = digest,
        .value_e6 = result.value_e6, .bound_e6 = result.bound_e6,
        .gap_ppm = solve_gap_ppm(result.value_e6, result.bound_e6)};
    measure(market, candidates, result.units, arena, side);
    return true;
}

static bool
make_before(struct store *store, struct simulate *s,
    const struct solve_options *options, struct arena *arena,
    struct err *err)
{
    const struct replay *replay = s->replay;
    const struct run *run = &replay->run;
    struct candidates *candidates =
        arena_alloc(arena, sizeof(*candidates));
    *candidates = replay->candidates;
    s->before_solved = replay->changed;
    if (s->before_solved) {
        if (!solve_side(store, run->id, &replay->market, candidates, replay->value, options,
                arena, &s->before, err)) {
            return false;
        }
    } else {
        s->before.head = (struct summary_run){.run_id = run->id,
            .state = run->state, .method = "stored",
            .digest = run->input_digest, .value_e6 = run->objective,
            .bound_e6 = run->bound, .gap_ppm = run->gap_ppm};
        measure(&replay->market, candidates, replay->units, arena,
            &s->before);
    }
    s->before.head.plan_date = run->plan_date;
    s->before.head.weight_version = run->weight_version;
    return true;
}

bool
simulate_run(struct store *store, const struct replay *replay,
    const struct solve_options *options, struct arena *arena,
    struct simulate *s, struct err *err)
{
    struct market *market = arena_alloc(arena, sizeof(*market));
    struct candidates *candidates =
        arena_alloc(arena, sizeof(*candidates));
    s->replay = replay;
    if (!make_before(store, s, options, arena, err) ||
        !market_load(store, replay->run.plan_date, s->value, arena, market,
            err) ||
        !candidate_build(market, arena, candidates, err) ||
        !solve_side(store, replay->run.id, market, candidates, s->value,
            options, arena, &s->after, err)) {
        return false;
    }
    s->after.head.plan_date = replay->run.plan_date;
    compare_sides(s, arena);
    return true;
}

struct simulate *
simulate_weights(struct store *store, int64_t run_id,
    const struct simulate_set *set, int32_t set_n,
    const struct solve_options *options, struct arena *arena,
    struct err *err)
{
    struct replay *replay = arena_alloc(arena, sizeof(*replay));
    struct simulate *s = arena_alloc(arena, sizeof(*s));
    if (!store_begin(store, err)) {
        return NULL;
    }
    bool ok = replay_load(store, run_id, arena, replay, err);
    if (ok) {
        memcpy(s->value, replay->value, sizeof(s->value));
    }
    for (int32_t k = 0; ok && k < set_n; k++) {
        s->value[set[k].id] = set[k].value;
        ok = option_check((int)set[k].id, set[k].value, err);
    }
    ok = ok && simulate_run(store, replay, options, arena, s, err);
    store_rollback(store);
    return ok ? s : NULL;
}
