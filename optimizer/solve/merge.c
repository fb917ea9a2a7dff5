/* merge.c: windows where plans differ (merge.h). */
#include "merge.h"

#include <string.h>

#include "crowd.h"
#include "near.h"
#include "window.h"

struct merger {
    const struct merge *merge;
    const struct merge_options *options;
    const struct instance *in;
    struct ledger *ledger;
    struct near near;     /* its lists by row, of what any plan uses */
    uint8_t *open, *done; /* per need: do plans differ? is it planned anew? */
    struct crowd crowd;   /* of the window */
};

void
merge_open(struct merge *merge, const struct instance *in,
    struct arena *arena)
{
    size_t pairs = (size_t)in->pairs_n;
    *merge = (struct merge){.in = in,
        .low = arena_array(arena, pairs, sizeof(int32_t)),
        .high = arena_array(arena, pairs, sizeof(int32_t))};
}

void
merge_add(struct merge *merge, const int32_t *units)
{
    bool first = merge->plans_n++ == 0;
    for (int32_t p = 0; p < merge->in->pairs_n; p++) {
        if (first || units[p] < merge->low[p]) {
            merge->low[p] = units[p];
        }
        if (units[p] > merge->high[p]) {
            merge->high[p] = units[p];
        }
    }
}

static void
compare_plans(struct merger *m, struct arena *arena)
{
    const struct merge *merge = m->merge;
    const struct instance *in = m->in;
    uint8_t *used = arena_alloc(arena, (size_t)in->pairs_n);
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            used[p] = merge->high[p] > 0;
            m->open[in->lines[l].need] |= merge->low[p] < merge->high[p];
        }
    }
    near_take(&m->near, in, used, arena);
}

/*
 * Those that came first have their rivals around them: they need no window
 * of their own in this pass.
 */
static void
settle(struct merger *m)
{
    const struct crowd *c = &m->crowd;
    bool all = c->lines_n < c->most / 2;
    for (int32_t k = 0; k < (all ? c->needs_n : (c->needs_n + 1) / 2); k++) {
        m->done[c->needs[k]] = 1;
    }
}

static void
replan(struct merger *m, int32_t need)
{
    const struct merge_options *options = m->options;
    /* who has, or had in another plan, what the lines have in some plan */
    crowd_gather(&m->crowd, m->ledger, need, false);
    settle(m);
    model_wide gain = window_replan(m->ledger, m->crowd.lines,
        m->crowd.lines_n,
        m->near.wanted, options->node_limit, options->limit);
    if (gain > 0 && options->gained != NULL) {
        options->gained(options->data);
    }
}

static void
pass(struct merger *m)
{
    memset(m->done, 0, (size_t)m->in->needs_n);
    for (int32_t i = 0; i < m->in->needs_n; i++) {
        if (lp_limit_reached(m->options->limit)) {
            return;
        }
        if (m->open[i] && !m->done[i]) {
            replan(m, i);
        }
    }
}

void
merge_plan(const struct merge *merge, struct ledger *ledger,
    const struct merge_options *options)
{
    struct arena own = {0};
    const struct instance *in = merge->in;
    size_t needs = (size_t)in->needs_n;
    struct merger m = {.merge = merge, .options = options, .in = in,
        .ledger = ledger,
        .open = arena_alloc(&own, needs),
        .done = arena_alloc(&own, needs)};
    compare_plans(&m, &own);
    crowd_make(&m.crowd, &m.near, options->lines, &own);
    m.crowd.open = m.open;
    for (int32_t k = 0; k < options->passes; k++) {
        pass(&m);
        m.crowd.most *= 2;
    }
    arena_release(&own);
}
