/* chain.c: force, give way, go on, fill up (chain.h). */
#include "chain.h"

#include "draw.h"

enum {
    CHAIN_ROOM = 24, /* lines that wait, offers with new room: no more */
    HELD_MOST = 64,  /* pairs of a need that are looked at */
    FORCED_MOST = 4, /* steps beyond the first that push others out */
    PASSED_OVER = 4, /* one in so many */
    DOUBTS = 16,     /* one in so many */
    LACKING = 2,     /* looks for a line that lacks units */
    LOOKS = 4,       /* ... or loses most */
    ALL_OF_IT = 4    /* one in so many gives all where less would do */
};

struct chain {
    struct mover *m;
    const struct ledger *ledger;
    const struct near *near;
    const struct instance *in;
    uint64_t *seed;
    model_wide loss_most; /* 1e-12; more is hopeless */
    int32_t lines[CHAIN_ROOM], lines_n, at; /* they wait from `at` on */
    int32_t offers[CHAIN_ROOM], offers_n;
};

/* A round through a list from anywhere: lists have an order of their own. */
static int32_t
anywhere(struct chain *c, int32_t n)
{
    return n > 0 ? (int32_t)draw(c->seed, (uint32_t)n) : 0;
}

static int32_t
next(int32_t at, int32_t n)
{
    return at + 1 == n ? 0 : at + 1;
}

static void
wait(struct chain *c, int32_t l)
{
    for (int32_t k = c->at; k < c->lines_n; k++) {
        if (c->lines[k] == l) {
            return;
        }
    }
    if (c->lines_n < CHAIN_ROOM) {
        c->lines[c->lines_n++] = l;
    }
}

/* Down to so many units, or as far as pins, lots and whole lines allow. */
static void
cut(struct chain *c, int32_t q, int32_t units)
{
    int32_t least = c->ledger->least[q];
    units = units < least || !ledger_allows(c->ledger, q, units) ? least
                                                                 : units;
    if (units >= c->ledger->units[q] ||
        !ledger_allows(c->ledger, q, units)) {
        return;
    }
    mover_change(c->m, q, units);
    wait(c, c->ledger->pair_line[q]);
    if (c->offers_n < CHAIN_ROOM) {
        c->offers[c->offers_n++] = c->in->pair_offer[q];
    }
}

/* The pairs that a need holds. */
static int32_t
held_by(const struct chain *c, int32_t need, int32_t *held)
{
    const struct near *near = c->near;
    int32_t n = 0;
    for (int32_t k = near->need_begin[need]; k < near->need_begin[need + 1];
         k++) {
        int32_t l = near->need_lines[k];
        int32_t given =
            c->in->lines[l].quantity - c->ledger->line_left[l];
        for (int32_t a = near->line_begin[l];
             a < near->line_begin[l + 1] && given > 0 && n < HELD_MOST;
             a++) {
            int32_t q = near->line_pairs[a];
            if (c->ledger->units[q] > 0) {
                given -= c->ledger->units[q];
                held[n++] = q;
            }
        }
    }
    return n;
}

/* The need parts with one of its partners. */
static void
drop_partner(struct chain *c, int32_t need)
{
    int32_t held[HELD_MOST];
    int32_t n = held_by(c, need, held);
    if (n == 0) {
        return;
    }
    const struct instance *in = c->in;
    int32_t out = held[draw(c->seed, (uint32_t)n)];
    int32_t org = in->offers[in->pair_offer[out]].org;
    for (int32_t k = 0; k < n; k++) {
        if (in->offers[in->pair_offer[held[k]]].org == org) {
            cut(c, held[k], 0);
        }
    }
}

/* The offer serves one need less. */
static void
drop_need(struct chain *c, int32_t j)
{
    const int32_t *pairs = c->near->offer_pairs + c->near->offer_begin[j];
    int32_t n = c->near->offer_begin[j + 1] - c->near->offer_begin[j];
    int32_t need = -1;
    for (int32_t k = 0, at = anywhere(c, n); k < n && need < 0;
         k++, at = next(at, n)) {
        if (c->ledger->units[pairs[at]] > 0) {
            need = c->in->lines[c->ledger->pair_line[pairs[at]]].need;
        }
    }
    for (int32_t k = 0; k < n; k++) {
        int32_t q = pairs[k];
        if (c->ledger->units[q] > 0 &&
            c->in->lines[c->ledger->pair_line[q]].need == need) {
            cut(c, q, 0);
        }
    }
}

/* A place for the links that the pair would be the first to use. */
static bool
open_links(struct chain *c, int32_t p)
{
    const struct ledger *g = c->ledger;
    int32_t need = c->in->lines[g->pair_line[p]].need;
    int32_t j = c->in->pair_offer[p];
    int32_t org = links_org(g->links, p), of = links_need(g->links, p);
    if (org >= 0 && g->link_pairs[org] == 0 && g->partners_left[need] == 0) {
        drop_partner(c, need);
        if (g->partners_left[need] == 0) {
            return false;
        }
    }
    if (of >= 0 && g->link_pairs[of] == 0 && g->needs_left[j] == 0) {
        drop_need(c, j);
        if (g->needs_left[j] == 0) {
            return false;
        }
    }
    return true;
}

static int32_t
quotient_up(int64_t a, int64_t b)
{
    int64_t q = (a + b - 1) / b;
    return q < INT32_MAX ? (int32_t)q : INT32_MAX;
}

/* Other pairs of the need pay for it. */
static void
free_money(struct chain *c, int32_t p, int64_t cost)
{
    int32_t need = c->in->lines[c->ledger->pair_line[p]].need;
    if (c->ledger->need_left[need] >= cost) {
        return;
    }
    int32_t held[HELD_MOST];
    int32_t n = held_by(c, need, held);
    for (int32_t k = 0, at = anywhere(c, n);
         k < n && c->ledger->need_left[need] < cost;
         k++, at = next(at, n)) {
        int32_t q = held[at], of = c->in->pair_cost[q];
        if (q != p && of > 0) {
            cut(c, q,
                c->ledger->units[q] -
                    quotient_up(cost - c->ledger->need_left[need], of));
        }
    }
}

/* Other pairs of the offer give way. */
static void
free_room(struct chain *c, int32_t p, int64_t use)
{
    int32_t j = c->in->pair_offer[p];
    const int32_t *pairs = c->near->offer_pairs + c->near->offer_begin[j];
    int32_t n = c->near->offer_begin[j + 1] - c->near->offer_begin[j];
    for (int32_t k = 0, at = anywhere(c, n);
         k < n && c->ledger->offer_left[j] < use; k++, at = next(at, n)) {
        int32_t q = pairs[at], units = c->ledger->units[q];
        if (q != p && units > 0) {
            int32_t less = quotient_up(
                use - c->ledger->offer_left[j], c->in->pair_use[q]);
            cut(c, q, draw(c->seed, ALL_OF_IT) == 0 ? 0 : units - less);
        }
    }
}

/* Units that are asked of a pair: all that the line lacks, or some. */
static int32_t
ask(struct chain *c, int32_t p)
{
    int32_t l = c->ledger->pair_line[p], want = c->ledger->line_left[l];
    int32_t lot = c->in->offers[c->in->pair_offer[p]].min_lot;
    if (want > 1 && !c->in->lines[l].indivisible && draw(c->seed, 2) == 0) {
        want = (int32_t)draw(c->seed, (uint32_t)want) + 1;
        want = want < lot && c->ledger->units[p] == 0 ? lot : want;
    }
    return want > c->ledger->line_left[l] ? 0 : want;
}

static bool
force(struct chain *c, int32_t p)
{
    const struct ledger *g = c->ledger;
    int32_t units = g->units[p], want = ask(c, p);
    if (want == 0 || c->in->pair_score[p] <= 0 ||
        (units == 0 && !open_links(c, p))) {
        return false;
    }
    free_money(c, p, (int64_t)c->in->pair_cost[p] * want);
    free_room(c, p, (int64_t)c->in->pair_use[p] * want);
    int32_t most = ledger_most(g, p);
    want = units + want < most ? units + want : most;
    if (want <= units || !ledger_allows(g, p, want)) {
        return false;
    }
    mover_change(c->m, p, want);
    return true;
}

/* A pair that the line would like; -1: there is none. */
static int32_t
like(struct chain *c, int32_t l)
{
    int32_t begin = c->near->line_begin[l];
    int32_t n = c->near->line_begin[l + 1] - begin;
    return n == 0 ? -1
                  : c->near->line_pairs[begin + draw_early(c->seed, n)];
}

/* What the line's pairs lose, and what it lacks, at its price. */
static model_wide
line_loss(const struct chain *c, int32_t l)
{
    const int32_t *begin = c->in->pair_begin;
    model_wide sum = (model_wide)c->near->prices->demand[l] *
        c->ledger->line_left[l];
    for (int32_t p = begin[l]; p < begin[l + 1]; p++) {
        if (c->ledger->units[p] > 0) {
            sum += (model_wide)c->near->losses[p] * c->ledger->units[p];
        }
    }
    return sum;
}

/* A line that lacks units, if one is soon found; else who loses most of a
 * few: where nothing is lost nothing can be gained. */
static int32_t
begin_at(struct chain *c)
{
    int32_t worst = 0;
    model_wide most = -1;
    for (int k = 0; k < LOOKS; k++) {
        int32_t l = (int32_t)draw(c->seed, (uint32_t)c->in->lines_n);
        if (k < LACKING && c->ledger->line_left[l] > 0) {
            return l;
        }
        model_wide loss = line_loss(c, l);
        worst = loss > most ? l : worst;
        most = loss > most ? loss : most;
    }
    return worst;
}

/* One of the line's other pairs, the last one if none before. */
static void
give_up(struct chain *c, int32_t l, int32_t p)
{
    int32_t given = c->in->lines[l].quantity - c->ledger->line_left[l];
    for (int32_t k = c->near->line_begin[l];
         k < c->near->line_begin[l + 1] && given > 0; k++) {
        int32_t q = c->near->line_pairs[k];
        given -= c->ledger->units[q];
        if (q != p && c->ledger->units[q] > 0 &&
            (given == 0 || draw(c->seed, 2) == 0)) {
            cut(c, q, 0);
            return;
        }
    }
}

/* Room that came free: for whoever lacks it. */
static void
fill_offer(struct chain *c, int32_t j)
{
    const int32_t *pairs = c->near->offer_pairs + c->near->offer_begin[j];
    int32_t n = c->near->offer_begin[j + 1] - c->near->offer_begin[j];
    for (int32_t k = 0, at = anywhere(c, n);
         k < n && c->ledger->offer_left[j] > 0; k++, at = next(at, n)) {
        if (c->ledger->line_left[c->ledger->pair_line[pairs[at]]] > 0) {
            mover_grow(c->m, pairs[at]);
        }
    }
}

/*
 * What is taken and given back loses what it loses, whatever comes later;
 * now and then one goes on all the same: prices are not the whole truth.
 */
static bool
hopeless(struct chain *c)
{
    return c->m->loss * 1000 > c->loss_most && draw(c->seed, DOUBTS) != 0;
}

/*
 * Those that gave way find other places; the first few push others out.
 * False where that is given up.
 */
static bool
follow(struct chain *c, int32_t forced)
{
    while (c->at < c->lines_n) {
        int32_t l = c->lines[c->at++];
        mover_fill_some(c->m, l, -1, c->seed, PASSED_OVER);
        if (c->ledger->line_left[l] > 0 && forced-- > 0) {
            int32_t p = like(c, l);
            if (p >= 0 && force(c, p)) {
                if (hopeless(c)) {
                    return false;
                }
                mover_fill_line(c->m, l);
            }
        }
    }
    for (int32_t k = 0; k < c->lines_n; k++) {
        mover_fill_line(c->m, c->lines[k]);
    }
    for (int32_t k = 0; k < c->offers_n; k++) {
        fill_offer(c, c->offers[k]);
    }
    return true;
}

/* Room that the pair finds at its line and its offer, at its price. */
static model_wide
room(const struct chain *c, int32_t l, int32_t p)
{
    const struct prices *prices = c->near->prices;
    int32_t j = c->in->pair_offer[p];
    return (model_wide)prices->demand[l] * c->ledger->line_left[l] +
        (model_wide)prices->capacity[j] * c->ledger->offer_left[j];
}

bool
chain_run(struct mover *m, uint64_t *seed, model_wide patience)
{
    struct chain c = {.m = m, .ledger = m->ledger, .near = m->near,
        .in = m->in, .seed = seed};
    int32_t forced = (int32_t)draw(seed, FORCED_MOST) + 1;
    int32_t l = begin_at(&c), p = like(&c, l);
    if (p < 0) {
        return true;
    }
    c.loss_most = (m->loss + room(&c, l, p)) * 1000 + patience;
    if (m->ledger->line_left[l] == 0) {
        give_up(&c, l, p);
    }
    wait(&c, l);
    return !force(&c, p) || (!hopeless(&c) && follow(&c, forced));
}
