/* master.c: rows, columns, a basis from the tree, pricing (master.h). */
#include "master.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    START_MOST = 1, /* columns per line besides those of the tree */
    ADD_MOST = 3,   /* per line and scan */
    NOISE_E9 = 1000 /* a net gain below 1e-6 milli-points is none */
};

struct builder {
    const struct instance *in;
    struct dual *dual;
    struct lp *lp;
    int32_t *offer_row, *need_row, *floor_row, *floor_col;
    int32_t *partner_row, *meeting_row;
    int32_t programme_row;
    uint8_t *added;    /* per pair, a bit: it has a column */
    int32_t *col_pair; /* from column floors_n on */
    int32_t *floor_begin, *floors; /* per line */
    int *rows;                     /* of one column */
    double *coefs;
    struct prices now;
};

static int32_t *
ints(struct arena *arena, int64_t n)
{
    return arena_array(arena, (size_t)n, sizeof(int32_t));
}

static void
index_floors(struct builder *b, struct arena *arena)
{
    const struct instance *in = b->in;
    int32_t lines_n = in->lines_n;
    b->floor_begin = ints(arena, (int64_t)lines_n + 1);
    for (int32_t g = 0; g < in->floors_n; g++) {
        for (int32_t k = in->floors[g].member_begin;
             k < in->floors[g].member_end; k++) {
            b->floor_begin[in->floor_lines[k] + 1]++;
        }
    }
    int32_t most = 0;
    for (int32_t l = 0; l < lines_n; l++) {
        int32_t n = b->floor_begin[l + 1];
        most = n > most ? n : most;
        b->floor_begin[l + 1] += b->floor_begin[l];
    }
    b->floors = ints(arena, b->floor_begin[lines_n]);
    int32_t *at = ints(arena, (int64_t)lines_n + 1);
    memcpy(at, b->floor_begin, ((size_t)lines_n + 1) * sizeof(*at));
    for (int32_t g = 0; g < in->floors_n; g++) {
        for (int32_t k = in->floors[g].member_begin;
             k < in->floors[g].member_end; k++) {
            b->floors[at[in->floor_lines[k]]++] = g;
        }
    }
    b->rows = ints(arena, most + 8);
    b->coefs = arena_array(arena, (size_t)most + 8, sizeof(double));
}

static void
add_rows(struct builder *b)
{
    const struct instance *in = b->in;
    for (int32_t l = 0; l < in->lines_n; l++) { /* row l is line l */
        lp_add_row(b->lp, -INFINITY, in->lines[l].quantity);
        lp_row_at(b->lp, l,
            netflow_line_slack(b->dual->flow, l) ? LP_BASIC : LP_HIGH);
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        b->offer_row[j] =
            lp_add_row(b->lp, -INFINITY, in->offers[j].capacity);
        lp_row_at(b->lp, b->offer_row[j],
            netflow_offer_slack(b->dual->flow, j) ? LP_BASIC : LP_HIGH);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        b->need_row[i] = in->needs[i].budget_yen == INSTANCE_NO_LIMIT
            ? -1
            : lp_add_row(
                  b->lp, -INFINITY, (double)in->needs[i].budget_yen);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        int32_t most = in->needs[i].max_partners;
        b->partner_row[i] =
            most == 0 ? -1 : lp_add_row(b->lp, -INFINITY, most);
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        int32_t most = in->offers[j].max_needs;
        b->meeting_row[j] =
            most == 0 ? -1 : lp_add_row(b->lp, -INFINITY, most);
    }
    b->programme_row = in->programme_budget_yen == INSTANCE_NO_LIMIT
        ? -1
        : lp_add_row(b->lp, -INFINITY, (double)in->programme_budget_yen);
}

/* Floors that the flow misses start with their missing share basic. */
static void
add_floors(struct builder *b)
{
    const struct instance *in = b->in;
    double *given = xcalloc((size_t)in->lines_n, sizeof(*given));
    for (int32_t a = 0; a < b->dual->arcs_n; a++) {
        int32_t p = b->dual->arc_pair[a];
        given[netflow_line(b->dual->flow, a)] +=
            (double)netflow_units(b->dual->flow, a) + b->dual->least[p];
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        double target =
            (double)model_floor_target(&in->floors[g]) / (double)MODEL_E12;
        double missing = target;
        const double one = 1;
        for (int32_t k = in->floors[g].member_begin;
             k < in->floors[g].member_end; k++) {
            int32_t l = in->floor_lines[k];
            missing -= given[l] / in->lines[l].quantity;
        }
        b->floor_row[g] = lp_add_row(b->lp, target, INFINITY);
        b->floor_col[g] = lp_add_col(b->lp, -in->floors[g].price, 0,
            INFINITY, false, 1, &b->floor_row[g], &one);
        if (missing > 1e-9) {
            lp_row_at(b->lp, b->floor_row[g], LP_LOW);
            lp_col_at(b->lp, b->floor_col[g], LP_BASIC);
        }
    }
    free(given);
}

static bool
is_added(const struct builder *b, int32_t p)
{
    return b->added[p / 8] >> (p % 8) & 1;
}

/* The column of a pair that has none yet. */
static int32_t
add_column(struct builder *b, int32_t l, int32_t p)
{
    const struct instance *in = b->in;
    b->added[p / 8] |= (uint8_t)(1 << (p % 8));
    int n = 0;
    b->rows[n] = l;
    b->coefs[n++] = 1;
    b->rows[n] = b->offer_row[in->pair_offer[p]];
    b->coefs[n++] = in->pair_use[p];
    int32_t need = b->need_row[in->lines[l].need];
    if (in->pair_cost[p] > 0 && need >= 0) {
        b->rows[n] = need;
        b->coefs[n++] = in->pair_cost[p];
    }
    if (in->pair_cost[p] > 0 && b->programme_row >= 0) {
        b->rows[n] = b->programme_row;
        b->coefs[n++] = in->pair_cost[p];
    }
    const struct counts *counts = b->now.counts;
    if (counts->partner_weight[p] > 0) {
        b->rows[n] = b->partner_row[in->lines[l].need];
        b->coefs[n++] = counts->partner_weight[p] / 1e6;
    }
    if (counts->meeting_weight[p] > 0) {
        b->rows[n] = b->meeting_row[in->pair_offer[p]];
        b->coefs[n++] = counts->meeting_weight[p] / 1e6;
    }
    double share = (double)model_unit_share(in->lines[l].quantity) /
        (double)MODEL_E12;
    for (int32_t k = b->floor_begin[l]; k < b->floor_begin[l + 1]; k++) {
        b->rows[n] = b->floor_row[b->floors[k]];
        b->coefs[n++] = share;
    }
    int32_t least = b->dual->least[p];
    int32_t col = lp_add_col(b->lp, in->pair_score[p], least, INFINITY,
        false, n, b->rows, b->coefs);
    b->col_pair[col - in->floors_n] = p;
    return col;
}

/* The best few of what a line could use, at some prices. */
struct few {
    int64_t net[ADD_MOST + START_MOST];
    int32_t pair[ADD_MOST + START_MOST];
    int n, most;
};

static void
few_add(struct few *few, int64_t net, int32_t pair)
{
    if (few->n == few->most && net <= few->net[few->n - 1]) {
        return;
    }
    int k = few->n < few->most ? few->n++ : few->n - 1;
    for (; k > 0 && few->net[k - 1] < net; k--) {
        few->net[k] = few->net[k - 1];
        few->pair[k] = few->pair[k - 1];
    }
    few->net[k] = net;
    few->pair[k] = pair;
}

static void
add_missing(struct builder *b, int32_t l, int32_t p)
{
    if (!is_added(b, p)) {
        add_column(b, l, p);
    }
}

/* The tree, pins, and per line the arcs that are nearest to entering. */
static void
add_start(struct builder *b)
{
    struct dual *d = b->dual;
    const struct instance *in = b->in;
    struct few *few = xcalloc((size_t)in->lines_n, sizeof(*few));
    for (int32_t a = 0; a < d->arcs_n; a++) {
        int32_t p = d->arc_pair[a], l = netflow_line(d->flow, a);
        if (netflow_in_tree(d->flow, a)) {
            lp_col_at(b->lp, add_column(b, l, p), LP_BASIC);
            continue;
        }
        if (netflow_units(d->flow, a) > 0) {
            add_column(b, l, p);
        }
        few[l].most = START_MOST;
        few_add(&few[l], netflow_arc_net(d->flow, a), p);
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int k = 0; k < few[l].n; k++) {
            add_missing(b, l, few[l].pair[k]);
        }
    }
    for (int32_t k = 0; k < in->pins_n; k++) {
        int32_t p = in->pins[k].pair;
        add_missing(b, instance_pair_line(in, p), p);
    }
    free(few);
}

static int64_t
price(const struct builder *b, int32_t row, int sign)
{
    int64_t e9 = row < 0 ? 0 : sign * lp_price_e9(b->lp, row);
    return e9 < 0 ? 0 : e9;
}

static void
read_prices(struct builder *b)
{
    const struct instance *in = b->in;
    for (int32_t j = 0; j < in->offers_n; j++) {
        b->now.capacity[j] = price(b, b->offer_row[j], 1);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        b->now.budget[i] = price(b, b->need_row[i], 1);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        b->now.floor[g] = price(b, b->floor_row[g], -1);
    }
    b->now.programme = price(b, b->programme_row, 1);
    for (int32_t i = 0; i < in->needs_n; i++) {
        b->now.partners[i] = price(b, b->partner_row[i], 1);
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        b->now.meetings[j] = price(b, b->meeting_row[j], 1);
    }
}

/* Adds pairs that the prices say are missing; how many. */
static int32_t
scan(struct builder *b)
{
    const struct instance *in = b->in;
    int32_t added = 0;
    model_wide *gains = prices_floor_gains(in, &b->now);
    for (int32_t l = 0; l < in->lines_n; l++) {
        struct few few = {.most = ADD_MOST};
        int64_t line = price(b, l, 1);
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            model_wide net = prices_net(in, &b->now, gains[l], l, p) - line;
            if (net > NOISE_E9 && !is_added(b, p) &&
                model_pair_most(in, l, p) > 0) {
                few_add(&few, (int64_t)net, p);
            }
        }
        for (int k = 0; k < few.n; k++) {
            add_column(b, l, few.pair[k]);
            added++;
        }
    }
    free(gains);
    return added;
}

static void
keep_bound(struct builder *b, struct master *master)
{
    const struct instance *in = b->in;
    model_wide bound = certificate_bound(in, b->dual->least, &b->now);
    if (bound >= master->bound) {
        return;
    }
    master->bound = bound;
    prices_copy(&master->prices, &b->now, in);
}

static void
read_wishes(struct builder *b, struct master *master, struct arena *arena)
{
    int32_t n = lp_cols(b->lp) - b->in->floors_n;
    master->value_e6 = lp_value_e6(b->lp);
    master->columns_n = n;
    master->wishes = arena_array(arena, (size_t)n, sizeof(struct wish));
    for (int32_t k = 0; k < n; k++) {
        int64_t e6 = lp_col_e6(b->lp, k + b->in->floors_n);
        if (e6 > 0) {
            master->wishes[master->wishes_n++] =
                (struct wish){e6, b->col_pair[k]};
        }
    }
}

static enum lp_state
generate(struct builder *b, struct master *master,
    const struct lp_limit *limit)
{
    for (;;) {
        enum lp_state state = lp_simplex(b->lp, false, limit);
        if (state != LP_OPTIMAL) {
            return state;
        }
        read_prices(b);
        keep_bound(b, master);
        master->scans_n++;
        if (scan(b) == 0) {
            return LP_OPTIMAL;
        }
    }
}

enum lp_state
master_solve(struct master *master, struct dual *dual,
    const struct lp_limit *limit, struct arena *arena)
{
    const struct instance *in = dual->in;
    struct arena own = {0};
    struct builder b = {.in = in, .dual = dual, .lp = lp_new(),
        .offer_row = ints(&own, in->offers_n),
        .need_row = ints(&own, in->needs_n),
        .floor_row = ints(&own, in->floors_n),
        .floor_col = ints(&own, in->floors_n),
        .added = arena_alloc(&own, (size_t)in->pairs_n / 8 + 1),
        .partner_row = ints(&own, in->needs_n),
        .meeting_row = ints(&own, in->offers_n),
        .col_pair = ints(&own, in->pairs_n)};
    *master = (struct master){.bound = dual->bound, .prices = dual->best};
    prices_make(&b.now, in, dual->prices.counts, &own);
    index_floors(&b, &own);
    add_rows(&b);
    add_floors(&b);
    add_start(&b);
    dual_free(dual); /* room for the simplex method */
    enum lp_state state = generate(&b, master, limit);
    if (state == LP_OPTIMAL) {
        read_wishes(&b, master, arena);
    }
    lp_free(b.lp);
    arena_release(&own);
    return state;
}
