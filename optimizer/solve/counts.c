/* counts.c: how much each link can carry (counts.h). */
#include "counts.h"

#include <stdlib.h>

/*
 * Per link: the sum over lines of what its pairs there could carry, at most
 * the line's quantity, and for a single offer at most its capacity.
 */
static int64_t *
link_most(const struct instance *in, const struct links *links,
    const int32_t *pair_link)
{
    int64_t *most = xcalloc((size_t)links->n, sizeof(*most));
    int64_t *here = xcalloc((size_t)links->n, sizeof(*here));
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t begin = in->pair_begin[l], end = in->pair_begin[l + 1];
        for (int32_t p = begin; p < end; p++) {
            if (pair_link[p] >= 0) {
                here[pair_link[p]] += model_pair_most(in, l, p);
            }
        }
        for (int32_t p = begin; p < end; p++) {
            int32_t k = pair_link[p];
            if (k >= 0) {
                most[k] += here[k] < in->lines[l].quantity
                    ? here[k]
                    : in->lines[l].quantity;
                here[k] = 0; /* once per line */
            }
        }
    }
    free(here);
    for (int32_t k = links->orgs_n; k < links->n; k++) {
        int64_t capacity = in->offers[links->owner[k]].capacity;
        most[k] = capacity < most[k] ? capacity : most[k];
    }
    return most;
}

static int32_t *
weigh(const struct instance *in, const struct links *links,
    const int32_t *pair_link, struct arena *arena)
{
    int32_t *weight =
        arena_array(arena, (size_t)in->pairs_n, sizeof(*weight));
    if (pair_link == NULL) {
        return weight;
    }
    int64_t *most = link_most(in, links, pair_link);
    for (int32_t p = 0; p < in->pairs_n; p++) {
        int32_t k = pair_link[p];
        if (k >= 0 && most[k] > 0) {
            weight[p] = (int32_t)(1000000 / most[k]);
        }
    }
    free(most);
    return weight;
}

int32_t *
counts_partners(const struct instance *in, const struct links *links,
    struct arena *arena)
{
    return weigh(in, links, links->pair_org, arena);
}

void
counts_make(struct counts *counts, const struct instance *in,
    const struct links *links, struct arena *arena)
{
    counts->partner_weight = counts_partners(in, links, arena);
    counts->meeting_weight = weigh(in, links, links->pair_need, arena);
}
