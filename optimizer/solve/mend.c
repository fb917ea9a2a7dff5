/* mend.c: windows from the largest regret on (mend.h). */
#include "mend.h"

#include <string.h>

#include "crowd.h"
#include "near.h"
#include "window.h"

#define LIKELY 0.001f /* to be used: enough to be chosen from */
#define WANTED 0.3f   /* ... for the need to share in its offer's regret */
#define LEAST 30000000 /* 1e-6 milli-points; less is not worth a window */

enum { SETTLED = 4 }; /* one in so many of a window's needs, the first ones, */
                      /* wants none of its own in this pass */

struct mender {
    const struct mend_options *options;
    const struct instance *in;
    struct ledger *ledger;
    struct regrets regrets;
    uint8_t *wanted;  /* per pair: in windows */
    uint8_t *settled; /* per need */
    struct near near; /* its lists of offers and needs */
    struct crowd crowd;
    model_wide total;
};

static void
choose_pairs(struct mender *m, struct arena *arena)
{
    const struct instance *in = m->in;
    m->wanted = arena_alloc(arena, (size_t)in->pairs_n);
    for (int32_t p = 0; p < in->pairs_n; p++) {
        m->wanted[p] = m->options->concord->used[p] > LIKELY ||
            m->ledger->units[p] > 0;
    }
    near_take(&m->near, in, m->wanted, arena);
}

/* A need's own, and those of offers that serve it or might. */
static void
list_seeds(const struct mender *m, struct crowd_seed *seeds)
{
    const struct instance *in = m->in;
    for (int32_t i = 0; i < in->needs_n; i++) {
        seeds[i] = (struct crowd_seed){m->regrets.needs[i], i};
    }
    for (int32_t p = 0; p < in->pairs_n; p++) {
        model_wide regret = m->regrets.offers[in->pair_offer[p]];
        int32_t i = in->lines[m->ledger->pair_line[p]].need;
        if (regret > 0 && (m->ledger->units[p] > 0 ||
                              m->options->concord->used[p] > WANTED)) {
            seeds[i].loss += regret;
        }
    }
    crowd_sort(seeds, in->needs_n);
}

static bool
replan(struct mender *m, int32_t need)
{
    struct crowd *c = &m->crowd;
    const struct mend_options *options = m->options;
    crowd_gather(c, m->ledger, need, false);
    for (int32_t k = 0; k < (c->needs_n + SETTLED - 1) / SETTLED; k++) {
        m->settled[c->needs[k]] = 1;
    }
    model_wide gain = window_replan(m->ledger, c->lines, c->lines_n,
        m->wanted, options->node_limit, options->limit);
    m->total += gain;
    if (gain > 0 && options->gained != NULL) {
        options->gained(options->data);
    }
    return gain > 0;
}

static bool
pass(struct mender *m, struct crowd_seed *seeds)
{
    const struct mend_options *options = m->options;
    bool gain = false;
    regrets_find(&m->regrets);
    list_seeds(m, seeds);
    memset(m->settled, 0, (size_t)m->in->needs_n);
    for (int32_t s = 0; s < m->in->needs_n && seeds[s].loss > LEAST; s++) {
        if (lp_limit_reached(options->limit) ||
            options->bound - m->total <= options->enough) {
            return false;
        }
        if (!m->settled[seeds[s].need]) {
            gain = replan(m, seeds[s].need) || gain;
        }
    }
    return gain;
}

void
mend_plan(struct ledger *ledger, const struct mend_options *options)
{
    const struct instance *in = ledger->in;
    size_t needs = (size_t)in->needs_n;
    struct arena own = {0};
    struct mender m = {.options = options, .in = in, .ledger = ledger,
        .settled = arena_alloc(&own, needs + 1),
        .total = model_total(in, ledger->units)};
    struct crowd_seed *seeds = arena_array(&own, needs, sizeof(*seeds));
    regrets_open(&m.regrets, ledger, options->concord, &own);
    choose_pairs(&m, &own);
    crowd_make(&m.crowd, &m.near, options->lines, &own);
    for (int32_t k = 0; k < options->passes && pass(&m, seeds); k++) {
    }
    regrets_close(&m.regrets);
    arena_release(&own);
}
