/* focus.c: pairs renumbered, lists with them (focus.h). */
#include "focus.h"

#include <stdlib.h>
#include <string.h>

static int32_t *
ints(struct arena *arena, int32_t n)
{
    return arena_array(arena, (size_t)n, sizeof(int32_t));
}

static uint8_t *
choose(const struct ledger *ledger, const struct near *near,
    struct arena *arena)
{
    int32_t n = ledger->in->pairs_n;
    uint8_t *keep = arena_alloc(arena, (size_t)n + 1);
    for (int32_t p = 0; p < n; p++) {
        keep[p] = near->wanted[p] || ledger->units[p] > 0 ||
            ledger->least[p] > 0;
    }
    return keep;
}

/* What the pairs that were kept have of a row; NULL stays NULL. */
static int32_t *
take(const struct narrow *narrow, const int32_t *from, struct arena *arena)
{
    int32_t n = narrow->in.pairs_n;
    int32_t *to = from == NULL ? NULL : ints(arena, n);
    for (int32_t q = 0; q < n && from != NULL; q++) {
        to[q] = from[narrow->pair_of[q]];
    }
    return to;
}

/* A list of pairs by their new numbers. */
static int32_t *
renumber(const int32_t *list, int32_t n, const int32_t *number,
    struct arena *arena)
{
    int32_t *to = ints(arena, n);
    for (int32_t k = 0; k < n; k++) {
        to[k] = number[list[k]];
    }
    return to;
}

static void
make_near(struct focus *focus, const struct near *near, int32_t pairs_n,
    struct arena *arena)
{
    const struct narrow *narrow = &focus->narrow;
    const struct instance *in = &narrow->in;
    int32_t *number = xmalloc(((size_t)pairs_n + 1) * sizeof(*number));
    focus->near = *near;
    focus->near.in = in;
    focus->near.wanted = arena_alloc(arena, (size_t)in->pairs_n + 1);
    focus->near.losses =
        arena_array(arena, (size_t)in->pairs_n, sizeof(int64_t));
    for (int32_t q = 0; q < in->pairs_n; q++) {
        int32_t p = narrow->pair_of[q];
        model_wide loss = near_loss(near, focus->ledger.pair_line[q], p);
        number[p] = q;
        focus->near.wanted[q] = near->wanted[p];
        focus->near.losses[q] =
            loss > INT64_MAX ? INT64_MAX : (int64_t)loss;
    }
    focus->near.line_pairs = renumber(near->line_pairs,
        near->line_begin[in->lines_n], number, arena);
    focus->near.offer_pairs = renumber(near->offer_pairs,
        near->offer_begin[in->offers_n], number, arena);
    free(number);
}

void
focus_make(struct focus *focus, const struct ledger *ledger,
    const struct near *near, struct arena *arena)
{
    struct narrow *narrow = &focus->narrow;
    struct arena own = {0};
    narrow_take(narrow, ledger, choose(ledger, near, &own), arena);
    arena_release(&own);
    focus->links = *ledger->links;
    focus->links.pair_org = take(narrow, ledger->links->pair_org, arena);
    focus->links.pair_need = take(narrow, ledger->links->pair_need, arena);
    ledger_init(&focus->ledger, &narrow->in, &focus->links, narrow->least,
        arena);
    ledger_load(&focus->ledger, take(narrow, ledger->units, arena));
    make_near(focus, near, ledger->in->pairs_n, arena);
}
