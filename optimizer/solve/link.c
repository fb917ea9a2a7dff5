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

/*
 * Numbers distinct meetings from links->n on; owners go to links->owner.
 * The link of each pair, NULL if there is none.
 */
static int32_t *
number(const struct instance *in, bool by_need, int32_t n,
    struct arena *arena, struct links *links)
{
    if (n == 0) {
        return NULL;
    }
    int32_t *pair_link =
        arena_array(arena, (size_t)in->pairs_n, sizeof(*pair_link));
    for (int32_t p = 0; p < in->pairs_n; p++) {
        pair_link[p] = -1;
    }
    struct meeting *met = xmalloc((size_t)n * sizeof(*met));
    collect(in, by_need, met);
    qsort(met, (size_t)n, sizeof(*met), compare);
    for (int32_t k = 0; k < n; k++) {
        if (k == 0 || met[k].owner != met[k - 1].owner ||
            met[k].other != met[k - 1].other) {
            links->owner[links->n++] = met[k].owner;
        }
        pair_link[met[k].pair] = links->n - 1;
    }
    free(met);
    return pair_link;
}

void
links_make(const struct instance *in, struct arena *arena,
    struct links *links)
{
    int32_t needs = collect(in, true, NULL);
    int32_t offers = collect(in, false, NULL);
    *links = (struct links){.owner = arena_array(
                                arena, (size_t)needs + (size_t)offers,
                                sizeof(int32_t))};
    links->pair_org = number(in, true, needs, arena, links);
    links->orgs_n = links->n;
    links->pair_need = number(in, false, offers, arena, links);
}
