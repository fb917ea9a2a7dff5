/* shake.c: ruin, recreate, keep or undo (shake.h). */
#include "shake.h"

#include <stdlib.h>
#include <string.h>

#include "chain.h"
#include "draw.h"
#include "focus.h"
#include "mover.h"
#include "optimizer/base/clock.h"

enum {
    SHAKE_NEEDS = 6, /* emptied together, at most */
    SHAKE_LINES = 24,
    PASSED_OVER = 16, /* one in so many */
    LOOK = 64,        /* trials between looks at the clock */
    RUINS = 20 /* one trial in so many; the others are chains */
};

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
        int32_t p =
            near->line_pairs[near->line_begin[l] + draw_early(&r->seed, n)];
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
        for (int32_t n = near->line_begin[l]; n < near->line_begin[l + 1] &&
             m->ledger->line_left[l] < m->in->lines[l].quantity;
             n++) {
            int32_t p = near->line_pairs[n];
            int32_t least = m->ledger->least[p];
            if (m->ledger->units[p] > least &&
                ledger_allows(m->ledger, p, least)) {
                mover_change(m, p, least);
            }
        }
    }
}

/* One of those that were emptied: it waits, or all would be as it was. */
static int32_t
given_up(const struct mover *m, struct ruin *r)
{
    return m->journal_n == 0
        ? -1
        : m->journal[draw(&r->seed, (uint32_t)m->journal_n)].pair;
}

static void
ruin_fill(struct mover *m, struct ruin *r)
{
    int32_t last = given_up(m, r);
    for (int32_t k = r->lines_n - 1; k > 0; k--) {
        int32_t other = (int32_t)draw(&r->seed, (uint32_t)k + 1);
        int32_t l = r->lines[k];
        r->lines[k] = r->lines[other];
        r->lines[other] = l;
    }
    for (int32_t k = 0; k < r->lines_n; k++) {
        mover_fill_some(m, r->lines[k], last, &r->seed, PASSED_OVER);
    }
    for (int32_t k = 0; k < r->lines_n; k++) {
        mover_fill_line(m, r->lines[k]);
    }
}

/* The best plan so far: where the ledger differs is on the list. */
struct best {
    model_wide total;
    int32_t *units, *list, list_n;
    uint8_t *listed;
};

static void
best_open(struct best *best, const struct ledger *ledger,
    struct arena *arena)
{
    size_t pairs = (size_t)ledger->in->pairs_n;
    *best = (struct best){
        .units = arena_array(arena, pairs, sizeof(int32_t)),
        .list = arena_array(arena, pairs, sizeof(int32_t)),
        .listed = arena_alloc(arena, pairs)};
    memcpy(best->units, ledger->units, pairs * sizeof(int32_t));
}

/* After a change that was kept. */
static void
best_follow(struct best *best, const struct mover *m)
{
    for (int32_t k = 0; k < m->journal_n; k++) {
        int32_t p = m->journal[k].pair;
        if (!best->listed[p]) {
            best->listed[p] = 1;
            best->list[best->list_n++] = p;
        }
    }
    if (m->total > best->total) {
        best->total = m->total;
        while (best->list_n > 0) {
            int32_t p = best->list[--best->list_n];
            best->listed[p] = 0;
            best->units[p] = m->ledger->units[p];
        }
    }
}

/* What a line of the plan is worth on average, 1e-12. */
static model_wide
typical_worth(const struct mover *m)
{
    const struct instance *in = m->in;
    model_wide sum = 0;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (m->ledger->units[p] > 0) {
            model_wide worth = (model_wide)in->pair_score[p] * 1000000000 +
                m->near->floor_gains[m->ledger->pair_line[p]];
            sum += worth > 0 ? worth * m->ledger->units[p] : 0;
        }
    }
    return in->lines_n > 0 ? sum * 1000 / in->lines_n : 0;
}

/*
 * How much worse a trial may be: exponential around the heat, by the leading
 * zeros of a draw, so that no floating point takes part.
 */
static model_wide
patience(uint64_t *seed, const struct shake *shake, model_wide heat,
    int64_t trial)
{
    for (int k = 0; k < 3; k++) { /* cools with the cube of what is left */
        heat = heat / shake->trials * (shake->trials - trial);
    }
    int zeros = __builtin_clz(draw(seed, UINT32_MAX) | 1);
    return heat * (zeros * 16 + (int)draw(seed, 16)) / 23; /* 16 / ln 2 */
}

/*
 * The plan with what it leaves of the programme's budget at its price: who
 * saves money is ahead, even where nobody in this trial can spend it.
 */
static model_wide
worth(const struct mover *m)
{
    int64_t left = m->ledger->programme_left;
    return m->total + (left == INT64_MAX
        ? 0
        : (model_wide)m->near->prices->programme * 1000 * left);
}

/* Where the clock is ahead of the trials some are left out: the end is cold. */
static int64_t
on_time(const struct shake *shake, const struct lp_limit *limit,
    int64_t begun, int64_t at)
{
    if (limit->deadline_ms <= begun) {
        return at;
    }
    int64_t due = (int64_t)((model_wide)shake->trials *
        (clock_ms() - begun) / (limit->deadline_ms - begun));
    return due > at && due < shake->trials ? due : at;
}

static void
try(struct mover *m, struct ruin *ruin, model_wide patience)
{
    model_wide before = worth(m);
    bool whole = true;
    m->journal_n = 0;
    if (draw(&ruin->seed, RUINS) != 0) {
        whole = chain_run(m, &ruin->seed, patience);
    } else {
        ruin_choose(m, ruin);
        ruin_empty(m, ruin);
        ruin_fill(m, ruin);
    }
    if (!whole || worth(m) < before - patience) {
        mover_undo(m);
    }
}

void
shake_plan(struct ledger *ledger, const struct near *near,
    const struct shake *shake, const struct lp_limit *limit)
{
    struct arena own = {0};
    struct focus focus;
    struct mover m;
    struct best best;
    struct ruin ruin = {.seed = shake->seed + 1};
    focus_make(&focus, ledger, near, &own);
    mover_open(&m, &focus.ledger, &focus.near, &own);
    best_open(&best, &focus.ledger, &own);
    model_wide heat = typical_worth(&m) * shake->heat / 1000;
    const int64_t begun = limit->deadline_ms != 0 ? clock_ms() : 0;
    const model_wide enough =
        shake->enough - model_total(ledger->in, ledger->units);
    int64_t at = 0;
    for (int64_t k = 0; at < shake->trials && m.in->needs_n > 0 &&
         best.total < enough; k++, at++) {
        if (k % LOOK == 0) {
            if (lp_limit_reached(limit)) {
                break;
            }
            at = on_time(shake, limit, begun, at);
        }
        try(&m, &ruin, patience(&ruin.seed, shake, heat, at));
        best_follow(&best, &m);
    }
    m.journal_n = 0;
    for (int32_t l = 0; l < m.in->lines_n; l++) { /* spends what is left */
        mover_fill_line(&m, l);
    }
    best_follow(&best, &m);
    narrow_return(&focus.narrow, best.units, ledger);
    mover_close(&m);
    arena_release(&own);
}
