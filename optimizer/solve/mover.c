/* mover.c: totals that follow the ledger, changes that can be taken back
 * (mover.h). */
#include "mover.h"

#include <stdlib.h>

#include "draw.h"

static void
set(struct mover *m, int32_t p, int32_t units)
{
    const struct instance *in = m->in;
    int32_t l = m->ledger->pair_line[p];
    int32_t more = units - m->ledger->units[p];
    m->total += (model_wide)in->pair_score[p] * more * MODEL_E12;
    model_wide share = (model_wide)m->unit_share[l] * more;
    for (int32_t k = m->floor_begin[l]; k < m->floor_begin[l + 1]; k++) {
        int32_t g = m->floors[k];
        model_wide before = m->missing[g], after = before - share;
        m->missing[g] = after;
        m->total -= in->floors[g].price *
            ((after > 0 ? after : 0) - (before > 0 ? before : 0));
    }
    if (m->near->losses != NULL) {
        m->loss += (model_wide)m->near->losses[p] * more;
    }
    ledger_set(m->ledger, p, units);
}

void
mover_change(struct mover *m, int32_t p, int32_t units)
{
    if (m->journal_n == m->journal_cap) {
        m->journal_cap = m->journal_cap > 0 ? 2 * m->journal_cap : 64;
        m->journal = xrealloc(
            m->journal, (size_t)m->journal_cap, sizeof(*m->journal));
    }
    m->journal[m->journal_n++] =
        (struct mover_change){p, m->ledger->units[p]};
    set(m, p, units);
}

void
mover_undo(struct mover *m)
{
    while (m->journal_n > 0) {
        const struct mover_change *c = &m->journal[--m->journal_n];
        set(m, c->pair, c->before);
    }
}

/* False: its offer is full, as most of them are most of the time. */
static bool
may_grow(const struct mover *m, int32_t p)
{
    return m->ledger->offer_left[m->in->pair_offer[p]] >=
        m->in->pair_use[p];
}

bool
mover_grow(struct mover *m, int32_t p)
{
    if (!may_grow(m, p)) {
        return false;
    }
    int32_t most = ledger_most(m->ledger, p);
    if (most <= m->ledger->units[p] || m->in->pair_score[p] <= 0 ||
        !ledger_allows(m->ledger, p, most)) {
        return false;
    }
    mover_change(m, p, most);
    return true;
}

void
mover_fill_line(struct mover *m, int32_t l)
{
    const struct near *near = m->near;
    for (int32_t k = near->line_begin[l];
         k < near->line_begin[l + 1] && m->ledger->line_left[l] > 0; k++) {
        mover_grow(m, near->line_pairs[k]);
    }
}

void
mover_fill_some(struct mover *m, int32_t l, int32_t without, uint64_t *seed,
    uint32_t one_in)
{
    const struct near *near = m->near;
    for (int32_t k = near->line_begin[l];
         k < near->line_begin[l + 1] && m->ledger->line_left[l] > 0; k++) {
        int32_t p = near->line_pairs[k];
        if (p != without && may_grow(m, p) && draw(seed, one_in) != 0) {
            mover_grow(m, p);
        }
    }
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

void
mover_open(struct mover *m, struct ledger *ledger, const struct near *near,
    struct arena *arena)
{
    const struct instance *in = near->in;
    *m = (struct mover){.ledger = ledger, .near = near, .in = in,
        .unit_share = arena_array(
            arena, (size_t)in->lines_n, sizeof(*m->unit_share))};
    for (int32_t l = 0; l < in->lines_n; l++) {
        m->unit_share[l] = model_unit_share(in->lines[l].quantity);
    }
    index_floors(m, arena);
}

void
mover_close(struct mover *m)
{
    free(m->journal);
}
