/* link.c: links by sorting what pairs meet. */
#include "link.h"

#include <stdlib.h>

struct meeting {
    int32_t owner, other, pair;
};

static int
compare(const void *a, const void *b)
{
    const struct meeting *x = a, *y = b;
    int order = (x->owner > y->owner) - (x->owner < y->owner);
    if (order == 0) {
        order = (x->other > y->other) - (x->other < y->other);
    }
    return order != 0 ? order : (x->pair > y->pair) - (x->pair < y->pair);
}

static int32_t
collect(const struct instance *in, bool by_need, struct meeting *out)
{
    int32_t n = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t i = in->lines[l].need;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int32_t j = in->pair_offer[p];
            int32_t limit = by_need ? in->needs[i].max_partners
                                    : in->offers[j].max_needs;
            if (limit == 0) {
                continue;
            }
            if (out != NULL) {
                out[n] = by_need
                    ? (struct meeting){i, in->offers[j].org, p}
                    : (struct meeting){j, i, p};
            }
            n++;
        }
    }
    return n;
}

/* Numbers distinct meetings from links->n on; owners go to owner[]. */
static void
number(const struct instance *in, bool by_need, int32_t *pair_link,
    int32_t *owner, struct links *links)
{
    int32_t n = collect(in, by_need, NULL);
    struct meeting *met = xmalloc((size_t)n * sizeof(*met));
    collect(in, by_need, met);
    qsort(met, (size_t)n, sizeof(*met), compare);
    for (int32_t k = 0; k < n; k++) {
        if (k == 0 || met[k].owner != met[k - 1].owner ||
            met[k].other != met[k - 1].other) {
            owner[links->n++] = met[k].owner;
        }
        pair_link[met[k].pair] = links->n - 1;
    }
    free(met);
}

void
links_make(const struct instance *in, struct arena *arena,
    struct links *links)
{
    size_t pairs = (size_t)in->pairs_n;
    size_t most = (size_t)collect(in, true, NULL) +
        (size_t)collect(in, false, NULL);
    *links = (struct links){
        .owner = arena_array(arena, most, sizeof(int32_t)),
        .pair_org = arena_array(arena, pairs, sizeof(int32_t)),
        .pair_need = arena_array(arena, pairs, sizeof(int32_t))};
    for (size_t p = 0; p < pairs; p++) {
        links->pair_org[p] = links->pair_need[p] = -1;
    }
    number(in, true, links->pair_org, links->owner, links);
    links->orgs_n = links->n;
    number(in, false, links->pair_need, links->owner, links);
}
