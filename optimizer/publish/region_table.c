/* region_table.c: numbers the regions of a snapshot and writes them. */
#include "region_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
number_region(struct region_table *table, int32_t at)
{
    const struct geo_region *region = &table->geo->regions[at];
    struct region_row *row = &table->rows[table->n];
    row->geo = at;
    row->parent = region->parent == GEO_NONE ? SNAP_NONE
                                             : table->number_of[region->parent];
    table->number_of[at] = table->n++;
}

/* Depth first: the regions are visited in the order of their `sort`. */
static void
number_below(struct region_table *table, const bool *wanted,
    const int32_t *sorted, int32_t parent)
{
    for (int32_t i = 0; i < table->geo->n; i++) {
        int32_t at = sorted[i];
        if (table->geo->regions[at].parent == parent && wanted[at]) {
            number_region(table, at);
            number_below(table, wanted, sorted, at);
        }
    }
}

static const struct geo *sorting; /* qsort has no argument of its own */

static int
compare_sort(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    int32_t left = sorting->regions[x].sort, right = sorting->regions[y].sort;
    return left != right ? (left > right) - (left < right) : (x > y) - (x < y);
}

/* The home tree and everything above what is wanted. */
static bool *
close_upwards(const struct geo *geo, const bool *wanted, struct arena *arena)
{
    bool *all = arena_array(arena, (size_t)geo->n, sizeof(*all));
    for (int32_t i = 0; i < geo->n; i++) {
        if (wanted[i] || geo_below(geo, i, geo->home)) {
            for (int32_t at = i; at != GEO_NONE; at = geo->regions[at].parent) {
                all[at] = true;
            }
        }
    }
    return all;
}

/*
 * 座間市, 横浜市鶴見区, 県央地域圏; 鶴見区 in English with its city, and in やさしい日本語
 * with the reading of all that stands in its name.
 */
static bool
add_names(struct store_stmt *stmt, struct labels *labels, struct arena *arena,
    struct region_row *row, struct err *err)
{
    bool area = strcmp(store_text(stmt, 1), "area") == 0;
    row->name = arena_string(arena, store_text(stmt, area ? 2 : 3));
    row->kana = arena_string(arena, store_text(stmt, 4));
    row->name_en = arena_string(arena, store_text(stmt, 5));
    const char *city = store_text(stmt, 6);
    if (row->name_en[0] != '\0' && city[0] != '\0') {
        row->name_en = arena_format(arena, "%s, %s", row->name_en, city);
    }
    const char *above = area ? "" : store_text(stmt, 7);
    const char *easy = row->kana[0] == '\0'
                           ? row->name
                           : arena_format(arena, "%s（%s%s）", row->name,
                                 above, row->kana);
    return labels_add(labels, row->name, easy, row->name_en, &row->label, err);
}

static bool
load_names(struct store *store, struct labels *labels, struct arena *arena,
    struct region_table *table, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT r.code, r.level, r.name, r.name_full, r.kana, r.name_en,"
        "       CASE WHEN r.level = 'ward' THEN p.name_en ELSE '' END,"
        "       CASE WHEN p.name_full || r.name = r.name_full THEN"
        "            CASE WHEN g.name_full || p.name = p.name_full"
        "                 THEN g.kana || ' ' ELSE '' END || p.kana || ' '"
        "            ELSE '' END"
        "  FROM regions AS r LEFT JOIN regions AS p ON p.code = r.parent_code"
        "  LEFT JOIN regions AS g ON g.code = p.parent_code"
        " WHERE r.code = ?",
        err);
    bool ok = stmt != NULL;
    for (uint32_t i = 0; ok && i < table->n; i++) {
        struct region_row *row = &table->rows[i];
        store_reset(stmt);
        store_bind_text(stmt, 1, table->geo->regions[row->geo].code);
        ok = store_step(stmt, err) == 1 &&
             add_names(stmt, labels, arena, row, err);
    }
    store_finish(stmt);
    return ok;
}

static const char *
neighbour_level(const struct geo_region *region)
{
    if (region->level == GEO_AREA) {
        return "area";
    }
    return region->unit ? "unit" : "municipality";
}

static bool
load_neighbours(struct store *store, struct arena *arena,
    struct region_table *table, struct err *err)
{
    int64_t all = 0;
    if (!store_query_int(
            store, "SELECT count(*) FROM region_neighbours", &all, err)) {
        return false;
    }
    table->neighbours =
        arena_array(arena, (size_t)all, sizeof(*table->neighbours));
    struct store_stmt *stmt = store_prepare(store,
        "SELECT neighbour FROM region_neighbours"
        " WHERE code = ? AND level = ? ORDER BY office_m, neighbour",
        err);
    if (stmt == NULL) {
        return false;
    }
    int step = 0;
    for (uint32_t i = 0; step == 0 && i < table->n; i++) {
        struct region_row *row = &table->rows[i];
        const struct geo_region *region = &table->geo->regions[row->geo];
        row->neighbours = table->neighbours_n;
        store_reset(stmt);
        store_bind_text(stmt, 1, region->code);
        store_bind_text(stmt, 2, neighbour_level(region));
        while ((step = store_step(stmt, err)) > 0) {
            int32_t near = geo_find(table->geo, store_text(stmt, 0));
            uint32_t number =
                near == GEO_NONE ? SNAP_NONE : table->number_of[near];
            if (number != SNAP_NONE) {
                table->neighbours[table->neighbours_n++] = number;
            }
        }
        row->neighbours_n = table->neighbours_n - row->neighbours;
    }
    store_finish(stmt);
    return step == 0;
}

bool
region_table_load(struct store *store, const struct geo *geo,
    const bool *wanted, struct labels *labels, struct arena *arena,
    struct region_table *table, struct err *err)
{
    if (geo->home == GEO_NONE) {
        return fail(err, ERR_INPUT,
            "snapshot: the store has no home prefecture, run `tsunagari"
            " init`");
    }
    size_t n = (size_t)geo->n;
    *table = (struct region_table){.geo = geo};
    table->rows = arena_array(arena, n, sizeof(*table->rows));
    table->number_of = arena_array(arena, n, sizeof(*table->number_of));
    int32_t *sorted = arena_array(arena, n, sizeof(*sorted));
    for (int32_t i = 0; i < geo->n; i++) {
        table->number_of[i] = SNAP_NONE;
        sorted[i] = i;
    }
    sorting = geo;
    qsort(sorted, n, sizeof(*sorted), compare_sort);
    const bool *all = close_upwards(geo, wanted, arena);
    number_region(table, geo->home);
    number_below(table, all, sorted, geo->home);
    for (int32_t i = 0; i < geo->n; i++) {
        int32_t at = sorted[i];
        if (all[at] && geo->regions[at].parent == GEO_NONE && at != geo->home) {
            number_region(table, at);
            number_below(table, all, sorted, at);
        }
    }
    return load_names(store, labels, arena, table, err) &&
           load_neighbours(store, arena, table, err);
}

static int
compare_ids(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(((struct snap_region_id *)0)->code));
}

void
region_table_write(const struct region_table *table, struct snapshot_file *file)
{
    struct snap_region *rows = xcalloc(table->n, sizeof(*rows));
    struct snap_region_id *ids = xcalloc(table->n, sizeof(*ids));
    for (uint32_t i = 0; i < table->n; i++) {
        const struct region_row *row = &table->rows[i];
        const struct geo_region *region = &table->geo->regions[row->geo];
        snprintf(rows[i].code, sizeof(rows[i].code), "%s", region->code);
        memcpy(ids[i].code, rows[i].code, sizeof(ids[i].code));
        ids[i].region = i;
        rows[i].parent = row->parent;
        rows[i].level = (uint32_t)region->level;
        rows[i].label = row->label;
        rows[i].lat_e6 = region->has_place ? region->lat_e6 : 0;
        rows[i].lon_e6 = region->has_place ? region->lon_e6 : 0;
        rows[i].neighbours = row->neighbours;
        rows[i].neighbours_n = row->neighbours_n;
        rows[i].population = region->population > UINT32_MAX - 1
                                 ? 0
                                 : (uint32_t)region->population;
    }
    qsort(ids, table->n, sizeof(*ids), compare_ids);
    snapshot_file_section(file, SNAP_SEC_REGIONS, 0, rows, table->n);
    snapshot_file_section(file, SNAP_SEC_REGION_IDS, 0, ids, table->n);
    snapshot_file_section(
        file, SNAP_SEC_NEIGHBOURS, 0, table->neighbours, table->neighbours_n);
    free(rows);
    free(ids);
}
