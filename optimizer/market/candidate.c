/* candidate.c: the market as an explicit instance; match solves it, explain
 * reads it. */
#include "candidate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "candidate_index.h"
#include "rule.h"
#include "score.h"

struct pair_list {
    int32_t *offer, *score, *cost, *use;
    int64_t n, cap;
};

static void
add_pair(struct pair_list *list, int32_t offer, int32_t score, int32_t cost,
    int32_t use)
{
    if (list->n == list->cap) {
        list->cap = 2 * list->cap + 4096;
        size_t cap = (size_t)list->cap;
        list->offer = xrealloc(list->offer, cap, sizeof(*list->offer));
        list->score = xrealloc(list->score, cap, sizeof(*list->score));
        list->cost = xrealloc(list->cost, cap, sizeof(*list->cost));
        list->use = xrealloc(list->use, cap, sizeof(*list->use));
    }
    list->offer[list->n] = offer;
    list->score[list->n] = score;
    list->cost[list->n] = cost;
    list->use[list->n++] = use;
}

static int32_t *
to_arena(struct arena *arena, int32_t **list, int64_t n)
{
    int32_t *copy = arena_array(arena, (size_t)n, sizeof(*copy));
    if (n > 0) {
        memcpy(copy, *list, (size_t)n * sizeof(*copy));
    }
    free(*list);
    *list = NULL;
    return copy;
}

static bool
build_pairs(const struct market *market, struct arena *arena,
    struct candidates *c, struct err *err)
{
    struct instance *in = &c->instance;
    struct candidate_index index;
    struct pair_list list = {0};
    candidate_index_build(market, arena, &index);
    in->pair_begin =
        arena_array(arena, (size_t)in->lines_n + 1, sizeof(int32_t));
    for (int32_t l = 0; l < in->lines_n && list.n <= INSTANCE_PAIRS_MAX;
         l++) {
        int32_t n = candidate_index_find(&index, c->line_of[l]);
        for (int32_t i = 0; i < n; i++) {
            int32_t offer_line = index.found[i];
            if (rule_allows(market, c->line_of[l], offer_line)) {
                const struct market_line *ol = &market->lines[offer_line];
                struct score score;
                score_pair(market, c->line_of[l], offer_line, &score);
                add_pair(&list, c->offer_at[offer_line], score.per_unit,
                    ol->for_public ? 0 : (int32_t)ol->unit_cost_yen,
                    rule_use(market, c->line_of[l], offer_line));
            }
        }
        in->pair_begin[l + 1] = (int32_t)list.n;
    }
    bool fits = list.n <= INSTANCE_PAIRS_MAX;
    in->pairs_n = fits ? (int32_t)list.n : 0;
    in->pair_offer = to_arena(arena, &list.offer, in->pairs_n);
    in->pair_score = to_arena(arena, &list.score, in->pairs_n);
    in->pair_cost = to_arena(arena, &list.cost, in->pairs_n);
    in->pair_use = to_arena(arena, &list.use, in->pairs_n);
    return fits || fail(err, ERR_INPUT, "more than %d pairs",
                       INSTANCE_PAIRS_MAX);
}

static const char *
line_name(const struct market *market, struct arena *arena, int32_t line)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri",
        "sat", "sun"};
    const struct market_line *l = &market->lines[line];
    return arena_format(arena, "%s#%" PRId32 "%s%s",
        market->entries[l->entry].key, l->line_no,
        l->weekday >= 0 ? "@" : "", l->weekday >= 0 ? days[l->weekday] : "");
}

static void
add_need(const struct market *market, struct arena *arena, int32_t entry,
    struct candidates *c)
{
    struct instance *in = &c->instance;
    const struct market_entry *e = &market->entries[entry];
    bool limited = e->budget_yen >= 0 && e->budget_yen < INSTANCE_YEN_MAX;
    in->needs[in->needs_n] = (struct instance_need){
        .budget_yen = limited ? e->budget_yen : INSTANCE_NO_LIMIT,
        .max_partners = e->max_partners < INSTANCE_UNITS_MAX
                            ? e->max_partners
                            : 0,
        .name = e->key};
    c->need_entry[in->needs_n] = entry;
    for (int32_t l = e->lines; l < e->lines + e->lines_n; l++) {
        const struct market_line *line = &market->lines[l];
        in->lines[in->lines_n] = (struct instance_line){
            .need = in->needs_n,
            .quantity = line->quantity,
            .uncovered_price = score_uncovered_price(market, l),
            .indivisible = line->indivisible,
            .name = line_name(market, arena, l)};
        c->line_of[in->lines_n] = l;
        c->line_at[l] = in->lines_n++;
    }
    in->needs_n++;
}

static void
add_offer_lines(const struct market *market, struct arena *arena,
    int32_t entry, struct candidates *c)
{
    struct instance *in = &c->instance;
    const struct market_entry *e = &market->entries[entry];
    for (int32_t l = e->lines; l < e->lines + e->lines_n; l++) {
        bool open = market->lines[l].for_public;
        in->offers[in->offers_n] = (struct instance_offer){
            .capacity = rule_capacity(market, l),
            .max_needs = open || e->max_needs >= INSTANCE_UNITS_MAX
                             ? 0
                             : e->max_needs,
            .min_lot = rule_lot(market, l),
            .org = e->org,
            .name = line_name(market, arena, l)};
        c->offer_of[in->offers_n] = l;
        c->offer_at[l] = in->offers_n++;
    }
}

static void
make_room(const struct market *market, struct arena *arena,
    struct candidates *c)
{
    struct instance *in = &c->instance;
    size_t lines = (size_t)market->lines_n;
    size_t entries = (size_t)market->entries_n;
    in->needs = arena_array(arena, entries, sizeof(*in->needs));
    in->lines = arena_array(arena, lines, sizeof(*in->lines));
    in->offers = arena_array(arena, lines, sizeof(*in->offers));
    in->org_names = arena_array(arena, (size_t)market->orgs_n,
        sizeof(*in->org_names));
    c->need_entry = arena_array(arena, entries, sizeof(int32_t));
    c->line_of = arena_array(arena, lines, sizeof(int32_t));
    c->offer_of = arena_array(arena, lines, sizeof(int32_t));
    c->line_at = arena_array(arena, lines, sizeof(int32_t));
    c->offer_at = arena_array(arena, lines, sizeof(int32_t));
    for (size_t l = 0; l < lines; l++) {
        c->line_at[l] = c->offer_at[l] = -1;
    }
}

bool
candidate_build(const struct market *market, struct arena *arena,
    struct candidates *c, struct err *err)
{
    memset(c, 0, sizeof(*c));
    struct instance *in = &c->instance;
    make_room(market, arena, c);
    in->orgs_n = market->orgs_n;
    for (int32_t o = 0; o < market->orgs_n; o++) {
        in->org_names[o] = arena_format(arena, "%" PRId64,
            market->orgs[o].id);
    }
    for (int32_t e = 0; e < market->entries_n; e++) {
        if (market->entries[e].is_need) {
            add_need(market, arena, e, c);
        } else {
            add_offer_lines(market, arena, e, c);
        }
    }
    int64_t budget = market->value[OPTION_PROGRAMME_BUDGET];
    in->programme_budget_yen = budget < 0 ? INSTANCE_NO_LIMIT : budget;
    if (!build_pairs(market, arena, c, err)) {
        return false;
    }
    candidate_floors(market, arena, c);
    candidate_pins(market, arena, c);
    return instance_check(in, err);
}

static uint64_t
mix(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++) { /* FNV-1a */
        hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

static uint64_t
mix_int(uint64_t hash, int64_t value)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (unsigned char)((uint64_t)value >> 8 * i);
    }
    return mix(hash, bytes, sizeof(bytes));
}

static uint64_t
mix_rows(uint64_t h, const struct instance *in)
{
    for (int32_t i = 0; i < in->needs_n; i++) {
        h = mix(h, in->needs[i].name, strlen(in->needs[i].name) + 1);
        h = mix_int(mix_int(h, in->needs[i].budget_yen),
            in->needs[i].max_partners);
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        const struct instance_line *line = &in->lines[l];
        h = mix(h, line->name, strlen(line->name) + 1);
        h = mix_int(mix_int(h, line->quantity), line->uncovered_price);
        h = mix_int(mix_int(h, line->indivisible), in->pair_begin[l + 1]);
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        const struct instance_offer *offer = &in->offers[j];
        h = mix(h, offer->name, strlen(offer->name) + 1);
        h = mix_int(mix_int(h, offer->capacity), offer->max_needs);
        h = mix_int(mix_int(h, offer->min_lot), offer->org);
    }
    for (int32_t k = 0; k < in->pins_n; k++) {
        h = mix_int(mix_int(h, in->pins[k].pair), in->pins[k].units);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        h = mix_int(mix_int(h, floor->share_ppm),
            floor->tier ? -1 : floor->price);
        for (int32_t m = floor->member_begin; m < floor->member_end; m++) {
            h = mix_int(h, in->floor_lines[m]);
        }
    }
    return h;
}

void
candidate_digest(const struct candidates *c,
    const int64_t value[OPTION_COUNT], char out[17])
{
    const struct instance *in = &c->instance;
    uint64_t h = mix_rows(UINT64_C(14695981039346656037), in);
    for (int32_t p = 0; p < in->pairs_n; p++) {
        h = mix_int(mix_int(h, in->pair_offer[p]), in->pair_score[p]);
        h = mix_int(h, in->pair_cost[p]);
        if (in->pair_use[p] != 1) { /* 1 in every run of before */
            h = mix_int(h, in->pair_use[p]);
        }
    }
    for (int id = 0; id < OPTION_COUNT; id++) {
        const struct option_row *row = option_at(id);
        if (value[id] != row->def) { /* a new tunable changes no old run */
            h = mix(h, row->name, strlen(row->name) + 1);
            h = mix_int(h, value[id]);
        }
    }
    snprintf(out, 17, "%016" PRIx64, h);
}
