/*
 * candidate_index.h: which offer lines are worth a look for a need line.
 *
 * Meaning   offer lines by world (public or not), kind and region.  A look
 *           visits the buckets of the kind and those below it whose region
 *           meets the need's, or whose places lie within the need's reach,
 *           and the bucket of what covers more than one region.  It finds a
 *           superset of the candidates by kind and region, and never every
 *           pair of the store.
 * Lifetime  the arena's; find()'s list until the next find().
 */
#ifndef TSUNAGARI_CANDIDATE_INDEX_H
#define TSUNAGARI_CANDIDATE_INDEX_H

#include "market.h"

struct candidate_bucket {
    bool open; /* for_public */
    int32_t kind, region; /* GEO_NONE: everywhere, online, several regions */
    int32_t begin, n;     /* in offers */
    int32_t lat_low, lat_high, lon_low, lon_high; /* low > high: no places */
};

struct candidate_index {
    const struct market *market;
    int32_t *offers; /* market lines, by open, kind, region, line */
    int32_t offers_n;
    struct candidate_bucket *buckets;
    int32_t buckets_n;
    uint64_t *noted; /* bits by market line; empty between two looks */
    int32_t *found;
};

void candidate_index_build(const struct market *market, struct arena *arena,
    struct candidate_index *index);
/* Market lines in ascending order; their number. */
int32_t candidate_index_find(struct candidate_index *index,
    int32_t need_line);

#endif
