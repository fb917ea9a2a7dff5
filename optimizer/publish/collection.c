/* collection.c: ranks the documents of a snapshot. */
#include "collection.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/market/shown_sql.h"

/*
 * Where a collection comes from.  rank: id, units, points, 確認日, place,
 * reach and region, best first; where it has parameters: ?1 the run, ?2 the
 * day, ?3 days to staleness.  coverage: the regions of each that names some.
 */
struct source {
    const char *all, *rank, *coverage;
};

#define ENTRIES(side)                                                        \
    "SELECT e.id, ifnull(x.units, 0), ifnull(x.points, 0),"                  \
    "       CAST(replace(e.confirmed_on, '-', '') AS INTEGER),"              \
    "       e.lat_e6, e.lon_e6, e.reach, e.region_code"                      \
    "  FROM public_entries AS e"                                             \
    "  LEFT JOIN (SELECT offer_id, sum(units) AS units,"                     \
    "                    sum(units * score) AS points"                       \
    "               FROM public_plan_lines WHERE run_id = ?1"                \
    "              GROUP BY offer_id) AS x ON x.offer_id = e.id"             \
    " WHERE e.side = '" side "' AND " SHOWN_SQL("e", "?2", "?3")             \
    " ORDER BY 2 DESC, 3 DESC, e.confirmed_on DESC, e.id"

#define COVERAGE(table, parent)                                              \
    "SELECT r.entry_id, r.region_code FROM " table " AS r"                   \
    "  JOIN " parent " AS e ON e.id = r.entry_id"                            \
    " WHERE e.reach = 'regions' ORDER BY 1, 2"

static const struct source sources[SNAP_COLLECTIONS] = {
    [SNAP_RESOURCES] = {"public_entries", ENTRIES("offer"),
        COVERAGE("public_entry_regions", "public_entries")},
    [SNAP_NEEDS] = {"public_entries", ENTRIES("need"),
        COVERAGE("public_entry_regions", "public_entries")},
    /* Members first, by their reading; others if they have something. */
    [SNAP_ORGANIZATIONS] = {"public_organisations",
        "SELECT o.id, 0, 0,"
        "       CAST(ifnull(replace(e.day, '-', ''), 0) AS INTEGER),"
        "       NULL, NULL, CASE WHEN r.level = 'prefecture'"
        "           THEN 'prefecture' ELSE 'regions' END, o.region_code"
        "  FROM public_organisations AS o"
        "  LEFT JOIN regions AS r ON r.code = o.region_code"
        "  LEFT JOIN (SELECT organisation_id, max(confirmed_on) AS day"
        "               FROM public_entries AS e"
        "              WHERE " SHOWN_SQL("e", "?2", "?3")
        "              GROUP BY organisation_id) AS e"
        "         ON e.organisation_id = o.id"
        " WHERE o.member = 1 OR e.day IS NOT NULL"
        "    OR o.id IN (SELECT organisation_id FROM public_cases)"
        " ORDER BY o.member DESC, o.name_kana = '', o.name_kana, o.name, o.id",
        NULL},
    /* The latest first. */
    [SNAP_CASES] = {"public_cases",
        "SELECT id, 0, 0,"
        "       CAST(replace(confirmed_on, '-', '') AS INTEGER),"
        "       lat_e6, lon_e6, reach, region_code FROM public_cases"
        " ORDER BY ongoing DESC, ifnull(date_start, '') DESC, id",
        COVERAGE("public_case_regions", "public_cases")},
};

/* Records of that view. */
static bool
count_all(struct store *store, const char *view, int64_t *n, struct err *err)
{
    char sql[96];
    snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", view);
    return store_query_int(store, sql, n, err);
}

static void
take_doc(struct store_stmt *stmt, const struct geo *geo, struct collection *c,
    struct collection_doc *doc)
{
    doc->units = store_int(stmt, 1);
    doc->points = store_int(stmt, 2);
    doc->confirmed_on = (uint32_t)store_int(stmt, 3);
    int32_t own = geo_find(geo, store_text(stmt, 7));
    doc->region = own;
    if (!store_is_null(stmt, 4) && !store_is_null(stmt, 5)) {
        doc->has_place = true;
        doc->lat_e6 = (int32_t)store_int(stmt, 4);
        doc->lon_e6 = (int32_t)store_int(stmt, 5);
    } else if (own != GEO_NONE && geo->regions[own].has_place) {
        doc->has_place = true;
        doc->lat_e6 = geo->regions[own].lat_e6;
        doc->lon_e6 = geo->regions[own].lon_e6;
    }
    const char *reach = store_text(stmt, 6);
    doc->coverage = c->coverage_n;
    if (strcmp(reach, "prefecture") == 0 && geo->home != GEO_NONE) {
        c->coverage[c->coverage_n++] = geo->home;
    } else if (strcmp(reach, "regions") == 0 && own != GEO_NONE) {
        c->coverage[c->coverage_n++] = own; /* unless rows say otherwise */
    }
    doc->coverage_n = c->coverage_n - doc->coverage;
}

static bool
load_ranked(struct store *store, const struct geo *geo,
    const struct collection_plan *plan, struct arena *arena,
    struct collection *c, struct err *err)
{
    int64_t all = 0;
    const struct source *source = &sources[c->index];
    if (!count_all(store, source->all, &all, err)) {
        return false;
    }
    if (all > SNAP_DOCS_MAX) {
        return fail(err, ERR_INPUT,
            "snapshot: %" PRId64 " of %s, at most %u", all, source->all,
            SNAP_DOCS_MAX);
    }
    c->docs = arena_array(arena, (size_t)all, sizeof(*c->docs));
    c->coverage = arena_array(arena, (size_t)all, sizeof(*c->coverage));
    struct store_stmt *stmt = store_prepare(store, source->rank, err);
    if (stmt == NULL) {
        return false;
    }
    if (store_parameters(stmt) == 3) {
        store_bind_int(stmt, 1, plan->run_id);
        store_bind_text(stmt, 2, plan->date);
        store_bind_int(stmt, 3, plan->stale_days);
    }
    int step = 0;
    while (c->n < all && (step = store_step(stmt, err)) > 0) {
        int64_t id = store_int(stmt, 0);
        if (id <= 0 || id >= SNAP_NONE) {
            fail(err, ERR_INPUT, "snapshot: %s %" PRId64 ": id too large",
                source->all, id);
            step = -1;
            break;
        }
        c->docs[c->n].id = (uint32_t)id;
        take_doc(stmt, geo, c, &c->docs[c->n++]);
    }
    store_finish(stmt);
    return step >= 0;
}

static int
compare_ids(const void *a, const void *b)
{
    uint32_t x = ((const struct snap_doc_id *)a)->id;
    uint32_t y = ((const struct snap_doc_id *)b)->id;
    return (x > y) - (x < y);
}

static void
sort_ids(struct arena *arena, struct collection *c)
{
    c->ids = arena_array(arena, c->n, sizeof(*c->ids));
    for (uint32_t i = 0; i < c->n; i++) {
        c->ids[i] = (struct snap_doc_id){c->docs[i].id, i};
    }
    if (c->n > 0) {
        qsort(c->ids, c->n, sizeof(*c->ids), compare_ids);
    }
}

/* Rows of entry_regions replace an entry's own region. */
static bool
load_coverage(struct store *store, const struct geo *geo, struct arena *arena,
    struct collection *c, struct err *err)
{
    const char *sql = sources[c->index].coverage;
    struct store_stmt *stmt = sql != NULL ? store_prepare(store, sql, err)
                                          : NULL;
    if (stmt == NULL) {
        return sql == NULL;
    }
    uint32_t cap = c->coverage_n;
    uint32_t at = 0;
    int step;
    struct collection_doc *last = NULL;
    while ((step = store_step(stmt, err)) > 0) {
        int64_t id = store_int(stmt, 0);
        while (at < c->n && c->ids[at].id < id) {
            at++;
        }
        if (at == c->n || c->ids[at].id != id) {
            continue;
        }
        struct collection_doc *doc = &c->docs[c->ids[at].doc];
        if (doc != last) {
            doc->coverage = c->coverage_n;
            doc->coverage_n = 0;
            last = doc;
        }
        int32_t region = geo_find(geo, store_text(stmt, 1));
        if (region != GEO_NONE) {
            if (c->coverage_n == cap) {
                int32_t *more =
                    arena_array(arena, 2 * (size_t)cap + 1024, sizeof(*more));
                memcpy(more, c->coverage, cap * sizeof(*more));
                c->coverage = more;
                cap = 2 * cap + 1024;
            }
            c->coverage[c->coverage_n++] = region;
            doc->coverage_n++;
        }
    }
    store_finish(stmt);
    return step == 0;
}

static bool
load_exposures(struct store *store, const struct geo *geo,
    const struct collection_plan *plan, struct arena *arena,
    struct collection *c, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT offer_id, region_code, sum(units), sum(units * score)"
        "  FROM public_plan_lines WHERE run_id = ?"
        " GROUP BY offer_id, region_code ORDER BY offer_id, region_code",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, plan->run_id);
    uint32_t cap = 0, at = 0;
    struct collection_exposure *rows = NULL;
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        int64_t id = store_int(stmt, 0);
        int32_t region = geo_find(geo, store_text(stmt, 1));
        while (at < c->n && c->ids[at].id < id) {
            at++;
        }
        if (at == c->n || c->ids[at].id != id || region == GEO_NONE) {
            continue;
        }
        if (c->exposures_n == cap) {
            cap = 2 * cap + 1024;
            rows = xrealloc(rows, cap, sizeof(*rows));
        }
        struct collection_doc *doc = &c->docs[c->ids[at].doc];
        if (doc->exposures_n++ == 0) {
            doc->exposures = c->exposures_n;
        }
        rows[c->exposures_n++] = (struct collection_exposure){
            region, store_int(stmt, 2), store_int(stmt, 3)};
    }
    store_finish(stmt);
    c->exposures = arena_array(arena, c->exposures_n, sizeof(*rows));
    if (c->exposures_n > 0) {
        memcpy(c->exposures, rows, c->exposures_n * sizeof(*rows));
    }
    free(rows);
    return step == 0;
}

bool
collection_load(struct store *store, const struct geo *geo,
    const struct collection_plan *plan, uint32_t index, struct arena *arena,
    struct collection *collection, struct err *err)
{
    *collection = (struct collection){.index = index, .plan = plan};
    if (!load_ranked(store, geo, plan, arena, collection, err)) {
        return false;
    }
    sort_ids(arena, collection);
    return load_coverage(store, geo, arena, collection, err) &&
           (index != SNAP_RESOURCES ||
               load_exposures(store, geo, plan, arena, collection, err));
}

void
collection_want(const struct collection *collection, bool *wanted)
{
    for (uint32_t d = 0; d < collection->n; d++) {
        const struct collection_doc *doc = &collection->docs[d];
        if (doc->region != GEO_NONE) {
            wanted[doc->region] = true;
        }
        for (uint32_t i = 0; i < doc->coverage_n; i++) {
            wanted[collection->coverage[doc->coverage + i]] = true;
        }
    }
}

bool
collection_reaches(const struct collection *collection, const struct geo *geo,
    uint32_t doc, int32_t region)
{
    const struct collection_doc *d = &collection->docs[doc];
    for (uint32_t i = 0; i < d->coverage_n; i++) {
        if (geo_meets(geo, collection->coverage[d->coverage + i], region)) {
            return true;
        }
    }
    for (uint32_t i = 0; i < d->exposures_n; i++) {
        const struct collection_exposure *e =
            &collection->exposures[d->exposures + i];
        if (e->units > 0 && geo_below(geo, e->region, region)) {
            return true;
        }
    }
    return false;
}

uint32_t
collection_find(const struct collection *collection, uint32_t id)
{
    struct snap_doc_id key = {.id = id};
    const struct snap_doc_id *found =
        collection->n == 0 ? NULL
                           : bsearch(&key, collection->ids, collection->n,
                                 sizeof(key), compare_ids);
    return found != NULL ? found->doc : SNAP_NONE;
}
