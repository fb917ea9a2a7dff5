/* geo.c: the region tree; market and the run's summary read
 * them. */
#include "geo.h"

#include <stdlib.h>
#include <string.h>

static enum geo_level
level_of(const char *name)
{
    static const char *const names[] = {"prefecture", "area", "municipality",
        "ward"};
    int level = 0;
    while (level < GEO_WARD && strcmp(names[level], name) != 0) {
        level++;
    }
    return (enum geo_level)level;
}

static int
compare_code(const void *code, const void *region)
{
    return strcmp(code, ((const struct geo_region *)region)->code);
}

int32_t
geo_find(const struct geo *geo, const char *code)
{
    const struct geo_region *found = bsearch(code, geo->regions,
        (size_t)geo->n, sizeof(*found), compare_code);
    return found != NULL ? (int32_t)(found - geo->regions) : GEO_NONE;
}

static void
take_region(struct store_stmt *stmt, struct arena *arena,
    struct geo_region *region)
{
    region->code = arena_string(arena, store_text(stmt, 0));
    region->name = arena_string(arena, store_text(stmt, 2));
    region->level = level_of(store_text(stmt, 3));
    region->has_place = !store_is_null(stmt, 4) && !store_is_null(stmt, 5);
    region->lat_e6 = (int32_t)store_int(stmt, 4);
    region->lon_e6 = (int32_t)store_int(stmt, 5);
    region->population = store_int(stmt, 6);
    region->home = store_int(stmt, 7) != 0;
    region->sort = (int32_t)store_int(stmt, 8);
    region->unit = region->level >= GEO_MUNICIPALITY;
}

/* Parents by index, no loop (a chain is never longer than the table). */
static bool
tie_parents(struct geo *geo, const char **parents, struct err *err)
{
    for (int32_t i = 0; i < geo->n; i++) {
        struct geo_region *region = &geo->regions[i];
        region->parent = geo_find(geo, parents[i]);
        if (parents[i][0] != '\0' && region->parent == GEO_NONE) {
            return fail(err, ERR_INPUT, "region: no such parent: \"%s\"",
                parents[i]);
        }
        if (region->level == GEO_WARD && region->parent != GEO_NONE) {
            geo->regions[region->parent].unit = false;
        }
        if (region->level == GEO_PREFECTURE && region->home) {
            geo->home = i;
        }
    }
    for (int32_t i = 0; i < geo->n; i++) {
        int32_t steps = 0;
        for (int32_t at = i; at != GEO_NONE; steps++) {
            if (steps > geo->n) {
                return fail(err, ERR_INPUT,
                    "region: its parents run in a loop: \"%s\"",
                    geo->regions[i].code);
            }
            at = geo->regions[at].parent;
        }
    }
    return true;
}

bool
geo_load(struct store *store, struct arena *arena, struct geo *geo,
    struct err *err)
{
    int64_t n = 0;
    *geo = (struct geo){.home = GEO_NONE};
    if (!store_query_int(store, "SELECT count(*) FROM regions", &n, err)) {
        return false;
    }
    struct store_stmt *stmt = store_prepare(store,
        "SELECT code, ifnull(parent_code, ''),"
        "       CASE level WHEN 'area' THEN name ELSE name_full END, level,"
        "       lat_e6,"
        "       lon_e6, ifnull(population, 0), home, sort"
        "  FROM regions ORDER BY code",
        err);
    if (stmt == NULL) {
        return false;
    }
    geo->regions = arena_array(arena, (size_t)n, sizeof(*geo->regions));
    const char **parents = arena_array(arena, (size_t)n, sizeof(*parents));
    int step = 0;
    while (geo->n < n && (step = store_step(stmt, err)) > 0) {
        take_region(stmt, arena, &geo->regions[geo->n]);
        parents[geo->n++] = arena_string(arena, store_text(stmt, 1));
    }
    store_finish(stmt);
    return step >= 0 && tie_parents(geo, parents, err);
}

bool
geo_below(const struct geo *geo, int32_t region, int32_t ancestor)
{
    while (region != GEO_NONE && region != ancestor) {
        region = geo->regions[region].parent;
    }
    return region != GEO_NONE;
}

bool
geo_meets(const struct geo *geo, int32_t a, int32_t b)
{
    return geo_below(geo, a, b) || geo_below(geo, b, a);
}

int32_t
geo_at_level(const struct geo *geo, int32_t region, enum geo_level level)
{
    while (region != GEO_NONE && geo->regions[region].level != level) {
        region = geo->regions[region].parent;
    }
    return region;
}
