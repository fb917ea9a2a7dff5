/* exchange.c: find paths, take them, again (exchange.h). */
#include "exchange.h"

#include <string.h>

#include "exchange_path.h"
#include "mover.h"

enum {
    SHORT = 8, /* paths first, then twice as long ones: of short ones more */
               /* fit beside each other, and they are soon found */
    ROUND_PARTS = 8, /* of what rounds of a length gained: with less, on */
    LOSS_PARTS = 20, /* of a unit's mean score: what a path may have lost */
    GAIN_PARTS = 2000 /* likewise, the least gain that is worth a path */
};

struct exchanger {
    struct ledger *ledger;
    const struct exchange_options *options;
    int64_t money; /* price of the programme's budget, 1e-6 per yen */
    struct exchange_graph graph;
    struct exchange_paths paths;
    struct mover mover;
    uint8_t *touched[EXCHANGE_ENDS]; /* by a path of this round */
    int32_t *best; /* the units of the best plan */
    model_wide best_total, first_total;
};

/* 1e-12, with what is left of the programme's budget. */
static model_wide
worth(const struct exchanger *e)
{
    int64_t left = e->ledger->programme_left;
    return e->mover.total +
        (left == INT64_MAX ? 0 : (model_wide)e->money * 1000000 * left);
}

static bool
apart(const struct exchanger *e, const struct exchange_change *changes,
    int32_t n)
{
    for (int32_t m = 0; m < n; m++) {
        const struct exchange_pair *p = &e->graph.pairs[changes[m].k];
        for (int end = 0; end < EXCHANGE_ENDS; end++) {
            if (e->touched[end][p->at[end]]) {
                return false;
            }
        }
    }
    return true;
}

static void
touch(struct exchanger *e, const struct exchange_change *changes, int32_t n)
{
    for (int32_t m = 0; m < n; m++) {
        const struct exchange_pair *p = &e->graph.pairs[changes[m].k];
        for (int end = 0; end < EXCHANGE_ENDS; end++) {
            e->touched[end][p->at[end]] = 1;
        }
    }
}

/* Those that give units up, or those that get more. */
static bool
change_some(struct exchanger *e, const struct exchange_change *changes,
    int32_t n, bool up)
{
    for (int32_t m = 0; m < n; m++) {
        int32_t p = e->graph.pairs[changes[m].k].pair;
        int32_t units = changes[m].units;
        if (units != e->ledger->units[p] &&
            (units > e->ledger->units[p]) == up) {
            if (!ledger_allows(e->ledger, p, units)) {
                return false;
            }
            mover_change(&e->mover, p, units);
        }
    }
    return true;
}

/* Unless the programme's budget, or floors, are against it. */
static void
take(struct exchanger *e, const struct exchange_found *found)
{
    struct exchange_change changes[EXCHANGE_LENGTH];
    int32_t n = exchange_paths_list(&e->paths, found, changes);
    model_wide before = worth(e);
    if (!apart(e, changes, n)) {
        return;
    }
    e->mover.journal_n = 0;
    if (!change_some(e, changes, n, false) ||
        !change_some(e, changes, n, true) || worth(e) <= before) {
        mover_undo(&e->mover);
        return;
    }
    touch(e, changes, n);
}

static void
keep_best(struct exchanger *e)
{
    if (e->mover.total > e->best_total) {
        e->best_total = e->mover.total;
        memcpy(e->best, e->ledger->units,
            (size_t)e->ledger->in->pairs_n * sizeof(int32_t));
    }
}

/* What the round gained; 0: no path does. */
static model_wide
take_round(struct exchanger *e)
{
    const struct instance *in = e->ledger->in;
    model_wide before = worth(e);
    exchange_graph_update(&e->graph, e->money);
    exchange_paths_find(&e->paths, e->options->limit);
    memset(e->touched[EXCHANGE_OFFER], 0, (size_t)in->offers_n + 1);
    memset(e->touched[EXCHANGE_NEED], 0, (size_t)in->needs_n + 1);
    for (int32_t k = 0; k < e->paths.found_n; k++) {
        take(e, &e->paths.found[k]);
    }
    keep_best(e);
    return worth(e) - before;
}

static bool
done(const struct exchanger *e)
{
    return lp_limit_reached(e->options->limit) ||
        e->first_total + e->best_total >= e->options->enough;
}

/* Rounds at this price of the programme's budget. */
static void
take_rounds(struct exchanger *e, int64_t money)
{
    e->money = money;
    for (int32_t longest = SHORT, last = 0; last < EXCHANGE_LENGTH;
         longest *= 2) {
        model_wide all = 0, gain;
        last = longest < EXCHANGE_LENGTH ? longest : EXCHANGE_LENGTH;
        e->paths.longest = last;
        do {
            gain = take_round(e);
            all += gain;
        } while (!done(e) && gain > 0 && gain >= all / ROUND_PARTS);
        if (done(e)) {
            return;
        }
    }
}

/* What a unit of the graph's pairs scores on average, 1e-6. */
static int64_t
mean_score(const struct exchanger *e)
{
    int64_t sum = 0, n = 0;
    for (int32_t k = 0; k < e->graph.n; k++) {
        int32_t score =
            e->ledger->in->pair_score[e->graph.pairs[k].pair];
        sum += score > 0 ? score : 0;
        n += score > 0;
    }
    return n > 0 ? sum * 1000000 / n : 0;
}

static void
begin(struct exchanger *e, struct near *near, struct arena *arena)
{
    const struct instance *in = e->ledger->in;
    size_t pairs = (size_t)in->pairs_n;
    exchange_graph_make(
        &e->graph, e->ledger, e->options->concord, arena);
    exchange_paths_open(&e->paths, &e->graph, arena);
    e->paths.loss_most = mean_score(e) / LOSS_PARTS + 1;
    e->paths.gain_least = mean_score(e) / GAIN_PARTS + 1;
    *near = (struct near){.in = in};
    mover_open(&e->mover, e->ledger, near, arena);
    e->touched[EXCHANGE_OFFER] =
        arena_alloc(arena, (size_t)in->offers_n + 1);
    e->touched[EXCHANGE_NEED] = arena_alloc(arena, (size_t)in->needs_n + 1);
    e->best = arena_array(arena, pairs, sizeof(int32_t));
    if (pairs > 0) {
        memcpy(e->best, e->ledger->units, pairs * sizeof(int32_t));
    }
    e->first_total = model_total(in, e->ledger->units);
}

void
exchange_plan(struct ledger *ledger, const struct exchange_options *options)
{
    struct arena own = {0};
    struct near near;
    struct exchanger e = {.ledger = ledger, .options = options};
    begin(&e, &near, &own);
    take_rounds(&e, options->concord->prices.programme);
    take_rounds(&e, 0); /* spends what is left */
    ledger_load(ledger, e.best);
    exchange_paths_close(&e.paths);
    mover_close(&e.mover);
    arena_release(&own);
}
