/* potential.c: a need's best by partners and units of a line (potential.h). */
#include "potential.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/base/divisor.h"

enum {
    WIDTH = POTENTIAL_UNITS + 1,
    PURSES = POTENTIAL_COINS + 1,
    STATES = (POTENTIAL_PARTNERS + 1) * PURSES * WIDTH
};

/* Per offer: what all of its pairs could use, but no more than just too
 * much. */
static int32_t *
find_uses(const struct instance *in)
{
    int32_t *uses = xcalloc((size_t)in->offers_n + 1, sizeof(*uses));
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            int64_t use = (int64_t)model_pair_most(in, l, p) *
                in->pair_use[p];
            int32_t *all = &uses[in->pair_offer[p]];
            *all = use + *all > POTENTIAL_UNITS ? POTENTIAL_UNITS + 1
                                                : (int32_t)use + *all;
        }
    }
    return uses;
}

uint8_t *
potentials_fit(const struct instance *in, struct arena *arena)
{
    uint8_t *fit = arena_alloc(arena, (size_t)in->pairs_n + 1);
    int32_t *uses = find_uses(in);
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            const struct instance_offer *offer =
                &in->offers[in->pair_offer[p]];
            fit[p] = (offer->capacity <= POTENTIAL_UNITS ||
                         uses[in->pair_offer[p]] <= POTENTIAL_UNITS) &&
                offer->max_needs <= POTENTIAL_UNITS &&
                in->lines[l].quantity <= POTENTIAL_UNITS &&
                model_pair_most(in, l, p) > 0;
        }
    }
    free(uses);
    return fit;
}

static void
add_line(struct potentials *t, int32_t l, const uint8_t *wanted)
{
    const struct instance *in = t->in;
    for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
        if (!wanted[p]) {
            continue;
        }
        int32_t k = t->n++;
        t->pairs[k] = p;
        t->lines[k] = l;
        t->of_pair[p] = k;
        t->low[k] = model_pair_least(in, l, p);
        t->high[k] = model_pair_most(in, l, p);
        t->begin[k + 1] = t->begin[k] + t->high[k];
        t->offers[in->pair_offer[p]] = 1;
    }
}

/* Lines by need, in order: begins stand two places up while it fills. */
static int32_t *
sort_lines(const struct instance *in, struct arena *arena, int32_t **begins)
{
    int32_t *begin =
        arena_array(arena, (size_t)in->needs_n + 2, sizeof(int32_t));
    int32_t *lines = arena_array(arena, (size_t)in->lines_n, sizeof(int32_t));
    for (int32_t l = 0; l < in->lines_n; l++) {
        begin[in->lines[l].need + 2]++;
    }
    for (int32_t i = 2; i < in->needs_n + 2; i++) {
        begin[i] += begin[i - 1];
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        lines[begin[in->lines[l].need + 1]++] = l;
    }
    *begins = begin;
    return lines;
}

static int32_t
org_of(const struct potentials *t, int32_t k)
{
    return t->in->offers[t->in->pair_offer[t->pairs[k]]].org;
}

/* The first pair of the need from k on with the same organisation; end: no
 * other. */
static int32_t
find_org(const struct potentials *t, int32_t k, int32_t end, int32_t org)
{
    while (k < end && org_of(t, k) != org) {
        k++;
    }
    return k;
}

/* Who counts as a partner, if so many of them are too many. */
static void
count_partners(struct potentials *t, int32_t i)
{
    int32_t begin = t->need_begin[i], end = t->need_begin[i + 1];
    int32_t most = t->in->needs[i].max_partners, orgs = 0;
    for (int32_t k = begin; k < end; k++) {
        t->counts[k] = find_org(t, begin, k, org_of(t, k)) == k;
        orgs += t->counts[k];
    }
    if (most == 0 || most > POTENTIAL_PARTNERS || orgs <= most) {
        memset(t->counts + begin, 0, (size_t)(end - begin));
        return;
    }
    t->partners[i] = most;
    for (int32_t k = begin; k < end; k++) {
        int32_t org = org_of(t, k), m = find_org(t, k + 1, end, org);
        if (!t->counts[k] || m == end ||
            t->several[i] == POTENTIAL_SEVERAL) {
            continue;
        }
        t->counts[k] = 0;
        t->chosen_by[k] = 1 << t->several[i];
        for (; m < end; m = find_org(t, m + 1, end, org)) {
            t->chosen_by[m] = t->chosen_by[k];
        }
        t->several[i]++;
    }
}

/* Coins as small as all costs allow; where that would be too many, larger
 * ones: what is over of a cost is not counted. */
static void
fill_purse(struct potentials *t, int32_t i)
{
    const struct instance *in = t->in;
    int64_t budget = in->needs[i].budget_yen, coin = 0, spent = 0;
    int32_t begin = t->need_begin[i], end = t->need_begin[i + 1];
    for (int32_t k = begin; k < end; k++) {
        int64_t cost = in->pair_cost[t->pairs[k]];
        coin = divisor_common(coin, cost);
        spent += cost * t->high[k];
    }
    if (budget == INSTANCE_NO_LIMIT || spent <= budget) {
        return;
    }
    /* what can be paid at all costs no more than the budget */
    int64_t least = budget / POTENTIAL_COINS + 1;
    coin = budget / coin > POTENTIAL_COINS ? least : coin;
    t->purse[i] = (int32_t)(budget / coin);
    for (int32_t k = begin; k < end; k++) {
        int64_t pay = in->pair_cost[t->pairs[k]] / coin;
        t->pay[k] = pay > t->purse[i] ? t->purse[i] + 1 : (int32_t)pay;
    }
}

void
potentials_make(struct potentials *t, const struct instance *in,
    const uint8_t *wanted, const uint8_t *careful, struct arena *arena)
{
    size_t n = 0, needs = (size_t)in->needs_n, pairs = (size_t)in->pairs_n;
    struct arena own = {0};
    int32_t *line_begin, *lines = sort_lines(in, &own, &line_begin);
    for (size_t p = 0; p < pairs; p++) {
        n += wanted[p];
    }
    *t = (struct potentials){.in = in,
        .pairs = arena_array(arena, n, sizeof(int32_t)),
        .lines = arena_array(arena, n, sizeof(int32_t)),
        .low = arena_array(arena, n, sizeof(int32_t)),
        .high = arena_array(arena, n, sizeof(int32_t)),
        .begin = arena_array(arena, n + 1, sizeof(int32_t)),
        .of_pair = arena_array(arena, pairs, sizeof(int32_t)),
        .need_begin = arena_array(arena, needs + 1, sizeof(int32_t)),
        .partners = arena_array(arena, needs, sizeof(int32_t)),
        .counts = arena_alloc(arena, n + 1),
        .several = arena_array(arena, needs, sizeof(int32_t)),
        .chosen_by = arena_array(arena, n, sizeof(int32_t)),
        .pay = arena_array(arena, n, sizeof(int32_t)),
        .purse = arena_array(arena, needs, sizeof(int32_t)),
        .offers = arena_alloc(arena, (size_t)in->offers_n + 1)};
    memset(t->of_pair, 0xFF, pairs * sizeof(int32_t));
    for (int32_t i = 0; i < in->needs_n; i++) {
        for (int32_t k = line_begin[i]; k < line_begin[i + 1]; k++) {
            add_line(t, lines[k], wanted);
        }
        t->need_begin[i + 1] = t->n;
        count_partners(t, i);
        if (careful != NULL && careful[i]) {
            fill_purse(t, i);
        }
    }
    t->prices =
        arena_array(arena, (size_t)t->begin[t->n], sizeof(*t->prices));
    arena_release(&own);
}

/* A need's table: the best with at most so many partners, coins, and units of
 * the line at hand. */
struct table {
    const struct potentials *t;
    int32_t partners, coins;
    int64_t best[STATES];
};

static int64_t *
row_of(struct table *table, int32_t partners, int32_t coins)
{
    return table->best + (partners * (table->coins + 1) + coins) * WIDTH;
}

static void
add_pair(struct table *table, int32_t k)
{
    const struct potentials *t = table->t;
    int32_t quantity = t->in->lines[t->lines[k]].quantity;
    const int64_t *price = t->prices + t->begin[k];
    for (int32_t n = table->partners; n >= t->counts[k]; n--) {
        for (int32_t y = table->coins; y >= 0; y--) {
            int64_t *to = row_of(table, n, y);
            for (int32_t c = quantity; c >= t->low[k]; c--) {
                for (int32_t x = t->low[k];
                     x <= t->high[k] && x <= c && x * t->pay[k] <= y; x++) {
                    int64_t sum = row_of(table, n - t->counts[k],
                                      y - x * t->pay[k])[c - x] +
                        price[x - 1];
                    to[c] = sum > to[c] ? sum : to[c];
                }
            }
        }
    }
}

/* Whatever the line has: the next begins with none. */
static void
end_line(struct table *table, int32_t line)
{
    int32_t quantity = table->t->in->lines[line].quantity;
    for (int32_t n = 0; n <= table->partners; n++) {
        for (int32_t y = 0; y <= table->coins; y++) {
            int64_t *row = row_of(table, n, y);
            for (int32_t c = 0; c < WIDTH; c++) {
                row[c] = row[quantity];
            }
        }
    }
}

int32_t
potentials_partners_left(const struct potentials *t, int32_t i, int32_t chosen)
{
    int32_t left = t->partners[i];
    for (; chosen != 0; chosen &= chosen - 1) {
        left--;
    }
    return left;
}

static int64_t
chosen_most(struct table *table, int32_t i, int32_t chosen)
{
    const struct potentials *t = table->t;
    int32_t line = -1;
    table->partners = potentials_partners_left(t, i, chosen);
    table->coins = t->purse[i];
    memset(row_of(table, 0, 0), 0,
        (size_t)((table->partners + 1) * (table->coins + 1) * WIDTH) *
            sizeof(int64_t));
    for (int32_t k = t->need_begin[i]; k < t->need_begin[i + 1]; k++) {
        if (line >= 0 && t->lines[k] != line) {
            end_line(table, line);
        }
        line = t->lines[k];
        if (potentials_allow(t, k, chosen)) {
            add_pair(table, k);
        }
    }
    return line < 0 ? 0
                    : row_of(table, table->partners,
                          table->coins)[t->in->lines[line].quantity];
}

/* Organisations of several pairs chosen in every way. */
static int64_t
need_most(struct table *table, int32_t i)
{
    int64_t most = 0;
    for (int32_t chosen = 0; chosen < 1 << table->t->several[i]; chosen++) {
        if (potentials_partners_left(table->t, i, chosen) >= 0) {
            int64_t sum = chosen_most(table, i, chosen);
            most = sum > most ? sum : most;
        }
    }
    return most;
}

void
potentials_needs(const struct potentials *t, int64_t *most)
{
    struct table *table = xmalloc(sizeof(*table));
    table->t = t;
    for (int32_t i = 0; i < t->in->needs_n; i++) {
        most[i] = need_most(table, i);
    }
    free(table);
}
