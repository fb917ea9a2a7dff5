/* smooth.c: spread, price, cool down (smooth.h). */
#include "smooth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "wide_choose.h"

enum {
    PAIRS_MOST = WIDE_BEST_MOST, /* of a line */
    PICK_ROUNDS = 20, /* until they are picked anew */
    COLD = 16         /* heats below the best: nobody goes there */
};

#define HEAT_FIRST 0.5 /* in mean gains */
#define HEAT_LAST 0.01
#define COOLING 0.97
#define STEP_MOST 2.0        /* of a logarithm */
#define FLOOR_STEP 4.0       /* prices of whole lines, not of units */
#define PROGRAMME_STEP 0.3   /* all answer to it */

struct smooth {
    struct wide *w;
    int32_t *begin, *pair; /* per line, those that take part */
    double *use;           /* per row */
    double heat;
};

static void
pick(struct smooth *s)
{
    const struct instance *in = s->w->in;
    model_wide *gains = prices_floor_gains(in, &s->w->now);
    int32_t at = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        s->begin[l] = at;
        at += wide_line_best(
            s->w, l, gains[l], WIDE_ANY, PAIRS_MOST, s->pair + at);
    }
    s->begin[in->lines_n] = at;
    free(gains);
}

static void
use(struct smooth *s, int32_t row, double amount)
{
    if (row >= 0) {
        s->use[row] += amount;
    }
}

/* share[k] of the k-th pair's units; the line's price; 1: all of them. */
static double
shares(struct smooth *s, int32_t l, double *share)
{
    struct wide *w = s->w;
    const struct instance *in = w->in;
    int32_t begin = s->begin[l], n = s->begin[l + 1] - begin;
    double base = wide_line_base(w, l), top = 0;
    double money = wide_line_money(w, l) * w->money_scale;
    for (int32_t k = 0; k < n; k++) {
        int32_t p = s->pair[begin + k], row = w->offer_row[in->pair_offer[p]];
        double price = row >= 0 ? w->y[row] * in->pair_use[p] : 0;
        share[k] = base + in->pair_score[p] * w->gain_scale -
            money * in->pair_cost[p] - price;
        top = fmax(top, share[k]);
    }
    double all = exp(-top / s->heat);
    for (int32_t k = 0; k < n; k++) {
        double heats = (share[k] - top) / s->heat;
        share[k] = heats < -COLD ? 0 : exp(heats);
        all += share[k];
    }
    w->y[l] = top + s->heat * log(all);
    return all;
}

static void
spread_line(struct smooth *s, int32_t l)
{
    const struct wide *w = s->w;
    const struct instance *in = w->in;
    double share[PAIRS_MOST], given = 0, paid = 0;
    double unit = in->lines[l].quantity / shares(s, l, share);
    for (int32_t k = s->begin[l]; k < s->begin[l + 1]; k++) {
        double x = unit * share[k - s->begin[l]];
        int32_t p = s->pair[k];
        if (x > 0) {
            use(s, w->offer_row[in->pair_offer[p]], x * in->pair_use[p]);
            given += x;
            paid += x * in->pair_cost[p] * w->money_scale;
        }
    }
    use(s, w->need_row[in->lines[l].need], paid);
    use(s, w->programme_row, paid);
    given *= (double)model_unit_share(in->lines[l].quantity) /
        (double)MODEL_E12;
    for (int32_t k = w->floor_begin[l]; k < w->floor_begin[l + 1]; k++) {
        use(s, w->floor_row[w->floors[k]], -given);
    }
}

/* Limits and use of floors are below 0: what is given, and has to be. */
static void
move(struct smooth *s, int32_t row, double length, double most)
{
    const double little = 1e-3; /* neither is 0 */
    if (row < 0) {
        return;
    }
    double limit = s->w->limit[row];
    double step = log((fabs(s->use[row]) + little) / (fabs(limit) + little));
    step = fmax(-STEP_MOST, fmin(STEP_MOST, limit < 0 ? -step : step));
    double to = s->w->y[row] + s->heat * length * step;
    s->w->y[row] = fmax(0, fmin(most, to));
}

static void
move_prices(struct smooth *s)
{
    const struct wide *w = s->w;
    const struct instance *in = w->in;
    for (int32_t j = 0; j < in->offers_n; j++) {
        move(s, w->offer_row[j], 1, INFINITY);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        move(s, w->need_row[i], 1, INFINITY);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        move(s, w->floor_row[g], FLOOR_STEP,
            in->floors[g].price * w->gain_scale);
    }
    move(s, w->programme_row, PROGRAMME_STEP, INFINITY);
}

void
smooth_prices(struct wide *w)
{
    size_t lines = (size_t)w->in->lines_n, rows = (size_t)w->rows_n;
    struct smooth s = {.w = w,
        .begin = xmalloc((lines + 1) * sizeof(int32_t)),
        .pair = xmalloc(lines * PAIRS_MOST * sizeof(int32_t)),
        .use = xmalloc(rows * sizeof(double)),
        .heat = HEAT_FIRST};
    memset(w->y, 0, rows * sizeof(double));
    for (int k = 0; s.heat > HEAT_LAST; k++) {
        if (k % PICK_ROUNDS == 0) {
            wide_prices(w);
            pick(&s);
        }
        memset(s.use, 0, rows * sizeof(double));
        for (int32_t l = 0; l < w->in->lines_n; l++) {
            spread_line(&s, l);
        }
        move_prices(&s);
        s.heat *= COOLING;
    }
    wide_prices(w);
    free(s.begin);
    free(s.pair);
    free(s.use);
}
