/* proof_partners.c: pairs by need, organisation and line
 * (proof_partners.h). */
#include "proof_partners.h"

#include <stdlib.h>

#include "proof_price.h"

struct gift {
    int64_t most;
    int32_t pair, line, need, org;
};

static int
compare(const void *left, const void *right)
{
    const struct gift *a = left, *b = right;
    int order = proof_order(a->need, b->need);
    order = order != 0 ? order : proof_order(a->org, b->org);
    order = order != 0 ? order : proof_order(a->line, b->line);
    return order != 0 ? order : proof_order(a->pair, b->pair);
}

static int64_t
collect(const struct instance *in, struct gift *gifts)
{
    int64_t n = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t need = in->lines[l].need;
        for (int32_t p = in->pair_begin[l];
             p < in->pair_begin[l + 1] && in->needs[need].max_partners > 0;
             p++) {
            int64_t least, most;
            proof_range(in, l, p, &least, &most);
            gifts[n++] = (struct gift){.most = most,
                .pair = p,
                .line = l,
                .need = need,
                .org = in->offers[in->pair_offer[p]].org};
        }
    }
    return n;
}

/* What the organisation of gifts begin..end can give their need. */
static int64_t
together(const struct instance *in, const struct gift *gifts, int64_t begin,
    int64_t end)
{
    int64_t all = 0, here = 0;
    for (int64_t k = begin; k < end; k++) {
        int64_t quantity = in->lines[gifts[k].line].quantity;
        here += gifts[k].most;
        if (k + 1 == end || gifts[k + 1].line != gifts[k].line) {
            all += here < quantity ? here : quantity;
            here = 0;
        }
    }
    return all;
}

int64_t *
proof_partner_weights(const struct instance *in)
{
    int64_t *weights = xcalloc((size_t)in->pairs_n + 1, sizeof(*weights));
    struct gift *gifts = xmalloc(((size_t)in->pairs_n + 1) * sizeof(*gifts));
    int64_t n = collect(in, gifts);
    qsort(gifts, (size_t)n, sizeof(*gifts), compare);
    for (int64_t k = 0, end; k < n; k = end) {
        for (end = k + 1; end < n && gifts[end].need == gifts[k].need &&
                          gifts[end].org == gifts[k].org;
             end++) {
        }
        int64_t most = together(in, gifts, k, end);
        for (int64_t i = k; i < end && most > 0; i++) {
            weights[gifts[i].pair] = 1000000 / most;
        }
    }
    free(gifts);
    return weights;
}
