/* wide.c: rows, columns and prices (wide.h). */
#include "wide.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int32_t *
ints(struct arena *arena, int64_t n)
{
    return arena_array(arena, (size_t)n, sizeof(int32_t));
}

/* Floors of each line, as compressed rows. */
static void
index_floors(struct wide *w, struct arena *arena)
{
    const struct instance *in = w->in;
    int32_t *begin = ints(arena, (int64_t)in->lines_n + 2);
    for (int32_t g = 0; g < in->floors_n; g++) {
        for (int32_t k = in->floors[g].member_begin;
             k < in->floors[g].member_end; k++) {
            begin[in->floor_lines[k] + 2]++;
        }
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        begin[l + 2] += begin[l + 1];
    }
    w->floors = ints(arena, begin[in->lines_n + 1]);
    for (int32_t g = 0; g < in->floors_n; g++) {
        for (int32_t k = in->floors[g].member_begin;
             k < in->floors[g].member_end; k++) {
            w->floors[begin[in->floor_lines[k] + 1]++] = g;
        }
    }
    w->floor_begin = begin;
}

static int32_t
add_row(struct wide *w, double limit)
{
    w->limit[w->rows_n] = limit;
    return w->rows_n++;
}

static void
make_rows(struct wide *w, struct arena *arena)
{
    const struct instance *in = w->in;
    size_t most = (size_t)in->lines_n + 2 * (size_t)in->offers_n +
        2 * (size_t)in->needs_n + (size_t)in->floors_n + 1;
    w->limit = arena_array(arena, most, sizeof(double));
    w->left = arena_array(arena, most, sizeof(double));
    w->y = arena_array(arena, most, sizeof(double));
    w->slack = arena_array(arena, most, sizeof(double));
    w->offer_row = ints(arena, in->offers_n);
    w->need_row = ints(arena, in->needs_n);
    w->partner_row = ints(arena, in->needs_n);
    w->meeting_row = ints(arena, in->offers_n);
    w->floor_row = ints(arena, in->floors_n);
    for (int32_t l = 0; l < in->lines_n; l++) {
        add_row(w, in->lines[l].quantity);
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        int32_t most = in->offers[j].capacity;
        w->offer_row[j] =
            most == INSTANCE_UNITS_MAX ? -1 : add_row(w, most);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        int64_t budget = in->needs[i].budget_yen;
        w->need_row[i] = budget == INSTANCE_NO_LIMIT
            ? -1
            : add_row(w, (double)budget * w->money_scale);
        int32_t partners = in->needs[i].max_partners;
        w->partner_row[i] = partners == 0 ? -1 : add_row(w, partners);
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        int32_t needs = in->offers[j].max_needs;
        w->meeting_row[j] = needs == 0 ? -1 : add_row(w, needs);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        w->floor_row[g] = add_row(w,
            -(double)model_floor_target(&in->floors[g]) / (double)MODEL_E12);
    }
    w->programme_row = in->programme_budget_yen == INSTANCE_NO_LIMIT
        ? -1
        : add_row(w, (double)in->programme_budget_yen * w->money_scale);
}

/* Means of gains and costs: the model is solved in these units. */
static void
make_scales(struct wide *w)
{
    const struct instance *in = w->in;
    double gain = 0, cost = 0, n = 0;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        gain += abs(in->pair_score[p]);
        cost += in->pair_cost[p];
        n += in->pair_cost[p] > 0;
    }
    w->gain_scale = gain > 0 ? (double)in->pairs_n / gain : 1;
    w->money_scale = cost > 0 ? n / cost : 1;
}

static void
add_entry(struct wide *w, int32_t row, double coef)
{
    if (w->entries_n == w->entries_cap) {
        w->entries_cap = w->entries_cap > 0 ? 2 * w->entries_cap : 1 << 16;
        w->row =
            xrealloc(w->row, (size_t)w->entries_cap, sizeof(*w->row));
        w->coef =
            xrealloc(w->coef, (size_t)w->entries_cap, sizeof(*w->coef));
    }
    w->row[w->entries_n] = row;
    w->coef[w->entries_n++] = coef;
}

/* Rows of a column, ascending as make_rows() numbers them. */
static void
add_pair(struct wide *w, int32_t l, int32_t p)
{
    const struct instance *in = w->in;
    int32_t j = in->pair_offer[p], i = in->lines[l].need;
    double cost = in->pair_cost[p] * w->money_scale;
    w->gain[w->cols_n] = in->pair_score[p] * w->gain_scale;
    w->col_pair[w->cols_n] = p;
    add_entry(w, l, 1);
    if (w->offer_row[j] >= 0) {
        add_entry(w, w->offer_row[j], in->pair_use[p]);
    }
    if (cost > 0 && w->need_row[i] >= 0) {
        add_entry(w, w->need_row[i], cost);
    }
    if (w->counts->partner_weight[p] > 0) {
        add_entry(w, w->partner_row[i], w->counts->partner_weight[p] / 1e6);
    }
    if (w->counts->meeting_weight[p] > 0) {
        add_entry(w, w->meeting_row[j], w->counts->meeting_weight[p] / 1e6);
    }
    double share = (double)model_unit_share(in->lines[l].quantity) /
        (double)MODEL_E12;
    for (int32_t k = w->floor_begin[l]; k < w->floor_begin[l + 1]; k++) {
        add_entry(w, w->floor_row[w->floors[k]], -share);
    }
    if (cost > 0 && w->programme_row >= 0) {
        add_entry(w, w->programme_row, cost);
    }
    w->begin[++w->cols_n] = w->entries_n;
}

/* The chosen pairs as columns, and what floors miss. */
static void
add_columns(struct wide *w)
{
    const struct instance *in = w->in;
    size_t n = (size_t)in->floors_n;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        n += wide_is_chosen(w, p);
    }
    w->col_pair = xmalloc(n * sizeof(int32_t));
    w->begin = xcalloc(n + 1, sizeof(int32_t));
    w->gain = xcalloc(n, sizeof(double));
    w->x = xcalloc(n, sizeof(double));
    w->z = xcalloc(n, sizeof(double));
    w->cols_n = w->entries_n = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (wide_is_chosen(w, p)) {
                add_pair(w, l, p);
            }
        }
    }
    w->pairs_n = w->cols_n;
    for (int32_t g = 0; g < in->floors_n; g++) {
        w->gain[w->cols_n] = -in->floors[g].price * w->gain_scale;
        add_entry(w, w->floor_row[g], -1);
        w->begin[++w->cols_n] = w->entries_n;
    }
}

void
wide_free(struct wide *w)
{
    free(w->col_pair);
    free(w->begin);
    free(w->row);
    free(w->coef);
    free(w->gain);
    free(w->x);
    free(w->z);
    w->col_pair = w->begin = w->row = NULL;
    w->coef = w->gain = w->x = w->z = NULL;
    w->pairs_n = w->cols_n = w->entries_cap = 0;
}

/* Limits less what the least plan takes. */
static void
take_least(struct wide *w)
{
    double *limit = w->left;
    memcpy(limit, w->limit, (size_t)w->rows_n * sizeof(*limit));
    for (int32_t c = 0; c < w->pairs_n; c++) {
        int32_t least = w->least[w->col_pair[c]];
        for (int32_t e = w->begin[c]; e < w->begin[c + 1] && least > 0;
             e++) {
            limit[w->row[e]] -= w->coef[e] * least;
        }
    }
    for (int32_t r = 0; r < w->rows_n; r++) {
        limit[r] = w->limit[r] >= 0 ? fmax(limit[r], 0) : limit[r];
    }
}

void
wide_columns(struct wide *w)
{
    wide_free(w);
    add_columns(w);
    take_least(w);
}

static int64_t
price(const struct wide *w, int32_t row, bool money)
{
    if (row < 0) {
        return 0;
    }
    double scale = (money ? w->money_scale : 1) / w->gain_scale;
    return llround(fmin(w->y[row] * scale * 1e9, 1e18));
}

int64_t
wide_line_price(const struct wide *w, int32_t line)
{
    return price(w, line, false);
}

double
wide_line_base(const struct wide *w, int32_t l)
{
    double share = (double)model_unit_share(w->in->lines[l].quantity) /
        (double)MODEL_E12;
    double base = 0;
    for (int32_t k = w->floor_begin[l]; k < w->floor_begin[l + 1]; k++) {
        base += share * w->y[w->floor_row[w->floors[k]]];
    }
    return base;
}

double
wide_line_money(const struct wide *w, int32_t l)
{
    int32_t need = w->need_row[w->in->lines[l].need];
    return (need >= 0 ? w->y[need] : 0) +
        (w->programme_row >= 0 ? w->y[w->programme_row] : 0);
}

void
wide_prices(struct wide *w)
{
    const struct instance *in = w->in;
    for (int32_t j = 0; j < in->offers_n; j++) {
        w->now.capacity[j] = price(w, w->offer_row[j], false);
        w->now.meetings[j] = price(w, w->meeting_row[j], false);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        w->now.budget[i] = price(w, w->need_row[i], true);
        w->now.partners[i] = price(w, w->partner_row[i], false);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        w->now.floor[g] = price(w, w->floor_row[g], false);
    }
    w->now.programme = price(w, w->programme_row, true);
}

void
wide_make(struct wide *w, const struct instance *in,
    const struct counts *counts, const int32_t *least, struct arena *arena)
{
    *w = (struct wide){.in = in, .counts = counts, .least = least,
        .chosen = arena_alloc(arena, (size_t)in->pairs_n / 8 + 1)};
    prices_make(&w->now, in, counts, arena);
    make_scales(w);
    index_floors(w, arena);
    make_rows(w, arena);
}
