/* near.c: the least losses of each line, and who meets whom (near.h). */
#include "near.h"

#include <stdlib.h>
#include <string.h>

model_wide
near_loss(const struct near *near, int32_t l, int32_t p)
{
    model_wide loss = near->prices->demand[l] -
        prices_net(near->in, near->prices, near->floor_gains[l], l, p);
    return loss > 0 ? loss : 0;
}

struct ranked {
    model_wide loss;
    int32_t pair;
};

#define LIKELY ((model_wide)1 << 100) /* more than any loss */

/* Into the n best so far, of at most so many; how many there are then. */
static int32_t
insert(struct ranked *best, int32_t n, int32_t most, struct ranked one)
{
    if (n == most && one.loss >= best[n - 1].loss) {
        return n; /* pairs come in ascending order: ties stay behind */
    }
    int32_t k = n < most ? n++ : n - 1;
    for (; k > 0 && best[k - 1].loss > one.loss; k--) {
        best[k] = best[k - 1];
    }
    best[k] = one;
    return n;
}

static void
choose(struct near *near, const uint8_t *likely, int32_t most,
    struct arena *arena)
{
    const struct instance *in = near->in;
    struct ranked *best = xmalloc((size_t)most * sizeof(*best));
    int32_t n_all = 0;
    near->line_begin =
        arena_array(arena, (size_t)in->lines_n + 1, sizeof(int32_t));
    int64_t bytes = (int64_t)most * in->lines_n;
    bytes = bytes < in->pairs_n ? bytes : in->pairs_n;
    near->line_pairs = arena_array(arena, (size_t)bytes, sizeof(int32_t));
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t n = 0;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            model_wide loss = near_loss(near, l, p);
            if (likely != NULL && likely[p]) {
                loss -= LIKELY;
            }
            if (model_pair_most(in, l, p) > 0) {
                n = insert(best, n, most, (struct ranked){loss, p});
            }
        }
        near->line_begin[l] = n_all;
        for (int32_t k = 0; k < n; k++) {
            near->wanted[best[k].pair] = 1;
            near->line_pairs[n_all++] = best[k].pair;
        }
    }
    near->line_begin[in->lines_n] = n_all;
    free(best);
}

/* Counts stand two places up: the begins fall into place while filling. */
static void
index_rows(struct near *near, struct arena *arena)
{
    const struct instance *in = near->in;
    size_t needs = (size_t)in->needs_n, offers = (size_t)in->offers_n;
    near->need_begin = arena_array(arena, needs + 2, sizeof(int32_t));
    near->need_lines =
        arena_array(arena, (size_t)in->lines_n, sizeof(int32_t));
    near->offer_begin = arena_array(arena, offers + 2, sizeof(int32_t));
    for (int32_t l = 0; l < in->lines_n; l++) {
        near->need_begin[in->lines[l].need + 2]++;
    }
    for (int32_t p = 0; p < in->pairs_n; p++) {
        near->offer_begin[in->pair_offer[p] + 2] += near->wanted[p];
    }
    for (size_t i = 2; i < needs + 2; i++) {
        near->need_begin[i] += near->need_begin[i - 1];
    }
    for (size_t j = 2; j < offers + 2; j++) {
        near->offer_begin[j] += near->offer_begin[j - 1];
    }
    near->offer_pairs = arena_array(
        arena, (size_t)near->offer_begin[offers + 1], sizeof(int32_t));
    for (int32_t l = 0; l < in->lines_n; l++) {
        near->need_lines[near->need_begin[in->lines[l].need + 1]++] = l;
    }
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (near->wanted[p]) {
            near->offer_pairs[near->offer_begin[in->pair_offer[p] + 1]++] =
                p;
        }
    }
}

void
near_make(struct near *near, const struct instance *in,
    const struct prices *prices, const uint8_t *likely, int32_t most,
    struct arena *arena)
{
    *near = (struct near){.in = in, .prices = prices,
        .floor_gains = arena_array(
            arena, (size_t)in->lines_n, sizeof(model_wide)),
        .wanted = arena_alloc(arena, (size_t)in->pairs_n)};
    model_wide *gains = prices_floor_gains(in, prices);
    memcpy(near->floor_gains, gains, (size_t)in->lines_n * sizeof(*gains));
    free(gains);
    choose(near, likely, most, arena);
    index_rows(near, arena);
}

void
near_take(struct near *near, const struct instance *in, uint8_t *wanted,
    struct arena *arena)
{
    *near = (struct near){.in = in, .wanted = wanted};
    index_rows(near, arena);
}
