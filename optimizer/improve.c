/* improve.c: windows where the gap is (improve.h). */
#include "improve.h"

#include <stdlib.h>
#include <string.h>

#include "part.h"
#include "window.h"

struct improver {
    struct ledger *ledger;
    const struct instance *in;
    const struct prices *prices;
    const struct improve_options *options;
    uint8_t *wanted;                     /* per pair: near enough */
    int32_t *need_begin, *need_lines;    /* lines of a need */
    int32_t *offer_begin, *offer_pairs;  /* wanted pairs of an offer */
    model_wide *floor_gains;             /* of the prices */
    int32_t *mark;                       /* per need: last window it was in */
    int32_t windows;
    model_wide total;
};

/* What a unit of the pair loses against the line's price, 1e-9, >= 0. */
static model_wide
pair_loss(const struct improver *v, int32_t l, int32_t p)
{
    model_wide net = prices_net(v->in, v->prices, v->floor_gains[l], l, p);
    model_wide loss = v->prices->demand[l] - net;
    return loss > 0 ? loss : 0;
}

struct near {
    model_wide loss;
    int32_t pair;
};

static int
compare_near(const void *a, const void *b)
{
    const struct near *x = a, *y = b;
    int order = (x->loss > y->loss) - (x->loss < y->loss);
    return order != 0 ? order : (x->pair > y->pair) - (x->pair < y->pair);
}

static void
mark_wanted(struct improver *v)
{
    const struct instance *in = v->in;
    struct near *near = NULL;
    int32_t cap = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t n = 0;
        if (in->pair_begin[l + 1] - in->pair_begin[l] > cap) {
            cap = in->pair_begin[l + 1] - in->pair_begin[l];
            near = xrealloc(near, (size_t)cap, sizeof(*near));
        }
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (model_pair_most(in, l, p) > 0) {
                near[n++] = (struct near){pair_loss(v, l, p), p};
            }
        }
        if (n > 0) {
            qsort(near, (size_t)n, sizeof(*near), compare_near);
        }
        for (int32_t k = 0; k < n && k < v->options->line_pairs; k++) {
            v->wanted[near[k].pair] = 1;
        }
    }
    free(near);
}

static void
index_rows(struct improver *v, struct arena *arena)
{
    const struct instance *in = v->in;
    size_t lines = (size_t)in->lines_n, needs = (size_t)in->needs_n;
    size_t offers = (size_t)in->offers_n;
    v->need_begin = arena_array(arena, needs + 2, sizeof(int32_t));
    v->need_lines = arena_array(arena, lines, sizeof(int32_t));
    v->offer_begin = arena_array(arena, offers + 2, sizeof(int32_t));
    /* counts two places up: the begins fall into place while filling */
    for (int32_t l = 0; l < in->lines_n; l++) {
        v->need_begin[in->lines[l].need + 2]++;
    }
    for (int32_t p = 0; p < in->pairs_n; p++) {
        v->offer_begin[in->pair_offer[p] + 2] += v->wanted[p];
    }
    for (size_t i = 2; i < needs + 2; i++) {
        v->need_begin[i] += v->need_begin[i - 1];
    }
    for (size_t j = 2; j < offers + 2; j++) {
        v->offer_begin[j] += v->offer_begin[j - 1];
    }
    v->offer_pairs = arena_array(
        arena, (size_t)v->offer_begin[offers + 1], sizeof(int32_t));
    for (int32_t l = 0; l < in->lines_n; l++) {
        v->need_lines[v->need_begin[in->lines[l].need + 1]++] = l;
    }
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (v->wanted[p]) {
            v->offer_pairs[v->offer_begin[in->pair_offer[p] + 1]++] = p;
        }
    }
}

/* The line's part of the gap, 1e-9. */
static model_wide
line_gap(const struct improver *v, int32_t l)
{
    const struct instance *in = v->in;
    model_wide gap =
        (model_wide)v->prices->demand[l] * v->ledger->line_left[l];
    for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
        if (v->ledger->units[p] > 0) {
            gap += pair_loss(v, l, p) * v->ledger->units[p];
        }
    }
    return gap;
}

struct seed {
    model_wide gap;
    int32_t need;
};

static int
compare_seeds(const void *a, const void *b)
{
    const struct seed *x = a, *y = b;
    int order = (x->gap < y->gap) - (x->gap > y->gap);
    return order != 0 ? order : (x->need > y->need) - (x->need < y->need);
}

struct crowd {
    int32_t *lines, *needs;
    int32_t lines_n, needs_n;
};

static void
invite(struct improver *v, struct crowd *c, int32_t need)
{
    int32_t n = v->need_begin[need + 1] - v->need_begin[need];
    if (v->mark[need] == v->windows ||
        (c->needs_n > 0 && c->lines_n + n > v->options->lines)) {
        return;
    }
    v->mark[need] = v->windows;
    c->needs[c->needs_n++] = need;
    for (int32_t k = v->need_begin[need]; k < v->need_begin[need + 1]; k++) {
        c->lines[c->lines_n++] = v->need_lines[k];
    }
}

/* Who holds what the line would like to have. */
static void
invite_holders(struct improver *v, struct crowd *c, int32_t l)
{
    const struct instance *in = v->in;
    for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
        if (!v->wanted[p]) {
            continue;
        }
        int32_t j = in->pair_offer[p];
        for (int32_t k = v->offer_begin[j]; k < v->offer_begin[j + 1]; k++) {
            int32_t q = v->offer_pairs[k];
            if (v->ledger->units[q] > 0) {
                invite(v, c, in->lines[v->ledger->pair_line[q]].need);
            }
        }
    }
}

static int
compare_indexes(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* Plans the crowd anew; true if that was a gain. */
static bool
replan(struct improver *v, struct crowd *c)
{
    struct arena own = {0};
    struct window w;
    struct part_result result = {0};
    const struct part_options options = {.limit = v->options->limit,
        .node_limit = v->options->node_limit};
    qsort(c->lines, (size_t)c->lines_n, sizeof(int32_t), compare_indexes);
    window_open(&w, v->ledger, c->lines, c->lines_n, v->wanted, &own);
    model_wide before = model_total(&w.in, w.before);
    result.units =
        arena_array(&own, (size_t)w.in.pairs_n, sizeof(int32_t));
    prices_make(&result.prices, &w.in, NULL, &own);
    part_solve(&w.in, w.least, &options, &result);
    bool gain = result.total > before;
    window_close(&w, v->ledger, gain ? result.units : NULL);
    v->total += gain ? result.total - before : 0;
    arena_release(&own);
    if (gain && v->options->gained != NULL) {
        v->options->gained(v->options->data);
    }
    return gain;
}

static bool
pass(struct improver *v, struct seed *seeds, struct crowd *c,
    model_wide bound)
{
    const struct instance *in = v->in;
    bool gain = false;
    for (int32_t i = 0; i < in->needs_n; i++) {
        seeds[i] = (struct seed){0, i};
        for (int32_t k = v->need_begin[i]; k < v->need_begin[i + 1]; k++) {
            seeds[i].gap += line_gap(v, v->need_lines[k]);
        }
    }
    qsort(seeds, (size_t)in->needs_n, sizeof(*seeds), compare_seeds);
    for (int32_t s = 0; s < in->needs_n && seeds[s].gap > 1000; s++) {
        if (lp_limit_reached(v->options->limit) ||
            bound - v->total <= v->options->enough) {
            return false;
        }
        v->windows++;
        c->lines_n = c->needs_n = 0;
        invite(v, c, seeds[s].need);
        for (int32_t k = 0; k < c->lines_n; k++) {
            if (c->lines_n < v->options->lines) {
                invite_holders(v, c, c->lines[k]);
            }
        }
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
    size_t needs = (size_t)in->needs_n, lines = (size_t)in->lines_n;
    struct improver v = {.ledger = ledger, .in = in, .prices = prices,
        .options = options,
        .wanted = arena_alloc(&own, (size_t)in->pairs_n),
        .floor_gains = prices_floor_gains(in, prices),
        .mark = arena_array(&own, needs, sizeof(int32_t)),
        .total = model_total(in, ledger->units)};
    struct seed *seeds = arena_array(&own, needs, sizeof(*seeds));
    struct crowd crowd = {.lines = arena_array(&own, lines, sizeof(int32_t)),
        .needs = arena_array(&own, needs, sizeof(int32_t))};
    mark_wanted(&v);
    index_rows(&v, &own);
    for (int32_t k = 0; k < options->rounds; k++) {
        if (!pass(&v, seeds, &crowd, bound)) {
            break;
        }
    }
    free(v.floor_gains);
    arena_release(&own);
}
