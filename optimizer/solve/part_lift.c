/* part_lift.c: flow covers of whole rows, in place (part_lift.h). */
#include "part_lift.h"

#include <stdlib.h>

/* What a pair may take of a row, and the 0/1 column that says it may. */
struct flow {
    int32_t col; /* -1: it may in any case */
    int64_t most;
};

static int32_t
switch_of(const struct part_lp *part, int32_t p, int32_t most,
    const int32_t *least)
{
    int32_t of[2] = {links_org(part->links, p), links_need(part->links, p)};
    if (least[p] > 0) {
        return -1;
    }
    if (most == part->pair_scale[p]) {
        return part->pair_col[p];
    }
    if (part->used_col[p] >= 0) {
        return part->used_col[p];
    }
    for (int k = 0; k < 2; k++) {
        if (of[k] >= 0 && part->link_col[of[k]] >= 0) {
            return part->link_col[of[k]];
        }
    }
    return -1;
}

static int
compare_cols(const void *a, const void *b)
{
    const struct flow *x = a, *y = b;
    return (x->col > y->col) - (x->col < y->col);
}

/* Those of one column become one; flows without one stay in front. */
static int
join(struct flow *flows, int n)
{
    int to = 0;
    if (n > 0) {
        qsort(flows, (size_t)n, sizeof(*flows), compare_cols);
    }
    for (int k = 0; k < n; k++) {
        if (to > 0 && flows[k].col >= 0 && flows[to - 1].col == flows[k].col) {
            flows[to - 1].most += flows[k].most;
        } else {
            flows[to++] = flows[k];
        }
    }
    return to;
}

static void
lift(struct part_lp *part, int row, struct flow *flows, int n, int64_t limit)
{
    int64_t excess = -limit, high = limit;
    for (int k = 0; k < n; k++) {
        excess += flows[k].most;
    }
    if (excess <= 0) {
        return; /* it never binds */
    }
    n = join(flows, n);
    for (int k = 0; k < n; k++) {
        int64_t room = flows[k].most - excess;
        if (flows[k].col >= 0 && room > 0) {
            lp_add_entry(part->lp, row, flows[k].col, -(double)room);
            high -= room;
        }
    }
    if (high < limit) {
        lp_set_most(part->lp, row, (double)high);
    }
}

void
part_lift(struct part_lp *part, const int32_t *least)
{
    const struct instance *in = part->in;
    size_t offers = (size_t)in->offers_n, pairs = (size_t)in->pairs_n;
    struct flow *of_line = xmalloc((pairs + 1) * sizeof(*of_line));
    struct flow *of_offer = xmalloc((pairs + 1) * sizeof(*of_offer));
    int32_t *begin = xcalloc(offers + 2, sizeof(*begin));
    for (int32_t p = 0; p < in->pairs_n; p++) {
        begin[in->pair_offer[p] + 2] += part->pair_col[p] >= 0;
    }
    for (size_t j = 2; j < offers + 2; j++) {
        begin[j] += begin[j - 1];
    }
    for (int32_t l = 0; l < in->lines_n; l++) { /* row l is line l */
        int n = 0;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (part->pair_col[p] >= 0) {
                int32_t most = model_pair_most(in, l, p);
                int32_t col = switch_of(part, p, most, least);
                of_line[n++] = (struct flow){col, most};
                of_offer[begin[in->pair_offer[p] + 1]++] = (struct flow){
                    col, (int64_t)most * in->pair_use[p]};
            }
        }
        lift(part, l, of_line, n, in->lines[l].quantity);
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        if (part->offer_row[j] >= 0) {
            lift(part, part->offer_row[j], of_offer + begin[j],
                begin[j + 1] - begin[j], in->offers[j].capacity);
        }
    }
    free(of_line);
    free(of_offer);
    free(begin);
}
