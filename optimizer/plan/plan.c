/* plan.c: sums of a plan, and why a pair is not in it; match and explain
 * ask. */
#include "plan.h"

#include <stdlib.h>

#include "optimizer/market/rule.h"

static void
sum_pairs(struct plan *plan)
{
    const struct instance *in = &plan->candidates->instance;
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int64_t units = plan->units[p];
            int64_t cost = units * in->pair_cost[p];
            plan->line_given[l] += units;
            plan->offer_used[in->pair_offer[p]] += units * in->pair_use[p];
            plan->need_spent[in->lines[l].need] += cost;
            plan->spent += cost;
            plan->used_begin[in->pair_offer[p] + 1] += units > 0;
        }
    }
}

static void
file_used_pairs(struct plan *plan, struct arena *arena)
{
    const struct instance *in = &plan->candidates->instance;
    int32_t *next = xcalloc((size_t)in->offers_n + 1, sizeof(*next));
    for (int32_t j = 0; j < in->offers_n; j++) {
        plan->used_begin[j + 1] += plan->used_begin[j];
        next[j] = plan->used_begin[j];
    }
    plan->used_pair = arena_array(arena,
        (size_t)plan->used_begin[in->offers_n], sizeof(int32_t));
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (plan->units[p] > 0) {
            plan->used_pair[next[in->pair_offer[p]]++] = p;
        }
    }
    free(next);
}

static void
file_floors(struct plan *plan, struct arena *arena)
{
    const struct instance *in = &plan->candidates->instance;
    plan->line_floor =
        arena_array(arena, (size_t)in->lines_n + 1, sizeof(int32_t));
    plan->floor_short = arena_array(arena, (size_t)in->floors_n,
        sizeof(*plan->floor_short));
    int32_t members = 0;
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        model_wide missing = model_floor_target(floor);
        for (int32_t m = floor->member_begin; m < floor->member_end; m++) {
            int32_t l = in->floor_lines[m];
            missing -= (model_wide)model_unit_share(in->lines[l].quantity) *
                       plan->line_given[l];
            plan->line_floor[l + 1]++;
            members++;
        }
        plan->floor_short[g] = missing > 0 ? missing : 0;
    }
    plan->floor_of = arena_array(arena, (size_t)members, sizeof(int32_t));
    for (int32_t l = 0; l < in->lines_n; l++) {
        plan->line_floor[l + 1] += plan->line_floor[l];
    }
    int32_t *next = xcalloc((size_t)in->lines_n + 1, sizeof(*next));
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        for (int32_t m = floor->member_begin; m < floor->member_end; m++) {
            int32_t l = in->floor_lines[m];
            plan->floor_of[plan->line_floor[l] + next[l]++] = g;
        }
    }
    free(next);
}

int32_t
plan_kin(const struct market *market, const struct market_line *line)
{
    const struct market_entry *entry = &market->entries[line->entry];
    bool open = entry->is_need ? entry->interest != MARKET_NONE
                               : line->for_public;
    return line->kind == TAXONOMY_NONE
               ? -1
               : 2 * market->kinds.terms[line->kind].root + open;
}

static void
file_kin(struct plan *plan, struct arena *arena)
{
    const struct candidates *c = plan->candidates;
    const struct market *market = plan->market;
    int32_t offers_n = c->instance.offers_n, kins = 2 * market->kinds.n;
    plan->kin_begin = arena_array(arena, (size_t)kins + 2, sizeof(int32_t));
    plan->kin_offer = arena_array(arena, (size_t)offers_n, sizeof(int32_t));
    int32_t *begin = plan->kin_begin;
    for (int round = 0; round < 2; round++) {
        for (int32_t j = 0; j < offers_n; j++) {
            int32_t kin = plan_kin(market, &market->lines[c->offer_of[j]]);
            if (kin >= 0 && round == 0) {
                begin[kin + 2]++;
            } else if (kin >= 0) {
                plan->kin_offer[begin[kin + 1]++] = j;
            }
        }
        for (int32_t kin = 0; kin < kins && round == 0; kin++) {
            begin[kin + 2] += begin[kin + 1];
        }
    }
}

void
plan_init(const struct market *market, const struct candidates *candidates,
    const int32_t *units, struct arena *arena, struct plan *plan)
{
    const struct instance *in = &candidates->instance;
    *plan = (struct plan){.market = market, .candidates = candidates,
        .units = units};
    plan->line_given =
        arena_array(arena, (size_t)in->lines_n, sizeof(int64_t));
    plan->offer_used =
        arena_array(arena, (size_t)in->offers_n, sizeof(int64_t));
    plan->need_spent =
        arena_array(arena, (size_t)in->needs_n, sizeof(int64_t));
    plan->need_line =
        arena_array(arena, (size_t)in->needs_n + 1, sizeof(int32_t));
    plan->used_begin =
        arena_array(arena, (size_t)in->offers_n + 1, sizeof(int32_t));
    sum_pairs(plan);
    for (int32_t l = 0; l < in->lines_n; l++) {
        plan->need_line[in->lines[l].need + 1] = l + 1;
    }
    for (int32_t i = 0; i < in->needs_n; i++) { /* needs without a line */
        if (plan->need_line[i + 1] < plan->need_line[i]) {
            plan->need_line[i + 1] = plan->need_line[i];
        }
    }
    file_used_pairs(plan, arena);
    file_floors(plan, arena);
    file_kin(plan, arena);
}

int32_t
plan_missing(const struct plan *plan, int32_t line)
{
    return (int32_t)(plan->candidates->instance.lines[line].quantity -
                     plan->line_given[line]);
}

int32_t
plan_step(const struct plan *plan, int32_t line, int32_t pair)
{
    const struct candidates *c = plan->candidates;
    return plan->units[pair] > 0
               ? 1
               : rule_step(plan->market, c->line_of[line],
                     c->offer_of[c->instance.pair_offer[pair]]);
}

/* Would the offer's organisation be one partner too many? */
static bool
partners_full(const struct plan *plan, int32_t line, int32_t offer)
{
    const struct instance *in = &plan->candidates->instance;
    int32_t need = in->lines[line].need, n = 0;
    int32_t org = in->offers[offer].org;
    int32_t most = in->needs[need].max_partners;
    int32_t begin = in->pair_begin[plan->need_line[need]];
    int32_t end = in->pair_begin[plan->need_line[need + 1]];
    bool known = most == 0;
    int32_t *orgs = known ? NULL : xcalloc((size_t)most + 1, sizeof(*orgs));
    for (int32_t p = begin; p < end && !known && n <= most; p++) {
        int32_t other = in->offers[in->pair_offer[p]].org;
        int32_t k = 0;
        if (plan->units[p] > 0) {
            known = other == org;
            while (k < n && orgs[k] != other) {
                k++;
            }
            orgs[k] = other;
            n += k == n;
        }
    }
    free(orgs);
    return !known && n >= most;
}

/* Would the line's need be one too many for the offer? */
static bool
needs_full(const struct plan *plan, int32_t line, int32_t offer)
{
    const struct instance *in = &plan->candidates->instance;
    int32_t most = in->offers[offer].max_needs, n = 0;
    int32_t last = -1; /* pairs by offer come in the order of their needs */
    for (int32_t k = plan->used_begin[offer];
         most > 0 && k < plan->used_begin[offer + 1]; k++) {
        int32_t l = instance_pair_line(in, plan->used_pair[k]);
        int32_t need = in->lines[l].need;
        if (need == in->lines[line].need) {
            return false;
        }
        n += need != last;
        last = need;
    }
    return most > 0 && n >= most;
}

/* Does all that the offer has used go to this line? */
static bool
given_all_to(const struct plan *plan, int32_t pair, int32_t offer)
{
    const struct instance *in = &plan->candidates->instance;
    return plan->offer_used[offer] ==
           (int64_t)plan->units[pair] * in->pair_use[pair];
}

enum cause
plan_probe(const struct plan *plan, int32_t line, int32_t pair)
{
    const struct instance *in = &plan->candidates->instance;
    int32_t offer = in->pair_offer[pair], need = in->lines[line].need;
    int64_t step = plan_step(plan, line, pair);
    int64_t cost = step * in->pair_cost[pair];
    if (plan->offer_used[offer] + step * in->pair_use[pair] >
        in->offers[offer].capacity) {
        return given_all_to(plan, pair, offer) ? CAUSE_CAPACITY
                                               : CAUSE_COMPETITION;
    }
    if (in->needs[need].budget_yen != INSTANCE_NO_LIMIT &&
        plan->need_spent[need] + cost > in->needs[need].budget_yen) {
        return CAUSE_BUDGET;
    }
    if (in->programme_budget_yen != INSTANCE_NO_LIMIT &&
        plan->spent + cost > in->programme_budget_yen) {
        return CAUSE_PROGRAMME_BUDGET;
    }
    if (partners_full(plan, line, offer)) {
        return CAUSE_PARTNERS;
    }
    if (needs_full(plan, line, offer)) {
        return CAUSE_NEEDS_LIMIT;
    }
    if (step > plan_missing(plan, line)) {
        return CAUSE_MIN_LOT;
    }
    return plan_gain(plan, line, pair) <= 0 ? CAUSE_NOT_WORTH
                                            : CAUSE_UNFINISHED;
}

model_wide
plan_gain(const struct plan *plan, int32_t line, int32_t pair)
{
    const struct instance *in = &plan->candidates->instance;
    const struct instance_line *row = &in->lines[line];
    model_wide step = plan_step(plan, line, pair);
    model_wide gain = step * MODEL_E12 *
                      ((model_wide)in->pair_score[pair] +
                          row->uncovered_price);
    model_wide share = step * model_unit_share(row->quantity);
    for (int32_t k = plan->line_floor[line]; k < plan->line_floor[line + 1];
         k++) {
        int32_t g = plan->floor_of[k];
        model_wide closes = plan->floor_short[g];
        closes = share < closes ? share : closes;
        gain += closes * in->floors[g].price;
    }
    return gain;
}
