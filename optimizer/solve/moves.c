/* moves.c: take, give up, fill up, keep or undo (moves.h). */
#include "moves.h"

#include "mover.h"

static void
fill_need(struct mover *m, int32_t need)
{
    const struct near *near = m->near;
    for (int32_t k = near->need_begin[need]; k < near->need_begin[need + 1];
         k++) {
        mover_fill_line(m, near->need_lines[k]);
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
    mover_change(m, q, least);
    if (mover_grow(m, p)) {
        int32_t lost = m->ledger->pair_line[q];
        mover_fill_line(m, lost);
        fill_need(m, in->lines[m->ledger->pair_line[p]].need);
        fill_need(m, in->lines[lost].need);
        if (m->total > before) {
            m->journal_n = 0;
            return true;
        }
    }
    mover_undo(m);
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
    mover_fill_line(m, l);
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

void
moves_improve(struct ledger *ledger, const struct near *near, int passes,
    const struct lp_limit *limit)
{
    struct arena own = {0};
    struct mover m;
    mover_open(&m, ledger, near, &own);
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
    mover_close(&m);
    arena_release(&own);
}
