/*
 * solve.c: split, share the parts out to processes, put the plan together.
 */
#include "solve.h"

#include <assert.h>
#include <string.h>

#include "agreed.h"
#include "component.h"
#include "crew.h"
#include "optimizer/base/clock.h"
#include "part.h"
#include "start.h"
#include "turns.h"

enum {
    PRICED_PAIRS = 3000, /* fewer stand in GLPK as they are */
    GRACE_MS = 5000 /* for a child to notice the deadline, then it is killed */
};

struct job {
    const struct instance *in;
    const struct solve_options *options;
    struct component_list list;
    int32_t **least;             /* per part */
    struct start_part *start;    /* likewise */
    model_wide *base;            /* per part: its share of the list's */
    struct turns turns;
    struct part_result *results; /* shared, as all that they point to */
    volatile unsigned char *done; /* per turn */
    volatile sig_atomic_t *stop; /* shared */
    void *memory;
    size_t memory_size;
    int64_t begin_ms;
    struct lp_limit limit;
};

/* A first pass counts bytes (base NULL), a second hands them out. */
static void *
carve(unsigned char *base, size_t *used, size_t count, size_t size)
{
    *used = (*used + 15) & ~(size_t)15;
    size_t at = *used;
    *used += count * size;
    return base != NULL ? base + at : NULL;
}

static size_t
lay_out(struct job *job, unsigned char *base)
{
    size_t used = 0, n = (size_t)job->list.n;
    struct part_result *results =
        carve(base, &used, n, sizeof(*job->results));
    job->results = results;
    job->done = carve(base, &used, n, 1);
    job->stop = carve(base, &used, 1, sizeof(*job->stop));
    for (size_t k = 0; k < n; k++) {
        const struct instance *in = &job->list.parts[k].in;
        struct part_result one = {0};
        one.units =
            carve(base, &used, (size_t)in->pairs_n, sizeof(int32_t));
        one.prices.demand =
            carve(base, &used, (size_t)in->lines_n, sizeof(int64_t));
        one.prices.capacity =
            carve(base, &used, (size_t)in->offers_n, sizeof(int64_t));
        one.prices.budget =
            carve(base, &used, (size_t)in->needs_n, sizeof(int64_t));
        one.prices.floor =
            carve(base, &used, (size_t)in->floors_n, sizeof(int64_t));
        one.prices.partners =
            carve(base, &used, (size_t)in->needs_n, sizeof(int64_t));
        one.agreed.demand_price =
            carve(base, &used, (size_t)in->lines_n, sizeof(int64_t));
        one.agreed.budget_price =
            carve(base, &used, (size_t)in->needs_n, sizeof(int64_t));
        one.agreed.partners_price =
            carve(base, &used, (size_t)in->needs_n, sizeof(int64_t));
        one.agreed.floor_price =
            carve(base, &used, (size_t)in->floors_n, sizeof(int64_t));
        one.agreed_room = AGREED_PER_LINE * in->lines_n;
        one.agreed.potentials = carve(base, &used, (size_t)one.agreed_room,
            sizeof(struct solve_potential));
        if (base != NULL) {
            results[k] = one;
        }
    }
    return used;
}

static void
work(void *data, int32_t task)
{
    struct job *job = data;
    int32_t k = job->turns.order[task];
    const struct lp_limit limit =
        turns_limit(&job->turns, task, &job->limit);
    const struct part_options options = {
        .limit = &limit,
        .gap_ppm = job->options->gap_ppm,
        .base = job->base[k],
        .start = job->start[k].units,
        .prices = job->start[k].prices,
        .priced_pairs = job->options->priced_pairs > 0
            ? job->options->priced_pairs
            : PRICED_PAIRS};
    part_solve(&job->list.parts[k].in, job->least[k], &options,
        &job->results[k]);
}

/* Sums of totals and bounds as far as they are known. */
static void
sum_up(const struct job *job, int64_t *value_e6, int64_t *bound_e6)
{
    model_wide value = job->list.base, bound = job->list.base;
    for (int32_t k = 0; k < job->list.n; k++) {
        value += job->results[k].total;
        bound += job->results[k].bound;
    }
    *value_e6 = model_value_e6(value);
    *bound_e6 = model_value_e6(bound);
}

static void
tick(void *data)
{
    struct job *job = data;
    const struct solve_options *options = job->options;
    if (options->progress != NULL) {
        int64_t value, bound;
        sum_up(job, &value, &bound);
        options->progress(options->progress_data, "solve", value, bound);
    }
}

/* By what the parts' lines lose when nothing covers them. */
static void
share_base(struct job *job, struct arena *arena)
{
    const struct component_list *list = &job->list;
    model_wide all = 0;
    job->base = arena_array(arena, (size_t)list->n, sizeof(*job->base));
    for (int32_t k = 0; k < list->n; k++) {
        const struct component *part = &list->parts[k];
        for (int32_t l = 0; l < part->in.lines_n; l++) {
            const struct instance_line *line =
                &job->in->lines[part->line_of[l]];
            job->base[k] +=
                (model_wide)line->uncovered_price * line->quantity;
        }
        all += job->base[k];
    }
    for (int32_t k = 0; k < list->n && all > 0; k++) {
        job->base[k] = list->base * job->base[k] / all; /* < 2e37 */
    }
}

static void
prepare(struct job *job, const int32_t *least, struct arena *arena)
{
    size_t n = (size_t)job->list.n;
    job->least = arena_array(arena, n, sizeof(*job->least));
    for (size_t k = 0; k < n; k++) {
        const struct component *part = &job->list.parts[k];
        job->least[k] = arena_array(
            arena, (size_t)part->in.pairs_n, sizeof(int32_t));
        component_gather(part, least, job->least[k]);
    }
    share_base(job, arena);
    job->start = start_cut(job->options->start, &job->list, arena);
    int32_t processes = job->options->processes;
    turns_make(&job->turns, &job->list,
        processes < 0 ? 1 : crew_size(processes), arena);
}

static bool
run(struct job *job, struct err *err)
{
    job->memory_size = lay_out(job, NULL);
    job->memory = crew_memory(job->memory_size, err);
    if (job->memory == NULL) {
        return false;
    }
    lay_out(job, job->memory);
    int64_t limit = job->options->time_limit_ms;
    job->limit = (struct lp_limit){
        .deadline_ms = limit > 0 ? job->begin_ms + limit : 0,
        .stop = {job->options->stop, job->stop}};
    int32_t processes = job->options->processes;
    for (int32_t k = 0; k < job->list.n && processes < 0; k++) {
        work(job, k);
        job->done[k] = 1;
    }
    if (processes < 0) {
        return true;
    }
    const struct crew crew = {.tasks_n = job->list.n,
        .processes = processes,
        .deadline_ms = limit > 0 ? job->limit.deadline_ms + GRACE_MS : 0,
        .work = work, .data = job, .tick = tick,
        .asked = job->options->stop, .stop = job->stop};
    return crew_run(&crew, job->done, err);
}

/* Parts that no child came back from get what can be had without one. */
static bool
fill_gaps(struct job *job)
{
    const struct part_options options = {
        .limit = &job->limit, .fill_only = true};

    bool whole = true;
    for (int32_t task = 0; task < job->list.n; task++) {
        int32_t k = job->turns.order[task];
        if (!job->done[task] && !job->results[k].stable) {
            part_solve(&job->list.parts[k].in, job->least[k], &options,
                &job->results[k]);
        }
        whole = whole && job->done[task] && !job->results[k].trouble;
    }
    return whole;
}

static void
merge(const struct job *job, struct arena *arena,
    struct solve_result *result)
{
    const struct instance *in = job->in;
    result->demand_price =
        arena_array(arena, (size_t)in->lines_n, sizeof(int64_t));
    result->capacity_price =
        arena_array(arena, (size_t)in->offers_n, sizeof(int64_t));
    result->budget_price =
        arena_array(arena, (size_t)in->needs_n, sizeof(int64_t));
    result->floor_price =
        arena_array(arena, (size_t)in->floors_n, sizeof(int64_t));
    result->partners_price =
        arena_array(arena, (size_t)in->needs_n, sizeof(int64_t));
    for (int32_t k = 0; k < job->list.n; k++) {
        const struct component *part = &job->list.parts[k];
        const struct part_result *from = &job->results[k];
        component_scatter(part, from->units, result->units);
        for (int32_t l = 0; l < part->in.lines_n; l++) {
            result->demand_price[part->line_of[l]] =
                from->prices.demand[l] / 1000;
        }
        for (int32_t j = 0; j < part->in.offers_n; j++) {
            result->capacity_price[part->offer_of[j]] =
                from->prices.capacity[j] / 1000;
        }
        for (int32_t i = 0; i < part->in.needs_n; i++) {
            result->budget_price[part->need_of[i]] +=
                from->prices.budget[i] / 1000;
            result->partners_price[part->need_of[i]] +=
                from->prices.partners[i] / 1000;
        }
        for (int32_t g = 0; g < part->in.floors_n; g++) {
            result->floor_price[part->floor_of[g]] =
                from->prices.floor[g] / 1000;
        }
        if (part->coupled) {
            result->programme_price = from->prices.programme / 1000;
        }
    }
}

static const char *
method_name(const struct job *job)
{
    static const char *const names[] = {
        [PART_NONE] = "fill", [PART_FILL] = "fill", [PART_LP] = "lp",
        [PART_MIP] = "mip", [PART_PRICE] = "price"};
    enum part_method method = PART_NONE;
    for (int32_t k = 0; k < job->list.n; k++) {
        if (job->results[k].method > method) {
            method = job->results[k].method;
        }
    }
    return names[method];
}

static bool
closed(const struct job *job)
{
    bool all = true;
    for (int32_t k = 0; k < job->list.n; k++) {
        all = all && part_closed(&job->results[k]);
    }
    return all;
}

static void
judge(const struct job *job, bool whole, struct solve_result *result)
{
    bool optimal = closed(job) ||
        solve_gap_ppm(result->value_e6, result->bound_e6) <=
            job->options->gap_ppm;
    result->state = optimal ? SOLVE_OPTIMAL : SOLVE_FEASIBLE;
    if (!optimal && !whole) {
        result->message = "the solver failed on a part: the plan there is"
                          " only filled up";
    } else if (!optimal) {
        result->message = lp_limit_reached(&job->limit)
            ? "stopped before the proof was complete"
            : "the proof has a gap";
    }
    result->method = method_name(job);
}

bool
solve(const struct instance *in, const struct solve_options *options,
    struct arena *arena, struct solve_result *result, struct err *err)
{
    *result = (struct solve_result){.message = "", .method = "none"};
    int64_t begin = clock_ms();
    struct job job = {.in = in, .options = options, .begin_ms = begin};
    struct arena own = {0};
    struct err pins = {0};
    if (!instance_check(in, err)) {
        return false;
    }
    result->units = arena_array(arena, (size_t)in->pairs_n, sizeof(int32_t));
    if (!model_least_plan(in, result->units, &pins)) {
        result->state = SOLVE_INFEASIBLE;
        result->units = NULL;
        result->message = arena_string(arena, pins.text);
        result->method = "pins";
        return true;
    }
    component_split(in, false, &own, &job.list);
    prepare(&job, result->units, &own);
    bool ok = run(&job, err);
    if (ok) {
        bool whole = fill_gaps(&job);
        merge(&job, arena, result);
        agreed_merge(&job.list, job.results, in, arena, &result->agreed);
        sum_up(&job, &result->value_e6, &result->bound_e6);
        assert(result->value_e6 ==
            model_value_e6(model_total(in, result->units)));
        judge(&job, whole, result);
        result->seconds = (double)(clock_ms() - begin) / 1000;
    }
    crew_free(job.memory, job.memory_size);
    arena_release(&own);
    return ok;
}

int64_t
solve_gap_ppm(int64_t value_e6, int64_t bound_e6)
{
    if (bound_e6 <= value_e6) {
        return 0;
    }
    model_wide size = value_e6 < 0 ? -(model_wide)value_e6 : value_e6;
    size = size < 1 ? 1 : size;
    model_wide gap = (model_wide)bound_e6 - value_e6;
    model_wide ppm = (gap * 1000000 + size - 1) / size;
    return ppm > INT64_MAX ? INT64_MAX : (int64_t)ppm;
}

const char *
solve_state_name(enum solve_state state)
{
    static const char *const names[] = {[SOLVE_OPTIMAL] = "optimal",
        [SOLVE_FEASIBLE] = "feasible", [SOLVE_INFEASIBLE] = "infeasible",
        [SOLVE_FAILED] = "error"};
    return names[state];
}
