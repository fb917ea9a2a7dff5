/* turns.c: an order by size, and shares of the time (turns.h). */
#include "turns.h"

#include <stdlib.h>

struct place {
    int32_t part, pairs;
};

static int
compare(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = (x->pairs < y->pairs) - (x->pairs > y->pairs);
    return order != 0 ? order : (x->part > y->part) - (x->part < y->part);
}

void
turns_make(struct turns *turns, const struct component_list *list,
    int32_t processes, struct arena *arena)
{
    size_t n = (size_t)list->n;
    struct place *places = xmalloc(n * sizeof(*places) + 1);
    *turns = (struct turns){.n = list->n, .processes = processes,
        .order = arena_array(arena, n, sizeof(*turns->order)),
        .pairs = arena_array(arena, n, sizeof(*turns->pairs))};
    for (int32_t k = 0; k < list->n; k++) {
        places[k] = (struct place){k, list->parts[k].in.pairs_n};
    }
    if (n > 0) {
        qsort(places, n, sizeof(*places), compare);
    }
    int64_t pairs = 0;
    for (int32_t turn = list->n - 1; turn >= 0; turn--) {
        const struct place *place =
            &places[processes > 1 ? turn : list->n - 1 - turn];
        pairs += place->pairs;
        turns->order[turn] = place->part;
        turns->pairs[turn] = pairs;
    }
    free(places);
}

struct lp_limit
turns_limit(const struct turns *turns, int32_t turn,
    const struct lp_limit *limit)
{
    int64_t wait = turns->n - turn, all = turns->pairs[turn];
    int64_t mine = all - (wait > 1 ? turns->pairs[turn + 1] : 0);
    double by_pairs = (double)mine / (double)(all > 0 ? all : 1);
    double share = 0.25 / (double)wait + 0.75 * by_pairs;
    return wait > 1 ? lp_limit_part(limit, turns->processes * share) : *limit;
}
