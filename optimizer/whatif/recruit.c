/* recruit.c: ideas by shadow prices, verified by solving; match and
 * cmd_recruit show them. */
#include "recruit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/clock.h"
#include "optimizer/plan/loss_part.h"
#include "optimizer/solve/crew.h"
#include "recruit_offer.h"

enum { GRACE_MS = 5000 }; /* past all that the ideas may take */

/* What children find; they see the stop. */
struct shared {
    volatile sig_atomic_t stop;
    struct trial {
        struct recruit_idea idea;
        bool over, better;
    } trials[RECRUIT_TRIED];
};

struct search {
    const struct plan *plan;
    const struct solve_start *start; /* the plan and its prices */
    int64_t gap_e6; /* of the plan */
    struct solve_options options;
    const volatile sig_atomic_t *asked; /* the caller's stop */
    struct shared *shared;
    struct recruit_offer offer;
    struct recruit_pair *pairs; /* of the idea at hand */
    int32_t pairs_n;
    int64_t *pays; /* per pair, 1e-6 a unit, above what is paid now */
};

/* The municipality of a need; the region itself if it is larger. */
static int32_t
region_of(const struct market *market, const struct market_entry *need)
{
    int32_t region = need->region;
    if (region == GEO_NONE && need->regions_n == 1) {
        region = market->regions[need->regions];
    }
    region = region == GEO_NONE ? market->geo.home : region;
    int32_t municipality =
        region == GEO_NONE
            ? GEO_NONE
            : geo_at_level(&market->geo, region, GEO_MUNICIPALITY);
    return municipality == GEO_NONE ? region : municipality;
}

static int
compare_names(const struct recruit_idea *a, const struct recruit_idea *b)
{
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->region != b->region) {
        return a->region < b->region ? -1 : 1;
    }
    return strcmp(a->unit, b->unit);
}

static int
compare_ideas(const void *left, const void *right)
{
    return compare_names(left, right);
}

static int
compare_estimates(const void *left, const void *right)
{
    const struct recruit_idea *a = left, *b = right;
    if (a->estimate_e6 != b->estimate_e6) {
        return a->estimate_e6 > b->estimate_e6 ? -1 : 1;
    }
    return compare_names(a, b);
}

static int
compare_found(const void *left, const void *right)
{
    const struct recruit_idea *a = left, *b = right;
    if (a->lines != b->lines) {
        return a->lines > b->lines ? -1 : 1;
    }
    if (a->gain_e6 != b->gain_e6) {
        return a->gain_e6 > b->gain_e6 ? -1 : 1;
    }
    return compare_names(a, b);
}

/* One idea per kind, region and unit of what is missing; capacity is the
 * largest that one line misses. */
static struct recruit_idea *
list_ideas(const struct search *s, int32_t *n)
{
    const struct market *market = s->plan->market;
    const struct candidates *c = s->plan->candidates;
    int32_t all = 0;
    struct recruit_idea *ideas =
        xcalloc((size_t)c->instance.lines_n + 1, sizeof(*ideas));
    for (int32_t l = 0; l < c->instance.lines_n; l++) {
        const struct market_line *line = &market->lines[c->line_of[l]];
        const struct market_entry *need = &market->entries[line->entry];
        int32_t missing = plan_missing(s->plan, l);
        int32_t region = region_of(market, need);
        if (need->interest == MARKET_NONE && missing > 0 && region >= 0 &&
            line->kind != TAXONOMY_NONE) {
            ideas[all++] = (struct recruit_idea){.kind = line->kind,
                .region = region, .unit = line->unit, .capacity = missing};
        }
    }
    qsort(ideas, (size_t)all, sizeof(*ideas), compare_ideas);
    *n = 0;
    for (int32_t k = 0; k < all; k++) {
        if (*n == 0 || compare_names(&ideas[*n - 1], &ideas[k]) != 0) {
            ideas[(*n)++] = ideas[k];
        } else if (ideas[k].capacity > ideas[*n - 1].capacity) {
            ideas[*n - 1].capacity = ideas[k].capacity;
        }
    }
    return ideas;
}

static int
compare_int32(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* The median of what offers of the kind and unit have to give, the lower of
 * two; else capacity stays. */
static void
take_median(const struct search *s, struct recruit_idea *idea,
    int32_t *room)
{
    const struct market *market = s->plan->market;
    const struct candidates *c = s->plan->candidates;
    int32_t n = 0;
    for (int32_t j = 0; j < c->instance.offers_n; j++) {
        const struct market_line *line = &market->lines[c->offer_of[j]];
        if (!line->for_public && line->kind != TAXONOMY_NONE &&
            taxonomy_below(&market->kinds, line->kind, idea->kind) &&
            strcmp(line->unit, idea->unit) == 0) {
            room[n++] = line->quantity;
        }
    }
    if (n > 0) {
        qsort(room, (size_t)n, sizeof(*room), compare_int32);
        idea->capacity = room[(n - 1) / 2];
    }
}

/* What a unit would gain a line, net of what the line pays for one now. */
static int64_t
pay_e6(const struct search *s, const struct recruit_pair *pair)
{
    const struct instance *in = &s->plan->candidates->instance;
    const struct instance_line *line = &in->lines[pair->line];
    model_wide pay =
        ((model_wide)pair->score + line->uncovered_price) * 1000000;
    const int64_t *floor = s->start->floor_price;
    const int64_t *demand = s->start->demand_price;
    for (int32_t k = s->plan->line_floor[pair->line];
         floor != NULL && k < s->plan->line_floor[pair->line + 1]; k++) {
        pay += (model_wide)floor[s->plan->floor_of[k]] / line->quantity;
    }
    pay -= demand != NULL ? demand[pair->line] : 0;
    return pay < 0 ? 0 : pay > INT64_MAX ? INT64_MAX : (int64_t)pay;
}

static void
estimate(struct search *s, struct recruit_idea *idea)
{
    const struct instance *in = &s->plan->candidates->instance;
    int64_t left = idea->capacity;
    model_wide sum = 0;
    recruit_offer_set(&s->offer, idea);
    s->pairs_n =
        recruit_offer_pairs(&s->offer, s->plan->candidates, s->pairs);
    for (int32_t k = 0; k < s->pairs_n; k++) {
        s->pays[k] = pay_e6(s, &s->pairs[k]);
    }
    while (left > 0) { /* dearest first; few lines until nothing is left */
        int32_t best = -1;
        for (int32_t k = 0; k < s->pairs_n; k++) {
            if (s->pays[k] > 0 &&
                (best < 0 || s->pays[k] > s->pays[best])) {
                best = k;
            }
        }
        if (best < 0) {
            break;
        }
        int64_t most = in->lines[s->pairs[best].line].quantity;
        int64_t units = most < left ? most : left;
        sum += (model_wide)units * s->pays[best];
        left -= units;
        s->pays[best] = 0;
    }
    idea->estimate_e6 = sum > INT64_MAX ? INT64_MAX : (int64_t)sum;
}

/* Covered lines, and units of lines of the idea's unit, of organisations'
 * needs in the part. */
static void
count_part(const struct search *s, const struct loss_part *part,
    const int32_t *units, int sign, struct recruit_idea *idea)
{
    const struct market *market = s->plan->market;
    for (int32_t l = 0; l < part->in.lines_n; l++) {
        int32_t line = s->plan->candidates->line_of[part->line_of[l]];
        int64_t given = 0;
        for (int32_t p = part->in.pair_begin[l];
             p < part->in.pair_begin[l + 1]; p++) {
            given += units[p];
        }
        const struct market_line *ml = &market->lines[line];
        if (market->entries[ml->entry].interest == MARKET_NONE) {
            idea->lines += sign * (given == part->in.lines[l].quantity);
            idea->units +=
                strcmp(ml->unit, idea->unit) == 0 ? sign * given : 0;
        }
    }
}

/* Solves the part that the new offer touches, from what is known of it;
 * true if proven better. */
static bool
try_idea(struct search *s, struct recruit_idea *idea, struct arena *arena)
{
    struct instance in;
    struct loss_part part;
    struct solve_options options = s->options;
    struct solve_result result;
    struct err err = {0};
    int32_t *old_pair;
    recruit_offer_set(&s->offer, idea);
    s->pairs_n =
        recruit_offer_pairs(&s->offer, s->plan->candidates, s->pairs);
    if (s->pairs_n == 0) {
        return false;
    }
    recruit_offer_extend(&s->plan->candidates->instance, s->pairs,
        s->pairs_n, idea->capacity, arena, &in, &old_pair);
    int32_t *root = arena_array(arena, (size_t)in.lines_n, sizeof(*root));
    loss_roots(&in, root);
    loss_part_build(&in, root, root[s->pairs[0].line], arena, &part);
    const struct solve_start whole =
        recruit_offer_start(&in, old_pair, s->start, arena);
    const struct solve_start start = loss_part_start(&part, &whole, arena);
    options.start = &start;
    if (!solve(&part.in, &options, arena, &result, &err) ||
        result.state != SOLVE_OPTIMAL) {
        return false;
    }
    idea->gain_e6 = result.value_e6 -
                    model_value_e6(model_total(&part.in, start.units));
    count_part(s, &part, start.units, -1, idea);
    count_part(s, &part, result.units, 1, idea);
    return idea->gain_e6 > s->gap_e6 && (idea->lines > 0 || idea->units > 0);
}

/* In a child. */
static void
work(void *data, int32_t number)
{
    struct search *s = data;
    struct trial *trial = &s->shared->trials[number];
    struct arena arena = {0};
    if (s->shared->stop) {
        return;
    }
    trial->better = try_idea(s, &trial->idea, &arena);
    trial->over = true;
    arena_release(&arena);
}

static bool
run_trials(struct search *s, int32_t n, int32_t processes, struct err *err)
{
    int64_t limit_ms = s->options.time_limit_ms; /* of one */
    const struct crew crew = {.tasks_n = n,
        .processes = processes,
        .deadline_ms =
            limit_ms > 0 ? clock_ms() + n * limit_ms + GRACE_MS : 0,
        .work = work, .data = s, .asked = s->asked,
        .stop = &s->shared->stop};
    return crew_run(&crew, NULL, err);
}

static bool
try_best(struct search *s, const struct recruit_idea *ideas, int32_t n,
    struct arena *arena, struct recruit *out, struct err *err)
{
    int32_t processes = s->options.processes, tried = 0;
    s->shared = crew_memory(sizeof(*s->shared), err);
    if (s->shared == NULL) {
        return false;
    }
    s->options.stop = &s->shared->stop;
    s->options.processes = -1; /* an abort of GLPK ends a child of the crew */
    while (tried < n && tried < RECRUIT_TRIED &&
           ideas[tried].estimate_e6 > 0) {
        s->shared->trials[tried].idea = ideas[tried];
        tried++;
    }
    bool ok = run_trials(s, tried, processes, err);
    out->ideas = arena_array(arena, RECRUIT_TRIED, sizeof(*out->ideas));
    for (int32_t k = 0; k < tried; k++) {
        const struct trial *trial = &s->shared->trials[k];
        out->tried += trial->over;
        if (trial->better) {
            out->ideas[out->n++] = trial->idea;
        }
    }
    qsort(out->ideas, (size_t)out->n, sizeof(*out->ideas), compare_found);
    crew_free(s->shared, sizeof(*s->shared));
    return ok;
}

bool
recruit_make(const struct plan *plan, const struct solve_start *start,
    int64_t gap_e6, const struct solve_options *options,
    struct arena *arena, struct recruit *recruit, struct err *err)
{
    struct arena own = {0};
    const struct instance *in = &plan->candidates->instance;
    size_t lines = (size_t)in->lines_n;
    struct search *s = arena_alloc(&own, sizeof(*s));
    *s = (struct search){.plan = plan, .start = start, .gap_e6 = gap_e6,
        .options = *options, .asked = options->stop,
        .pairs = arena_array(&own, lines, sizeof(struct recruit_pair)),
        .pays = arena_array(&own, lines, sizeof(int64_t))};
    int32_t *room =
        arena_array(&own, (size_t)in->offers_n, sizeof(int32_t));
    s->options.progress = NULL;
    s->options.gap_ppm = 0;
    *recruit = (struct recruit){0};
    recruit_offer_make(plan->market, &own, &s->offer);
    struct recruit_idea *ideas = list_ideas(s, &recruit->looked_at);
    for (int32_t k = 0; k < recruit->looked_at; k++) {
        take_median(s, &ideas[k], room);
        estimate(s, &ideas[k]);
    }
    qsort(ideas, (size_t)recruit->looked_at, sizeof(*ideas),
        compare_estimates);
    bool ok =
        try_best(s, ideas, recruit->looked_at, arena, recruit, err);
    free(ideas);
    arena_release(&own);
    return ok;
}

const char *
recruit_text(const struct market *market, const struct recruit_idea *idea,
    struct arena *arena)
{
    const char *region = market->geo.regions[idea->region].name;
    const char *kind = market->kinds.terms[idea->kind].label_ja;
    return idea->lines > 0
               ? arena_format(arena,
                     "%sに%sが1つ増えるとあと%" PRId32 "件成立", region,
                     kind, idea->lines)
               : arena_format(arena,
                     "%sに%sが1つ増えるとあと%" PRId64 "%s届く", region,
                     kind, idea->units, idea->unit);
}
