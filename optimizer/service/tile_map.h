/*
 * tile_map.h: the prefecture as a grid of tiles, one per municipality and
 * ward, with a figure in each.
 *
 * Meaning   an SVG that needs no script: the tile's name, its figure, a shade.
 *           Shades are steps by rank of the distinct figures, so that one
 *           outlier does not wash out the rest; a change is shaded by its
 *           sign.  Whoever cannot see it has the table that the caller puts
 *           beside it: the map is one image with a label.
 * Source    schema/data/tiles.csv, by code of the region.
 * Failure   the store's; a tile whose region the store does not have is left
 *           out.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_TILE_MAP_H
#define TSUNAGARI_TILE_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "html.h"
#include "optimizer/store/store.h"

struct tile {
    const char *code, *name; /* "鶴見区": a ward without its city's name */
    int row, column;         /* 1-based */
    bool known;              /* has a figure */
    int64_t value;
    const char *text; /* as it is shown; "" */
};

struct tile_map {
    struct tile *tiles;
    int32_t n;
    int rows, columns;
};

bool tile_map_load(struct store *store, struct arena *arena,
    struct tile_map *map, struct err *err);
/* NULL: no such tile. */
struct tile *tile_map_find(struct tile_map *map, const char *code);

enum tile_shade {
    TILE_SEQUENCE, /* more is darker */
    TILE_CHANGE    /* below, at and above zero */
};
/* label: what the image shows, a sentence. */
void tile_map_write(const struct tile_map *map, enum tile_shade shade,
    const char *label, struct html *html);

#endif
