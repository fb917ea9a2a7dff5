/* candidate_index.c: offer lines by kind and region; candidate.c asks it. */
#include "candidate_index.h"

#include <stdlib.h>

#include "rule.h"
#include "schema/distance.h"

/* Where an offer line is filed: its one region, or GEO_NONE. */
static int32_t
filed_under(const struct market *market, int32_t line)
{
    const struct market_entry *entry =
        &market->entries[market->lines[line].entry];
    return entry->reach == REACH_REGIONS && entry->regions_n == 1
               ? market->regions[entry->regions]
               : GEO_NONE;
}

struct filed {
    int32_t open, kind, region, line;
};

static int
compare_filed(const void *left, const void *right)
{
    const struct filed *a = left, *b = right;
    if (a->open != b->open) {
        return a->open - b->open;
    }
    if (a->kind != b->kind) {
        return a->kind - b->kind;
    }
    if (a->region != b->region) {
        return a->region < b->region ? -1 : 1;
    }
    return (a->line > b->line) - (a->line < b->line);
}

static int32_t
file_offers(const struct market *market, struct filed *filed)
{
    int32_t n = 0;
    for (int32_t l = 0; l < market->lines_n; l++) {
        const struct market_line *line = &market->lines[l];
        if (!market->entries[line->entry].is_need &&
            line->kind != TAXONOMY_NONE) {
            filed[n++] = (struct filed){line->for_public, line->kind,
                filed_under(market, l), l};
        }
    }
    qsort(filed, (size_t)n, sizeof(*filed), compare_filed);
    return n;
}

static void
widen_box(const struct market *market, int32_t line,
    struct candidate_bucket *bucket)
{
    const struct market_entry *entry =
        &market->entries[market->lines[line].entry];
    for (int32_t i = 0; i < entry->points_n; i++) {
        const struct market_point *p = &market->points[entry->points + i];
        if (p->lat_e6 < bucket->lat_low) {
            bucket->lat_low = p->lat_e6;
        }
        if (p->lat_e6 > bucket->lat_high) {
            bucket->lat_high = p->lat_e6;
        }
        if (p->lon_e6 < bucket->lon_low) {
            bucket->lon_low = p->lon_e6;
        }
        if (p->lon_e6 > bucket->lon_high) {
            bucket->lon_high = p->lon_e6;
        }
    }
}

void
candidate_index_build(const struct market *market, struct arena *arena,
    struct candidate_index *index)
{
    size_t room = (size_t)market->lines_n;
    struct filed *filed = xcalloc(room, sizeof(*filed));
    index->market = market;
    index->offers_n = file_offers(market, filed);
    index->offers = arena_array(arena, room, sizeof(*index->offers));
    index->found = arena_array(arena, room, sizeof(*index->found));
    index->noted = arena_array(arena, room / 64 + 1, sizeof(*index->noted));
    index->buckets = arena_array(arena, room, sizeof(*index->buckets));
    index->buckets_n = 0;
    struct candidate_bucket *bucket = NULL;
    for (int32_t i = 0; i < index->offers_n; i++) {
        const struct filed *f = &filed[i];
        if (bucket == NULL || bucket->open != (f->open != 0) ||
            bucket->kind != f->kind || bucket->region != f->region) {
            bucket = &index->buckets[index->buckets_n++];
            *bucket = (struct candidate_bucket){.open = f->open != 0,
                .kind = f->kind, .region = f->region, .begin = i,
                .lat_low = INT32_MAX, .lat_high = INT32_MIN,
                .lon_low = INT32_MAX, .lon_high = INT32_MIN};
        }
        index->offers[i] = f->line;
        bucket->n++;
        widen_box(market, f->line, bucket);
    }
    free(filed);
}

static int32_t
clamp(int32_t value, int32_t low, int32_t high)
{
    return value < low ? low : value > high ? high : value;
}

/* Could some place in the box be within reach?  2 % and 500 m to spare, as
 * distances to a box's nearest corner are only nearly the least. */
static bool
box_in_reach(const struct market *market, const struct market_entry *need,
    const struct candidate_bucket *bucket, int32_t reach_m)
{
    if (bucket->lat_low > bucket->lat_high || reach_m <= 0) {
        return false;
    }
    for (int32_t i = 0; i < need->points_n; i++) {
        const struct market_point *p = &market->points[need->points + i];
        int32_t metres = distance_m(p->lat_e6, p->lon_e6,
            clamp(p->lat_e6, bucket->lat_low, bucket->lat_high),
            clamp(p->lon_e6, bucket->lon_low, bucket->lon_high));
        if (metres <= reach_m + reach_m / 50 + 500) {
            return true;
        }
    }
    return false;
}

static bool
worth_a_look(const struct market *market, int32_t need,
    const struct candidate_bucket *bucket)
{
    const struct market_entry *n = &market->entries[need];
    if (bucket->region == GEO_NONE || n->reach == REACH_ONLINE) {
        return true;
    }
    for (int32_t i = n->regions; i < n->regions + n->regions_n; i++) {
        if (geo_meets(&market->geo, market->regions[i], bucket->region)) {
            return true;
        }
    }
    return !n->reach_hard &&
           box_in_reach(market, n, bucket, rule_reach_m(market, need));
}

static void
note(struct candidate_index *index, int32_t line)
{
    index->noted[line / 64] |= UINT64_C(1) << line % 64;
}

/* A pin overrides reach: its offers' lines are looked at in any case. */
static void
note_pinned(struct candidate_index *index, int32_t need)
{
    const struct market *market = index->market;
    for (int32_t d = 0; d < market->decisions_n; d++) {
        const struct market_decision *pin = &market->decisions[d];
        if (pin->need != need || pin->kind != DECISION_PIN) {
            continue;
        }
        const struct market_entry *offer = &market->entries[pin->offer];
        for (int32_t l = offer->lines; l < offer->lines + offer->lines_n;
             l++) {
            if (!market->lines[l].for_public) {
                note(index, l);
            }
        }
    }
}

/* What was noted, in ascending order; nothing is noted any more. */
static int32_t
take_noted(struct candidate_index *index)
{
    int32_t n = 0;
    for (int32_t word = 0; word <= index->market->lines_n / 64; word++) {
        uint64_t bits = index->noted[word];
        index->noted[word] = 0;
        for (; bits != 0; bits &= bits - 1) {
            index->found[n++] = 64 * word + __builtin_ctzll(bits);
        }
    }
    return n;
}

int32_t
candidate_index_find(struct candidate_index *index, int32_t need_line)
{
    const struct market *market = index->market;
    const struct market_line *line = &market->lines[need_line];
    bool open = market->entries[line->entry].interest != MARKET_NONE;
    for (int32_t b = 0; b < index->buckets_n; b++) {
        const struct candidate_bucket *bucket = &index->buckets[b];
        if (bucket->open == open && line->kind != TAXONOMY_NONE &&
            taxonomy_below(&market->kinds, bucket->kind, line->kind) &&
            worth_a_look(market, line->entry, bucket)) {
            for (int32_t i = 0; i < bucket->n; i++) {
                note(index, index->offers[bucket->begin + i]);
            }
        }
    }
    if (!open) {
        note_pinned(index, line->entry);
    }
    return take_noted(index);
}
