/* wide_choose.c: who stands in the model (wide_choose.h). */
#include "wide_choose.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ANY (-((model_wide)1 << 100)) /* less than any pair gains */

enum {
    BEST_MOST = WIDE_BEST_MOST,
    NOISE_E9 = 1000
};

static void
choose(struct wide *w, int32_t p)
{
    w->chosen[p / 8] |= (uint8_t)(1 << (p % 8));
}

/* The best few pairs of a line at the prices `now`, best first. */
struct line_best {
    model_wide net[BEST_MOST];
    int32_t pair[BEST_MOST];
    int32_t n;
};

/*
 * Those that gain more than `above`; unpaid: of those that cost nothing.  Most
 * pairs gain far less: doubles can tell, some prices left out.
 */
static void
find_best(const struct wide *w, int32_t l, model_wide floor_gain,
    model_wide above, bool unpaid, int32_t most, struct line_best *b)
{
    const struct instance *in = w->in;
    const struct prices *now = &w->now;
    double base = (double)floor_gain + NOISE_E9;
    double money = (double)now->programme +
        (double)now->budget[in->lines[l].need];
    double least = (double)above;
    b->n = 0;
    for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
        double roughly = base + in->pair_score[p] * 1e9 -
            money * in->pair_cost[p] -
            (double)now->capacity[in->pair_offer[p]] * in->pair_use[p];
        if (roughly <= least || (unpaid && in->pair_cost[p] > 0)) {
            continue;
        }
        model_wide one = prices_net(in, now, floor_gain, l, p);
        if (one <= above || (b->n == most && one <= b->net[b->n - 1]) ||
            model_pair_most(in, l, p) == 0) {
            continue;
        }
        int32_t k = b->n < most ? b->n++ : b->n - 1;
        for (; k > 0 && b->net[k - 1] < one; k--) {
            b->net[k] = b->net[k - 1];
            b->pair[k] = b->pair[k - 1];
        }
        b->net[k] = one;
        b->pair[k] = p;
        least = b->n == most ? (double)b->net[most - 1] : least;
    }
}

/* How many of them are new. */
static int32_t
choose_best(struct wide *w, const struct line_best *b)
{
    int32_t more = 0;
    for (int32_t k = 0; k < b->n; k++) {
        more += !wide_is_chosen(w, b->pair[k]);
        choose(w, b->pair[k]);
    }
    return more;
}

static void
choose_lines(struct wide *w, const struct wide_few *few)
{
    const struct instance *in = w->in;
    struct line_best b;
    model_wide *gains = prices_floor_gains(in, &w->now);
    assert(few->best > 0 && few->best <= BEST_MOST);
    assert(few->unpaid > 0 && few->unpaid <= BEST_MOST);
    for (int32_t l = 0; l < in->lines_n; l++) {
        find_best(w, l, gains[l], ANY, false, few->best, &b);
        choose_best(w, &b);
        /* money may be dearer than it seems */
        find_best(w, l, gains[l], ANY, true, few->unpaid, &b);
        choose_best(w, &b);
    }
    free(gains);
}

/* The best few pairs of each offer, by gain per unit of it. */
struct offer_best {
    double gain[BEST_MOST];
    int32_t pair[BEST_MOST];
    int32_t n;
};

static void
offer_add(struct offer_best *b, int32_t most, double gain, int32_t pair)
{
    int32_t k = b->n < most ? b->n++ : b->n - 1;
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
choose_offers(struct wide *w, int32_t most)
{
    const struct instance *in = w->in;
    assert(most > 0 && most <= BEST_MOST);
    struct offer_best *best = xcalloc((size_t)in->offers_n, sizeof(*best));
    for (int32_t l = 0; l < in->lines_n; l++) {
        double base = wide_line_base(w, l) - w->y[l];
        double money = wide_line_money(w, l) * w->money_scale;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            struct offer_best *b = &best[in->pair_offer[p]];
            double gain = (base + in->pair_score[p] * w->gain_scale -
                              money * in->pair_cost[p]) /
                in->pair_use[p];
            if ((b->n < most || gain > b->gain[b->n - 1]) &&
                model_pair_most(in, l, p) > 0) {
                offer_add(b, most, gain, p);
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
wide_choose(struct wide *w, const struct wide_few *few)
{
    const struct instance *in = w->in;
    memset(w->chosen, 0, (size_t)in->pairs_n / 8 + 1);
    for (int32_t k = 0; k < in->pins_n; k++) {
        choose(w, in->pins[k].pair);
    }
    choose_lines(w, few);
    choose_offers(w, few->offer);
}

int32_t
wide_choose_missing(struct wide *w, int best, double nearly, double *worst)
{
    const struct instance *in = w->in;
    struct line_best b;
    double scale = w->gain_scale / 1e9;
    int32_t more = 0;
    model_wide *gains = prices_floor_gains(in, &w->now);
    assert(best > 0 && best <= BEST_MOST);
    *worst = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        model_wide line = wide_line_price(w, l);
        find_best(w, l, gains[l],
            line + NOISE_E9 - (model_wide)(nearly / scale), false, best, &b);
        more += choose_best(w, &b);
        if (b.n > 0) {
            *worst = fmax(*worst, (double)(b.net[0] - line) * scale);
        }
    }
    free(gains);
    return more;
}
