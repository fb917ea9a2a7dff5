/* proof_needs.c: tables of partners by coins of the budget by units of a
 * line, a need at a time, for every choice among its organisations that have
 * several pairs. */
#include "proof_needs.h"

#include <stdlib.h>

#include "optimizer/base/divisor.h"

enum {
    STEPS_MOST = 200000000, /* for one need */
    COINS_MOST = 400,      /* of a budget: as small as its costs allow, ... */
    COINS = 40,             /* ... or so many: rests of costs go for nothing */
    CHOSEN_MOST = 8         /* organisations; of others one pair counts */
};

struct pair {
    int32_t need, line, pair, begin, org;
    int64_t low, high, pay; /* pay: coins for a unit */
    bool counts; /* the first of its organisation */
    int32_t choice; /* the bit of its organisation; 0: it has no other pair */
};

/* What a need has, at most. */
struct purse {
    int64_t partners, coins;
    bool counted; /* are partners limited? */
    int32_t choices; /* organisations of several pairs */
};

exact
proof_potential_of(const struct proof_prices *prices, int32_t begin,
    int64_t units)
{
    const struct proof_potential *all = prices->potentials;
    for (int32_t k = begin;
         k < prices->potentials_n && all[k].pair == all[begin].pair; k++) {
        if (all[k].units == units) {
            return (exact)1000000 * all[k].price;
        }
    }
    return 0;
}

int32_t *
proof_potentials_begin(const struct instance *in,
    const struct proof_prices *prices)
{
    int32_t *begin = xmalloc(((size_t)in->pairs_n + 1) * sizeof(*begin));
    for (int32_t p = 0; p < in->pairs_n; p++) {
        begin[p] = -1;
    }
    for (int32_t k = prices->potentials_n - 1; k >= 0; k--) {
        begin[prices->potentials[k].pair] = k;
    }
    for (int32_t k = 0; k < in->pins_n; k++) {
        begin[in->pins[k].pair] = -1;
    }
    return begin;
}

static int
compare_pairs(const void *left, const void *right)
{
    const struct pair *a = left, *b = right;
    int order = proof_order(a->need, b->need);
    return order != 0 ? order : proof_order(a->pair, b->pair);
}

static int64_t
collect(const struct instance *in, const struct proof_prices *prices,
    struct pair *pairs)
{
    int32_t *begin = proof_potentials_begin(in, prices);
    int64_t n = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int64_t low, high;
            proof_range(in, l, p, &low, &high);
            if (begin[p] >= 0 && high > 0) {
                pairs[n++] = (struct pair){.need = in->lines[l].need,
                    .line = l, .pair = p, .begin = begin[p],
                    .org = in->offers[in->pair_offer[p]].org, .low = low,
                    .high = high};
            }
        }
    }
    free(begin);
    if (n > 0) {
        qsort(pairs, (size_t)n, sizeof(*pairs), compare_pairs);
    }
    for (int64_t k = 0; k < n; k++) {
        pairs[k].counts = true;
        for (int64_t m = k - 1; m >= 0 && pairs[m].need == pairs[k].need;
             m--) {
            pairs[k].counts = pairs[k].counts && pairs[m].org != pairs[k].org;
        }
    }
    return n;
}

static exact
pair_most(const struct proof_prices *prices, const struct pair *pair)
{
    const struct proof_potential *all = prices->potentials;
    exact most = 0;
    for (int32_t k = pair->begin;
         k < prices->potentials_n && all[k].pair == pair->pair; k++) {
        exact price = (exact)1000000 * all[k].price;
        most = price > most ? price : most;
    }
    return most;
}

/* before[k, y]: the best of the lines before with k partners and y coins at
 * most; gains this line's.  A table of the line: units of it by these. */
static void
add_line(const struct instance *in, const struct proof_prices *prices,
    const struct pair *pairs, int64_t n, const struct purse *purse,
    int32_t chosen, exact *before)
{
    int64_t width = (int64_t)in->lines[pairs[0].line].quantity + 1;
    int64_t rows = purse->coins + 1, all = rows * (purse->partners + 1);
    exact *best = xmalloc((size_t)(width * all) * sizeof(*best));
    for (int64_t at = 0; at < width * all; at++) {
        best[at] = before[at / width];
    }
    for (int64_t i = 0; i < n; i++) {
        int64_t up = pairs[i].counts && purse->counted;
        bool out = pairs[i].choice != 0 && (pairs[i].choice & chosen) == 0;
        for (int64_t row = out ? -1 : all - 1; row >= up * rows; row--) {
            for (int64_t c = width - 1; c >= pairs[i].low; c--) {
                exact *to = &best[row * width + c];
                for (int64_t x = pairs[i].low; x <= pairs[i].high &&
                     x <= c && x * pairs[i].pay <= row % rows;
                     x++) {
                    int64_t from = row - up * rows - x * pairs[i].pay;
                    exact sum = best[from * width + c - x] +
                        proof_potential_of(prices, pairs[i].begin, x);
                    *to = sum > *to ? sum : *to;
                }
            }
        }
    }
    for (int64_t row = 0; row < all; row++) {
        before[row] = best[(row + 1) * width - 1];
    }
    free(best);
}

/* What each pair pays in coins of that many yen, and how many there are. */
static void
change_money(const struct instance *in, struct pair *pairs, int64_t n,
    int64_t coin, struct purse *purse)
{
    purse->coins = in->needs[pairs[0].need].budget_yen / coin;
    for (int64_t k = 0; k < n; k++) {
        int64_t pay = in->pair_cost[pairs[k].pair] / coin;
        pairs[k].pay = pay <= purse->coins ? pay : purse->coins + 1;
    }
}

/* Steps that the tables of the need take, or STEPS_MOST. */
static int64_t
work_of(const struct instance *in, const struct pair *pairs, int64_t n,
    const struct purse *purse)
{
    int64_t rows = (purse->partners + 1) * (purse->coins + 1), work = 0;
    for (int64_t k = 0; k < n && work < STEPS_MOST; k++) {
        int64_t quantity = in->lines[pairs[k].line].quantity;
        int64_t steps = quantity * quantity;
        work = quantity > 5000 || steps > STEPS_MOST / rows
            ? STEPS_MOST
            : work + steps * rows;
    }
    return work;
}

/* The budget in small coins, in larger ones where those are too many, or not
 * at all. */
static void
take_purse(const struct instance *in, struct pair *pairs, int64_t n,
    struct purse *purse)
{
    const struct instance_need *need = &in->needs[pairs[0].need];
    int64_t partners = need->max_partners, coin = 0;
    /* a limit of as many as there are is none */
    bool counted = partners > 0 && partners < n;
    *purse = (struct purse){
        .partners = counted ? partners : 0, .counted = counted};
    for (int64_t k = 0; k < n; k++) {
        coin = divisor_common(coin, in->pair_cost[pairs[k].pair]);
        pairs[k].pay = 0;
    }
    if (need->budget_yen == INSTANCE_NO_LIMIT || coin == 0) {
        return;
    }
    int64_t large = need->budget_yen / COINS + 1;
    bool few = need->budget_yen / coin <= COINS_MOST;
    change_money(in, pairs, n, few ? coin : large, purse);
    if (few && work_of(in, pairs, n, purse) >= STEPS_MOST) {
        change_money(in, pairs, n, large, purse);
    }
}

/* Organisations of several pairs, as long as there are few and the work, which
 * each of them doubles, is not too much. */
static void
offer_choices(
    struct pair *pairs, int64_t n, int64_t work, struct purse *purse)
{
    for (int64_t k = 0; k < n && purse->counted; k++) {
        if (!pairs[k].counts || purse->choices == CHOSEN_MOST ||
            work << (purse->choices + 1) >= STEPS_MOST) {
            continue;
        }
        for (int64_t m = k + 1; m < n; m++) {
            if (pairs[m].org == pairs[k].org) {
                pairs[m].choice = 1 << purse->choices;
                pairs[k].choice = pairs[m].choice;
                pairs[k].counts = false;
            }
        }
        purse->choices += pairs[k].choice != 0;
    }
}

/* With these partners at most of several pairs, and all of them counted. */
static exact
chosen_most(const struct instance *in, const struct proof_prices *prices,
    const struct pair *pairs, int64_t n, const struct purse *purse,
    int32_t chosen)
{
    struct purse left = *purse;
    for (int32_t bits = chosen; bits != 0; bits &= bits - 1) {
        left.partners--;
    }
    if (left.partners < 0) {
        return 0;
    }
    size_t all = (size_t)((left.partners + 1) * (left.coins + 1));
    exact *best = xcalloc(all, sizeof(*best));
    for (int64_t k = 0, end; k < n; k = end) {
        for (end = k + 1; end < n && pairs[end].line == pairs[k].line;
             end++) {
        }
        add_line(in, prices, &pairs[k], end - k, &left, chosen, best);
    }
    exact sum = best[all - 1];
    free(best);
    return sum;
}

static exact
need_most(const struct instance *in, const struct proof_prices *prices,
    struct pair *pairs, int64_t n)
{
    struct purse purse;
    exact most = 0;
    take_purse(in, pairs, n, &purse);
    int64_t work =
        purse.partners > 5000 ? STEPS_MOST : work_of(in, pairs, n, &purse);
    if (work >= STEPS_MOST) {
        for (int64_t k = 0; k < n; k++) {
            most += pair_most(prices, &pairs[k]);
        }
        return most;
    }
    offer_choices(pairs, n, work, &purse);
    for (int32_t chosen = 0; chosen < 1 << purse.choices; chosen++) {
        exact sum = chosen_most(in, prices, pairs, n, &purse, chosen);
        most = sum > most ? sum : most;
    }
    return most;
}

exact
proof_needs(const struct instance *in, const struct proof_prices *prices)
{
    exact sum = 0;
    if (prices->potentials_n == 0) {
        return 0;
    }
    struct pair *pairs = xcalloc((size_t)in->pairs_n + 1, sizeof(*pairs));
    int64_t n = collect(in, prices, pairs);
    for (int64_t k = 0, end; k < n; k = end) {
        for (end = k + 1; end < n && pairs[end].need == pairs[k].need;
             end++) {
        }
        sum += need_most(in, prices, &pairs[k], end - k);
    }
    free(pairs);
    return sum;
}
