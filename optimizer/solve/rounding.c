/* rounding.c: down, then up where there is room (rounding.h). */
#include "rounding.h"

#include <stdlib.h>

enum { WHOLE_E6 = 1000000, NEAR_E6 = 10 };

/* What is missing to a whole step of the pair: a unit, or all of a line. */
static int64_t
step_e6(const struct ledger *ledger, int32_t pair)
{
    const struct instance_line *line =
        &ledger->in->lines[ledger->pair_line[pair]];
    return (line->indivisible ? line->quantity : 1) * (int64_t)WHOLE_E6;
}

struct rest {
    int64_t share; /* of a step, 1e-6 */
    int64_t gain;  /* of the step */
    int32_t pair;
};

static int
compare_rests(const void *a, const void *b)
{
    const struct rest *x = a, *y = b;
    int order = (x->share < y->share) - (x->share > y->share);
    if (order == 0) {
        order = (x->gain < y->gain) - (x->gain > y->gain);
    }
    return order != 0 ? order : (x->pair > y->pair) - (x->pair < y->pair);
}

bool
rounding_apply(struct ledger *ledger, struct wish *wishes, int32_t n)
{
    struct rest *rests = xmalloc((size_t)n * sizeof(*rests));
    bool whole = true;
    for (int32_t k = 0; k < n; k++) {
        int32_t p = wishes[k].pair;
        int64_t step = step_e6(ledger, p);
        int64_t steps = (wishes[k].units_e6 + NEAR_E6) / step;
        int64_t left = wishes[k].units_e6 - steps * step;
        int32_t units = (int32_t)(steps * (step / WHOLE_E6));
        if (units > ledger->units[p]) {
            if (ledger_allows(ledger, p, units)) {
                ledger_set(ledger, p, units);
            } else {
                whole = false;
            }
        }
        whole = whole && left <= NEAR_E6;
        rests[k] = (struct rest){left <= NEAR_E6 ? 0 : left / (step / WHOLE_E6),
            ledger->in->pair_score[p] * (step / WHOLE_E6), p};
    }
    if (!whole) {
        int32_t *order = xmalloc((size_t)n * sizeof(*order));
        qsort(rests, (size_t)n, sizeof(*rests), compare_rests);
        for (int32_t k = 0; k < n; k++) {
            order[k] = rests[k].pair;
        }
        ledger_fill(ledger, order, n);
        free(order);
    }
    free(rests);
    return whole;
}
