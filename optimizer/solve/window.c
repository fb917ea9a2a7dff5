/* window.c: residual rows around chosen needs (window.h). */
#include "window.h"

#include <stdlib.h>
#include <string.h>

#include "part.h"

struct maker {
    struct window *w;
    struct ledger *ledger;
    const int32_t *lines;
    int32_t lines_n;
    struct arena *arena;
    int32_t *offer_at, *need_at, *line_at; /* local index, -1 */
    int32_t *offers, *needs;               /* of the window */
};

static void *
array(struct maker *m, int64_t n, size_t size)
{
    return arena_array(m->arena, (size_t)n, size);
}

static int32_t *
minus_ones(int32_t n)
{
    int32_t *list = xmalloc((size_t)n * sizeof(*list));
    if (n > 0) {
        memset(list, 0xFF, (size_t)n * sizeof(*list));
    }
    return list;
}

/* Can the pair be used at all, when the others stay? */
static bool
open_pair(const struct ledger *ledger, int32_t p)
{
    int32_t j = ledger->in->pair_offer[p];
    return ledger->in->offers[j].max_needs == 0 || ledger->needs_left[j] > 0;
}

/* Takes out what the lines have; all of it is in before[] of its pair. */
static int32_t *
clear_lines(struct maker *m)
{
    const struct instance *in = m->ledger->in;
    int32_t n = 0;
    for (int32_t k = 0; k < m->lines_n; k++) {
        n += in->pair_begin[m->lines[k] + 1] - in->pair_begin[m->lines[k]];
    }
    int32_t *before = xmalloc((size_t)n * sizeof(*before));
    n = 0;
    for (int32_t k = 0; k < m->lines_n; k++) {
        int32_t l = m->lines[k];
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            before[n++] = m->ledger->units[p];
            if (m->ledger->units[p] > 0) {
                ledger_set(m->ledger, p, 0);
            }
        }
    }
    return before;
}

static void
choose_pairs(struct maker *m, const uint8_t *wanted, const int32_t *before)
{
    const struct instance *in = m->ledger->in;
    struct instance *to = &m->w->in;
    int64_t most = 0;
    for (int32_t k = 0; k < m->lines_n; k++) {
        most += in->pair_begin[m->lines[k] + 1] - in->pair_begin[m->lines[k]];
    }
    to->pair_begin = array(m, (int64_t)m->lines_n + 1, sizeof(int32_t));
    m->w->pair_of = array(m, most, sizeof(int32_t));
    m->w->before = array(m, most, sizeof(int32_t));
    for (int32_t k = 0; k < m->lines_n; k++) {
        int32_t l = m->lines[k];
        to->pair_begin[k] = to->pairs_n;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int32_t units = *before++;
            if (units > 0 || (wanted[p] && open_pair(m->ledger, p))) {
                m->w->before[to->pairs_n] = units;
                m->w->pair_of[to->pairs_n++] = p;
            }
        }
    }
    to->pair_begin[m->lines_n] = to->pairs_n;
}

static int
compare_indexes(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* Offers of the window in their order, with what is left of them. */
static void
place_offers(struct maker *m)
{
    const struct instance *in = m->ledger->in;
    struct instance *to = &m->w->in;
    for (int32_t q = 0; q < to->pairs_n; q++) {
        int32_t j = in->pair_offer[m->w->pair_of[q]];
        if (m->offer_at[j] < 0) {
            m->offer_at[j] = 0;
            m->offers[to->offers_n++] = j;
        }
    }
    qsort(m->offers, (size_t)to->offers_n, sizeof(int32_t), compare_indexes);
    to->offers = array(m, to->offers_n, sizeof(*to->offers));
    for (int32_t k = 0; k < to->offers_n; k++) {
        int32_t j = m->offers[k];
        m->offer_at[j] = k;
        to->offers[k] = in->offers[j];
        to->offers[k].capacity = m->ledger->offer_left[j];
        if (in->offers[j].max_needs > 0) {
            to->offers[k].max_needs = m->ledger->needs_left[j];
        }
    }
    to->orgs_n = in->orgs_n;
}

static void
place_lines(struct maker *m)
{
    const struct instance *in = m->ledger->in;
    struct instance *to = &m->w->in;
    to->lines_n = m->lines_n;
    to->lines = array(m, m->lines_n, sizeof(*to->lines));
    to->needs = array(m, m->lines_n, sizeof(*to->needs));
    for (int32_t k = 0; k < m->lines_n; k++) {
        int32_t l = m->lines[k], i = in->lines[l].need;
        m->line_at[l] = k;
        if (m->need_at[i] < 0) {
            m->need_at[i] = to->needs_n;
            to->needs[to->needs_n++] = in->needs[i];
        }
        to->lines[k] = in->lines[l];
        to->lines[k].need = m->need_at[i];
    }
    to->programme_budget_yen = m->ledger->programme_left == INT64_MAX
        ? INSTANCE_NO_LIMIT
        : m->ledger->programme_left;
}

static void
place_pairs(struct maker *m)
{
    const struct instance *in = m->ledger->in;
    struct instance *to = &m->w->in;
    to->pair_offer = array(m, to->pairs_n, sizeof(int32_t));
    to->pair_score = array(m, to->pairs_n, sizeof(int32_t));
    to->pair_cost = array(m, to->pairs_n, sizeof(int32_t));
    to->pair_use = array(m, to->pairs_n, sizeof(int32_t));
    to->pins = array(m, to->pairs_n, sizeof(*to->pins));
    m->w->least = array(m, to->pairs_n, sizeof(int32_t));
    for (int32_t q = 0; q < to->pairs_n; q++) {
        int32_t p = m->w->pair_of[q];
        to->pair_offer[q] = m->offer_at[in->pair_offer[p]];
        to->pair_score[q] = in->pair_score[p];
        to->pair_cost[q] = in->pair_cost[p];
        to->pair_use[q] = in->pair_use[p];
        m->w->least[q] = m->ledger->least[p];
        if (m->w->least[q] > 0) {
            to->pins[to->pins_n++] =
                (struct instance_pin){q, m->w->least[q]};
        }
    }
}

/* Floors with a line of the window; what the other lines give is given. */
static void
place_floors(struct maker *m)
{
    const struct instance *in = m->ledger->in;
    struct instance *to = &m->w->in;
    int64_t members = 0;
    for (int32_t g = 0; g < in->floors_n; g++) {
        members += in->floors[g].member_end - in->floors[g].member_begin;
    }
    to->floors = array(m, in->floors_n, sizeof(*to->floors));
    int32_t *lines = xmalloc((size_t)members * sizeof(*lines)), n = 0;
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *from = &in->floors[g];
        struct instance_floor floor = *from;
        model_wide given = from->given_e12;
        floor.member_begin = n;
        for (int32_t k = from->member_begin; k < from->member_end; k++) {
            int32_t l = in->floor_lines[k];
            int32_t quantity = in->lines[l].quantity;
            if (m->line_at[l] >= 0) {
                lines[n++] = m->line_at[l];
                continue;
            }
            given += (model_wide)model_unit_share(quantity) *
                (quantity - m->ledger->line_left[l]);
        }
        floor.member_end = n;
        if (floor.member_end == floor.member_begin) {
            continue;
        }
        /* the share was of all members, of whom fewer are here */
        model_wide target = (model_wide)from->share_ppm * 1000000 *
                (from->member_end - from->member_begin) -
            given;
        floor.share_ppm = INSTANCE_PPM;
        given = (model_wide)(floor.member_end - floor.member_begin) *
                MODEL_E12 -
            target;
        if (target <= 0) {
            n = floor.member_begin; /* held without them */
            continue;
        }
        if (given < 0) { /* out of reach by a constant, which changes no */
            given = 0;   /* choice; its price does */
        }
        floor.given_e12 = (int64_t)given;
        to->floors[to->floors_n++] = floor;
    }
    to->floor_lines = array(m, n, sizeof(int32_t));
    if (n > 0) {
        memcpy(to->floor_lines, lines, (size_t)n * sizeof(int32_t));
    }
    free(lines);
}

void
window_open(struct window *window, struct ledger *ledger,
    const int32_t *lines, int32_t lines_n, const uint8_t *wanted,
    struct arena *arena)
{
    const struct instance *in = ledger->in;
    *window = (struct window){0};
    struct maker m = {.w = window, .ledger = ledger, .lines = lines,
        .lines_n = lines_n, .arena = arena,
        .offer_at = minus_ones(in->offers_n),
        .need_at = minus_ones(in->needs_n),
        .line_at = minus_ones(in->lines_n),
        .offers = minus_ones(in->offers_n)};
    int32_t *before = clear_lines(&m);
    choose_pairs(&m, wanted, before);
    free(before);
    place_offers(&m);
    place_lines(&m);
    place_pairs(&m);
    place_floors(&m);
    free(m.offer_at);
    free(m.need_at);
    free(m.line_at);
    free(m.offers);
}

void
window_close(const struct window *window, struct ledger *ledger,
    const int32_t *units)
{
    const int32_t *from = units != NULL ? units : window->before;
    for (int32_t q = 0; q < window->in.pairs_n; q++) {
        if (from[q] > 0) {
            ledger_set(ledger, window->pair_of[q], from[q]);
        }
    }
}

model_wide
window_replan(struct ledger *ledger, int32_t *lines, int32_t lines_n,
    const uint8_t *wanted, int32_t node_limit, const struct lp_limit *limit)
{
    struct arena own = {0};
    struct window w;
    struct part_result result = {0};
    qsort(lines, (size_t)lines_n, sizeof(int32_t), compare_indexes);
    window_open(&w, ledger, lines, lines_n, wanted, &own);
    const struct part_options options = {
        .limit = limit, .node_limit = node_limit, .start = w.before,
        .lifted = true};
    result.units = arena_array(&own, (size_t)w.in.pairs_n, sizeof(int32_t));
    prices_make(&result.prices, &w.in, NULL, &own);
    part_solve(&w.in, w.least, &options, &result);
    model_wide gain = result.total - model_total(&w.in, w.before);
    window_close(&w, ledger, gain > 0 ? result.units : NULL);
    arena_release(&own);
    return gain > 0 ? gain : 0;
}
