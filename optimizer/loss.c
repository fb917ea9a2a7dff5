/* loss.c: runners-up by solving anew; match stores them. */
#include "loss.h"

#include <stdlib.h>
#include <string.h>

#include "loss_part.h"

struct search {
    const struct plan *plan;
    const struct solve_result *result;
    struct solve_options options;
    struct loss_part part;
    int32_t part_of;    /* root of the part that is built, -1 */
    int64_t part_value; /* of the plan within it, 1e-6 */
    int64_t solves_left;
    struct plan_alternative *found;
    int32_t found_n;
    struct err *err;
};

/* The pair that gives a line the most, first of equals; -1. */
static int32_t
main_pair(const struct plan *plan, int32_t line)
{
    const struct instance *in = &plan->candidates->instance;
    int32_t best = -1;
    for (int32_t p = in->pair_begin[line]; p < in->pair_begin[line + 1];
         p++) {
        if (plan->units[p] > 0 &&
            (best < 0 || plan->units[p] > plan->units[best])) {
            best = p;
        }
    }
    return best;
}

struct choice {
    int32_t pair;
    int64_t profit_e6; /* score less the prices of what a unit uses */
    int64_t loss_e6;
    bool has_loss;
};

static int
compare_profits(const void *left, const void *right)
{
    const struct choice *a = left, *b = right;
    if (a->profit_e6 != b->profit_e6) {
        return a->profit_e6 > b->profit_e6 ? -1 : 1;
    }
    return (a->pair > b->pair) - (a->pair < b->pair);
}

static int
compare_losses(const void *left, const void *right)
{
    const struct choice *a = left, *b = right;
    if (a->has_loss != b->has_loss) {
        return a->has_loss ? -1 : 1;
    }
    if (a->has_loss && a->loss_e6 != b->loss_e6) {
        return a->loss_e6 < b->loss_e6 ? -1 : 1;
    }
    return compare_profits(left, right);
}

static int64_t
profit_e6(const struct search *s, int32_t line, int32_t pair)
{
    const struct instance *in = &s->plan->candidates->instance;
    const struct solve_result *r = s->result;
    __extension__ __int128 profit = (__int128)in->pair_score[pair] * 1000000;
    if (r->capacity_price != NULL) {
        profit -= (__int128)r->capacity_price[in->pair_offer[pair]] *
                  in->pair_use[pair];
    }
    int64_t yen = r->programme_price;
    if (r->budget_price != NULL) {
        yen += r->budget_price[in->lines[line].need];
    }
    profit -= (__int128)yen * in->pair_cost[pair];
    return profit < INT64_MIN ? INT64_MIN : (int64_t)profit;
}

static int32_t
choose(const struct search *s, int32_t line, int64_t most,
    struct choice *choices)
{
    const struct instance *in = &s->plan->candidates->instance;
    int32_t n = 0;
    for (int32_t p = in->pair_begin[line]; p < in->pair_begin[line + 1];
         p++) {
        if (s->plan->units[p] == 0 && model_pair_most(in, line, p) > 0) {
            choices[n++] = (struct choice){.pair = p,
                .profit_e6 = profit_e6(s, line, p)};
        }
    }
    qsort(choices, (size_t)n, sizeof(*choices), compare_profits);
    return n < most ? n : (int32_t)most;
}

/* The part without pair `banned`, with pair `wanted` at 1 or more. */
static bool
changed_part(const struct loss_part *part, int32_t banned, int32_t wanted,
    struct arena *arena, struct instance *out)
{
    const struct instance *in = &part->in;
    size_t pairs = (size_t)in->pairs_n;
    int32_t **to[] = {&out->pair_offer, &out->pair_score, &out->pair_cost,
        &out->pair_use};
    *out = *in;
    int32_t *from[] = {in->pair_offer, in->pair_score, in->pair_cost,
        in->pair_use};
    for (int a = 0; a < 4; a++) {
        *to[a] = arena_array(arena, pairs, sizeof(int32_t));
        size_t before = (size_t)banned, behind = pairs - before - 1;
        memcpy(*to[a], from[a], before * sizeof(int32_t));
        memcpy(*to[a] + before, from[a] + before + 1,
            behind * sizeof(int32_t));
    }
    out->pairs_n--;
    out->pair_begin = arena_array(arena, (size_t)in->lines_n + 1,
        sizeof(int32_t));
    for (int32_t l = 0; l <= in->lines_n; l++) {
        out->pair_begin[l] = in->pair_begin[l] - (in->pair_begin[l] > banned);
    }
    out->pins = arena_array(arena, (size_t)part->pins_room,
        sizeof(*out->pins));
    for (int32_t k = 0; k < in->pins_n; k++) {
        int32_t pair = in->pins[k].pair;
        if (pair == banned) {
            return false; /* staff fixed it: there is no plan without it */
        }
        out->pins[k] = (struct instance_pin){pair - (pair > banned),
            in->pins[k].units};
    }
    candidate_insert_pin(out,
        (struct instance_pin){wanted - (wanted > banned), 1});
    return true;
}

static int32_t
pair_in_part(const struct loss_part *part, int32_t pair)
{
    int32_t low = 0, high = part->in.pairs_n - 1;
    while (low < high) { /* pair_of ascends, as lines keep their order */
        int32_t middle = low + (high - low) / 2;
        if (part->pair_of[middle] < pair) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool
solve_loss(struct search *s, int32_t banned, struct choice *choice)
{
    struct arena arena = {0};
    struct instance changed;
    struct solve_result result;
    bool ok = true;
    if (s->options.stop != NULL && *s->options.stop) {
        return true;
    }
    if (changed_part(&s->part, pair_in_part(&s->part, banned),
            pair_in_part(&s->part, choice->pair), &arena, &changed)) {
        s->solves_left--;
        ok = solve(&changed, &s->options, &arena, &result, s->err);
        if (ok && result.state == SOLVE_OPTIMAL) {
            int64_t loss = s->part_value - result.value_e6;
            choice->has_loss = true;
            choice->loss_e6 = loss > 0 ? loss : 0; /* within the gap */
        }
    }
    arena_release(&arena);
    return ok;
}

static void
build_part(struct search *s, const int32_t *root, int32_t line,
    struct arena *arena)
{
    const struct instance *in = &s->plan->candidates->instance;
    arena_release(arena);
    loss_part_build(in, root, root[line], arena, &s->part);
    int32_t *units =
        arena_array(arena, (size_t)s->part.in.pairs_n, sizeof(int32_t));
    for (int32_t p = 0; p < s->part.in.pairs_n; p++) {
        units[p] = s->plan->units[s->part.pair_of[p]];
    }
    s->part_value = model_value_e6(model_total(&s->part.in, units));
    s->part_of = root[line];
}

static bool
alternatives_of(struct search *s, const int32_t *root, int32_t line,
    struct arena *part_arena)
{
    const struct plan *plan = s->plan;
    const struct instance *in = &plan->candidates->instance;
    int64_t most = plan->market->value[OPTION_ALTERNATIVES];
    int32_t banned = main_pair(plan, line);
    if (banned < 0) {
        return true;
    }
    int32_t room = in->pair_begin[line + 1] - in->pair_begin[line];
    struct choice *choices = xcalloc((size_t)room, sizeof(*choices));
    int32_t n = choose(s, line, most, choices);
    bool proven = s->result->state == SOLVE_OPTIMAL;
    bool ok = true;
    for (int32_t i = 0; ok && i < n && proven && s->solves_left > 0; i++) {
        if (s->part_of != root[line]) {
            build_part(s, root, line, part_arena);
        }
        ok = solve_loss(s, banned, &choices[i]);
    }
    qsort(choices, (size_t)n, sizeof(*choices), compare_losses);
    for (int32_t i = 0; i < n; i++) {
        s->found[s->found_n++] = (struct plan_alternative){.line = line,
            .pair = choices[i].pair, .rank = i + 1,
            .has_loss = choices[i].has_loss, .loss_e6 = choices[i].loss_e6};
    }
    free(choices);
    return ok;
}

bool
loss_alternatives(const struct plan *plan, const struct solve_result *result,
    const struct solve_options *options, struct arena *arena,
    struct plan_extras *extras, struct err *err)
{
    const struct candidates *c = plan->candidates;
    const struct instance *in = &c->instance;
    struct search s = {.plan = plan, .result = result, .options = *options,
        .part_of = -1, .err = err,
        .solves_left = plan->market->value[OPTION_LOSS_SOLVES]};
    struct arena part_arena = {0};
    int32_t *root = xmalloc(((size_t)in->lines_n + 1) * sizeof(*root));
    int64_t room = plan->market->value[OPTION_ALTERNATIVES] * in->lines_n;
    room = room < in->pairs_n ? room : in->pairs_n;
    s.options.progress = NULL;
    s.found = arena_array(arena, (size_t)room, sizeof(*s.found));
    loss_roots(in, root);
    bool ok = true;
    for (int32_t l = 0; ok && l < in->lines_n; l++) {
        const struct market_line *line = &plan->market->lines[c->line_of[l]];
        if (plan->market->entries[line->entry].interest == MARKET_NONE) {
            ok = alternatives_of(&s, root, l, &part_arena);
        }
    }
    extras->alternatives = s.found;
    extras->alternatives_n = s.found_n;
    arena_release(&part_arena);
    free(root);
    return ok;
}
