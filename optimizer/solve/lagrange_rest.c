/* lagrange_rest.c: what can still be added to a plan (lagrange.h). */
#include <string.h>

#include "lagrange.h"

static int32_t *
ints(struct arena *arena, int32_t n)
{
    return arena_array(arena, (size_t)n, sizeof(int32_t));
}

void
lagrange_rest_open(struct lagrange *g, const struct ledger *ledger,
    struct arena *arena)
{
    const struct instance *in = g->in;
    int32_t n = g->line_begin[in->lines_n];
    struct lagrange_given *given = arena_alloc(arena, sizeof(*given));
    *given = (struct lagrange_given){
        .need_partners = ints(arena, in->needs_n),
        .pairs = ints(arena, in->pairs_n),
        .line_begin = g->line_begin, .all = g->pairs, .most = g->most};
    g->line_begin = ints(arena, in->lines_n + 1);
    g->pairs = ints(arena, n);
    g->most = ints(arena, n);
    memcpy(g->line_begin, given->line_begin,
        ((size_t)in->lines_n + 1) * sizeof(int32_t));
    if (n > 0) {
        memcpy(g->pairs, given->all, (size_t)n * sizeof(int32_t));
    }
    g->ledger = ledger;
    g->given = given;
    lagrange_rest_update(g);
}

/* Units that the pair can get beyond those that it has. */
static int32_t
more_units(const struct ledger *ledger, int32_t p)
{
    int32_t most = ledger_most(ledger, p), have = ledger->units[p];
    return most > have && ledger_allows(ledger, p, most) ? most - have : 0;
}

/* What cannot get more now never will. */
static void
drop_pairs(struct lagrange *g)
{
    int32_t n = 0, begin = 0;
    for (int32_t l = 0; l < g->in->lines_n; l++) {
        int32_t end = g->line_begin[l + 1];
        g->line_begin[l] = n;
        for (int32_t k = begin; k < end && g->ledger->line_left[l] > 0; k++) {
            int32_t p = g->pairs[k], more = more_units(g->ledger, p);
            if (more > 0) {
                g->pairs[n] = p;
                g->most[n++] = more;
            }
        }
        begin = end;
    }
    g->line_begin[g->in->lines_n] = n;
}

void
lagrange_rest_update(struct lagrange *g)
{
    const struct instance *in = g->in;
    struct lagrange_given *given = g->given;
    drop_pairs(g);
    given->pairs_n = 0;
    given->score = 0;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (g->ledger->units[p] > 0) {
            given->pairs[given->pairs_n++] = p;
            given->score += (model_wide)in->pair_score[p] * 1000000 *
                g->ledger->units[p];
        }
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        given->need_partners[i] =
            in->needs[i].max_partners - g->ledger->partners_left[i];
    }
}

void
lagrange_rest_close(struct lagrange *g)
{
    g->line_begin = g->given->line_begin;
    g->pairs = g->given->all;
    g->most = g->given->most;
    g->ledger = NULL;
    g->given = NULL;
}
