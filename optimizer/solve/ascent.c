/* ascent.c: the volume algorithm over one flat vector of rows. */
#include "ascent.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    AFAR_ROUNDS = 22,  /* that begin far off */
    IDLE_MOST = 3,     /* rounds without a better bound: shorter steps */
    FADE_ROUNDS = 60,  /* how often the average is asked to look back longer */
    STALL_PARTS = 3000 /* less of the gap than 1 / this in so many: the end */
};

#define SHARE 0.1 /* of the newest round in a direction, at most */
#define BRISK_SHARE 0.2
#define AFAR_SHARE 0.4

struct rows {
    int32_t n;
    double *price;  /* best, milli-points */
    double *tried;  /* of this round */
    double *limit;  /* NAN: no such row */
    double *most;   /* the price's own limit */
    double *scale;  /* what a unit takes of the row */
    double *use;    /* average over rounds, so far */
    double *now;    /* of this round */
    int32_t *limited, limited_n; /* rows that have a limit */
};

struct walk {
    struct lagrange *lagrange;
    const struct instance *in;
    struct rows rows;
    double length, share; /* of a step; of the newest round */
    float *mean; /* times `fade` */
    double fade;
    int idle;
};

static double
scale_of(double value)
{
    return value > 0 ? value : 1;
}

/* Mean cost of pairs that cost something, per need; over all. */
static double
mean_costs(const struct walk *w, double *mean)
{
    const struct instance *in = w->in;
    double sum = 0, count = 0;
    for (int32_t i = 0; i < in->needs_n; i++) {
        mean[i] = 0;
    }
    for (int32_t p = 0; p < in->pairs_n; p++) {
        double cost = in->pair_cost[p];
        double *of = &mean[in->lines[w->lagrange->pair_line[p]].need];
        *of = cost > *of ? cost : *of;
        sum += cost;
        count += cost > 0;
    }
    return count > 0 ? sum / count : 0;
}

/* Lines, budgets, partners, floors, programme. */
static void
describe(struct walk *w, bool brisk)
{
    const struct instance *in = w->in;
    struct rows *r = &w->rows;
    int32_t n = 0;
    double *costs = xmalloc(((size_t)in->needs_n + 1) * sizeof(*costs));
    double cost = mean_costs(w, costs);
    const double dear = LAGRANGE_PRICE_MAX / 1e6;
    for (int32_t l = 0; l < in->lines_n; l++, n++) {
        r->limit[n] = in->lines[l].quantity;
        r->scale[n] = sqrt((double)in->lines[l].quantity);
        r->most[n] = dear;
    }
    for (int32_t i = 0; i < in->needs_n; i++, n++) {
        int64_t budget = in->needs[i].budget_yen;
        r->limit[n] = budget == INSTANCE_NO_LIMIT ? NAN : (double)budget;
        r->scale[n] = scale_of(costs[i]);
        r->most[n] = dear;
    }
    for (int32_t i = 0; i < in->needs_n; i++, n++) {
        int32_t most = in->needs[i].max_partners;
        r->limit[n] = most == 0 ? NAN : (double)most;
        r->scale[n] = 1;
        r->most[n] = dear;
    }
    for (int32_t f = 0; f < in->floors_n; f++, n++) {
        r->limit[n] = -(double)model_floor_target(&in->floors[f]) /
            (double)MODEL_E12;
        r->scale[n] = 1;
        r->most[n] = in->floors[f].price;
    }
    int64_t all = in->programme_budget_yen;
    r->limit[n] = all == INSTANCE_NO_LIMIT ? NAN : (double)all;
    cost *= sqrt((double)in->lines_n);
    r->scale[n] = scale_of(brisk ? cost / 4 : cost);
    r->most[n] = dear;
    for (int32_t k = 0; k <= n; k++) {
        if (!isnan(r->limit[k])) {
            r->limited[r->limited_n++] = k;
        }
    }
    free(costs);
}

/* What the offers' plans of the last bound take of each row. */
static void
read_uses(struct walk *w)
{
    const struct instance *in = w->in;
    const struct lagrange *g = w->lagrange;
    double *now = w->rows.now;
    int32_t n = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        now[n++] = g->line_units[l];
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        now[n++] = (double)g->need_cost[i];
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        now[n++] = g->need_partners[i];
    }
    for (int32_t f = 0; f < in->floors_n; f++, n++) {
        now[n] = 0;
        for (int32_t k = in->floors[f].member_begin;
             k < in->floors[f].member_end; k++) {
            int32_t l = in->floor_lines[k];
            now[n] -= (double)g->line_units[l] / in->lines[l].quantity;
        }
    }
    now[n] = (double)g->programme_cost;
}

static int64_t
to_e6(double price)
{
    return llround(price * 1e6);
}

static void
write_prices(const struct walk *w, const double *price,
    struct lagrange_prices *to)
{
    const struct instance *in = w->in;
    int32_t n = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        to->demand[l] = to_e6(price[n++]);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        to->budget[i] = to_e6(price[n++]);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        to->partners[i] = to_e6(price[n++]);
    }
    for (int32_t f = 0; f < in->floors_n; f++) {
        to->floor[f] = to_e6(price[n++]);
    }
    to->programme = to_e6(price[n]);
}

static void
read_prices(struct walk *w, const struct lagrange_prices *from)
{
    const struct instance *in = w->in;
    double *price = w->rows.price;
    int32_t n = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        price[n++] = (double)from->demand[l] / 1e6;
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        price[n++] = (double)from->budget[i] / 1e6;
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        price[n++] = (double)from->partners[i] / 1e6;
    }
    for (int32_t f = 0; f < in->floors_n; f++) {
        price[n++] = (double)from->floor[f] / 1e6;
    }
    price[n] = (double)from->programme / 1e6;
    for (int32_t k = 0; k < w->rows.n; k++) {
        double *p = &price[k];
        *p = isnan(w->rows.limit[k]) || *p < 0 ? 0 : *p;
        *p = *p > w->rows.most[k] ? w->rows.most[k] : *p;
    }
}

/* How much a row with a limit is overused, scaled; 0 where its price cannot
 * follow. */
static double
over(const struct rows *r, const double *use, int32_t k)
{
    double v = (use[k] - r->limit[k]) / r->scale[k];
    return (v < 0 && r->price[k] <= 0) || (v > 0 && r->price[k] >= r->most[k])
        ? 0
        : v;
}

static void
step(struct walk *w, double gap)
{
    struct rows *r = &w->rows;
    double square = 0;
    for (int32_t n = 0; n < r->limited_n; n++) {
        int32_t k = r->limited[n];
        r->tried[k] = over(r, r->use, k);
        square += r->tried[k] * r->tried[k];
    }
    double length = square > 0 ? w->length * gap / square : 0;
    for (int32_t n = 0; n < r->limited_n; n++) {
        int32_t k = r->limited[n];
        double to = r->price[k] + length * r->tried[k] / r->scale[k];
        r->tried[k] = to < 0 ? 0 : to > r->most[k] ? r->most[k] : to;
    }
}

/* Old rounds fade by a common factor, not pair by pair. */
static void
add_to_mean(struct walk *w, double share)
{
    if (w->mean == NULL) {
        return;
    }
    w->fade *= share < 1 ? 1 - share : 1; /* 1: the first of all */
    for (int32_t k = 0; k < w->lagrange->uses_n; k++) {
        const struct lagrange_use *use = &w->lagrange->uses[k];
        w->mean[use->pair] += (float)(share / w->fade * use->units);
    }
    for (int32_t p = 0; p < w->in->pairs_n && w->fade < 1e-20; p++) {
        w->mean[p] *= (float)w->fade;
    }
    w->fade = w->fade < 1e-20 ? 1 : w->fade;
}

/* The share of the newest round that leaves the least overuse. */
static void
average(struct walk *w)
{
    struct rows *r = &w->rows;
    double across = 0, square = 0;
    for (int32_t n = 0; n < r->limited_n; n++) {
        int32_t k = r->limited[n];
        double old = over(r, r->use, k), new = over(r, r->now, k);
        across += old * (old - new);
        square += (old - new) * (old - new);
    }
    double share = square > 0 ? across / square : w->share;
    share = share < w->share / 10 ? w->share / 10 : share;
    share = share > w->share ? w->share : share;
    for (int32_t n = 0; n < r->limited_n; n++) {
        int32_t k = r->limited[n];
        r->use[k] = share * r->now[k] + (1 - share) * r->use[k];
    }
    add_to_mean(w, share);
}

/* Longer steps while old and new directions agree, shorter when stuck. */
static void
adapt(struct walk *w, bool better)
{
    struct rows *r = &w->rows;
    double across = 0;
    for (int32_t n = 0; n < r->limited_n; n++) {
        int32_t k = r->limited[n];
        across += over(r, r->use, k) * over(r, r->now, k);
    }
    w->idle = better ? 0 : w->idle + 1;
    if (better && across > 0 && w->length < 2) {
        w->length *= 1.1;
    } else if (w->idle == IDLE_MOST) {
        w->idle = 0;
        w->length *= 0.66;
    }
}

static void
make_rows(struct rows *r, const struct instance *in, struct arena *arena)
{
    r->n = in->lines_n + 2 * in->needs_n + in->floors_n + 1;
    double **arrays[] = {&r->price, &r->tried, &r->limit, &r->most,
        &r->scale, &r->use, &r->now};
    for (size_t k = 0; k < sizeof(arrays) / sizeof(*arrays); k++) {
        *arrays[k] = arena_array(arena, (size_t)r->n, sizeof(double));
    }
    r->limited = arena_array(arena, (size_t)r->n, sizeof(int32_t));
}

static double
first_share(const struct ascent_options *options)
{
    return !options->brisk ? SHARE
        : options->afar    ? AFAR_SHARE
                           : BRISK_SHARE;
}

model_wide
ascent_run(struct lagrange *lagrange, struct lagrange_prices *prices,
    const struct ascent_options *options)
{
    const struct instance *in = lagrange->in;
    struct arena own = {0};
    struct walk w = {
        .lagrange = lagrange, .in = in, .length = options->length,
        .share = first_share(options),
        .mean = options->mean, .fade = 1};
    struct lagrange_prices now;
    lagrange_prices_make(&now, in, &own);
    make_rows(&w.rows, in, &own);
    describe(&w, options->brisk);
    read_prices(&w, prices);
    write_prices(&w, w.rows.price, prices);
    model_wide best = lagrange_bound(lagrange, prices), mark = best;
    read_uses(&w);
    memcpy(w.rows.use, w.rows.now, (size_t)w.rows.n * sizeof(double));
    if (!options->go_on) {
        add_to_mean(&w, 1);
    }
    for (int k = 1; k < options->rounds &&
         best - options->target > options->enough &&
         !lp_limit_reached(options->limit);
         k++) {
        if (k == AFAR_ROUNDS && options->afar) {
            w.share = BRISK_SHARE;
        }
        step(&w, (double)(best - options->target) / (double)MODEL_E12);
        write_prices(&w, w.rows.tried, &now);
        model_wide bound = lagrange_bound(lagrange, &now);
        read_uses(&w);
        average(&w);
        adapt(&w, bound < best);
        if (bound < best) {
            best = bound;
            lagrange_prices_copy(prices, &now, in);
            memcpy(w.rows.price, w.rows.tried,
                (size_t)w.rows.n * sizeof(double));
        }
        if (k % FADE_ROUNDS == 0) {
            if (k > FADE_ROUNDS &&
                mark - best < (best - options->target) / STALL_PARTS) {
                break;
            }
            w.share /= mark - best < (best - options->target) / 100 &&
                    w.share > 0.001
                ? 2
                : 1;
            mark = best;
        }
    }
    for (int32_t p = 0; w.mean != NULL && p < in->pairs_n; p++) {
        w.mean[p] *= (float)w.fade;
    }
    arena_release(&own);
    return best;
}
