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
    int32_t n = g->offer_begin[in->offers_n];
    struct lagrange_given *given = arena_alloc(arena, sizeof(*given));
    *given = (struct lagrange_given){
        .line_units = ints(arena, in->lines_n),
        .need_cost =
            arena_array(arena, (size_t)in->needs_n, sizeof(int64_t)),
        .need_partners =
            arena_array(arena, (size_t)in->needs_n, sizeof(double)),
        .offer_begin = g->offer_begin, .numbers = g->numbers,
        .most = g->most, .all = g->pairs};
    g->offer_begin = ints(arena, in->offers_n + 1);
    g->numbers = ints(arena, n);
    g->most = ints(arena, n);
    g->pairs = arena_array(arena, (size_t)n, sizeof(*g->pairs));
    memcpy(g->offer_begin, given->offer_begin,
        ((size_t)in->offers_n + 1) * sizeof(int32_t));
    if (n > 0) {
        memcpy(g->numbers, given->numbers, (size_t)n * sizeof(int32_t));
        memcpy(g->pairs, given->all, (size_t)n * sizeof(*g->pairs));
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
    for (int32_t j = 0; j < g->in->offers_n; j++) {
        int32_t end = g->offer_begin[j + 1];
        g->offer_begin[j] = n;
        for (int32_t k = begin; k < end && g->ledger->offer_left[j] > 0;
             k++) {
            int32_t p = g->numbers[k], more = more_units(g->ledger, p);
            if (more > 0) {
                g->pairs[n] = g->pairs[k];
                g->numbers[n] = p;
                g->most[n++] = more;
            }
        }
        begin = end;
    }
    g->offer_begin[g->in->offers_n] = n;
}

/* What the ledger's plan takes of each row. */
static void
take_rows(struct lagrange *g)
{
    const struct instance *in = g->in;
    struct lagrange_given *given = g->given;
    given->programme_cost = 0;
    memset(given->need_cost, 0, (size_t)in->needs_n * sizeof(int64_t));
    for (int32_t l = 0; l < in->lines_n; l++) {
        given->line_units[l] =
            in->lines[l].quantity - g->ledger->line_left[l];
    }
    for (int32_t k = 0; k < given->uses_n; k++) {
        const struct lagrange_use *use = &g->uses[k];
        int64_t cost = (int64_t)use->units * in->pair_cost[use->pair];
        given->need_cost[in->lines[g->pair_line[use->pair]].need] += cost;
        given->programme_cost += cost;
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        given->need_partners[i] =
            in->needs[i].max_partners - g->ledger->partners_left[i];
    }
    for (int32_t k = 0; k < g->own_links_n; k++) {
        g->link_given[k] = g->ledger->link_pairs[g->link_number[k]] > 0;
    }
}

void
lagrange_rest_update(struct lagrange *g)
{
    const struct instance *in = g->in;
    struct lagrange_given *given = g->given;
    drop_pairs(g);
    given->uses_n = 0;
    given->score = 0;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        int32_t units = g->ledger->units[p];
        if (units > 0) {
            lagrange_note_use(g, given->uses_n++, p, units);
            given->score +=
                (model_wide)in->pair_score[p] * 1000000 * units;
        }
    }
    take_rows(g);
}

void
lagrange_rest_close(struct lagrange *g)
{
    g->offer_begin = g->given->offer_begin;
    g->numbers = g->given->numbers;
    g->pairs = g->given->all;
    g->most = g->given->most;
    if (g->own_links_n > 0) {
        memset(g->link_given, 0, (size_t)g->own_links_n);
    }
    g->ledger = NULL;
    g->given = NULL;
}
