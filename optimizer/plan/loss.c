/* loss.c: runners-up by solving anew; match stores them. */
#include "loss.h"

#include <stdlib.h>
#include <string.h>

#include "loss_part.h"
#include "optimizer/base/clock.h"
#include "optimizer/solve/crew.h"

struct choice {
    int32_t pair;
    int64_t profit_e6; /* score less the prices of what a unit uses */
    bool has_loss;
    int64_t loss_e6;
};

/* A covered line and its choices; the choices are in shared memory. */
struct choosing {
    int32_t line, banned;
    int32_t begin, n; /* of choices */
};

/* A choice that is solved. */
struct task {
    int32_t choosing, choice;
};

struct search {
    const struct plan *plan;
    const struct solve_result *result;
    struct solve_options options;
    const volatile sig_atomic_t *asked; /* the caller's stop */
    volatile sig_atomic_t *stop;        /* the children's */
    const int32_t *root;
    struct choosing *lines;
    struct task *tasks;
    int32_t lines_n, tasks_n;
    struct choice *choices;
    int32_t choices_n;
    /* of the process that is at it */
    struct arena arena;
    struct loss_part part;
    struct solve_start start; /* the plan and its prices in the part */
    int32_t part_of;          /* root of the part that is built, -1 */
    int64_t part_value;       /* of the plan within it, 1e-6 */
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

/* A copy of values per pair, but for that of one. */
static int32_t *
without(const int32_t *values, int32_t gone, int32_t n, struct arena *arena)
{
    size_t before = (size_t)gone, behind = (size_t)n - before - 1;
    int32_t *copy = arena_array(arena, (size_t)n, sizeof(*copy));
    memcpy(copy, values, before * sizeof(*copy));
    memcpy(copy + before, values + before + 1, behind * sizeof(*copy));
    return copy;
}

/* The part without pair `banned`, with pair `wanted` at 1 or more. */
static bool
changed_part(const struct loss_part *part, int32_t banned, int32_t wanted,
    struct arena *arena, struct instance *out)
{
    const struct instance *in = &part->in;
    *out = *in;
    out->pair_offer = without(in->pair_offer, banned, in->pairs_n, arena);
    out->pair_score = without(in->pair_score, banned, in->pairs_n, arena);
    out->pair_cost = without(in->pair_cost, banned, in->pairs_n, arena);
    out->pair_use = without(in->pair_use, banned, in->pairs_n, arena);
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

static void
solve_loss(struct search *s, int32_t banned, struct choice *choice)
{
    struct arena arena = {0};
    struct err err = {0};
    struct instance changed;
    struct solve_result result;
    struct solve_options options = s->options;
    struct solve_start start = s->start;
    int32_t gone = pair_in_part(&s->part, banned);
    start.units = without(s->start.units, gone, s->part.in.pairs_n, &arena);
    options.start = &start;
    if (changed_part(&s->part, gone, pair_in_part(&s->part, choice->pair),
            &arena, &changed) &&
        solve(&changed, &options, &arena, &result, &err) &&
        result.state == SOLVE_OPTIMAL) {
        int64_t loss = s->part_value - result.value_e6;
        choice->loss_e6 = loss > 0 ? loss : 0; /* within the gap */
        choice->has_loss = true;
    }
    arena_release(&arena);
}

static void
build_part(struct search *s, int32_t line)
{
    const struct instance *in = &s->plan->candidates->instance;
    arena_release(&s->arena);
    loss_part_build(in, s->root, s->root[line], &s->arena, &s->part);
    const struct solve_start whole = solve_start_of(s->result);
    s->start = loss_part_start(&s->part, &whole, &s->arena);
    s->part_value =
        model_value_e6(model_total(&s->part.in, s->start.units));
    s->part_of = s->root[line];
}

/* In a child: what it finds goes to shared memory. */
static void
work(void *data, int32_t number)
{
    struct search *s = data;
    const struct task *task = &s->tasks[number];
    const struct choosing *of = &s->lines[task->choosing];
    if (*s->stop) {
        return;
    }
    if (s->part_of != s->root[of->line]) {
        build_part(s, of->line);
    }
    solve_loss(s, of->banned, &s->choices[task->choice]);
}

/* Lines with a partner, each with its best choices. */
static void
plan_tasks(struct search *s)
{
    const struct plan *plan = s->plan;
    const struct candidates *c = plan->candidates;
    int64_t most = plan->market->value[OPTION_ALTERNATIVES];
    int64_t solves = s->result->state == SOLVE_OPTIMAL
                         ? plan->market->value[OPTION_LOSS_SOLVES]
                         : 0;
    for (int32_t l = 0; l < c->instance.lines_n; l++) {
        const struct market_line *line = &plan->market->lines[c->line_of[l]];
        int32_t banned = main_pair(plan, l);
        if (banned < 0 ||
            plan->market->entries[line->entry].interest != MARKET_NONE) {
            continue;
        }
        struct choosing *of = &s->lines[s->lines_n];
        *of = (struct choosing){.line = l, .banned = banned,
            .begin = s->choices_n,
            .n = choose(s, l, most, &s->choices[s->choices_n])};
        for (int32_t i = 0; i < of->n && s->tasks_n < solves; i++) {
            s->tasks[s->tasks_n++] =
                (struct task){s->lines_n, of->begin + i};
        }
        s->lines_n++;
        s->choices_n += of->n;
    }
}

static bool
run_tasks(struct search *s, struct err *err)
{
    int64_t limit_s = s->plan->market->value[OPTION_LOSS_TIME];
    const struct crew crew = {.tasks_n = s->tasks_n,
        .deadline_ms = limit_s == 0 ? 0 : clock_ms() + 1000 * limit_s,
        .work = work, .data = s, .asked = s->asked, .stop = s->stop};
    return crew_run(&crew, NULL, err);
}

static void
keep_found(const struct search *s, struct arena *arena,
    struct plan_extras *extras)
{
    struct plan_alternative *found =
        arena_array(arena, (size_t)s->choices_n, sizeof(*found));
    int32_t n = 0;
    for (int32_t t = 0; t < s->lines_n; t++) {
        const struct choosing *of = &s->lines[t];
        struct choice *choices = &s->choices[of->begin];
        qsort(choices, (size_t)of->n, sizeof(*choices), compare_losses);
        for (int32_t i = 0; i < of->n; i++) {
            found[n++] = (struct plan_alternative){.line = of->line,
                .pair = choices[i].pair, .rank = i + 1,
                .has_loss = choices[i].has_loss,
                .loss_e6 = choices[i].loss_e6};
        }
    }
    extras->alternatives = found;
    extras->alternatives_n = n;
}

bool
loss_alternatives(const struct plan *plan, const struct solve_result *result,
    const struct solve_options *options, struct arena *arena,
    struct plan_extras *extras, struct err *err)
{
    const struct instance *in = &plan->candidates->instance;
    size_t choices = ((size_t)in->pairs_n + 1) * sizeof(struct choice);
    struct search s = {.plan = plan, .result = result, .options = *options,
        .asked = options->stop, .part_of = -1,
        .stop = crew_memory(sizeof(*s.stop), err),
        .choices = crew_memory(choices, err)};
    int32_t *root = arena_array(arena, (size_t)in->lines_n, sizeof(*root));
    s.lines = arena_array(arena, (size_t)in->lines_n, sizeof(*s.lines));
    s.tasks = arena_array(arena, (size_t)in->pairs_n, sizeof(*s.tasks));
    s.root = root;
    s.options.progress = NULL;
    s.options.processes = -1; /* an abort of GLPK ends a child of the crew */
    s.options.stop = s.stop;
    bool ok = s.stop != NULL && s.choices != NULL;
    if (ok) {
        loss_roots(in, root);
        plan_tasks(&s);
        ok = run_tasks(&s, err);
        keep_found(&s, arena, extras);
    }
    crew_free((void *)(uintptr_t)s.stop, sizeof(*s.stop));
    crew_free(s.choices, choices);
    return ok;
}
