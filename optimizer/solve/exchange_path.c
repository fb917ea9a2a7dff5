/* exchange_path.c: labels, and where they end (exchange_path.h). */
#include "exchange_path.h"

#include <stdlib.h>

enum { STEPS_MOST = 2000000 };

void
exchange_paths_open(struct exchange_paths *paths,
    const struct exchange_graph *graph, struct arena *arena)
{
    *paths = (struct exchange_paths){.graph = graph};
    for (int end = 0; end < EXCHANGE_ENDS; end++) {
        paths->labels[end] = arena_array(
            arena, (size_t)graph->levels, sizeof(struct exchange_label));
    }
}

void
exchange_paths_close(struct exchange_paths *paths)
{
    free(paths->steps);
    free(paths->found);
}

/* To no units of the pair; that to x units is x further on. */
static struct exchange_label *
labels_of(
    const struct exchange_paths *paths, int32_t k, enum exchange_end end)
{
    return paths->labels[end] + paths->graph->pairs[k].level;
}

/* Does the path touch that offer, or need? */
static bool
touches(const struct exchange_paths *paths, int32_t step,
    enum exchange_end end, int32_t vertex)
{
    for (; step >= 0; step = paths->steps[step].before) {
        int32_t k = paths->steps[step].change.k;
        if (paths->graph->pairs[k].at[end] == vertex) {
            return true;
        }
    }
    return false;
}

/* Goes on to a change, with that end left. */
static void
go_on(struct exchange_paths *paths, struct exchange_change change,
    enum exchange_end end, int64_t loss, int32_t before)
{
    int32_t vertex = paths->graph->pairs[change.k].at[end];
    if (paths->n == STEPS_MOST || touches(paths, before, end, vertex)) {
        return;
    }
    if (paths->n == paths->room) {
        paths->room = paths->room > 0 ? 2 * paths->room : 4096;
        paths->steps = xrealloc(
            paths->steps, (size_t)paths->room, sizeof(*paths->steps));
    }
    labels_of(paths, change.k, end)[change.units] =
        (struct exchange_label){loss, paths->n};
    paths->steps[paths->n++] =
        (struct exchange_step){change, before, end, loss};
}

static enum exchange_end
other(enum exchange_end end)
{
    return end == EXCHANGE_OFFER ? EXCHANGE_NEED : EXCHANGE_OFFER;
}

/* Changes that one end has room for alone. */
static void
begin(struct exchange_paths *paths, int32_t k, enum exchange_end end)
{
    const struct exchange_graph *g = paths->graph;
    const struct exchange_label *known = labels_of(paths, k, other(end));
    for (int32_t x = 0; x <= g->pairs[k].high; x++) {
        struct exchange_change change = {k, x};
        int64_t loss = -exchange_worth(g, change, end);
        if (loss < known[x].loss && exchange_fits(g, end, &change, 1)) {
            go_on(paths, change, other(end), loss, -1);
        }
    }
}

static void
note_found(struct exchange_paths *paths, int32_t step, int64_t gain)
{
    if (paths->found_n == paths->found_room) {
        paths->found_room =
            paths->found_room > 0 ? 2 * paths->found_room : 256;
        paths->found = xrealloc(paths->found, (size_t)paths->found_room,
            sizeof(*paths->found));
    }
    paths->found[paths->found_n++] = (struct exchange_found){gain, step};
}

/* Another pair of the same vertex makes up for the last change. */
static void
make_up(struct exchange_paths *paths, int32_t step, int64_t loss, int32_t k)
{
    const struct exchange_graph *g = paths->graph;
    enum exchange_end end = paths->steps[step].end;
    const struct exchange_label *known = labels_of(paths, k, other(end));
    struct exchange_change both[2] = {paths->steps[step].change, {k, 0}};
    for (int32_t x = 0; x <= g->pairs[k].high; x++) {
        both[1].units = x;
        int64_t then = loss - exchange_worth(g, both[1], end);
        if (then < known[x].loss && exchange_fits(g, end, both, 2)) {
            go_on(paths, both[1], other(end), then, step);
        }
    }
}

static void
extend(struct exchange_paths *paths, int32_t at)
{
    const struct exchange_graph *g = paths->graph;
    const struct exchange_step step = paths->steps[at];
    int32_t vertex = g->pairs[step.change.k].at[step.end];
    const struct exchange_label *known =
        labels_of(paths, step.change.k, step.end);
    if (known[step.change.units].step != at) {
        return; /* there is a shorter one by now */
    }
    int64_t loss = step.loss - exchange_worth(g, step.change, step.end);
    if (-loss >= paths->gain_least &&
        exchange_fits(g, step.end, &step.change, 1)) {
        note_found(paths, at, -loss);
    }
    for (int32_t m = g->begin[step.end][vertex];
         m < g->begin[step.end][vertex + 1]; m++) {
        if (g->list[step.end][m] != step.change.k) {
            make_up(paths, at, loss, g->list[step.end][m]);
        }
    }
}

static int
compare_found(const void *a, const void *b)
{
    const struct exchange_found *x = a, *y = b;
    if (x->gain != y->gain) {
        return x->gain > y->gain ? -1 : 1;
    }
    return (x->step > y->step) - (x->step < y->step);
}

void
exchange_paths_find(struct exchange_paths *paths, const struct lp_limit *limit)
{
    const struct exchange_graph *g = paths->graph;
    paths->n = paths->found_n = 0;
    for (int end = 0; end < EXCHANGE_ENDS; end++) {
        for (int32_t m = 0; m < g->levels; m++) {
            paths->labels[end][m] =
                (struct exchange_label){paths->loss_most, -1};
        }
    }
    for (int32_t k = 0; k < g->n; k++) {
        begin(paths, k, EXCHANGE_OFFER);
        begin(paths, k, EXCHANGE_NEED);
    }
    int32_t from = 0;
    for (int length = 1; length <= paths->longest && from < paths->n &&
         !lp_limit_reached(limit);
         length++) {
        for (int32_t to = paths->n; from < to; from++) {
            extend(paths, from);
        }
    }
    if (paths->found_n > 0) {
        qsort(paths->found, (size_t)paths->found_n, sizeof(*paths->found),
            compare_found);
    }
}

int32_t
exchange_paths_list(const struct exchange_paths *paths,
    const struct exchange_found *found, struct exchange_change *changes)
{
    int32_t n = 0;
    for (int32_t step = found->step; step >= 0;
         step = paths->steps[step].before) {
        changes[n++] = paths->steps[step].change;
    }
    return n;
}
