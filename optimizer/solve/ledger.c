/* ledger.c: what is left of every row (ledger.h). */
#include "ledger.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_PAIRS = 16 };

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

/* How many of so many what is left is enough for: few need a division. */
static int64_t
fit(int64_t most, int64_t left, int64_t each)
{
    return most * each <= left ? most : left / each;
}

int32_t
ledger_most(const struct ledger *ledger, int32_t pair)
{
    const struct instance *in = ledger->in;
    int32_t l = ledger->pair_line[pair], have = ledger->units[pair];
    if (have == 0 && !links_open(ledger, pair)) {
        return 0;
    }
    int64_t most = fit(ledger->line_left[l],
        ledger->offer_left[in->pair_offer[pair]], in->pair_use[pair]);
    int64_t cost = in->pair_cost[pair];
    if (cost > 0) {
        most = fit(most, ledger->need_left[in->lines[l].need], cost);
        most = fit(most, ledger->programme_left, cost);
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

/* Could the pair take more? If not now, then never while others only fill. */
static bool
has_room(const struct ledger *ledger, int32_t pair)
{
    int32_t most = ledger_most(ledger, pair);
    return most > ledger->units[pair] && ledger_allows(ledger, pair, most);
}

static void
fill_pair(struct ledger *ledger, int32_t pair)
{
    if (ledger->in->pair_score[pair] > 0 && has_room(ledger, pair)) {
        ledger_set(ledger, pair, ledger_most(ledger, pair));
    }
}

/* The next pairs of a line in the order of filling: by score, then index. */
struct row {
    int32_t *pairs;
    int32_t n, at;
    bool last; /* there are none behind these */
};

/* Lines with pairs left: a heap, by what is filled next. */
struct queue {
    struct ledger *ledger;
    struct row *rows;
    int32_t *lines, n;
};

static const int32_t *scores; /* of compare_pairs() */

static int
compare_pairs(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    int order = (scores[x] < scores[y]) - (scores[x] > scores[y]);
    return order != 0 ? order : (x > y) - (x < y);
}

/* The first few, to begin with: most lines need no more. */
static void
take_first(const struct ledger *ledger, int32_t l, struct row *row)
{
    const struct instance *in = ledger->in;
    const int32_t *score = in->pair_score;
    int32_t size = in->pair_begin[l + 1] - in->pair_begin[l];
    int32_t cap = size < FIRST_PAIRS ? size : FIRST_PAIRS;
    row->pairs = xmalloc((size_t)cap * sizeof(int32_t));
    row->last = true;
    for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
        bool full = row->n == cap;
        if (full && score[p] <= score[row->pairs[cap - 1]]) {
            row->last = false; /* or so it seems */
            continue;
        }
        if (score[p] <= 0 || !has_room(ledger, p)) {
            continue;
        }
        row->last = row->last && !full;
        int32_t k = full ? cap - 1 : row->n++;
        for (; k > 0 && score[row->pairs[k - 1]] < score[p]; k--) {
            row->pairs[k] = row->pairs[k - 1];
        }
        row->pairs[k] = p;
    }
}

/* All that come behind the pair. */
static void
take_rest(const struct ledger *ledger, int32_t l, int32_t behind,
    struct row *row)
{
    const struct instance *in = ledger->in;
    int32_t n = 0;
    for (int pass = 0; pass < 2; pass++) {
        row->pairs = pass == 0
            ? NULL
            : xmalloc(((size_t)n + 1) * sizeof(int32_t));
        n = 0;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (in->pair_score[p] > 0 && compare_pairs(&p, &behind) > 0 &&
                has_room(ledger, p)) {
                if (pass == 1) {
                    row->pairs[n] = p;
                }
                n++;
            }
        }
    }
    qsort(row->pairs, (size_t)n, sizeof(int32_t), compare_pairs);
    *row = (struct row){.pairs = row->pairs, .n = n, .last = true};
}

/* True if the line a is filled before b: its next pair could gain more. */
static bool
comes_first(const struct queue *q, int32_t a, int32_t b)
{
    const struct instance *in = q->ledger->in;
    int32_t x = q->rows[a].pairs[q->rows[a].at];
    int32_t y = q->rows[b].pairs[q->rows[b].at];
    int64_t gain_x = (int64_t)in->pair_score[x] * in->lines[a].quantity;
    int64_t gain_y = (int64_t)in->pair_score[y] * in->lines[b].quantity;
    return gain_x != gain_y ? gain_x > gain_y : x < y;
}

static void
sift_down(struct queue *q, int32_t k)
{
    int32_t line = q->lines[k];
    for (int32_t child = 2 * k + 1; child < q->n; child = 2 * k + 1) {
        if (child + 1 < q->n &&
            comes_first(q, q->lines[child + 1], q->lines[child])) {
            child++;
        }
        if (!comes_first(q, q->lines[child], line)) {
            break;
        }
        q->lines[k] = q->lines[child];
        k = child;
    }
    q->lines[k] = line;
}

static void
start_queue(struct queue *q)
{
    const struct instance *in = q->ledger->in;
    for (int32_t l = 0; l < in->lines_n; l++) {
        if (q->ledger->line_left[l] > 0) {
            take_first(q->ledger, l, &q->rows[l]);
        }
        if (q->rows[l].n > 0) {
            q->lines[q->n++] = l;
        }
    }
    for (int32_t k = q->n / 2 - 1; k >= 0; k--) {
        sift_down(q, k);
    }
}

/* Past the first pair of the first line. */
static void
advance(struct queue *q)
{
    int32_t l = q->lines[0];
    struct row *row = &q->rows[l];
    int32_t done = row->pairs[row->at++];
    if (row->at == row->n && !row->last && q->ledger->line_left[l] > 0) {
        free(row->pairs);
        take_rest(q->ledger, l, done, row);
    }
    if (row->at == row->n || q->ledger->line_left[l] == 0) {
        free(row->pairs);
        row->pairs = NULL;
        q->lines[0] = q->lines[--q->n];
    }
    if (q->n > 0) {
        sift_down(q, 0);
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
    struct queue q = {.ledger = ledger,
        .rows = xcalloc((size_t)in->lines_n, sizeof(struct row)),
        .lines = xmalloc((size_t)in->lines_n * sizeof(int32_t))};
    scores = in->pair_score;
    start_queue(&q);
    while (q.n > 0) {
        const struct row *row = &q.rows[q.lines[0]];
        fill_pair(ledger, row->pairs[row->at]);
        advance(&q);
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        free(q.rows[l].pairs);
    }
    free(q.rows);
    free(q.lines);
}
