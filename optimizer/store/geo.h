/*
 * geo.h: the region tree, in memory.
 *
 * Meaning   regions of the store by code; below() is the subtree test that
 *           every rule about regions uses.
 * Units     micro-degrees.
 * Failure   geo_load() refuses a parent that is missing or a loop.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_GEO_H
#define TSUNAGARI_GEO_H

#include "optimizer/base/arena.h"
#include "optimizer/base/err.h"
#include "store.h"

enum { GEO_NONE = -1 };

enum geo_level {
    GEO_PREFECTURE,
    GEO_AREA,
    GEO_MUNICIPALITY,
    GEO_WARD
};

struct geo_region {
    const char *code, *name; /* 横浜市鶴見区 */
    int32_t parent;          /* GEO_NONE at the top */
    enum geo_level level;
    int32_t sort;
    int32_t lat_e6, lon_e6;
    bool has_place;
    bool home;          /* below the network's prefecture, or that itself */
    bool unit;          /* a ward, or a municipality without wards */
    int64_t population; /* 0: not known */
};

struct geo {
    struct geo_region *regions; /* by code */
    int32_t n;
    int32_t home; /* the network's prefecture, GEO_NONE */
};

bool geo_load(struct store *store, struct arena *arena, struct geo *geo,
    struct err *err);
int32_t geo_find(const struct geo *geo, const char *code); /* GEO_NONE */
/* region is ancestor or in its subtree. */
bool geo_below(const struct geo *geo, int32_t region, int32_t ancestor);
/* One contains the other. */
bool geo_meets(const struct geo *geo, int32_t a, int32_t b);
/* The ancestor-or-self of that level, GEO_NONE. */
int32_t geo_at_level(const struct geo *geo, int32_t region,
    enum geo_level level);

#endif
