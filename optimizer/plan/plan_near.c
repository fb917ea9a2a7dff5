/* plan_near.c: near candidates of a line and what blocks each; the second
 * half of plan.c. */
#include "plan.h"

#include <stdlib.h>

#include "optimizer/market/rule.h"
#include "optimizer/market/score.h"

struct entry {
    struct plan_block block;
    int32_t score; /* that the pair has or would have */
};

/* The nearest so far, nearest first. */
struct nearest {
    struct entry *at; /* of most + 1 */
    int32_t n, most;
};

static int
compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->block.blocks_n != b->block.blocks_n) {
        return a->block.blocks_n - b->block.blocks_n;
    }
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return (a->block.offer_line > b->block.offer_line) -
           (a->block.offer_line < b->block.offer_line);
}

static void
keep(struct nearest *nearest, const struct entry *entry)
{
    int32_t i = nearest->n;
    for (; i > 0 && compare_entries(entry, &nearest->at[i - 1]) < 0; i--) {
        nearest->at[i] = nearest->at[i - 1];
    }
    nearest->at[i] = *entry;
    nearest->n += nearest->n < nearest->most;
}

/* Counts an offer of the need's kind, or of its neighbourhood of kinds. */
static void
look_at(const struct plan *plan, int32_t need_line, int32_t offer_line,
    struct plan_near *near, struct nearest *nearest)
{
    const struct market *market = plan->market;
    uint32_t blocks = rule_blocks_near(market, need_line, offer_line);
    int32_t n = __builtin_popcount(blocks);
    bool kind = (blocks & RULE_BIT(CAUSE_KIND)) == 0;
    near->same_kind += kind;
    for (uint32_t left = kind ? blocks : 0; left != 0; left &= left - 1) {
        near->any[__builtin_ctz(left)]++;
    }
    if (n == 1) {
        int cause = __builtin_ctz(blocks);
        near->sole[cause] += !rule_still_blocks(market, need_line,
            offer_line, (enum cause)cause);
    }
    if (n == 0 || (!kind && n > 1)) {
        return; /* a candidate: looked at as a pair; or not near */
    }
    if (nearest->n == nearest->most &&
        (nearest->n == 0 || n > nearest->at[nearest->n - 1].block.blocks_n)) {
        return; /* whatever its score */
    }
    struct score score;
    score_pair(market, need_line, offer_line, &score);
    keep(nearest, &(struct entry){
        .block = {.offer_line = offer_line, .pair = -1,
            .cause = (enum cause)__builtin_ctz(blocks), .blocks_n = n},
        .score = score.per_unit});
}

/* Of the slots of a line from kin[*i] on, the one with the fewest rules
 * against it; *i moves to the last of them. */
static int32_t
best_slot(const struct plan *plan, int32_t need_line, int32_t *i,
    int32_t end)
{
    const struct market *market = plan->market;
    const struct candidates *c = plan->candidates;
    int32_t best = c->offer_of[plan->kin_offer[*i]];
    int fewest = CAUSE_RULES + 1;
    for (int32_t next = *i; market->lines[best].weekday >= 0 && next < end;
         next++) {
        int32_t slot = c->offer_of[plan->kin_offer[next]];
        if (!market_same_line(market, best, slot)) {
            break;
        }
        int rules = __builtin_popcount(rule_blocks(market, need_line, slot));
        best = rules < fewest ? slot : best;
        fewest = rules < fewest ? rules : fewest;
        *i = next;
    }
    return best;
}

static void
collect(const struct plan *plan, int32_t line, struct plan_near *near,
    struct nearest *nearest)
{
    const struct candidates *c = plan->candidates;
    const struct instance *in = &c->instance;
    const struct market *market = plan->market;
    int32_t need_line = c->line_of[line];
    for (int32_t p = in->pair_begin[line]; p < in->pair_begin[line + 1];
         p++) {
        near->pairs += p == in->pair_begin[line] ||
                       !market_same_line(market,
                           c->offer_of[in->pair_offer[p]],
                           c->offer_of[in->pair_offer[p - 1]]);
        if (plan_missing(plan, line) > 0) {
            keep(nearest, &(struct entry){
                .block = {.offer_line = c->offer_of[in->pair_offer[p]],
                    .pair = p, .cause = plan_probe(plan, line, p)},
                .score = in->pair_score[p]});
        }
    }
    int32_t kin = plan_kin(market, &market->lines[need_line]);
    int32_t end = kin < 0 ? 0 : plan->kin_begin[kin + 1];
    for (int32_t i = kin < 0 ? 0 : plan->kin_begin[kin]; i < end; i++) {
        int32_t slot = best_slot(plan, need_line, &i, end);
        look_at(plan, need_line, slot, near, nearest);
    }
}

void
plan_near(const struct plan *plan, int32_t line, struct arena *arena,
    struct plan_near *near)
{
    int32_t most = (int32_t)plan->market->value[OPTION_BLOCKS];
    struct nearest nearest = {.most = most,
        .at = xcalloc((size_t)most + 1, sizeof(*nearest.at))};
    *near = (struct plan_near){0};
    collect(plan, line, near, &nearest);
    near->blocks_n = nearest.n;
    near->blocks = arena_array(arena, (size_t)near->blocks_n,
        sizeof(*near->blocks));
    for (int32_t i = 0; i < near->blocks_n; i++) {
        near->blocks[i] = nearest.at[i].block;
    }
    free(nearest.at);
}

static enum cause
cause_of_pairs(const struct plan *plan, int32_t line)
{
    static const enum cause nearest_first[] = {CAUSE_UNFINISHED,
        CAUSE_NOT_WORTH, CAUSE_MIN_LOT, CAUSE_NEEDS_LIMIT, CAUSE_PARTNERS,
        CAUSE_PROGRAMME_BUDGET, CAUSE_BUDGET, CAUSE_COMPETITION,
        CAUSE_CAPACITY};
    const struct instance *in = &plan->candidates->instance;
    bool seen[CAUSE_COUNT] = {false};
    for (int32_t p = in->pair_begin[line]; p < in->pair_begin[line + 1];
         p++) {
        seen[plan_probe(plan, line, p)] = true;
    }
    size_t i = 0;
    while (!seen[nearest_first[i]]) {
        i++;
    }
    return nearest_first[i];
}

enum cause
plan_cause(const struct plan *plan, int32_t line,
    const struct plan_near *near)
{
    if (near->pairs > 0) {
        return cause_of_pairs(plan, line);
    }
    if (near->same_kind == 0) {
        return CAUSE_NO_OFFER;
    }
    int sole = -1, common = -1;
    for (int cause = 0; cause < CAUSE_RULES; cause++) {
        if (cause == CAUSE_KIND || cause == CAUSE_SELF) {
            continue; /* nothing that anyone could change */
        }
        if (near->sole[cause] > (sole < 0 ? 0 : near->sole[sole])) {
            sole = cause;
        }
        if (near->any[cause] > (common < 0 ? 0 : near->any[common])) {
            common = cause;
        }
    }
    if (common < 0) {
        return CAUSE_SELF;
    }
    return (enum cause)(sole >= 0 ? sole : common);
}

void
plan_causes(const struct plan *plan, enum cause *causes)
{
    const struct candidates *c = plan->candidates;
    for (int32_t l = 0; l < c->instance.lines_n; l++) {
        const struct market_line *line = &plan->market->lines[c->line_of[l]];
        causes[l] = CAUSE_NONE;
        if (plan_missing(plan, l) > 0 &&
            plan->market->entries[line->entry].interest == MARKET_NONE) {
            struct arena arena = {0};
            struct plan_near near = {.pairs = 1};
            if (c->instance.pair_begin[l] == c->instance.pair_begin[l + 1]) {
                plan_near(plan, l, &arena, &near); /* asked only there */
            }
            causes[l] = plan_cause(plan, l, &near);
            arena_release(&arena);
        }
    }
}
