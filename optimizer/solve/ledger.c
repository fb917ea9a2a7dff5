/* ledger.c: what is left of every row (ledger.h). */
#include "ledger.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int32_t *
ints(struct arena *arena, int32_t n)
{
    return arena_array(arena, (size_t)n, sizeof(int32_t));
}

static void
empty(struct ledger *ledger)
{
    const struct instance *in = ledger->in;
    for (int32_t l = 0; l < in->lines_n; l++) {
        ledger->line_left[l] = in->lines[l].quantity;
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        ledger->offer_left[j] = in->offers[j].capacity;
        ledger->needs_left[j] = in->offers[j].max_needs;
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        int64_t budget = in->needs[i].budget_yen;
        ledger->need_left[i] =
            budget == INSTANCE_NO_LIMIT ? INT64_MAX : budget;
        ledger->partners_left[i] = in->needs[i].max_partners;
    }
    ledger->programme_left = in->programme_budget_yen == INSTANCE_NO_LIMIT
        ? INT64_MAX
        : in->programme_budget_yen;
    for (int32_t k = 0; k < ledger->links->n; k++) {
        ledger->link_pairs[k] = 0;
    }
    if (in->pairs_n > 0) {
        memset(ledger->units, 0, (size_t)in->pairs_n * sizeof(int32_t));
    }
}

void
ledger_clear(struct ledger *ledger)
{
    empty(ledger);
    for (int32_t k = 0; k < ledger->in->pins_n; k++) {
        int32_t p = ledger->in->pins[k].pair;
        ledger_set(ledger, p, ledger->least[p]);
    }
}

void
ledger_load(struct ledger *ledger, const int32_t *units)
{
    ledger_clear(ledger);
    for (int32_t p = 0; p < ledger->in->pairs_n; p++) {
        if (units[p] > ledger->units[p]) {
            ledger_set(ledger, p, units[p]);
        }
    }
}

void
ledger_init(struct ledger *ledger, const struct instance *in,
    const struct links *links, const int32_t *least, struct arena *arena)
{
    *ledger = (struct ledger){.in = in, .links = links,
        .units = ints(arena, in->pairs_n),
        .least = least,
        .pair_line = ints(arena, in->pairs_n),
        .line_left = ints(arena, in->lines_n),
        .offer_left = ints(arena, in->offers_n),
        .need_left =
            arena_array(arena, (size_t)in->needs_n, sizeof(int64_t)),
        .link_pairs = ints(arena, links->n),
        .partners_left = ints(arena, in->needs_n),
        .needs_left = ints(arena, in->offers_n)};
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            ledger->pair_line[p] = l;
        }
    }
    ledger_clear(ledger);
}

/* Is there a place for a link that the pair would be the first to use? */
static bool
links_open(const struct ledger *ledger, int32_t pair)
{
    const struct links *links = ledger->links;
    int32_t org = links_org(links, pair), need = links_need(links, pair);
    return (org < 0 || ledger->link_pairs[org] > 0 ||
               ledger->partners_left[links->owner[org]] > 0) &&
        (need < 0 || ledger->link_pairs[need] > 0 ||
            ledger->needs_left[links->owner[need]] > 0);
}

int32_t
ledger_most(const struct ledger *ledger, int32_t pair)
{
    const struct instance *in = ledger->in;
    int32_t l = ledger->pair_line[pair], have = ledger->units[pair];
    if (have == 0 && !links_open(ledger, pair)) {
        return 0;
    }
    int64_t most = ledger->line_left[l];
    int64_t left =
        ledger->offer_left[in->pair_offer[pair]] / in->pair_use[pair];
    most = left < most ? left : most;
    int64_t cost = in->pair_cost[pair];
    if (cost > 0) {
        left = ledger->need_left[in->lines[l].need] / cost;
        most = left < most ? left : most;
        left = ledger->programme_left / cost;
        most = left < most ? left : most;
    }
    return (int32_t)(have + most);
}

bool
ledger_allows(const struct ledger *ledger, int32_t pair, int32_t units)
{
    const struct instance *in = ledger->in;
    const struct instance_line *line = &in->lines[ledger->pair_line[pair]];
    if (units < ledger->least[pair] || units > ledger_most(ledger, pair)) {
        return false;
    }
    return units == 0 ||
        (units >= in->offers[in->pair_offer[pair]].min_lot &&
            (!line->indivisible || units == line->quantity));
}

static void
count_link(struct ledger *ledger, int32_t link, int32_t *left, int32_t step)
{
    if (link < 0) {
        return;
    }
    int32_t before = ledger->link_pairs[link] > 0;
    ledger->link_pairs[link] += step;
    *left += before - (ledger->link_pairs[link] > 0);
    assert(*left >= 0);
}

void
ledger_set(struct ledger *ledger, int32_t pair, int32_t units)
{
    const struct instance *in = ledger->in;
    int32_t l = ledger->pair_line[pair], j = in->pair_offer[pair];
    int32_t i = in->lines[l].need;
    int32_t before = ledger->units[pair], more = units - before;
    int64_t cost = (int64_t)in->pair_cost[pair] * more;
    int64_t left =
        ledger->offer_left[j] - (int64_t)in->pair_use[pair] * more;
    assert(left >= 0 && ledger->line_left[l] >= more);
    ledger->line_left[l] -= more;
    ledger->offer_left[j] = (int32_t)left;
    if (ledger->need_left[i] != INT64_MAX) {
        ledger->need_left[i] -= cost;
        assert(ledger->need_left[i] >= 0);
    }
    if (ledger->programme_left != INT64_MAX) {
        ledger->programme_left -= cost;
        assert(ledger->programme_left >= 0);
    }
    int32_t step = (units > 0) - (before > 0);
    if (step != 0) {
        const struct links *links = ledger->links;
        count_link(ledger, links_org(links, pair),
            &ledger->partners_left[i], step);
        count_link(ledger, links_need(links, pair),
            &ledger->needs_left[j], step);
    }
    ledger->units[pair] = units;
}

struct ranked {
    int64_t gain; /* of what the pair could give at most */
    int32_t pair;
};

static int
compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    int order = (x->gain < y->gain) - (x->gain > y->gain);
    return order != 0 ? order : (x->pair > y->pair) - (x->pair < y->pair);
}

static void
fill_pair(struct ledger *ledger, int32_t pair)
{
    int32_t most = ledger_most(ledger, pair);
    if (most > ledger->units[pair] && ledger->in->pair_score[pair] > 0 &&
        ledger_allows(ledger, pair, most)) {
        ledger_set(ledger, pair, most);
    }
}

void
ledger_fill(struct ledger *ledger, const int32_t *order, int32_t n)
{
    if (order != NULL) {
        for (int32_t k = 0; k < n; k++) {
            fill_pair(ledger, order[k]);
        }
        return;
    }
    const struct instance *in = ledger->in;
    size_t pairs = (size_t)in->pairs_n;
    struct ranked *ranked = xmalloc(pairs * sizeof(*ranked));
    for (size_t p = 0; p < pairs; p++) {
        ranked[p] = (struct ranked){(int64_t)in->pair_score[p] *
                in->lines[ledger->pair_line[p]].quantity,
            (int32_t)p};
    }
    qsort(ranked, pairs, sizeof(*ranked), compare_ranked);
    for (size_t k = 0; k < pairs; k++) {
        fill_pair(ledger, ranked[k].pair);
    }
    free(ranked);
}
