/* snapshot_write.c: puts the parts of a snapshot together. */
#include "snapshot_write.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/store/run.h"
#include "optimizer/store/weights.h"
#include "page_table.h"
#include "snapshot_docs.h"
#include "suggestion_table.h"

struct writer {
    struct store *store;
    struct arena arena;
    struct snapshot_file file;
    struct labels labels;
    struct geo geo;
    struct region_table regions;
    struct render render;
    struct collection_plan plan;
    int64_t weights[OPTION_COUNT];
    struct collection collections[SNAP_COLLECTIONS];
    struct snapshot_docs docs[SNAP_COLLECTIONS];
    struct suggestion_table suggestions;
    struct page_table pages;
    struct page_feed feed; /* of the public one */
    struct hsds hsds;      /* likewise */
};

static bool
load_run(struct writer *w, int64_t run_id, struct err *err)
{
    struct store_stmt *stmt = store_prepare(w->store,
        "SELECT plan_date, ifnull(weight_version_id, 0) FROM runs"
        " WHERE id = ? AND " RUN_HAS_PLAN,
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, run_id);
    int step = store_step(stmt, err);
    int64_t version = 0;
    if (step == 1) {
        w->plan.run_id = run_id;
        strncat(w->plan.date, store_text(stmt, 0), sizeof(w->plan.date) - 1);
        version = store_int(stmt, 1);
    }
    store_finish(stmt);
    if (step == 0) {
        return fail(err, ERR_NO_PLAN, "run %" PRId64 ": no such plan", run_id);
    }
    if (step < 0 || !weights_load(w->store, version, w->weights, err)) {
        return false;
    }
    w->plan.stale_days = w->weights[OPTION_STALE_DAYS];
    return true;
}

static bool
load_shapes(struct writer *w, struct err *err)
{
    if (!geo_load(w->store, &w->arena, &w->geo, err)) {
        return false;
    }
    bool *wanted = arena_array(&w->arena, (size_t)w->geo.n, sizeof(*wanted));
    for (uint32_t i = 0; i < SNAP_COLLECTIONS; i++) {
        if (!collection_load(w->store, &w->geo, &w->plan, i, &w->arena,
                &w->collections[i], err)) {
            return false;
        }
        collection_want(&w->collections[i], wanted);
    }
    w->render.regions = &w->regions;
    w->render.collections = w->collections;
    return region_table_load(w->store, &w->geo, wanted, &w->labels, &w->arena,
               &w->regions, err) &&
           vocabulary_load(w->store, "resource_kinds", &w->labels, &w->arena,
               &w->render.kinds, err) &&
           vocabulary_load(w->store, "target_groups", &w->labels, &w->arena,
               &w->render.targets, err) &&
           vocabulary_load(w->store, "themes", &w->labels, &w->arena,
               &w->render.themes, err) &&
           vocabulary_load(w->store, "sectors", &w->labels, &w->arena,
               &w->render.sectors, err);
}

static bool
write_texts(struct writer *w, uint32_t audience, struct err *err)
{
    struct page_feed *feed = w->render.members ? NULL : &w->feed;
    struct hsds *hsds = w->render.members ? NULL : &w->hsds;
    for (uint32_t i = 0; i < SNAP_COLLECTIONS; i++) {
        if (!snapshot_docs_pass(w->store, &w->render, &w->collections[i],
                feed, hsds, &w->labels, &w->file, &w->docs[i], err)) {
            return false;
        }
    }
    if (hsds != NULL) {
        hsds_terms(
            hsds, &w->render, &w->docs[SNAP_RESOURCES].facets, &w->file);
    }
    if (audience == SNAP_AUDIENCE_MEMBERS &&
        !suggestion_table_load(w->store, &w->plan,
            &w->collections[SNAP_RESOURCES], &w->collections[SNAP_NEEDS],
            &w->render, &w->labels, &w->file, &w->suggestions, err)) {
        return false;
    }
    struct facets facets[SNAP_COLLECTIONS];
    for (uint32_t i = 0; i < SNAP_COLLECTIONS; i++) {
        facets[i] = w->docs[i].facets;
    }
    struct page_input input = {audience, &w->regions, facets, w->weights};
    if (!page_table_make(&input, &w->labels, &w->file, &w->pages, err)) {
        return false;
    }
    if (feed != NULL) {
        page_feed_write(feed, &w->file, &w->pages);
    }
    return true;
}

static bool
write_sections(struct writer *w, struct err *err)
{
    labels_write(&w->labels);
    region_table_write(&w->regions, &w->file);
    snapshot_file_section(
        &w->file, SNAP_SEC_PAGES, 0, w->pages.pages, SNAP_LANGS * SNAP_PAGES);
    for (uint32_t i = 0; i < SNAP_COLLECTIONS; i++) {
        if (!snapshot_docs_sections(&w->docs[i], &w->file, err)) {
            return false;
        }
    }
    suggestion_table_write(&w->suggestions, &w->file);
    return hsds_write(&w->hsds, &w->file, err);
}

static uint32_t
date_number(const char *date)
{
    return (
        uint32_t)(atoi(date) * 10000 + atoi(date + 5) * 100 + atoi(date + 8));
}

bool
snapshot_write(struct store *store, int64_t run_id, uint32_t audience,
    const char *path, struct snapshot_counts *counts, struct err *err)
{
    struct writer *w = xcalloc(1, sizeof(*w));
    w->store = store;
    w->render.members = audience == SNAP_AUDIENCE_MEMBERS;
    bool ok = snapshot_file_open(&w->file, path, err);
    if (ok) {
        labels_init(&w->labels, &w->file);
        ok = load_run(w, run_id, err) && load_shapes(w, err) &&
             write_texts(w, audience, err);
        counts->resources = w->collections[SNAP_RESOURCES].n;
        counts->needs = w->collections[SNAP_NEEDS].n;
        counts->suggestions = w->suggestions.n;
        ok = ok && write_sections(w, err);
        struct snap_header header = {.run_id = (uint32_t)run_id,
            .plan_date = date_number(w->plan.date),
            .audience = audience,
            .home = w->regions.home};
        ok = ok && snapshot_file_close(&w->file, &header, err);
        counts->bytes = header.file_size;
        counts->crc32 = header.crc32;
        counts->plan_date = header.plan_date;
    }
    snapshot_file_abandon(&w->file);
    for (uint32_t i = 0; i < SNAP_COLLECTIONS; i++) {
        snapshot_docs_release(&w->docs[i]);
    }
    free(w->suggestions.rows);
    page_feed_release(&w->feed);
    hsds_release(&w->hsds);
    labels_release(&w->labels);
    arena_release(&w->arena);
    free(w);
    return ok;
}
