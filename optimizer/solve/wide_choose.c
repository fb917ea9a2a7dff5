/* wide_choose.c: who stands in the model (wide_choose.h). */
#include "wide_choose.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    BEST_MOST = 8,
    OFFER_MOST = 4, /* pairs that each offer chooses */
    NOISE_E9 = 1000
};

static void
choose(struct wide *w, int32_t p)
{
    w->chosen[p / 8] |= (uint8_t)(1 << (p % 8));
}

int32_t
wide_line_best(const struct wide *w, int32_t l, model_wide floor_gain,
    model_wide above, int32_t most, int32_t *pair)
{
    const struct instance *in = w->in;
    model_wide net[WIDE_BEST_MOST];
    int32_t n = 0;
    for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
        model_wide one = prices_net(in, &w->now, floor_gain, l, p);
        if (one <= above || (n == most && one <= net[n - 1]) ||
            model_pair_most(in, l, p) == 0) {
            continue;
        }
        int32_t k = n < most ? n++ : n - 1;
        for (; k > 0 && net[k - 1] < one; k--) {
            net[k] = net[k - 1];
            pair[k] = pair[k - 1];
        }
        net[k] = one;
        pair[k] = p;
    }
    return n;
}

static void
choose_all(struct wide *w, int best, bool missing)
{
    const struct instance *in = w->in;
    int32_t pair[BEST_MOST];
    assert(best > 0 && best <= BEST_MOST);
    model_wide *gains = prices_floor_gains(in, &w->now);
    for (int32_t l = 0; l < in->lines_n; l++) {
        model_wide above = missing ? wide_line_price(w, l) + NOISE_E9
                                   : WIDE_ANY;
        int32_t n = wide_line_best(w, l, gains[l], above, best, pair);
        for (int32_t k = 0; k < n; k++) {
            choose(w, pair[k]);
        }
    }
    free(gains);
}

/* The best few pairs of each offer, by gain per unit of it. */
struct offer_best {
    double gain[OFFER_MOST];
    int32_t pair[OFFER_MOST];
    int32_t n;
};

static void
offer_add(struct offer_best *b, double gain, int32_t pair)
{
    int32_t k = b->n < OFFER_MOST ? b->n++ : b->n - 1;
    for (; k > 0 && b->gain[k - 1] < gain; k--) {
        b->gain[k] = b->gain[k - 1];
        b->pair[k] = b->pair[k - 1];
    }
    b->gain[k] = gain;
    b->pair[k] = pair;
}

/*
 * Lines that are alike want the same offers; so that no offer is left out,
 * whose price would then be 0, each chooses, too.
 */
static void
choose_offers(struct wide *w)
{
    const struct instance *in = w->in;
    struct offer_best *best = xcalloc((size_t)in->offers_n, sizeof(*best));
    for (int32_t l = 0; l < in->lines_n; l++) {
        double base = wide_line_base(w, l) - w->y[l];
        double money = wide_line_money(w, l) * w->money_scale;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            struct offer_best *b = &best[in->pair_offer[p]];
            double gain = (base + in->pair_score[p] * w->gain_scale -
                              money * in->pair_cost[p]) /
                in->pair_use[p];
            if ((b->n < OFFER_MOST || gain > b->gain[b->n - 1]) &&
                model_pair_most(in, l, p) > 0) {
                offer_add(b, gain, p);
            }
        }
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        for (int32_t k = 0; k < best[j].n; k++) {
            choose(w, best[j].pair[k]);
        }
    }
    free(best);
}

void
wide_choose(struct wide *w, int best, double in_use)
{
    const struct instance *in = w->in;
    memset(w->chosen, 0, (size_t)in->pairs_n / 8 + 1);
    for (int32_t c = 0; c < w->pairs_n; c++) {
        if (w->x[c] > in_use) {
            choose(w, w->col_pair[c]);
        }
    }
    for (int32_t k = 0; k < in->pins_n; k++) {
        choose(w, in->pins[k].pair);
    }
    choose_all(w, best, false);
    choose_offers(w);
}

void
wide_choose_missing(struct wide *w, int best)
{
    choose_all(w, best, true);
}
