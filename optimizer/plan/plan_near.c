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

/* Counts an offer of the need's kind, or of its neighbourhood of kinds. */
static bool
look_at(const struct plan *plan, int32_t need_line, int32_t offer_line,
    struct plan_near *near, struct entry *entry)
{
    const struct market *market = plan->market;
    uint32_t blocks = rule_blocks(market, need_line, offer_line);
    int32_t n = __builtin_popcount(blocks);
    bool kind = (blocks & RULE_BIT(CAUSE_KIND)) == 0;
    near->same_kind += kind;
    if (n == 1) {
        int cause = __builtin_ctz(blocks);
        near->sole[cause] += !rule_still_blocks(market, need_line,
            offer_line, (enum cause)cause);
    }
    if (n == 0 || (!kind && n > 1)) {
        return false; /* a candidate: looked at as a pair; or not near */
    }
    struct score score;
    score_pair(market, need_line, offer_line, &score);
    entry->block = (struct plan_block){.offer_line = offer_line, .pair = -1,
        .cause = (enum cause)__builtin_ctz(blocks), .blocks_n = n};
    entry->score = score.per_unit;
    return true;
}

static bool
same_world(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    const struct market_line *n = &market->lines[need_line];
    const struct market_line *o = &market->lines[offer_line];
    bool open = market->entries[n->entry].interest != MARKET_NONE;
    return !market->entries[o->entry].is_need && o->for_public == open &&
           n->kind != TAXONOMY_NONE && o->kind != TAXONOMY_NONE &&
           market->kinds.terms[n->kind].root ==
               market->kinds.terms[o->kind].root;
}

/* Of the slots from offer *j on, the one with the fewest rules against it;
 * *j moves to the last of them. */
static int32_t
best_slot(const struct plan *plan, int32_t need_line, int32_t *j)
{
    const struct market *market = plan->market;
    const struct candidates *c = plan->candidates;
    int32_t best = c->offer_of[*j];
    int fewest = CAUSE_RULES + 1;
    for (int32_t next = *j; market->lines[best].weekday >= 0 &&
         next < c->instance.offers_n &&
         market_same_line(market, best, c->offer_of[next]);
         next++) {
        int rules = __builtin_popcount(
            rule_blocks(market, need_line, c->offer_of[next]));
        best = rules < fewest ? c->offer_of[next] : best;
        fewest = rules < fewest ? rules : fewest;
        *j = next;
    }
    return best;
}

static int32_t
collect(const struct plan *plan, int32_t line, struct plan_near *near,
    struct entry *entries)
{
    const struct candidates *c = plan->candidates;
    const struct instance *in = &c->instance;
    int32_t n = 0;
    for (int32_t p = in->pair_begin[line]; p < in->pair_begin[line + 1];
         p++) {
        near->pairs += p == in->pair_begin[line] ||
                       !market_same_line(plan->market,
                           c->offer_of[in->pair_offer[p]],
                           c->offer_of[in->pair_offer[p - 1]]);
        if (plan_missing(plan, line) > 0) {
            entries[n++] = (struct entry){
                .block = {.offer_line = c->offer_of[in->pair_offer[p]],
                    .pair = p, .cause = plan_probe(plan, line, p)},
                .score = in->pair_score[p]};
        }
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        if (same_world(plan->market, c->line_of[line], c->offer_of[j])) {
            int32_t slot = best_slot(plan, c->line_of[line], &j);
            n += look_at(plan, c->line_of[line], slot, near, &entries[n]);
        }
    }
    return n;
}

void
plan_near(const struct plan *plan, int32_t line, struct arena *arena,
    struct plan_near *near)
{
    const struct instance *in = &plan->candidates->instance;
    int64_t most = plan->market->value[OPTION_BLOCKS];
    struct entry *entries =
        xcalloc((size_t)in->offers_n + 1, sizeof(*entries));
    *near = (struct plan_near){0};
    int32_t n = collect(plan, line, near, entries);
    qsort(entries, (size_t)n, sizeof(*entries), compare_entries);
    near->blocks_n = n < most ? n : (int32_t)most;
    near->blocks = arena_array(arena, (size_t)near->blocks_n,
        sizeof(*near->blocks));
    for (int32_t i = 0; i < near->blocks_n; i++) {
        near->blocks[i] = entries[i].block;
    }
    free(entries);
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
    const struct candidates *c = plan->candidates;
    int32_t any[CAUSE_RULES] = {0};
    for (int32_t j = 0; j < c->instance.offers_n; j++) {
        int32_t offer_line = c->offer_of[j];
        if (rule_same_kind(plan->market, c->line_of[line], offer_line)) {
            uint32_t blocks =
                rule_blocks(plan->market, c->line_of[line], offer_line);
            for (int cause = 0; cause < CAUSE_RULES; cause++) {
                any[cause] += (blocks & RULE_BIT(cause)) != 0;
            }
        }
    }
    int sole = -1, common = -1;
    for (int cause = 0; cause < CAUSE_RULES; cause++) {
        if (cause == CAUSE_KIND || cause == CAUSE_SELF) {
            continue; /* nothing that anyone could change */
        }
        if (near->sole[cause] > (sole < 0 ? 0 : near->sole[sole])) {
            sole = cause;
        }
        if (any[cause] > (common < 0 ? 0 : any[common])) {
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
