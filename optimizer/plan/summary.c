/* summary.c: counts what a plan covers; summary_write.c says it. */
#include "summary.h"

#include <stdlib.h>
#include <string.h>

static void
count_line(struct summary_tally *tally, int32_t given, int32_t missing)
{
    tally->lines++;
    tally->covered += missing == 0;
    tally->partly += missing > 0 && given > 0;
    tally->uncovered += given == 0;
}

int32_t
summary_region(const struct market *market, const struct market_entry *need,
    enum geo_level level)
{
    int32_t region = need->region;
    if (region == GEO_NONE && need->regions_n == 1) {
        region = market->regions[need->regions];
    }
    return geo_at_level(&market->geo, region, level);
}

static int32_t
group_key(const struct market *market, int32_t line, int group)
{
    const struct market_line *l = &market->lines[line];
    const struct market_entry *need = &market->entries[l->entry];
    switch (group) {
    case SUMMARY_AREA:
        return summary_region(market, need, GEO_AREA);
    case SUMMARY_MUNICIPALITY:
        return summary_region(market, need, GEO_MUNICIPALITY);
    case SUMMARY_KIND:
        return market->kinds.terms[l->kind].root;
    default:
        return market->orgs[need->org].sector;
    }
}

/* Code and name of key k of a group; k == n: the lines that have none. */
static void
name_row(const struct market *market, int group, int32_t k,
    struct summary_tally *row)
{
    bool region = group == SUMMARY_AREA || group == SUMMARY_MUNICIPALITY;
    const struct taxonomy *terms =
        group == SUMMARY_KIND ? &market->kinds : &market->sectors;
    if (k == (region ? market->geo.n : terms->n)) {
        row->code = "";
        row->name = region ? "県全体・その他" : "その他";
        row->sort = INT32_MAX;
    } else if (region) {
        row->code = market->geo.regions[k].code;
        row->name = market->geo.regions[k].name;
        row->sort = market->geo.regions[k].sort;
    } else {
        row->code = terms->terms[k].id;
        row->name = terms->terms[k].label_ja;
        row->sort = terms->terms[k].sort;
    }
}

static int
compare_tallies(const void *left, const void *right)
{
    const struct summary_tally *a = left, *b = right;
    if (a->sort != b->sort) {
        return a->sort < b->sort ? -1 : 1;
    }
    return strcmp(a->code, b->code);
}

static void
make_group(const struct plan *plan, int group, struct arena *arena,
    struct summary_group *out)
{
    const struct market *market = plan->market;
    const struct candidates *c = plan->candidates;
    bool region = group == SUMMARY_AREA || group == SUMMARY_MUNICIPALITY;
    int32_t n = region ? market->geo.n
                       : (group == SUMMARY_KIND ? market->kinds.n
                                                : market->sectors.n);
    struct summary_tally *tallies =
        xcalloc((size_t)n + 1, sizeof(*tallies));
    for (int32_t l = 0; l < c->instance.lines_n; l++) {
        int32_t line = c->line_of[l];
        const struct market_line *ml = &market->lines[line];
        if (market->entries[ml->entry].interest == MARKET_NONE) {
            int32_t key = ml->kind == TAXONOMY_NONE
                              ? n
                              : group_key(market, line, group);
            count_line(&tallies[key < 0 ? n : key],
                (int32_t)plan->line_given[l], plan_missing(plan, l));
        }
    }
    out->rows = arena_array(arena, (size_t)n + 1, sizeof(*out->rows));
    out->n = 0;
    for (int32_t k = 0; k <= n; k++) {
        if (tallies[k].lines > 0) {
            name_row(market, group, k, &tallies[k]);
            out->rows[out->n++] = tallies[k];
        }
    }
    qsort(out->rows, (size_t)out->n, sizeof(*out->rows), compare_tallies);
    free(tallies);
}

static void
count_public(const struct plan *plan, struct summary *summary)
{
    const struct candidates *c = plan->candidates;
    const struct market *market = plan->market;
    uint8_t *served = xcalloc((size_t)market->geo.n, 1);
    for (int32_t l = 0; l < c->instance.lines_n; l++) {
        const struct market_entry *need =
            &market->entries[market->lines[c->line_of[l]].entry];
        if (need->interest == MARKET_NONE) {
            continue;
        }
        int64_t given = plan->line_given[l];
        summary->people_wanted += c->instance.lines[l].quantity;
        summary->people_given += given;
        summary->demands++;
        summary->demands_met += plan_missing(plan, l) == 0;
        summary->demands_empty += given == 0;
        served[need->region] |= (uint8_t)(given > 0 ? 3 : 1);
    }
    for (int32_t r = 0; r < market->geo.n; r++) {
        summary->regions += served[r] != 0;
        summary->regions_empty += served[r] == 1;
    }
    free(served);
}

/* The tier's lines, and how much of them: down, so that 100 % is all. */
static void
count_tier(const struct plan *plan, struct summary *summary)
{
    const struct instance *in = &plan->candidates->instance;
    if (in->floors_n == 0 || !in->floors[0].tier) {
        return;
    }
    const struct instance_floor *tier = &in->floors[0];
    model_wide share = 0;
    for (int32_t k = tier->member_begin; k < tier->member_end; k++) {
        int32_t l = in->floor_lines[k];
        int64_t given = plan->line_given[l];
        count_line(&summary->tier, (int32_t)given, plan_missing(plan, l));
        share += (model_wide)given * INSTANCE_PPM / in->lines[l].quantity;
    }
    summary->tier_ppm = (int64_t)(share / summary->tier.lines);
}

void
summary_make(const struct plan *plan, const enum cause *causes,
    struct arena *arena, struct summary *summary)
{
    const struct candidates *c = plan->candidates;
    const struct instance *in = &c->instance;
    *summary = (struct summary){.plan = plan, .causes = causes};
    for (int group = 0; group < SUMMARY_GROUPS; group++) {
        make_group(plan, group, arena, &summary->groups[group]);
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        const struct market_line *line = &plan->market->lines[c->line_of[l]];
        if (plan->market->entries[line->entry].interest != MARKET_NONE) {
            continue;
        }
        count_line(&summary->all, (int32_t)plan->line_given[l],
            plan_missing(plan, l));
        if (causes[l] != CAUSE_NONE) {
            summary->cause_lines[causes[l]]++;
        }
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            summary->suggestions += plan->units[p] > 0;
        }
    }
    count_tier(plan, summary);
    count_public(plan, summary);
}
