/* part_lp.c: rows and columns of a component (part_lp.h). */
#include "part_lp.h"

#include <math.h>
#include <stdlib.h>

static int32_t *
indexes(struct arena *arena, int32_t n)
{
    int32_t *list = arena_array(arena, (size_t)n, sizeof(*list));
    for (int32_t k = 0; k < n; k++) {
        list[k] = -1;
    }
    return list;
}

/* Entries of one column under construction. */
struct entries {
    int *rows;
    double *coefs;
    int n, cap;
};

static void
put(struct entries *e, int row, double coef)
{
    if (e->n == e->cap) {
        e->cap = e->cap > 0 ? 2 * e->cap : 16;
        e->rows = xrealloc(e->rows, (size_t)e->cap, sizeof(*e->rows));
        e->coefs = xrealloc(e->coefs, (size_t)e->cap, sizeof(*e->coefs));
    }
    e->rows[e->n] = row;
    e->coefs[e->n++] = coef;
}

static void
add_rows(struct part_lp *part)
{
    const struct instance *in = part->in;
    for (int32_t l = 0; l < in->lines_n; l++) { /* row l is line l */
        lp_add_row(part->lp, -INFINITY, in->lines[l].quantity);
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        if (in->offers[j].capacity < INSTANCE_UNITS_MAX) {
            part->offer_row[j] =
                lp_add_row(part->lp, -INFINITY, in->offers[j].capacity);
        }
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        if (in->needs[i].budget_yen != INSTANCE_NO_LIMIT) {
            part->need_row[i] = lp_add_row(
                part->lp, -INFINITY, (double)in->needs[i].budget_yen);
        }
    }
    if (in->programme_budget_yen != INSTANCE_NO_LIMIT) {
        part->programme_row = lp_add_row(
            part->lp, -INFINITY, (double)in->programme_budget_yen);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        double target =
            (double)model_floor_target(&in->floors[g]) / (double)MODEL_E12;
        const double one = 1;
        part->floor_row[g] = lp_add_row(part->lp, target, INFINITY);
        part->floor_col[g] = lp_add_col(part->lp, -in->floors[g].price, 0,
            INFINITY, false, 1, &part->floor_row[g], &one);
    }
}

/* How many pairs that could use it each link has, and whether one must. */
static void
count_links(struct part_lp *part, const int32_t *least, int32_t *pairs,
    uint8_t *fixed)
{
    const struct instance *in = part->in;
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int32_t of[2] = {links_org(part->links, p),
                links_need(part->links, p)};
            for (int k = 0; k < 2 && model_pair_most(in, l, p) > 0; k++) {
                if (of[k] >= 0) {
                    pairs[of[k]]++;
                    fixed[of[k]] |= least[p] > 0;
                }
            }
        }
    }
}

/*
 * Rows that count links per owner, and a 0/1 column per link; the link of one
 * pair alone is used where the pair is: add_switches() says by which column.
 */
static void
add_links(struct part_lp *part, const int32_t *least)
{
    const struct links *links = part->links;
    int32_t *pairs = xcalloc((size_t)links->n + 1, sizeof(*pairs));
    uint8_t *fixed = xcalloc((size_t)links->n + 1, 1);
    int row = -1;
    const double one = 1;
    count_links(part, least, pairs, fixed);
    for (int32_t k = 0; k < links->n; k++) {
        int32_t owner = links->owner[k];
        bool first = k == 0 || k == links->orgs_n ||
            owner != links->owner[k - 1];
        if (first) {
            row = lp_add_row(part->lp, -INFINITY,
                k < links->orgs_n ? part->in->needs[owner].max_partners
                                  : part->in->offers[owner].max_needs);
        }
        part->link_row[k] = row;
        if (pairs[k] > 1 || fixed[k]) {
            part->link_col[k] =
                lp_add_col(part->lp, 0, fixed[k], 1, true, 1, &row, &one);
        }
    }
    free(pairs);
    free(fixed);
}

/* Line -> the floors it is in, as compressed rows. */
static int32_t *
floors_of_lines(const struct instance *in, int32_t *begin)
{
    for (int32_t g = 0; g < in->floors_n; g++) {
        for (int32_t k = in->floors[g].member_begin;
             k < in->floors[g].member_end; k++) {
            begin[in->floor_lines[k] + 1]++;
        }
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        begin[l + 1] += begin[l];
    }
    int32_t *list = xmalloc((size_t)begin[in->lines_n] * sizeof(*list));
    int32_t *at = xmalloc(((size_t)in->lines_n + 1) * sizeof(*at));
    for (int32_t l = 0; l <= in->lines_n; l++) {
        at[l] = begin[l];
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        for (int32_t k = in->floors[g].member_begin;
             k < in->floors[g].member_end; k++) {
            list[at[in->floor_lines[k]]++] = g;
        }
    }
    free(at);
    return list;
}

/* A column that is 1 where the pair has units, counted in n rows. */
static int
add_used(struct part_lp *part, struct entries *e, int32_t p, int32_t most,
    int n, const int *counts)
{
    int32_t scale = part->pair_scale[p];
    int32_t lot = part->in->offers[part->in->pair_offer[p]].min_lot;
    int rows[4];
    double coefs[4];
    for (int k = 0; k < n; k++) {
        rows[k] = counts[k];
        coefs[k] = 1;
    }
    rows[n] = lp_add_row(part->lp, -INFINITY, 0);
    coefs[n] = -(double)most / scale;
    put(e, rows[n++], 1);
    if (lot > 1 && scale == 1) {
        rows[n] = lp_add_row(part->lp, 0, INFINITY);
        coefs[n] = -(double)lot;
        put(e, rows[n++], 1);
    }
    return lp_add_col(part->lp, 0, 0, 1, true, n, rows, coefs);
}

/*
 * x <= most z (and x >= lot z) for each switch column z of the pair: one for
 * its lot and the links that are its own, which is the pair's column where
 * that is 0 or 1; and those of the links that it shares.
 */
static void
add_switches(struct part_lp *part, struct entries *e, int32_t p,
    int32_t most, int32_t least)
{
    const struct links *links = part->links;
    int32_t scale = part->pair_scale[p];
    int32_t lot = part->in->offers[part->in->pair_offer[p]].min_lot;
    int32_t of[2] = {links_org(links, p), links_need(links, p)};
    int own[2], n = 0;
    if (least > 0) {
        return; /* used in any case */
    }
    for (int k = 0; k < 2; k++) {
        if (of[k] >= 0 && part->link_col[of[k]] < 0) {
            own[n++] = part->link_row[of[k]];
        } else if (of[k] >= 0) {
            int row = lp_add_row(part->lp, -INFINITY, 0);
            lp_add_entry(part->lp, row, part->link_col[of[k]],
                -(double)most / scale);
            put(e, row, 1);
        }
    }
    if (most == scale) { /* the pair's own column is next */
        part->used_col[p] = lp_cols(part->lp);
        for (int k = 0; k < n; k++) {
            put(e, own[k], 1);
        }
    } else if (n > 0 || (lot > 1 && scale == 1)) {
        part->used_col[p] = add_used(part, e, p, most, n, own);
    }
    for (int k = 0; k < 2; k++) {
        if (of[k] >= 0 && part->link_col[of[k]] < 0) {
            part->link_col[of[k]] = part->used_col[p];
        }
    }
}

static void
add_pair(struct part_lp *part, struct entries *e, int32_t l, int32_t p,
    int32_t least, const int32_t *floors, int32_t floors_n)
{
    const struct instance *in = part->in;
    const struct instance_line *line = &in->lines[l];
    int32_t most = model_pair_most(in, l, p);
    if (most == 0) {
        return;
    }
    int32_t scale = line->indivisible ? line->quantity : 1;
    int32_t j = in->pair_offer[p];
    part->pair_scale[p] = scale;
    e->n = 0;
    put(e, l, scale);
    if (part->offer_row[j] >= 0) {
        put(e, part->offer_row[j], (double)in->pair_use[p] * scale);
    }
    double cost = (double)in->pair_cost[p] * scale;
    if (cost > 0 && part->need_row[line->need] >= 0) {
        put(e, part->need_row[line->need], cost);
    }
    if (cost > 0 && part->programme_row >= 0) {
        put(e, part->programme_row, cost);
    }
    double share = (double)model_unit_share(line->quantity) /
        (double)MODEL_E12 * scale;
    for (int32_t k = 0; k < floors_n; k++) {
        put(e, part->floor_row[floors[k]], share);
    }
    add_switches(part, e, p, most, least);
    part->pair_col[p] = lp_add_col(part->lp,
        (int64_t)in->pair_score[p] * scale, (double)least / scale,
        (double)most / scale, true, e->n, e->rows, e->coefs);
}

void
part_lp_make(struct part_lp *part, const struct instance *in,
    const struct links *links, const int32_t *least, struct arena *arena)
{
    *part = (struct part_lp){.in = in, .links = links, .lp = lp_new(),
        .pair_col = indexes(arena, in->pairs_n),
        .pair_scale = indexes(arena, in->pairs_n),
        .used_col = indexes(arena, in->pairs_n),
        .link_col = indexes(arena, links->n),
        .link_row = indexes(arena, links->n),
        .offer_row = indexes(arena, in->offers_n),
        .need_row = indexes(arena, in->needs_n),
        .floor_row = indexes(arena, in->floors_n),
        .floor_col = indexes(arena, in->floors_n),
        .programme_row = -1};
    add_rows(part);
    add_links(part, least);
    int32_t *begin = xcalloc((size_t)in->lines_n + 1, sizeof(*begin));
    int32_t *floors = floors_of_lines(in, begin);
    struct entries e = {0};
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            add_pair(part, &e, l, p, least[p], floors + begin[l],
                begin[l + 1] - begin[l]);
        }
    }
    free(e.rows);
    free(e.coefs);
    free(begin);
    free(floors);
}

static int64_t
price(const struct part_lp *part, int32_t row, int sign)
{
    return row < 0 ? 0 : sign * lp_price_e9(part->lp, row);
}

void
part_lp_prices(const struct part_lp *part, struct prices *prices)
{
    const struct instance *in = part->in;
    for (int32_t j = 0; j < in->offers_n; j++) {
        prices->capacity[j] = price(part, part->offer_row[j], 1);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        prices->budget[i] = price(part, part->need_row[i], 1);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        prices->floor[g] = price(part, part->floor_row[g], -1);
    }
    prices->programme = price(part, part->programme_row, 1);
}

void
part_lp_values(const struct part_lp *part, const int32_t *units,
    double *values)
{
    const struct instance *in = part->in;
    const struct links *links = part->links;
    for (int32_t g = 0; g < in->floors_n; g++) {
        values[part->floor_col[g]] =
            (double)model_floor_target(&in->floors[g]) / (double)MODEL_E12;
    }
    double *share = xcalloc((size_t)in->lines_n, sizeof(*share));
    for (int32_t l = 0; l < in->lines_n; l++) {
        double unit = (double)model_unit_share(in->lines[l].quantity) /
            (double)MODEL_E12;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (units[p] == 0) {
                continue;
            }
            values[part->pair_col[p]] = units[p] / part->pair_scale[p];
            share[l] += unit * units[p];
            int32_t of[2] = {links_org(links, p), links_need(links, p)};
            for (int k = 0; k < 2; k++) {
                if (of[k] >= 0) {
                    values[part->link_col[of[k]]] = 1;
                }
            }
            if (part->used_col[p] >= 0) {
                values[part->used_col[p]] = 1;
            }
        }
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        double *missing = &values[part->floor_col[g]];
        for (int32_t k = in->floors[g].member_begin;
             k < in->floors[g].member_end; k++) {
            *missing -= share[in->floor_lines[k]];
        }
        *missing = *missing > 0 ? *missing : 0;
    }
    free(share);
}
