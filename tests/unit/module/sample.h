/*
 * sample.h: snapshots made up from a seed, and what is true of them.
 *
 * Meaning   the file is built section by section from struct truth, in which
 *           every membership is a plain flag and every text a plain string:
 *           the oracle for the module's searches shares no code with them.
 * Lifetime  until sample_release().
 */
#ifndef TSUNAGARI_SAMPLE_H
#define TSUNAGARI_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "schema/snapshot.h"

#define SAMPLE_REGIONS 11
#define SAMPLE_NEAR 3
#define SAMPLE_VALUES 64 /* at most, over all facets */
#define SAMPLE_TEXT 96
#define SAMPLE_NORTH 100 /* steps, on one meridian */

struct sample_doc {
    uint32_t id, confirmed_on, cost;
    uint32_t north; /* steps of 1.1 km from the south; SNAP_NONE: no place */
    bool has[SAMPLE_VALUES]; /* by value number */
    char text[SAMPLE_TEXT];  /* folded */
};

struct sample_side { /* a collection */
    uint32_t docs_n;
    struct sample_doc *docs;
    uint32_t *order[SAMPLE_REGIONS], order_n[SAMPLE_REGIONS];
};

struct sample {
    unsigned char *data; /* the file */
    size_t size;
    uint32_t first[SNAP_FACETS], count[SNAP_FACETS], values_n;
    char code[SAMPLE_VALUES][8];
    uint32_t parent[SAMPLE_REGIONS], level[SAMPLE_REGIONS];
    uint32_t near[SAMPLE_REGIONS][SAMPLE_NEAR], near_n[SAMPLE_REGIONS];
    struct sample_side sides[SNAP_COLLECTIONS];
    uint32_t suggestions_n;
};

struct sample_options {
    uint32_t seed, docs, run, audience;
};

/* How far north a region's office is, and the latitude of such a step. */
uint32_t sample_north(uint32_t region);
int32_t sample_lat_e6(uint32_t north);
#define SAMPLE_LON_E6 139000000

uint32_t sample_random(uint32_t *state, uint32_t below);
void sample_make(struct sample *s, struct sample_options options);
void sample_release(struct sample *s);

#endif
