/* moves.c: take, give up, fill up, keep or undo (moves.h). */
#include "moves.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHAKE_NEEDS = 6, /* emptied together, at most */
    SHAKE_LINES = 24
};

struct change {
    int32_t pair, before;
};

struct mover {
    struct ledger *ledger;
    const struct near *near;
    const struct instance *in;
    model_wide total;   /* of the plan, but for a constant */
    model_wide *missing; /* per floor: target less cover, may be < 0 */
    int32_t *floor_begin, *floors; /* per line */
    struct change *journal;
    int32_t journal_n, journal_cap;
};

static void
set(struct mover *m, int32_t p, int32_t units)
{
    const struct instance *in = m->in;
    int32_t l = m->ledger->pair_line[p];
    int32_t more = units - m->ledger->units[p];
    m->total += (model_wide)in->pair_score[p] * more * MODEL_E12;
    model_wide share =
        (model_wide)model_unit_share(in->lines[l].quantity) * more;
    for (int32_t k = m->floor_begin[l]; k < m->floor_begin[l + 1]; k++) {
        int32_t g = m->floors[k];
        model_wide before = m->missing[g], after = before - share;
        m->missing[g] = after;
        m->total -= in->floors[g].price *
            ((after > 0 ? after : 0) - (before > 0 ? before : 0));
    }
    ledger_set(m->ledger, p, units);
}

static void
change(struct mover *m, int32_t p, int32_t units)
{
    if (m->journal_n == m->journal_cap) {
        m->journal_cap = m->journal_cap > 0 ? 2 * m->journal_cap : 64;
        m->journal = xrealloc(
            m->journal, (size_t)m->journal_cap, sizeof(*m->journal));
    }
    m->journal[m->journal_n++] =
        (struct change){p, m->ledger->units[p]};
    set(m, p, units);
}

/* Back through the same states, so that no row is ever exceeded. */
static void
undo(struct mover *m)
{
    while (m->journal_n > 0) {
        const struct change *c = &m->journal[--m->journal_n];
        set(m, c->pair, c->before);
    }
}

static bool
grow(struct mover *m, int32_t p)
{
    int32_t most = ledger_most(m->ledger, p);
    if (most <= m->ledger->units[p] || m->in->pair_score[p] <= 0 ||
        !ledger_allows(m->ledger, p, most)) {
        return false;
    }
    change(m, p, most);
    return true;
}

static void
fill_line(struct mover *m, int32_t l)
{
    const struct near *near = m->near;
    for (int32_t k = near->line_begin[l];
         k < near->line_begin[l + 1] && m->ledger->line_left[l] > 0; k++) {
        grow(m, near->line_pairs[k]);
    }
}

static void
fill_need(struct mover *m, int32_t need)
{
    const struct near *near = m->near;
    for (int32_t k = near->need_begin[need]; k < near->need_begin[need + 1];
         k++) {
        fill_line(m, near->need_lines[k]);
    }
}

/* Gives q up for p, fills up; keeps what is a gain. */
static bool
exchange(struct mover *m, int32_t q, int32_t p)
{
    const struct instance *in = m->in;
    model_wide before = m->total;
    int32_t least = m->ledger->least[q];
    m->journal_n = 0;
    if (!ledger_allows(m->ledger, q, least)) {
        return false;
    }
    change(m, q, least);
    if (grow(m, p)) {
        int32_t lost = m->ledger->pair_line[q];
        fill_line(m, lost);
        fill_need(m, in->lines[m->ledger->pair_line[p]].need);
        fill_need(m, in->lines[lost].need);
        if (m->total > before) {
            m->journal_n = 0;
            return true;
        }
    }
    undo(m);
    return false;
}

/* p from whoever holds the offer. */
static bool
take(struct mover *m, int32_t p)
{
    const struct near *near = m->near;
    int32_t j = m->in->pair_offer[p];
    for (int32_t k = near->offer_begin[j]; k < near->offer_begin[j + 1];
         k++) {
        int32_t q = near->offer_pairs[k];
        if (q != p && m->ledger->units[q] > m->ledger->least[q] &&
            exchange(m, q, p)) {
            return true;
        }
    }
    return false;
}

/* p instead of another pair of the same need. */
static bool
swap(struct mover *m, int32_t l, int32_t p)
{
    const struct near *near = m->near;
    int32_t i = m->in->lines[l].need;
    for (int32_t k = near->need_begin[i]; k < near->need_begin[i + 1]; k++) {
        int32_t other = near->need_lines[k];
        for (int32_t n = near->line_begin[other];
             n < near->line_begin[other + 1]; n++) {
            int32_t q = near->line_pairs[n];
            if (q != p && m->ledger->units[q] > m->ledger->least[q] &&
                exchange(m, q, p)) {
                return true;
            }
        }
    }
    return false;
}

static bool
improve_line(struct mover *m, int32_t l)
{
    const struct near *near = m->near;
    bool gain = false;
    model_wide before = m->total;
    fill_line(m, l);
    m->journal_n = 0;
    gain = m->total > before;
    for (int32_t k = near->line_begin[l]; k < near->line_begin[l + 1]; k++) {
        int32_t p = near->line_pairs[k];
        if (m->ledger->units[p] < m->in->lines[l].quantity) {
            gain = swap(m, l, p) || gain;
            gain = take(m, p) || gain;
        }
    }
    return gain;
}

static void
index_floors(struct mover *m, struct arena *arena)
{
    const struct instance *in = m->in;
    size_t lines = (size_t)in->lines_n;
    m->missing =
        arena_array(arena, (size_t)in->floors_n, sizeof(*m->missing));
    m->floor_begin = arena_array(arena, lines + 2, sizeof(int32_t));
    for (int32_t g = 0; g < in->floors_n; g++) {
        m->missing[g] = model_floor_target(&in->floors[g]);
        for (int32_t k = in->floors[g].member_begin;
             k < in->floors[g].member_end; k++) {
            int32_t l = in->floor_lines[k], q = in->lines[l].quantity;
            m->floor_begin[l + 2]++;
            m->missing[g] -= (model_wide)model_unit_share(q) *
                (q - m->ledger->line_left[l]);
        }
    }
    for (size_t l = 2; l < lines + 2; l++) {
        m->floor_begin[l] += m->floor_begin[l - 1];
    }
    m->floors = arena_array(
        arena, (size_t)m->floor_begin[lines + 1], sizeof(int32_t));
    for (int32_t g = 0; g < in->floors_n; g++) {
        for (int32_t k = in->floors[g].member_begin;
             k < in->floors[g].member_end; k++) {
            m->floors[m->floor_begin[in->floor_lines[k] + 1]++] = g;
        }
    }
}

/* splitmix64 */
static uint32_t
draw(uint64_t *state, uint32_t n)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15ULL;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ z >> 27) * 0x94D049BB133111EBULL;
    return (uint32_t)((z ^ z >> 31) % n);
}

struct ruin {
    uint64_t seed;
    int32_t needs[SHAKE_NEEDS], needs_n;
    int32_t lines[SHAKE_LINES], lines_n;
};

static void
ruin_add(struct mover *m, struct ruin *r, int32_t need)
{
    const struct near *near = m->near;
    int32_t begin = near->need_begin[need], end = near->need_begin[need + 1];
    for (int k = 0; k < r->needs_n; k++) {
        if (r->needs[k] == need) {
            return;
        }
    }
    if (r->needs_n == SHAKE_NEEDS || r->lines_n + end - begin > SHAKE_LINES) {
        return;
    }
    r->needs[r->needs_n++] = need;
    for (int32_t k = begin; k < end; k++) {
        r->lines[r->lines_n++] = near->need_lines[k];
    }
}

/* A need, and some that hold what it would like. */
static void
ruin_choose(struct mover *m, struct ruin *r)
{
    const struct near *near = m->near;
    const struct instance *in = m->in;
    r->needs_n = r->lines_n = 0;
    ruin_add(m, r, (int32_t)draw(&r->seed, (uint32_t)in->needs_n));
    int32_t most = 2 + (int32_t)draw(&r->seed, SHAKE_NEEDS - 1);
    for (int tries = 0; tries < 12 && r->needs_n < most && r->lines_n > 0;
         tries++) {
        int32_t l = r->lines[draw(&r->seed, (uint32_t)r->lines_n)];
        int32_t n = near->line_begin[l + 1] - near->line_begin[l];
        if (n == 0) {
            continue;
        }
        int32_t p = near->line_pairs[near->line_begin[l] +
            (int32_t)draw(&r->seed, (uint32_t)n)];
        int32_t j = in->pair_offer[p];
        int32_t begin = near->offer_begin[j];
        int32_t holders = near->offer_begin[j + 1] - begin;
        for (int32_t k = 0, at = (int32_t)draw(
                                &r->seed, (uint32_t)holders);
             k < holders; k++, at = at + 1 == holders ? 0 : at + 1) {
            int32_t q = near->offer_pairs[begin + at];
            if (m->ledger->units[q] > 0) {
                ruin_add(m, r, in->lines[m->ledger->pair_line[q]].need);
                break;
            }
        }
    }
}

static void
ruin_empty(struct mover *m, const struct ruin *r)
{
    const struct near *near = m->near;
    for (int32_t k = 0; k < r->lines_n; k++) {
        int32_t l = r->lines[k];
        for (int32_t n = near->line_begin[l]; n < near->line_begin[l + 1];
             n++) {
            int32_t p = near->line_pairs[n];
            int32_t least = m->ledger->least[p];
            if (m->ledger->units[p] > least &&
                ledger_allows(m->ledger, p, least)) {
                change(m, p, least);
            }
        }
    }
}

static void
ruin_fill(struct mover *m, struct ruin *r)
{
    const struct near *near = m->near;
    for (int32_t k = r->lines_n - 1; k > 0; k--) {
        int32_t other = (int32_t)draw(&r->seed, (uint32_t)k + 1);
        int32_t l = r->lines[k];
        r->lines[k] = r->lines[other];
        r->lines[other] = l;
    }
    for (int32_t k = 0; k < r->lines_n; k++) {
        int32_t l = r->lines[k];
        for (int32_t n = near->line_begin[l];
             n < near->line_begin[l + 1] && m->ledger->line_left[l] > 0;
             n++) {
            if (draw(&r->seed, 8) != 0) { /* one in eight is passed over */
                grow(m, near->line_pairs[n]);
            }
        }
    }
    for (int32_t k = 0; k < r->lines_n; k++) {
        fill_line(m, r->lines[k]);
    }
}

/*
 * How much worse a trial may be: exponential around the heat, by the leading
 * zeros of a draw, so that no floating point takes part.
 */
static model_wide
patience(uint64_t *seed, const struct shake *shake, int64_t trial)
{
    model_wide heat = shake->heat * MODEL_E12;
    for (int k = 0; k < 3; k++) { /* cools with the cube of what is left */
        heat = heat * (shake->trials - trial) / shake->trials;
    }
    int zeros = __builtin_clz(draw(seed, UINT32_MAX) | 1);
    return heat * (zeros * 16 + (int)draw(seed, 16)) / 23; /* 16 / ln 2 */
}

void
moves_shake(struct ledger *ledger, const struct near *near,
    const struct shake *shake, const struct lp_limit *limit)
{
    struct arena own = {0};
    struct mover m = {.ledger = ledger, .near = near, .in = near->in};
    struct ruin ruin = {.seed = 1};
    size_t bytes = (size_t)m.in->pairs_n * sizeof(int32_t);
    int32_t *units = xmalloc(bytes + 1);
    memcpy(units, ledger->units, bytes);
    index_floors(&m, &own);
    for (int64_t k = 0; k < shake->trials && m.in->needs_n > 0; k++) {
        if (k % 64 == 0 && lp_limit_reached(limit)) {
            break;
        }
        model_wide before = m.total;
        m.journal_n = 0;
        ruin_choose(&m, &ruin);
        ruin_empty(&m, &ruin);
        ruin_fill(&m, &ruin);
        if (m.total < before - patience(&ruin.seed, shake, k)) {
            undo(&m);
        }
    }
    if (m.total < 0) { /* it started from 0 */
        ledger_load(ledger, units);
    }
    free(units);
    free(m.journal);
    arena_release(&own);
}

void
moves_improve(struct ledger *ledger, const struct near *near, int passes,
    const struct lp_limit *limit)
{
    struct arena own = {0};
    struct mover m = {.ledger = ledger, .near = near, .in = near->in};
    index_floors(&m, &own);
    bool gain = true;
    for (int k = 0; k < passes && gain; k++) {
        gain = false;
        for (int32_t l = 0; l < m.in->lines_n; l++) {
            if (l % 64 == 0 && lp_limit_reached(limit)) {
                gain = false;
                break;
            }
            gain = improve_line(&m, l) || gain;
        }
    }
    free(m.journal);
    arena_release(&own);
}
