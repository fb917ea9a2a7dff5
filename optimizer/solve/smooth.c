/* smooth.c: spread, price, cool down (smooth.h). */
#include "smooth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COLD = 8 }; /* heats below the best: nobody goes there */

#define HEAT_FIRST 0.4 /* in mean gains */
#define HEAT_LAST 0.006
#define COOLING 0.91
#define STEP_MOST 2.0      /* of a logarithm */
#define MOMENTUM 0.7       /* of the step before: far ways in few rounds */
#define OFFER_STEP 2.0
#define NEED_STEP 1.0
#define FLOOR_STEP 4.0     /* prices of whole lines, not of units */
#define PROGRAMME_STEP 0.5 /* all answer to it */

/* Four at once: any processor has that, and sums in the same order. */
enum { FOUR = 4 };
typedef float four __attribute__((vector_size(16)));
typedef int32_t four_int __attribute__((vector_size(16)));

struct smooth {
    struct wide *w;
    float *price, *share; /* per offer; per pair of a line, and FOUR */
    double *asked;        /* per offer */
    double *use, *step;   /* per row; step: the last one */
    double *worth;        /* per line: of a unit to its floors, as a share */
    double heat, nobody;  /* nobody: the share of a line that is left */
};

/* What a line's pairs are measured by in this round. */
struct rates {
    four base, gain, money;
    const float *price;
};

static four
all_four(double one)
{
    float f = (float)one;
    return (four){f, f, f, f};
}

static float
sum_of(const four *v)
{
    return ((*v)[0] + (*v)[1]) + ((*v)[2] + (*v)[3]);
}

static four
floats(const int32_t *from)
{
    four_int v;
    memcpy(&v, from, sizeof(v));
    return __builtin_convertvector(v, four);
}

/* exp(x) for -COLD <= x <= 0 to some 1e-5, else 0. */
static four
exp_of(four x)
{
    four_int warm = x >= all_four(-COLD);
    x = (four)((four_int)x & warm);
    four halves = x * 1.44269504f + 126.5f;
    four_int whole = __builtin_convertvector(halves, four_int);
    four rest = halves - __builtin_convertvector(whole, four) - 0.5f;
    four power = 0.00961813f * rest + 0.05550411f;
    power = power * rest + 0.24022651f;
    power = power * rest + 0.69314718f;
    power = power * rest + 1.0f;
    four_int scale = ((whole + 1) << 23) & warm;
    return power * (four)scale;
}

/* What four pairs gain, from the k-th of the line on. */
static four
gains_of(const struct instance *in, int32_t p, const struct rates *r)
{
    const int32_t *offer = in->pair_offer + p;
    four price = {r->price[offer[0]], r->price[offer[1]],
        r->price[offer[2]], r->price[offer[3]]};
    return r->base + r->gain * floats(in->pair_score + p) -
        r->money * floats(in->pair_cost + p) -
        price * floats(in->pair_use + p);
}

/* Gains of the line's pairs into share; the best of them, or 0. */
static float
find_gains(struct smooth *s, int32_t l)
{
    const struct wide *w = s->w;
    const struct instance *in = w->in;
    int32_t p = in->pair_begin[l], end = in->pair_begin[l + 1];
    double base = 0;
    for (int32_t k = w->floor_begin[l]; k < w->floor_begin[l + 1]; k++) {
        base += s->worth[l] * w->y[w->floor_row[w->floors[k]]];
    }
    const struct rates r = {all_four(base),
        all_four(w->gain_scale),
        all_four(wide_line_money(w, l) * w->money_scale), s->price};
    float *share = s->share, top = 0;
    four best = {0};
    for (; p + FOUR <= end; p += FOUR, share += FOUR) {
        four gain = gains_of(in, p, &r);
        four_int more = gain > best;
        best = (four)(((four_int)gain & more) | ((four_int)best & ~more));
        memcpy(share, &gain, sizeof(gain));
    }
    for (; p < end; p++, share++) {
        *share = r.base[0] + r.gain[0] * (float)in->pair_score[p] -
            r.money[0] * (float)in->pair_cost[p] -
            s->price[in->pair_offer[p]] * (float)in->pair_use[p];
        top = *share > top ? *share : top;
    }
    for (int k = 0; k < FOUR; k++) {
        share[k] = -INFINITY; /* the last four are filled up */
        top = best[k] > top ? best[k] : top;
    }
    return top;
}

/* Gains become shares of one another, the best being 1; their sum, with that
 * of nobody. */
static float
find_shares(struct smooth *s, int32_t n, float top)
{
    four all = exp_of(all_four((0 - (double)top) / s->heat));
    all *= (four){1, 0, 0, 0};
    s->nobody = (double)all[0];
    four best = all_four(top), by = all_four(1 / s->heat);
    for (int32_t k = 0; k < n; k += FOUR) {
        four share;
        memcpy(&share, s->share + k, sizeof(share));
        share = exp_of((share - best) * by);
        all += share;
        memcpy(s->share + k, &share, sizeof(share));
    }
    return sum_of(&all);
}

static void
use(struct smooth *s, int32_t row, double amount)
{
    if (row >= 0) {
        s->use[row] += amount;
    }
}

/* Units of up to four pairs into what their offers are asked for; the cost. */
static float
ask(struct smooth *s, int32_t p, int n, const four *units)
{
    const struct instance *in = s->w->in;
    float paid = 0;
    for (int k = 0; k < n; k++) {
        float x = (*units)[k];
        s->asked[in->pair_offer[p + k]] +=
            (double)(x * (float)in->pair_use[p + k]);
        paid += x * (float)in->pair_cost[p + k];
    }
    return paid;
}

/* The line's units as its gains say, into what its rows are asked for. */
static void
spread_line(struct smooth *s, int32_t l)
{
    struct wide *w = s->w;
    const struct instance *in = w->in;
    const struct instance_line *line = &in->lines[l];
    int32_t begin = in->pair_begin[l], n = in->pair_begin[l + 1] - begin;
    float top = find_gains(s, l), all = find_shares(s, n, top);
    double unit = line->quantity / (double)all;
    double paid = 0;
    four units = all_four(unit);
    w->y[l] = (double)top;
    s->use[l] = (double)all;
    for (int32_t k = 0; k < n; k += FOUR) {
        four share;
        memcpy(&share, s->share + k, sizeof(share));
        four_int warm = share > 0;
        if ((warm[0] | warm[1] | warm[2] | warm[3]) == 0) {
            continue;
        }
        share *= units;
        paid += (double)ask(
            s, begin + k, n - k < FOUR ? n - k : FOUR, &share);
    }
    paid *= w->money_scale;
    use(s, w->need_row[line->need], paid);
    use(s, w->programme_row, paid);
    /* all but the share of nobody */
    double given = (line->quantity - unit * s->nobody) * s->worth[l];
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
    double limit = s->w->limit[row], *y = &s->w->y[row];
    double step = log((fabs(s->use[row]) + little) / (fabs(limit) + little));
    step = fmax(-STEP_MOST, fmin(STEP_MOST, limit < 0 ? -step : step));
    s->step[row] = s->heat * length * step + MOMENTUM * s->step[row];
    *y += s->step[row];
    if (*y <= 0 || *y >= most) {
        *y = *y <= 0 ? 0 : most;
        s->step[row] = 0;
    }
}

static void
move_prices(struct smooth *s)
{
    const struct wide *w = s->w;
    const struct instance *in = w->in;
    for (int32_t j = 0; j < in->offers_n; j++) {
        use(s, w->offer_row[j], s->asked[j]);
        move(s, w->offer_row[j], OFFER_STEP, INFINITY);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        move(s, w->need_row[i], NEED_STEP, INFINITY);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        move(s, w->floor_row[g], FLOOR_STEP,
            in->floors[g].price * w->gain_scale);
    }
    move(s, w->programme_row, PROGRAMME_STEP, INFINITY);
}

static void
round_of(struct smooth *s)
{
    const struct wide *w = s->w;
    memset(s->use, 0, (size_t)w->rows_n * sizeof(double));
    memset(s->asked, 0, (size_t)w->in->offers_n * sizeof(double));
    for (int32_t j = 0; j < w->in->offers_n; j++) {
        int32_t row = w->offer_row[j];
        s->price[j] = row >= 0 ? (float)w->y[row] : 0;
    }
    for (int32_t l = 0; l < w->in->lines_n; l++) {
        spread_line(s, l);
    }
    move_prices(s);
}

static size_t
longest_line(const struct instance *in)
{
    int32_t most = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t n = in->pair_begin[l + 1] - in->pair_begin[l];
        most = n > most ? n : most;
    }
    return (size_t)most;
}

void
smooth_prices(struct wide *w)
{
    size_t rows = (size_t)w->rows_n, offers = (size_t)w->in->offers_n;
    size_t lines = (size_t)w->in->lines_n;
    struct smooth s = {.w = w,
        .price = xcalloc(offers, sizeof(float)),
        .share = xcalloc(longest_line(w->in) + FOUR, sizeof(float)),
        .asked = xcalloc(offers, sizeof(double)),
        .use = xcalloc(rows, sizeof(double)),
        .step = xcalloc(rows, sizeof(double)),
        .worth = xcalloc(lines, sizeof(double))};
    for (size_t l = 0; l < lines; l++) {
        s.worth[l] = (double)model_unit_share(w->in->lines[l].quantity) /
            (double)MODEL_E12;
    }
    memset(w->y, 0, rows * sizeof(double));
    for (s.heat = HEAT_FIRST; s.heat > HEAT_LAST; s.heat *= COOLING) {
        round_of(&s);
    }
    for (int32_t l = 0; l < w->in->lines_n; l++) {
        w->y[l] += s.heat / COOLING * log(s.use[l]);
    }
    wide_prices(w);
    free(s.price);
    free(s.share);
    free(s.asked);
    free(s.use);
    free(s.step);
    free(s.worth);
}
