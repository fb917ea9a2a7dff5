/* improve.c: windows where the gap is (improve.h). */
#include "improve.h"

#include "crowd.h"
#include "moves.h"
#include "near.h"
#include "shake.h"
#include "window.h"

enum {
    MOVE_PASSES = 20,
    SHAKES_PER_LINE = 100,
    HEAT = 30 /* from the second round on: the first comes from a shake */
};

struct improver {
    struct ledger *ledger;
    const struct instance *in;
    const struct improve_options *options;
    struct near near;
    model_wide total;
};

/* The line's part of the gap, 1e-9. */
static model_wide
line_gap(const struct improver *v, int32_t l)
{
    const struct instance *in = v->in;
    model_wide gap =
        (model_wide)v->near.prices->demand[l] * v->ledger->line_left[l];
    for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
        if (v->ledger->units[p] > 0) {
            gap += near_loss(&v->near, l, p) * v->ledger->units[p];
        }
    }
    return gap;
}

/* Plans the crowd anew; true if that was a gain. */
static bool
replan(struct improver *v, struct crowd *c)
{
    model_wide gain = window_replan(v->ledger, c->lines, c->lines_n,
        v->near.wanted, v->options->node_limit, v->options->limit);
    v->total += gain;
    if (gain > 0 && v->options->gained != NULL) {
        v->options->gained(v->options->data);
    }
    return gain > 0;
}

static bool
pass(struct improver *v, struct crowd_seed *seeds, struct crowd *c,
    model_wide bound)
{
    const struct instance *in = v->in;
    bool gain = false;
    for (int32_t i = 0; i < in->needs_n; i++) {
        seeds[i] = (struct crowd_seed){0, i};
        for (int32_t k = v->near.need_begin[i]; k < v->near.need_begin[i + 1]; k++) {
            seeds[i].loss += line_gap(v, v->near.need_lines[k]);
        }
    }
    crowd_sort(seeds, in->needs_n);
    for (int32_t s = 0; s < in->needs_n && seeds[s].loss > 1000; s++) {
        if (lp_limit_reached(v->options->limit) ||
            bound - v->total <= v->options->enough) {
            return false;
        }
        crowd_gather(c, v->ledger, seeds[s].need, true);
        gain = replan(v, c) || gain;
    }
    return gain;
}

void
improve_plan(struct ledger *ledger, const struct prices *prices,
    model_wide bound, const struct improve_options *options)
{
    const struct instance *in = ledger->in;
    struct arena own = {0};
    struct improver v = {.ledger = ledger, .in = in, .options = options};
    struct crowd_seed *seeds =
        arena_array(&own, (size_t)in->needs_n, sizeof(*seeds));
    struct crowd crowd;
    near_make(&v.near, in, prices, options->likely, options->line_pairs,
        &own);
    crowd_make(&crowd, &v.near, options->lines, &own);
    for (int32_t k = 0; k < options->rounds; k++) {
        moves_improve(ledger, &v.near, MOVE_PASSES, options->limit);
        const struct shake shake = {.heat = k > 0 ? HEAT : 0,
            .trials = (int64_t)SHAKES_PER_LINE * in->lines_n,
            .enough = bound - options->enough};
        shake_plan(ledger, &v.near, &shake, options->limit);
        v.total = model_total(in, ledger->units);
        if (options->gained != NULL) {
            options->gained(options->data);
        }
        if (!pass(&v, seeds, &crowd, bound)) {
            break;
        }
    }
    arena_release(&own);
}
