/*
 * summary.h: what a plan covers and what it does not, counted.
 *
 * Meaning   counts of need lines by area, municipality, kind and sector, of
 *           causes, of the public demand by unit region; as the JSON of
 *           runs.summary and `match --json`, and as Japanese text.
 * Units     lines, units, people, yen; values in 1e-6 milli-points.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_SUMMARY_H
#define TSUNAGARI_SUMMARY_H

#include <stdio.h>

#include "optimizer/base/json.h"
#include "plan.h"

struct summary_tally {
    const char *code, *name;
    int32_t sort;
    int32_t lines, covered, partly, uncovered;
};

struct summary_group {
    struct summary_tally *rows;
    int32_t n;
};

enum { SUMMARY_AREA, SUMMARY_MUNICIPALITY, SUMMARY_KIND, SUMMARY_SECTOR,
    SUMMARY_GROUPS };

struct summary {
    const struct plan *plan;
    const enum cause *causes; /* per instance line */
    struct summary_tally all;
    struct summary_group groups[SUMMARY_GROUPS];
    struct summary_tally tier; /* lines that come first; 0 without a tier */
    int64_t tier_ppm;          /* of them covered, counting shares */
    int32_t cause_lines[CAUSE_COUNT];
    int64_t suggestions;             /* used pairs of needs */
    int64_t people_wanted, people_given;
    int32_t demands, demands_met, demands_empty; /* public lines */
    int32_t regions, regions_empty;  /* unit regions; with nobody served */
    const char *const *wanted; /* what to look for (recruit.h), sentences; */
    int32_t wanted_n;          /* the caller's, after summary_make() */
};

/* What the run says of itself; run_id 0: nothing was stored. */
struct summary_run {
    int64_t run_id;
    const char *plan_date, *state, *method, *digest;
    int64_t amends; /* 0: solved, not amended */
    int64_t weight_version, value_e6, bound_e6, gap_ppm;
};

/* The region that a need counts for, on that level; GEO_NONE: nowhere. */
int32_t summary_region(const struct market *market,
    const struct market_entry *need, enum geo_level level);
void summary_make(const struct plan *plan, const enum cause *causes,
    struct arena *arena, struct summary *summary);
void summary_write(const struct summary *summary,
    const struct summary_run *run, struct json *json);
void summary_print(const struct summary *summary,
    const struct summary_run *run, FILE *out);

#endif
