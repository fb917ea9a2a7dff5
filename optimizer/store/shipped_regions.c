/* shipped_regions.c: regions, neighbours, population (shipped.h). */
#include "shipped.h"

#include <string.h>

#include "optimizer/base/degree.h"
#include "region_code.h"
#include "shipped_table.h"

enum { SORT_OTHERS = 10000 }; /* behind the home prefecture's rows */

static const char sql_region[] =
    "INSERT INTO regions (code, parent_code, level, kind, name, name_full,"
    " kana, name_en, lat_e6, lon_e6, home, sort)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
    " ON CONFLICT (code) DO UPDATE SET parent_code = excluded.parent_code,"
    " level = excluded.level, kind = excluded.kind, name = excluded.name,"
    " name_full = excluded.name_full, kana = excluded.kana,"
    " name_en = excluded.name_en, lat_e6 = excluded.lat_e6,"
    " lon_e6 = excluded.lon_e6, home = excluded.home, sort = excluded.sort"
    " WHERE (parent_code, level, kind, name, name_full, kana, name_en,"
    " lat_e6, lon_e6, home, sort) IS NOT (excluded.parent_code,"
    " excluded.level, excluded.kind, excluded.name, excluded.name_full,"
    " excluded.kana, excluded.name_en, excluded.lat_e6, excluded.lon_e6,"
    " excluded.home, excluded.sort)";

static const char *
code_cell(struct shipped_table *t, const char *column, bool may_be_empty)
{
    const char *code = shipped_cell(t, column);
    char out[REGION_CODE_SIZE];
    if (!(may_be_empty && code[0] == '\0') &&
        (!region_code_normalise(code, strlen(code), out) ||
            strcmp(code, out) != 0)) {
        shipped_bad(t, column, "not a region code of six characters");
    }
    return code;
}

static void
bind_region(struct shipped_table *t, int home, int sort)
{
    static const char *const texts[] = {"level", "kind", "name", "name_full",
        "kana", "name_en"};
    store_bind_text(t->stmt, 1, code_cell(t, "code", false));
    store_bind_text_or_null(t->stmt, 2, code_cell(t, "parent_code", true));
    for (int i = 0; i < 6; i++) {
        store_bind_text(t->stmt, 3 + i, shipped_cell(t, texts[i]));
    }
    shipped_bind_degree(t, 9, "lat", DEGREE_LAT_MAX);
    shipped_bind_degree(t, 10, "lon", DEGREE_LON_MAX);
    store_bind_int(t->stmt, 11, home);
    store_bind_int(t->stmt, 12, sort);
}

static bool
load_home(struct store *store, int64_t *changed, struct err *err)
{
    struct shipped_table t;
    int sort = 0;
    shipped_open(&t, store, "schema/data/regions.csv", sql_region, changed,
        err);
    while (shipped_next(&t)) {
        bind_region(&t, 1, ++sort);
        shipped_put(&t);
    }
    return shipped_close(&t);
}

static const char sql_population[] =
    "UPDATE regions SET population = ?2"
    " WHERE code = ?1 AND population IS NOT ?2";

static bool
load_population(struct store *store, const char *path, const char *column,
    int64_t *changed, struct err *err)
{
    struct shipped_table t;
    shipped_open(&t, store, path, sql_population, changed, err);
    while (shipped_next(&t)) {
        store_bind_text(t.stmt, 1, code_cell(&t, "code", false));
        shipped_bind_count(&t, 2, column);
        shipped_put(&t);
    }
    return shipped_close(&t);
}

/* All prefectures; rows that the home list has are skipped. */
static bool
load_others(struct store *store, int64_t *changed, struct err *err)
{
    struct shipped_table t;
    struct store_stmt *is_home = store_prepare(store,
        "SELECT 1 FROM regions WHERE code = ? AND home = 1", err);
    int sort = SORT_OTHERS;
    shipped_open(&t, store, "schema/data/regions_japan.csv", sql_region,
        changed, err);
    while (shipped_next(&t)) {
        store_bind_text(is_home, 1, shipped_cell(&t, "code"));
        int found = store_step(is_home, err);
        store_reset(is_home);
        sort++;
        if (found == 0) {
            bind_region(&t, 0, sort);
            shipped_put(&t);
        }
    }
    store_finish(is_home);
    return shipped_close(&t);
}

/* "5.9" km as metres: digits, a point, at most three decimals. */
static int64_t
metres(struct shipped_table *t)
{
    int64_t e6 = 0;
    if (!degree_parse(shipped_cell(t, "office_km"), DEGREE_LON_MAX, &e6) ||
        e6 < 0) {
        shipped_bad(t, "office_km", "not kilometres up to 180");
    }
    return e6 / 1000;
}

static bool
load_neighbours(struct store *store, int64_t *changed, struct err *err)
{
    struct shipped_table t;
    shipped_open(&t, store, "schema/data/adjacency.csv",
        "INSERT INTO region_neighbours (level, code, neighbour, office_m)"
        " VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (code, neighbour, level) DO UPDATE"
        " SET office_m = excluded.office_m"
        " WHERE office_m <> excluded.office_m",
        changed, err);
    while (shipped_next(&t)) {
        for (int turn = 0; turn < 2; turn++) {
            store_bind_text(t.stmt, 1, shipped_cell(&t, "level"));
            store_bind_text(t.stmt, 2 + turn, code_cell(&t, "code_a", false));
            store_bind_text(t.stmt, 3 - turn, code_cell(&t, "code_b", false));
            store_bind_int(t.stmt, 4, metres(&t));
            shipped_put(&t);
        }
    }
    return shipped_close(&t);
}

bool
shipped_load_regions(struct store *store, int64_t *changed, struct err *err)
{
    return store_exec(store, "PRAGMA defer_foreign_keys = ON", err) &&
           load_home(store, changed, err) &&
           load_others(store, changed, err) &&
           load_population(store, "schema/data/regions_japan.csv",
               "population_2020", changed, err) &&
           load_population(store, "schema/data/population.csv",
               "population_2020", changed, err) &&
           load_neighbours(store, changed, err);
}
