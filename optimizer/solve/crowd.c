/* crowd.c: who has what whom would like (crowd.h). */
#include "crowd.h"

#include <stdlib.h>

static int
compare_seeds(const void *a, const void *b)
{
    const struct crowd_seed *x = a, *y = b;
    int order = (x->loss < y->loss) - (x->loss > y->loss);
    return order != 0 ? order : (x->need > y->need) - (x->need < y->need);
}

void
crowd_sort(struct crowd_seed *seeds, int32_t n)
{
    if (n > 0) {
        qsort(seeds, (size_t)n, sizeof(*seeds), compare_seeds);
    }
}

void
crowd_make(struct crowd *c, const struct near *near, int32_t most,
    struct arena *arena)
{
    size_t needs = (size_t)near->in->needs_n;
    size_t lines = (size_t)near->in->lines_n;
    *c = (struct crowd){.near = near, .most = most,
        .lines = arena_array(arena, lines, sizeof(int32_t)),
        .needs = arena_array(arena, needs, sizeof(int32_t)),
        .mark = arena_array(arena, needs, sizeof(int32_t))};
}

static void
invite(struct crowd *c, int32_t need)
{
    int32_t begin = c->near->need_begin[need];
    int32_t end = c->near->need_begin[need + 1];
    if ((c->open != NULL && !c->open[need]) || c->mark[need] == c->crowds ||
        (c->needs_n > 0 && c->lines_n + end - begin > c->most)) {
        return;
    }
    c->mark[need] = c->crowds;
    c->needs[c->needs_n++] = need;
    for (int32_t k = begin; k < end; k++) {
        c->lines[c->lines_n++] = c->near->need_lines[k];
    }
}

static void
invite_rivals(
    struct crowd *c, const struct ledger *ledger, int32_t l, bool holders)
{
    const struct near *near = c->near;
    const struct instance *in = near->in;
    for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
        int32_t j = in->pair_offer[p];
        for (int32_t k = near->offer_begin[j];
             near->wanted[p] && k < near->offer_begin[j + 1]; k++) {
            int32_t q = near->offer_pairs[k];
            if (!holders || ledger->units[q] > 0) {
                invite(c, in->lines[ledger->pair_line[q]].need);
            }
        }
    }
}

void
crowd_gather(struct crowd *c, const struct ledger *ledger, int32_t need,
    bool holders)
{
    c->crowds++;
    c->lines_n = c->needs_n = 0;
    invite(c, need);
    for (int32_t k = 0; k < c->lines_n && c->lines_n < c->most; k++) {
        invite_rivals(c, ledger, c->lines[k], holders);
    }
}
