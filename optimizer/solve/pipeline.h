/*
 * pipeline.h: what the stages of priced.c hand on to each other; follow.c has
 * those of a part that follows an earlier plan.
 */
#ifndef TSUNAGARI_PIPELINE_H
#define TSUNAGARI_PIPELINE_H

#include "concord.h"
#include "counts.h"
#include "merge.h"
#include "part.h"
#include "tight.h"

enum {
    PIPELINE_HEAT = 10, /* of a shake that may change much */
    PIPELINE_STARTS = 4
};

struct pipeline {
    struct ledger *ledger;
    const struct instance *in;
    const struct part_options *options;
    struct part_result *result;
    struct counts counts;
    struct prices prices;
    model_wide proven;    /* what they prove */
    uint8_t *likely;      /* per pair; NULL: nobody knows */
    struct concord *concord; /* NULL, or what proves the bound */
    int32_t *starts[PIPELINE_STARTS]; /* plans far apart, to be shaken; */
    int32_t starts_n;        /* 0: there is the result's alone */
    struct arena *arena;     /* of both */
};

/* Has a plan of like kind, which is mostly near a good one. */
bool pipeline_follows(const struct pipeline *run);

/* What is left open when all is done that was asked for. */
model_wide pipeline_gap_asked(const struct pipeline *run);

/* The result keeps what the ledger holds if it is the best yet; run: a struct
 * pipeline, for who watches a search. */
void pipeline_keep_plan(void *run);

/* The result's plan is merged with those of the merge, which has it, in
 * windows of so many lines. */
void pipeline_merge(
    struct pipeline *run, const struct merge *merge, int32_t lines);

/* The result keeps a proven bound if it is the best yet. */
void pipeline_keep_bound(struct pipeline *run, model_wide bound);

/* Is it the time that ends the search?  Not a gap that is asked for. */
bool pipeline_timed(const struct pipeline *run);

/* Is the gap what was asked for, or the time over? */
bool pipeline_done(const struct pipeline *run);

/* Small moves on what the ledger holds; the result keeps the best. */
void pipeline_polish(struct pipeline *run);

/* Plans from the average of the offers' plans, or by decimation from a
 * concord, not from the one at hand (starts.c).  Where several are to be
 * merged each is made with other draws: those from one start stay alike,
 * merged they stay near it, and the best near by is better or worse by
 * chance. */
void pipeline_dive(struct pipeline *run, struct tight *tight);

/* The exact bound, if it is the best one. */
void pipeline_keep_exact(struct pipeline *run, model_wide exact,
    const struct lagrange_prices *prices);

/* The bound with every need planned exactly, too (agreed.c): is it asked
 * for?  The concord stays NULL where it is no better. */
bool pipeline_agrees(const struct pipeline *run);
void pipeline_agree(struct pipeline *run, struct tight *tight);

/* Who is likely, by the average of the offers' plans. */
void pipeline_mark_likely(struct pipeline *run, const float *mean);

#endif
