/* tile_map.c: the grid of municipalities and wards as SVG (tile_map.h). */
#include "tile_map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/csv.h"
#include "optimizer/base/embed.h"

enum { TILE_WIDTH = 78, TILE_HEIGHT = 46, TILE_GAP = 2, STEPS = 5,
    TILES_MAX = 200 };

static bool
take_tile(const struct csv *csv, struct store_stmt *name,
    struct arena *arena, struct tile_map *map, struct err *err)
{
    store_bind_text(name, 1, csv_text(csv, 0));
    int step = store_step(name, err);
    if (step == 1 && map->n < TILES_MAX) {
        struct tile *tile = &map->tiles[map->n++];
        *tile = (struct tile){.code = arena_string(arena, csv_text(csv, 0)),
            .name = arena_string(arena, store_text(name, 0)),
            .row = atoi(csv_text(csv, 1)),
            .column = atoi(csv_text(csv, 2)), .text = ""};
        map->rows = tile->row > map->rows ? tile->row : map->rows;
        map->columns =
            tile->column > map->columns ? tile->column : map->columns;
    }
    store_reset(name);
    return step >= 0;
}

bool
tile_map_load(struct store *store, struct arena *arena,
    struct tile_map *map, struct err *err)
{
    const struct embed *file = embed_find("schema/data/tiles.csv");
    assert(file != NULL);
    *map = (struct tile_map){
        .tiles = arena_array(arena, TILES_MAX, sizeof(struct tile))};
    struct csv *csv = csv_open_memory("tiles.csv", file->data,
        (size_t)(file->end - file->data));
    struct store_stmt *name = store_prepare(store,
        "SELECT CASE r.level WHEN 'ward' THEN replace(r.name, p.name, '')"
        " ELSE r.name END FROM regions AS r LEFT JOIN regions AS p"
        " ON p.code = r.parent_code WHERE r.code = ?1",
        err);
    bool ok = csv != NULL && name != NULL;
    int got = ok ? csv_next(csv, err) : -1; /* the header */
    while (got == 1 && (got = csv_next(csv, err)) == 1) {
        if (!take_tile(csv, name, arena, map, err)) {
            got = -1;
        }
    }
    store_finish(name);
    csv_close(csv);
    return got == 0;
}

struct tile *
tile_map_find(struct tile_map *map, const char *code)
{
    for (int32_t i = 0; i < map->n; i++) {
        if (strcmp(map->tiles[i].code, code) == 0) {
            return &map->tiles[i];
        }
    }
    return NULL;
}

static int
by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The distinct figures, ascending; how many. */
static int32_t
distinct(const struct tile_map *map, int64_t values[TILES_MAX])
{
    int32_t n = 0, kept = 0;
    for (int32_t i = 0; i < map->n; i++) {
        if (map->tiles[i].known) {
            values[n++] = map->tiles[i].value;
        }
    }
    qsort(values, (size_t)n, sizeof(*values), by_value);
    for (int32_t i = 0; i < n; i++) {
        if (kept == 0 || values[i] != values[kept - 1]) {
            values[kept++] = values[i];
        }
    }
    return kept;
}

static const char *
shade_of(const struct tile *tile, enum tile_shade shade,
    const int64_t *values, int32_t n)
{
    static const char *const steps[STEPS] = {"tile-1", "tile-2", "tile-3",
        "tile-4", "tile-5"};
    if (!tile->known) {
        return "tile-none";
    }
    if (shade == TILE_CHANGE) {
        return tile->value < 0   ? "tile-less"
               : tile->value > 0 ? "tile-more"
                                 : "tile-same";
    }
    int32_t rank = 0;
    while (rank + 1 < n && values[rank] < tile->value) {
        rank++;
    }
    return steps[n > 1 ? rank * (STEPS - 1) / (n - 1) : 0];
}

void
tile_map_write(const struct tile_map *map, enum tile_shade shade,
    const char *label, struct html *html)
{
    int64_t values[TILES_MAX];
    int32_t n = distinct(map, values);
    html_format(html,
        "<svg class=\"tile-map\" role=\"img\" aria-label=\"%s\""
        " viewBox=\"-1 -1 %d %d\">\n",
        label, map->columns * TILE_WIDTH, map->rows * TILE_HEIGHT);
    for (int32_t i = 0; i < map->n; i++) {
        const struct tile *tile = &map->tiles[i];
        int x = (tile->column - 1) * TILE_WIDTH;
        int y = (tile->row - 1) * TILE_HEIGHT;
        html_format(html,
            "<g class=\"%s\"><title>%s %s</title><rect x=\"%d\" y=\"%d\""
            " width=\"%d\" height=\"%d\" rx=\"4\"/><text x=\"%d\" y=\"%d\">"
            "%s</text><text class=\"figure\" x=\"%d\" y=\"%d\">%s</text>"
            "</g>\n",
            shade_of(tile, shade, values, n), tile->name, tile->text, x, y,
            TILE_WIDTH - TILE_GAP, TILE_HEIGHT - TILE_GAP,
            x + TILE_WIDTH / 2, y + 18, tile->name, x + TILE_WIDTH / 2,
            y + 37, tile->text);
    }
    html_raw(html, "</svg>\n");
}
